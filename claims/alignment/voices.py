"""Independent voices: copies of one text, whole or in part, count once.

Two documents are copies when most of the shorter one's word sequences stand in the other; two sentences are copies when
they are nearly the same words. Word five-grams do both: in news, five words in a row are hardly ever shared by chance
(Broder et al. 1997, "Syntactic clustering of the Web"). Sets of hashes of a few thousand documents of one story are
small enough to be compared exactly, so no sketch (MinHash) is needed: only linked documents are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from zlib import crc32

from claims.models import Document

_WORD = re.compile(r"\w+")
_LENGTH = 5
_SAME_DOCUMENT = 0.6  # of the shorter text's five-grams
_SAME_SENTENCE = 0.7


def shingles(text: str, length: int = _LENGTH) -> frozenset[int]:
    """Hashes of the runs of `length` words; of all words where the text is shorter."""
    words = [w.lower() for w in _WORD.findall(text)]
    if len(words) <= length:
        return frozenset({crc32(" ".join(words).encode())}) if words else frozenset()
    return frozenset(crc32(" ".join(words[i : i + length]).encode()) for i in range(len(words) - length + 1))


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of the smaller set that lies in the other."""
    small = min(len(a), len(b))
    return len(a & b) / small if small else 0.0


def copied_documents(documents: Mapping[str, Document], links: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """The linked pairs that are copies of one text, or carry the text of one agency."""
    sets = {key: shingles(d.text) for key, d in documents.items()}
    return {(a, b) for a, b in links if containment(sets[a], sets[b]) >= _SAME_DOCUMENT}


def same_sentence(a: str, b: str) -> bool:
    """Two sentences are one text with small edits."""
    x, y = shingles(a, 3), shingles(b, 3)
    shared = len(x & y)
    return shared > 0 and shared / max(len(x), len(y)) >= _SAME_SENTENCE


def count_voices(sentences: Mapping[str, tuple[str, str]], copies: set[tuple[str, str]]) -> int:
    """How many independent voices stand behind some claims.

    `sentences` maps a claim to (document id, sentence). Claims of one document are one voice; so are claims of copied
    documents, and claims whose sentence is copied.
    """
    return len(set(group_voices(sentences, copies).values()))


def group_voices(sentences: Mapping[str, tuple[str, str]], copies: set[tuple[str, str]]) -> dict[str, str]:
    """Claim → the smallest claim id of its voice."""
    ids = sorted(sentences)
    parent = {c: c for c in ids}

    def find(x: str) -> str:
        while parent[x] != x:
            x = parent[x]
        return x

    for i, a in enumerate(ids):
        for b in ids[i + 1 :]:
            document_a, sentence_a = sentences[a]
            document_b, sentence_b = sentences[b]
            pair = (min(document_a, document_b), max(document_a, document_b))
            if document_a == document_b or pair in copies or same_sentence(sentence_a, sentence_b):
                ra, rb = find(a), find(b)
                parent[max(ra, rb)] = min(ra, rb)
    return {c: find(c) for c in ids}
