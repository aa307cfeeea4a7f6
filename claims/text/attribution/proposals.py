"""Candidates of a whole text, placed on its characters, with quotations that run on over later sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from claims.models import Span
from claims.text.attribution.candidates import Candidate, candidates, labelled
from claims.text.attribution.contents import CITES, skip_adverbial
from claims.text.attribution.lexicon import CUES
from claims.text.attribution.phrases import kind_of, phrase_right
from claims.text.attribution.units import Reading, Unit, read

Content = tuple[Span, ...]
_new = tuple.__new__


class Proposal(NamedTuple):
    """A candidate in characters of the text. `contents` are its options, each in parts, parallel to
    `candidate.options`."""

    candidate: Candidate
    cue: Span
    speaker: Span | None
    contents: list[Content]
    stands_for: Span | None = None  # the antecedent of a relative pronoun
    via: Span | None = None
    cited: Span | None = None  # whom the speaker cites for it: "the agency said, citing the mayor"


def propose(text: str) -> tuple[Reading, list[Proposal]]:
    """Every candidate of the text, in the order of units and cues."""
    reading = read(text)
    placed = [place(reading.units, candidate) for candidate in all_candidates(reading.units)]
    return reading, [proposal for proposal in placed if proposal is not None]


def all_candidates(units: list[Unit]) -> Iterator[Candidate]:
    """The candidates of all units, in order."""
    for number, unit in enumerate(units):
        yield from candidates(unit, number)


def place(units: list[Unit], candidate: Candidate) -> Proposal | None:
    """The candidate in characters of the text; None where one of its contents would be empty."""
    unit = units[candidate.unit]
    more = _elsewhere(units, candidate)
    contents = []
    for option in candidate.options:
        parts = [_span(unit, first, last) for first, last in option.content]
        if more:
            parts = more + parts if candidate.frame == "dash-under" else parts + more
        if not parts:
            return None
        contents.append(tuple(parts))
    speaker, antecedent, via = candidate.speaker, candidate.subject.antecedent, candidate.via
    return _new(
        Proposal,
        (
            candidate,
            _span(unit, *candidate.cue),
            None if speaker is None else _span(unit, *speaker),
            contents,
            None if antecedent is None else _span(unit, *antecedent),
            None if via is None else _span(unit, *via),
            _cited(unit, candidate),
        ),
    )


def _cited(unit: Unit, candidate: Candidate) -> Span | None:
    """The person or body that the speaker cites: right after the speaker and the cue, or before them at the start."""
    lows = unit.lows
    if CITES.isdisjoint(lows) or candidate.speaker is None or candidate.cue_word.group not in ("say", "tell"):
        return None
    at = max(candidate.cue[1], candidate.speaker[1])
    if lows[0] in CITES and candidate.speaker[0] > 1:
        at = 0
    else:
        at = skip_adverbial(unit, at)
        at += at < len(unit) and unit.tags[at] == ","
    if at >= len(unit) or lows[at] not in CITES:
        return None
    phrase = phrase_right(unit, at + 1)
    if phrase is None or kind_of(unit, phrase) not in ("name", "speaker", "agent"):
        return None  # "citing safety concerns"
    return _span(unit, *phrase)


def _span(unit: Unit, first: int, last: int) -> Span:
    return _new(Span, (unit.starts[first], unit.ends[last - 1]))


def _elsewhere(units: list[Unit], candidate: Candidate) -> list[Span]:
    """What of the content stands in other units: a quotation that goes on, a transcript's next sentences."""
    if not candidate.direct and candidate.frame not in ("clause-left", "inverted"):
        return []
    number = candidate.unit
    here = units[number]
    found: list[Span] = []
    if candidate.frame == "dash-under":
        for unit in reversed(units[max(0, number - 8) : number]):
            if not _is_quotation(unit) or (found and unit.paragraph < here.paragraph - 1):
                break
            found.insert(0, Span(unit.start, unit.end))
        return found
    awaited = candidate.frame == "next" or (here.runs_on and candidate.frame != "colon-upper")
    for position in range(number + 1, len(units)):
        unit = units[position]
        if unit.paragraph != here.paragraph and not awaited:
            break
        if candidate.frame == "colon-upper":
            if _next_speaker(unit):
                break
        elif not (_is_quotation(unit) or _opens_with_one(unit)):
            break
        awaited = unit.runs_on
        here = unit
        found.append(Span(unit.start, unit.end))
    return found


def _next_speaker(unit: Unit) -> bool:
    """Whether the unit begins a line of somebody else in a transcript: "JONES: No."."""
    found = labelled(unit, 0)
    return found is not None and found.frame == "colon-upper"


def _opens_with_one(unit: Unit) -> bool:
    """Whether the unit begins with a quotation and nobody else speaks in it: '"A tax," in short.'"""
    if unit.tags[:1] != ["Q"]:
        return False
    return not any(low in CUES and CUES[low][0].group in ("say", "tell", "according") for low in unit.lows)


def _is_quotation(unit: Unit) -> bool:
    """Whether the unit is nothing but quotations."""
    return not set(unit.tags) - {"Q", "q", ".", ","}
