"""Two figures that belong together: what joins them, and whether they are a range, a change or a score."""

from __future__ import annotations

from claims.models import QuantityKind
from claims.normalisation.currencies import CURRENCY_SIGNS
from claims.normalisation.quantities import lexicon as lex
from claims.normalisation.quantities import nouns, numerals
from claims.normalisation.quantities.figures import DOLLAR_PREFIXES, Figure, read_figure
from claims.normalisation.quantities.tokens import Tokens
from claims.normalisation.quantities.words import STARTERS

_VOTING = frozenset("vote voted votes voting ruled passed approved carried adopted rejected defeated".split())
#: Behind "2-to-1".
_ODDS = frozenset("vote votes margin majority decision ratio lead odds victory win defeat loss score".split())


def joint(t: Tokens, f: Figure) -> tuple[str, bool, int] | None:
    """What joins the figure to a second one: the word, whether it is glued on, and the token behind it."""
    low, j = t.low, f.stop
    word = low[j]
    if word == "-":
        if low[j + 1] == "to" and low[j + 2] == "-":
            return "to", False, j + 3
        return ("-", t.glued(j), j + 1) if t.glued(j) == t.glued(j + 1) else None
    if word == "votes" and low[j + 1] == "to":
        return "to", False, j + 2
    if word in ("to", "through", "or") or (word == "and" and is_between(t, f.begin)):
        return word, False, j + 1
    if word == "and" and low[j + 1] in ("maybe", "possibly", "perhaps"):
        return "to", False, j + 2  # "one and maybe two"
    return None


def second(t: Tokens, k: int) -> Figure | None:
    """The figure that ends a pair, from token k on; None where none follows at once."""
    k += t.low[k] in ("about", "around", "perhaps", "nearly", "almost", "roughly")
    i = k
    while i < k + 3 and (t.raw[i] in CURRENCY_SIGNS or (t.raw[i] in DOLLAR_PREFIXES and "$" in t.raw[i - 1 : i + 2])):
        i += 1
    i += t.low[i] in ("a", "an", "-", "+") and (t.low[i + 1] in STARTERS or t.glued(i + 1))
    n = numerals.read(t, i)
    if n is None or n.ordinal or (n.digits and t.glued(n.stop) and t.low[n.stop] in ("th", "st", "nd", "rd")):
        return None
    g = read_figure(t, n, t.start[k])
    return g if g is not None and g.begin <= i else None


def spaced_range(text: str, t: Tokens, f: Figure, g: Figure, both: bool) -> bool:
    """Whether a dash with spaces joins two bare figures: "18 - 20 goats"; a long dash never does."""
    dash = text[t.start[f.stop]]
    return both and dash in "-\u2013\u2212" and nouns.counted(t, g.stop, one=False) > g.stop


def is_between(t: Tokens, begin: int) -> bool:
    low = t.low
    return low[begin - 1] == "between" or (low[begin - 2] == "between" and low[begin - 1] in lex.FILLERS | {"about"})


def changes(t: Tokens, f: Figure, g: Figure) -> bool:
    """Whether "(from) 12 to 9" says a change, with a verb or noun of change shortly before it.

    A direction that the figures contradict is none of theirs: "down from the $89 to $93 billion expected".
    """
    if f.unit is not None and f.unit == g.unit and (f.begin < f.number.begin) != (g.begin < g.number.begin):
        return True  # "put on 22 sen to RM19.40": a sum in coins, then the price
    low, k = t.low, f.begin - 1
    while low[k] in lex.ADVERBS or low[k] in lex.FILLERS or low[k] in lex.BEFORE_LAST - lex.PARTICLES.keys():
        k -= 1
    if low[k] in lex.CHANGE or low[k] == "by":
        return g.unit is None or f.unit is not None  # but "fell 5 to 7 percent"
    if low[k] != "from":
        return False
    if low[k - 1] in lex.PARTICLES and lex.PARTICLES[low[k - 1]] != ("up" if f.signed < g.signed else "down"):
        return False
    near = low[max(0, k - 6) : k]
    return any(word in lex.CHANGE or word in lex.CHANGE_NOUNS for word in near) and "range" not in near


def is_odds(t: Tokens, f: Figure, g: Figure) -> bool:
    """Whether "2-to-1", "3 to 1" says how two sides stand: a larger figure first, and a vote or margin behind it."""
    low = t.low
    if f.unit or g.unit or not (f.number.plain and g.number.plain) or f.value <= g.value:
        return False
    return low[g.stop + (low[g.stop] == "-")] in _ODDS


def is_vote(t: Tokens, f: Figure, g: Figure) -> bool:
    """Whether "voted by six to three", "passed by 52 votes to 48" gives the votes of two sides."""
    low = t.low
    if f.kind is not QuantityKind.COUNT or g.kind is not QuantityKind.COUNT or f.unit or g.unit:
        return False
    if low[f.stop] == "votes":
        return True
    return f.value > g.value and low[f.begin - 1] == "by" and not _VOTING.isdisjoint(low[max(0, f.begin - 4) : f.begin])


def are_shares(f: Figure, g: Figure) -> bool:
    """Whether "58 to 40 percent" gives the shares of two sides, the larger first."""
    return g.unit == "percent" and f.unit is None and f.value > g.value and f.value + g.value <= 101


def is_score(t: Tokens, f: Figure, g: Figure, both: bool) -> bool:
    """Whether two bare figures with a hyphen between them are a score or a vote, not a range."""
    low = t.low
    if f.value >= g.value:
        return f.value < 1000
    if not both and f.number.digits:
        return False
    near = low[max(0, f.begin - 5) : f.begin] + low[g.stop : g.stop + 4]
    return (
        f.value < 600
        and any(word in lex.SCORE_WORDS for word in near)
        and low[f.begin - 1] not in ("between", "from", "of")
    )
