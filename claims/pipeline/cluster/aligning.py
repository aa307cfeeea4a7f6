"""Alignment as maps and shuffles by key; its parts are those of `claims.alignment`, so the facts are the same.

    documents → counts of terms → their sums, back to the documents that hold them
              → the rarest terms of each document → pairs that share one → both digests in one place → links
              → connected components → everything of a story in one place → facts

Every function is run once for each bucket. The first results of a function go to the buckets of the next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from claims.alignment import Aligner
from claims.alignment import stories as linking
from claims.alignment.rarity import Rarity
from claims.alignment.stories import Digest
from claims.errors import InputError
from claims.models import Claim, Document, Fact
from claims.pipeline.cluster.job import Job, bucket_of
from claims.store import Store
from claims.store.parts import OF_ALIGNMENT

Pair = tuple[str, str]  # of documents, a < b
Met = tuple[str, str, int]  # of documents, a < b, and how many proposing terms they share
Vectors = dict[str, tuple[Digest, linking.Vector]]

_AT_ONCE = 1000  # facts: each write costs a few milliseconds, however many they are
_OF_CLAIMS = ("documents", "extractions", "claims")


class Told(NamedTuple):
    """A document with its active claims, its terms, and its story; as JSON."""

    story: str
    document: str
    claims: list[str]
    terms: dict[str, int]  # with the number of documents of the corpus that hold them


def count_terms(job: Job, bucket: int) -> tuple[Any, ...]:
    """By term: in how many documents of this bucket it occurs; then the digests, and the number of documents."""
    job.check()
    digests: dict[str, Digest] = {}
    counts: Counter[str] = Counter()
    for document, _ in _told(job, bucket):
        found = digests[document.id] = linking.digest(document)
        counts.update(found.terms.keys())
    return *_spread(counts.items(), job.buckets), digests, len(digests)


def sum_terms(job: Job, *pieces: Sequence[tuple[str, int]]) -> list[dict[str, int]]:
    """For each piece: its terms, with their counts in all pieces."""
    total: Counter[str] = Counter()
    for piece in pieces:
        for term, count in piece:
            total[term] += count
    return [{term: total[term] for term, _ in piece} for piece in pieces]


def propose(job: Job, number: int, digests: Mapping[str, Digest], *totals: Mapping[str, int]) -> tuple[Any, ...]:
    """By term: (term, the documents that may propose a partner by it); then the vectors, and the counts as one."""
    counts = {term: count for piece in totals for term, count in piece.items()}
    rarity = Rarity(number, counts)
    vectors: Vectors = {key: (digest, linking.vector(digest, rarity)) for key, digest in digests.items()}
    postings: defaultdict[str, list[str]] = defaultdict(list)
    for key, (_, vector) in vectors.items():
        for term in linking.proposers(vector, rarity):
            postings[term].append(key)
    return *_spread(postings.items(), job.buckets), vectors, counts


def pair(job: Job, *pieces: Sequence[tuple[str, list[str]]]) -> list[list[Met]]:
    """By the first document: the pairs that share terms, without those that too many documents have."""
    postings: defaultdict[str, list[str]] = defaultdict(list)
    for piece in pieces:
        for term, documents in piece:
            postings[term] += documents
    pairs: Counter[Pair] = Counter()
    for documents in postings.values():
        if len(documents) <= linking.MOST_PER_TERM:
            documents.sort()
            pairs.update((a, b) for i, a in enumerate(documents) for b in documents[i + 1 :])
    return _spread(((a, b, shared) for (a, b), shared in pairs.items()), job.buckets)


def want(job: Job, *pieces: Sequence[Met]) -> tuple[Any, ...]:
    """By document: those that are needed here as partners; then the pairs with the number of terms that they share."""
    pairs: Counter[Pair] = Counter()
    for piece in pieces:
        for a, b, shared in piece:
            pairs[a, b] += shared
    needed = [(key,) for key in {b for _, b in pairs}]
    return *_spread(needed, job.buckets), pairs


def give(job: Job, vectors: Vectors, *wanted: Sequence[tuple[str]]) -> list[Vectors]:
    """For each bucket that asks: the documents that it wants."""
    return [{key: vectors[key] for (key,) in piece} for piece in wanted]


def check(vectors: Vectors, pairs: Mapping[Pair, int], *given: Vectors) -> tuple[list[Pair], list[Pair]]:
    """(the linked pairs, a part of them that joins the same documents)."""
    others = {key: value for piece in given for key, value in piece.items()}
    links = [(a, b) for (a, b), shared in pairs.items() if linking.linked(*vectors[a], *others[b], shared)]
    return links, forest(links)


def forest(*links: Iterable[Pair]) -> list[Pair]:
    """Each document with the first of those that the links join it with; nothing for those that are first."""
    joined = [found for piece in links for found in piece]
    story_of = linking.stories({key for found in joined for key in found}, joined)
    return [(story, key) for key, story in story_of.items() if story != key]


def story_of(job: Job, *forests: Iterable[Pair]) -> list[list[Pair]]:
    """By document: (document, story), of those that are linked."""
    joined = forest(*forests)
    found = {key: story for story, key in joined} | {story: story for story, _ in joined}
    return _spread(found.items(), job.buckets)


def ship(
    job: Job, bucket: int, counts: Mapping[str, int], links: Iterable[Pair], homes: Iterable[Pair]
) -> list[tuple[list[Told], list[tuple[str, Pair]]]]:
    """By story: its documents with their claims, and its links."""
    home = dict(homes)
    pieces: list[tuple[list[Told], list[tuple[str, Pair]]]] = [([], []) for _ in range(job.buckets)]
    for document, claims in _told(job, bucket):
        story = home.get(document.id, document.id)
        terms = {term: counts[term] for term in linking.digest(document).terms}
        lines = [claim.model_dump_json(exclude_defaults=True) for claim in claims]
        told = Told(story, document.model_dump_json(exclude_defaults=True), lines, terms)
        pieces[bucket_of(story, job.buckets)][0].append(told)
    for link in links:
        story = home[link[0]]
        pieces[bucket_of(story, job.buckets)][1].append((story, link))
    return pieces


def align_part(
    job: Job, bucket: int, number: int, *pieces: tuple[Sequence[Told], Sequence[tuple[str, Pair]]]
) -> tuple[int, int]:
    """Writes the facts of the stories of a bucket; returns (facts, those with a discrepancy)."""
    told: defaultdict[str, list[Told]] = defaultdict(list)
    links: defaultdict[str, set[Pair]] = defaultdict(set)
    for documents, pairs in pieces:
        for item in documents:
            told[item.story].append(item)
        for story, link in pairs:
            links[story].add(link)
    with _scratch() as store:
        counts = [0, 0]
        waiting: list[Fact] = []
        for story in sorted(told):
            claims = [Claim.model_validate_json(line) for item in told[story] for line in item.claims]
            documents_of = {d.id: d for item in told[story] for d in [Document.model_validate_json(item.document)]}
            rarity = Rarity(number, {term: count for item in told[story] for term, count in item.terms.items()})
            facts = Aligner(claims, documents_of, rarity=rarity, links=links[story]).facts()
            waiting += facts
            if len(waiting) >= _AT_ONCE:
                store.facts.put(waiting)
                waiting = []
            counts[0] += len(facts)
            counts[1] += sum(fact.discrepancy for fact in facts)
        if waiting:
            store.facts.put(waiting)
        store.facts.show()
        store.parts.write(job.folder, job.part(bucket), OF_ALIGNMENT)
    return counts[0], counts[1]


@cache
def _in_memory() -> Store:
    return Store(":memory:")


@contextmanager
def _scratch() -> Iterator[Store]:
    """An empty store of this process, for one at a time."""
    store = _in_memory()
    try:
        yield store
    finally:
        store.parts.clear()


def _told(job: Job, bucket: int) -> Iterator[tuple[Document, list[Claim]]]:
    """The documents of a bucket that have active claims, with these."""
    with _scratch() as store:
        if not store.parts.read(job.folder, job.part(bucket), _OF_CLAIMS):
            raise InputError(
                f"{job.folder}: part {job.part(bucket)} is missing; run the same `claims extract` again to finish it"
            )
        claims: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in store.extractions.active():
            claims[claim.document_id].append(claim)
        for document in store.documents.stream(sorted(claims)):
            yield document, claims[document.id]


def _spread(items: Iterable[Any], buckets: int) -> list[Any]:
    """Items by the bucket of their first part."""
    pieces: list[list[Any]] = [[] for _ in range(buckets)]
    for item in items:
        pieces[bucket_of(item[0], buckets)].append(item)
    return pieces
