"""What a figure counts, or is a part of: the words around it that name people, things, stuff or a whole."""

from __future__ import annotations

from claims.models import QuantityKind
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns, numerals, pairs
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.record import Record
from claims.normalisation.quantities.tokens import Tokens, is_digits

K = QuantityKind
_OWNING = frozenset("a an his her its".split())


class Counting(Record):
    """A region whose figures are asked what they count."""

    def counted(self, f: Figure, end: int) -> tuple[str | None, int]:
        """What a count counts, and where those words end."""
        t = self.t
        low = t.low
        one = f.value == 1 and f.high is None
        j = end
        if (
            low[j] == "-" and t.glued(j) and t.glued(j + 1) and f.value > 1 and t.raw[j + 1].islower()
        ):  # a 25-member panel
            noun = low[j + 1]
            if noun == "time" and (stop := nouns.counted(t, j + 2, one=True)) > j + 2:
                return self.words(j + 2, stop), stop  # a seven-time world champion
            apart = (
                noun in lex.NOT_COMPOUND
                or noun in lex.STOP
                or noun.endswith(("ed", "fold", "ly"))
                or not nouns.is_word(noun)
            )
            return (None, end) if apart else (self.words(j + 1, j + 2), j + 2)
        if low[j] == '"' and not t.glued(j + 1) and '"' in low[max(0, f.begin - 4) : f.begin]:
            j = end = j + 1  # "five or six" Republicans
        if (low[j] == "of" and low[j + 1] in ("them", "whom", "which")) or (
            low[f.begin - 2] == "of" and low[f.begin - 1] in ("whom", "which")
        ):
            return self.shared_noun(f.value), j
        if low[j] == '"' and not t.glued(j) and t.glued(j + 1) and '"' not in low[max(0, f.begin - 8) : f.begin]:
            stop = nouns.counted(t, j + 1, one=one)  # 80 "terrorists"
            return (self.words(j + 1, stop), stop) if stop > j + 1 else (None, end)
        if low[j] in ("and", "or") and is_digits(low[j + 1]) and f.number.digits and f.number.plain:
            second = pairs.second(t, j + 1)  # "112 and 98 seats"
            if second is not None and second.kind is K.COUNT and second.number.plain:
                stop = nouns.counted(t, second.stop, one=False)
                return (self.words(second.stop, stop), end) if stop > second.stop else (None, end)
            return None, end
        if low[j] == "of":
            first, stop = nouns.phrase(t, j + 1)
            stop += stop == first and low[first] in lex.CASUALTIES  # two of the wounded
            return (self.words(first, stop), stop) if stop > first else (None, end)
        if (
            low[j] in lex.CASUALTIES
            and not t.glued(j)
            and not (nouns.is_word(low[j + 1]) and low[j + 1] not in lex.STOP)
        ):
            return self.words(j, j + 1), j + 1
        if low[j] in lex.CASUALTIES and (stop := nouns.counted(t, j + 1, one=one)) > j + 1:
            return self.words(j, stop), stop  # seven missing sailors
        first = j + (low[j] in ("more", "other", "fewer", "such", "less"))
        if low[j] in lex.PER_ADJECTIVES and (stop := nouns.counted(t, j + 1, one=one)) > j + 1:
            return self.words(j, stop), stop
        if low[j] in lex.COUNTED_ADJECTIVES:
            stop = nouns.counted(t, j + 1, one=one)
            stop = stop if stop > j + 1 and low[j + 1] != "than" else first
        else:
            stop = nouns.counted(t, first, one=one)
        if stop <= first:
            if self.is_average(f) and (stop := nouns.counted(t, j, one=True)) > j:
                return self.words(j, stop), stop
            if self.is_modifier(f, j):
                return self.words(j, j + 1), j + 1
            return None, end
        if low[stop] == "of" and low[stop + 1] not in lex.DETERMINERS and t.raw[stop + 1].islower():
            inner, inner_stop = nouns.phrase(t, stop + 1)
            stop = inner_stop if inner_stop > inner else stop
        return self.words(first, stop), stop

    def is_average(self, f: Figure) -> bool:
        """Whether a decimal behind an article is somebody's mark: "a 2.90 ERA", "a .500 record"."""
        n = f.number
        return n.digits and "." in self.t.low[n.begin] and n.scale == 1 and self.t.low[f.begin - 1] in _OWNING

    def is_modifier(self, f: Figure, j: int) -> bool:
        """Whether a figure and the singular noun at token j modify what follows: "a 25 member panel"."""
        t = self.t
        return (
            f.number.digits
            and f.number.plain
            and 1 < f.value <= 600
            and t.low[f.begin - 1] in ("a", "an", "its", "his", "her", "their")
            and all(nouns.is_word(t.raw[k]) and t.raw[k].islower() and not nouns.stops(t, k) for k in (j, j + 1))
            and t.low[j] not in lex.NOT_COMPOUND
        )

    def shared_noun(self, part: float = 0.0) -> str | None:
        """What the last count that can hold the part counts: "37 people, 14 of them minors"."""
        counts = [q for q in self.found[-3:] if q.kind is K.COUNT]
        whole = next((q for q in reversed(counts) if (q.value or q.high or part) >= part), None)
        return whole.of if whole is not None else None

    def whole(self, f: Figure, j: int, kind: QuantityKind) -> tuple[str | None, int]:
        """The noun phrase behind a share, a sum or a measure, the population or the stuff, and where it ends."""
        t = self.t
        low = t.low
        if kind is K.SHARE and f.number.fraction and low[j] in lex.DETERMINERS:
            first, stop = nouns.phrase(t, j)
        elif (
            kind is K.SHARE and f.number.stop < f.stop and numerals.read(t, f.stop - 1) is not None
        ):  # one in five adults
            first, stop = j, nouns.counted(t, j, one=False, share=True)
        elif low[j] == "of" and low[j + 1] in ("them", "whom", "these") and kind is K.SHARE:
            return self.shared_noun(), j
        elif low[j] == "of" or (low[j] == "worth" and low[j + 1] == "of"):
            j += 1 if low[j] == "of" else 2
            if kind is K.DURATION and not t.raw[j].islower():
                return None, j
            first, stop = nouns.phrase(t, j)
        elif kind is K.MONEY and low[j] == "in" and _names_a_sum(t, j + 1):
            first, stop = nouns.phrase(t, j + 1)
        else:
            return None, j
        return self.words(first, stop), stop


def _names_a_sum(t: Tokens, j: int) -> bool:
    """Whether the words at token j name what a sum is: "in (unpaid) damages", not "in early trade"."""
    return t.low[j] in lex.SUMS or (t.raw[j].islower() and t.low[j] not in lex.STOP and t.low[j + 1] in lex.SUMS)
