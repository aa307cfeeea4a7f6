"""Independent voices: copies of one text, whole or in part, count once.

Two documents are copies when most of the shorter one's word sequences stand in the other; two sentences are copies when
they are nearly the same words. Word five-grams do both: in news, five words in a row are hardly ever shared by chance
(Broder et al. 1997, "Syntactic clustering of the Web"). Only documents that share a
fact are compared, so the sets are compared exactly and no sketch (MinHash) is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from claims.models import Claim, Document, Fact

_WORD = re.compile(r"\w+")
_LENGTH = 5
_SAME_DOCUMENT = 0.6  # of the shorter text's five-grams
_SAME_SENTENCE = 0.7
_LEAST = 6  # runs of three words that a sentence must have to be told a copy


def shingles(text: str, length: int = _LENGTH) -> frozenset[tuple[str, ...]]:
    """The runs of `length` words; of all words where the text is shorter."""
    words = _WORD.findall(text.lower())
    if len(words) <= length:
        return frozenset({tuple(words)}) if words else frozenset()
    return frozenset(zip(*[words[i:] for i in range(length)], strict=False))


def containment(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> float:
    """The share of the smaller set that lies in the other."""
    small = min(len(a), len(b))
    return len(a & b) / small if small else 0.0


class Copies:
    """Which documents carry one text. Shingles are made when first asked for, and kept."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._shingles: dict[str, frozenset[tuple[str, ...]]] = {}
        self._pairs: dict[tuple[str, str], bool] = {}

    def __call__(self, a: str, b: str) -> bool:
        """Two documents (by id) are copies of one text, or carry the text of one agency."""
        if a == b:
            return True
        pair = (a, b) if a < b else (b, a)
        found = self._pairs.get(pair)
        if found is None:
            found = self._pairs[pair] = containment(self._of(a), self._of(b)) >= _SAME_DOCUMENT
        return found

    def _of(self, key: str) -> frozenset[tuple[str, ...]]:
        if key not in self._shingles:
            self._shingles[key] = shingles(self._documents[key].text)
        return self._shingles[key]


@lru_cache(maxsize=1000)
def _runs(sentence: str) -> frozenset[tuple[str, ...]]:
    return shingles(sentence, 3)


def same_sentence(a: str, b: str) -> bool:
    """Two sentences are one text with small edits."""
    x, y = _runs(a), _runs(b)
    if len(x) < _LEAST or len(y) < _LEAST:
        return False  # a few words are shared by chance
    if min(len(x), len(y)) < _SAME_SENTENCE * max(len(x), len(y)):
        return False
    return len(x & y) / max(len(x), len(y)) >= _SAME_SENTENCE


def voices(claims: Iterable[Claim], copies: Copies) -> dict[str, str]:
    """Claim id → its voice, named by the smallest claim id that shares it.

    Claims of one document are one voice; so are claims of copied documents, and claims whose quote is copied.
    """
    members = sorted(claims, key=lambda c: c.id)
    parent = {c.id: c.id for c in members}

    def find(x: str) -> str:
        while parent[x] != x:
            x = parent[x]
        return x

    for i, a in enumerate(members):
        for b in members[i + 1 :]:
            one, two = find(a.id), find(b.id)
            if one != two and (copies(a.document_id, b.document_id) or same_sentence(a.quote, b.quote)):
                parent[max(one, two)] = min(one, two)
    return {c.id: find(c.id) for c in members}


def fact_voices(
    facts: Iterable[Fact], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> dict[str, dict[str, str]]:
    """Fact id → claim id → voice, for the members of each fact."""
    copies = Copies(documents)
    return {fact.id: voices((claims[m] for m in fact.members), copies) for fact in facts}
