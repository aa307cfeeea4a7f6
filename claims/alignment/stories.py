"""Which documents tell one story: only claims of such documents are ever compared.

Two documents are linked when their rare terms overlap enough. The nearer their dates, the less overlap is asked for:
outlets that write on one day about the same people write about one event, while the same people a year later do not.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from claims.alignment.rarity import Rarity
from claims.alignment.words import tokens
from claims.models import Document

# (largest distance of the dates in days, cosine asked for); beyond the last row documents are not linked.
_LADDER: tuple[tuple[int, float], ...] = ((3, 0.10), (14, 0.16), (45, 0.24), (400, 0.42))
_UNDATED = 0.22
# Terms per document that may propose a partner: the rarest ones, which few documents share.
_PROPOSERS = 25
# A term that more documents have among their rarest proposes nothing: it would cost the square of their number.
_MOST_PER_TERM = 400


class Digest(NamedTuple):
    """What is kept of a document for linking: its terms with their counts, and its date."""

    terms: Mapping[str, int]
    published_at: date | None


def digest(document: Document) -> Digest:
    """The terms of title and text."""
    text = f"{document.title or ''}\n{document.text}"
    return Digest(Counter(t.term for t in tokens(text) if t.term), document.published_at)


def link(digests: Mapping[str, Digest], rarity: Rarity) -> set[tuple[str, str]]:
    """The linked pairs (a < b) of documents. Independent of order.

    Only documents that share one of their rarest terms are compared, so the work follows the stories, not the square
    of the corpus.
    """
    vectors = {key: _vector(d.terms, rarity) for key, d in digests.items()}
    postings: dict[str, list[str]] = defaultdict(list)
    for key in sorted(vectors):
        for term in _proposers(vectors[key]):
            postings[term].append(key)
    pairs: set[tuple[str, str]] = set()
    for keys in postings.values():
        if len(keys) > _MOST_PER_TERM:
            continue
        for i, a in enumerate(keys):
            for b in keys[i + 1 :]:
                pairs.add((a, b))
    return {(a, b) for a, b in pairs if cosine(vectors[a], vectors[b]) >= asked(digests[a], digests[b])}


def asked(a: Digest, b: Digest) -> float:
    """The cosine that two documents need; infinite where their dates lie too far apart."""
    if a.published_at is None or b.published_at is None:
        return _UNDATED
    distance = abs((a.published_at - b.published_at).days)
    return next((need for days, need in _LADDER if distance <= days), math.inf)


def stories(documents: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Document → the story it belongs to: the smallest id among the documents it is linked with, directly or not."""
    parent = {d: d for d in documents}

    def find(x: str) -> str:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in links:
        ra, rb = find(a), find(b)
        if ra != rb:
            parent[max(ra, rb)] = min(ra, rb)
    return {d: find(d) for d in parent}


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """Of two vectors of length 1."""
    if len(b) < len(a):
        a, b = b, a
    return sum(weight * b[term] for term, weight in sorted(a.items()) if term in b)


def _vector(terms: Mapping[str, int], rarity: Rarity) -> dict[str, float]:
    weights = {term: (1 + math.log(count)) * rarity(term) for term, count in terms.items()}
    length = math.sqrt(sum(w * w for _, w in sorted(weights.items())))
    return {term: w / length for term, w in weights.items()} if length else {}


def _proposers(vector: Mapping[str, float]) -> Sequence[str]:
    return sorted(vector, key=lambda term: (-vector[term], term))[:_PROPOSERS]
