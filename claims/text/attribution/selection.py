"""From scored candidates to the attributions to believe: one per content, the outermost first."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from claims.text.attribution.features import Candidate
from claims.text.attribution.lexicon import DENIES
from claims.text.attribution.proposals import Content, Proposal, all_candidates, place
from claims.text.attribution.scorer import Scorer, trained
from claims.text.attribution.units import Unit

#: Log odds from which a candidate is believed: set so that about four in five are right.
THRESHOLD = -0.1


#: So many lines that begin "SMITH:" make a transcript; a single one may be a dateline ("LONDON: …").
_TRANSCRIPT = 3


class Decoded(NamedTuple):
    """A believed candidate with the content chosen for it. `outer`: the one whose content holds its cue."""

    proposal: Proposal
    content: Content
    odds: float
    outer: Decoded | None = None


def decode(units: list[Unit], threshold: float = THRESHOLD, scorer: Scorer | None = None) -> list[Decoded]:
    """The candidates to believe, in order of their cues. Of two with much the same content the likelier one stays.

    `scorer`: another one than the trained one that ships with the package.
    """
    score = (scorer or trained()).score
    believed: list[Decoded] = []
    inner: list[Decoded] = []
    candidates = list(all_candidates(units))
    transcript = sum([candidate.frame == "colon-upper" for candidate in candidates]) >= _TRANSCRIPT
    scores = [score(candidate) for candidate in candidates]
    for candidate, (odds, chosen) in zip(candidates, scores, strict=True):
        if odds >= threshold or _is_certain(candidate) or (transcript and candidate.frame == "colon-upper"):
            found = believed
        elif _is_plain(candidate):
            found = inner
        else:
            continue
        proposal = place(units, candidate)
        if proposal is not None:
            found.append(Decoded(proposal, proposal.contents[chosen], odds))
    kept = select(believed)
    return _with_inner(kept, inner) if inner else kept


def _is_certain(candidate: Candidate) -> bool:
    """Constructions that can mean nothing else, and are too rare or too short for the trained model: "it was reported
    that", "X quoted Y as saying"."""
    if candidate.frame == "clause-left":  # "The talks had failed, X said."
        return candidate.cue_word.family == "say.plain" and candidate.subject.how == "plain"
    if candidate.frame == "dash-under":  # a quotation, and "— Smith" below it
        return candidate.kind == "name"
    if candidate.frame == "colon-title":  # "Minister: Taxes Will Fall"
        return candidate.cue[0] <= 4 and candidate.kind in ("name", "speaker", "agent") and not candidate.determined
    if candidate.subject.how == "agentless":
        return candidate.frame == "that" and candidate.cue_word.group in ("say", "think")
    return candidate.via is not None and candidate.frame in _CLAUSES


def _is_plain(candidate: Candidate) -> bool:
    """A cue of saying or believing with a speaker and a clause of its own: true in a content as well, where the
    trained model, whose labels have outer attributions only, gives it little."""
    word = candidate.cue_word
    if candidate.speaker is None or candidate.subject.how not in ("plain", "apposition"):
        return False
    if word.lemma in DENIES:
        return word.group == "say" and candidate.frame in ("that", "clause", "np")
    return (word.group in ("say", "tell") or word.family == "think.believe") and candidate.frame in _CLAUSES


_CLAUSES = frozenset(("that", "clause", "quote", "colonquote", "hearer-clause"))


def _with_inner(kept: list[Decoded], inner: list[Decoded]) -> list[Decoded]:
    """Add the plain candidates whose cue and content lie in the content of one that is kept."""
    cues = {item.proposal.cue for item in kept}
    starts = [item.content[0].start for item in kept]
    order = sorted(range(len(kept)), key=starts.__getitem__)
    starts.sort()
    added: list[Decoded] = []
    for item in inner:
        at = bisect_right(starts, item.proposal.cue.start)
        for index in order[max(0, at - 4) : at]:
            outer = kept[index]
            if item.proposal.cue not in cues and _within(item, outer) and item.content[-1].end <= outer.content[-1].end:
                added.append(item._replace(outer=outer))
                break
    return sorted([*kept, *added], key=lambda item: item.proposal.cue.start) if added else kept


def select(believed: list[Decoded]) -> list[Decoded]:
    """Drop those that overlap a likelier one; name the outer one of those that are nested."""
    kept: list[Decoded] = []
    for item in sorted(believed, key=lambda item: (item.proposal.cue.start, -item.odds)):
        cue = item.proposal.cue
        outer = None
        drop = False
        for index in range(len(kept) - 1, max(-1, len(kept) - 6), -1):
            other = kept[index]
            end = other.content[-1].end
            overlaps = cue.start < other.proposal.cue.end  # "refuses" in "refuses to recognise"
            if overlaps or (end > item.content[0].start and _share(item.content, other.content) > 0.5):
                if item.odds > other.odds:
                    del kept[index]
                    continue
                drop = True
                break
            if cue.end <= end and _within(item, other):
                outer = other
        if not drop:
            kept.append(item if outer is None else item._replace(outer=outer))
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
    if cue.start < two.content[0].start or cue.end > two.content[-1].end:
        return False
    return any(part.start <= cue.start and cue.end <= part.end for part in two.content)
