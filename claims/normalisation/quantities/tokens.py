"""Characters to tokens, only around the places where a figure may stand.

Each region of a text that holds a digit or a number word, with some context on both sides, becomes one `Tokens`:
parallel lists, padded with empty tokens at both ends so that the rules may look around without checking bounds.
A region is at most `_REGION` characters, so memory and time stay in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, compress

from claims.normalisation.quantities.words import OPENING
from claims.normalisation.words import Wanted, Words

#: One character for one, so that offsets hold.
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043", "-"),
    **dict.fromkeys(
        "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v", " "
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
    **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
}
_UNUSUAL = re.compile(f"[{''.join(_PLAIN)}]")

#: Where a figure in digits may begin. A number word begins one too; everything else of the text is never looked at.
_DIGITS = re.compile(r"[0-9\u00bc-\u00be\u2150-\u215e](?:(?<=[0-9])[0-9]*+|)")

_SPLIT = re.compile(
    r"""
    ( (?![hw](?:ttps?://|ww\.)[^\s<>"])(?:[a-zA-Z]{2,}+(?![^\W\d_])|[^\W\d_]{2,})(?:'[^\W\d_]+)*   # most words, first
    | \n[ ]*(?=[A-Z\n"*•-])\s*                           # a line ends, and not in the middle of a sentence
    | https?://[^\s<>"]+ | www\.[^\s<>"]+ | @\w+
    | [0-9]{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?   # ISO date and time
    | [0-9]+(?:[.,:][0-9]+)*                                   # 5,835  1.5  9:01
    | (?<![^\W\d_])\.[0-9]+                              # .500, not the end of "Rs."
    | (?:[A-Za-z]\.){2,}                                 # U.S.  p.m.
    | [^\W\d_]+(?:'[^\W\d_]+)*
    | \S
    )""",
    re.VERBOSE,
).split
_BEFORE, _AFTER, _REGION = 130, 150, 6000
_OPENING = Wanted(OPENING.__contains__)
#: Empty tokens at both ends, at least as many as the rules look around.
PAD = 12
_PAD = [""] * PAD


class Tokens:
    """Tokens of one region: `low` (lower case, folded), `raw` (folded), `start` and `end` in the whole text."""

    __slots__ = ("end", "low", "raw", "size", "start")

    def __init__(self, folded: str, begin: int, stop: int) -> None:
        pieces = _SPLIT(folded[begin:stop])  # gap, token, gap, token, …, gap: together they cover the region
        words = pieces[1::2]
        offsets = list(accumulate(map(len, pieces), initial=begin))
        self.raw = [*_PAD, *words, *_PAD]
        self.low = [*_PAD, *map(str.lower, words), *_PAD]
        self.start = [*[begin - 1] * PAD, *offsets[1:-1:2], *[stop + 9] * PAD]
        self.end = [*[begin - 1] * PAD, *offsets[2::2], *[stop + 9] * PAD]
        self.size = len(words) + PAD

    def glued(self, index: int) -> bool:
        """Whether no space stands before the token."""
        return self.start[index] == self.end[index - 1]


def fold(text: str) -> str:
    """Quote marks, dashes, spaces and full-width digits as their plain forms, one character for one."""
    # A text holds few of these characters: replacing each in turn is several times faster than str.translate.
    for character in set(_UNUSUAL.findall(text)):
        text = text.replace(character, _PLAIN[character])
    return text


def spots(folded: str, words: Words) -> list[int]:
    """The offsets where a figure may begin, in order."""
    found = list(compress(words.starts, map(OPENING.__contains__, words.low)))
    for match in _DIGITS.finditer(folded):
        start = match.start()
        pointed = start > 0 and folded[start - 1] == "." and folded[start].isascii()  # ".500"
        found.append(start - pointed)
    found.sort()
    return found


def regions(text: str, words: Words | None = None) -> Iterator[tuple[Tokens, int, int]]:
    """The regions of the text that may hold a figure, each with the first and last offset where one may begin."""
    folded = fold(text)
    places = spots(folded, _OPENING.words_of(folded) if words is None else words)
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
