"""Lengths of time in two or three units: "eight minutes and 46 seconds" is one length, not two."""

from __future__ import annotations

import re

from claims.models import Comparator, Quantity, QuantityKind
from claims.normalisation.quantities.record import tidy
from claims.normalisation.units import UNITS

C, K = Comparator, QuantityKind
_TIMES = frozenset({K.DURATION, K.AGE})
_GAP = re.compile(r"(,?[ \u00a0]and|,)?[ \u00a0]")
_ENDS = re.compile(r"\b(?:between|from)\s\Z", re.IGNORECASE)  # "between one year and six months" are two lengths
_EACH = re.compile(r",?\srespectively\b", re.IGNORECASE)
_HOURS, _MINUTES = re.compile(r"\d\s?h\Z"), re.compile(r"\d\d?\s?m\Z")


def join_lengths(text: str, found: list[Quantity]) -> list[Quantity]:
    """`found` with lengths of time in several units made one, in the largest of them.

    The parts stand beside each other, each smaller than one of the unit before, and only the first may be bounded.
    """
    joined: list[Quantity] = []
    part: Quantity | None = None  # the last one that went into joined[-1]
    for quantity in found:
        unit = _unit(part, quantity) if part is not None and quantity.start - part.end <= len(", and ") else None
        if part is not None and unit is not None and _goes_on(text, joined[-1], part, quantity, unit):
            joined[-1] = _sum(text, joined[-1], quantity, unit)
            part = quantity.model_copy(update={"unit": unit})
        else:
            joined.append(quantity)
            part = quantity
    return joined


def _unit(part: Quantity, quantity: Quantity) -> str | None:
    """The unit of a length of time that follows a part: "38m" after "2h" are minutes."""
    if part.kind not in _TIMES:
        return None
    if quantity.unit == "metre" and _HOURS.search(part.as_written) and _MINUTES.fullmatch(quantity.as_written):
        return "minute"
    return quantity.unit if quantity.kind in _TIMES else None


def _goes_on(text: str, whole: Quantity, part: Quantity, quantity: Quantity, unit: str) -> bool:
    """Whether the quantity, read in the unit, is the rest of a length whose last part so far is `part`."""
    large, small = UNITS[part.unit or unit], UNITS[unit]
    if large.dimension != small.dimension or large.factor is None or small.factor is None:
        return False
    if part.value is None or part.value != int(part.value) or part.of is not None or part.per is not None:
        return False
    if quantity.value is None or quantity.comparator is not C.EQUAL:
        return False
    if not 0 < quantity.value * small.factor < large.factor:
        return False
    gap = _GAP.fullmatch(text, part.end, quantity.start)
    if gap is None or _EACH.match(text, quantity.end):
        return False
    if gap[1] is None or "and" not in gap[1]:
        return True
    return "-" not in part.as_written and _ENDS.search(text, max(0, whole.start - 9), whole.start) is None


def _sum(text: str, whole: Quantity, quantity: Quantity, unit: str) -> Quantity:
    """Both as one length in the unit of `whole`, with its comparator."""
    ratio = (UNITS[unit].factor or 1.0) / (UNITS[whole.unit or unit].factor or 1.0)
    value = (whole.value or 0.0) + (quantity.value or 0.0) * ratio
    precision = min(quantity.precision, 1.0) * ratio  # beside hours, "20 minutes" are no round number
    low: float | None = value
    high: float | None = value
    comparator = whole.comparator
    if comparator in (C.MORE, C.AT_LEAST):
        high = None
    elif comparator in (C.LESS, C.AT_MOST):
        low = 0.0
    elif comparator in (C.ABOUT, C.ALMOST):
        low = value - precision / 2
        high = value if comparator is C.ALMOST else value + precision / 2
    return whole.model_copy(
        update={
            "as_written": text[whole.start : quantity.end],
            "end": quantity.end,
            "kind": K.AGE if quantity.kind is K.AGE else whole.kind,
            "value": tidy(value),
            "low": tidy(low),
            "high": tidy(high),
            "precision": tidy(precision) or 1.0,
            "per": quantity.per,
            "of": quantity.of,
            "change": whole.change or quantity.change,
        }
    )
