"""Figures that are years, and figures that are not."""

from __future__ import annotations

import re
from datetime import date

from claims.normalisation.times import periods
from claims.normalisation.times.expressions import Expression
from claims.normalisation.times.lexicon import YEAR_HEADS
from claims.normalisation.times.patterns import BC, YEAR_ONLY, YEAR_RANGE

_COUNTED = re.compile(r"\s(?!['’])([a-z]+)")
# Figures after these are amounts, decimals, or parts of names and numbers.
_NOT_YEAR_BEFORE = re.compile(
    r"(?:[$€£¥#№+×=:/.,]|\b(?:[Nn]o|Nos|number|Highway|Route|Boeing|Airbus|[Ff]light|[Rr]oom|[Pp]age|[Ss]ection|Rs|ID|Windows)"
    r"\.?\s?|\d\s|-|\d)$"
)
_CUE_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|until|till|by|before|during|year|of|from|the|his|her|its|their|our|early|late|mid|circa|after|s|"
    r"for|between|to|and|or|through|this|that|a|late-|mid-|early-)[\s-]{1,2}$",
    re.IGNORECASE,
)


def parse_year(text: str, start: int) -> Expression | None:
    """A year, or a range of years, that starts at `start`; None where the figure counts something."""
    before = text[max(0, start - 16) : start]
    if _NOT_YEAR_BEFORE.search(before):
        return None
    match = YEAR_RANGE.match(text, start)
    if match and len(match[1]) == 4:
        first = int(match[1])
        second = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
        if second > first and second - first < 500:
            # "2016-17" names a season or a fiscal year that lies in two years.
            return Expression(start, match.end(), "period", "span", first=date(first, 1, 1), last=date(second, 12, 31))
    match = YEAR_ONLY.match(text, start)
    if match is None:
        return None
    value = int(match[1])
    cue = _CUE_BEFORE_YEAR.search(before)
    if value < 1500 and not (cue and cue[0].strip().lower() in ("in", "since", "of", "year", "until", "by", "circa")):
        return None
    if value > 2100 or (value < 1900 and not cue and not before.endswith("(")):
        return None
    following = _COUNTED.match(text, match.end())
    if following:
        word = following[1]
        if word in _COUNTING or (
            word.endswith("s")
            and not word.endswith("ss")
            and word not in YEAR_HEADS
            and not (cue and cue[0].strip().lower() in ("the", "his", "her", "its", "their", "our", "s", "since"))
            and len(word) > 3
        ):
            return None
        if word == "to" and not cue:
            return None
    if BC.match(text, match.end()):
        return None
    first_day, last_day = periods.year(value)
    return Expression(start, match.end(), "period", "year", first=first_day, last=last_day)


_COUNTING = frozenset(
    "people percent pct points dollars euros pounds yen men women children million billion trillion thousand hundred "
    "kilometers kilometres miles meters metres feet tons tonnes kg km mph rpm hp cc votes pages words square cubic "
    "barrels acres hectares gallons liters litres calories other more per times degrees volts watts megawatts".split()
)
