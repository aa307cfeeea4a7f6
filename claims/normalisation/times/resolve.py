"""From what the words say to days: counted from the document's date or from another time of the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from claims.models import TimeBasis
from claims.normalisation.times import periods
from claims.normalisation.times.expressions import Expression
from claims.normalisation.times.tense import FUTURE, PAST

# A month and day told in the past tense may lie this many days after the document's date: time zones, and
# documents whose date is that of an earlier edition.
_SLACK = 2
_AHEAD = 60
# Years tried for a weekday with a day and month when the document has no date.
FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that an expression stands for, and what they rest on."""

    basis: TimeBasis
    earliest: date | None = None
    latest: date | None = None
    candidates: tuple[date, ...] = ()


_OPEN = Resolved(TimeBasis.OPEN)


def resolve(
    expression: Expression, anchor: date | None, direction: int, before: Resolved | None, last_year: int
) -> Resolved:
    """Resolve `expression`; `direction` is its tense, `before` the time of the text that it may be counted from.

    Nothing is guessed: without what is needed the result is open.
    """
    kind = expression.kind
    if kind == "period" and expression.first and expression.last:
        if expression.part == "fiscal":
            return Resolved(TimeBasis.EXPLICIT, expression.first, expression.last)
        return _period(TimeBasis.EXPLICIT, (expression.first, expression.last), expression)
    if kind == "readings":
        return _readings(expression, anchor)
    if kind == "context":
        return _context(expression, before)
    if kind == "day":
        return _month_day(expression, anchor, direction, last_year)
    if kind == "clock" or anchor is None:
        return _OPEN
    if kind == "weekday":
        day = _weekday(expression, anchor, direction)
        return _period(TimeBasis.DOCUMENT, (day, day), expression)
    if kind == "offset":
        day = periods.shift_days(anchor, expression.count)
        if expression.vague:  # overnight: the night that ends or starts on this day
            return Resolved(TimeBasis.DOCUMENT, periods.shift_days(anchor, -1), anchor)
        return Resolved(TimeBasis.DOCUMENT, day, day)
    if kind == "unit":
        return _period(TimeBasis.DOCUMENT, _unit(expression, anchor, direction), expression)
    if kind == "window":
        other = periods.shift(anchor, expression.unit, expression.count)
        return Resolved(TimeBasis.DOCUMENT, min(anchor, other), max(anchor, other))
    if kind == "recent":
        return Resolved(TimeBasis.DOCUMENT, None, anchor)
    if kind == "coming":
        return Resolved(TimeBasis.DOCUMENT, anchor, None)
    if kind in ("ago", "ahead"):
        return _counted(expression, anchor, TimeBasis.DOCUMENT)
    if kind in ("month", "quarter", "season"):
        return _period(TimeBasis.DOCUMENT, _yearless(expression, anchor, direction), expression)
    return _OPEN


def _period(basis: TimeBasis, period: periods.Period, expression: Expression) -> Resolved:
    first, last = period
    if expression.modifier == "eve":
        first = last = periods.shift_days(first, -1)
    elif expression.part in ("first", "second"):
        middle = periods.shift_days(first, ((last - first).days + 1) // 2)
        first, last = (first, periods.shift_days(middle, -1)) if expression.part == "first" else (middle, last)
    else:
        first, last = periods.part_of((first, last), expression.part)
    return Resolved(basis, first, last)


def _readings(expression: Expression, anchor: date | None) -> Resolved:
    return Resolved(TimeBasis.OPEN, candidates=expression.readings)


def _context(expression: Expression, before: Resolved | None) -> Resolved:
    if before is None or before.earliest is None or before.latest is None or expression.modifier == "eve":
        return _OPEN
    if before.earliest != before.latest and expression.unit in ("day", "night", "hour", "minute"):
        return _OPEN  # "a day earlier" than a month is no day
    return _counted(expression, before.earliest, TimeBasis.CONTEXT, before)


def _counted(expression: Expression, origin: date, basis: TimeBasis, base: Resolved | None = None) -> Resolved:
    unit = expression.unit
    if expression.vague:
        # "a few days ago": some day before, how many is not said; never more than the next larger unit.
        if expression.count < 0:
            near = periods.shift(origin, unit, -2)
            return Resolved(basis, None, near)
        return Resolved(basis, periods.shift(origin, unit, 2), None)
    day = periods.shift(origin, unit, expression.count)
    if expression.modifier == "at least":  # "more than two years ago"
        return Resolved(basis, None, day) if expression.count < 0 else Resolved(basis, day, None)
    if expression.modifier == "at most":
        return Resolved(basis, min(day, origin), max(day, origin))
    if unit in ("minute", "hour"):
        hours = abs(expression.count) if unit == "hour" else 0
        days = -(-hours // 24)
        other = periods.shift_days(origin, days if expression.count > 0 else -days)
        return Resolved(basis, min(origin, other), max(origin, other))
    if unit in ("day", "night"):
        return Resolved(basis, day, day)
    if base is not None and base.earliest and base.latest and (base.latest - base.earliest).days >= 27:
        last = periods.shift(base.latest, unit, expression.count)
        return Resolved(basis, day, last)
    if unit == "week":
        return Resolved(basis, *periods.containing(day, "week"))
    holder = {"weekend": "weekend", "month": "month", "quarter": "quarter"}.get(unit, "year")
    return Resolved(basis, *periods.containing(day, holder))


def _month_day(expression: Expression, anchor: date | None, direction: int, last_year: int) -> Resolved:
    month, first, last = expression.month, expression.day, expression.last_day
    if anchor is None:
        days: tuple[date, ...] = ()
        if expression.weekday is not None:
            days = tuple(
                day
                for year in range(FIRST_YEAR, last_year + 1)
                if (day := periods.valid(year, month, first)) and day.weekday() == expression.weekday
            )
        return Resolved(TimeBasis.OPEN, candidates=days)
    options = [day for year in range(anchor.year - 4, anchor.year + 5) if (day := periods.valid(year, month, first))]
    if expression.weekday is not None:
        options = [day for day in options if day.weekday() == expression.weekday]
        if not options:
            return _OPEN
        if expression.modifier == "":
            near = min(options, key=lambda day: abs((day - anchor).days))
            return (
                _day_span(near, last, expression)
                if abs((near - anchor).days) < 366
                else Resolved(TimeBasis.OPEN, candidates=tuple(options))
            )
    day = _nearest(options, anchor, direction)
    return _day_span(day, last, expression)


def _day_span(day: date, last: int, expression: Expression) -> Resolved:
    end = periods.valid(day.year, day.month, last) or day
    if expression.modifier == "eve":
        day = end = periods.shift_days(day, -1)
    return Resolved(TimeBasis.DOCUMENT, day, end)


def _nearest(options: list[date], anchor: date, direction: int) -> date:
    """The option that the tense asks for; without a tense the nearest, where a past day may lie twice as far."""
    past = [day for day in options if day <= anchor]
    future = [day for day in options if day > anchor]
    if direction == PAST and future:
        ahead = (future[0] - anchor).days
        # Nobody writes a day of last year without its year when the same day is close ahead.
        if ahead <= _SLACK or (ahead <= _AHEAD and past and (anchor - past[-1]).days > 365 - _AHEAD):
            return future[0]
    if direction == FUTURE and past and past[-1] == anchor:
        return anchor
    if not past or (direction == FUTURE and future):
        return future[0]
    if not future or direction == PAST:
        return past[-1]
    return past[-1] if (anchor - past[-1]).days <= 2 * (future[0] - anchor).days else future[0]


def _weekday(expression: Expression, anchor: date, direction: int) -> date:
    weekday = expression.weekday or 0
    modifier = expression.modifier
    if modifier == "last":
        return periods.on_or_before(periods.shift_days(anchor, -1), weekday)
    if modifier in ("next", "following"):
        return periods.on_or_after(periods.shift_days(anchor, 1), weekday)
    if modifier == "this":
        if direction == PAST:
            return periods.on_or_before(anchor, weekday)
        return periods.on_or_after(anchor, weekday)
    if direction == FUTURE:
        return periods.on_or_after(anchor, weekday)
    return periods.on_or_before(anchor, weekday)


def _unit(expression: Expression, anchor: date, direction: int) -> periods.Period:
    unit = expression.unit
    shift = {"last": -1, "next": 1}.get(expression.modifier, 0)
    if unit == "weekend":
        first, last = periods.containing(anchor, "weekend")
        if shift == 0 and direction == PAST and first > anchor:
            shift = -1  # told in the past: the weekend just over
        return periods.shift_days(first, 7 * shift), periods.shift_days(last, 7 * shift)
    return periods.containing(periods.shift(anchor, unit, shift), unit)


def _yearless(expression: Expression, anchor: date, direction: int) -> periods.Period:
    """A month, quarter or season without a year: the reading that the tense or the modifier asks for."""
    modifier = expression.modifier
    years = range(max(anchor.year - 2, 2), anchor.year + 3)
    if expression.kind == "month":
        readings = [periods.month(year, expression.month) for year in years]
    elif expression.kind == "quarter":
        readings = [periods.months(year, expression.month, expression.count) for year in years]
    else:
        readings = [periods.season(year, expression.unit) for year in years]
    if modifier in ("last year", "this year", "next year") or (modifier and expression.kind == "quarter"):
        shift = {"last": -1, "next": 1}.get(modifier.split()[0], 0)
        return next(r for r in readings if r[0].year == anchor.year + shift)
    past = [r for r in readings if r[0] <= anchor]
    future = [r for r in readings if r[1] >= anchor]
    over = [r for r in readings if r[1] < anchor]
    if modifier == "last":
        return over[-1]
    if modifier == "next":
        return next(r for r in readings if r[0] > anchor)
    if modifier == "this" or modifier == "this year":
        return next(r for r in readings if r[0].year == anchor.year)
    if direction == FUTURE:
        return future[0]
    if direction == PAST:
        return past[-1]
    back = (anchor - past[-1][1]).days
    ahead = (future[0][0] - anchor).days
    return past[-1] if back <= 2 * ahead else future[0]
