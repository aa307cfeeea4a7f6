"""What stands between two spaces, tokenised once and remembered: the words of the news come again and again."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from itertools import accumulate, chain
from typing import NamedTuple

_MOST = 25_000  # chunks that are remembered; a crowd of garbage words must not fill the memory
_LONGEST = 40  # characters of a chunk that is remembered
_MOST_BYTE = 255

Entry = tuple[()] | tuple[tuple[str, ...], str, bytes]
"""Tokens as columns: lower forms, what is told of them, and lengths; nothing where these cannot stand for the chunk."""


class Columns(NamedTuple):
    """The tokens of a piece of text: an item of each list, and so many characters of `told`, for one token."""

    lows: list[str]
    told: str
    starts: list[int]
    ends: list[int]


class Chunks(dict[str, Entry]):
    """Chunk → its tokens, worked out when first asked for.

    `pattern` matches one token, without groups of its own; `describe` gives its lower form, and what is told of it as
    a string that has the same length for every token: strings and bytes are joined in a tenth of the time of lists.
    """

    def __init__(self, pattern: str, describe: Callable[[str], tuple[str, str]]) -> None:
        super().__init__()
        self._split = re.compile(f"({pattern})").split
        self._describe = describe

    def read(self, text: str, start: int) -> Columns:
        """The tokens of a piece of text that begins at the offset `start`."""
        columns = list(zip(*map(self.__getitem__, text.split(" ")), strict=False))
        if not columns:  # two spaces, or what no entry can stand for
            lows, told, lengths = self._tokens(text)
            return _placed(lows, told, lengths, start)
        return _placed(list(chain.from_iterable(columns[0])), "".join(columns[1]), b"".join(columns[2]), start)

    def __missing__(self, chunk: str) -> Entry:
        lows, told, lengths = self._tokens(chunk)
        entry: Entry = ()
        if lows and sum(lengths) > len(chunk) and max(lengths) <= _MOST_BYTE:
            entry = tuple(map(sys.intern, lows)), sys.intern(told), bytes(lengths)
        if len(self) < _MOST and len(chunk) < _LONGEST:
            self[chunk] = entry
        return entry

    def _tokens(self, text: str) -> tuple[list[str], str, list[int]]:
        """Of the tokens of some characters, as if a space stood before them: lower forms, what is told, and two lengths
        each, of what stands before a token and its own."""
        pieces = self._split(text)  # gap, token, gap, token, …, gap: together they cover the text
        lengths = list(map(len, pieces[:-1]))
        if not lengths:
            return [], "", []
        lengths[0] += 1
        lows, told = zip(*map(self._describe, pieces[1::2]), strict=True)
        return list(lows), "".join(told), lengths


def _placed(lows: list[str], told: str, lengths: Iterable[int], start: int) -> Columns:
    offsets = list(accumulate(lengths, initial=start - 1))
    return _new(Columns, (lows, told, offsets[1::2], offsets[2::2]))


_new = tuple.__new__
