"""The words in which a figure or a time may begin, found once for the finders of both."""

from __future__ import annotations

from claims.normalisation.quantities.words import OPENING
from claims.normalisation.times.find import marks_time
from claims.normalisation.words import Wanted, Words

_SIGNS = Wanted(lambda word: word in OPENING or marks_time(word))


def sign_words(text: str) -> Words:
    """What `find_quantities` and `find_times` take as `words`; linear in the length of the text."""
    return _SIGNS.words_of(text)
