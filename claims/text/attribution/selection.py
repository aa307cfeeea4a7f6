"""From scored candidates to the attributions to believe: one per content, the outermost first."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.attribution.proposals import Content, Proposal
from claims.text.attribution.scorer import score

#: Log odds from which a candidate is believed: set so that about four in five are right.
THRESHOLD = -0.2


class Decoded(NamedTuple):
    """A believed candidate with the content chosen for it. `outer`: the one whose content holds its cue."""

    proposal: Proposal
    content: Content
    odds: float
    outer: Decoded | None = None


def decode(proposals: list[Proposal], threshold: float = THRESHOLD) -> list[Decoded]:
    """The candidates to believe, in order. Of two with much the same content the more likely one stays."""
    believed: list[Decoded] = []
    for proposal in proposals:
        candidate = proposal.candidate
        base = score(candidate.features)
        odds, index = max((base + score(option.features), -i) for i, option in enumerate(candidate.options))
        if odds >= threshold:
            believed.append(Decoded(proposal, proposal.contents[-index], odds))
    return select(believed)


def select(believed: list[Decoded]) -> list[Decoded]:
    """Drop those that overlap a likelier one; name the outer one of those that are nested."""
    kept: list[Decoded] = []
    for item in sorted(believed, key=lambda item: (item.proposal.cue.start, -item.odds)):
        outer = None
        drop = False
        for index in range(len(kept) - 1, max(-1, len(kept) - 6), -1):
            other = kept[index]
            if _share(item.content, other.content) > 0.5:
                if item.odds > other.odds:
                    del kept[index]
                    continue
                drop = True
                break
            if _within(item, other):
                outer = other
        if not drop:
            kept.append(item._replace(outer=outer))
    return kept


def _share(one: Content, two: Content) -> float:
    """Overlap of the extents of two contents, over their union."""
    common = min(one[-1].end, two[-1].end) - max(one[0].start, two[0].start)
    if common <= 0:
        return 0.0
    return common / (max(one[-1].end, two[-1].end) - min(one[0].start, two[0].start))


def _within(one: Decoded, two: Decoded) -> bool:
    """Whether the cue of `one` lies in the content of `two`."""
    cue = one.proposal.cue
    return any(part.start <= cue.start and cue.end <= part.end for part in two.content)
