"""What a figure takes over from the one before it: unit and noun, direction, comparator."""

from __future__ import annotations

from claims.models import Comparator, Quantity, QuantityKind
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.tokens import Tokens
from claims.normalisation.units import UNITS

C, K = Comparator, QuantityKind
_SKIPPED = (lex.FILLERS - {"another"}) | {"of"}


def converted(t: Tokens, found: list[Quantity], f: Figure, kind: QuantityKind) -> Comparator:
    """A figure in brackets that gives the last one in another unit has its comparator."""
    if not found or kind not in (K.MONEY, K.MEASURE):
        return C.EQUAL
    last = found[-1]
    k = f.begin - 1
    if (
        t.low[k] != "("
        or last.kind is not kind
        or last.unit == f.unit
        or t.start[k] - last.end > 2
        or t.low[f.stop] != ")"
    ):
        return C.EQUAL
    one, two = UNITS.get(last.unit or ""), UNITS.get(f.unit or "")
    same = kind is K.MONEY or (one is not None and two is not None and one.dimension == two.dimension)
    return last.comparator if same and last.comparator is not C.RANGE else C.EQUAL


def alternative(text: str, t: Tokens, found: list[Quantity], begin: int, kind: QuantityKind) -> str | None:
    """ "fell 204 points, or 0.8 percent": the same change in other words."""
    if not found or kind not in lex.CHANGING or t.low[begin - 1] not in ("or", "and"):
        return None
    last = found[-1]
    between = text[last.end : t.start[begin - 1]].strip(" ,")
    if t.low[begin - 1] == "and":  # "fell 0.6% on the month and 1.8% on the year"
        return last.change if last.kind is kind is K.SHARE and len(between) < 25 and "," not in between else None
    counted = last.of is not None and between.startswith(last.of)
    return last.change if not between or (counted and len(between) - len(last.of or "") < 3) else None


def inherited(t: Tokens, found: list[Quantity], f: Figure, begin: int) -> tuple[QuantityKind, str | None, str | None]:
    """Kind, unit and what is counted of a bare figure: those of the last one where the words carry them over.

    "from 12 percent to 9", "6 million homes, including 1.5 million in the north", "compared with an average of 20".
    """
    n = f.number
    bare = K.COUNT if n.scale > 1 or n.plain or not n.digits else K.NUMBER
    last = found[-1] if found else None
    k = begin - 1
    while t.low[k] in _SKIPPED:
        k -= 1
    word = t.low[k]
    carries = word in lex.CARRYING or (word in ("with", "to") and t.low[k - 1] == "compared")
    carries |= f.per is not None and t.low[f.begin - 1] == "of" and t.low[f.begin - 2] in ("average", "mean", "rate")
    if word in ("to", "from") and last is not None:
        first = next((i for i in range(k, max(k - 30, 1), -1) if t.end[i - 1] <= last.start), 1)
        carries = t.low[first - 1] in ("to", "from") and t.low[first - 1] != word and "," not in t.low[first:k]
        carries |= word == "to" and last.as_written[:5].lower() == "from "
        carries |= word == "from" and t.low[k - 1] in ("up", "down") and last.change is None
    if t.low[f.stop] in ("up", "down", "off") and bare is K.NUMBER and t.low[f.stop + 2] in ("point", "points"):
        return bare, "point", None  # "the index (16,369.03 up 58.06 points)"
    if word in ("to", "at") and last is not None and last.kind is K.SHARE and last.change is not None:
        for earlier in found[-4:-1]:  # "up 0.1% at 1,592 points, while the other gauge lost 0.2% to 604"
            if earlier.unit == "point" and earlier.kind is K.NUMBER and t.start[f.begin] - earlier.end < 150:
                return bare, "point", None
    if last is not None and carries and last.kind in lex.CARRIED:
        near = t.start[k] - last.end < 60 and "." not in t.low[max(0, k - 12) : k]
        return (last.kind, last.unit, last.of) if near else (bare, None, None)
    return bare, None, None
