"""Counts without their noun, which the words around them leave out: "of 40 aboard, 12 survived", "it got seven"."""

from __future__ import annotations

from claims.normalisation.quantities import nouns
from claims.normalisation.quantities.figures import Figure
from claims.normalisation.quantities.tokens import Tokens

#: Where a clause begins whose subject a bare count may be.
_BEFORE_SUBJECT = frozenset(
    ". , ; : \" ( - and but that which whom while when as because though although until where only just another"
    " said".split()
) | {""}  # fmt: skip
#: Verbs that go with a plural and are no nouns.
_VERBS = frozenset(
    "were are have had remain remained survived died voted escaped fled left came went got became stayed lived said"
    " did do will would could may might must should".split()
)
#: Verbs behind which a bare count ends what is said.
_BEFORE_OBJECT = frozenset(
    "were are has have had got gets kills killed killing injured injuring wounded wounding won lost leaving arrested"
    " detained freed released rescued".split()
)
_AFTER_OBJECT = frozenset('. , ; ) " and in on at as while during from'.split()) | {""}
_PLACED = frozenset({"aboard", "onboard", "inside", "who", "whose"})


def stands_for_noun(t: Tokens, f: Figure, end: int) -> bool:
    """Whether a bare count that ends at token `end` counts things which the words around it name or imply."""
    low = t.low
    if f.value < 2 or f.value != int(f.value):
        return False
    before, after = low[f.begin - 1], low[end]
    if after == "of":
        return low[end + 1] in _PARTITIVE
    if before in _BEFORE_SUBJECT or before.startswith("\n"):
        participle = after.endswith("ed") and low[end + 1] in _BEHIND_VERB and not t.glued(end)
        return (after in _VERBS or participle) and not (f.number.digits and before == "-")
    if before in ("the", "all"):
        return after in _PLACED or low[end : end + 2] in (["on", "board"], [",", "who"], [",", "whose"])
    return not f.number.digits and before in _BEFORE_OBJECT and (after in _AFTER_OBJECT or after.startswith("\n"))


_PARTITIVE = frozenset("them whom which those these us the its their his her our".split())
_BEHIND_VERB = frozenset(
    "at in on for from to by with as before after against their the a an his her its it them".split()
)


def is_member(t: Tokens, begin: int, stop: int) -> bool:
    """Whether tokens [begin, stop), "one" and a name in capitals, count a person: "one Republican voted"."""
    word = t.low[stop]
    named = t.raw[stop][:1].isupper() and word.endswith(_BELONGING) and len(word) > 5
    return named and t.low[begin - 1] != "formula" and not t.raw[stop + 1][:1].isupper() and not nouns.is_plural(word)


#: Endings of words for people of a country, a party or a faith.
_BELONGING = ("ian", "ican", "crat", "eli", "raqi", "stani", "ist", "ative")
