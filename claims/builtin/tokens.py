"""Words and marks of a sentence, tagged from closed word classes and the endings of verbs."""

from __future__ import annotations

import re
from typing import NamedTuple

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

_TOKEN = r"(?:[A-Za-z]\.){2,}|\d[\d.,:]*\d|\w+(?:['\-./]\w+)*|\n|[^\w\s]"
# White space and the token after it: together they cover the text, so that lengths give the offsets.
_GAP_TOKEN = re.compile(rf"([^\S\n]*)({_TOKEN}|\Z)")


class Token(NamedTuple):
    """One word or mark. `tag`: V finite verb, X auxiliary, G -ed/-en participle, I -ing, B base form, D determiner,
    P preposition, C coordinator, S subordinator, R relative or question word, E pronoun, A adverb, T "to", N any other
    word, # number, or the mark itself."""

    low: str
    start: int
    end: int
    tag: str
    upper: bool


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


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Words and marks of text[start:end), tagged without their context. `text` should be folded."""
    found: list[Token] = []
    append = found.append
    known = _KNOWN.get
    before = "."
    following = start
    for gap, word in _GAP_TOKEN.findall(text, start, end):
        first = following + len(gap)
        following = last = first + len(word)
        if not word:
            break
        low, tag, upper = known(word) or _classify(word)
        if upper:
            if tag in "PSAXC" and before not in "\"':.[(" and low not in ("i", "is", "are"):
                tag = "N"
            elif tag == "N" and (before == "." or before == '"') and not found:
                tag = _open_tag(low, False)
        if tag == "Y":  # "he'll" is a pronoun and an auxiliary
            at = word.rindex("'")
            head = word[:at].lower()
            append(Token(head, first, first + at, _TAGS.get(head, "N"), upper))
            append(Token(word[at:].lower(), first + at, last, "X", False))
            before = "X"
            continue
        append(_new_token(Token, (low, first, last, tag, upper)))
        before = tag
    return found


_IS_SHORTENED = frozenset("it's he's she's that's there's who's what's here's everyone's where's".split())
_new_token = tuple.__new__
_KNOWN: dict[str, tuple[str, str, bool]] = {}
_MOST_KNOWN = 50_000  # word forms that are remembered; a crowd of garbage words must not fill the memory


def _classify(word: str) -> tuple[str, str, bool]:
    """Lower form, tag without context, and whether it begins with a capital; remembered, since words recur."""
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
    entry = (low, tag, upper)
    if len(_KNOWN) < _MOST_KNOWN and len(word) < 40:
        _KNOWN[word] = entry
    return entry


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
