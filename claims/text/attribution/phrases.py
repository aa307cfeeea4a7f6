"""Noun phrases around a token, found with tags alone."""

from __future__ import annotations

from claims.text.attribution.lexicon import CUES, SPEAKERS, TIME_WORDS
from claims.text.attribution.units import Unit
from claims.text.lexicon import NOUN_LIKE, PAST

Range = tuple[int, int]  # token indices [first, last + 1)

PHRASE = frozenset("Nwdq")  # what a noun phrase is made of, besides a determiner
HANGS_ON = frozenset("of for from at in on with".split())


def phrase_left(unit: Unit, last: int) -> Range | None:
    """The noun phrase whose last token is `last`, with what hangs on before it ("the head of the union")."""
    tags, lows = unit.tags, unit.lows
    if tags[last] in "HORTD":
        return (last, last + 1)
    if tags[last] not in PHRASE:
        return None
    first = last
    while True:
        while first > 0 and tags[first - 1] in PHRASE and lows[first - 1] not in TIME_WORDS:
            if tags[first - 1] == "q" and (first < 2 or tags[first - 2] not in "ND"):
                break
            if tags[first - 1] == "w" and first > 1 and tags[first - 2] in "NHwd)R" and is_verb(lows[first - 1]):
                break
            first -= 1
        if first > 0 and tags[first - 1] == "D":
            first -= 1
            if first > 0 and tags[first - 1] == "D":
                first -= 1
        if first > 1 and lows[first - 1] in HANGS_ON and tags[first - 2] in PHRASE:
            if lows[first - 2] in TIME_WORDS or (lows[first - 1] != "of" and last - first > 6):
                break
            if tags[first - 2] == "w" and is_verb(lows[first - 2]):
                break
            first -= 2
            continue
        if first > 1 and lows[first - 1] in ("and", "&") and tags[first - 2] == "N" and tags[first] in "ND":
            first -= 2
            continue
        if first > 2 and tags[first - 1] == ")":
            opened = back_to(unit, first - 1, "(")
            if opened is not None and opened > 0 and tags[opened - 1] in PHRASE:
                first = opened - 1
                continue
        break
    return (first, last + 1)


def phrase_right(unit: Unit, first: int) -> Range | None:
    """The noun phrase that begins at `first`, with its prepositional parts."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    index = first
    if index < size and tags[index] in "HO":
        return (index, index + 1)
    while index < size and tags[index] == "D":
        index += 1
    seen = index > first
    while index < size:
        tag = tags[index]
        if tag == "A" and seen and tags[index - 1] == "D" and index > first:
            index += 1  # "the first debate"
        elif tag in PHRASE:
            if seen and (lows[index] in TIME_WORDS or (tag == "w" and is_finite(lows[index]))):
                break
            seen = True
            index += 1
        elif tag == "(":
            close = next((k for k in range(index + 1, min(size, index + 8)) if tags[k] == ")"), None)
            if close is None:
                break
            index = close + 1
        elif seen and lows[index] in ("of", "for", "at", "from", "in") and index + 1 < size:
            if tags[index + 1] in "DNw" and lows[index + 1] not in TIME_WORDS:
                index += 2
            else:
                break
        elif seen and lows[index] == "and" and index + 1 < size and tags[index + 1] == "N":
            index += 1
        else:
            break
    return (first, index) if seen and index > first else None


def back_to(unit: Unit, index: int, mark: str) -> int | None:
    """The nearest token `mark` before `index`, within 12 tokens."""
    for position in range(index - 1, max(-1, index - 13), -1):
        if unit.tags[position] == mark:
            return position
    return None


#: Words that are a cue in a form that is only a verb.
_FINITE = frozenset(
    low for low, readings in CUES.items() if readings[0].form in ("past", "present") and readings[-1].group != "noun"
)


def is_finite(low: str) -> bool:
    """Whether the word is a cue in a form that is only a verb: past or present, and no noun."""
    return low in _FINITE


def is_verb(low: str) -> bool:
    """Whether the word is a cue in the past or present tense, or the past tense of any known verb, and no noun."""
    return low in _FINITE or (low in PAST and low not in NOUN_LIKE)


def kind_of(unit: Unit, phrase: Range | None) -> str:
    """What sort of words a speaker is: a pronoun, name, speaker (a noun that speaks), agent, the-noun, noun, none."""
    if phrase is None:
        return "none"
    first, last = phrase
    if unit.tags[last - 1] == ")":
        opened = back_to(unit, last - 1, "(")
        if opened is not None and opened > first:
            last = opened
    low = unit.lows[last - 1]
    tag = unit.tags[last - 1]
    if last - first == 1 and tag in "HORTD":
        base = low.split("'")[0]
        return base if base in _PRONOUN_KINDS else "pronoun"
    if tag == "N":
        return "name"
    if low in SPEAKERS:
        return "speaker"
    if low.endswith(_AGENT_ENDINGS):
        return "agent"
    if "N" in unit.tags[first:last]:
        return "noun+name"
    if unit.tags[first] == "D":
        return "the-noun"
    return "noun"


_PRONOUN_KINDS = frozenset("i we you he she it they who which that this those these his her their what".split())
_AGENT_ENDINGS = (
    "er", "or", "ist", "man", "men", "ers", "ors", "ists", "ian", "ians", "ents", "ants", "ates", "crats", "crat",
)  # fmt: skip
