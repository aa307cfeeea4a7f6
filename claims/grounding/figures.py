"""Figures and times of a draft: as code reads them at the place of the quote, or refused."""

from __future__ import annotations

import re

from claims.grounding import licences
from claims.grounding.place import Place, Refused
from claims.models import Comparator, Draft, Quantity, TimeRef
from claims.text.characters import fold


def quantity_of(draft: Draft, place: Place) -> Quantity | None:
    """The quantity as code reads it at the place of the quote, where it is the draft's."""
    wanted = draft.quantity
    if wanted is None:
        return None
    start, end = wanted.start, wanted.end
    same = [q for q in place.quantities if q.start == start and q.end == end and _same_value(wanted, q)]
    if not same:
        same = [q for q in place.quantities if _same_value(wanted, q)]
        same.sort(key=lambda q: _unlikeness(wanted, q))
    if not same:
        return _written_only(wanted, place)
    found = same[0]
    if wanted.unit and found.unit and wanted.unit.casefold().rstrip("s") != found.unit.casefold().rstrip("s"):
        raise Refused("unit", f"The quote gives “{found.as_written}”, not {wanted.as_written!r} in {wanted.unit}.")
    if not _same_bound(wanted, found):
        raise Refused(
            "number", f"The quote gives “{found.as_written}”, not {wanted.as_written!r} ({wanted.comparator.value})."
        )
    if wanted.change and found.change and wanted.change != found.change:
        raise Refused("number", f"The quote says that “{found.as_written}” went {found.change}, not {wanted.change}.")
    if wanted.of and not found.of:
        return found.model_copy(update={"of": wanted.of})
    return found


def _same_value(one: Quantity, two: Quantity) -> bool:
    pairs = ((one.value, two.value), (one.low, two.low), (one.high, two.high))
    if one.value is None and two.value is None:
        return all(a is not None and b is not None and licences.licensed(a, (b,)) for a, b in pairs[1:])
    if one.value is None or two.value is None:
        return False
    return licences.licensed(one.value, (two.value,))


def _unlikeness(wanted: Quantity, found: Quantity) -> tuple[bool, bool, int]:
    return wanted.unit != found.unit, fold(wanted.as_written) != fold(found.as_written), abs(wanted.start - found.start)


_BOUNDS = {
    Comparator.MORE: 1, Comparator.AT_LEAST: 1, Comparator.LESS: -1, Comparator.AT_MOST: -1, Comparator.ABOUT: 0,
    Comparator.ALMOST: 0, Comparator.RANGE: 0,
}  # fmt: skip


def _same_bound(wanted: Quantity, found: Quantity) -> bool:
    """A plain figure of the draft takes the comparator of the text; a comparator of the draft must be the text's."""
    if wanted.comparator in (Comparator.EQUAL, found.comparator):
        return True
    return _BOUNDS.get(wanted.comparator) == _BOUNDS.get(found.comparator, 9)


def _written_only(wanted: Quantity, place: Place) -> Quantity:
    """A figure that code does not read as a quantity: licensed only where the quote writes it, word for word."""
    written = fold(wanted.as_written).strip()
    at = place.quote.casefold().find(written.casefold()) if written else -1
    whole = at >= 0 and not (
        (at > 0 and place.quote[at - 1].isalnum())
        or (at + len(written) < len(place.quote) and place.quote[at + len(written)].isalnum())
    )
    values = licences.numbers(written) | ({1.0} if re.search(r"\b(?:1|one|a|an)\b", written, re.IGNORECASE) else set())
    bounds = [v for v in (wanted.value, wanted.low, wanted.high) if v is not None]
    if not whole or wanted.comparator is not Comparator.EQUAL or not all(licences.licensed(v, values) for v in bounds):
        read = ", ".join(f"“{q.as_written}”" for q in place.quantities[:4]) or "no such figure"
        raise Refused("number", f"The quote gives {read}, not {wanted.as_written!r}.")
    start = place.start + at
    return wanted.model_copy(update={"start": start, "end": start + len(written)})


def time_of(draft: Draft, place: Place) -> TimeRef | None:
    wanted = draft.time
    if wanted is None:
        return None
    written = fold(wanted.as_written).strip().casefold()
    same = [t for t in place.times if fold(t.as_written).casefold() == written]
    if not same:
        same = [t for t in place.times if _same_days(wanted, t) or (len(written) > 3 and _part_of(written, t, place))]
    if not same:
        raise Refused("date", f"The quote does not give the time {wanted.as_written!r}.")
    found = sorted(same, key=lambda t: (t.start, t.end) != (wanted.start, wanted.end))[0]
    if wanted.earliest is not None and (wanted.earliest, wanted.latest or wanted.earliest) != (
        found.earliest,
        found.latest,
    ):
        if found.earliest is None and wanted.earliest in found.candidates:
            return found
        raise Refused(
            "date", f"“{found.as_written}” does not stand for {wanted.earliest.isoformat()} in this document."
        )
    return found


def _same_days(one: TimeRef, two: TimeRef) -> bool:
    return one.earliest is not None and (one.earliest, one.latest) == (two.earliest, two.latest)


def _part_of(written: str, time: TimeRef, place: Place) -> bool:
    """The draft's words hold the time's words, or the other way round, and stand in the quote."""
    have = fold(time.as_written).casefold()
    return (written in have or have in written) and written in place.quote.casefold()
