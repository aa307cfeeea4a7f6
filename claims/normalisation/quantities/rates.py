"""Units in words, and what a figure is per: "a day", "per litre", "/year", "annually"."""

from __future__ import annotations

from claims.models import QuantityKind
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns, numerals
from claims.normalisation.quantities.tokens import Tokens, is_digits
from claims.normalisation.units import LONGEST_UNIT, UNIT_SIGNS, UNIT_STARTS, UNIT_WORDS, UNITS, Unit

K = QuantityKind


def rate_at(t: Tokens, j: int) -> tuple[str, int] | None:
    """What a figure is per, said at token j ("a day", "per litre", "/year", "annually"), and where those words end."""
    low = t.low
    word = low[j]
    if (
        word == "-"
        and t.glued(j)
        and low[j + 1] in ("a", "an", "per")
        and low[j + 2] == "-"
        and nouns.is_word(low[j + 3])
    ):
        return _rate_name(t, j + 3), j + 4
    if word == "/" and nouns.is_word(low[j + 1]):
        powered = t.raw[j + 1] + t.raw[j + 2]
        if powered in UNIT_SIGNS and t.glued(j + 2) and not (t.glued(j + 3) and t.low[j + 3].isalnum()):  # W/m2
            return UNIT_SIGNS[powered].name, j + 3
        if t.raw[j + 1] in UNIT_SIGNS or low[j + 1] in UNIT_WORDS or low[j + 1] in lex.RATE_NOUNS:
            return _rate_name(t, j + 1), j + 2
        return None
    if t.glued(j):
        return None
    if word in lex.PER_ADVERBS:
        return lex.PER_ADVERBS[word], j + 1
    noun = low[j + 1]
    if word == "per":
        if noun in ("square", "cubic", "fluid", "troy", "metric"):
            unit, width = unit_words(t, j + 1)
            if unit is not None:
                return unit.name, j + 1 + width
        if nouns.is_word(noun) and noun not in ("cent", "se"):
            if noun not in lex.RATE_NOUNS and low[j + 2] in lex.RATE_NOUNS and not t.glued(j + 2):
                return _rate_name(t, j + 2), j + 3  # per diluted share
            return _rate_name(t, j + 1), j + 2
        inner = numerals.read(t, j + 1) if is_digits(noun) else None
        if inner is not None and inner.value >= 100:
            stop = max(nouns.counted(t, inner.stop, one=False), inner.stop)
            return " ".join(t.raw[j + 1 : stop]), stop
        return None
    if word in ("a", "an", "each", "every") and noun in lex.RATE_NOUNS and not _is_moment(low, j + 1):
        return _rate_name(t, j + 1), j + 2
    return None


def _is_moment(low: list[str], j: int) -> bool:
    """Whether "a day" with its noun at token j is a time: "a day earlier", "a year on"."""
    if UNIT_WORDS.get(low[j], UNITS["metre"]).kind is not K.DURATION:
        return False  # "$53 a barrel on the exchange"
    after = low[j + 1]
    return after in lex.NOT_AFTER_RATE or (after == "on" and low[j] in ("week", "month", "year", "decade"))


def _rate_name(t: Tokens, j: int) -> str:
    unit = UNIT_WORDS.get(t.low[j]) or UNIT_SIGNS.get(t.raw[j])
    return unit.name if unit is not None else t.low[j]


def unit_words(t: Tokens, j: int) -> tuple[Unit | None, int]:
    """The unit that the words at token j spell, the longest; hyphens between them are left out."""
    low = t.low
    if low[j] not in UNIT_STARTS:
        return None, 0
    tail, widths, k = "", [], j
    words: list[str] = []
    while len(words) < LONGEST_UNIT:
        if (words and low[k] == "-" and t.glued(k) and t.glued(k + 1)) or (
            words and low[k] == "." and low[k - 1] == "sq"
        ):
            k += 1
        if not low[k]:
            break
        tail = f"{tail} {low[k]}" if tail else low[k]
        k += 1
        words.append(tail)
        widths.append(k - j)
    for phrase, width in zip(reversed(words), reversed(widths), strict=True):
        if (unit := UNIT_WORDS.get(phrase)) is not None:
            return unit, width
    return None, 0
