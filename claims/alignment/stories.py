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

from rapidfuzz import fuzz, process

from claims.alignment.rarity import Rarity
from claims.alignment.words import light, tokens
from claims.models import Document

# (largest distance of the dates in days, cosine asked for); beyond the last row documents are not linked.
_LADDER: tuple[tuple[int, float], ...] = ((3, 0.10), (14, 0.16), (45, 0.24), (400, 0.42))
_UNDATED = 0.22
MOST_DAYS = _LADDER[-1][0]
# Terms per document that may propose a partner: the rarest ones, which few documents share.
_PROPOSERS = 25
# The similarity of two spellings of one name (rapidfuzz, 0 to 100).
_NEARLY = 84
# How much more two documents must share where no name stands in both.
_NAMELESS = 2.0
# A term that more documents have among their rarest proposes nothing: it would cost the square of their number.
MOST_PER_TERM = 400


class Digest(NamedTuple):
    """What is kept of a document for linking: its terms with their counts, and its date."""

    terms: Mapping[str, int]
    names: frozenset[str]
    published_at: date | None


def digest(document: Document) -> Digest:
    """The terms of title and text, and the names: words with a capital that no start of a sentence explains."""
    text = document.text
    found = tokens(text)
    names = {t.term for t in found if t.term and t.name and not light(t.term) and _inside(text, t.start)}
    terms = Counter(t.term for t in found if t.term)
    title = [t for t in tokens(document.title or "") if t.term]
    terms.update(t.term for t in title if t.term)
    if any(not t.name for t in title[1:]):  # else all of it is in capitals
        names |= {t.term for t in title[1:] if t.term and t.name and not light(t.term)}
    return Digest(terms, frozenset(names), document.published_at)


def _inside(text: str, start: int) -> bool:
    """The word before ends in a letter or a comma: no sentence begins here."""
    return start > 1 and text[start - 1] == " " and (text[start - 2].isalnum() or text[start - 2] == ",")


def link(digests: Mapping[str, Digest], rarity: Rarity) -> set[tuple[str, str]]:
    """The linked pairs (a < b) of documents. Independent of order.

    Only documents that share one of their rarest terms are compared, so the work follows the stories, not the square
    of the corpus.
    """
    vectors = {key: vector(d, rarity) for key, d in digests.items()}
    postings: dict[str, list[str]] = defaultdict(list)
    for key in sorted(vectors):
        for term in proposers(vectors[key]):
            postings[term].append(key)
    pairs: set[tuple[str, str]] = set()
    for keys in postings.values():
        if len(keys) > MOST_PER_TERM:
            continue
        for i, a in enumerate(keys):
            for b in keys[i + 1 :]:
                pairs.add((a, b))
    return {(a, b) for a, b in pairs if linked(digests[a], vectors[a], digests[b], vectors[b])}


def linked(a: Digest, vector_a: Mapping[str, float], b: Digest, vector_b: Mapping[str, float]) -> bool:
    """Whether two documents tell one story: near in time, and rare terms in common, more without a common name."""
    need = asked(a, b)
    if need == math.inf:
        return False
    found = cosine(vector_a, vector_b)
    return found >= need and (found >= _NAMELESS * need or share_a_name(a, b))


def share_a_name(a: Digest, b: Digest) -> bool:
    """Some name stands in both, in one spelling or nearly; true as well where one of them names nobody."""
    if not a.names or not b.names or not a.names.isdisjoint(b.names):
        return True
    few, many = sorted((a.names, b.names), key=len)
    return any(process.extractOne(n, many, scorer=fuzz.ratio, score_cutoff=_NEARLY) for n in sorted(few) if len(n) > 4)


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
    return math.fsum(weight * b[term] for term, weight in a.items() if term in b)


def vector(digest: Digest, rarity: Rarity) -> dict[str, float]:
    """The terms of a document weighted by count and rarity, of length 1."""
    weights = {term: (1 + math.log(count)) * rarity(term) for term, count in digest.terms.items()}
    length = math.sqrt(math.fsum(w * w for w in weights.values()))
    return {term: w / length for term, w in weights.items()} if length else {}


def proposers(vector: Mapping[str, float]) -> Sequence[str]:
    """The terms by which a document may propose others: its weightiest."""
    return sorted(vector, key=lambda term: (-vector[term], term))[:_PROPOSERS]
