"""The spelling by which names of places meet: ASCII letters in lower case, without marks, "Saint" for "St."."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h"}
)
_APOSTROPHES = re.compile("['’‘ʼʻʹʿʾ`´.]")
_WORD = re.compile(r"[a-z0-9]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


@lru_cache(maxsize=20_000)
def key_of(name: str) -> str:
    """One key for all ways to write one spelling: "St.-Étienne" and "Saint Etienne". "" for other scripts."""
    plain = _APOSTROPHES.sub("", name.lower()).translate(_LETTERS)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        if any(ord(c) > 0x24F and c.isalpha() for c in plain):
            return ""
    return " ".join([_SHORT.get(word, word) for word in _WORD.findall(_unmarked(plain))])


def _unmarked(text: str) -> str:
    return text if text.isascii() else "".join([c for c in text if not unicodedata.combining(c)])
