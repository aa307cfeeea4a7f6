"""Quantities as intervals on one scale, and the set relations between them.

A `Figure` is a quantity with all of this worked out once; every function takes either.

Pure. Nothing here knows what a figure is about: the caller has decided that both are about one fact.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from claims.models import Comparator, Quantity, QuantityKind

# Units that measure one thing, in the first unit of their row. Conversions are exact by definition, or (month, year)
# the mean of the Gregorian calendar.
_SCALES: dict[str, tuple[str, float]] = {
    "second": ("second", 1.0),
    "minute": ("second", 60.0),
    "hour": ("second", 3600.0),
    "day": ("second", 86400.0),
    "night": ("second", 86400.0),
    "week": ("second", 604800.0),
    "fortnight": ("second", 1209600.0),
    "month": ("second", 2629746.0),
    "quarter": ("second", 7889238.0),
    "year": ("second", 31556952.0),
    "decade": ("second", 315569520.0),
    "century": ("second", 3155695200.0),
    "millimetre": ("metre", 0.001),
    "centimetre": ("metre", 0.01),
    "metre": ("metre", 1.0),
    "meter": ("metre", 1.0),
    "kilometre": ("metre", 1000.0),
    "kilometer": ("metre", 1000.0),
    "inch": ("metre", 0.0254),
    "foot": ("metre", 0.3048),
    "yard": ("metre", 0.9144),
    "mile": ("metre", 1609.344),
    "nautical mile": ("metre", 1852.0),
    "gram": ("kilogram", 0.001),
    "kilogram": ("kilogram", 1.0),
    "tonne": ("kilogram", 1000.0),
    "metric ton": ("kilogram", 1000.0),
    "pound": ("kilogram", 0.45359237),
    "ounce": ("kilogram", 0.028349523125),
    "litre": ("litre", 1.0),
    "liter": ("litre", 1.0),
    "millilitre": ("litre", 0.001),
    "hectare": ("square metre", 10000.0),
    "acre": ("square metre", 4046.8564224),
    "square metre": ("square metre", 1.0),
    "square kilometre": ("square metre", 1e6),
    "square mile": ("square metre", 2589988.110336),
    "square foot": ("square metre", 0.09290304),
    "kilowatt": ("watt", 1e3),
    "megawatt": ("watt", 1e6),
    "gigawatt": ("watt", 1e9),
    "watt": ("watt", 1.0),
    "basis point": ("percentage point", 0.01),
    "percentage point": ("percentage point", 1.0),
    "point": ("percentage point", 1.0),
}

# Percent and counts of people, ages: trailing zeros of a figure below this are taken as meant ("50 dead" is not 48).
_EXACT_BELOW = 100.0
# "About" allows this share of the larger figure where the written precision allows less ("around 9%", "one in ten").
ABOUT = 0.10
# With more digits it reaches this much further than the rounding itself.
_SAID = 1.5
# And never less far than this share of the figure.
_LEAST = 0.01
# And no precision excuses more than this share of the figure: "about 100" is not 150.
_AT_MOST = 0.25
# A bound is the figure without its last places where these are at most this share of the bound.
_CUT_OFF = 0.40
# A share told as a fraction of words ("a third", "one in four") stands for percentages this many points around it.
_FRACTION = 2.5
_MOST_POINTS = 5.0  # and with "nearly" or "about" no more than so many
_PERCENT = re.compile(r"%|\bper ?cent|\bpct\b", re.IGNORECASE)
# Figures that are counted out below a hundred: "more than 60 percent" is not said of 68.
_COUNTED_OUT = frozenset(
    {
        QuantityKind.SHARE,
        QuantityKind.AGE,
        QuantityKind.RANK,
        QuantityKind.SCORE,
        QuantityKind.POINTS,
        QuantityKind.DURATION,
    }
)
# From here on a plural magnitude ("thousands", "millions") bounds a figure from below only, nearly.
_LOOSE = 1000.0
_EPSILON = 1e-9
_MOST_FIGURES = 8192  # kept

_ONE_SIDED_UP = frozenset({Comparator.MORE, Comparator.AT_LEAST})
_ONE_SIDED_DOWN = frozenset({Comparator.LESS, Comparator.AT_MOST})
_AROUND = frozenset({Comparator.ABOUT, Comparator.ALMOST})


class Interval(NamedTuple):
    """[low, high], with open ends where said; infinite where unbounded."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, x: object) -> bool:
        if not isinstance(x, int | float):
            return False
        above = x > self.low or (x == self.low and not self.low_open)
        below = x < self.high or (x == self.high and not self.high_open)
        return above and below

    def empty(self) -> bool:
        """No value lies in it."""
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))


def inside(a: Interval, b: Interval) -> bool:
    """Every value of `a` lies in `b`."""
    low = a.low > b.low or (a.low == b.low and (a.low_open or not b.low_open))
    high = a.high < b.high or (a.high == b.high and (a.high_open or not b.high_open))
    return low and high


def meet(a: Interval, b: Interval) -> Interval:
    """The values that lie in both (perhaps empty)."""
    low, low_open = max((a.low, a.low_open), (b.low, b.low_open))
    high, closed = min((a.high, not a.high_open), (b.high, not b.high_open))
    return Interval(low, high, low_open, not closed)


class Figure:
    """A quantity as alignment reads it: its fields without their place in the text, and what follows from them alone.

    `meaning` is what figures share that are one, however written. `figure` gives the same object for the same words
    and values.
    """

    __slots__ = (
        "around",
        "as_written",
        "bounded",
        "change",
        "comparator",
        "figure",
        "fraction",
        "high",
        "high_open",
        "interval",
        "kind",
        "low",
        "low_open",
        "meaning",
        "of",
        "per",
        "place",
        "precision",
        "rounding",
        "scale",
        "sort",
        "tolerance",
        "unit",
        "vague",
        "value",
    )

    def __init__(self, quantity: Quantity) -> None:
        self.as_written = quantity.as_written
        self.kind = quantity.kind
        self.comparator = quantity.comparator
        self.value = quantity.value
        self.low, self.high = quantity.low, quantity.high
        self.low_open, self.high_open = quantity.low_open, quantity.high_open
        self.unit, self.per, self.of, self.change = quantity.unit, quantity.per, quantity.of, quantity.change
        # Each of these reads those before it from here, where they are worked out.
        self.sort = one_sort(quantity)
        self.around = self.comparator in _AROUND
        self.bounded = self.comparator in _ONE_SIDED_UP or self.comparator in _ONE_SIDED_DOWN
        self.vague = vague(quantity)
        self.scale = scale_of(quantity)
        self.figure = None if self.value is None else self.value * self.scale[1]
        self.precision = quantity.precision
        self.place = _precision(self)
        self.rounding = _rounding(self)
        self.fraction = in_fractions(quantity)
        self.tolerance = _tolerance(self)
        self.interval = _interval(self)
        factor = self.scale[1]
        ends = [None if x is None else round(x * factor, 9) for x in (self.value, self.low, self.high)]
        self.meaning = (self.comparator, self.change, self.per, *ends)


def figure(quantity: Quantity) -> Figure:
    """The figure of a quantity: one object for all that say the same in the same words, of the last few thousand."""
    q = quantity
    key = (
        *(q.as_written, q.kind, q.comparator, q.value, q.low, q.high, q.low_open, q.high_open),
        *(q.precision, q.unit, q.per, q.of, q.change),
    )
    found = _figures.get(key)
    if found is None:
        if len(_figures) >= _MOST_FIGURES:
            _figures.clear()
        found = _figures[key] = Figure(quantity)
    return found


_figures: dict[tuple[object, ...], Figure] = {}

CELSIUS, FAHRENHEIT = "degree celsius", "degree fahrenheit"


def celsius(measured: Measured) -> Figure:
    """A level or a change of so many degrees Fahrenheit, in degrees Celsius."""
    zero = 0.0 if measured.change else _FREEZING

    def turned(value: float | None) -> float | None:
        return None if value is None else (value - zero) * _KELVIN

    return figure(
        Quantity(
            as_written=measured.as_written,
            start=0,
            end=0,
            kind=measured.kind,
            comparator=measured.comparator,
            value=turned(measured.value),
            low=turned(measured.low),
            high=turned(measured.high),
            low_open=measured.low_open,
            high_open=measured.high_open,
            precision=measured.precision * _KELVIN,
            unit=CELSIUS,
            per=measured.per,
            of=measured.of,
            change=measured.change,
        )
    )


_FREEZING, _KELVIN = 32.0, 5 / 9

Measured = Quantity | Figure


def one_sort(quantity: Measured) -> QuantityKind:
    """The kind; a bare number is a count, since both may state one thing ("1.2m" and "1.2m people").

    Points below a hundred are points: in the news of polls those of percentages, if a figure of another outlet says so.
    """
    if isinstance(quantity, Figure):
        return quantity.sort
    if quantity.kind is QuantityKind.NUMBER and quantity.unit == "point" and abs(quantity.value or 0.0) < _EXACT_BELOW:
        return QuantityKind.POINTS
    return QuantityKind.COUNT if quantity.kind is QuantityKind.NUMBER else quantity.kind


def bounded(quantity: Measured) -> bool:
    """Said to be a bound: more than, at least, less than, at most."""
    if isinstance(quantity, Figure):
        return quantity.bounded
    return quantity.comparator in _ONE_SIDED_UP or quantity.comparator in _ONE_SIDED_DOWN


def scale_of(quantity: Measured) -> tuple[str, float]:
    """(base unit, factor) of a quantity's unit; a unit without a table row is its own base."""
    if isinstance(quantity, Figure):
        return quantity.scale
    unit = (quantity.unit or "").lower()
    return _SCALES.get(unit, (unit, 1.0))


def figure_of(quantity: Measured) -> float | None:
    """The written figure in base units; None for a range."""
    if isinstance(quantity, Figure):
        return quantity.figure
    if quantity.value is None:
        return None
    return quantity.value * scale_of(quantity)[1]


def precision_of(quantity: Measured) -> float:
    """The place value that the writer committed to, in base units."""
    return quantity.place if isinstance(quantity, Figure) else _precision(quantity)


def _precision(quantity: Measured) -> float:
    precision = abs(quantity.precision) or 1.0
    exact = quantity.kind in (QuantityKind.AGE, QuantityKind.RANK, QuantityKind.SCORE)
    small = quantity.value is not None and abs(quantity.value) < _EXACT_BELOW and _has_digit(quantity)
    if (exact or small) and quantity.comparator not in _AROUND:
        precision = min(precision, 1.0)
    return precision * scale_of(quantity)[1]


def rounding_of(quantity: Measured) -> float:
    """The place value to which a bound is rounded off, in base units: "more than 60" is said of 63."""
    return quantity.rounding if isinstance(quantity, Figure) else _rounding(quantity)


def _rounding(quantity: Measured) -> float:
    if quantity.kind in _COUNTED_OUT or quantity.comparator not in (Comparator.MORE, Comparator.LESS):
        return precision_of(quantity)
    return (abs(quantity.precision) or 1.0) * scale_of(quantity)[1]


def in_fractions(quantity: Measured) -> bool:
    """A share told without percent: "half", "three quarters", "one in four". Such are round."""
    if isinstance(quantity, Figure):
        return quantity.fraction
    if quantity.kind is not QuantityKind.SHARE or not any(map(str.isalpha, quantity.as_written)):
        return False
    return _PERCENT.search(quantity.as_written) is None


def fraction_slack(quantity: Measured) -> float:
    """How far a percentage may lie from a share that is told as a fraction, in points."""
    figure = abs(figure_of(quantity) or 0.0)
    slack = min(_FRACTION, _AT_MOST * figure)
    return min(max(slack * _SAID, ABOUT * figure), _MOST_POINTS) if around(quantity) else slack


def rounded_off(bound: Measured, figure: Measured) -> bool:
    """The bound is the figure without its last places: "more than 57,000" and 57,436, "fewer than 300" and 288.

    Not by more than two fifths of the bound: who says "more than 1,000" of 1,900 does not mean 1,900.
    """
    limit, value = figure_of(bound), figure_of(figure)
    if not bounded(bound) or bounded(figure) or limit is None or value is None:
        return False
    beyond = value - limit if bound.comparator in _ONE_SIDED_UP else limit - value
    return 0 <= beyond < rounding_of(bound) and beyond <= _CUT_OFF * abs(limit)


def interval_of(quantity: Measured) -> Interval:
    """The values that the words allow, in base units. "About" reaches as far as `tolerance` says."""
    return quantity.interval if isinstance(quantity, Figure) else _interval(quantity)


def _interval(quantity: Measured) -> Interval:
    factor = scale_of(quantity)[1]
    low = -math.inf if quantity.low is None else quantity.low * factor
    high = math.inf if quantity.high is None else quantity.high * factor
    figure = figure_of(quantity)
    if vague(quantity) and low >= _LOOSE:
        high *= 100  # "thousands" are said of twenty thousand, too
    if quantity.comparator in _AROUND and figure is not None:
        slack = tolerance(quantity)
        low = min(low, figure - slack)
        high = max(high, figure + slack) if quantity.comparator is Comparator.ABOUT else figure
    return Interval(low, high, quantity.low_open, quantity.high_open)


def tolerance(quantity: Measured) -> float:
    """How far from the written figure the value may lie, in base units, without contradicting it."""
    return quantity.tolerance if isinstance(quantity, Figure) else _tolerance(quantity)


def _tolerance(quantity: Measured) -> float:
    half = precision_of(quantity) / 2
    figure = figure_of(quantity)
    if figure is None:
        return half
    if quantity.comparator in _AROUND:
        # One digit is said roughly ("around 9%"), more digits are meant ("about 2,300" is not 2,400, and is 2,310).
        rough = abs(figure) < 10 * precision_of(quantity)
        half = max(half, ABOUT * abs(figure)) if rough else max(_SAID * half, _LEAST * abs(figure))
    return min(half, max(_AT_MOST * abs(figure), 0.5 * scale_of(quantity)[1] if abs(figure) >= 1 else half))


def around(quantity: Measured) -> bool:
    """Said to be approximate."""
    if isinstance(quantity, Figure):
        return quantity.around
    return quantity.comparator in _AROUND


def vague(quantity: Measured) -> bool:
    """A word for an order of magnitude ("hundreds", "dozens", "several"): no figure to differ from."""
    if isinstance(quantity, Figure):
        return quantity.vague
    return (
        quantity.comparator is Comparator.RANGE and not _has_digit(quantity) and len(quantity.as_written.split()) <= 3
    )


def opposite_bounds(a: Measured, b: Measured) -> bool:
    """One is a lower bound, the other an upper bound."""
    return (a.comparator in _ONE_SIDED_UP and b.comparator in _ONE_SIDED_DOWN) or (
        a.comparator in _ONE_SIDED_DOWN and b.comparator in _ONE_SIDED_UP
    )


def close(x: float, y: float) -> bool:
    """Equal but for floating-point noise."""
    return math.isclose(x, y, rel_tol=1e-6, abs_tol=_EPSILON)


def _has_digit(quantity: Measured) -> bool:
    return any(map(str.isdigit, quantity.as_written))
