"""What stands between two spaces, tokenised once and remembered: the words of the news come again and again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import accumulate, chain
from typing import Any

_MOST = 25_000  # chunks that are remembered; a crowd of garbage words must not fill the memory
_LONGEST = 40  # characters of a chunk that is remembered

Entry = tuple[Any, ...]
"""A token: what `describe` says of it, and two lengths: of what stands before it, and its own."""


class Chunks(dict[str, tuple[Entry, ...]]):
    """Chunk → its tokens, worked out when first asked for; none where characters of it are in no token.

    `pattern` matches one token, without groups of its own. The space before a chunk counts as between tokens.
    """

    def __init__(self, pattern: str, describe: Callable[[str], Entry]) -> None:
        super().__init__()
        self._split = re.compile(f"({pattern})").split
        self._describe = describe

    def __missing__(self, chunk: str) -> tuple[Entry, ...]:
        entries = self.of(chunk)
        if sum([sum(entry[-1]) for entry in entries]) <= len(chunk):
            entries = ()
        if len(self) < _MOST and len(chunk) < _LONGEST:
            self[chunk] = entries
        return entries

    def of(self, text: str) -> tuple[Entry, ...]:
        """The tokens of some characters, as if a space stood before them."""
        pieces = self._split(text)  # gap, token, gap, token, …, gap: together they cover the text
        gaps, words = list(map(len, pieces[:-1:2])), pieces[1::2]
        if not words:
            return ()
        gaps[0] += 1
        describe = self._describe
        return tuple([(*describe(word), (gap, len(word))) for word, gap in zip(words, gaps, strict=True)])


def spans_of(lengths: Iterable[tuple[int, int]], start: int) -> tuple[list[int], list[int]]:
    """Where each token begins and ends, by the lengths of its entry; the first gap begins at `start`."""
    offsets = list(accumulate(chain.from_iterable(lengths), initial=start))
    return offsets[1::2], offsets[2::2]
