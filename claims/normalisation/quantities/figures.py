"""A numeral with its sign, its currency and its unit."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import QuantityKind
from claims.normalisation.currencies import (
    CURRENCY_SIGNS,
    CURRENCY_STARTS,
    CURRENCY_WORDS,
    LONGEST_CURRENCY,
    MINOR_WORDS,
)
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns, numerals, senses
from claims.normalisation.quantities.names import is_named
from claims.normalisation.quantities.numerals import Numeral
from claims.normalisation.quantities.rates import rate_at, unit_words
from claims.normalisation.quantities.tokens import Tokens, is_digits
from claims.normalisation.quantities.words import LETTER_SCALES
from claims.normalisation.units import (
    PERCENT,
    PERCENTAGE_POINT,
    UNIT_SIGNS,
    UNIT_STARTS,
    UNITS,
    Unit,
)

K = QuantityKind


#: Words that a hyphen may join to a figure without making a name of it: "sub-500", "magnitude-6.4".
_BEFORE_HYPHEN = frozenset({"to", "of", "magnitude", "sub", "now", "then"})


@dataclass(slots=True)
class Figure:
    """Tokens [begin, stop): a numeral with sign, currency and unit. `value` has the scale multiplied in."""

    begin: int
    stop: int
    number: Numeral
    value: float
    high: float | None
    precision: float
    kind: QuantityKind = K.COUNT
    unit: str | None = None
    per: str | None = None
    compound: bool = False  # joined to its unit by a hyphen: "80-yard"
    negative: bool = False

    @property
    def signed(self) -> float:
        """The value with its sign."""
        return -self.value if self.negative else self.value


#: Letters before or behind "$" that name a country's dollar.
DOLLAR_PREFIXES = frozenset(
    "US A AU C CA NZ HK S SG NT R J TT FJ Z CAD AUD USD NZD HKD SGD CDN Can Cdn U.S. U.S Mex MX".split()
)


def read_figure(t: Tokens, n: Numeral, floor: int) -> Figure | None:
    """The numeral with sign, currency, letter scale and unit; None when it is glued into a word or a code ("G5")."""
    low = t.low
    f = Figure(n.begin, n.stop, n, n.value, n.high, n.precision)
    code = _currency_before(t, f, floor)
    times = low[n.begin - 1] == "x" and is_digits(low[n.begin - 2]) and t.glued(n.begin - 1)  # 8x10 feet
    if code is None and n.digits and t.glued(n.begin) and nouns.is_word(low[n.begin - 1]) and not times:
        return None
    if low[n.begin - 1] == "+" and t.glued(n.begin) and t.glued(n.begin - 1) and n.digits:
        return None  # 5+1
    _sign(t, f, floor)
    hyphen = low[f.begin - 1] == "-" and t.glued(f.begin) and t.glued(f.begin - 1)
    if (
        hyphen
        and n.digits
        and nouns.is_word(low[f.begin - 2])
        and low[f.begin - 2] not in _BEFORE_HYPHEN
        and not (t.glued(f.begin - 2) and is_digits(low[f.begin - 3]))
    ):
        return None  # F-150, Covid-19
    _letter_scale(t, f, code)
    if code is None:
        code = _currency_after(t, f)
    if code is not None:
        f.kind, f.unit = K.MONEY, code
    else:
        measure(t, f)
    if n.fraction and f.unit is None:
        _share(t, f)
    if f.kind is K.COUNT and n.digits and t.glued(f.stop) and nouns.is_word(low[f.stop]) and t.raw[f.stop] != "x":
        return None  # 5G, 1990s, 4x4
    if f.negative and f.kind is K.COUNT and nouns.counted(t, f.stop, one=False) > f.stop:
        if t.raw[f.begin - 1].isupper() and len(t.raw[f.begin - 1]) > 1:
            return None  # a name with a space in it: "COVID -19 tests"
        f.begin, f.negative = n.begin, False  # a dash before a list item: nobody counts below zero
    if t.raw[f.stop - 1] in ("bpd", "bopd") or (t.raw[f.stop - 1] == "d" and t.raw[f.stop - 2] == "/"):
        f.per = "day"
    elif f.kind is not K.COUNT and (rate := rate_at(t, f.stop)) is not None:
        f.per, f.stop = rate
        if (more := rate_at(t, f.stop)) is not None:  # per child per month
            f.per, f.stop = f"{f.per} per {more[0]}", more[1]
    return f


def _sign(t: Tokens, f: Figure, floor: int) -> None:
    """A minus or plus directly before the figure, or the word "minus"."""
    b = f.begin
    before = t.low[b - 1]
    if t.start[b - 1] < floor:
        return
    if before in ("-", "+") and t.glued(b) and (not t.glued(b - 1) or t.low[b - 2] in ("(", "[")):
        f.begin -= 1
        f.negative = before == "-"
    elif before in ("minus", "negative") and not t.glued(b):
        if t.low[b - 2] == "or":
            return  # plus or minus 3 points
        f.begin -= 1
        f.negative = True
    elif before == "-" and t.glued(b) and t.low[b - 2] == "minus" and f.number.digits:
        f.begin -= 2
        f.negative = True


# ---------------------------------------------------------------- money


def _currency_before(t: Tokens, f: Figure, floor: int) -> str | None:
    """The currency whose sign or code stands before the numeral; moves `begin` to it."""
    b = f.number.begin
    low, raw = t.low, t.raw
    sign = raw[b - 1]
    if not sign or t.start[b - 1] < floor or (not f.number.digits and sign not in CURRENCY_SIGNS):
        return None
    if sign == "PS":  # the pound sign as transliterated in some feeds; "PS5" is a name
        money = t.glued(b) and (
            "." in low[b] or "," in low[b] or len(low[b]) > 1 or (t.glued(b + 1) and raw[b + 1] in ("m", "bn", "k"))
        )
        if not money:
            return None
    if sign in DOLLAR_PREFIXES and t.glued(b) and t.glued(b - 1) and raw[b - 2] == "$":  # $US160
        f.begin = b - 2
        return CURRENCY_SIGNS.get("$" + sign) or CURRENCY_SIGNS.get(sign + "$")
    if sign == "." and raw[b - 2] in ("Rs", "Re", "Tk", "Dh", "Dhs", "Fr", "Sh"):
        f.begin = b - 2
        return CURRENCY_SIGNS[raw[b - 2]]
    if (
        sign == "-" and t.glued(b) and raw[b - 2] in ("$", "€", "£") and t.glued(b - 1) and t.start[b - 2] >= floor
    ):  # $-5
        f.begin, f.negative = b - 2, True
        return CURRENCY_SIGNS[raw[b - 2]]
    code = CURRENCY_SIGNS.get(sign)
    if code is None:
        return None
    if sign.isalpha():
        # one letter is a currency only where it is glued on: "R250"; codes and longer signs may stand apart
        if len(sign) == 1 and not (sign == "R" and t.glued(b)):
            return None
        if (
            not t.glued(b)
            and not (len(sign) == 3 and sign.isupper())
            and sign not in ("Rs", "RM", "Rp", "Ksh", "KSh", "Dhs", "RMB")
        ):
            return None
    f.begin = b - 1
    if sign == "¥":
        return senses.currency_sense(t, sign, f.begin, f.stop, code)
    if sign == "$":
        prefix = raw[b - 2]
        joined = "USD" if prefix in ("U.S.", "U.S") else CURRENCY_SIGNS.get(prefix + "$") if prefix.isalpha() else None
        apart = (len(prefix) > 1 and prefix.isupper()) or prefix in ("S", "U.S.", "U.S")
        if prefix == "S" and not t.glued(b - 1) and t.raw[b - 3][:1].isupper():
            return code  # "the Model S $80,000"
        if joined and (t.glued(b - 1) or apart) and t.start[b - 2] >= floor:
            f.begin = b - 2
            return joined
    return code


def _currency_after(t: Tokens, f: Figure) -> str | None:
    """The currency named behind the figure; moves `stop` behind it. Pence and cents become hundredths."""
    low, raw = t.low, t.raw
    j = f.stop
    hyphen = low[j] == "-" and t.glued(j) and t.glued(j + 1) and low[j + 1] in CURRENCY_STARTS
    j += hyphen
    word = low[j]
    if word in CURRENCY_STARTS:
        for width in range(LONGEST_CURRENCY, 0, -1):
            words = " ".join(low[j : j + width])
            code = CURRENCY_WORDS.get(words)
            if code is not None and _really_money(f, words):
                f.stop, f.compound = j + width, hyphen
                return senses.currency_sense(t, words, f.begin, f.stop, code)
    if word == "u.s." and low[j + 1] in ("dollar", "dollars"):
        f.stop = j + 2
        return "USD"
    if word in MINOR_WORDS and raw[j].islower():
        f.stop = j + 1
        _hundredths(f)
        return MINOR_WORDS[word]
    if raw[j] in ("p", "¢", "c") and t.glued(j) and f.number.digits and f.number.scale == 1:
        if raw[j] == "p" and f.number.plain and f.value in lex.PICTURE_LINES:
            return None  # 1080p
        if raw[j] == "c" and low[j + 1] not in ("per", "a", "to", ",", ".", "each"):
            return None
        f.stop = j + 1
        _hundredths(f)
        return "GBP" if raw[j] == "p" else "USD"
    if raw[j] in senses.UNIT_SENSES and f.number.digits and (sense := senses.unit_sense(t, raw[j], f.begin, j + 1)[0]):
        if sense != "penny" or t.low[j + 1].isalpha() or f.number.scale != 1:
            return None  # a unit's sign
        f.stop = j + 1
        _hundredths(f)
        return "GBP"
    if raw[j] in CURRENCY_SIGNS and f.number.digits:
        code_like = len(raw[j]) == 3 and raw[j].isupper() and raw[j].isalpha()
        dollar = raw[j] == "$" and (t.glued(j) or not is_digits(low[j + 1]))
        if code_like or dollar or not raw[j].isascii() or raw[j] in ("kn", "kr", "R", "Ft", "RMB", "Rs"):
            if is_digits(low[j + 1]) and not t.glued(j):
                return None
            f.stop = j + 1
            return senses.currency_sense(t, raw[j], f.begin, f.stop, CURRENCY_SIGNS[raw[j]])
    return None


def _hundredths(f: Figure) -> None:
    f.value, f.precision = f.value / 100, f.precision / 100
    f.high = None if f.high is None else f.high / 100


def _really_money(f: Figure, words: str) -> bool:
    """ "won", "real" and "sol" are also other words: there a large number must stand before them."""
    if words == "won":
        return f.number.scale >= 1000 or f.value >= 10000
    if words in ("real", "sol", "ether", "rand", "lei", "quid"):
        return words == "rand" or words == "quid" or f.number.scale >= 1000
    return words not in ("pound", "pounds")  # money or mass: decided with the units


def _pounds_are_money(t: Tokens, f: Figure) -> bool:
    """Pounds of millions, or near words of paying and far from words of weighing, are money."""
    if t.low[f.stop] == "of" and f.number.scale > 1:
        behind = t.low[f.stop + 1 : f.stop + 5]  # "7 million pounds of thrust"
        return any(word in lex.PAYING or word in lex.SUMS for word in behind) or f.number.scale >= 1e9
    if f.number.scale >= 1e6:
        return True
    near = t.low[max(0, f.begin - 8) : f.begin] + t.low[f.stop : f.stop + 6]
    return any(word in lex.PAYING for word in near) and not any(word in lex.WEIGHING for word in near)


# ---------------------------------------------------------------- scales of one letter


def _letter_scale(t: Tokens, f: Figure, code: str | None) -> None:
    """ "35m", "16k", "$4.2b": a letter is a scale after money, or before what is counted; else it may be a unit."""
    n, j = f.number, f.stop
    sign = t.raw[j]
    if sign not in LETTER_SCALES or not n.digits or n.scale != 1 or n.fraction:
        return
    glued, after = t.glued(j), t.low[j + 1]
    if code is not None:
        scale = glued or (sign in ("m", "M", "b", "B") and not nouns.is_word(after))
    elif sign in ("k", "K"):
        scale = glued and after not in lex.AFTER_KILOMETRES and not (sign == "K" and _is_resolution(t, f, j))
    elif sign in ("m", "M"):
        scale = (glued or sign == "M") and _is_million(t, j)
    else:
        scale = sign != "t" and (after in ("of", "barrels") or nouns.counted(t, j + 1, one=False) > j + 1)
    if scale:
        n.scale, n.plain, n.stop = LETTER_SCALES[sign], False, j + 1
        f.value, f.precision, f.stop = f.value * n.scale, f.precision * n.scale, j + 1


def _is_resolution(t: Tokens, f: Figure, j: int) -> bool:
    """Whether the "K" at token j is of a picture's width: "in 4K", "8K screens", not "4K people"."""
    return t.low[j + 1] in lex.AFTER_RESOLUTION or (
        f.number.plain and f.value in (2, 4, 5, 6, 8, 16) and nouns.counted(t, j + 1, one=False) == j + 1
    )


def _is_million(t: Tokens, j: int) -> bool:
    """Whether the "m" at token j is a million, not a metre: what is counted follows."""
    after = t.low[j + 1]
    if not nouns.is_word(after) or after == "of":
        return after == "of"
    return after not in lex.AFTER_METRES and nouns.counted(t, j + 1, one=False) > j + 1


# ---------------------------------------------------------------- units


def measure(t: Tokens, f: Figure) -> None:
    """The unit behind the figure: moves `stop`, sets kind and unit."""
    low, n = t.low, f.number
    j = f.stop
    hyphen = low[j] == "-" and t.glued(j) and t.glued(j + 1)
    j += hyphen
    if n.fraction and low[j] == "of" and low[j + 1] in ("a", "an", "one", "1"):
        j += 2  # a quarter of a mile, half of 1 percent
    if low[j] in lex.BEFORE_UNIT and low[j + 1] in UNIT_STARTS and not hyphen and unit_words(t, j + 1)[0] is not None:
        j += 1
    if low[j] in ("us", "u.s.", "uk", "imperial", "international") and low[j + 1] in UNIT_STARTS:
        j += 1
    unit, width = unit_words(t, j)
    if unit is None and n.digits:
        unit, width = _unit_sign(t, f, j, t.glued(j), hyphen)
    if unit is None and _is_magnitude(t, f):
        f.kind, f.unit = K.MEASURE, "magnitude"
        return
    if unit is None and low[j] == "%":
        unit, width = PERCENT, 1
    if unit is None:
        return
    after = j + width
    if unit is PERCENT:
        after_hyphen = after + (low[after] == "-")
        if low[after_hyphen] in ("point", "points"):
            unit, width = PERCENTAGE_POINT, after_hyphen + 1 - j
    elif unit.name == "second" and low[j] == "second" and not hyphen and f.value != 1 and not n.digits:
        return  # "two second halves"
    f.stop, f.kind, f.unit, f.compound = j + width, unit.kind, unit.name, hyphen
    if low[j] in ("pound", "pounds") and unit.name == "pound" and _pounds_are_money(t, f):
        f.kind, f.unit = K.MONEY, "GBP"
    elif unit.name == "foot":
        _inches(t, f)


def _is_magnitude(t: Tokens, f: Figure) -> bool:
    """ "magnitude 6.4", "magnitude-6.4"; "6.4-magnitude" is read as a unit."""
    b = f.begin
    return (
        t.low[b - 1] == "magnitude" or (t.low[b - 1] in ("of", "-") and t.low[b - 2] == "magnitude")
    ) and f.value < 11


def _inches(t: Tokens, f: Figure) -> None:
    """ "6 feet 2 inches", "6ft 2in", "6-foot-2" as feet."""
    if (
        t.low[f.stop] == "-"
        and t.glued(f.stop)
        and t.low[f.stop + 1].isdecimal()
        and len(t.low[f.stop + 1]) <= 2
        and f.compound
    ):
        if (more := int(t.low[f.stop + 1])) < 12:
            f.value, f.precision, f.stop = f.value + more / 12, 1 / 12, f.stop + 2
        return
    k = f.stop + (t.low[f.stop] == ",")
    if not is_digits(t.low[k]) or t.low[k + 1] not in ("inches", "inch", "in", '"', "″"):
        return
    inches = numerals.read(t, k)
    if inches is not None and inches.value < 12 and inches.stop == k + 1:
        f.value, f.precision, f.stop = f.value + inches.value / 12, 1 / 12, k + 2


def _unit_sign(t: Tokens, f: Figure, j: int, glued: bool, hyphen: bool) -> tuple[Unit | None, int]:
    """The unit whose sign stands at token j ("km", "km/h", "°C"), and its width in tokens."""
    raw = t.raw
    for width in (4, 3, 2) if t.glued(j + 1) else ():
        if all(t.glued(j + k) for k in range(1, width)) and not (t.glued(j + width) and nouns.is_word(raw[j + width])):
            unit = UNIT_SIGNS.get("".join(raw[j : j + width]))
            if unit is not None:
                return unit, width
    sign = raw[j]
    if sign in ("'", '"'):
        return _marks(t, j) if glued else (None, 0)
    unit, spoken = UNIT_SIGNS.get(sign), False
    if sign in senses.UNIT_SENSES:
        name, spoken = senses.unit_sense(t, sign, f.begin, j + 1)
        unit = UNITS.get(name or "")
    elif sign == "K" and (t.low[j + 1] in lex.AFTER_RESOLUTION or (glued and _is_resolution(t, f, j))):
        return None, 0
    if unit is None or (hyphen and (len(sign) < 2 or sign == "in")):
        return None, 0
    after = t.low[j + 1]
    if sign == "in" and not glued and after not in (".", ")", "x", "by", ","):
        return None, 0
    coded = j + 1 + (t.low[j + 1] == "-" and t.glued(j + 1))
    if is_digits(t.low[coded]) and t.glued(coded) and (sign == "PS" or not glued):
        return None, 0  # PS5, "50 A320 jets", "5 C-130 planes"
    if not spoken and ((sign == "b" and f.number.scale == 1) or (sign in ("T", "H") and (glued or hyphen))):
        return None, 0
    if len(sign) == 1 and glued and f.number.plain and is_named(t, f.begin, f.number):
        return None, 0  # Section 301A
    if sign == "s" and glued and "." not in t.low[f.begin] and f.value % 10 == 0:
        return None, 0  # the 1990s, his 30s
    if not glued and nouns.is_word(after) and after not in lex.STOP and after != "x" and sign in lex.SHY_SIGNS:
        return None, 0
    if (
        sign in ("A", "C", "F")
        and not glued
        and ((nouns.is_word(t.raw[j + 1]) and t.raw[j + 1][0].isupper()) or f.value > 3000)
    ):
        return None, 0
    if sign == "A" and not glued and nouns.is_word(after) and after not in lex.STOP:
        return None, 0
    return unit, 1


def _marks(t: Tokens, j: int) -> tuple[Unit | None, int]:
    """A foot or inch mark, not the end of a quotation: none of its sort stands open before it."""
    mark = t.low[j]
    opened = t.low[max(0, j - 40) : j].count(mark) % 2 or (mark == "'" and mark in t.low[max(0, j - 40) : j])
    if opened or (nouns.is_word(t.low[j + 1]) and t.glued(j + 1)):
        return None, 0
    return UNITS["foot" if mark == "'" else "inch"], 1


def _share(t: Tokens, f: Figure) -> None:
    """ "half of the voters", "two thirds": a share, in percent."""
    last, after = t.low[f.number.stop - 1], t.low[f.stop]
    if last == "quarter" and after == "of" and t.low[f.stop + 1].isdigit():
        return
    if f.number.digits and after != "of":
        return
    f.value, f.precision, f.kind, f.unit = f.value * 100, 1.0, K.SHARE, "percent"


# ---------------------------------------------------------------- rates
