"""A text as units for attribution: a sentence each, with every quotation inside it as one opaque token."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

from claims.models import Span
from claims.text.attribution.lexicon import ADVERBS, BE, HAVE, MODAL
from claims.text.attribution.quotes import Quotation, find_quotations
from claims.text.characters import fold
from claims.text.chunks import Chunks
from claims.text.lexicon import DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES
from claims.text.sentences import sentences

#: A word keeps inner hyphens, dots, apostrophes and a final dot ("U.S.", "al-Nuri", "Reed's", "Gen."); any other
#: visible character is a token of its own, a run of dashes one. "4,000" is a word, too.
#: The first alternative is only a shorter way to most of the words.
_TOKEN = r"[a-zA-Z]++(?![^\W_]|[-.'&/])|[^\W_]+(?:[-.'&/][^\W_]+|(?<=\d),\d{3}(?!\d))*'?|\$[\d.,]*\d|-+|[^\w\s]|_+"

_TAGS: dict[str, str] = {
    **dict.fromkeys(ADVERBS, "A"),
    **dict.fromkeys(PREPOSITIONS, "P"),
    **dict.fromkeys(DETERMINERS, "D"),
    **dict.fromkeys(RELATIVES, "R"),
    **dict.fromkeys(
        "because although though while whereas if unless when whenever where wherever since until till"
        " whether how why once".split(),
        "S",
    ),
    **dict.fromkeys("i you he she it we they someone anyone everyone nobody everybody somebody".split(), "H"),
    **dict.fromkeys(
        "he's she's it's they're we're i'm you're i've we've they've you've who's he'll she'll they'll"
        " he'd she'd they'd i'd we'd i'll we'll".split(),
        "H",
    ),
    **dict.fromkeys(
        PRONOUNS
        - set(
            "i you he she it we they who someone anyone everyone nobody everybody somebody"
            " this that these those".split()
        ),
        "O",
    ),
    **dict.fromkeys("and or but nor yet &".split(), "C"),
    **dict.fromkeys(BE | HAVE | MODAL, "M"),
    "that": "T",
    "who": "R",
    "to": "I",
    "as": "P",
    "not": "M",
    "there": "O",
    "some": "D",
    "what": "S",
}


class Unit:
    """A sentence (or several, joined by a quotation that spans their border) as parallel lists.

    `tags`, one letter each: Q quotation, q a few quoted words, N capitalised word, w other word, d number,
    D determiner, P preposition, I "to", T "that", R relative, S subordinator, C coordinator, H subject pronoun, O other
    pronoun, M auxiliary or "not", A adverb; punctuation stands for itself.
    """

    __slots__ = (
        "capitals", "cased", "end", "ends", "folded", "letters", "lows", "paragraph", "quotes", "runs_on", "start",
        "starts", "tagline", "tags", "title",
    )  # fmt: skip

    def __init__(self, folded: str, start: int, end: int, paragraph: int) -> None:
        self.folded = folded  # the whole text
        self.start = start
        self.end = end
        self.paragraph = paragraph
        self.lows: list[str] = []
        self.tags: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.tagline = ""  # the tags as one string, for searching
        self.letters = 0  # tokens that begin with a letter
        self.capitals = 0  # and those that begin with a capital
        self.quotes = False  # holds a quotation, or a part of one
        self.title = False  # a headline
        self.cased = False  # Most Words Begin Like This
        self.runs_on = False  # ends in a quotation that its paragraph does not close

    def __len__(self) -> int:
        return len(self.tags)

    @property
    def words(self) -> list[str]:
        """The tokens as written; a quotation is its mark."""
        spans = zip(self.tags, self.starts, self.ends, strict=True)
        return ['"' if tag in "Qq" else self.folded[start:end] for tag, start, end in spans]


#: Tokens of a unit. Longer sentences are lists or no prose; cutting them keeps the time linear.
LONGEST = 120


def _cut(unit: Unit) -> list[Unit]:
    """The unit in pieces of at most `LONGEST` tokens."""
    pieces: list[Unit] = []
    for first in range(0, len(unit.tags), LONGEST):
        last = min(first + LONGEST, len(unit.tags))
        piece = Unit(unit.folded, unit.starts[first], unit.ends[last - 1], unit.paragraph)
        piece.lows, piece.tags = unit.lows[first:last], unit.tags[first:last]
        piece.starts, piece.ends = unit.starts[first:last], unit.ends[first:last]
        piece.tagline = unit.tagline[first:last]
        piece.quotes = unit.quotes
        piece.letters = sum([word[0].isalpha() for word in piece.words])
        piece.capitals = sum([word[0].isupper() for word in piece.words])
        pieces.append(piece)
    pieces[-1].runs_on = unit.runs_on
    return pieces


#: A quotation mark before a line of a transcript: what follows the name is said by it, and not quoted.
_TRANSCRIPT = re.compile(r'"[A-Z][A-Z.\'-]+(?: [A-Z][A-Z.\'-]+){0,3}: ')


class Reading(NamedTuple):
    """The units of a text with its quotations and its folded form."""

    folded: str
    units: list[Unit]
    quotations: list[Quotation]


def read(text: str, parts: Sequence[Span] | None = None) -> Reading:
    """Cut the text into units. `parts`: `sentences(text)`, when the caller has them."""
    folded = fold(text)
    quotations = [found for found in find_quotations(text) if not _TRANSCRIPT.match(folded, found.start)]
    starts = [quotation.start for quotation in quotations]
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text) if parts is None else parts:
        if spans:
            before = bisect_right(starts, start) - 1
            if before >= 0 and quotations[before].start < spans[-1][1] and start < quotations[before].end:
                spans[-1] = (spans[-1][0], end)
                continue
        spans.append((start, end))
    units: list[Unit] = []
    paragraph = 0
    last = 0
    position = 0
    for start, end in spans:
        if "\n" in folded[last:start]:
            paragraph += 1
        last = end
        unit = Unit(folded, start, end, paragraph)
        while position < len(quotations) and quotations[position].end <= start:
            position += 1
        at = start
        index = position
        while index < len(quotations) and quotations[index].start < end:
            quotation = quotations[index]
            if quotation.start > at:
                _tokens(unit, folded, at, quotation.start)
            stop = min(quotation.end, end)
            unit.quotes = True
            unit.lows.append('"')
            unit.tags.append("Q" if _is_speech(folded, quotation, start) else "q")
            unit.starts.append(max(quotation.start, start))
            unit.ends.append(stop)
            at = stop
            unit.runs_on = quotation.open and stop == end
            index += 1
        if at < end:
            _tokens(unit, folded, at, end)
        unit.tagline = "".join(unit.tags)
        units.extend(_cut(unit) if len(unit.tags) > LONGEST else (unit,))
    _mark_titles(units)
    return Reading(folded, units, quotations)


def _is_speech(folded: str, quotation: Quotation, start: int) -> bool:
    """Whether a quotation is a sentence or more, not a nickname, a title or a few words."""
    inner = folded[quotation.end - 3 : quotation.end].rstrip("\"' ")
    if inner[-1:] in (",", ".", "?", "!", "-", "…"):
        return True
    return quotation.open or quotation.start <= start or quotation.end - quotation.start > 60


def _tokens(unit: Unit, folded: str, start: int, end: int) -> None:
    """Add the tokens of folded[start:end)."""
    first = start + (folded[start] == " ")
    last = end - (folded[end - 1] == " ")
    lows, told, starts, ends = _CHUNKS.read(folded[first:last], first)
    if not lows:
        return
    tags, cases = told[::2], told[1::2]
    capitals = cases.count(_CAPITAL)
    unit.capitals += capitals
    unit.letters += capitals + cases.count(_LETTER)
    if "a" in tags or "m" in tags:
        if not unit.tags and tags[0] in "am":
            tags = tags[0].upper() + tags[1:]
        tags = tags.replace("a", "N").replace("m", "N")
    listed = list(tags)
    if "." in tags and (tags.index(".") < len(tags) - 1 or ends[-1] < end):
        _join_stops(lows, listed, starts, ends, end, unit)
    unit.lows += lows
    unit.starts += starts
    unit.ends += ends
    unit.tags += listed


_LONGEST_WORD = 60  # characters; a row of full stops is no abbreviation, and would be copied with each of them


def _join_stops(lows: list[str], tags: list[str], starts: list[int], ends: list[int], end: int, unit: Unit) -> None:
    """A full stop right after a token, inside the sentence, belongs to an abbreviation: make the two one token."""
    columns: tuple[list[Any], ...] = (lows, tags, starts, ends)
    kept = 0
    for number, low in enumerate(lows):
        if low == "." and ends[number] < end:
            if kept and ends[kept - 1] == starts[number] and ends[kept - 1] - starts[kept - 1] < _LONGEST_WORD:
                ends[kept - 1] = ends[number]
                continue
            if not kept and unit.ends and unit.ends[-1] == starts[number]:
                unit.ends[-1] = ends[number]
                continue
        for column in columns:
            column[kept] = column[number]
        kept += 1
    for column in columns:
        del column[kept:]


_CAPITAL, _LETTER, _NO_LETTER = "Ll-"


def _classify(word: str) -> tuple[str, str]:
    """The lower form of the word; its tag, and behind that what it begins with. A tag in lower case is a name inside a
    sentence ("Will", "May")."""
    low = word.lower()
    first = word[0]
    if not (first.isalnum() or first == "$"):
        tag = "-" if first == "-" else first
    else:
        tag = _TAGS.get(low) or ("N" if first.isupper() else "d" if first.isdigit() or first == "$" else "w")
        if tag in "AM" and first.isupper() and len(low) > 2:
            tag = tag.lower()
    return low, tag + (_NO_LETTER if not first.isalpha() else _CAPITAL if first.isupper() else _LETTER)


_CHUNKS = Chunks(_TOKEN, _classify)


def _mark_titles(units: list[Unit]) -> None:
    """A unit whose words are mostly capitalised is a headline, and so is the first when it is a paragraph by itself."""
    for unit in units:
        if unit.capitals > 2 and unit.capitals * 10 >= unit.letters * 7:
            unit.title = unit.cased = True
    if len(units) > 1 and units[1].paragraph != units[0].paragraph:
        units[0].title = True
