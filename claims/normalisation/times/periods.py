"""Calendar arithmetic: the first and last day of months, quarters, seasons, years, decades and centuries."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Period = tuple[date, date]

# Months in which a season starts in the northern hemisphere, as news uses the words (meteorological seasons).
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def valid(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    if not (1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def shift_days(day: date, days: int) -> date:
    """`day` moved by `days`, held inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shift_months(day: date, months: int) -> date:
    """The same day of the month, `months` away; the last day of that month where it is shorter."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9999 * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shift(day: date, unit: str, count: int) -> date:
    """`day` moved by `count` units ("day", "week", "month", "quarter", "year", "decade", …)."""
    count = max(-(10**6), min(10**6, count))
    if unit in ("minute", "hour"):
        return day
    if unit in ("day", "night", "weekend"):
        return shift_days(day, count)
    if unit == "week":
        return shift_days(day, 7 * count)
    months = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    return shift_months(day, months * count)


def month(year: int, number: int) -> Period:
    return date(year, number, 1), date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, count: int) -> Period:
    start = date(year, first, 1)
    return start, shift_days(shift_months(start, count), -1)


def year(number: int) -> Period:
    return date(number, 1, 1), date(number, 12, 31)


def season(number: int, name: str) -> Period:
    """Winter of a year starts in its December."""
    return months(number, SEASONS[name], 3)


def containing(day: date, unit: str) -> Period:
    """The calendar unit that holds `day`. Weeks run from Monday to Sunday."""
    if unit == "week":
        first = shift_days(day, -day.weekday())
        return first, shift_days(first, 6)
    if unit == "weekend":
        first = shift_days(day, 5 - day.weekday())
        return first, shift_days(first, 1)
    if unit == "month":
        return month(day.year, day.month)
    if unit == "quarter":
        return months(day.year, 3 * ((day.month - 1) // 3) + 1, 3)
    if unit == "year":
        return year(day.year)
    if unit == "decade":
        first_year = max(day.year - day.year % 10, 1)
        return date(first_year, 1, 1), date(first_year + 9, 12, 31)
    if unit == "century":
        first_year = max(day.year - (day.year - 1) % 100, 1)
        return date(first_year, 1, 1), date(min(first_year + 99, 9999), 12, 31)
    return day, day


def part_of(period: Period, part: str | None) -> Period:
    """The early, middle or late part: thirds for a month or longer, as written for less."""
    first, last = period
    length = (last - first).days + 1
    if part is None or length < 7:
        return period
    third = length // 3
    if part == "early":
        return first, shift_days(first, third)
    if part == "late":
        return shift_days(last, -third), last
    return shift_days(first, third), shift_days(last, -third)


def on_or_before(day: date, weekday: int) -> date:
    return shift_days(day, -((day.weekday() - weekday) % 7))


def on_or_after(day: date, weekday: int) -> date:
    return shift_days(day, (weekday - day.weekday()) % 7)
