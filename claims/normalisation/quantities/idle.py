"""Numbers that count nothing: years, days, times, list numbers, telephones, and the numbers in names."""

from __future__ import annotations

from claims.normalisation.quantities import elliptic, nouns
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.names import is_named
from claims.normalisation.quantities.numerals import Numeral
from claims.normalisation.quantities.tokens import Tokens, is_digits


def counts_nothing(t: Tokens, f: Figure) -> bool:
    """Whether a figure without unit and currency is a year, a date, a time, a list number or a part of a name."""
    n = f.number
    low = t.low
    b, s = f.begin, f.stop
    if not n.digits:
        return _word_counts_nothing(t, f)
    before, after = low[b - 1], low[s]
    if not n.plain:
        mixed = t.raw[b - 1][:1].islower() and not t.raw[b - 1].islower()  # iOS 13.2
        model = t.raw[b - 2][:1].isupper() and t.raw[b - 1].isdigit() and t.glued(b - 1)
        engine = model and len(t.raw[s]) > 1 and t.raw[s].isupper()  # the Q5 2.0 TDI
        return n.scale == 1 and "." in low[n.begin] and (mixed or engine or before in lex.SOFTWARE)
    if is_dated(t, b, s) or after in lex.CLOCK:
        return True
    if (before in ("#", "/", "@", ":", "_") and t.glued(b)) or (after in ("/", ":", "@", "_", "#") and t.glued(s)):
        return True
    if after == "+" and t.glued(s) and is_digits(low[s + 1]) and t.glued(s + 1):
        return True
    if after == "-" and t.glued(s) and t.glued(s + 1) and not t.raw[s + 1].islower():
        return True  # 7-Eleven, 12-A
    if t.raw[s] in ("Series", "Class"):
        return True  # a car's name
    if len(low[n.begin]) > 1 and low[n.begin][0] == "0":
        return True
    if (
        is_year(n, low[n.begin])
        and not {before, after} & {"x", "×"}
        and (after in lex.AFTER_YEAR or (before not in lex.COUNTING and not _counts_surely(t, s)))
    ):
        return True
    if t.raw[s][:1].isupper() and (low[s + 1] in lex.STREETS or low[s + 2] in lex.STREETS):
        return True  # an address
    if is_named(t, b, n):
        return before in lex.LISTS or not _counts_surely(t, s)
    opens = before in ("", "\n", "(") or before.startswith("\n")
    return opens and after in (".", ")") and t.glued(s) and n.value < 100 and low[s + 1] != ""


def _word_counts_nothing(t: Tokens, f: Figure) -> bool:
    """ "one" and other bare number words that stand for a pronoun or a part of a name."""
    n = f.number
    low = t.low
    before, after = low[f.begin - 1], low[f.stop]
    if n.high is not None or n.scale != 1:
        return False
    if after == "o'clock":
        return True
    if n.value == 0:
        return after not in lex.PLURALS and not nouns.is_plural(after)
    if low[n.begin] == "one" and n.stop == n.begin + 1:
        if before in lex.BEFORE_PRONOUN_ONE:
            return True
        if after == "of":
            return low[f.stop + 1] not in lex.DETERMINERS
        if before == "from" and "to" in low[f.stop : f.stop + 6]:
            return True  # "from one end to the other"
        if after.endswith("ed") and low[f.stop + 1] in ("by", "in", "from", "at", "on", "with", "for", "to"):
            return True  # "one captured by a camera"
        return (
            (t.raw[f.stop][:1].isupper() and not elliptic.is_member(t, f.begin, f.stop))
            or after in lex.STOP
            or after in lex.AFTER_PRONOUN_ONE
            or not nouns.is_word(after)
            or after.endswith("'s")
        )
    return before in lex.DESIGNATORS and not t.raw[f.begin - 1].endswith("s")


def is_year(n: Numeral, word: str) -> bool:
    """Whether the numeral could be a year."""
    return n.plain and len(word) == 4 and 1500 <= n.value <= 2100


def _counts_surely(t: Tokens, s: int) -> bool:
    """Whether a noun follows at once that a bare number surely counts."""
    stop = nouns.counted(t, s, one=False)
    return s < stop <= s + 2 and t.low[stop - 1] in lex.SURE_NOUNS


def is_dated(t: Tokens, b: int, s: int) -> bool:
    """Whether tokens [b, s) are days of a month or stand for a date."""
    k = b - 1
    if t.low[k] == "." and t.low[k - 1] in lex.MONTHS:
        k -= 1
    if _is_month(t, k):
        return True
    if t.low[k] == "," and (_is_month(t, k - 1) or (_is_month(t, k - 2) and is_digits(t.low[k - 1]))):
        # "May 3, 2015", "March, 2015"; but "in March, 12 soldiers", "on May 3, 12 soldiers"
        year = len(t.low[b]) == 4 and t.low[b].isdigit()
        return year or (_is_month(t, k - 2) and nouns.counted(t, s, one=False) == s)
    if t.low[k] in ("and", "or", "&") and is_digits(t.low[k - 1]) and _is_month(t, k - 2):
        return nouns.counted(t, s, one=False) == s  # "on May 3 and 4"
    k = s + (t.low[s] == "of")
    if _is_month(t, k):
        return True
    return t.low[k] in ("and", "-", "to", "or") and t.low[k + 1].isdigit() and _is_month(t, k + 2)


def _is_month(t: Tokens, k: int) -> bool:
    return (t.low[k] in lex.MONTHS and t.raw[k][:1].isupper()) or t.raw[k] == "May"
