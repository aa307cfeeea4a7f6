"""Characters to tokens, only around the places where a figure may stand.

Each region of a text that holds a digit or a number word, with some context on both sides, becomes one `Tokens`:
parallel lists, padded with empty tokens at both ends so that the rules may look around without checking bounds.
A region is at most `_REGION` characters, so memory and time stay in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.normalisation.quantities.words import RATIO_WORDS, STARTERS

#: One character for one, so that offsets hold.
_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043", "-"),
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v",
            " ",
        ),
        "\u2028": "\n",
        "\u2029": "\n",
        "\u2044": "/",
        "\u2215": "/",
        "\u2033": "″",
        "\uff05": "%",
        "\uff04": "$",
        "\uff0c": ",",
        "\uff0e": ".",
        "\u00ad": " ",
        "\u200b": " ",
        "\u2060": " ",
        "\ufeff": " ",
    }
    | {chr(0xFF10 + d): str(d) for d in range(10)}
)

_WORDS = STARTERS | RATIO_WORDS.keys()
#: Where a figure may begin. Everything else of the text is never looked at.
CANDIDATE = re.compile(
    rf"\.?[0-9]+|[\u00bc-\u00be\u2150-\u215e]|\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"
)

_TOKEN = re.compile(
    r"""
      \n[ ]*(?=[A-Z\n"*•-])\s*                           # a line ends, and not in the middle of a sentence
    | https?://[^\s<>"]+ | www\.[^\s<>"]+ | @\w+
    | [0-9]{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?   # ISO date and time
    | [0-9]+(?:[.,:][0-9]+)*                                   # 5,835  1.5  9:01
    | (?<![^\W\d_])\.[0-9]+                              # .500, not the end of "Rs."
    | (?:[A-Za-z]\.){2,}                                 # U.S.  p.m.
    | [^\W\d_]+(?:'[^\W\d_]+)*
    | \S
    """,
    re.VERBOSE,
)
_DIGIT = re.compile(r"[0-9\u00bc-\u00be\u2150-\u215e]")
_LETTERS = re.compile(r"[a-z]+")
_BEFORE, _AFTER, _REGION, _PIECE = 130, 150, 6000, 400
#: Empty tokens at both ends, at least as many as the rules look around.
PAD = 12
_PAD = [""] * PAD


class Tokens:
    """Tokens of one region: `low` (lower case, folded), `raw` (folded), `start` and `end` in the whole text."""

    __slots__ = ("end", "low", "raw", "size", "start")

    def __init__(self, folded: str, begin: int, stop: int) -> None:
        matches = list(_TOKEN.finditer(folded, begin, stop))
        words = [match[0] for match in matches]
        spans = [match.span() for match in matches]
        self.raw = [*_PAD, *words, *_PAD]
        self.low = [*_PAD, *[word.lower() for word in words], *_PAD]
        self.start = [*[begin - 1] * PAD, *[span[0] for span in spans], *[stop + 9] * PAD]
        self.end = [*[begin - 1] * PAD, *[span[1] for span in spans], *[stop + 9] * PAD]
        self.size = len(words) + PAD

    def glued(self, index: int) -> bool:
        """Whether no space stands before the token."""
        return self.start[index] == self.end[index - 1]


def fold(text: str) -> str:
    """Quote marks, dashes, spaces and full-width digits as their plain forms, one character for one."""
    return text if text.isascii() and "\t" not in text and "\r" not in text else text.translate(_FOLD)


_LONGER = "\u0130"  # the only character whose lower case is longer: a dotted capital I


def lowered(folded: str) -> str:
    """Lower case with the same length: a character whose lower case is longer stays as it is."""
    low = folded.lower()
    if len(low) == len(folded):
        return low
    return _LONGER.join([part.lower() for part in folded.split(_LONGER)])


def spots(low: str) -> list[int]:
    """The offsets where a figure may begin. A piece of text with no digit and no number word costs next to nothing."""
    found: list[int] = []
    begin, size = 0, len(low)
    while begin < size:
        stop = min(begin + _PIECE, size)
        if stop < size:
            cut = max(low.rfind(" ", begin, stop), low.rfind("\n", begin, stop))
            stop = cut + 1 if cut > begin else stop
        piece = low[begin:stop]
        if _DIGIT.search(piece) or not _WORDS.isdisjoint(_LETTERS.findall(piece)):
            found.extend([begin + match.start() for match in CANDIDATE.finditer(piece)])
        begin = stop
    return found


def regions(text: str) -> Iterator[tuple[Tokens, int, int]]:
    """The regions of the text that may hold a figure, each with the first and last offset where one may begin."""
    folded = fold(text)
    places = spots(lowered(folded))
    size, index, count = len(folded), 0, len(places)
    while index < count:
        first = last = places[index]
        begin = _snap(folded, max(0, first - _BEFORE))
        index += 1
        while index < count and places[index] - last < _AFTER and places[index] - begin < _REGION:
            last = places[index]
            index += 1
        stop = last + _AFTER
        stop = size if stop >= size else max(_snap(folded, stop), last + _AFTER // 2)
        yield Tokens(folded, begin, stop), first, last


def _snap(folded: str, offset: int) -> int:
    """The first place after a space at or behind the offset; the offset itself where none is near."""
    if offset == 0:
        return 0
    space = folded.find(" ", offset, offset + 40)
    return offset if space < 0 else space + 1


def is_digits(word: str) -> bool:
    """Whether the token is written in digits."""
    return (word[:1].isdigit() and word[:1].isascii()) or (word[:1] == "." and len(word) > 1)
