"""Numerals: digits, number words, fractions and scales, from tokens to a value with its written precision."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from claims.normalisation.quantities.tokens import Tokens, is_digits
from claims.normalisation.quantities.words import (
    AGES,
    DENOMINATORS,
    DIGIT_SCALES,
    ORDINALS,
    PLURAL_SCALES,
    SCALES,
    STARTERS,
    TENS,
    UNITS,
)
from claims.normalisation.units import UNIT_WORDS


@dataclass(slots=True)
class Numeral:
    """What tokens [begin, stop) stand for. A vague numeral ("dozens") has `high` above `value`, exclusive."""

    begin: int
    stop: int
    value: float
    precision: float
    high: float | None = None  # of a vague numeral
    digits: bool = True  # written in digits, at least in part
    plain: bool = True  # one token of digits without separator, decimal or scale: may be a year or a name's number
    fraction: bool = False  # "half", "two thirds", "¾"
    ordinal: bool = False
    scale: float = 1.0  # multiplied in by a scale word
    about: bool = False  # "a couple"
    article: bool = False  # the value of one rests on "a": "a million", "a third"


_HALVES = frozenset("first second other latter each this next last final fiscal opening".split())
_AFTER_SHARE = frozenset("of more less fewer higher lower".split())
_BEFORE_SHARE = frozenset("by than nearly almost about to up down".split())
#: Behind "by a third": then it is a fraction, not an ordinal.
_AFTER_FRACTION = frozenset(
    "of more less fewer higher lower in on at since from by to over during between last this and but as while"
    " after compared year when the for with its their his her".split()
)
#: Denominators that people write in digits; others ("9/11") make a date or a name.
_FRACTION_WHOLES = frozenset("2 3 4 5 6 8 10 12 16 32 64 100 128".split())
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
_DECIMAL = re.compile(r"\d*\.?\d+")
#: Before "a decade": then its length is what is said.
_BOUNDS = frozenset("than nearly almost about around roughly least under".split())
_LONGEST = 30  # digits: beyond it is a serial number, not a figure


def place(digits: str) -> float:
    """The place value of the last significant digit as written: 10 for "120", 0.1 for "5.0"."""
    whole, point, decimals = digits.replace(",", "").partition(".")
    if point:
        return 10.0 ** -len(decimals)
    stripped = whole.rstrip("0")
    return 10.0 ** (len(whole) - len(stripped)) if stripped else 1.0


def _digits(word: str) -> tuple[float, float] | None:
    """Value and precision of digits as written, or None when they are no plain number (a time, a version)."""
    if len(word) > _LONGEST or ":" in word:
        return None
    if "," not in word:
        if _DECIMAL.fullmatch(word):
            return float(word), place(word)
        if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", word):  # 1.250.000, as much of Europe writes
            plain = word.replace(".", "")
            return float(plain), place(plain)
        return None
    if _GROUPED.fullmatch(word):
        return float(word.replace(",", "")), place(word)
    if re.fullmatch(r"\d+,\d{1,2}", word):  # 3,5
        plain = word.replace(",", ".")
        return float(plain), place(plain)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", word):  # 1.250,50
        plain = word.replace(".", "").replace(",", ".")
        return float(plain), place(plain)
    return None


def _vulgar(char: str) -> float | None:
    """The value of "½" and its like."""
    if len(char) != 1 or not ("\u00bc" <= char <= "\u00be" or "\u2150" <= char <= "\u215e"):
        return None
    return unicodedata.numeric(char)


def read(t: Tokens, i: int) -> Numeral | None:
    """The numeral that begins at token i, or None."""
    word = t.low[i]
    if is_digits(word):
        return _read_digits(t, i)
    if (value := _vulgar(word)) is not None:
        return Numeral(i, i + 1, value, 0.01, plain=False, fraction=True)
    if word in STARTERS:
        return _read_words(t, i)
    return None


def _read_digits(t: Tokens, i: int) -> Numeral | None:
    read_value = _digits(t.low[i])
    if read_value is None:
        return None
    value, precision = read_value
    word = t.low[i]
    n = Numeral(i, i + 1, value, precision, plain="," not in word and "." not in word)
    j = i + 1
    # 10 000: groups of three digits apart, after at most three
    if n.plain and len(word) <= 3 and not t.glued(j):
        whole = word
        while len(t.low[j]) == 3 and t.low[j].isdigit() and t.start[j] == t.end[j - 1] + 1 and len(whole) < 15:
            whole += t.low[j]
            j += 1
        if j > i + 1 and not is_digits(t.low[j]) and value > 0:
            n.value, n.precision, n.plain = float(whole), place(whole), False
        else:
            j = i + 1
    # 1 1/2, 3½, 1/2
    if (extra := _vulgar(t.low[j])) is not None:
        n.value, n.precision, n.plain = n.value + extra, 0.01, False
        j += 1
    elif t.low[j] == "/" and t.glued(j) and t.glued(j + 1) and n.plain and t.low[j + 1].isdigit():
        below = t.low[j + 1]
        if not (_is_fraction(word, below) or _is_small_part(t, word, below, j + 2)):
            return None  # 24/7, 9/11, 12/05/2019: a date or a name
        n.value, n.precision, n.plain, n.fraction = value / float(below), 0.01, False, True
        j += 2
    elif (
        n.plain
        and t.low[j].isdigit()
        and t.low[j + 1] == "/"
        and t.glued(j + 1)
        and t.glued(j + 2)
        and t.low[j + 2].isdigit()
        and _is_fraction(t.low[j], t.low[j + 2])
    ):
        n.value, n.precision, n.plain = value + float(t.low[j]) / float(t.low[j + 2]), 0.01, False
        j += 3
    n.stop = j
    _scale(t, n)
    if t.low[n.stop] in ("×", "x", "*") and t.low[n.stop + 1] == "10" and n.scale == 1:
        _power_of_ten(t, n)
    return n


def _power_of_ten(t: Tokens, n: Numeral) -> None:
    """ "3×10^8", "2.4 x 10-6"."""
    j, negative = n.stop + 2, False
    while t.low[j] in ("^", "-", "+") and t.glued(j):
        negative |= t.low[j] == "-"
        j += 1
    if j > n.stop + 2 and t.low[j].isdecimal() and t.glued(j) and len(t.low[j]) <= 2:
        exponent = -int(t.low[j]) if negative else int(t.low[j])
        n.value, n.precision = n.value * 10.0**exponent, n.precision * 10.0**exponent
        n.plain, n.stop = False, j + 1


def _is_fraction(above: str, below: str) -> bool:
    return len(above) <= 3 and below in _FRACTION_WHOLES and 0 < int(above) < int(below)


def _is_small_part(t: Tokens, above: str, below: str, j: int) -> bool:
    """ "1/48 of a cup": any denominator where "of a", "of the" follows."""
    if not 0 < len(below) <= 4 or t.low[j] != "of" or t.low[j + 1] not in ("a", "an", "the", "one", "its"):
        return False
    return 0 < int(above) < int(below) and not (len(below) == 4 and below[0] in "12")


def _scale(t: Tokens, n: Numeral) -> None:
    """Multiplies a scale in that follows the digits: "1.9 trillion", "3bn", "10-million"."""
    while True:
        j = n.stop
        if t.low[j] == "-" and t.glued(j) and t.glued(j + 1) and t.low[j + 1] in DIGIT_SCALES:
            j += 1
        factor = DIGIT_SCALES.get(t.low[j])
        if factor is None or (factor == 1e3 and t.low[j] == "thousands" and t.low[j + 1] == "of"):
            return
        n.value *= factor
        n.precision *= factor
        n.plain, n.scale, n.stop = False, n.scale * factor, j + 1


def _read_words(t: Tokens, i: int) -> Numeral | None:
    low = t.low
    word = low[i]
    if word in PLURAL_SCALES or word in ("dozens", "scores"):
        return _read_vague(t, i)
    if word == "couple":
        if low[i - 1] not in ("a", "last", "past", "next", "first", "the"):
            return None
        if low[i - 1] == "the" and low[i + 1] != "of":
            return None
        stop = i + 2 if low[i + 1] == "of" else i + 1
        return Numeral(i, stop, 2.0, 1.0, digits=False, plain=False, about=True)
    if word in ("hundred", "thousand", "million", "billion", "trillion", "lakh", "crore", "dozen"):
        if low[i - 1] in ("a", "an", "half", "per", "the", "one", "several", "few") or low[i - 1] == "-":
            return _read_article_scale(t, i)
        return None
    if word in AGES:
        bound = low[i - 2] in _BOUNDS or (low[i + 1] == "-" and low[i + 2] == "old" and t.glued(i + 1))
        if low[i - 1] != "a" or not bound:
            return None
        return Numeral(i - 1, i, 1.0, 1.0, digits=False, plain=False, article=True)
    if (fraction := _read_fraction(t, i)) is not None:
        return _of_a_scale(t, fraction)
    if word in ORDINALS and word not in UNITS:
        return Numeral(i, i + 1, float(ORDINALS[word]), 1.0, digits=False, plain=False, ordinal=True)
    return _read_cardinal(t, i)


def _read_vague(t: Tokens, i: int) -> Numeral | None:
    """ "dozens", "hundreds of thousands": from twice the word's value up to the next order, exclusive."""
    low = t.low
    word = low[i]
    if word == "scores":
        if low[i + 1] != "of" or low[i - 1] in ("the", "test", "their", "his", "her", "credit", "its", "and"):
            return None
        return Numeral(i, i + 2, 40.0, 1.0, high=200.0, digits=False, plain=False)
    if word == "tens" and low[i + 1] != "of":
        return None
    base = 12.0 if word == "dozens" else PLURAL_SCALES[word]
    stop = i + 1
    while low[stop] == "of" and low[stop + 1] in PLURAL_SCALES and stop < i + 4:
        base *= PLURAL_SCALES[low[stop + 1]]
        stop += 2
    if low[stop] == "of":
        stop += 1
    high = 100.0 if word == "dozens" and stop <= i + 2 else base * 10
    return Numeral(i, stop, 2 * base, base, high=high, digits=False, plain=False)


def _read_article_scale(t: Tokens, i: int) -> Numeral | None:
    """ "a million", "half a million", "several hundred", "a few dozen", "half-million"."""
    low = t.low
    value = 12.0 if low[i] == "dozen" else 100.0 if low[i] == "hundred" else SCALES[low[i]]
    stop = i + 1
    while low[stop] in SCALES and low[stop] != low[i]:
        value *= SCALES[low[stop]]
        stop += 1
    before = low[i - 1]
    n = Numeral(i, stop, value, value, digits=False, plain=False, scale=value, article=True)
    if before in ("several", "few"):
        n.begin = i - 2 if before == "few" and low[i - 2] == "a" else i - 1
        n.value, n.high = 2 * value, 10 * value
        return n
    if (before == "-" and low[i - 2] == "half") or (before in ("a", "an") and low[i - 2] == "half"):
        n.begin, n.value, n.precision = i - 2, value / 2, value / 10 if value > 12 else 1.0
    elif before == "half":
        n.begin, n.value, n.precision = i - 1, value / 2, value / 10 if value > 12 else 1.0
    elif before in ("a", "an"):
        n.begin = i - 1
        n = _and_rest(t, n)
    elif before in ("per", "the", "-", "one"):
        return None
    if low[n.stop] == "of" and low[i] == "dozen":
        n.stop += 1
    return n


def _and_rest(t: Tokens, n: Numeral) -> Numeral:
    """ "a hundred and fifty"."""
    low = t.low
    if low[n.stop] == "and" and low[n.stop + 1] in TENS and low[n.stop - 1] == "hundred":
        rest = _read_cardinal(t, n.stop + 1)
        if rest is not None and rest.value < 100:
            n.value, n.precision, n.stop = n.value + rest.value, rest.precision, rest.stop
    return n


def _read_fraction(t: Tokens, i: int) -> Numeral | None:
    """ "half", "a third of", "two-thirds", "three quarters", "half a million" is read elsewhere."""
    low = t.low
    word = low[i]
    above, j = 1, i
    if word in UNITS and 0 < UNITS[word] < 10:
        above, j = UNITS[word], i + 1
        if low[j] == "-" and t.glued(j) and t.glued(j + 1):
            j += 1
        if low[j] not in DENOMINATORS or (above > 1) != low[j].endswith("s") or above >= DENOMINATORS[low[j]]:
            return None
        if low[j] in ("quarter", "half") and low[j + 1] == "-":  # a quarter-final, a half-time
            return None
        begin = i
    elif word == "half":
        begin = i
        if low[i - 1] in (
            "first",
            "second",
            "other",
            "latter",
            "each",
            "this",
            "next",
            "last",
            "final",
            "fiscal",
            "opening",
        ):
            return None
        if low[i + 1] in ("a", "an", "dozen", "million", "billion", "trillion", "-"):
            return _half(t, i)
    elif word == "quarter" and _quarter_point(t, i + 1):
        return Numeral(i - (low[i - 1] == "a"), i + 1, 0.25, 0.01, digits=False, plain=False, fraction=True)
    elif word in DENOMINATORS and not word.endswith("s") and low[i - 1] in ("a", "an"):
        # "a third of", never "a third man"
        if low[i + 1] not in _AFTER_SHARE and low[i - 2] not in _BEFORE_SHARE:
            return None
        if nouns_follow(low[i + 1]):
            return None
        if low[i + 1] == "of" and low[i + 2].isdigit() and len(low[i + 2]) == 4:
            return None
        begin = i - 1
    else:
        return None
    below = DENOMINATORS[low[j]]
    if (
        low[j] == "quarter"
        and above == 1
        and low[j + 1] not in ("of", "more", "less")
        and low[begin - 1] not in ("by", "than")
    ):
        return None
    return Numeral(begin, j + 1, above / below, 0.01, digits=False, plain=False, fraction=True)


def _of_a_scale(t: Tokens, n: Numeral) -> Numeral:
    """ "a quarter of a million", "three quarters of a billion"."""
    low, j = t.low, n.stop
    if low[j] == "of" and low[j + 1] == "a" and low[j + 2] in SCALES and n.value < 1:
        n.scale = SCALES[low[j + 2]]
        n.value, n.precision = n.value * n.scale, n.scale / 10
        n.fraction, n.stop = False, j + 3
    return n


def _quarter_point(t: Tokens, j: int) -> bool:
    """ "a quarter point", "quarter-percentage-point": the step of central banks."""
    low = t.low
    j += low[j] == "-" and t.glued(j)
    return low[j] in ("point", "percentage", "percent") and low[j + 1] not in ("of", "guard", "guards")


def nouns_follow(word: str) -> bool:
    """Whether the word behind "a third" makes it an ordinal: "a third man"."""
    return word[:1].isalpha() and word not in _AFTER_FRACTION


def _half(t: Tokens, i: int) -> Numeral | None:
    low = t.low
    after = low[i + 1]
    if after in ("a", "an"):
        scale = low[i + 2]
        if scale in SCALES or scale in ("dozen", "hundred"):
            return _read_article_scale(t, i + 2)
        return Numeral(i, i + 2, 0.5, 0.1, digits=False, plain=False, fraction=True)
    if after == "-":
        scale = low[i + 2]
        if (scale in SCALES or scale == "dozen") and t.glued(i + 1) and t.glued(i + 2):
            return _read_article_scale(t, i + 2)
        if scale in UNIT_WORDS and scale not in ("year", "night", "month", "week"):
            return Numeral(i, i + 1, 0.5, 0.1, digits=False, plain=False, fraction=True)
        return None
    return _read_article_scale(t, i + 1)


def _read_cardinal(t: Tokens, i: int) -> Numeral | None:
    """ "twenty-five", "two hundred and fifty thousand", "two and a half million", "two dozen"."""
    low = t.low
    done, current = 0.0, 0.0  # what a scale has closed ("two million"), and what is open ("three hundred")
    last = 0.0  # the place value of the last word; 0: no word yet
    room = 10.0**13  # a scale must be smaller than the one before it
    j = i
    while True:
        word = low[j]
        if last and word == "-" and _hyphen_joins(t, j):
            j += 1
            continue
        if word == "and" and last >= 100 and (low[j + 1] in UNITS or low[j + 1] in TENS):
            j += 1
            continue
        small = UNITS.get(word, TENS.get(word))
        if small is not None:
            if last and not last > (9 if small < 10 else 99):
                break
            current += small
            last = 10.0 if small and small % 10 == 0 else 1.0
        elif word in ("hundred", "dozen") and 0 < current < 100:
            last = 100.0 if word == "hundred" else 12.0
            current *= last
        elif word in SCALES and current and SCALES[word] < room:
            room = SCALES[word]
            last = room * place(f"{current:.0f}")
            done, current = done + current * room, 0.0
        else:
            break
        j += 1
    if not last:
        return None
    value = done + current
    if low[j] == "-" and low[j - 1] in TENS and low[j + 1] in ORDINALS and t.glued(j) and t.glued(j + 1):
        return Numeral(i, j + 2, value + ORDINALS[low[j + 1]], 1.0, digits=False, plain=False, ordinal=True)
    closing = {"hundred": 100.0, "dozen": 12.0, **SCALES}.get(low[j - 1], 1.0)
    n = Numeral(i, j, value, last, digits=False, plain=False, scale=closing if j > i + 1 else 1.0)
    if low[j - 1] == "dozen" and low[j] == "of":
        n.stop += 1
    if value < 1000:
        _spelled_decimals(t, n)
    return n


def _hyphen_joins(t: Tokens, j: int) -> bool:
    """Whether the hyphen at token j joins two words of one number: "twenty-five", not "three-five"."""
    after = t.low[j + 1]
    if not (t.glued(j) and t.glued(j + 1)):
        return False
    return after in SCALES or after in ("hundred", "dozen") or (t.low[j - 1] in TENS and 0 < UNITS.get(after, 0) < 10)


def _spelled_decimals(t: Tokens, n: Numeral) -> None:
    """ "two and a half million", "two point five"."""
    low, j = t.low, n.stop
    if low[j] == "and" and low[j + 1] == "a" and low[j + 2] in ("half", "quarter", "third"):
        n.value, n.precision, n.stop = n.value + 1 / DENOMINATORS[low[j + 2]], 0.1, j + 3
        if (scale := SCALES.get(low[n.stop])) is not None:
            n.value, n.precision, n.scale, n.stop = n.value * scale, n.precision * scale, scale, n.stop + 1
    elif low[j] == "point" and UNITS.get(low[j + 1], 10) < 10:
        k, decimals = j + 1, ""
        while UNITS.get(low[k], 10) < 10 and len(decimals) < 9:
            decimals += str(UNITS[low[k]])
            k += 1
        n.value, n.precision, n.stop = n.value + float("0." + decimals), 10.0 ** -len(decimals), k
        _scale(t, n)
