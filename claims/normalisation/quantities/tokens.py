"""Characters to tokens, only around the places where a figure may stand.

Each region of a text that holds a digit or a number word, with some context on both sides, becomes one `Tokens`:
parallel lists, padded with empty tokens at both ends so that the rules may look around without checking bounds.
A region is at most `_REGION` characters, so memory and time stay in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: One character for one, so that offsets hold.
_FOLD = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u2043", "-"),
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v", " "),  # fmt: skip
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

_NUMBER_WORDS = (
    r"one|tw(?:o|elve|enty|ice)|t(?:hree|hirteen|hirty|hird|hirds|housands?|en|ens|enths?|rillions?|riple[ds]?)"
    r"|fo(?:ur|urteen|rty|urths?|urfold)|fi(?:ve|fteen|fty|fths?)|six(?:teen|ty|ths?)?|seven(?:teen|ty|ths?)?"
    r"|eight(?:een|y|h|hs)?|nin(?:e|eteen|ety|ths?)|eleven|zero|dozens?|hundreds?|millions?|billions?"
    r"|quadrupled?|hal(?:f|ves|ved)|quarters?|scores|couple|double[ds]?|lakhs?|crores?|quintupled?"
    r"|(?:second|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|many)fold|nil"
)
#: Where a figure may begin. Everything else of the text is never looked at.
CANDIDATE = re.compile(rf"\.?[0-9]+|[\u00bc-\u00be\u2150-\u215e]|\b(?:{_NUMBER_WORDS})\b")

_TOKEN = re.compile(
    r"""
      \n[ ]*(?=[A-Z\n"*•-])\s*                           # a line ends, and not in the middle of a sentence
    | https?://[^\s<>"]+ | www\.[^\s<>"]+ | @\w+
    | [0-9]{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?   # ISO date and time
    | [0-9]+(?:[.,:][0-9]+)*                                   # 5,835  1.5  9:01
    | \.[0-9]+
    | (?:[A-Za-z]\.){2,}                                 # U.S.  p.m.
    | [^\W\d_]+(?:'[^\W\d_]+)*
    | \S
    """,
    re.VERBOSE,
)
_BEFORE, _AFTER, _REGION = 160, 200, 6000
PAD = 6


class Tokens:
    """Tokens of one region: `low` (lower case, folded), `raw` (folded), `start` and `end` in the whole text."""

    __slots__ = ("end", "low", "raw", "size", "start")

    def __init__(self, folded: str, begin: int, stop: int) -> None:
        pad = [""] * PAD
        low, raw = list(pad), list(pad)
        start, end = [begin - 1] * PAD, [begin - 1] * PAD
        for match in _TOKEN.finditer(folded, begin, stop):
            word = match.group()
            raw.append(word)
            low.append(word.lower())
            start.append(match.start())
            end.append(match.end())
        self.size = len(raw)
        self.low, self.raw = low + pad, raw + pad
        self.start, self.end = start + [stop + 9] * PAD, end + [stop + 9] * PAD

    def glued(self, index: int) -> bool:
        """Whether no space stands before the token."""
        return self.start[index] == self.end[index - 1]


def fold(text: str) -> str:
    """Quote marks, dashes, spaces and full-width digits as their plain forms, one character for one."""
    return text if text.isascii() and "\t" not in text and "\r" not in text else text.translate(_FOLD)


def lowered(folded: str) -> str:
    """Lower case with the same length: a character whose lower case is longer stays as it is."""
    low = folded.lower()
    if len(low) == len(folded):
        return low
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in folded)


def regions(text: str) -> Iterator[tuple[Tokens, list[int]]]:
    """The regions of the text that may hold a figure, each with the offsets where one may begin."""
    folded = fold(text)
    spots = [match.start() for match in CANDIDATE.finditer(lowered(folded))]
    if not spots:
        return
    size, index = len(folded), 0
    while index < len(spots):
        first = spots[index]
        begin = _snap(folded, max(0, first - _BEFORE))
        group = [first]
        index += 1
        while index < len(spots) and spots[index] - group[-1] < _AFTER and spots[index] - begin < _REGION:
            group.append(spots[index])
            index += 1
        stop = group[-1] + _AFTER
        stop = size if stop >= size else max(_snap(folded, stop), group[-1] + _AFTER // 2)
        yield Tokens(folded, begin, stop), group


def _snap(folded: str, offset: int) -> int:
    """The first place after a space at or behind the offset; the offset itself where none is near."""
    if offset == 0:
        return 0
    space = folded.find(" ", offset, offset + 40)
    return offset if space < 0 else space + 1
