"""How words around a figure bound it: comparators, the direction of a change, and the interval."""

from __future__ import annotations

from claims.models import Comparator, QuantityKind
from claims.normalisation.currencies import CURRENCY_SIGNS
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.tokens import Tokens, is_digits

C, K = Comparator, QuantityKind


def comparator_before(t: Tokens, b: int, floor: int) -> tuple[Comparator, int]:
    """The comparator whose words end at token b, and where its words begin. Nothing before offset `floor` is read."""
    low = t.low
    k = b
    while k > b - 3 and low[k - 1] in lex.FILLERS and low[k - 1] not in lex.BEFORE_LAST:
        k -= 1
    for stop in (k, b):
        if low[stop - 1] not in lex.BEFORE_LAST:
            continue
        for width in range(lex.BEFORE_LONGEST, 0, -1):
            begin = stop - width
            if t.start[begin] < floor:
                continue
            comparator = lex.BEFORE.get(tuple(low[begin:stop]))
            if comparator is None:
                continue
            if width == 1 and stop != b and low[begin] in lex.ONLY_ADJACENT:
                break
            if low[begin] == "up" and low[begin - 1] in lex.MOVING and low[begin - 1] not in lex.BEING:
                break  # "went up to 5"
            if width == 1 and (
                (low[begin - 1] == "-" and t.glued(begin))
                or (low[begin] == "over" and low[begin - 1] in lex.OVER_VERBS)
            ):
                break  # "5-under 67", "handed over 30 goats"
            if low[begin] == "about" and width == 1 and low[begin - 1] in lex.TELLING:
                break  # "learn more about 529 plans"
            return _outer(t, comparator, begin, floor)
    return C.EQUAL, b


def _outer(t: Tokens, inner: Comparator, begin: int, floor: int) -> tuple[Comparator, int]:
    """Takes in "just" of "just under", and the outer one of two: of "at least about" the inner says more."""
    low = t.low
    while low[begin - 1] in lex.INTENSIFIERS and t.start[begin - 1] >= floor:
        begin -= 1
    if inner is C.ABOUT and low[begin - 1] in lex.BEFORE_LAST:
        for width in (3, 2):
            if lex.BEFORE.get(tuple(low[begin - width : begin])) is not None and t.start[begin - width] >= floor:
                return inner, begin - width
    return inner, begin


def comparator_after(t: Tokens, s: int) -> tuple[Comparator | None, int]:
    """The comparator whose words begin at token s, and where they end."""
    low = t.low
    word = low[s]
    if word == "+" and t.glued(s):
        return C.AT_LEAST, s + 1
    if word == "-" and t.glued(s) and t.glued(s + 1) and low[s + 1] in ("plus", "odd", "ish"):
        return lex.AFTER[(low[s + 1],)], s + 2
    if word == "ish" and t.glued(s):
        return C.ABOUT, s + 1
    if word in ("or", "and", "give"):
        for width in (3, 2):
            comparator = lex.AFTER.get(tuple(low[s : s + width]))
            if comparator is not None and low[s + width] not in ("to", "than") and not _figure_at(t, s + width):
                return comparator, s + width
    if word == "," and low[s + 1] == "and" and low[s + 2] == "counting":
        return C.AT_LEAST, s + 3
    if word == "," and low[s + 1] == "tops":
        return C.AT_MOST, s + 2
    if word == "," and low[s + 1] == "give" and low[s + 2] == "or" and low[s + 3] == "take":
        return C.ABOUT, s + 4
    if word == "plus" and not is_digits(low[s + 1]) and low[s + 1] not in lex.DETERMINERS and t.raw[s + 1] != "$":
        return C.AT_LEAST, s + 1
    if word == "at" and low[s + 1] in ("least", "most"):
        return lex.AFTER[("at", low[s + 1])], s + 2
    return None, s


def _figure_at(t: Tokens, k: int) -> bool:
    """Whether another figure begins at token k: "at $1.25 and up 0.2%"."""
    return is_digits(t.low[k]) or t.raw[k] in CURRENCY_SIGNS


def direction(t: Tokens, f: Figure, begin: int, stop: int, kind: QuantityKind) -> str | None:
    """ "up" or "down" when the figure in tokens [begin, stop) is the size of a change; None for a level.

    A verb of change stands before it ("rose by 5"), or its noun behind it ("a 5% increase").
    """
    low = t.low
    k = begin - 1
    by = False
    if low[k] not in lex.FILLERS and low[k - 1] in ("a", "an") and (low[k - 2] == "by" or low[k - 2] in lex.CHANGE):
        k -= nouns.is_word(low[k])  # "grow by a tepid 1.6 percent"
    while k > begin - 6 and (
        low[k] == "by"
        or low[k] in lex.ADVERBS
        or low[k] in lex.FILLERS
        or (low[k] == "of" and low[k - 1] in lex.FILLERS)
    ):
        by |= low[k] == "by"
        k -= 1
    word = low[k]
    if kind is K.MEASURE and not by and low[stop] in lex.WHEREABOUTS:
        return None  # "sank 60 miles off the coast"
    if word == "on" and low[k - 1] in ("put", "puts", "putting") and kind in lex.CHANGING:
        return "up"  # "put on 3 percent"
    if word in lex.PARTICLES:
        if word in ("higher", "lower") and low[k - 1] in lex.DETERMINERS:
            return None  # "the lower 95 percent"
        if low[k - 1] in lex.PHRASAL:
            return "down" if word == "up" and low[k - 1] in lex.GIVING and kind in (K.SHARE, K.POINTS) else None
        if kind is K.COUNT and not lex.STOREYS.isdisjoint(low[f.stop : stop]):
            return None  # "up three flights of stairs"
        moved = low[k - 1] in lex.CHANGE or low[k - 1] in lex.MOVING
        if kind not in lex.CHANGING and kind is not K.COUNT:
            return None
        if (
            word in ("up", "down") and not (kind is K.COUNT and nouns.is_word(low[k - 1]) and not moved and not by)
        ) or moved:
            return lex.PARTICLES[word]
    if by and word not in lex.CHANGE:  # "raised rates by 25 basis points"
        for d in range(1, 9):
            if low[k - d] in lex.CHANGE:
                return lex.CHANGE[low[k - d]]
            if not (nouns.is_word(low[k - d]) or low[k - d] in ("-", "'") or is_digits(low[k - d])):
                break  # but "cut Covid-19 deaths by a third"
    if (
        not by
        and kind in (K.SHARE, K.POINTS)
        and not f.number.fraction
        and (of := _object_of_change(t, begin)) is not None
    ):
        return of
    if not by and low[begin - 1] in ("a", "an") and low[begin] not in ("further", "additional"):
        return _noun_of_change(t, begin, stop, kind) if kind in lex.CHANGING else None  # "added a 30 degree turn"
    if not by and f.number.fraction and word.startswith("rais"):
        return None
    if kind is K.MEASURE and not by and word.startswith("drop") and low[f.stop] == "of":
        return None  # "dropped 14 inches of rain"
    if kind is K.MONEY and not by and (word.startswith("rais") or (word in lex.LOSING and f.number.scale >= 1e6)):
        return None  # a sum collected, a sum lost
    if kind is K.SHARE and not by and low[f.stop] in ("more", "less", "fewer") and word in lex.TRANSITIVE:
        return None  # "lost 20% more weight"
    way = lex.CHANGE.get(word)
    if way is not None and (by or kind in lex.CHANGING or (kind is K.COUNT and word not in lex.TRANSITIVE)):
        return way
    if kind not in lex.CHANGING and kind is not K.RATIO:
        return None
    return _noun_of_change(t, begin, stop, kind)


def _object_of_change(t: Tokens, begin: int) -> str | None:
    """The direction where a verb and what it changes stand before the figure: "raised prices 3%"."""
    for k in range(begin - 1, begin - 5, -1):
        word = t.low[k]
        if word in lex.CHANGING_VERBS:
            return lex.CHANGE[word] if k < begin - 1 else None
        if not nouns.is_word(word) or (word in lex.STOP and word not in lex.DETERMINERS):
            return None
    return None


def _noun_of_change(t: Tokens, begin: int, stop: int, kind: QuantityKind) -> str | None:
    low = t.low
    at = stop + (low[stop] == "-" and t.glued(stop))
    for k in range(at, at + 3):
        word = low[k]
        if word in lex.CHANGE_NOUNS:
            if kind is K.MONEY and word in (
                "cut",
                "cuts",
                "growth",
                "hike",
                "raise",
                "loss",
                "losses",
                "gain",
                "gains",
            ):
                return None  # a sum of money, not a change of one
            return lex.CHANGE_NOUNS[word]
        if not nouns.is_word(word) or word in lex.STOP:
            break
    if kind in (K.MONEY, K.NUMBER) and low[at] in ("higher", "lower"):
        return lex.PARTICLES[low[at]]
    if kind in (K.SHARE, K.POINTS):
        if low[begin - 1] == "of" and low[begin - 2] in lex.CHANGE_NOUNS:
            return lex.CHANGE_NOUNS[low[begin - 2]]
        if low[at] in ("higher", "lower"):
            return lex.PARTICLES[low[at]]
        if low[at] in ("more", "less", "fewer") and low[at + 1] == "than":
            return "up" if low[at] == "more" else "down"
    return None


Interval = tuple[float | None, float | None, float | None, bool, bool, Comparator]


def interval(f: Figure, comparator: Comparator, kind: QuantityKind, *, joined: bool, changing: bool) -> Interval:
    """Value, low, high, low open, high open and comparator of a figure. `joined`: its `high` ends a range, inclusive.

    A share is capped at 100, unless it is a change ("rose by more than 120 percent"); a count is not below 0.
    """
    value: float | None = f.value if joined else f.signed
    low, high = value, value
    low_open = high_open = False
    cap = 100.0 if kind is K.SHARE and not changing and (value is None or value <= 100) else None
    if f.high is not None:
        high, high_open, value = f.high, not joined, None
        if comparator is C.EQUAL or (joined and comparator is C.AT_LEAST):
            comparator = C.RANGE  # "at least one and maybe two"
    if comparator in (C.MORE, C.AT_LEAST):
        return value, low, cap, comparator is C.MORE, False, comparator
    if comparator in (C.LESS, C.AT_MOST):
        may_be_negative = (value is not None and value < 0) or kind is K.POINTS or (f.unit or "").startswith("degree")
        return value, None if may_be_negative else 0.0, high, False, comparator is C.LESS, comparator
    if comparator in (C.ABOUT, C.ALMOST) and value is not None:
        half = f.precision / 2
        high = value if comparator is C.ALMOST else value + half
        low = value - half
        high_open = comparator is C.ALMOST
        if cap is not None:
            high = min(high, cap)
    return value, low, high, low_open, high_open, comparator
