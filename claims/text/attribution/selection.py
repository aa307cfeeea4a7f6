"""From scored candidates to the attributions to believe: one per content, the outermost first."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.attribution.proposals import Proposal
from claims.text.attribution.scorer import score

#: Log odds from which a candidate is believed: set so that about four in five are right.
THRESHOLD = 0.0


class Decoded(NamedTuple):
    """A believed candidate. `outer`: the one whose content holds its cue."""

    proposal: Proposal
    odds: float
    outer: Proposal | None = None


def decode(proposals: list[Proposal], threshold: float = THRESHOLD) -> list[Decoded]:
    """The candidates to believe, in order. Of two with much the same content the more likely one stays."""
    scored = [(score(proposal.candidate.features), proposal) for proposal in proposals]
    return select([(odds, proposal) for odds, proposal in scored if odds >= threshold])


def select(scored: list[tuple[float, Proposal]]) -> list[Decoded]:
    """Drop those that overlap a likelier one; name the outer one of those that are nested."""
    kept: list[Decoded] = []
    for odds, proposal in sorted(scored, key=lambda item: (item[1].cue.start, -item[0])):
        outer = None
        drop = False
        for index in range(len(kept) - 1, max(-1, len(kept) - 6), -1):
            other = kept[index]
            if _share(proposal, other.proposal) > 0.5:
                if odds > other.odds:
                    del kept[index]
                    continue
                drop = True
                break
            if _within(proposal, other.proposal):
                outer = other.proposal
        if not drop:
            kept.append(Decoded(proposal, odds, outer))
    return kept


def _extent(proposal: Proposal) -> tuple[int, int]:
    return proposal.content[0].start, proposal.content[-1].end


def _share(one: Proposal, two: Proposal) -> float:
    """Overlap of the two contents, over the smaller union of their extents."""
    a, b = _extent(one)
    c, d = _extent(two)
    common = min(b, d) - max(a, c)
    if common <= 0:
        return 0.0
    return common / (max(b, d) - min(a, c))


def _within(one: Proposal, two: Proposal) -> bool:
    """Whether the cue of `one` lies in the content of `two`."""
    return any(part.start <= one.cue.start and one.cue.end <= part.end for part in two.content)
