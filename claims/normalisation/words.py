"""Words of a text with their places, found once and shared by the finders of quantities and of times."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate, compress
from typing import NamedTuple, TypeVar

_WORD = re.compile(r"\w+")
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
    """Some of the words of a text (runs of letters, digits and underscores), in order, as columns."""

    numbers: list[int]  # how many words of the text stand before it
    low: list[str]  # in lower case
    starts: list[int]  # the offset where it begins


def lowered(text: str) -> str:
    """Lower case with the same length: a character whose lower case is longer stays as it is."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return _LONGER.join([part.lower() for part in text.split(_LONGER)])


class _Told(NamedTuple):
    """What stands between two spaces: the number of its words; of those that are wanted, number, offset and form."""

    words: int
    wanted: tuple[tuple[int, int, str], ...]


class Wanted:
    """Finds the words of a text that a reader wants, in time that is linear in the length of the text.

    What stands between two spaces is looked at when it first comes up; nearly all of it is one word that nobody wants.
    """

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self._wanted = wanted
        self._told = Known(self._tell)

    def words_of(self, text: str) -> Words:
        """The wanted words of the text."""
        chunks = lowered(text).replace("\n", " ").split(" ")
        told = list(map(self._told.__getitem__, chunks))
        offsets = list(accumulate(map(len, chunks), initial=0))  # without the spaces
        words = Words([], [], [])
        numbers, low, starts = words
        more = 0  # words so far, beyond one for each chunk
        for number, entry in zip(compress(range(len(told)), told), filter(None, told), strict=True):
            for which, offset, word in entry.wanted:
                numbers.append(number + more + which)
                low.append(word)
                starts.append(offsets[number] + number + offset)
            more += entry.words - 1
        return words

    def _tell(self, chunk: str) -> _Told | None:
        """None for a single word that is not wanted."""
        if chunk.isalnum():  # the shortest way to one word
            return _Told(1, ((0, 0, chunk),)) if self._wanted(chunk) else None
        found = [(match.start(), match[0]) for match in _WORD.finditer(chunk)]
        wanted = tuple((which, start, word) for which, (start, word) in enumerate(found) if self._wanted(word))
        return None if len(found) == 1 and not wanted else _Told(len(found), wanted)
