"""Which figures are ages."""

from __future__ import annotations

from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.tokens import Tokens, is_digits

_OLDEST = 125


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
    if before == "at" and f.value >= 10:  # "at 43 she"
        j = end + (after == ",")
        return end if low[j] in ("he", "she") else None
    closed = after in (".", ",", "", ";", "when", "and", ")") or after.startswith("\n")
    if not closed:
        return None
    if before in ("turned", "turns", "turning", "i'm", "he's", "she's", "aged"):
        return end
    if before in ("was", "is", "were", "are") and low[begin - 2] in ("he", "she", "who", "i", "they"):
        return end
    if before != "at":
        return None
    if low[begin - 2] == "dead" and low[begin - 3] in ("of", "the", "number", "as"):
        return None  # "put the number of dead at 23"
    return end if low[begin - 2] in ("died", "dies", "dead", "retired", "retire", "dying") else None


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


def _is_name(t: Tokens, k: int) -> bool:
    return nouns.is_word(t.raw[k]) and t.raw[k][:1].isupper() and t.low[k] not in lex.MONTHS | lex.DAYS
