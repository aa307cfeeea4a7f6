"""From tokens to quantities: which numerals count something, in what unit, how bounded, and what they count."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Comparator, Quantity, QuantityKind
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns, numerals
from claims.normalisation.quantities.numerals import Numeral
from claims.normalisation.quantities.tokens import Tokens, regions
from claims.normalisation.units import (
    BASIS_POINT,
    CURRENCY_SIGNS,
    CURRENCY_STARTS,
    CURRENCY_WORDS,
    LONGEST_CURRENCY,
    LONGEST_UNIT,
    MINOR_WORDS,
    PERCENT,
    PERCENTAGE_POINT,
    POINT,
    UNIT_SIGNS,
    UNIT_STARTS,
    UNIT_WORDS,
    UNITS,
)

C, K = Comparator, QuantityKind
_NUMBER_TOKENS = numerals.STARTERS | {"twice", "double", "doubled", "doubles", "triple", "tripled", "triples", "quadrupled",
                                      "quadruple", "halved", "quintupled"}  # fmt: skip


@dataclass(slots=True)
class Figure:
    """A numeral with its sign, currency and unit: tokens [begin, stop)."""

    begin: int
    stop: int
    number: Numeral
    value: float
    high: float | None
    precision: float
    kind: QuantityKind
    unit: str | None = None
    per: str | None = None
    per_as_written: bool = False
    compound: bool = False  # joined to a noun by a hyphen: "80-yard"
    negative: bool = False
    plain_unit: bool = True


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of the text that counts or measures something, in order of appearance, not overlapping.

    Offsets count characters of `text`. Years, dates, times of day, numbers of telephones, lists, roads, rooms and
    names are left out. Never raises; time is linear in the length of the text.
    """
    found: list[Quantity] = []
    floor = 0
    for tokens, spots in regions(text):
        reader = Reader(text, tokens, floor)
        found.extend(reader.read(spots[0], spots[-1]))
        floor = reader.floor
    return found


class Reader:
    """Reads one region from left to right. `floor` is the offset behind the last quantity: nothing may begin before it."""

    def __init__(self, text: str, tokens: Tokens, floor: int) -> None:
        self.text = text
        self.t = tokens
        self.floor = floor
        self.last_of: str | None = None

    def read(self, first: int, last: int) -> list[Quantity]:
        """The quantities whose numeral begins in [first, last]."""
        t, found, i = self.t, [], 6
        start, low = t.start, t.low
        while i < t.size:
            word = low[i]
            if (word in _NUMBER_TOKENS or not word[0].isalpha()) and first <= start[i] <= last and start[i] >= self.floor:
                quantities, i = self.at(i)
                for quantity in quantities:
                    found.append(quantity)
                    self.floor = quantity.end
            else:
                i += 1
        return found

    # ------------------------------------------------------------ one numeral

    def at(self, i: int) -> tuple[list[Quantity], int]:
        """The quantities of the numeral at token i, and the token to go on with."""
        t = self.t
        if t.low[i] in lex_ratio:
            return self.ratio_word(i)
        n = numerals.read(t, i)
        if n is None:
            return [], i + 1
        if t.start[n.begin] < self.floor:
            return [], n.stop
        if n.ordinal:
            return self.rank(n), n.stop
        if n.digits and t.glued(n.stop) and t.low[n.stop] in ("st", "nd", "rd", "th") and n.plain:
            n.stop += 1
            return self.rank(n), n.stop
        if (share := self.one_in(n)) is not None:
            return share
        figure = self.figure(n)
        if figure is None:
            return [], n.stop
        if (pair := self.pair(figure)) is not None:
            return pair
        if figure.kind is K.COUNT and self.names_something(figure):
            return [], figure.stop
        return self.finish(figure)

    def figure(self, n: Numeral) -> Figure | None:
        """The numeral with sign, currency, letter scale and unit; None when it is glued into a word or a code."""
        t = self.t
        low, raw = t.low, t.raw
        f = Figure(n.begin, n.stop, n, n.value, n.high, n.precision, K.COUNT)
        code = self.currency_before(f)
        if code is None and n.digits and t.glued(n.begin) and nouns.is_word(low[n.begin - 1]):
            return None  # G5, XC40
        self.sign(f)
        if t.glued(f.begin) and low[f.begin - 1] == "-" and nouns.is_word(low[f.begin - 2]) and t.glued(f.begin - 1) and n.digits:
            if low[f.begin - 2] not in ("to", "of"):
                return None  # F-150, Covid-19
        self.letter_scale(f, code)
        if code is None:
            code = self.currency_after(f)
        if code is not None:
            f.kind, f.unit = K.MONEY, code
        else:
            self.measure(f)
        if n.fraction and f.unit is None and f.kind is K.COUNT:
            self.share_of_fraction(f)
        if f.kind is K.COUNT and n.digits and t.glued(f.stop) and nouns.is_word(low[f.stop]) and raw[f.stop] != "x":
            return None  # 5G, 1990s, 4x4
        if f.kind is not K.COUNT:
            self.per(f)
        return f

    def sign(self, f: Figure) -> None:
        """A minus or plus directly before the figure, or the word "minus"."""
        t, b = self.t, f.begin
        before = t.low[b - 1]
        if t.start[b - 1] < self.floor:
            return
        if before in ("-", "+") and t.glued(b) and not t.glued(b - 1):
            f.begin -= 1
            f.negative = before == "-"
        elif before in ("-", "+") and t.glued(b) and t.low[b - 2] in ("(", "[", "/"):
            f.begin -= 1
            f.negative = before == "-"
        elif before in ("minus", "negative") and not t.glued(b):
            f.begin -= 1
            f.negative = True

    def currency_before(self, f: Figure) -> str | None:
        """The currency whose sign or code stands before the numeral; moves `begin` to it."""
        t, b = self.t, f.number.begin
        low, raw = t.low, t.raw
        one = raw[b - 1]
        if not one or t.start[b - 1] < self.floor or not f.number.digits and one not in CURRENCY_SIGNS:
            return None
        if one in ("US", "A", "AU", "NZ", "C", "CA", "HK", "S") and t.glued(b) and raw[b - 2] == "$" and t.glued(b - 1):
            f.begin = b - 2  # $US160
            return CURRENCY_SIGNS.get("$" + one) or CURRENCY_SIGNS.get(one + "$")
        if one == "." and raw[b - 2] in ("Rs", "Re", "Tk", "Dh", "Dhs", "Fr", "Sh"):
            f.begin = b - 2
            return CURRENCY_SIGNS[raw[b - 2]]
        code = CURRENCY_SIGNS.get(one)
        if code is None:
            return None
        if one.isalpha() and not t.glued(b) and (len(one) < 2 or one in ("SR", "Sh", "Re", "Bs", "sol", "BD", "JD", "QR", "KD", "CFA")):
            return None
        if one.isalpha() and t.glued(b) and len(one) == 1:
            return CURRENCY_SIGNS[one] if one == "R" and f.number.digits and self._set(f, b - 1) else None
        f.begin = b - 1
        if one == "$":
            prefix = raw[b - 2]
            joined = CURRENCY_SIGNS.get(prefix + "$") if prefix.isalpha() else None
            if prefix in ("U.S.", "U.S"):
                joined = "USD"
            if joined and (t.glued(b - 1) or (len(prefix) > 1 and prefix.isupper()) or prefix == "S") and t.start[b - 2] >= self.floor:
                f.begin = b - 2
                return joined
        return code

    @staticmethod
    def _set(f: Figure, begin: int) -> bool:
        f.begin = begin
        return True

    def currency_after(self, f: Figure) -> str | None:
        """The currency named behind the figure; moves `stop` behind it. Pence and cents become hundredths."""
        t = self.t
        low, raw = t.low, t.raw
        j = f.stop
        if low[j] == "-" and t.glued(j) and t.glued(j + 1) and low[j + 1] in CURRENCY_STARTS:
            j += 1
            f.compound = True
        word = low[j]
        if word in CURRENCY_STARTS and word not in ("us", "new", "south", "north") or (word in CURRENCY_STARTS and low[j + 1]):
            for width in range(LONGEST_CURRENCY, 0, -1):
                words = " ".join(low[j : j + width])
                code = CURRENCY_WORDS.get(words)
                if code is not None and self.really_money(f, words, j + width):
                    f.stop = j + width
                    return code
        if word == "u.s." and low[j + 1] in ("dollar", "dollars"):
            f.stop = j + 2
            return "USD"
        if word in MINOR_WORDS and not (word == "sen" and raw[j] != "sen"):
            f.stop = j + 1
            self.hundredths(f)
            return MINOR_WORDS[word]
        if raw[j] in ("p", "¢", "c") and t.glued(j) and f.number.digits and f.number.scale == 1:
            if raw[j] == "c" and low[j + 1] not in ("per", "a", "to", ",", ".", "each"):
                return None
            f.stop = j + 1
            self.hundredths(f)
            return "GBP" if raw[j] == "p" else "USD"
        if raw[j] in CURRENCY_SIGNS and (
            (len(raw[j]) == 3 and raw[j].isupper() and raw[j].isalpha())
            or raw[j] in ("€", "£", "zł", "kn", "Kč", "R", "Ft", "RMB")
            or (raw[j] == "$" and (t.glued(j) or not numerals.is_digits(low[j + 1])))
        ):
            if numerals.is_digits(low[j + 1]) and not t.glued(j):
                return None
            f.stop = j + 1
            return CURRENCY_SIGNS[raw[j]]
        f.compound = False
        return None

    @staticmethod
    def hundredths(f: Figure) -> None:
        f.value, f.precision = f.value / 100, f.precision / 100
        f.high = None if f.high is None else f.high / 100

    def really_money(self, f: Figure, words: str, stop: int) -> bool:
        """Pounds are money or mass; "won", "real" and "sol" are also other words."""
        low = self.t.low
        last = words.rsplit(" ", 1)[-1]
        if words in ("pound", "pounds"):
            return False
        if words == "won":
            return f.number.scale >= 1000 or f.value >= 10000
        if words in ("real", "sol", "ether", "crown", "buck", "rand", "peso", "lei", "ban", "dinar"):
            return f.number.scale >= 1000 or f.value > 20 or last != "real"
        return bool(low)

    def letter_scale(self, f: Figure, code: str | None) -> None:
        """ "35m", "16k", "$4.2b": a letter is a scale after money, or before what is counted; else it may be a unit."""
        t, n, j = self.t, f.number, f.stop
        if not n.digits or n.scale != 1 or n.fraction:
            return
        sign = t.raw[j]
        if sign not in numerals.LETTER_SCALES:
            return
        glued = t.glued(j)
        after = t.low[j + 1]
        if code is not None:
            ok = glued or (sign in ("m", "M", "b", "B") and not nouns.is_word(after))
        elif sign in ("k", "K"):
            ok = glued and not (sign == "K" and after in ("resolution", "video", "display", "tv", "tvs", "screen", "ultra")) and after not in ("run", "race", "walk")  # fmt: skip
        elif sign in ("m", "M"):
            ok = (glued or sign == "M") and self.million(j)
        elif sign in ("b", "B", "t", "T"):
            ok = (sign in ("b", "B", "T")) and (nouns.counted(t, j + 1, one=False) > j + 1 or after in ("of", "barrels"))
        else:
            ok = False
        if ok:
            factor = numerals.LETTER_SCALES[sign]
            n.scale, n.plain, n.stop = factor, False, j + 1
            f.value, f.precision, f.stop = f.value * factor, f.precision * factor, j + 1

    def million(self, j: int) -> bool:
        """Whether the "m" at token j is a million, not a metre: what is counted follows."""
        t = self.t
        after = t.low[j + 1]
        if after in ("of", "-") or not nouns.is_word(after):
            return after == "of"
        if after in ("long", "tall", "wide", "high", "deep", "away", "above", "below", "sprint", "hurdles", "race", "relay",
                     "freestyle", "butterfly", "backstroke", "dash", "final", "finals", "run", "swim", "pool", "from", "to",
                     "in", "at", "and", "across", "thick", "swell", "waves", "drop"):  # fmt: skip
            return False
        return nouns.counted(t, j + 1, one=False) > j + 1

    def measure(self, f: Figure) -> None:
        """The unit behind the figure: moves `stop`, sets kind and unit."""
        t = self.t
        low, raw, j = t.low, t.raw, f.stop
        hyphen = low[j] == "-" and t.glued(j) and not t.glued(j + 1) is False
        if low[j] == "-" and t.glued(j) and t.glued(j + 1):
            j += 1
            hyphen = True
        else:
            hyphen = False
        glued = t.glued(j) and not hyphen
        word = low[j]
        unit = None
        width = 0
        if word in UNIT_STARTS:
            tail: list[str] = []
            k = j
            widths: list[int] = []
            while len(tail) < LONGEST_UNIT:
                if low[k] == "-" and tail and t.glued(k) and t.glued(k + 1):
                    k += 1
                if not low[k]:
                    break
                tail.append(low[k])
                k += 1
                widths.append(k - j)
            for size in range(len(tail), 0, -1):
                unit = UNIT_WORDS.get(" ".join(tail[:size]))
                if unit is not None:
                    width = widths[size - 1]
                    break
        if unit is None and (numerals.is_digits(low[f.number.stop - 1]) or f.number.scale > 1) and not hyphen:
            unit, width = self.unit_sign(f, j, glued)
        elif unit is None and hyphen and f.number.digits:
            unit, width = self.unit_sign(f, j, True)
            if unit is not None and (len(raw[j]) < 2 or raw[j] in ("in",)):
                unit = None
        if unit is None:
            if word in ("%",):
                unit, width = PERCENT, 1
            else:
                return
        if unit.name == "minute" and low[j + width] == "'":
            pass
        if unit is PERCENT and low[j + width] in ("point", "points") or (unit is PERCENT and low[j + width] == "-" and low[j + width + 1] in ("point", "points")):  # fmt: skip
            unit = PERCENTAGE_POINT
            width += 1 if low[j + width] != "-" else 2
        if unit.name == "second" and not hyphen and word == "second" and f.value != 1 and not numerals.is_digits(low[f.number.begin]):
            return
        f.stop, f.kind, f.unit, f.compound = j + width, unit.kind, unit.name, hyphen
        if word in ("pound", "pounds") and unit.name == "pound" and self.pounds_are_money(f):
            f.kind, f.unit = K.MONEY, "GBP"
        if unit.name == "foot" and low[f.stop] and numerals.is_digits(low[f.stop]) and low[f.stop + 1] in ("inches", "inch", "in", '"', "″"):  # fmt: skip
            inches = numerals.read(t, f.stop)
            if inches is not None and inches.value < 12:
                f.value, f.precision, f.stop = f.value + inches.value / 12, 1 / 12, f.stop + 2

    def pounds_are_money(self, f: Figure) -> bool:
        """Pounds of millions, of thousands, or near words of paying are money."""
        if f.number.scale >= 1e6:
            return True
        low = self.t.low
        near = low[max(0, f.begin - 8) : f.begin] + low[f.stop : f.stop + 6]
        heavy = {"weigh", "weighs", "weighed", "weighing", "weight", "heavy", "lost", "gained", "lose", "gain", "bag", "meat",
                 "lb", "kilograms", "kg", "carry", "load", "torque", "thrust", "pressure", "of"}  # fmt: skip
        money = {"cost", "costs", "worth", "pay", "paid", "pays", "price", "priced", "fine", "fined", "fee", "earn", "earns",
                 "spend", "spent", "spending", "salary", "bill", "debt", "raise", "raised", "fund", "funding", "budget", "save",
                 "charged", "charge", "bonus", "wage", "wages", "cheaper", "invest", "profit", "loss", "sterling", "tax"}  # fmt: skip
        return any(word in money for word in near) and not any(word in heavy for word in near)

    def unit_sign(self, f: Figure, j: int, glued: bool) -> tuple[object, int] | tuple[None, int]:  # type: ignore[override]
        """The unit whose sign stands at token j ("km", "km/h", "°C"), and its width in tokens."""
        t = self.t
        raw = t.raw
        for width in (4, 3, 2):
            if all(t.glued(j + k) for k in range(1, width)):
                sign = "".join(raw[j : j + width])
                if sign in UNIT_SIGNS and not nouns.is_word(raw[j + width]) or (sign in UNIT_SIGNS and not t.glued(j + width)):
                    return UNIT_SIGNS[sign], width
        sign = raw[j]
        unit = UNIT_SIGNS.get(sign)
        if unit is None:
            if sign == "'" and glued:
                return (UNITS["foot"], 1) if self.feet_mark(f, j) else (None, 0)
            return None, 0
        after = t.low[j + 1]
        if sign == "in" and not (glued or after in (".", ")", "x", "by", ",")):
            return None, 0
        if sign in ("m", "s", "h", "t", "g", "l", "C", "F", "A", "V", "N", "J", "W", "K", "L", "min", "sec", "mo", "mi", "pt", "ct") and not glued:
            ok = not nouns.is_word(after) or after in lex.STOP or sign in ("mi", "V", "W", "m", "g", "C", "F", "min", "sec", "kt")
            if not ok or (sign in ("A",) and nouns.is_word(after)):
                return None, 0
        if sign == "in":
            return unit, 1
        if sign == "C" and not glued and f.value > 3000:
            return None, 0
        return unit, 1

    def feet_mark(self, f: Figure, j: int) -> bool:
        """Whether the mark after "30" is a foot, not the end of a quotation: no mark opened before it."""
        t = self.t
        return "'" not in t.low[max(0, j - 25) : j]

    def share_of_fraction(self, f: Figure) -> None:
        """ "half of the voters", "two thirds": a share, in percent."""
        t = self.t
        word = t.low[f.number.stop - 1]
        after = t.low[f.stop]
        if word == "quarter" and after == "of" and t.low[f.stop + 1].isdigit():
            return
        if f.number.digits and after not in ("of",):
            return
        f.value, f.precision, f.kind, f.unit = f.value * 100, 1.0, K.SHARE, "percent"

    def per(self, f: Figure) -> None:
        """ "a day", "per litre", "/year", "annually" behind a figure with a unit or behind what it counts."""
        found = self.per_at(f.stop)
        if found is not None:
            f.per, f.stop = found

    def per_at(self, j: int) -> tuple[str, int] | None:
        t = self.t
        low = t.low
        word = low[j]
        if word == "-" and t.glued(j) and low[j + 1] in ("a", "an", "per") and low[j + 2] == "-" and nouns.is_word(low[j + 3]):
            return self.per_name(low[j + 3]), j + 4
        if word in ("per", "a", "an", "each", "every") and not t.glued(j):
            noun = low[j + 1]
            if word == "per" and nouns.is_word(noun) and noun not in ("cent", "se"):
                if noun == "square" or noun == "cubic":
                    return f"{noun} {self.per_name(low[j + 2])}", j + 3
                if noun == "fluid" and low[j + 2] == "ounce":
                    return "fluid ounce", j + 3
                return self.per_name(noun), j + 2
            if word != "per" and noun in lex.RATE_NOUNS and not (noun in ("day", "week", "month", "year", "hour") and low[j + 2] in ("ago", "earlier", "later", "before", "after", "on", "old")):  # fmt: skip
                return self.per_name(noun), j + 2
            if word == "per" and numerals.is_digits(noun):
                inner = numerals.read(t, j + 1)
                if inner is not None and inner.value >= 100:
                    stop = nouns.counted(t, inner.stop, one=False)
                    return self.slice(j + 1, max(stop, inner.stop)), max(stop, inner.stop)
            return None
        if word == "/" and nouns.is_word(low[j + 1]) and t.glued(j + 1):
            sign = t.raw[j + 1]
            unit = UNIT_SIGNS.get(sign) or UNIT_WORDS.get(low[j + 1])
            if unit is not None or low[j + 1] in lex.RATE_NOUNS:
                return (unit.name if unit else low[j + 1]), j + 2
        if word in lex.PER_ADVERBS and not t.glued(j):
            return lex.PER_ADVERBS[word], j + 1
        return None

    @staticmethod
    def per_name(word: str) -> str:
        unit = UNIT_WORDS.get(word) or UNIT_SIGNS.get(word)
        return unit.name if unit is not None else word

    # ------------------------------------------------------------ figures in pairs

    def one_in(self, n: Numeral) -> tuple[list[Quantity], int] | None:
        """ "one in five", "nine out of ten": a share."""
        t = self.t
        low, j = t.low, n.stop
        if n.fraction or n.scale != 1 or n.value < 1 or n.value != int(n.value):
            return None
        if low[j] == "out" and low[j + 1] == "of":
            k = j + 2
        elif low[j] in ("in", "-in-") and n.value <= 10:
            k = j + 1
        elif low[j] == "-" and low[j + 1] == "in" and low[j + 2] == "-":
            k = j + 3
        else:
            return None
        if low[k] == "every":
            k += 1
        whole = numerals.read(t, k) if low[k] in numerals.STARTERS or numerals.is_digits(low[k]) else None
        if whole is None or whole.value <= n.value or whole.ordinal or whole.fraction or whole.high or whole.value < 2:
            return None
        if low[j] != "out":
            if whole.plain and 1900 <= whole.value <= 2100:
                return None
            if n.value > 1 and whole.value not in (3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000):
                return None
            unit = low[whole.stop]
            if unit in UNIT_STARTS or unit in lex.DAYS or t.raw[whole.stop] == "%" or t.low[n.begin - 1] == "$":
                return None
            if low[n.begin - 1] in ("no", "number", "only", "every") and low[n.begin - 1] in ("no", "number"):
                return None
            if n.digits != whole.digits and n.value != 1:
                return None
        f = Figure(n.begin, whole.stop, n, 100 * n.value / whole.value, None, 1.0, K.SHARE, "percent")
        return self.finish(f)

    def pair(self, f: Figure) -> tuple[list[Quantity], int] | None:
        """A range or a score that begins with the figure; None where it stands alone."""
        t = self.t
        low, j = t.low, f.stop
        word = low[j]
        tight = False
        if word == "-" and t.glued(j) == (t.start[j + 1] == t.end[j]):
            tight = t.glued(j)
            k = j + 1
            if low[k] == "to" and tight and low[k + 1] == "-":
                k += 2
        elif word == "-" and low[j + 1] == "to" and low[j + 2] == "-":
            k = j + 3
        elif word in ("to", "through", "or") or (word == "and" and self.between(f.begin)):
            k = j + 1
        else:
            return None
        if low[k] in ("the", "a", "about", "around", "perhaps", "as") or not low[k]:
            if low[k] not in ("about", "around", "perhaps") and low[k] != "a":
                return None
            k += low[k] in ("about", "around", "perhaps")
        skip = k
        while t.raw[skip] in CURRENCY_SIGNS or (t.raw[skip] in ("-", "+") and t.glued(skip + 1) and skip < k + 1):
            skip += 1
            if skip > k + 3:
                return None
        if low[skip] == "a" and low[skip + 1] in numerals.STARTERS:
            skip += 1
        if not (numerals.is_digits(low[skip]) or low[skip] in numerals.STARTERS):
            return None
        n = numerals.read(t, skip)
        if n is None or n.ordinal or (n.digits and t.glued(n.stop) and low[n.stop] in ("th", "st", "nd", "rd")):
            return None
        g = self.figure(n)
        if g is None or g.begin < k or g.begin > skip:
            return None
        if tight and f.kind is K.COUNT and g.kind is K.COUNT and f.number.plain and g.number.plain and low[g.stop] == "-" and t.glued(g.stop) and numerals.is_digits(low[g.stop + 1]):  # fmt: skip
            return [], g.stop + 2  # 555-123-4567, a date
        if word in ("or",):
            if not (f.kind is K.COUNT and f.unit is None and g.value == f.value + 1 and f.number.scale == 1 and not f.number.article and f.value > 1):  # fmt: skip
                return None
        if f.unit is not None and g.unit is not None and (f.unit != g.unit or f.kind != g.kind):
            return None
        if g.unit is None and f.unit is not None and f.kind is not K.MONEY:
            return None
        if g.unit is None and f.kind is K.MONEY and f.begin == f.number.begin:
            return None
        self.share_scale(f, g)
        if word == "to" and self.changing(f):
            return None
        plain = f.kind is K.COUNT and g.kind is K.COUNT and f.unit is None and g.unit is None
        if plain and f.number.plain and g.number.plain and f.number.digits and g.number.digits:
            if is_year(f.number, low[f.number.begin]) and (is_year(g.number, low[g.number.begin]) or len(low[g.number.begin]) == 2):
                return [], g.stop
            if self.dated(f.begin, g.stop):
                return [], g.stop
            if word == "-" and low[j] == "-" and self.is_score(f, g):
                return self.score(f, g)
        elif plain and tight and not f.number.digits and not g.number.digits and f.value > g.value:
            return self.score(f, g)
        low_value, high_value = self.signed(f), self.signed(g)
        if low_value >= high_value:
            if tight and plain:
                return self.score(f, g)
            return None
        if word == "-" and not tight and plain:
            return None
        unit = g.unit or f.unit
        kind = g.kind if g.unit else f.kind
        joined = Figure(f.begin, g.stop, f.number, low_value, high_value, min(f.precision, g.precision), kind, unit, g.per, compound=g.compound)
        if joined.kind is K.COUNT and self.names_something(joined) and self.names_something(f):
            return [], g.stop
        return self.finish(joined, between=True)

    @staticmethod
    def share_scale(f: Figure, g: Figure) -> None:
        """ "$10-12bn", "four to five thousand": the scale of the second holds for both."""
        if g.number.scale > 1 and f.number.scale == 1 and f.value < g.value / g.number.scale and f.value != 0:
            f.value *= g.number.scale
            f.precision *= g.number.scale

    @staticmethod
    def signed(f: Figure) -> float:
        return -f.value if f.negative else f.value

    def between(self, begin: int) -> bool:
        """Whether "between" or "from" opens the range that begins at the token."""
        low = self.t.low
        return low[begin - 1] == "between" or (low[begin - 2] == "between" and low[begin - 1] in lex.FILLERS | {"about"})

    def changing(self, f: Figure) -> bool:
        """Whether "from 12 to 9" says a change: a verb of change stands before "from"; or the first is the change itself."""
        low, k = self.t.low, f.begin - 1
        if low[k] in ("by", "up", "down", "another", "rose", "fell"):
            return True
        if low[k] in lex.CHANGE and low[k] not in ("up", "down"):
            return True
        if low[k] != "from":
            return any(low[k - d] in lex.CHANGE and low[k - d + 1] != "from" for d in range(3) if low[k - d + 1] in lex.ADVERBS)
        return any(low[k - d] in lex.CHANGE or low[k - d] in lex.CHANGE_NOUNS for d in (1, 2, 3, 4, 5))

    def is_score(self, f: Figure, g: Figure) -> bool:
        t = self.t
        low = t.low
        if f.value >= g.value and f.value < 1000:
            return nouns.counted(t, g.stop, one=False) == g.stop or f.value > g.value
        near = low[max(0, f.begin - 6) : f.begin] + low[g.stop : g.stop + 5]
        return f.value < 300 and any(word in lex.SCORE_WORDS for word in near) and low[f.begin - 1] not in ("between", "from")

    def score(self, f: Figure, g: Figure) -> tuple[list[Quantity], int]:
        """ "52-48", "3-2": `value` is None, `low` and `high` the smaller and the larger figure."""
        t = self.t
        stop = g.stop
        if t.low[stop] == "-" and t.glued(stop) and numerals.is_digits(t.low[stop + 1]):
            return [], stop + 2
        if self.named_before(f.begin, f.number):
            return [], stop
        low, high = sorted((f.value, g.value))
        made = self.make(f.begin, stop, K.SCORE, C.EQUAL, None, low, high, 1.0)
        return [made], stop

    # ------------------------------------------------------------ numbers that count nothing

    def names_something(self, f: Figure) -> bool:
        """Whether a bare figure is a year, a day of a month, a time, a list number or a part of a name."""
        t, n = self.t, f.number
        low, raw = t.low, t.raw
        b, s = f.begin, f.stop
        before, after = low[b - 1], low[s]
        if not n.digits:
            return self.word_counts_nothing(f)
        if not n.plain:
            return f.value == 0 or (before in ("version", "versions", "v") and "." in low[n.begin])
        if self.dated(b, s):
            return True
        if after in lex.CLOCK or (after == "-" and low[s + 1] in lex.CLOCK):
            return True
        if before in ("#", "/", "@", ":") and t.glued(b):
            return True
        if after in ("/", ":", "@", "_", "+", "#") and t.glued(s) and after != "+":
            return True
        if after == "+" and t.glued(s) and numerals.is_digits(low[s + 1]):
            return True
        if before == "+" and t.glued(b - 1):
            return True
        if len(low[n.begin]) > 1 and low[n.begin][0] == "0":
            return True
        if is_year(n, low[n.begin]) and self.reads_as_year(f):
            return True
        if self.named_before(b, n):
            return not self.counts_people(s)
        if (after in (".", ")") and t.glued(s) and (before in ("", "\n", "(") or before.startswith("\n"))) and n.value < 100:
            return True  # a list number
        return False

    def word_counts_nothing(self, f: Figure) -> bool:
        """ "one" and other bare number words that stand for a pronoun or a name."""
        t, n = self.t, f.number
        low = t.low
        before, after = low[f.begin - 1], low[f.stop]
        if n.value == 0:
            return True
        if n.value == 1 and n.high is None and low[n.begin] == "one":
            if before in ("no", "any", "every", "some", "this", "that", "which", "each", "number", "the", "other", "another", "day", "or", "-"):  # fmt: skip
                return True
            if after == "of":
                return low[f.stop + 1] not in ("the", "my", "our", "his", "her", "their", "its", "your")
            if after in lex.STOP or not nouns.is_word(after) or after.endswith("'s") or after in ("thing", "day", "way", "time", "side", "hand-"):
                return True
            return after in ("day", "can", "might", "another", "or", "who")
        if before in lex.DESIGNATORS or (after == "-" and t.glued(f.stop)):
            return n.scale == 1 and n.high is None
        return False

    def reads_as_year(self, f: Figure) -> bool:
        """A number of four digits between 1500 and 2100 is a year unless something says that it counts."""
        t = self.t
        low, b, s = t.low, f.begin, f.stop
        before = low[b - 1]
        if before in ("than", "least", "nearly", "almost", "exactly", "estimated", "approximately", "roughly", "over", "another"):
            return False
        if before in ("in", "since", "of", "by", "until", "till", "during", "from", "to", "the", "a", "this", "early", "late",
                      "mid", "fiscal", "year", "for", "before", "after", "between", "through", "(", ",", "its", "their", "his",
                      "her", "and", "circa", "our", "-", "about", "around", "back", "as", "our") or before in lex.MONTHS:  # fmt: skip
            return not self.counts_people(s) or before in ("the", "in", "since")
        return not self.counts_people(s)

    def counts_people(self, s: int) -> bool:
        """Whether a noun follows that a bare number surely counts."""
        t = self.t
        stop = nouns.counted(t, s, one=False)
        if stop == s:
            return False
        head = t.low[stop - 1]
        return stop <= s + 2 and head in _SURE_NOUNS

    def dated(self, b: int, s: int) -> bool:
        """Whether tokens [b, s) are days of a month."""
        t = self.t
        low, raw = t.low, t.raw
        k = b - 1
        if low[k] == "." and low[k - 1] in lex.MONTHS:
            k -= 1
        if low[k] in lex.MONTHS or (raw[k] == "May"):
            return True
        if low[k] == "," and low[k - 2] in lex.MONTHS:
            return True
        k = s
        if low[k] == "of":
            k += 1
        if low[k] in lex.MONTHS or raw[k] == "May":
            return self.t.raw[k][:1].isupper()
        return bool(low[k] in ("and", "-", "to", "or") and low[k + 1].isdigit() and low[k + 2] in lex.MONTHS)

    def named_before(self, b: int, n: Numeral) -> bool:
        """Whether the word before a bare number makes a name with it: "Boeing 737", "Article 5"."""
        t = self.t
        if not n.digits or not n.plain:
            return False
        low, raw = t.low, t.raw
        before = low[b - 1]
        if not before or t.glued(b):
            return before in ("#",)
        if before == "." and low[b - 2] in ("no", "nos", "vol", "fig", "art", "sec", "pp", "p", "pt", "ch"):
            return True
        if before in lex.DESIGNATORS:
            return True
        word = raw[b - 1]
        if not (word[:1].isupper() and word[:1].isalpha()) or before in lex.NOT_A_NAME or before in lex.MONTHS:
            return False
        if before in lex.CHANGE or before.endswith(("ly",)):
            return False
        opens = low[b - 2] in ("", ".", "\n", '"', ":", "?", "!") or low[b - 2].startswith("\n")
        return not (opens and before in _OPENERS)

    # ------------------------------------------------------------ words for ratios, ranks

    def ratio_word(self, i: int) -> tuple[list[Quantity], int]:
        """ "twice as many", "doubled", "threefold": a ratio."""
        t = self.t
        low = t.low
        word = low[i]
        value = lex_ratio[word]
        after = low[i + 1]
        if word == "twice":
            if after not in ("as", "the", "that", "what", "its", "their", "his", "her", "more"):
                return [], i + 1
            if after == "the" and low[i + 2] not in ("size", "number", "amount", "rate", "price", "level", "national", "average", "usual", "normal", "previous", "figure", "value", "length", "speed", "cost", "total", "population"):  # fmt: skip
                return [], i + 1
            return self.finish(Figure(i, i + 1, _numeral(i, value), value, None, 1.0, K.RATIO, "times"))
        if word in ("double", "triple", "quadruple"):
            if after not in ("the", "that", "what", "its", "their", "in", "to", "by", "from") or low[i - 1] in ("a", "the"):
                return [], i + 1
        f = Figure(i, i + 1, _numeral(i, value), value, None, 1.0, K.RATIO, "times")
        made, stop = self.finish(f)
        if word != "twice" and made:
            direction = "down" if word == "halved" else "up"
            made = [made[0].model_copy(update={"change": direction})]
        return made, stop

    def rank(self, n: Numeral) -> list[Quantity]:
        """ "10th", "the sixth round": a rank; dates, centuries and fractions are none."""
        t = self.t
        low = t.low
        b, s = n.begin, n.stop
        if n.value in (1, 2) and not n.digits:
            if low[s] not in ("place", "round", "floor", "term", "seed", "grade", "quarter-") or low[s] in ("quarter",):
                return []
        if low[b - 1] in lex.MONTHS or t.raw[b - 1] == "May" or low[s] in lex.MONTHS or t.raw[s] == "May":
            return []
        if low[s] == "of" and (low[s + 1] in lex.MONTHS or t.raw[s + 1] == "May"):
            return []
        if low[s] in ("century", "centuries", "street", "avenue", "st", "ave", "amendment", "congress", "circuit", "fleet",
                      "army", "division", "battalion", "regiment", "district", "party", "world", "parties"):  # fmt: skip
            return []
        if low[s] == "-" and t.glued(s) and low[s + 1] == "century":
            return []
        if low[b - 1] == "the" and low[s] in ("", ",", ".", ";", "and") and low[b - 2] in ("on", "of", "by", "until", "from"):
            return []
        if low[b - 1] in ("a", "an") and low[s] not in ("place",) and n.value == 3 and not nouns.is_word(low[s]):
            return []
        if t.raw[s][:1].isupper() and low[s] not in ("place",):
            return []
        of = nouns.counted(t, s, one=True)
        return [
            self.make(b, s, K.RANK, C.EQUAL, n.value, n.value, n.value, 1.0, of=self.slice(s, of) if of > s else None)
        ]

    # ------------------------------------------------------------ bounds, change, what is counted

    def finish(self, f: Figure, *, between: bool = False) -> tuple[list[Quantity], int]:
        """The quantity of a figure: comparator on both sides, age, direction, and what it counts."""
        t = self.t
        low = t.low
        n = f.number
        comparator, begin = self.comparator_before(f.begin)
        if between and low[begin - 1] == "between" and t.start[begin - 1] >= self.floor:
            begin -= 1
            if comparator is C.EQUAL and low[begin - 1] in ("of", "somewhere") and low[begin - 1] == "somewhere":
                begin -= 1
        elif between and low[begin - 1] == "from" and t.start[begin - 1] >= self.floor:
            begin -= 1
        end, of, kind, unit = f.stop, None, f.kind, f.unit
        after, end = self.comparator_after(end)
        if kind is K.DURATION and unit == "year" and self.is_age(f, end):
            kind = K.AGE
            end = self.age_end(end)
            if after is None:
                after, end = self.comparator_after(end)
        elif kind is K.COUNT and unit is None and (age_end := self.bare_age(f, begin, end)) is not None:
            kind, unit = K.AGE, "year"
            end = age_end
            if after is None:
                after, end = self.comparator_after(end)
        elif kind is K.COUNT and low[end] == "times" and self.times_is_ratio(end):
            kind, unit, end = K.RATIO, "times", end + 1
        elif kind is K.COUNT and t.raw[f.stop] == "x" and t.glued(f.stop):
            kind, unit, end = K.RATIO, "times", f.stop + 1
        tail = end
        if kind is K.COUNT:
            of, tail = self.counted(f, end)
            if of is None and self.bare_counts_nothing(f, begin, end):
                return [], f.stop
            if of is not None:
                if after is None:
                    after, tail = self.comparator_after(tail)
                per = self.per_at(tail)
                if per is not None:
                    f.per, tail = per
                if after is None:
                    after, tail = self.comparator_after(tail)
            else:
                kind = K.COUNT if n.scale > 1 or n.plain or not n.digits else K.NUMBER
        elif kind in (K.SHARE, K.MONEY, K.MEASURE, K.DURATION, K.POINTS):
            if after is None:
                after, end = self.comparator_after(end)
            of = self.whole(end, kind)
            if kind is K.SHARE and of is None and n.fraction and nouns.is_word(low[end]):
                first, stop = nouns.phrase(t, end)
                if low[end] in lex.DETERMINERS and stop > first:
                    of = self.slice(first, stop)
            tail = end
        if kind is K.AGE:
            tail = end
        change = self.change(f, begin, tail, kind)
        if kind is K.DURATION and comparator is C.MORE and low[f.begin - 1] == "over" and low[f.begin - 2] not in ("for", "lasted", "took", "just", "well", "after", "aged", "is", "was"):  # fmt: skip
            comparator, begin = C.EQUAL, f.begin
        if after is not None and comparator in (C.EQUAL, C.ABOUT):
            comparator = after
        if n.about and comparator is C.EQUAL:
            comparator = C.ABOUT
        end_token = max(end, f.stop)
        if kind is K.COUNT and of is None:
            end_token = max(end_token, f.stop)
        elif kind is K.COUNT and tail > end and (after is not None or f.per is not None):
            end_token = tail
        return [self.bounded(f, begin, end_token, kind, unit, comparator, of, change, between)], max(end_token, f.stop)

    def bounded(self, f: Figure, begin: int, stop: int, kind: QuantityKind, unit: str | None, comparator: Comparator,
                of: str | None, change: str | None, between: bool) -> Quantity:  # fmt: skip
        """The interval of the design's table."""
        value: float | None = self.signed(f) if not between else f.value
        cap = 100.0 if kind is K.SHARE and change is None else None
        low: float | None = value
        high: float | None = value
        low_open = high_open = False
        if f.high is not None and between:
            low, high, value = f.value, f.high, None
            if comparator is C.EQUAL:
                comparator = C.RANGE
        elif f.high is not None:
            low, high, high_open, value = f.value, f.high, True, None
            if comparator is C.EQUAL:
                comparator = C.RANGE
        if comparator in (C.MORE, C.AT_LEAST):
            high, high_open, low_open = cap, False, comparator is C.MORE
            if cap is not None and low is not None and low > cap:
                high = None
        elif comparator in (C.LESS, C.AT_MOST):
            upper = high
            low, low_open = (None if (value is not None and value < 0) or kind in _SIGNED else 0.0), False
            high, high_open = upper, comparator is C.LESS
            if kind is K.MEASURE and unit is not None and unit.startswith("degree"):
                low = None
        elif comparator in (C.ABOUT, C.ALMOST) and value is not None:
            half = f.precision / 2
            low, high = value - half, value if comparator is C.ALMOST else value + half
            high_open = comparator is C.ALMOST
            if cap is not None and high is not None and value <= cap:
                high = min(high, cap)
        return self.make(begin, stop, kind, comparator, value, low, high, f.precision, unit=unit, per=f.per, of=of,
                         change=change, low_open=low_open, high_open=high_open)  # fmt: skip

    def comparator_before(self, b: int) -> tuple[Comparator, int]:
        """The comparator whose words end at token b, and where its words begin."""
        t = self.t
        low = t.low
        k = b - 1
        skipped = 0
        while low[k] in lex.FILLERS and skipped < 3 and t.start[k] >= self.floor and low[k] not in ("estimated", "minimum", "maximum"):
            if low[k] in ("just",) and low[k + 1] in ("under", "over"):
                break
            k -= 1
            skipped += 1
        for stop in (k + 1, b) if k + 1 != b else (b,):
            if low[stop - 1] not in lex.BEFORE_LAST:
                continue
            for width in range(lex.BEFORE_LONGEST, 0, -1):
                comparator = lex.BEFORE.get(tuple(low[stop - width : stop]))
                if comparator is None or t.start[stop - width] < self.floor:
                    continue
                if width == 1 and low[stop - 1] in ("past", "near", "over", "minimum", "within", "beyond") and stop != b:
                    break
                begin = stop - width
                if comparator is C.AT_MOST and low[stop - 1] == "to" and low[stop - 2] == "up" and self.rises(begin):
                    break
                while begin > 0 and low[begin - 1] in ("just", "only", "slightly", "a", "little", "well", "far", "significantly", "much") and t.start[begin - 1] >= self.floor and low[begin - 1] not in ("a",):  # fmt: skip
                    begin -= 1
                inner = comparator
                if comparator is C.ABOUT and low[begin - 1] in lex.BEFORE_LAST:
                    for wide in range(3, 0, -1):
                        outer = lex.BEFORE.get(tuple(low[begin - wide : begin]))
                        if outer is not None and t.start[begin - wide] >= self.floor:
                            return inner, begin - wide
                return comparator, begin
        return C.EQUAL, b

    def rises(self, up: int) -> bool:
        """Whether "up" in "went up to 5" belongs to a verb of moving."""
        return self.t.low[up - 1] in ("went", "gone", "going", "goes", "moved", "ticked", "edged", "inched", "crept", "shot", "revised")

    def comparator_after(self, s: int) -> tuple[Comparator | None, int]:
        """The comparator whose words begin at token s, and where they end."""
        t = self.t
        low = t.low
        if low[s] == "+" and t.glued(s):
            return C.AT_LEAST, s + 1
        if low[s] == "-" and t.glued(s) and t.glued(s + 1) and low[s + 1] in ("plus", "odd", "ish"):
            return lex.AFTER[(low[s + 1],)], s + 2
        if low[s] == "ish" and t.glued(s):
            return C.ABOUT, s + 1
        if low[s] in ("or", "and", "give"):
            for width in (3, 2):
                comparator = lex.AFTER.get(tuple(low[s : s + width]))
                if comparator is not None:
                    return comparator, s + width
        if low[s] == "," and low[s + 1] == "and" and low[s + 2] == "counting":
            return C.AT_LEAST, s + 3
        if low[s] == "plus" and not numerals.is_digits(low[s + 1]) and low[s + 1] not in ("a", "the", "an") and t.raw[s + 1] != "$":
            return C.AT_LEAST, s + 1
        if low[s] == "at" and low[s + 1] in ("least", "most") :
            return lex.AFTER[("at", low[s + 1])], s + 2
        return None, s

    def change(self, f: Figure, begin: int, stop: int, kind: QuantityKind) -> str | None:
        """ "up" or "down" when the figure is the size of a change: a verb of change before it, or its noun behind it."""
        t = self.t
        low = t.low
        k = begin - 1
        by = False
        steps = 0
        while (low[k] in lex.ADVERBS or low[k] == "by" or low[k] in lex.FILLERS) and steps < 4:
            by |= low[k] == "by"
            k -= 1
            steps += 1
        word = low[k]
        if word in lex.PARTICLES and (word in ("up", "down") or low[k - 1] in lex.CHANGE or low[k - 1] in ("edged", "ticked", "inched", "moved", "closed", "ended", "finished", "traded", "was", "were", "is", "went", "came", "crept")):  # fmt: skip
            if word in ("off", "back", "ahead") and kind is K.COUNT:
                return None
            if word == "up" and low[k + 1] == "to":
                return None
            return lex.PARTICLES[word]
        direction = lex.CHANGE.get(word)
        if direction is not None:
            if by or kind in (K.SHARE, K.POINTS) or (kind in (K.MONEY, K.MEASURE, K.NUMBER)):
                return direction
            if kind is K.COUNT and (word not in lex.TRANSITIVE) and not by:
                return direction
        after = low[stop]
        if after == "-" and t.glued(stop):
            after = low[stop + 1]
        if kind in (K.SHARE, K.POINTS, K.NUMBER, K.MONEY, K.RATIO):
            for d in range(3):
                noun = low[stop + d]
                if noun in lex.CHANGE_NOUNS and (d == 0 or low[stop] not in lex.STOP):
                    if noun in ("cuts", "cut", "growth", "hike", "raise") and kind is K.MONEY and d:
                        break
                    return lex.CHANGE_NOUNS[noun]
                if noun in lex.STOP or not nouns.is_word(noun):
                    break
            if low[begin - 1] == "of" and low[begin - 2] in lex.CHANGE_NOUNS and kind in (K.SHARE, K.POINTS):
                return lex.CHANGE_NOUNS[low[begin - 2]]
            if after in ("higher", "lower") and kind in (K.SHARE, K.POINTS):
                return lex.PARTICLES[after]
            if after in ("more", "less", "fewer") and low[stop + 1] == "than" and kind is K.SHARE:
                return "up" if after == "more" else "down"
        return None

    def is_age(self, f: Figure, end: int) -> bool:
        """ "34-year-old", "34 years old", "34 years of age"."""
        low = self.t.low
        if low[end] == "-" and low[end + 1] in ("old", "olds"):
            return True
        return low[end] in ("old", "olds") or (low[end] == "of" and low[end + 1] == "age")

    def age_end(self, end: int) -> int:
        low = self.t.low
        if low[end] == "-":
            return end + 2
        return end + 2 if low[end] == "of" else end + 1

    def bare_age(self, f: Figure, begin: int, end: int) -> int | None:
        """ "aged 34", "the age of 18", "Smith, 34,", "18 and older", "who was 10": where the age ends, else None."""
        t, n = self.t, f.number
        low, raw = t.low, t.raw
        if not 0 < f.value < 125 or n.value != int(n.value) or n.high is not None or n.fraction:
            return None
        before = low[begin - 1]
        if before in ("aged", "age") or (before == "of" and low[begin - 2] in ("age", "ages")) or before == "ages":
            return end
        if before in ("between", "from") and low[begin - 2] in ("aged", "ages"):
            return end
        if low[f.begin - 1] == "between" and low[f.begin - 2] in ("aged", "ages"):
            return end
        if not n.digits or not n.plain:
            return None
        if begin == f.begin and before == "," and raw[begin - 2][:1].isupper() and nouns.is_word(raw[begin - 2]) and low[begin - 2] not in lex.MONTHS | lex.DAYS and (low[end] in (",", "(", ";") or (low[end] in (".", "who", "of", "and", "from") and raw[begin - 3][:1].isupper())):  # fmt: skip
            if low[end] == "," and numerals.is_digits(low[end + 1]):
                return None
            return end
        if before == "(" and low[end] == ")" and raw[begin - 2][:1].isupper() and raw[begin - 3][:1].isupper() and f.value > 14:
            return end
        if low[end - 1] in ("older", "younger") and end > f.stop:
            return end
        ends = low[end] in (".", ",", "", ";", "when", "at") or low[end].startswith("\n")
        if before in ("was", "is", "turned", "turns", "turning", "i'm", "he's", "she's") and ends and low[end] != "at":
            if before in ("i'm", "he's", "she's", "turned", "turns", "turning") or low[begin - 2] in ("he", "she", "who", "i", "i", "they"):
                return end
        return None

    def times_is_ratio(self, end: int) -> bool:
        low = self.t.low
        return low[end + 1] in ("more", "as", "the", "higher", "larger", "bigger", "greater", "faster", "less", "that", "its", "what")

    def counted(self, f: Figure, end: int) -> tuple[str | None, int]:
        """What a count counts, and where those words end."""
        t, n = self.t, f.number
        low = t.low
        one = f.value == 1 and f.high is None
        j = end
        if low[j] == "of" and (low[j + 1] in ("the", "its", "their", "our", "his", "her", "my", "your", "these", "those", "them", "us")):
            if low[j + 1] in ("them", "us"):
                return None, end
            first, stop = nouns.phrase(t, j + 2 if low[j + 1] in ("the",) else j + 1)
            while low[first] in ("most", "best-", "more"):
                first += 1
                first, stop = nouns.phrase(t, first)
            if stop > first:
                return self.slice(first, stop), stop
            return None, end
        if low[j] == "of":
            first, stop = nouns.phrase(t, j + 1)
            if stop > first:
                return self.slice(first, stop), stop
            return None, end
        if low[j] in ("more", "other", "additional", "such", "different", "new", "fewer", "extra", "less") and low[j + 1] != "than":
            more = nouns.counted(t, j + 1, one=one)
            if more > j + 1:
                first = j + 1 if low[j] in ("more", "other", "fewer", "such", "less") else j
                return self.slice(first, more), more
        stop = nouns.counted(t, j, one=one)
        if stop > j:
            return self.slice(j, stop), stop
        return None, end

    def bare_counts_nothing(self, f: Figure, begin: int, end: int) -> bool:
        """Whether a figure with no unit and nothing counted says nothing by itself."""
        t, n = self.t, f.number
        low = t.low
        if n.high is not None or n.scale > 1 or begin != f.begin or f.high is not None:
            return False
        if not n.plain and n.digits:
            return False
        before = low[f.begin - 1]
        if not n.digits:
            return not (before in ("to", "from", "by", "at") and f.value > 1)
        if t.glued(end) and low[end] == "-":
            return True
        return before not in ("to", "from", "at", "by", "of", "was", "were", "is", "are", "reached", "hit", "total", "totalled",
                              "totaled", "up", "down", "killed", "injured", "wounded", "with", "leaving", "killing", "only",
                              "just", "for", "scored", "and", "than", "some", "versus", "vs", "had", "has", "have", "about",
                              "compared", "past", "another", "all", "rose", "fell", "beat", "averaged", "averaging", "between")  # fmt: skip

    def whole(self, j: int, kind: QuantityKind) -> str | None:
        """The noun phrase behind "of": the whole of a share, the stuff of a measure."""
        t = self.t
        low = t.low
        if low[j] == "-" and kind is K.MEASURE:
            return None
        if low[j] == "of" or (low[j] == "worth" and low[j + 1] == "of"):
            j += 1 if low[j] == "of" else 2
            if low[j] in ("all", "the") and low[j + 1] == "the":
                j += 1
            first, stop = nouns.phrase(t, j)
            return self.slice(first, stop) if stop > first else None
        if kind is K.MONEY and low[j] == "in" and nouns.is_word(low[j + 1]) and t.raw[j + 1].islower():
            first, stop = nouns.phrase(t, j + 1)
            if stop > first and low[j + 1] not in lex.DETERMINERS:
                return self.slice(first, stop)
        return None

    # ------------------------------------------------------------ making

    def slice(self, first: int, stop: int) -> str:
        t = self.t
        return " ".join(self.text[t.start[first] : t.end[stop - 1]].split())

    def make(self, begin: int, stop: int, kind: QuantityKind, comparator: Comparator, value: float | None,
             low: float | None, high: float | None, precision: float, *, unit: str | None = None, per: str | None = None,
             of: str | None = None, change: str | None = None, low_open: bool = False, high_open: bool = False) -> Quantity:  # fmt: skip
        t = self.t
        start, end = t.start[begin], t.end[stop - 1]
        return Quantity(
            as_written=self.text[start:end], start=start, end=end, kind=kind, comparator=comparator, value=_tidy(value),
            low=_tidy(low), high=_tidy(high), low_open=low_open, high_open=high_open, precision=_tidy(precision) or 1.0,
            unit=unit, per=per, of=of, change=change,
        )  # fmt: skip


def _tidy(value: float | None) -> float | None:
    """Removes what binary fractions add: 1.1 million is 1100000.0."""
    return None if value is None else float(f"{value:.12g}")


def _numeral(i: int, value: float) -> Numeral:
    return Numeral(i, i + 1, value, 1.0, digits=False, plain=False)


def is_year(n: Numeral, word: str) -> bool:
    """Whether the numeral could be a year."""
    return n.plain and len(word) == 4 and 1500 <= n.value <= 2100


lex_ratio = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "triple": 3.0, "tripled": 3.0, "triples": 3.0,
             "quadruple": 4.0, "quadrupled": 4.0, "quintupled": 5.0, "halved": 0.5}  # fmt: skip
_SIGNED = frozenset({K.POINTS})
_SURE_NOUNS = frozenset(
    "people men women children soldiers troops officers police workers employees students civilians votes deaths cases jobs"
    " homes houses residents passengers migrants refugees prisoners protesters patients victims households families companies"
    " units vehicles cars flights schools seats users customers members participants dead wounded injured voters migrants".split()
)
_OPENERS = frozenset("killed injured wounded arrested found sold police officials authorities firefighters rescuers doctors".split())
assert BASIS_POINT and POINT
