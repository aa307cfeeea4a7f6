"""Numbers that are a part of a name."""

from __future__ import annotations

from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns
from claims.normalisation.quantities.numerals import Numeral
from claims.normalisation.quantities.tokens import Tokens

_GROUPS = frozenset({"Group", "Gang", "Committee", "Council", "League", "Final", "Round"})


def is_named(t: Tokens, b: int, n: Numeral) -> bool:
    """Whether the word before a bare number makes a name with it: "Boeing 737", "Article 5", "iPhone 11"."""
    if not n.digits or not n.plain or t.glued(b):
        return False
    low = t.low
    before, word = low[b - 1], t.raw[b - 1]
    if before == "." and low[b - 2] in ("no", "nos", "vol", "fig", "art", "sec", "pp", "p", "pt", "ch"):
        return True
    if before in lex.DESIGNATORS:
        return True
    if before == "of":  # "the Gang of 14"
        return t.raw[b - 2] in _GROUPS
    if (
        not word[:1].isalpha()
        or word.islower()
        or before in lex.NOT_A_NAME
        or before in lex.AGED_GROUPS
        or before in lex.MONTHS
        or before in lex.CHANGE
    ):
        return False
    if before.endswith("ly"):
        return False
    opens = low[b - 2] in ("", ".", '"', ":", "?", "!") or low[b - 2].startswith("\n")
    # at the start of a sentence any word has a capital: there a counted noun decides
    if before in lex.LISTS:
        return True
    return not (opens and (before in lex.OPENERS or nouns.counted(t, b + 1, one=False) > b + 1))
