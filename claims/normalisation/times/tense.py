"""Whether the words around a time speak of the past or of the future."""

from __future__ import annotations

import re

PAST = -1
FUTURE = 1

# How far the words around a time are looked at, in characters: verbs further off belong to something else.
_REACH = 240
_MOST_WORDS = 30

_MODALS = frozenset("will won't wont shall would we'll he'll she'll it'll they'll i'll you'll that'll who'll".split())
# With "to" or "for" after them, or "is" before them, they speak of what is to come.
_PLANS = frozenset(
    "expected scheduled slated due set planned poised likely about projected forecast going hope hopes hoping plan "
    "plans planning intend intends agreed vowed vows pledged pledges promised promises want wants aim aims preparing "
    "prepares ready is are".split()
)
_STRONG_PLANS = frozenset("expected scheduled slated due planned set".split())
_AHEAD = frozenset(
    "upcoming forthcoming tentatively begins starts opens expires reopens resumes convenes kicks closes".split()
)
# Past forms that do not end in -ed, as far as reports use them.
_IRREGULAR = frozenset(
    "was were had did said told came took went made gave got saw met held won lost fell rose shot hit found left began "
    "broke brought built bought caught chose cut drew drove felt fought flew fled grew heard kept knew laid led paid "
    "put ran sent sold shook showed spent spoke spread stood struck swore taught thought threw became withdrew wrote "
    "according died".split()
)
_NO_PAST = frozenset("need indeed speed hundred united red seed feed bed exceed proceed succeed breed".split())
_BETWEEN = frozenset("not also still now then only first be been being have has".split())

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_STOP = re.compile(r"[.!?][\"”’')\]]{0,2}\s|\n")
_ABBREVIATION = re.compile(r"(?:\b[A-Z][a-z]{0,3}|\.[A-Za-z])$")


def tense(text: str, start: int, end: int) -> int:
    """FUTURE, PAST, or 0 when the sentence does not tell; `text[start:end]` is the time.

    The nearest verb before the time in its sentence decides, else the first verb after it.
    """
    first = max(0, start - _REACH)
    cut = first
    for match in _STOP.finditer(text, first, start):
        if _ends_sentence(text, match):
            cut = match.end()
    verdict = _nearest_before(_words(text, cut, start))
    if verdict:
        return verdict
    last = min(len(text), end + _REACH)
    for match in _STOP.finditer(text, end, last):
        if _ends_sentence(text, match):
            last = match.start()
            break
    return _first_after(_words(text, end, last))


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if text[match.start()] != ".":
        return True
    # "Gen.", "Sept.", "a.m.": capitals with at most three small letters, or letters after a point.
    return _ABBREVIATION.search(text, max(0, match.start() - 5), match.start()) is None


def _words(text: str, start: int, end: int) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text, start, end)]


def _nearest_before(words: list[str]) -> int:
    for index in range(len(words) - 1, max(-1, len(words) - 1 - _MOST_WORDS), -1):
        verdict = _verdict(words, index)
        if verdict:
            return verdict
    return 0


def _first_after(words: list[str]) -> int:
    for index in range(min(len(words), _MOST_WORDS)):
        verdict = _verdict(words, index)
        if verdict:
            return verdict
    return 0


def _verdict(words: list[str], index: int) -> int:
    word = words[index]
    if word in _MODALS or word in _AHEAD:
        return FUTURE
    following = words[index + 1] if index + 1 < len(words) else ""
    if word in _PLANS and following in ("to", "for"):
        return FUTURE
    if word in _STRONG_PLANS and index and words[index - 1] in ("is", "are", "be"):
        return FUTURE
    if word == "to" and following == "be":
        return FUTURE
    if word in _IRREGULAR or (word.endswith("ed") and len(word) > 3 and word not in _NO_PAST):
        return _past_or_participle(words, index)
    return 0


def _past_or_participle(words: list[str], index: int) -> int:
    """ "held" is past; "will be held" and "to be held" are to come."""
    position = index - 1
    while position >= 0 and (words[position] in _BETWEEN or words[position].endswith("ly")):
        position -= 1
    if position >= 0:
        if words[position] in _MODALS:
            return FUTURE
        if words[position] == "to" and words[position + 1 : position + 2] == ["be"]:
            return FUTURE
    return PAST
