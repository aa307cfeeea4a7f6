"""Whether the words around a time speak of the past or of the future."""

from __future__ import annotations

import re

PAST = -1
FUTURE = 1

# How far the words around a time are looked at, in characters: verbs further off belong to something else.
_REACH = 240
# Words before a verb that may belong to it ("will not then be held"), in characters.
_MARGIN = 40

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
_ARTICLES = frozenset("a an the this that another any his her its their our rate tax pay".split())
_BETWEEN = frozenset("not also still now then only first be been being have has".split())

# Before a present passive, they speak of what is to come: "when he is sentenced".
_WHEN = frozenset("when until once before unless if".split())
_CLAUSE = 4  # words from such a word to its verb

_TELLING = _MODALS | _AHEAD | _PLANS | _STRONG_PLANS | _IRREGULAR | {"to"}

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_STOP = re.compile(r"[.!?][\"”’')\]]{0,2}\s|\n")
_ABBREVIATION = re.compile(r"(?:\b[A-Z][a-z]{0,3}|\.[A-Za-z])$")


class Tense:
    """Reads the tense around the times of one text. Times that stand close together are read as one stretch.

    Asked in order of appearance, every character is read a bounded number of times.
    """

    __slots__ = ("_ahead", "_behind", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        # Read before the last time: up to where, since where the sentence runs, where its nearest verb stands.
        self._behind = (-_REACH, 0, 0, 0)
        # Read after it: from where to where, whether the sentence ends there, where its first verb stands.
        self._ahead = (0, -1, False, 0, 0)

    def at(self, start: int, end: int) -> int:
        """FUTURE, PAST, or 0 when the sentence does not tell; `text[start:end]` is the time.

        The nearest verb before the time in its sentence decides, else the first verb after it.
        """
        return self._before(start) or self._after(end)

    def _before(self, start: int) -> int:
        done, cut, place, verdict = self._behind
        if not done <= start < done + _REACH:
            done, cut, place, verdict = max(0, start - _REACH), 0, 0, 0
        for match in _STOP.finditer(self._text, max(0, done - 4), start):
            if _ends_sentence(self._text, match):
                cut = match.end()
        if _may_tell(self._text, max(cut, done), start):
            words, places = _words(self._text, max(cut, done - _MARGIN), start)
            for index in range(len(words) - 1, -1, -1):
                if places[index] < done:
                    break
                if found := _verdict(words, index):
                    place, verdict = places[index], found
                    break
        self._behind = (start, cut, place, verdict)
        return verdict if verdict and place >= max(cut, start - _REACH) else 0

    def _after(self, end: int) -> int:
        first, last, closed, place, verdict = self._ahead
        reach = min(len(self._text), end + _REACH)
        if first <= end <= last and (closed or (verdict and end <= place)):
            return verdict if end <= place else 0
        resume = last if first <= end < last and not verdict else end
        closed = False
        for match in _STOP.finditer(self._text, max(end, resume - 4), reach):
            if _ends_sentence(self._text, match):
                reach, closed = match.start(), True
                break
        place = verdict = 0
        if _may_tell(self._text, resume, reach):
            words, places = _words(self._text, max(end, resume - _MARGIN), reach)
            for index in range(len(words)):
                if places[index] >= resume and (verdict := _verdict(words, index)):
                    place = places[index]
                    break
        self._ahead = (end, reach, closed, place, verdict)
        return verdict


def tense(text: str, start: int, end: int) -> int:
    """The tense around one time: see `Tense.at`."""
    return Tense(text).at(start, end)


_BOUND = re.compile(r"\b(by|until|till)\s(?:the\s|late\s|early\s|mid-|end\sof\s|the\send\sof\s|at\sleast\s)?$", re.I)
# What people do about something to come: "told them to leave by", "postponed until".
_ASKING = frozenset(
    "told asked ordered agreed promised pledged vowed required wanted hoped planned urged demanded instructed expected "
    "forced needed given gave has have".split()
)
_DEFERRING = frozenset(
    "postponed adjourned delayed extended suspended deferred rescheduled barred banned remanded moved put pushed given "
    "gave cancelled canceled".split()
)
_PRESENT = frozenset(
    "is are am remains remain stays stay has have must should may might can cannot can't could needs need wants hopes "
    "expects plans aims says think thinks looks seems likely let make makes see sees predicts forecasts reckons".split()
)
_PASSIVE = frozenset(
    "is are remain remains stay stays must should may might can cannot can't could needs need to".split()
)
_BEEN = (["has", "been"], ["have", "been"])
_PERFECT = frozenset("has have had 've".split())


def bounded(text: str, start: int, verdict: int) -> int:
    """The tense of a time at `start` behind "by", "until" or "till"; `verdict` is that of the nearest verb.

    Such a time ends something. Where no past verb says that it is over, it is still to come.
    """
    bound = _BOUND.search(text, max(0, start - 20), start)
    if bound is None or verdict == FUTURE:
        return FUTURE if bound is None and text[max(0, start - 4) : start] in (" is ", "are ") else verdict
    first = max(0, start - _REACH)
    for match in _STOP.finditer(text, first, bound.start()):
        if _ends_sentence(text, match):
            first = match.end()
    words, _ = _words(text, first, bound.start())
    for index in range(len(words) - 1, -1, -1):
        word = words[index]
        if word in _MODALS:
            return FUTURE
        if word in _PRESENT:
            perfect = word in _PERFECT and any(_verdict(words, later) for later in range(index + 1, len(words)))
            if not perfect or not _DEFERRING.isdisjoint(words[index + 1 :]):
                return FUTURE
        if _verdict(words, index) == PAST or (word in _DEFERRING):
            rest = words[index + 1 :]
            until = bound[1].lower() != "by"
            if (until and word in _DEFERRING) or (word in _ASKING and "to" in rest) or word == "given":
                return FUTURE
            before = index - 1
            while before > 0 and (words[before] in _BETWEEN or words[before].endswith("ly")) and words[before] != "has":
                before -= 1
            if before >= 0 and (words[before] in _PASSIVE or (until and words[before : before + 2] in _BEEN)):
                return FUTURE
            return FUTURE if until and index == 0 else PAST  # "Closed until Friday"
    return verdict or FUTURE


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if text[match.start()] != ".":
        return True
    # "Gen.", "Sept.", "a.m.": capitals with at most three small letters, or letters after a point.
    return _ABBREVIATION.search(text, max(0, match.start() - 5), match.start()) is None


def _may_tell(text: str, start: int, end: int) -> bool:
    """Whether some word that begins in text[start:end] may tell a tense."""
    words = [word.lower() for word in _WORD.findall(text, start, end)]
    return any(word.endswith("ed") or "’" in word for word in words) or not _TELLING.isdisjoint(words)


def _words(text: str, start: int, end: int) -> tuple[list[str], list[int]]:
    """The words of text[start:end] in lower case, and where they begin."""
    matches = list(_WORD.finditer(text, start, end))
    return [match[0].lower().replace("\u2019", "'") for match in matches], [match.start() for match in matches]


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
    if word in ("cut", "hit", "left", "shot", "set") and index and words[index - 1] in _ARTICLES:
        return 0  # "a cut by April"
    if word in _IRREGULAR or (word.endswith("ed") and len(word) > 3 and word not in _NO_PAST):
        return _past_or_participle(words, index)
    return 0


def _past_or_participle(words: list[str], index: int) -> int:
    """ "held" is past; "will be held", "to be held" and "when it is held" are to come."""
    position = index - 1
    while position >= 0 and (words[position] in _BETWEEN or words[position].endswith("ly")):
        position -= 1
    if position >= 0:
        if words[position] in _MODALS:
            return FUTURE
        if words[position] == "to" and words[position + 1 : position + 2] == ["be"]:
            return FUTURE
        if words[position] in ("is", "are") and not _WHEN.isdisjoint(words[max(0, position - _CLAUSE) : position]):
            return FUTURE
    return PAST
