"""What a figure counts: the noun phrase behind it, found without a tagger, by number and by where phrases end."""

from __future__ import annotations

from claims.normalisation.quantities.lexicon import (
    CASUALTIES,
    DETERMINERS,
    NOT_PLURAL,
    PLURAL_MODIFIERS,
    PLURALS,
    STOP,
)
from claims.normalisation.quantities.tokens import Tokens, is_digits
from claims.normalisation.quantities.words import TENS, UNITS

_LONGEST = 7
#: Verbs without an ending that tells them from nouns, behind a singular: "one study found".
_VERBS = frozenset(
    "found finds shows put puts told tells thinks thought calls knew knows felt feels meant means brought stood "
    "stands drew"
    " threw wrote spoke flew sent spent heard let leads looks seems appears wore hit broke chose drove hid sang "
    "sat slept lives says gets goes comes takes makes gives needs wants dies suffers sees works feels thinks believes"
    " uses goes sees ends begins".split()
)
_ADJECTIVE = ("al", "ic", "ive", "ous", "ful", "y", "less", "able", "ble", "new", "big", "old")
#: What may stand between a determiner and its noun and belongs to neither.
BEFORE_NOUN = (
    UNITS.keys()
    | TENS.keys()
    | frozenset(
        "hundred thousand million last next past first other more most roughly about around nearly almost approximately"
        " estimated than over least at".split()
    )
)


def is_plural(word: str) -> bool:
    """Whether the word looks like a plural noun."""
    if word in PLURALS:
        return True
    return (
        len(word) > 2
        and word.endswith("s")
        and not word.endswith(("ss", "'s", "ous", "ius"))
        and word not in NOT_PLURAL
    )


def is_word(word: str) -> bool:
    """Whether the token is a word of letters."""
    return word[:1].isalpha()


def stops(t: Tokens, j: int) -> bool:
    """Whether the word at token j ends a noun phrase. "US" and "IT" in capitals are names, not pronouns."""
    return t.low[j] in STOP and not (len(t.raw[j]) > 1 and t.raw[j].isupper())


def counted(t: Tokens, i: int, *, one: bool, share: bool = False) -> int:
    """Where the noun phrase that begins at token i and is counted by a figure ends, or i where none begins.

    A figure other than one wants a plural head: "12 first-team players"; one wants a singular. Behind a share no noun
    goes on from a plural, since a verb follows: "one in five adults smokes".
    """
    j, stop, low = i, i, t.low
    if low[j] == "-" and t.glued(j):  # "four-door": the figure is a part of a modifier
        return i
    if low[j] in UNITS and low[j + 1] == "-" and is_plural(low[j + 2]) and t.glued(j + 1):
        return j + 3  # "38 three-pointers"
    while j < i + 2 * _LONGEST:
        word = low[j]
        if word == "-" and t.glued(j) and t.glued(j + 1) and is_word(low[j + 1]) and j > i:
            j += 2
            if not one and is_plural(low[j - 1]) and low[j - 1] not in PLURAL_MODIFIERS:
                return j
            stop = j
            continue
        if word == "-" and j > i and t.glued(j + 1) and is_digits(low[j + 1]) and t.raw[j - 1][:1].isupper():
            j += 2  # Covid-19 tests
            continue
        if word == "-" and j > i and t.glued(j) and not t.glued(j + 1) and low[j + 1] in ("and", "or"):
            j += 2  # 20 coal- and gas-fired plants
            continue
        if word == "," and j > i and low[j + 1] not in STOP and is_word(low[j + 1]) and not one:
            # "12 small, wooden boats": only between lower-case adjectives that a plural follows at once
            if (
                t.raw[j + 1].islower()
                and is_plural(low[j + 2])
                and not is_plural(low[j - 1])
                and low[j + 3] not in ("and", ",")
            ):
                j += 1
                continue
            break
        if word == "others" and j == i:
            return j + 1
        if j > i and is_digits(word) and (t.glued(j) or t.raw[j - 1][:1].isupper()):
            j += 1  # PS5 consoles, Boeing 737 jets
            continue
        if is_digits(low[j + 1]) and t.glued(j + 1) and t.raw[j][:1].isupper():
            j += 2  # A320neo jets, F16s
            if t.glued(j) and is_word(low[j]):
                j += 1
                if low[j - 1] == "s" and not one:
                    return j
            stop = j
            continue
        if word == "and" and stop > i and not one and _adjective_follows(t, j):
            j += 1
            continue
        if not is_word(word) or stops(t, j):
            break
        if word.endswith(("'s", "s'")):
            break
        if j > i and word.endswith("ly") and len(word) > 4 and not one and stop > i:
            break
        j += 1
        stop = j
        if one:
            continue
        if is_plural(word):
            if (word in PLURAL_MODIFIERS or not share) and _heads_on(t, j, modifier=word in PLURAL_MODIFIERS):
                continue
            return j
    if one:
        return _singular_end(t, i, stop)
    return i


def _adjective_follows(t: Tokens, j: int) -> bool:
    """Whether the "and" at token j joins two adjectives before one plural: "30 judicial and political nominees"."""
    low = t.low
    return (
        is_word(low[j + 1])
        and not stops(t, j + 1)
        and not is_plural(low[j - 1])
        and not is_plural(low[j + 1])
        and is_plural(low[j + 2])
        and t.raw[j + 1].islower()
    )


def _heads_on(t: Tokens, j: int, *, modifier: bool) -> bool:
    """Whether a plural head still follows: "400 police officers", "two teachers unions", not "400 people cheered"."""
    word = t.low[j]
    if not is_word(word) or word in STOP or word in _VERBS or t.glued(j):
        return False
    if is_plural(word):
        return modifier or t.raw[j].islower()
    return (
        modifier and is_plural(t.low[j + 1]) and is_word(word) and not word.endswith("ed") and t.low[j + 1] not in STOP
    )


def _singular_end(t: Tokens, i: int, stop: int) -> int:
    """Cuts the phrase of a singular before a verb."""
    for k in range(i + 1, stop):
        word = t.low[k]
        verb = word.endswith("ed") or (word.endswith("ing") and not t.low[k - 1].endswith(_ADJECTIVE))
        if verb or word in _VERBS or (is_plural(word) and k == stop - 1):
            return k
    return stop


def phrase(t: Tokens, i: int) -> tuple[int, int]:
    """The noun phrase at token i, its determiners left out, as [first, stop); empty where none begins.

    Used for the whole of a share ("of the registered voters") and the stuff of a measure ("of jet fuel").
    """
    low = t.low
    first = i
    if is_digits(low[i]) and low[i + 1] in UNITS and low[i + 2] == "-" and is_plural(low[i + 3]):
        return i + 1, i + 4  # 14 of 38 three-pointers
    while low[first] in DETERMINERS or low[first] in BEFORE_NOUN or is_digits(low[first]) or low[first].endswith("'s"):
        first += 1
        if first > i + 5:
            break
    j = first
    while j < first + _LONGEST:
        word = low[j]
        if word == "-" and j > first and t.glued(j) and t.glued(j + 1) and is_word(low[j + 1]):
            j += 2
            continue
        if word == "-" and j > first and t.glued(j + 1) and is_digits(low[j + 1]) and t.raw[j - 1][:1].isupper():
            j += 2  # Covid-19 tests
            continue
        if j > first and is_digits(word) and t.glued(j):
            j += 1
            continue
        if word == "and" and j > first and _adjective_follows(t, j):
            j += 1
            continue
        if word in CASUALTIES and j == first and is_plural(low[j + 1]):
            j += 1  # of the five injured officers
            continue
        if not is_word(word) or (stops(t, j) and not (word in ("crew", "old") and j > first)):
            break
        if j > first and word.endswith("'s") and is_word(low[j + 1]) and not stops(t, j + 1):
            first = j + 1  # an owner's name before what is owned
        if j > first and word.endswith("ed") and is_word(low[j - 1]) and (is_plural(low[j - 1]) or low[j + 1] in STOP):
            break
        j += 1
        if is_plural(word) and not (is_word(low[j]) and is_plural(low[j])):
            # a plural ends the phrase unless it is a modifier: "sports fans"
            if word in PLURAL_MODIFIERS and is_word(low[j]) and low[j] not in STOP and is_plural(low[j]):
                continue
            break
    return first, j
