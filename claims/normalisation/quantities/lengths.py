"""Lengths that an article counts: "more than a year", "an hour and a half", "a day or two", "a mile and a half"."""

from __future__ import annotations

from claims.models import QuantityKind
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.numerals import Numeral
from claims.normalisation.quantities.tokens import Tokens
from claims.normalisation.units import UNIT_WORDS

_UNITS = frozenset("minute hour day week month year decade century".split())
_ARTICLES = frozenset({"a", "an"})
_BEFORE_THAN = frozenset({"more", "less", "longer"})
#: Behind "more than a year": then two times are compared, and no length is given.
_COMPARED = frozenset({"ago", "earlier", "prior", "before"})


def bounded(t: Tokens, i: int) -> Figure | None:
    """The length behind the bounding word at token i: "nearly an hour"; None where none stands there."""
    if t.low[i] == "than" and t.low[i - 1] not in _BEFORE_THAN:
        return None
    f = _at(t, i + 1)
    return None if f is None or t.low[f.stop] in _COMPARED else f


def prolonged(t: Tokens, i: int) -> Figure | None:
    """The length whose last word stands at token i: "half" of "a year and a half", "two" of "a day or two"."""
    begin = i - 4 if t.low[i] == "half" else i - 3
    f = _at(t, begin)
    return f if f is not None and f.stop == i + 1 else None


def _at(t: Tokens, i: int) -> Figure | None:
    """The length whose article is token i."""
    low = t.low
    if low[i] not in _ARTICLES:
        return None
    j = i + 1 + (low[i + 1] in ("full", "whole"))
    unit, kind = low[j], QuantityKind.DURATION
    if unit not in _UNITS:
        if unit not in UNIT_WORDS or low[j + 1 : j + 4] != ["and", "a", "half"]:
            return None
        unit, kind = UNIT_WORDS[unit].name, UNIT_WORDS[unit].kind  # "a foot and a half"
    value, high, stop = 1.0, None, j + 1
    if low[stop : stop + 3] == ["and", "a", "half"]:
        value, stop = 1.5, stop + 3
    elif low[stop : stop + 2] == ["or", "two"]:
        high, stop = 2.0, stop + 2
    after = low[stop]
    if after[:1].isalpha() and after not in lex.STOP:
        return None  # "more than a day labourer"
    if after == "-" and t.glued(stop):
        return None  # "nearly a year-long strike"
    precision = 1.0 if value == 1 else 0.5
    n = Numeral(i, stop, value, precision, high=high, digits=False, plain=False, article=True)
    return Figure(i, stop, n, value, high, precision, kind, unit)
