"""The values of a fact on one axis, as geometry: where bars, ends and ticks lie, in percent of the width. Pure.

Horizontal places are percent, vertical ones pixels: an SVG with both needs no scaling, so text keeps its size on a
telephone and on a wide screen.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from claims.models import Comparator, QuantityKind, RelationKind
from claims.normalisation.units import convert
from claims.report.overview import FactView, Member, day, span_text

LEFT, RIGHT = 3.0, 97.0  # percent of the width that the axis spans
ROW = 40  # pixels of a row: a line of text, and the bar below it
TOP = 6
AXIS = 30
_LABEL = 50  # characters of a row's text
_VALUE = 28  # of these, of the value
_ROWS = 10  # members up to which each has a row; above it, equal values share one
_MONTHS = 75  # days of a span from which ticks are months
_YEARS = 1100


@dataclass(frozen=True)
class Row:
    """One value. An end is "closed", "open" or "none" (it goes on); `soft` is "about", with the figure at `middle`."""

    value: str
    label: str
    y: float
    left: float
    right: float
    left_end: str
    right_end: str
    soft: bool
    middle: float
    point: bool
    group: int


@dataclass(frozen=True)
class Tick:
    """A mark on the axis. `anchor` keeps the outer labels inside."""

    x: float
    label: str
    anchor: str


@dataclass(frozen=True)
class Plot:
    """A whole plot. `trail` joins the values in their order, for what changed over time."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    height: float
    summary: str
    unit: str
    trail: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True)
class _Range:
    low: float | None
    high: float | None
    low_open: bool
    high_open: bool
    soft: bool
    figure: float | None = None


def plot(fact: FactView) -> Plot | None:
    """The plot of a fact; None when its values lie on no common axis (words, scores, units that do not convert)."""
    members, others = _shown(fact)
    if fact.fact.slot == "time":
        return _build(fact, members, others, [_days(member) for member in members], "", dates=True)
    if fact.fact.slot == "quantity":
        ranges = _figures(members)
        if ranges:
            return _build(fact, members, others, ranges, _unit(members), dates=False)
    return None


def _shown(fact: FactView) -> tuple[list[Member], list[int]]:
    """The members that have a row, and for each how many others share it."""
    if len(fact.members) <= _ROWS:
        return list(fact.members), [0] * len(fact.members)
    rows: dict[object, list[Member]] = {}
    for member in fact.members:
        dated = member.when if fact.fact.relation is RelationKind.UPDATE else None
        rows.setdefault((member.group, dated), []).append(member)
    return [group[0] for group in rows.values()], [len(group) - 1 for group in rows.values()]


def _days(member: Member) -> _Range | None:
    if member.low is None or member.high is None:
        return None
    return _Range(member.low + 0.5, member.high + 0.5, False, False, False)  # the middle of the first and last day


def _unit(members: Sequence[Member]) -> str:
    quantity = members[0].claim.quantity
    if quantity is None:
        return ""
    if quantity.kind is QuantityKind.SHARE:
        return "percent"
    return (quantity.unit or quantity.of or "") + (f" per {quantity.per}" if quantity.per else "")


def _figures(members: Sequence[Member]) -> list[_Range | None]:
    """The intervals in the unit of the first member; empty when they cannot be laid on one axis."""
    base = members[0].claim.quantity
    ranges: list[_Range | None] = []
    for member in members:
        quantity = member.claim.quantity
        if base is None or quantity is None or quantity.kind is QuantityKind.SCORE:
            return []
        ends: list[float | None] = []
        for end in (quantity.low, quantity.high):
            if end is not None and quantity.unit and base.unit and quantity.unit != base.unit:
                end = convert(end, quantity.unit, base.unit)
                if end is None:
                    return []
            ends.append(end if end is None or math.isfinite(end) else None)
        low, high = ends
        middle = None
        if low is not None and high is not None:
            # "Nearly 90" is not above it: the figure stands at the upper end.
            middle = high if quantity.comparator is Comparator.ALMOST else (low + high) / 2
        if quantity.comparator in (Comparator.MORE, Comparator.AT_LEAST):
            high = None  # a cap of the unit is no value that anybody gave
        if quantity.comparator in (Comparator.LESS, Comparator.AT_MOST):
            low = None
        soft = quantity.comparator in (Comparator.ABOUT, Comparator.ALMOST)
        ranges.append(_Range(low, high, quantity.low_open, quantity.high_open, soft, middle))
    return ranges


def _build(
    fact: FactView,
    members: Sequence[Member],
    others: Sequence[int],
    ranges: Sequence[_Range | None],
    unit: str,
    *,
    dates: bool,
) -> Plot | None:
    known = [
        (member, each, more) for member, each, more in zip(members, ranges, others, strict=True) if each is not None
    ]
    finite = [end for _, each, _ in known for end in (each.low, each.high) if end is not None]
    if not finite:
        return None
    first, last = _domain(finite, [each for _, each, _ in known], unit, dates=dates)

    def x(value: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (value - first) / (last - first), 2)

    rows = []
    for number, (member, each, more) in enumerate(known):
        low, high = each.low, each.high
        left = x(low) if low is not None else LEFT
        right = x(high) if high is not None else RIGHT
        rows.append(
            Row(
                value=_short(f"“{member.value}”", _VALUE),
                label=_label(member, fact, more),
                y=TOP + number * ROW,
                left=left,
                right=right,
                left_end="none" if low is None else "open" if each.low_open else "closed",
                right_end="none" if high is None else "open" if each.high_open else "closed",
                soft=each.soft,
                middle=x(each.figure) if each.figure is not None else round((left + right) / 2, 2),
                point=right - left < 1.2 and low is not None and high is not None,
                group=member.group,
            )
        )
    trail: tuple[tuple[float, float, float, float], ...] = ()
    if fact.fact.relation is RelationKind.UPDATE:
        spots = [((row.left + row.right) / 2 if row.right_end != "none" else row.left, row.y + 27) for row in rows]
        trail = tuple((*a, *b) for a, b in pairwise(spots))
    ticks = _date_ticks(first, last, x) if dates else _ticks(first, last, x)
    summary = "; ".join(f"{member.article.name}: {_spoken(member, fact)}" for member, _, _ in known)
    return Plot(
        rows=tuple(rows),
        ticks=tuple(ticks),
        height=TOP + len(rows) * ROW + AXIS,
        summary=summary,
        unit=unit,
        trail=trail,
    )


def _domain(finite: list[float], ranges: Iterable[_Range], unit: str, *, dates: bool) -> tuple[float, float]:
    """First and last value of the axis: all ends, with room for what goes on beyond them."""
    low, high = min(finite), max(finite)
    span = high - low
    if span == 0:
        span = 2.0 if dates else max(abs(high) * 0.1, 1.0 if float(high).is_integer() else abs(high) * 0.1, 1e-6)
    listed = list(ranges)
    more = any(each.high is None for each in listed)
    less = any(each.low is None for each in listed)
    first = low - max(span * (0.5 if less else 0.12), 1.0 if dates else 0.0)
    last = high + max(span * (0.5 if more else 0.12), 1.0 if dates else 0.0)
    if low >= 0 and first < 0 and not dates:
        first = 0.0
    if unit == "percent" and low >= 0 and high <= 100 < last:
        last = 100.0
    if last <= first:
        last = first + max(span, 1e-6)
    return first, last


def _label(member: Member, fact: FactView, more: int) -> str:
    """What stands after the value: the article, and for a change over time the day it is stated for."""
    name = member.article.name
    if fact.fact.relation is RelationKind.UPDATE and member.when and day(member.when) not in name:
        name = f"{day(member.when)}, {name}"
    end = f" and {more} more" if more else ""
    return _short(name, _LABEL - len(end) - min(len(member.value) + 2, _VALUE)) + end


def _short(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _spoken(member: Member, fact: FactView) -> str:
    if fact.fact.slot == "time" and member.claim.time is not None:
        return f"{member.value} ({span_text(member.claim.time.earliest, member.claim.time.latest)})"
    return member.value


def _ticks(first: float, last: float, x: Callable[[float], float]) -> list[Tick]:
    """Three to six round values (Heckbert 1990, "Nice numbers for graph labels")."""
    step = _nice(max((last - first) / 4, sys.float_info.min))
    value = math.ceil(first / step - 1e-9) * step
    found = []
    while value <= last + step * 1e-9:
        found.append(value)
        value += step
    return [_tick(x(v), short_number(v, step)) for v in found]


def _tick(x: float, label: str) -> Tick:
    return Tick(x, label, "start" if x < 8 else "end" if x > 92 else "middle")


def _nice(step: float) -> float:
    magnitude = 10.0 ** math.floor(math.log10(step))
    return next((m * magnitude for m in (1, 2, 2.5, 5) if m * magnitude >= step), 10 * magnitude)


def short_number(value: float, step: float = 0.0) -> str:
    """1200000 → 1.2M; as many digits as `step` asks for."""
    size = max(abs(value), abs(step))
    for limit, name in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e4, "k")):
        if size >= limit:
            scale = 1e3 if name == "k" else limit
            return f"{_plain(value / scale, step / scale)}{name}"
    return _plain(value, step)


def _plain(value: float, step: float) -> str:
    digits = max(0, -math.floor(math.log10(step) + 1e-9)) if step > 0 else 2
    text = f"{value:,.{min(digits + 1, 6)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _date_ticks(first: float, last: float, x: Callable[[float], float]) -> list[Tick]:
    start, end = _day(math.ceil(first)), _day(math.floor(last))
    span = (end - start).days
    if span > _YEARS:
        years = range(start.year, end.year + 2)
        step = max(1, math.ceil(len(years) / 6))
        days = [(date(y, 1, 1), str(y)) for y in years if y % step == 0 and y <= date.max.year]
    elif span > _MONTHS:
        months = [date(y, m, 1) for y in range(start.year, end.year + 1) for m in range(1, 13)]
        inside = [m for m in months if start <= m <= end]
        step = max(1, math.ceil(len(inside) / 6))
        days = [(m, f"{m:%b %Y}") for m in inside[::step]]
    else:
        step = max(1, math.ceil((span + 1) / 5))
        days = [(d, f"{d.day} {d:%b}") for n in range(0, span + 1, step) if (d := start + timedelta(days=n))]
    # A day is a cell of the axis; its label stands at the middle of the cell.
    return [_tick(x(d.toordinal() + 0.5), label) for d, label in days if first <= d.toordinal() + 0.5 <= last]


def _day(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
