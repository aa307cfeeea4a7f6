"""The words of a text with their places, found once and shared by the finders of quantities and of times."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

_SPLIT = re.compile(r"(\w+)")
_LONGER = "\u0130"  # the only character whose lower case is longer: a dotted capital I


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
