"""What the words of a time say, before they are counted from any date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from claims.normalisation.times import periods
from claims.normalisation.times.lexicon import CARDINALS, MONTHS


@dataclass(frozen=True, slots=True)
class Expression:
    """One time as the words give it. `kind` says which fields count.

    period    first, last: full dates are given
    readings  several full dates are possible (9/10/2017)
    day       month, day, maybe weekday; the year is missing
    month     month, the year is missing
    weekday   weekday, maybe with modifier last, this or next
    offset    count of days from the document's date (today 0, yesterday -1)
    unit      modifier last, this or next with a unit ("last week"); count > 0: "the past three weeks"
    ago       count units before (negative) or after the document's date
    ahead     "in two weeks": so many units after the document's date, where the sentence speaks of the future
    context   count units from another time of the text ("a day earlier")
    quarter   month is the quarter's first, count its length in months; the year is missing
    season    unit names the season; the year is missing
    recent    "in recent days"
    clock     a time of day alone
    event     counted from an event that has no date of its own ("a day before the vote")
    """

    start: int
    end: int
    kind: str
    granularity: str = "day"
    first: date | None = None
    last: date | None = None
    readings: tuple[date, ...] = ()
    month: int = 0
    day: int = 0
    last_day: int = 0
    weekday: int | None = None
    unit: str = ""
    count: int = 0
    modifier: str = ""
    part: str | None = None
    vague: bool = False  # "a few days ago": the count is not known


def month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def two_digit_year(value: int) -> int:
    return 2000 + value if value < 70 else 1900 + value


def _day_number(words: str) -> int:
    return int(words.rstrip("stndrhSTNDRH"))


def count_of(words: str | None) -> int:
    if not words:
        return 1
    return int(words) if words.isdigit() else CARDINALS.get(words.lower(), 1)


def year_of(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("yy"):
        return two_digit_year(int(groups["yy"]))
    return None


def month_day(match: re.Match[str]) -> Expression | None:
    month = month_number(match["month"])
    first = _day_number(match["d1"])
    last = _day_number(match["d2"]) if match["d2"] else first
    year = year_of(match)
    start, end = match.span()
    granularity = "day" if first == last else "span"
    if year is None:
        # 2000 is a leap year: 29 February exists in some year.
        if not (periods.valid(2000, month, first) and periods.valid(2000, month, last)) or last < first:
            return None
        return Expression(start, end, "day", granularity, month=month, day=first, last_day=last)
    a, b = periods.valid(year, month, first), periods.valid(year, month, last)
    if a is None or b is None or b < a:
        return None
    return Expression(start, end, "period", granularity, first=a, last=b)


def numeric(match: re.Match[str]) -> Expression | None:
    a, separator, b = int(match[1]), match[2], int(match[3])
    year = int(match[4])
    if len(match[4]) == 2:
        if separator != "/" and not (len(match[1]) == 2 and len(match[3]) == 2 and separator == "."):
            return None  # 1.2.34 is a version, 52-48-10 is not a date
        year = two_digit_year(year)
    day_first = periods.valid(year, b, a)
    month_first = periods.valid(year, a, b)
    start, end = match.span()
    if separator == "." and day_first:
        month_first = None  # points are used where the day stands first
    readings = tuple(sorted({d for d in (day_first, month_first) if d}))
    if not readings:
        return None
    if len(readings) == 1:
        return Expression(start, end, "period", first=readings[0], last=readings[0])
    return Expression(start, end, "readings", readings=readings)


def century(start: int, end: int, number: int) -> Expression:
    first = (number - 1) * 100 + 1
    return Expression(start, end, "period", "century", first=date(first, 1, 1), last=date(first + 99, 12, 31))
