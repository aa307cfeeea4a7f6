"""Times with names of their own: fiscal years, seasons, holidays, "the '90s"."""

from __future__ import annotations

import re
from datetime import date

from claims.normalisation.times import periods
from claims.normalisation.times.expressions import Expression, two_digit_year, year_of
from claims.normalisation.times.lexicon import HOLIDAYS
from claims.normalisation.times.patterns import FISCAL, HOLIDAY, HOLIDAY_YEAR, SEASON, SHORT_DECADE


def parse_fiscal(text: str, start: int) -> Expression | None:
    match = FISCAL.match(text, start)
    if match is None:
        return None
    first = int(match["y1"])
    first = two_digit_year(first) if first < 100 else first
    # Fiscal years start in different months in different countries: the span covers every reading.
    last = first
    if match["y2"]:
        second = int(match["y2"])
        last = second if second >= 100 else first - first % 100 + second
        if last != first + 1:
            return None
        return Expression(start, match.end(), "period", "span", first=date(first, 1, 1), last=date(last, 12, 31))
    return Expression(
        start, match.end(), "period", "year", first=date(first - 1, 4, 1), last=date(first, 12, 31), part="fiscal"
    )


_SEASON_CUE = re.compile(
    r"\b(?:in|since|until|by|during|from|this|last|next|early|late|mid|before|after|through|over|the)\s(?:the\s)?$",
    re.I,
)


def parse_season(text: str, start: int) -> Expression | None:
    match = SEASON.match(text, start)
    if match is None:
        return None
    name = match["season"].lower()
    year = year_of(match)
    if year is not None:
        first, last = periods.season(year, name)
        return Expression(start, match.end(), "period", "season", first=first, last=last)
    before = text[max(0, start - 14) : start]
    if match["mod"] is None and (
        name in ("fall", "spring") or not _SEASON_CUE.search(before) or before.lower().endswith("the ")
    ):
        if not re.search(r"\b(?:in|since|by|until|this|last|next)\s(?:the\s)?$", before, re.I):
            return None
        if name == "fall" and not re.search(r"\b(?:in|since|by|until)\sthe\s$", before, re.I):
            return None
    modifier = (match["mod"] or "").lower()
    return Expression(
        start, match.end(), "season", "season", unit=name, modifier=modifier + " year" if modifier else ""
    )


def parse_holiday(text: str, start: int) -> Expression | None:
    match = HOLIDAY.match(text, start)
    if match is None:
        return None
    month, day = HOLIDAYS[" ".join(match[0].lower().replace("’", "'").split())]
    year = HOLIDAY_YEAR.match(text, match.end())
    if year:
        value = date(int(year["year"]), month, day)
        return Expression(start, year.end(), "period", first=value, last=value)
    return Expression(start, match.end(), "day", month=month, day=day, last_day=day)


def parse_short_decade(text: str, start: int) -> Expression | None:
    match = SHORT_DECADE.match(text, start)
    if match is None:
        return None
    first = 1900 + int(match[1])
    return Expression(start, match.end(), "period", "decade", first=date(first, 1, 1), last=date(first + 9, 12, 31))
