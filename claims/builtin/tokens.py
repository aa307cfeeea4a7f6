"""Words and marks of a sentence, tagged from closed word classes and the endings of verbs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from claims.models import Span
from claims.text.chunks import Chunks, spans_of
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
_TOKEN = r"[a-zA-Z]{2,}+(?![\w'\-./])|(?:[A-Za-z]\.){2,}|\d[\d.,:]*\d|\w+(?:['\-./]\w+)*|\n|[^\w\s]"


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
    uppers: list[bool]  # whether it begins with a capital

    def span(self, first: int, last: int) -> Span:
        """From token `first` to token `last`, inclusive."""
        return _new(Span, (self.starts[first], self.ends[last]))


def tokenise(text: str, start: int, end: int) -> Tokens:
    """Words and marks of text[start:end), tagged without their context. `text` should be folded."""
    chunks = text[start:end].split(" ")
    known = list(map(_CHUNKS.__getitem__, chunks))
    if () in known:  # two spaces, or what is neither a word nor a mark
        known = [_CHUNKS.of(text[start:end])]
        if not known[0]:
            return Tokens([], [], [], "", [])
    lows, tags, uppers, bound, lengths = map(list, zip(*chain.from_iterable(known), strict=True))
    starts, ends = spans_of(lengths, start - 1)
    if True in bound:
        for number in [number for number, needs in enumerate(bound) if needs][::-1]:
            if tags[number] == "Y":  # a contraction becomes two tokens
                _part(number, lows, starts, ends, tags, uppers)
            elif number and tags[number - 1] not in "\"':.[(":
                tags[number] = "N"  # a capitalised "In" or "Will" inside a sentence is part of a name
    first = 1 if tags[0] == '"' and len(tags) > 1 else 0
    if uppers[first] and tags[first] == "N":  # a capital says nothing at the start
        tags[first] = _open_tag(lows[first], False)
    return Tokens(lows, starts, ends, "".join(tags), uppers)


def _part(
    number: int, lows: list[str], starts: list[int], ends: list[int], tags: list[str], uppers: list[bool]
) -> None:
    """ "he'll": the word and its auxiliary."""
    low = lows[number]
    at = low.rindex("'")
    cut = ends[number] - (len(low) - at)
    lows[number : number + 1] = [low[:at], low[at:]]
    tags[number : number + 1] = [_TAGS.get(low[:at], "N"), "X"]
    starts.insert(number + 1, cut)
    ends.insert(number, cut)
    uppers.insert(number + 1, False)


_IS_SHORTENED = frozenset("it's he's she's that's there's who's what's here's everyone's where's".split())
_new = tuple.__new__


def _classify(word: str) -> tuple[str, str, bool, bool]:
    """Lower form, tag, whether it begins with a capital, whether its tag needs its context."""
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
    return low, tag, upper, tag == "Y" or (upper and tag in "PSAXC" and low not in ("i", "is", "are"))


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
