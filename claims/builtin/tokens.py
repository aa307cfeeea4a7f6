"""Words and marks of a sentence, tagged from closed word classes and the endings of verbs."""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import Span
from claims.text.chunks import Chunks
from claims.text.lexicon import (
    ADVERBS,
    AUXILIARIES,
    BASE,
    COORDINATORS,
    DETERMINERS,
    ING,
    PARTICIPLE,
    PAST,
    PREPOSITIONS,
    PRESENT,
    PRONOUNS,
    SUBORDINATORS,
)

#: The first alternative is only a shorter way to most of the words.
_TOKEN = r"[a-zA-Z]{2,}+(?![\w'\-./])|(?:[A-Za-z]\.){2,}|\d[\d.,:]*\d(?:-[a-z]\w*)*|\w+(?:['\-./]\w+)*|\n|[^\w\s]"


_TAGS: dict[str, str] = {}


def _build_tags() -> None:
    for words, tag in (
        (ADVERBS, "A"),
        (SUBORDINATORS, "S"),
        (PREPOSITIONS, "P"),
        (DETERMINERS, "D"),
        (PRONOUNS, "E"),
        (COORDINATORS, "C"),
        (AUXILIARIES, "X"),
    ):
        for word in words:
            _TAGS[word] = tag
    for word in ("who", "whom", "whose", "which", "that", "where", "when", "what", "how", "why"):
        _TAGS[word] = "R"
    for word in (
        "his",
        "her",
        "its",
        "their",
        "my",
        "your",
        "our",
        "this",
        "these",
        "those",
        "no",
        "all",
        "some",
        "any",
    ):
        _TAGS[word] = "D"
    for word in ("after", "before", "since", "until", "till", "as", "for", "than", "like", "following", "including"):
        _TAGS[word] = "P"
    _TAGS["to"] = "T"
    _TAGS["not"] = "A"
    _TAGS["being"] = "I"
    _TAGS["having"] = "I"
    _TAGS["been"] = "G"
    _TAGS["be"] = "B"


_build_tags()
_NOT_VERB_ED = frozenset(
    "red bed hundred need seed speed feed breed deed indeed led-by united so-called aged armed unprecedented".split()
)
_ALLOWED_BEFORE_VERB = frozenset("NE#R)\"'")
_MARKS_IN_NP = frozenset("'’-")


@dataclass(slots=True)
class Tokens:
    """The words and marks of a sentence, as columns: one item, or one letter of `tags`, for each.

    Tags: V finite verb, X auxiliary, G -ed/-en participle, I -ing, B base form, D determiner, P preposition,
    C coordinator, S subordinator, R relative or question word, E pronoun, A adverb, T "to", N any other word, # number,
    or the mark itself.
    """

    lows: list[str]  # in lower case
    starts: list[int]
    ends: list[int]
    tags: str
    uppers: bytes  # not 0 where it begins with a capital

    def span(self, first: int, last: int) -> Span:
        """From token `first` to token `last`, inclusive."""
        return _new(Span, (self.starts[first], self.ends[last]))


def tokenise(text: str, start: int, end: int) -> Tokens:
    """Words and marks of text[start:end), tagged without their context. `text` should be folded."""
    lows, told, starts, ends = _CHUNKS.read(text[start:end], start)
    if not lows:
        return Tokens([], [], [], "", b"")
    tags, uppers = told[::2], told[1::2].encode()
    tokens = Tokens(lows, starts, ends, tags, uppers)
    closed = uppers.find(_CLOSED, 1)
    while closed > 0:
        if tokens.tags[closed - 1] not in "\"':.[(":
            _retag(tokens, closed, "N")  # a capitalised "In" or "Will" inside a sentence is part of a name
        closed = uppers.find(_CLOSED, closed + 1)
    if "Y" in tags:
        _part(tokens)
    first = 1 if tags[0] == '"' and len(tags) > 1 else 0
    if uppers[first] and tokens.tags[first] == "N":  # a capital says nothing at the start
        _retag(tokens, first, _open_tag(tokens.lows[first], False))
    return tokens


def _retag(tokens: Tokens, number: int, tag: str) -> None:
    tokens.tags = tokens.tags[:number] + tag + tokens.tags[number + 1 :]


def _part(tokens: Tokens) -> None:
    """ "He'll": contractions become two tokens, the word and its auxiliary."""
    lows, starts, ends = tokens.lows, tokens.starts, tokens.ends
    tags, uppers = list(tokens.tags), bytearray(tokens.uppers)
    for number in [number for number, tag in enumerate(tags) if tag == "Y"][::-1]:
        low = lows[number]
        at = low.rindex("'")
        cut = ends[number] - (len(low) - at)
        lows[number : number + 1] = [low[:at], low[at:]]
        tags[number : number + 1] = [_TAGS.get(low[:at], "N"), "X"]
        starts.insert(number + 1, cut)
        ends.insert(number, cut)
        uppers.insert(number + 1, False)
    tokens.tags, tokens.uppers = "".join(tags), bytes(uppers)


_IS_SHORTENED = frozenset("it's he's she's that's there's who's what's here's everyone's where's".split())
_new = tuple.__new__


_CLOSED = 2  # of `uppers`: a capitalised word of a closed class, whose tag depends on its place


def _classify(word: str) -> tuple[str, str]:
    """The lower form; its tag, and behind that what `uppers` takes."""
    low = word.lower()
    upper = word[0].isupper()
    tag = _TAGS.get(low)
    if tag is None:
        if word[0].isdigit():
            tag = "#"
        elif not word[0].isalnum():
            tag = low[0]
        elif "'" in low and (low.endswith(("'ll", "'ve", "'re", "'d", "'m")) or low in _IS_SHORTENED):
            tag = "Y"
        else:
            tag = _open_tag(low, upper)
    closed = upper and tag in "PSAXC" and low not in ("i", "is", "are")
    return low, tag + chr(_CLOSED if closed else upper)


def _open_tag(low: str, upper: bool) -> str:
    if low.endswith(("'s", "s'")):
        return "O"
    if low.endswith("n't"):
        return "X"
    if upper:
        return "N"
    if "-" in low or "." in low:
        return "N"
    if low.endswith("ly") and len(low) > 4:
        return "A"
    if low in PAST:
        return "G" if low in PARTICIPLE else "V"
    if low in PARTICIPLE:
        return "H"
    if low in ING:
        return "I"
    if low in PRESENT:
        return "s"
    if low in BASE:
        return "b"
    if low.endswith("ed") and len(low) > 4 and low not in _NOT_VERB_ED:
        return "G"
    if low.endswith("ing") and len(low) > 5:
        return "I"
    return "N"


_CHUNKS = Chunks(_TOKEN, _classify)
