"""When a predicted field says the same as a gold field. Pure.

Each rule is as strict as an editor would be, and no stricter: "the minister" for a minister whose name the article
gives is right when the gold speaker was written so; a duration in months equals the same duration in years.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from claims.evaluation.gold import GoldAttribution, GoldQuantity, GoldTime
from claims.models import Attribution, Comparator, Quantity, QuantityKind, TimeRef

_WORD = re.compile(r"[^\W_]+")
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "their", "of", "s"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "i", "we", "who", "which", "this", "that"})
_DEADLINE = re.compile(r"(?:by|before|until|till)\b", re.IGNORECASE)
_PEOPLE = {"people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child"}
_MONTHS = {"month": 1.0, "year": 12.0, "decade": 120.0}
_DAYS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0}
_TOLERANCE = 2e-3  # a third is 33.3 or 33.33 percent


def same_value(gold: GoldQuantity, quantity: Quantity) -> bool:
    """The figure is the same; of a range or a score, both figures. Comparator and unit are not looked at."""
    if gold.value is not None:
        if quantity.value is None:
            return False
        a, b = _converted(gold.value, gold.unit), _converted(quantity.value, quantity.unit)
        return _close(gold.value, quantity.value) or (a[1] == b[1] != "" and _close(a[0], b[0]))
    ends, found = [gold.low, gold.high], [quantity.low, quantity.high]
    if gold.kind is QuantityKind.SCORE:
        ends, found = sorted(ends, key=str), sorted(found, key=str)
    return all(
        x is y is None or (x is not None and y is not None and _close(x, y)) for x, y in zip(ends, found, strict=True)
    )


def same_comparator(gold: GoldQuantity, quantity: Quantity) -> bool:
    """The same bound, and the same direction of change. An exact range is a range whatever its comparator."""
    if gold.kind is QuantityKind.SCORE:
        return True
    if gold.comparator is Comparator.RANGE:
        return quantity.low is not None and quantity.high is not None and gold.change == quantity.change
    return gold.comparator is quantity.comparator and gold.change == quantity.change


def same_unit(gold: GoldQuantity, quantity: Quantity) -> bool:
    """The same unit or currency; of counts, the same thing counted (its last word)."""
    if gold.kind is QuantityKind.COUNT:
        counted = {head(words) for words in (quantity.of, quantity.unit) if words}
        return gold.of is None or head(gold.of) in counted
    if gold.kind in (QuantityKind.SCORE, QuantityKind.RANK, QuantityKind.RATIO):
        return quantity.kind is gold.kind
    if gold.kind is QuantityKind.MONEY and not re.fullmatch("[A-Z]{3}", gold.unit or ""):
        return quantity.kind is QuantityKind.MONEY or head(quantity.unit or "") == head(gold.unit or "")
    if gold.kind is QuantityKind.DURATION and quantity.kind is QuantityKind.DURATION:
        return _converted(1.0, gold.unit)[1] == _converted(1.0, quantity.unit)[1]
    return quantity.unit is not None and gold.unit is not None and _base(gold.unit) == _base(quantity.unit)


def _base(unit: str) -> str:
    """The unit without what it is counted by: "kilometre per hour" is a kilometre, with `per` hour."""
    return head(unit.partition(" per ")[0])


def head(words: str) -> str:
    """The head of a phrase, in the singular: "crew members" → "member", "counts of theft" → "count"."""
    found = _WORD.findall(words.casefold().partition(" of ")[0])
    if not found:
        return ""
    last: str = found[-1]
    if last in _PEOPLE:
        return _PEOPLE[last]
    if last.endswith("ies") and len(last) > 4:
        return last[:-3] + "y"
    if last.endswith(("ches", "shes", "sses", "xes")):
        return last[:-2]
    return last[:-1] if last.endswith("s") and not last.endswith("ss") and len(last) > 3 else last


def same_speaker(gold: GoldAttribution, attribution: Attribution) -> bool:
    """The same person or body. A part of the name is enough ("Holt" for "Ragna Holt"); a pronoun or another name is
    not."""
    if gold.speaker is None:
        return attribution.speaker is None
    if attribution.speaker is None:
        return False
    said = _names((attribution.speaker,))
    if not said - _PRONOUNS:
        return False
    words = (gold.speaker, gold.speaker_as_written or "", *gold.aliases)
    labels = [label for name in words if (label := _names((name,))) - _PRONOUNS]
    if any(said <= label or label <= said for label in labels):
        return True
    return said <= _names((*words, gold.role or ""))


def same_time(gold: GoldTime, time: TimeRef) -> bool:
    """The same days; of a deadline ("by Friday"), the same last day. An open time must be left open."""
    if _DEADLINE.match(gold.as_written) and gold.latest is not None:
        return gold.latest == time.latest
    return (gold.earliest, gold.latest) == (time.earliest, time.latest)


def _names(words: Iterable[str]) -> frozenset[str]:
    return frozenset(token for text in words for token in _WORD.findall(text.casefold()) if token not in _ARTICLES)


def _close(x: float, y: float) -> bool:
    return math.isclose(x, y, rel_tol=_TOLERANCE, abs_tol=1e-9)


def _converted(value: float, unit: str | None) -> tuple[float, str]:
    if unit in _MONTHS:
        return value * _MONTHS[unit], "month"
    if unit in _DAYS:
        return value * _DAYS[unit], "day"
    return value, ""
