"""From tokens to quantities: which numerals count something, alone or in pairs, how bounded, and what they count."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from claims.models import Comparator, Quantity, QuantityKind
from claims.normalisation.quantities import (
    ages,
    bounds,
    context,
    elliptic,
    idle,
    lengths,
    nouns,
    numerals,
    pairs,
    shares,
)
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities.compounds import join_lengths
from claims.normalisation.quantities.counting import Counting
from claims.normalisation.quantities.figures import Figure, measure, read_figure
from claims.normalisation.quantities.names import is_named
from claims.normalisation.quantities.numerals import Numeral
from claims.normalisation.quantities.rates import rate_at
from claims.normalisation.quantities.tokens import PAD, is_digits, regions
from claims.normalisation.quantities.words import LENGTH_BOUNDS, OPENING, RATIO_WORDS
from claims.normalisation.words import Words

C, K = Comparator, QuantityKind
_DIGITS = "0123456789"


def find_quantities(text: str, *, words: Words | None = None, whole: bool = True) -> list[Quantity]:
    """Every figure of the text that counts or measures something, in order of appearance, not overlapping.

    `words`: `sign_words(text)`, when the caller has them. `whole`: "two hours and 15 minutes" is one length of time;
    else each of its figures is a quantity.
    Offsets count characters of `text`. Years, dates, times of day, numbers of telephones, lists, roads, rooms and
    names are left out. Never raises; time is linear in the length of the text.
    """
    found: list[Quantity] = []
    floor = 0
    for tokens, first, last in list(regions(text, words)):  # all of them first: one step at a time is faster
        reader = Reader(text, tokens, floor)
        found.extend(reader.read(first, last))
        floor = reader.floor
    return join_lengths(text, found) if whole else found


class Reader(Counting):
    """Reads one region from left to right. `floor` is the offset behind the last quantity: none may begin before it."""

    def read(self, first: int, last: int) -> list[Quantity]:
        """The quantities whose numeral begins at an offset in [first, last]."""
        t = self.t
        start, low = t.start, t.low
        i = bisect_left(start, first, PAD, t.size)
        stop = bisect_right(start, last + 1, i, t.size)
        while i < stop:
            word = low[i]
            char = word[0]
            if (word in OPENING or char.isdigit() or char == "." or not char.isascii()) and start[i] >= self.floor:
                i = i + 1 if self.is_cell(i) else max(i + 1, self.at(i))
            else:
                i += 1
        return self.found

    def is_cell(self, i: int) -> bool:
        """Whether digits stand between digits, as in a table: nothing says what they count."""
        low = self.t.low
        after = low[i + 1]
        if not (after and after[0] in _DIGITS and low[i - 1][:1] in _DIGITS and low[i][0] in _DIGITS and low[i - 1]):
            return False
        return len(after) != 3 or len(low[i]) > 3  # but "10 000"

    def at(self, i: int) -> int:
        """Reads the numeral at token i; returns the token to go on with."""
        t = self.t
        word = t.low[i]
        if word in RATIO_WORDS:
            return self.ratio_word(i)
        if word in LENGTH_BOUNDS:
            length = lengths.bounded(t, i)
            return self.finish(length) if length is not None else i + 1
        if word in ("half", "two") and t.low[i - 1] in ("a", "or"):
            length = lengths.prolonged(t, i)
            if length is not None and t.start[length.begin] >= self.floor:
                return self.finish(length, joined=length.high is not None)
        if (decade := ages.decade(t, i)) is not None:
            first, behind, low, high = decade
            self.add(first, behind, K.AGE, comparator=C.RANGE, low=low, high=high, high_open=True, unit="year")
            return behind
        n = numerals.read(t, i)
        if n is None:
            return i + 1
        if t.start[n.begin] < self.floor:
            return n.stop
        if n.plain and n.digits and t.glued(n.stop) and t.low[n.stop] in ("st", "nd", "rd", "th"):
            n.ordinal, n.stop = True, n.stop + 1
        if n.ordinal:
            return self.rank(n)
        if not n.digits and t.low[n.stop] == "-" and t.glued(n.stop) and is_digits(t.low[n.begin - 1]):
            return n.stop  # "38 three-pointers"
        if (share := shares.read(t, n)) is not None:
            return self.share(*share)
        f = read_figure(t, n, self.floor)
        if f is None:
            return n.stop
        if (stop := self.suspended(f)) is not None:
            return stop
        self.dimensions(f)
        self.coordinated(f)
        if (stop := self.pair(f)) is not None:
            return stop
        if f.kind is K.COUNT and idle.counts_nothing(t, f):
            return f.stop
        return self.finish(f)

    # ---------------------------------------------------------------- figures in pairs

    def share(self, f: Figure, noun: int | None) -> int:
        """Adds "one in five" or, with the noun between its numbers, "one voter in eight"; the token to go on with."""
        if noun is None:
            return self.finish(f)
        comparator, begin = bounds.comparator_before(self.t, f.begin, self.floor)
        value, low, high, low_open, high_open, comparator = bounds.interval(
            f, comparator, K.SHARE, joined=False, changing=False
        )
        self.add(begin, f.stop, K.SHARE, comparator=comparator, value=value, low=low, high=high, low_open=low_open,
                 high_open=high_open, unit="percent", of=self.words(noun, noun + 1))  # fmt: skip
        return f.stop

    def pair(self, f: Figure) -> int | None:
        """Reads a range or a score that begins with the figure; None where the figure stands alone."""
        t = self.t
        low = t.low
        joint = pairs.joint(t, f)
        if joint is None:
            return None
        word, tight, k = joint
        g = pairs.second(t, k)
        if g is None:
            return None
        if word == "to" and (pairs.is_odds(t, f, g) or pairs.is_vote(t, f, g)):
            return self.score(f, g)
        if low[f.stop] == "votes":
            return None  # "52 votes to 3 percent" is no pair
        bare = f.unit is None and g.unit is None
        both = f.number.plain and f.number.digits and g.number.plain and g.number.digits
        if (
            f.kind is K.COUNT
            and f.begin == f.number.begin
            and low[f.begin - 1] in ("in", "since", "by", "during", "of")
            and idle.is_year(f.number, low[f.number.begin])
            and not (word == "-" or idle.is_year(g.number, low[g.number.begin]))
        ):
            return None  # "from 12,000 in 1990 to 3,000"
        if tight and low[g.stop] == "-" and t.glued(g.stop) and is_digits(low[g.stop + 1]) and bare:
            while low[g.stop] == "-" and is_digits(low[g.stop + 1]):
                g.stop += 2
            return g.stop  # a telephone number, a date
        if word == "or" and not (f.value + 1 == g.value and f.number.scale == 1 and f.value > 1 and f.unit is None):
            return None
        if (
            f.unit is not None
            and f.unit != g.unit
            and not (g.unit is None and f.kind is K.MONEY and f.begin < f.number.begin)
        ):
            return None
        if g.number.scale > 1 and f.number.scale == 1 and 0 < f.value < g.value / g.number.scale:
            f.value, f.precision = f.value * g.number.scale, f.precision * g.number.scale
        if word == "to" and pairs.changes(t, f, g):
            return None
        if bare and both:
            if idle.is_dated(t, f.begin, g.stop) or low[g.stop] in lex.CLOCK:
                return g.stop
            years = idle.is_year(f.number, low[f.number.begin])
            if years and (idle.is_year(g.number, low[g.number.begin]) or (len(low[g.number.begin]) == 2 and tight)):
                return g.stop
        if bare and tight and pairs.is_score(t, f, g, both):
            return self.score(f, g)
        if (
            bare
            and both
            and word == "to"
            and f.value > g.value
            and lex.SCORE_WORDS.intersection(low[max(0, f.begin - 6) : f.begin])
        ):
            return self.score(f, g)
        if word == "to" and f.kind is K.COUNT and pairs.are_shares(f, g):
            self.add(f.begin, f.stop, K.SHARE, value=f.value, low=f.value, high=f.value, precision=f.precision,
                     unit="percent")  # fmt: skip
            return k
        if f.signed >= g.signed:
            return None
        if word == "-" and not tight and bare and not pairs.spaced_range(self.text, t, f, g, both):
            return None
        joined = _between(f, g)
        the_model = (
            bare and tight and both and low[f.begin - 1] == "the" and nouns.counted(t, g.stop, one=False) == g.stop
        )
        if joined.kind is K.COUNT and (is_named(t, f.begin, f.number) or the_model):
            return g.stop  # "the 737-800"
        return self.finish(joined, joined=True)

    def suspended(self, f: Figure) -> int | None:
        """ "7- or 8-inch", "four-, five- and six-cylinder": the figure has the unit or noun of the last of the row."""
        t = self.t
        low, j = t.low, f.stop
        if f.kind is not K.COUNT or low[j] != "-" or not t.glued(j) or (t.glued(j + 1) and low[j + 1] != ","):
            return None
        k = j + 1
        for _ in range(6):
            while low[k] in (",", "or", "and", "to"):
                k += 1
            n = numerals.read(t, k)
            if n is None or n.ordinal or n.fraction:
                return None
            g = read_figure(t, n, t.start[k])
            if g is None:
                return None
            if g.compound and low[j + 1] == "to" and g.begin == j + 2 and f.value < g.value:
                return self.finish(_between(f, g), joined=True)  # "18- to 24-year-old"
            if g.compound:
                f.kind, f.unit, f.compound = g.kind, g.unit, True
                break
            if low[g.stop] != "-" or not t.glued(g.stop):
                return None
            if nouns.is_word(low[g.stop + 1]) and t.glued(g.stop + 1):
                break
            k = g.stop + 1
        else:
            return None
        of = self.words(g.stop + 1, g.stop + 2) if f.kind is K.COUNT else None
        self.add(
            f.begin,
            f.stop,
            f.kind,
            value=f.signed,
            low=f.signed,
            high=f.signed,
            precision=f.precision,
            unit=f.unit,
            of=of,
        )
        return j + 1

    def dimensions(self, f: Figure) -> None:
        """ "30 x 20 metres", "5 by 4 feet": the first figure has the unit of the last."""
        low, k = self.t.low, f.stop
        while f.kind is K.COUNT and f.number.digits and low[k] in ("x", "×", "by") and is_digits(low[k + 1]):
            g = pairs.second(self.t, k + 1)
            if g is None:
                return
            if g.kind is K.MEASURE:
                f.kind, f.unit = g.kind, g.unit
            k = g.stop

    def coordinated(self, f: Figure) -> None:
        """ "27 and 29 years old", "5 or 10 percent": the first figure has the unit of the second."""
        t = self.t
        low, j = t.low, f.stop
        if f.kind is not K.COUNT or low[j] not in ("and", "or") or not f.number.digits or not is_digits(low[j + 1]):
            return
        if (
            idle.is_year(f.number, low[f.number.begin])
            or is_named(t, f.begin, f.number)
            or idle.is_dated(t, f.begin, j)
        ):
            return
        g = pairs.second(t, j + 1)
        if g is not None and g.kind in _COORDINATED and not g.compound and g.begin == j + 1:
            f.kind, f.unit = g.kind, g.unit
            if g.kind is K.DURATION and ages.years_old(t, g.stop) is not None:
                f.kind = K.AGE

    def score(self, f: Figure, g: Figure) -> int:
        """ "52-48", "3-2": no single value; `low` and `high` are the smaller and the larger figure."""
        low = self.t.low
        spoken = low[f.begin - 2] in lex.DETERMINERS  # "passed the bill 85-8"
        if spoken or not is_named(self.t, f.begin, f.number) or low[f.begin - 1] not in lex.DESIGNATORS:
            less, more = sorted((f.value, g.value))
            self.add(f.begin, g.stop, K.SCORE, low=less, high=more)
        return g.stop

    # ---------------------------------------------------------------- ratios and ranks

    def ratio_word(self, i: int) -> int:
        """ "twice as many", "doubled", "threefold": a ratio."""
        low = self.t.low
        word, after = low[i], low[i + 1]
        if word == "twice":
            measured = after == "the" and low[i + 2] in lex.MEASURED
            if not measured and after not in ("as", "that", "what", "its", "their"):
                return i + 1
        elif word in ("double", "triple", "quadruple"):
            measured = after == "the" and low[i + 2] in lex.MEASURED
            if not measured and after not in ("that", "what", "its", "their", "in", "to", "by", "from"):
                return i + 1
            if low[i - 1] in ("a", "the"):
                return i + 1
        change = "down" if word == "halved" else "up" if word != "twice" and word not in ("double", "triple") else None
        n = Numeral(i, i + 1, RATIO_WORDS[word], 1.0, digits=False, plain=False)
        return self.finish(Figure(i, i + 1, n, n.value, None, 1.0, K.RATIO, "times"), change=change)

    def rank(self, n: Numeral) -> int:
        """ "10th", "the sixth round": a rank. Dates, centuries, streets and names of events are none."""
        t = self.t
        low, raw = t.low, t.raw
        b, s = n.begin, n.stop
        placed = low[b - 1 - (low[b - 1] == "in")] in _PLACING and not nouns.is_word(low[s]) and low[s] != "-"
        if n.value in (1, 2) and not n.digits and low[s] not in _RANKED and not placed:
            return s
        if idle.is_dated(t, b, s) or raw[s][:1].isupper() or low[s] in lex.NOT_RANKED:
            return s
        if low[s] == "-" and t.glued(s) and low[s + 1] in lex.NOT_RANKED:
            return s
        if low[b - 1] == "the" and not nouns.is_word(low[s]) and low[b - 2] in ("on", "of", "by", "until", "from"):
            return s  # "on the 15th"
        stop = nouns.counted(t, s, one=True)
        self.add(b, s, K.RANK, value=n.value, low=n.value, high=n.value, of=self.words(s, stop))
        return s

    # ---------------------------------------------------------------- one figure, complete

    def finish(self, f: Figure, *, joined: bool = False, change: str | None = None) -> int:
        """Adds the quantity of a figure with comparators, what it counts and its direction; the token to go on with."""
        t = self.t
        low = t.low
        comparator, begin = bounds.comparator_before(t, f.begin, self.floor)
        if f.kind is K.DURATION and low[begin] in lex.OF_NO_TIME and low[f.stop] in ("ago", "earlier", "before"):
            comparator, begin = C.EQUAL, f.begin  # "higher than two years ago"
        if joined and low[begin - 1] in ("between", "from") and t.start[begin - 1] >= self.floor:
            begin -= 1
            comparator = C.EQUAL if comparator is C.AT_MOST else comparator  # "from up to 250 to 280 miles"
        after, end = bounds.comparator_after(t, f.stop)
        if after is not None and f.kind is K.COUNT and not joined:  # "15-plus years", "10 or more percent"
            stop, f.stop = f.stop, end
            measure(t, f)
            end, f.stop = f.stop, stop if f.kind is K.COUNT else f.stop
        kind, unit, of, tail, past = f.kind, f.unit, None, end, end
        if kind is K.COUNT:
            if (age_end := ages.bare(t, f, begin, end)) is not None:
                kind, unit, end = K.AGE, "year", age_end
                if low[f.begin - 1] == "turns":  # "who turns 40 this month" is 39 or 40
                    f.value, f.high, joined = f.value - 1, f.value, True
            elif (low[end] == "times" and (low[end + 1] in lex.AFTER_TIMES or f.value != int(f.value))) or (
                t.raw[end] == "x" and t.glued(end) and not t.glued(end + 1)
            ):
                kind, unit, end = K.RATIO, "times", end + 1
        elif (
            unit in ("year", "month", "week", "day", "decade", "century")
            and (age_end := ages.years_old(t, end)) is not None
        ):
            kind, end = K.AGE, age_end
        elif unit == "year" and (ages.says_age(low, begin - 1) or ages.says_age(low, f.begin - 1)):
            kind = K.AGE
        if after is None:
            after, end = bounds.comparator_after(t, end)
        tail = end
        if kind is K.COUNT:
            of, tail = self.counted(f, end)
            if of is not None:
                tail = max(tail, self.rate(f, tail))
                if after is None:
                    after, tail_end = bounds.comparator_after(t, tail)
                    end = tail_end if after is not None else end
                    tail = tail_end
                if f.per is not None:
                    end = tail
            elif self.says_nothing(f, begin, end):
                return f.stop
            else:
                end = max(end, self.rate(f, end))
                kind, unit, of = context.inherited(t, self.found, f, begin)
        elif kind is not K.AGE:
            of, whole_end = self.whole(f, end, kind)
            if of is not None and f.per is None and kind is not K.SHARE:
                past = self.rate(f, whole_end)
            if (
                f.number.fraction
                and kind is K.SHARE
                and of is None
                and begin == f.begin
                and low[begin - 1] not in _BEFORE_FRACTION
            ):
                return f.stop  # "half in jest"
        if (
            kind is K.DURATION
            and comparator is C.MORE
            and low[f.begin - 1] == "over"
            and low[f.begin - 2] not in lex.BEFORE_OVER
        ):
            comparator, begin = C.EQUAL, f.begin  # "over five weeks": during them
        change = (
            change
            or bounds.direction(t, f, begin, tail, kind)
            or context.alternative(self.text, t, self.found, begin, kind)
        )
        if after is not None and comparator in (C.EQUAL, C.ABOUT):
            comparator = after
        if comparator is C.EQUAL:
            comparator = C.ABOUT if f.number.about else context.converted(t, self.found, f, kind)
        f.unit = unit
        value, lowest, highest, low_open, high_open, comparator = bounds.interval(
            f, comparator, kind, joined=joined, changing=change is not None
        )
        self.add(begin, end, kind, comparator=comparator, value=value, low=lowest, high=highest, low_open=low_open,
                 high_open=high_open, precision=f.precision, unit=unit, per=f.per, of=of, change=change)  # fmt: skip
        return max(end, past)  # "10 grams of salt per 1,000 calories"

    def rate(self, f: Figure, at: int) -> int:
        found = rate_at(self.t, at)
        if found is None:
            return at
        f.per, stop = found
        return stop

    def says_nothing(self, f: Figure, begin: int, end: int) -> bool:
        """Whether a figure with no unit and nothing counted says nothing by itself."""
        t, n = self.t, f.number
        low = t.low
        if n.high is not None or f.high is not None or n.scale > 1 or begin != f.begin or (n.digits and not n.plain):
            return False
        if end > f.stop:
            return False
        before = low[f.begin - 1]
        if elliptic.stands_for_noun(t, f, end):
            return False
        if low[end : end + 3] == ["in", "a", "row"] or low[end] == "straight":
            return False  # "won 10 in a row"
        if t.raw[end][:1].isupper() and n.digits:
            return True  # "iPhone 11 and 11 Pro"
        if not n.digits:
            return f.value < 2 or before not in ("to", "from", "by", "at", "than")
        if low[end] in ("were", "are", "have", "x", "×") and f.value > 1:
            return False
        return (low[end] == "-" and t.glued(end)) or before not in lex.BEFORE_BARE


def _between(f: Figure, g: Figure) -> Figure:
    """The range from one figure to the other, with the unit of the first or else that of the second."""
    joined = Figure(f.begin, g.stop, f.number, f.signed, g.signed, min(f.precision, g.precision), f.kind, f.unit, g.per)
    if g.unit is not None:
        joined.kind, joined.unit, joined.compound = g.kind, g.unit, g.compound
    return joined


#: Behind "first" and "second", which else say an order: "second place"; before them: "came in second".
_RANKED = frozenset("place round floor term seed grade".split())
_PLACING = frozenset(
    "came comes come coming finished finishes finish finishing placed ran ranked ranks ranking".split()
)
#: Kinds whose unit the first of two figures takes over.
_COORDINATED = frozenset({K.MEASURE, K.DURATION, K.SHARE, K.POINTS})
_BEFORE_FRACTION = frozenset("by to from than least most fell rose up down lost about at".split())
