"""How two values for one fact stand to each other: the table of relations, as pure functions.

`compare_quantities` and `compare_times` assume that both are about the same fact. They are symmetric: swapping the
arguments swaps `finer` and changes nothing else.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from claims.alignment.elapsed import ELAPSED, exactly, within_reach
from claims.alignment.intervals import (
    ABOUT,
    CELSIUS,
    FAHRENHEIT,
    Measured,
    around,
    bounded,
    celsius,
    close,
    figure_of,
    fraction_slack,
    in_fractions,
    inside,
    interval_of,
    meet,
    one_sort,
    opposite_bounds,
    precision_of,
    rounded_off,
    scale_of,
    tolerance,
    vague,
)
from claims.models import Comparator, QuantityKind, RelationKind, TimeRef


class Verdict(NamedTuple):
    """A relation between two values. `finer` is "a", "b" or None: the one that implies the other."""

    relation: RelationKind
    discrepancy: bool
    rule: str
    finer: str | None = None


AGREE = Verdict(RelationKind.AGREE, False, "equal")
_COUNTED_BACK = Verdict(RelationKind.AGREE, False, "counted_back")
_COUNTED_ROUGHLY = Verdict(RelationKind.APPROXIMATE, False, "counted_back")
UNRELATED = Verdict(RelationKind.UNRELATED, False, "not_comparable")

# Granularities of a time that names no single day: where such times share a part, nobody has erred.
_COARSE = frozenset({"week", "month", "quarter", "season", "year", "decade", "century", "span"})
_WITHIN_DAY = frozenset({"minute", "hour", "part"})
# Hours of the day, from its midnight on: what is told of a night may lie in the small hours of the day after.
_PARTS = {
    "early": (0.0, 10.0),
    "dawn": (3.0, 9.0),
    "morning": (0.0, 12.0),
    "noon": (11.0, 14.0),
    "midday": (11.0, 14.0),
    "afternoon": (12.0, 19.0),
    "late": (14.0, 27.0),
    "dusk": (15.0, 23.0),
    "evening": (16.0, 25.0),
    "night": (16.0, 31.0),
    "tonight": (16.0, 31.0),
    "overnight": (-8.0, 32.0),
    "midnight": (-1.0, 25.0),
}
_PART_OF_DAY = re.compile(rf"\b(?:{'|'.join(_PARTS)})\b", re.IGNORECASE)
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s?([ap])\.?m\b|\b(\d{1,2}):(\d\d)", re.IGNORECASE)
# "About 4 p.m." is said of 4:25; clock times that differ by whole hours may be of two time zones.
_ABOUT_CLOCK, _HOUR = 0.5, 1.0
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY_OF_MONTH = r"0?(\d{1,2})(?:st|nd|rd|th)?"
_MONTH_DAY = re.compile(
    rf"(?:on )?(?:the )?(?:{_MONTH} {_DAY_OF_MONTH}|{_DAY_OF_MONTH} (?:of )?{_MONTH})", re.IGNORECASE
)
_WEEKDAY = r"((?:mon|tues|wednes|thurs|fri|satur|sun)day)"
_DAY_NAME = re.compile(rf"(?:on |last |this )?{_WEEKDAY}", re.IGNORECASE)
_PART_WORDS = rf"(?:(?:{'|'.join(_PARTS)}|late|in|on|the|of)\b ?)*"
_PART_OF_DAY_NAME = re.compile(rf"{_PART_WORDS}{_WEEKDAY} ?{_PART_WORDS}", re.IGNORECASE)
_MONTH_NAME = re.compile(rf"(?:in |during )?{_MONTH}", re.IGNORECASE)
_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Converting a round figure moves it by this much at most ("5 miles" is "8 km").
_CONVERSION = 0.05
# Lengths of time in other units are rounder ("16 weeks", "four months"): half of the coarser unit, and at most this
# share of the longer one; a single unit is meant more exactly ("a year" is not ten months).
_SPAN, _ONE_UNIT = 0.20, 0.15
# A figure this much above another is not nearly that.
_NOT_ABOVE = 0.05
_FEW = 10
# From this share of the larger on, figures as written differ: of those that can be one when rounded, and of ranges.
_ROUGHLY, _NEARLY = 0.08, 0.03
# A temperature, where the scale is left out.
DEGREE = "degree"
# Ranks and sides of a score up to these are alike by chance.
_FEW_RANKS, _FEW_POINTS = 9, 1


# How often a period fits into a mean year of the Gregorian calendar.
_PERIODS = {
    "hour": 8765.82,
    "day": 365.2425,
    "night": 365.2425,
    "week": 52.1775,
    "month": 12.0,
    "quarter": 4.0,
    "year": 1.0,
}
_TEMPERATURES = {CELSIUS, FAHRENHEIT}
_RATE = 0.01  # of the larger rate: years of 365 and months of 30 days


def comparable(a: Measured, b: Measured) -> bool:
    """The same sort of figure, in units that convert into each other, both levels or both changes."""
    kind_a, kind_b = one_sort(a), one_sort(b)
    if kind_a is not kind_b:
        return False
    if (a.change is None) != (b.change is None) and not _same_change(a, b):
        return False  # "another $1 trillion" may be told as "$1 trillion"; other figures would be a level and a change
    if a.per != b.per and ((a.per and b.per) or not _same_figure(a, b)):
        return (
            False  # a yearly sum is not the sum of ten years; only the figure itself shows that "a year" was left out
        )
    if kind_a is QuantityKind.COUNT:
        return True
    one, two = scale_of(a)[0], scale_of(b)[0]
    return one == two or (DEGREE in (one, two) and one.startswith(DEGREE) and two.startswith(DEGREE))


def compare_quantities(a: Measured, b: Measured) -> Verdict:
    """The relation of two quantities that measure one thing; UNRELATED where they cannot be compared."""
    if (rates := _compare_rates(a, b)) is not None:
        return rates
    if a.unit != b.unit and {a.unit, b.unit} == _TEMPERATURES:
        a, b = (celsius(q) if q.unit == FAHRENHEIT else q for q in (a, b))
    if one_sort(a) is not one_sort(b):
        return _compare_kinds(a, b)
    if not comparable(a, b):
        return UNRELATED
    if a.change and b.change and a.change != b.change:
        return Verdict(RelationKind.CONFLICT, True, "direction")
    if a.kind is QuantityKind.SCORE:
        return _compare_scores(a, b)
    x, y = interval_of(a), interval_of(b)
    figure_a, figure_b = figure_of(a), figure_of(b)
    if _same_figure(a, b):
        if a.comparator == b.comparator:
            return AGREE
        if not opposite_bounds(a, b):
            return Verdict(RelationKind.APPROXIMATE, False, "same_figure")
    elif figure_a is not None and figure_b is not None and _rounded(a, b, figure_a, figure_b):
        return Verdict(RelationKind.APPROXIMATE, _far(a, b, figure_a, figure_b, _ROUGHLY), "rounding")
    if close(x.low, y.low) and close(x.high, y.high) and (x.low_open, x.high_open) == (y.low_open, y.high_open):
        return AGREE
    differ = not (vague(a) or vague(b) or _said_otherwise(a, b) or _one_end(a, b))
    if inside(x, y):
        return Verdict(RelationKind.REFINE, differ and not rounded_off(b, a), "interval", "a")
    if inside(y, x):
        return Verdict(RelationKind.REFINE, differ and not rounded_off(a, b), "interval", "b")
    if not meet(x, y).empty():
        near = figure_a is not None and figure_b is not None and not _far(a, b, figure_a, figure_b, _NEARLY)
        return Verdict(RelationKind.OVERLAP, differ and not near, "interval")
    return Verdict(RelationKind.CONFLICT, True, "interval")


def _compare_rates(a: Measured, b: Measured) -> Verdict | None:
    """Figures for different periods: one rate ("400 a day", "146,000 a year"), or another scope."""
    if not a.per or not b.per or a.per == b.per:
        return None
    one, two = _PERIODS.get(a.per), _PERIODS.get(b.per)
    kind_a, kind_b = one_sort(a), one_sort(b)
    if one is None or two is None or one == two or kind_a != kind_b or a.change or b.change:
        return None
    figure_a, figure_b = figure_of(a), figure_of(b)
    if figure_a is None or figure_b is None or scale_of(a)[0] != scale_of(b)[0] or kind_a is QuantityKind.SHARE:
        return None
    x, y = figure_a * one, figure_b * two
    slack = max(tolerance(a) * one, tolerance(b) * two, _RATE * max(abs(x), abs(y)))
    if abs(x - y) <= slack:
        return Verdict(RelationKind.APPROXIMATE, False, "same_rate")
    return Verdict(RelationKind.DIFFERENT_SCOPE, False, "other_rate")


def _compare_kinds(a: Measured, b: Measured) -> Verdict:
    """A count beside a rank or a score: "the 22nd judge" and "22 judges", "61-38" and "61 seats"."""
    for count, other in ((a, b), (b, a)):
        if one_sort(count) is not QuantityKind.COUNT or count.change or bounded(count):
            continue
        figure = figure_of(count)
        if figure is None or other.change:
            continue
        if other.kind is QuantityKind.RANK and figure == figure_of(other) and figure > _FEW_RANKS:
            return Verdict(RelationKind.AGREE, False, "last_rank")
        if other.kind is QuantityKind.SCORE and figure == other.high and figure > _FEW_POINTS:
            return Verdict(RelationKind.AGREE, False, "one_side")
    return UNRELATED


def complementary(a: Measured, b: Measured) -> bool:
    """Two shares of one whole that add up to it: the two sides of one figure, and never a contradiction."""
    if a.kind is not QuantityKind.SHARE or b.kind is not QuantityKind.SHARE or a.change or b.change:
        return False
    x, y = a.value, b.value
    return x is not None and y is not None and not close(x, y) and abs(x + y - 100) <= 0.01


def _same_figure(a: Measured, b: Measured) -> bool:
    x, y = figure_of(a), figure_of(b)
    return x is not None and y is not None and close(x, y)


def _same_change(a: Measured, b: Measured) -> bool:
    """One figure, which is not a small count: those are alike by chance."""
    return _same_figure(a, b) and not (one_sort(a) is QuantityKind.COUNT and abs(figure_of(a) or 0.0) < _FEW)


def _compare_scores(a: Measured, b: Measured) -> Verdict:
    """Both numbers of a score or vote count; "5 to 4" and "5-4" are one."""
    if a.low is None or b.low is None or a.high is None or b.high is None:
        return UNRELATED
    if close(a.low, b.low) and close(a.high, b.high):
        return AGREE
    return Verdict(RelationKind.CONFLICT, True, "interval")


def _far(a: Measured, b: Measured, figure_a: float, figure_b: float, share: float) -> bool:
    """Figures of one unit that can be one, and lie so far apart that readers take them for two: "1,500" and "2,000"."""
    if a.kind is QuantityKind.DURATION and a.unit != b.unit:
        return False
    return abs(figure_a - figure_b) >= share * max(abs(figure_a), abs(figure_b))


def _said_otherwise(a: Measured, b: Measured) -> bool:
    """One is told in other units or in fractions, which are round: "six weeks", and "less than two months"."""
    if a.kind is QuantityKind.DURATION and b.kind is QuantityKind.DURATION:
        return a.unit != b.unit
    if a.kind is QuantityKind.SHARE and b.kind is QuantityKind.SHARE:
        return in_fractions(a) != in_fractions(b)
    return False


def _one_end(a: Measured, b: Measured) -> bool:
    """A bound and the end of a range are one figure: "as many as 20,000" and "between 10,000 and 20,000"."""
    if bounded(a) == bounded(b):
        return False
    bound, other = (a, b) if bounded(a) else (b, a)
    limit = figure_of(bound)
    if limit is None or figure_of(other) is not None:
        return False
    ends, reach = interval_of(other), interval_of(bound)
    return close(limit, ends.high) if close(limit, reach.high) else close(limit, ends.low)


def _rounded(a: Measured, b: Measured, figure_a: float, figure_b: float) -> bool:
    """Both say one figure, as far as the coarser one's precision or its "about" can tell."""
    if bounded(a) or bounded(b):
        return False
    gap = abs(figure_a - figure_b)
    if in_fractions(a) != in_fractions(b):
        return gap <= fraction_slack(a if in_fractions(a) else b)
    slack = max(tolerance(a), tolerance(b))
    if a.unit != b.unit and a.kind is QuantityKind.DURATION:
        within = gap <= _of_units(a, b, figure_a, figure_b)
        if within or not (around(a) or around(b)):
            return within
    elif a.unit != b.unit and not (around(a) or around(b)):
        slack = min(slack, _CONVERSION * max(abs(figure_a), abs(figure_b)))
    rough = [f for q, f in ((a, abs(figure_a)), (b, abs(figure_b))) if around(q) and f < 10 * precision_of(q)]
    if rough and a.kind not in (QuantityKind.RANK, QuantityKind.SCORE):
        slack = max(slack, ABOUT * max(abs(figure_a), abs(figure_b)))
    low, high = (a, b) if figure_a < figure_b else (b, a)
    if low.comparator is Comparator.ALMOST:
        slack = min(slack, max(tolerance(high), _NOT_ABOVE * max(abs(figure_a), abs(figure_b))))
    if not rough and close(gap, max(precision_of(a), precision_of(b)) / 2):
        coarse, fine = (figure_a, figure_b) if tolerance(a) >= tolerance(b) else (figure_b, figure_a)
        if fine < coarse or a.kind is QuantityKind.SHARE:
            return fine < coarse  # a half is rounded up: 4.5 is said as 5, 5.5 is not
        return round(coarse / max(precision_of(a), precision_of(b))) % 2 == 0  # or to even, as programs do
    return gap <= slack * (1 + 1e-9)


def _of_units(a: Measured, b: Measured, figure_a: float, figure_b: float) -> float:
    """How far two lengths of time may lie apart that are told in other units."""
    coarse = a if scale_of(a)[1] > scale_of(b)[1] else b
    several = coarse.value is not None and coarse.value >= 2
    return min(precision_of(coarse) / 2, (_SPAN if several else _ONE_UNIT) * max(abs(figure_a), abs(figure_b)))


def days_of(time: TimeRef) -> tuple[date, date] | None:
    """The days that a time stands for, both inclusive; None where it is open."""
    if time.earliest is None or time.latest is None:
        return None
    return time.earliest, time.latest


def compare_times(a: TimeRef, b: TimeRef) -> Verdict:
    """The relation of two times of one event; UNRELATED where one of them is open and nothing decides."""
    x, y = days_of(a), days_of(b)
    if x is None or y is None:
        return _compare_open(a, b)
    if a.granularity == ELAPSED or b.granularity == ELAPSED:
        elapsed, other = (a, b) if a.granularity == ELAPSED else (b, a)
        if not within_reach(elapsed, other):
            return UNRELATED
        return _COUNTED_BACK if exactly(elapsed, other) else _COUNTED_ROUGHLY
    if x == y:
        return _compare_hours(a, b) if x[0] == x[1] else Verdict(RelationKind.AGREE, False, "same_time")
    if (written := _month_and_day(a)) is not None and written == _month_and_day(b):
        return Verdict(RelationKind.AGREE, False, "same_day_open")  # the years were worked out, and not from the words
    if x[0] >= y[0] and x[1] <= y[1]:
        return Verdict(RelationKind.REFINE, False, "within", "a")
    if y[0] >= x[0] and y[1] <= x[1]:
        return Verdict(RelationKind.REFINE, False, "within", "b")
    coarse = a.granularity in _COARSE and b.granularity in _COARSE
    if x[0] <= y[1] and y[0] <= x[1]:
        return Verdict(RelationKind.OVERLAP, not coarse, "overlapping_times")
    if a.relation != b.relation:
        return UNRELATED
    if (a.granularity == "span" or b.granularity == "span") and _gap(x, y) <= timedelta(days=3):
        return Verdict(RelationKind.APPROXIMATE, False, "near_times")
    if x[0] == x[1] and y[0] == y[1]:
        if _same_night(a, b, (y[0] - x[0]).days):
            return Verdict(RelationKind.OVERLAP, False, "same_night")
        return Verdict(RelationKind.CONFLICT, True, "other_day")
    if coarse and a.granularity == b.granularity:
        return Verdict(RelationKind.CONFLICT, True, "other_time")
    return UNRELATED  # a day and a year: no telling that they date one thing


def within_day(time: TimeRef) -> bool:
    """It names a part of a day: an hour, "evening", "early on Monday"."""
    return time.granularity in _WITHIN_DAY or hours_of(time.as_written) is not None


@lru_cache(maxsize=4096)
def hours_of(words: str) -> tuple[float, float] | None:
    """The hours of the day that the words name: a clock time is a point; None where they name none."""
    clock = _CLOCK.search(words)
    if clock is not None:
        hour, minute = int(clock[1] or clock[4]), int(clock[2] or clock[5] or 0)
        if clock[3]:
            hour = hour % 12 + (12 if clock[3] in "pP" else 0)
        if hour < 24 and minute < 60:
            return hour + minute / 60, hour + minute / 60
    named = [_PARTS[part.lower()] for part in _PART_OF_DAY.findall(words)]
    if not named:
        return None
    low, high = max(low for low, _ in named), min(high for _, high in named)  # "late afternoon"
    return (low, high) if low < high else named[-1]


def _compare_hours(a: TimeRef, b: TimeRef) -> Verdict:
    """Two times of one day."""
    same = Verdict(RelationKind.AGREE, False, "same_day")
    fine_a, fine_b = within_day(a), within_day(b)
    if fine_a != fine_b:
        return Verdict(RelationKind.REFINE, False, "same_day", "a" if fine_a else "b")
    x, y = hours_of(a.as_written), hours_of(b.as_written)
    if x is None or y is None:
        return same
    clock_a, clock_b = x[0] == x[1], y[0] == y[1]
    gap = max(x[0] - y[1], y[0] - x[1])
    if clock_a and clock_b:
        if gap <= _ABOUT_CLOCK:
            return same if gap == 0 else Verdict(RelationKind.APPROXIMATE, False, "near_hour")
        return (
            UNRELATED if abs(gap / _HOUR - round(gap / _HOUR)) < 0.01 else Verdict(RelationKind.CONFLICT, True, "hour")
        )
    if gap > 0:
        return UNRELATED  # the morning and the evening of a day: of two events, more often than not
    if clock_a != clock_b:
        return Verdict(RelationKind.REFINE, False, "same_day", "a" if clock_a else "b")
    return same


def _same_night(a: TimeRef, b: TimeRef, later: int) -> bool:
    """Late on one day and early on the next; `b` is so many days later than `a`."""
    x, y = hours_of(a.as_written), hours_of(b.as_written)
    if x is None or y is None or abs(later) != 1:
        return False
    return x[0] <= y[1] + 24 * later and y[0] + 24 * later <= x[1]


def _gap(x: tuple[date, date], y: tuple[date, date]) -> timedelta:
    return max(x[0] - y[1], y[0] - x[1])


def _compare_open(a: TimeRef, b: TimeRef) -> Verdict:
    """Open times agree when their readings include one day; nothing else can be said of them."""
    readings_a = set(a.candidates) or ({a.earliest} if a.earliest else set())
    readings_b = set(b.candidates) or ({b.earliest} if b.earliest else set())
    if readings_a & readings_b and a.granularity == b.granularity:
        return Verdict(RelationKind.AGREE, False, "same_day_open")
    for day_of in (_month_and_day, _weekday):
        one, two = day_of(a), day_of(b)
        if one is not None and two is not None:
            if one == two:
                return Verdict(RelationKind.AGREE, False, "same_day_open")
            return Verdict(RelationKind.CONFLICT, True, "other_day")  # of whatever year
    one, two = _month(a), _month(b)
    if one is not None and two is not None:
        if one == two:
            return Verdict(RelationKind.AGREE, False, "same_day_open")
        return Verdict(RelationKind.CONFLICT, True, "other_time")
    return _compare_months(a, b) or _compare_parts(a, b) or _compare_clocks(a, b)


def _compare_months(a: TimeRef, b: TimeRef) -> Verdict | None:
    """A month and a day, of whatever year."""
    for coarse, fine, finer in ((a, b, "b"), (b, a, "a")):
        month, day = _month(coarse), _month_and_day(fine)
        if month is not None and day is not None:
            if day.startswith(month):
                return Verdict(RelationKind.REFINE, False, "within", finer)
            return Verdict(RelationKind.CONFLICT, True, "other_time")
    return None


def _compare_parts(a: TimeRef, b: TimeRef) -> Verdict | None:
    """Parts of days of the week: "Friday evening" and "Saturday morning"."""
    one, two = _weekday_of_part(a), _weekday_of_part(b)
    if one is None or two is None:
        return None
    if one == two:
        return _compare_hours(a, b)
    later = (_WEEK.index(two) - _WEEK.index(one) + 3) % 7 - 3
    if _same_night(a, b, later):
        return Verdict(RelationKind.OVERLAP, False, "same_night")
    return Verdict(RelationKind.CONFLICT, True, "other_day")


def _compare_clocks(a: TimeRef, b: TimeRef) -> Verdict:
    """Two clock times, one at least of no known day: nothing can be said of those that lie far apart."""
    x, y = hours_of(a.as_written), hours_of(b.as_written)
    if x is None or y is None or x[0] != x[1] or y[0] != y[1]:
        return UNRELATED
    if x == y:
        return Verdict(RelationKind.AGREE, False, "same_hour")
    if abs(x[0] - y[0]) <= _ABOUT_CLOCK and (x[0].is_integer() or y[0].is_integer()):
        return Verdict(RelationKind.APPROXIMATE, False, "near_hour")
    return UNRELATED


def compare_clocks(a: TimeRef, b: TimeRef) -> Verdict:
    """Two clock times without a day that are known to be of one event; UNRELATED where one is none."""
    x, y = hours_of(a.as_written), hours_of(b.as_written)
    if a.earliest or b.earliest or x is None or y is None or x[0] != x[1] or y[0] != y[1]:
        return UNRELATED
    return Verdict(RelationKind.CONFLICT, True, "hour")


def _weekday(time: TimeRef) -> str | None:
    """ "monday" of "Monday" and "on Monday"; None where other words stand beside it."""
    found = _DAY_NAME.fullmatch(" ".join(time.as_written.split()))
    return found[1].lower() if found is not None else None


def _weekday_of_part(time: TimeRef) -> str | None:
    """ "friday" of "Friday", "late on Friday" and "Friday evening"."""
    found = _PART_OF_DAY_NAME.fullmatch(" ".join(time.as_written.split()))
    return found[1].lower() if found is not None else None


def _month(time: TimeRef) -> str | None:
    """ "mar" of "in March"."""
    found = _MONTH_NAME.fullmatch(" ".join(time.as_written.split()))
    return found[1][:3].lower() if found is not None else None


def _month_and_day(time: TimeRef) -> str | None:
    """ "mar 3" of "March 3" and "3 Mar."; None where words or a year stand beside it."""
    found = _MONTH_DAY.fullmatch(" ".join(time.as_written.split()))
    if found is None:
        return None
    month, day = (found[1], found[2]) if found[1] else (found[4], found[3])
    return f"{month[:3].lower()} {day}"
