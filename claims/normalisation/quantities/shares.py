"""Shares of a round number: "one in five", "nine out of ten", "one voter in eight", "35 more people out of 100"."""

from __future__ import annotations

from claims.models import QuantityKind
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns, numerals
from claims.normalisation.quantities.figures import Figure, read_figure
from claims.normalisation.quantities.numerals import Numeral
from claims.normalisation.quantities.tokens import Tokens
from claims.normalisation.units import UNIT_STARTS

K = QuantityKind
# "two in five": wholes that people say. Others ("three in 2019") are something else.
_COMMON_WHOLES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10000, 100000})


def read(t: Tokens, n: Numeral) -> tuple[Figure, int | None] | None:
    """The share that begins with the numeral, and the token of the noun between its numbers; None if there is none."""
    low, j = t.low, n.stop
    if n.fraction or n.scale != 1 or n.high is not None or n.value < 1 or n.value != int(n.value):
        return None
    noun: int | None = None
    if low[j : j + 2] == ["out", "of"] or low[j : j + 2] == ["of", "every"]:
        whole = _out_of(t, n, j + 1 + (low[j] == "out"))
    elif low[j] == "in":
        whole = _in(t, n, j + 1)
    elif low[j] == "-" and low[j + 1] == "in" and low[j + 2] == "-":
        whole = _in(t, n, j + 3)
    elif n.value == 1 and low[n.begin] == "one" and low[j + 1] == "in" and nouns.is_word(low[j]):
        noun, whole = j, _such_in(t, n, j)
    else:
        noun = j + (low[j] in ("more", "fewer", "other"))
        whole = _such_out_of(t, n, noun)
    if whole is None:
        return None
    return Figure(n.begin, whole.stop, n, 100 * n.value / whole.value, None, 1.0, K.SHARE, "percent"), noun


def _whole(t: Tokens, k: int) -> Numeral | None:
    whole = numerals.read(t, k + (t.low[k] == "every"))
    return None if whole is None or whole.ordinal or whole.fraction else whole


def _greater(t: Tokens, n: Numeral, k: int) -> Numeral | None:
    whole = _whole(t, k)
    return None if whole is None or whole.value <= n.value or whole.value < 2 or whole.high else whole


def _out_of(t: Tokens, n: Numeral, k: int) -> Numeral | None:
    return None if t.low[n.begin - 1] in lex.DESIGNATORS else _greater(t, n, k)


def _in(t: Tokens, n: Numeral, k: int) -> Numeral | None:
    low = t.low
    whole = _greater(t, n, k)
    if whole is None:
        return None
    mixed = n.digits != whole.digits and not (whole.value in (10, 100) and n.value < 10)  # but "nine in 10"
    mixed &= n.value > 1  # but "one in 280"
    if low[n.begin - 1] in ("no", "number", "$") or mixed or (whole.plain and whole.value > 1500):
        return None
    if low[whole.stop] in UNIT_STARTS or low[whole.stop] == "%" or low[whole.stop] in lex.MONTHS:
        return None
    return None if n.value > 1 and whole.value not in _COMMON_WHOLES else whole


def _such_in(t: Tokens, n: Numeral, noun: int) -> Numeral | None:
    """One voter in eight, unless the whole counts something else ("one goal in six games")."""
    if nouns.stops(t, noun) or t.raw[noun] != t.low[noun] or t.low[n.begin - 1] in lex.BEFORE_PRONOUN_ONE:
        return None
    whole = _whole(t, noun + 2)
    if whole is None or whole.value not in _COMMON_WHOLES or whole.plain:
        return None
    g = read_figure(t, whole, t.start[whole.begin])
    if g is None or g.kind is not K.COUNT or nouns.counted(t, g.stop, one=False) > g.stop or g.high is not None:
        return None
    return whole


def _such_out_of(t: Tokens, n: Numeral, noun: int) -> Numeral | None:
    if t.low[noun + 1] != "out" or t.low[noun + 2] != "of" or not nouns.is_word(t.low[noun]) or nouns.stops(t, noun):
        return None
    whole = _whole(t, noun + 3)
    if whole is None or whole.value not in (10, 100, 1000) or whole.value <= n.value:
        return None
    return None if nouns.counted(t, whole.stop, one=False) > whole.stop else whole
