"""Candidates of a whole text, placed on its characters, with quotations that run on over later sentences."""

from __future__ import annotations

from typing import NamedTuple

from claims.models import Span
from claims.text.attribution.candidates import Candidate, candidates
from claims.text.attribution.units import Reading, Unit, read


class Proposal(NamedTuple):
    """A candidate in characters of the text. `content` holds its parts in order."""

    candidate: Candidate
    cue: Span
    speaker: Span | None
    content: tuple[Span, ...]


def propose(text: str) -> tuple[Reading, list[Proposal]]:
    """Every candidate of the text, in the order of units and cues."""
    reading = read(text)
    units = reading.units
    found: list[Proposal] = []
    for number, unit in enumerate(units):
        for candidate in candidates(unit, number):
            content = [_span(unit, first, last) for first, last in candidate.content]
            if candidate.direct:
                _run_on(units, candidate, content)
            if content:
                speaker = None if candidate.speaker is None else _span(unit, *candidate.speaker)
                found.append(Proposal(candidate, _span(unit, *candidate.cue), speaker, tuple(content)))
    return reading, found


def _span(unit: Unit, first: int, last: int) -> Span:
    return Span(unit.spans[first][0], unit.spans[last - 1][1])


def _run_on(units: list[Unit], candidate: Candidate, content: list[Span]) -> None:
    """Add the units after the cue that are nothing but quotation: of the same paragraph, or continued from it."""
    number = candidate.unit
    here = units[number]
    following = number + 1
    awaited = candidate.frame == "next"
    while following < len(units):
        unit = units[following]
        if set(unit.tags) - {"Q", "q"}:
            break
        if unit.paragraph != here.paragraph and not awaited:
            break
        awaited = False
        here = unit
        content.append(Span(unit.start, unit.end))
        following += 1
