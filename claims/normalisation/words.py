"""The words of a text with their places, found once and shared by the finders of quantities and of times."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import NamedTuple, TypeVar

_SPLIT = re.compile(r"(\w+)")
_LONGER = "\u0130"  # the only character whose lower case is longer: a dotted capital I


_MOST_KNOWN, _LONGEST_KNOWN = 50_000, 40  # a crowd of garbage words must not fill the memory
T = TypeVar("T")


class Known(dict[str, T]):
    """Word → what `tell` says of it, worked out when first asked for: the words of the news come again and again."""

    def __init__(self, tell: Callable[[str], T]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> T:
        told = self._tell(word)
        if len(self) < _MOST_KNOWN and len(word) < _LONGEST_KNOWN:
            self[word] = told
        return told


class Words(NamedTuple):
    """Runs of letters, digits and underscores in lower case, and the offset where each begins."""

    low: list[str]
    starts: list[int]


def lowered(text: str) -> str:
    """Lower case with the same length: a character whose lower case is longer stays as it is."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return _LONGER.join([part.lower() for part in text.split(_LONGER)])


def words_of(text: str) -> Words:
    """The words of the text; linear in its length."""
    pieces = _SPLIT.split(lowered(text))  # gap, word, gap, word, …, gap: together they cover the text
    offsets = list(accumulate(map(len, pieces)))
    return Words(pieces[1::2], offsets[:-1:2])
