"""Which figures are ages."""

from __future__ import annotations

from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.tokens import Tokens, is_digits
from claims.normalisation.quantities.words import DECADES
from claims.normalisation.units import UNIT_STARTS

_OLDEST = 125
_GROWN = 10
_TURNS = frozenset({"turned", "turns", "turning"})
_SUBJECTS = frozenset({"he", "she", "who", "i", "they"})
#: Nouns that stand for a number themselves: "the total, 45, is".
_NUMBERS = frozenset(
    "number total figure score tally count toll average mark record rate price value level index sum median high low"
    " temperature majority minority margin minimum maximum round size lot house page half session season".split()
)


def years_old(t: Tokens, end: int) -> int | None:
    """Where the age ends whose years end at token `end` ("34-year-old", "34 years of age", "18-month-old"), or None."""
    low = t.low
    if low[end] == "-" and low[end + 1] in ("old", "olds"):
        return end + 2
    if low[end] in ("old", "olds"):
        return end + 1
    return end + 2 if low[end] == "of" and low[end + 1] == "age" else None


def bare(t: Tokens, f: Figure, begin: int, end: int) -> int | None:
    """Where the age ends that is a bare figure, its comparators in [begin, end); None when it is no age.

    "aged 34", "over the age of 18", "Smith, 34,", "18 and older", "she is 34".
    """
    n = f.number
    if not 0 < f.value < _OLDEST or f.value != int(f.value) or n.fraction or n.scale != 1 or n.high is not None:
        return None
    low = t.low
    if says_age(low, begin - 1) or says_age(low, f.begin - 1):
        return end
    if _ends_list_of_ages(low, f.begin - 1):
        return end  # "aged 18, 19 and 22"
    if low[f.begin - 1] in ("between", "from") and says_age(low, f.begin - 2):
        return end
    if not n.digits or not n.plain:
        return None
    if end > f.stop and (low[end - 1] in ("older", "younger") or low[f.begin - 1] in lex.AGED_GROUPS):
        return end
    if (
        begin != f.begin
        and low[begin - 1] in lex.AGED_GROUPS
        and low[begin] in ("under", "over", "above", "below", "younger", "older")
    ):
        return end if end == f.stop and nouns.counted(t, end, one=False) == end else None
    if begin != f.begin or f.high is not None:
        return None
    before, after = low[begin - 1], low[end]
    if before == "," and after == "," and low[begin - 2] in lex.PERSONS and f.value >= 10:
        return end
    if before == "," and _is_name(t, begin - 2) and not (after == "," and is_digits(low[end + 1])):
        closed = after in (",", ";", "(")
        open_ended = after in (".", "who", "of", "and", "from", "was", "is") and _is_name(t, begin - 3)
        return end if closed or open_ended else None
    if before == "(" and after == ")" and _is_name(t, begin - 2) and _is_name(t, begin - 3) and f.value > 14:
        return end
    if before == "," and after == "," and f.value >= 15 and _is_role(t, begin - 2) and not is_digits(low[end + 1]):
        return end  # "the captain, 68,"
    if before == "now" and low[begin - 2] == "," and (_is_name(t, begin - 3) or low[begin - 3] in lex.PERSONS):
        return end if after in (",", ".", "and") else None
    if before == "both" and low[begin - 2] == "," and after in (",", ".", "") and f.value >= 10:
        return end
    if before == "at" and f.value >= 10:  # "at 43 she"
        j = end + (after == ",")
        if low[j] in ("he", "she"):
            return end
    closed = after in (".", ",", "", ";", "when", "and", ")") or after.startswith("\n")
    closed |= low[end : end + 3] == ["at", "the", "time"]
    if before in _TURNS:
        closed |= after in ("this", "next", "last", "in", "on") or after in lex.DAYS
    if not closed:
        return None
    if before in _TURNS or before in ("i'm", "he's", "she's", "aged"):
        return end
    if before in ("was", "is", "were", "are") and low[begin - 2] in _SUBJECTS:
        return end
    if before in ("was", "is") and f.value >= _GROWN and _is_name(t, begin - 2):
        titled = low[begin - 3] in lex.PERSON_TITLES or (low[begin - 3] == "." and low[begin - 4] in lex.PERSON_TITLES)
        return end if titled or after == "when" else None  # "Mr. Roe is 43", "Roe was 16 when"
    if before in ("was", "is") and f.value >= _GROWN and low[begin - 2] in lex.PERSONS and _is_role(t, begin - 2):
        return end  # "the suspect is 34"
    if before != "at":
        return None
    if low[begin - 2] == "dead" and low[begin - 3] in ("of", "the", "number", "as"):
        return None  # "put the number of dead at 23"
    return end if low[begin - 2] in ("died", "dies", "dead", "retired", "retire", "dying") else None


def decade(t: Tokens, i: int) -> tuple[int, int, float, float] | None:
    """The age that token i gives in tens, as (first token, stop, lowest, highest exclusive): "in her late 30s".

    "Early" and "late" are the first and the last four years, "mid" the three in the middle and one on both sides.
    """
    low = t.low
    word, stop = low[i], i + 1
    if word in DECADES:
        first = DECADES[word]
    elif len(word) == 2 and word[1] == "0" and "2" <= word[0] <= "9" and low[i + 1] == "s" and t.glued(i + 1):
        first, stop = int(word), i + 2
    else:
        return None
    k = i - 1
    k -= low[k] == "-"
    part = low[k] if low[k] in _PARTS else ""
    begin = k if part else i
    if low[begin - 1] not in _POSSESSIVES or low[begin - 2] not in ("in", "into", "of", "until", "than", "through"):
        return None
    early, late = _PARTS.get(part, (0, 10))
    lowest = 13.0 if first == 10 else first + early
    return (begin, stop, lowest, 20.0 if first == 10 else first + late)


_PARTS = {"early": (0, 4), "mid": (3, 8), "middle": (3, 8), "late": (6, 10)}
_POSSESSIVES = frozenset("his her their my your our its".split())


def _ends_list_of_ages(low: list[str], k: int) -> bool:
    """Whether the tokens that end with token k list ages: "aged 18, 19 and"."""
    if low[k] not in ("and", "or", ","):
        return False
    for _ in range(12):
        if low[k] not in ("and", "or", ",") and not is_digits(low[k]):
            break
        k -= 1
    return says_age(low, k)


def says_age(low: list[str], k: int) -> bool:
    """Whether the words that end with token k announce an age: "aged", "the age of"."""
    return low[k] in ("aged", "age", "ages") or (low[k] == "of" and low[k - 1] in ("age", "ages"))


def _is_role(t: Tokens, k: int) -> bool:
    """Whether the words that end with token k are a determiner and a singular noun: "the captain", "his older son"."""
    noun = t.low[k]
    if not t.raw[k].isalpha() or not t.raw[k].islower() or nouns.stops(t, k) or noun in _NUMBERS or len(noun) < 3:
        return False
    if nouns.is_plural(noun) or noun in UNIT_STARTS:
        return False
    for j in range(k - 1, k - 4, -1):
        if t.low[j] in lex.DETERMINERS:
            opens = t.low[j - 1] in _BEFORE_ROLE or t.low[j - 1].startswith("\n")
            return opens or t.low[j] in _POSSESSIVES
        if not nouns.is_word(t.low[j]) or nouns.stops(t, j):
            return False
    return False


#: Before "the captain": where a phrase begins that names a person, not a place or a thing ("of the building, 40,").
_BEFORE_ROLE = frozenset('" . , ; : ( - and but when while as that said by with after before because'.split()) | {""}


def _is_name(t: Tokens, k: int) -> bool:
    return nouns.is_word(t.raw[k]) and t.raw[k][:1].isupper() and t.low[k] not in lex.MONTHS | lex.DAYS
