"""Alignment of a store: what changed since the last time, and only what that can change.

A fact depends on its story (documents that are linked, directly or not) and on how rare the words of that story are
in the corpus. Rarity moves in steps (`rarity.level`), so a few documents more leave most words as they were: what has
to be done again are the stories of documents that are new, changed or gone, of those that hold a word whose step
changed, and of those that these are or were linked with. The result is the same as that of aligning everything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from claims.alignment import stories
from claims.alignment.adjudicate import Answer, Answers, questions, readings_of
from claims.alignment.align import Aligner
from claims.alignment.rarity import PRIOR, Rarity, level, prior_count
from claims.alignment.stories import Digest
from claims.models import Claim, Document, Fact
from claims.store import Store
from claims.store.corpus import DigestRow
from claims.store.verdicts import StoredVerdict

_CHUNK = 5000  # documents at a time in memory where all are read

Story = tuple[list[Claim], dict[str, Document], dict[str, int], int, set[tuple[str, str]], Answers]
"""Claims and documents of one story, how many documents hold its terms, the size of the corpus, its links, and what a
second reader said of its claims."""


class Aligned(NamedTuple):
    """What came of some stories: facts, and the documents and claims whose dates their story settled."""

    facts: list[Fact]
    documents: list[Document]
    claims: list[Claim]


Mapper = Callable[[Callable[[list[Story]], Aligned], Iterable[list[Story]]], Iterable[Aligned]]


def story_facts(batch: list[Story]) -> Aligned:
    """The facts of some stories. Pure, and so may run in another process."""
    found = Aligned([], [], [])
    for story in batch:
        aligner, answers = aligner_of(story), story[-1]
        found.facts.extend(aligner.facts(readings_of(questions([aligner]), answers) if answers else None))
        for before in story[1].values():
            after = aligner.documents.get(before.id, before)
            if after.published_at != before.published_at:
                found.documents.append(after)
        for claim in story[0]:
            if aligner.claims[claim.id].time != claim.time:
                found.claims.append(aligner.claims[claim.id])
    return found


def aligner_of(story: Story) -> Aligner:
    """The alignment of one story."""
    claims, documents, counts, size, links, _ = story
    return Aligner(claims, documents, rarity=Rarity(size, counts), links=links)


def all_stories(store: Store) -> Iterator[Story]:
    """Every story of the store as it was aligned last."""
    story_of = store.corpus.stories()
    for batch in _parts(store, story_of, store.corpus.links(sorted(story_of)), store.corpus.size()):
        yield from batch


def align_store(store: Store, signature: str, *, run: Mapper = map) -> tuple[list[str], Iterator[Aligned]]:
    """(documents whose stories are aligned anew, what came of them batch by batch). Call inside a transaction.

    `signature` names the code: when it changes, everything is done again. `run` maps over batches of stories, in this
    process or in several. The facts of other documents stay as they are.
    """
    corpus = store.corpus
    if store.facts.code() != signature:
        corpus.clear()
    changed, gone = corpus.changes()
    if not changed and not gone:
        return [], iter(())
    size_before = corpus.size()
    old_tellers = set(corpus.tellers([*changed, *gone]))
    moved = _digest(store, changed, gone)
    size = corpus.size()
    counts_moved = level(size, PRIOR) != level(size_before, PRIOR)
    affected = set(store.extractions.aligned_documents()) if counts_moved else {*changed, *corpus.holding(moved)}
    relinked = _link(store, affected, size, gone)
    touched = {*old_tellers, *corpus.tellers(sorted(relinked)), *relinked} - set(gone)
    for a, b in corpus.links(sorted(relinked)):
        touched |= {a, b}
    touched |= set(corpus.tellers(sorted(touched)))
    links = corpus.links(sorted(touched))
    story_of = stories.stories(sorted(touched), links)
    corpus.tell(story_of)
    parts = _parts(store, story_of, links, size)
    return [*sorted(touched), *gone], iter(run(story_facts, parts))


def _digest(store: Store, changed: Mapping[str, str], gone: Sequence[str]) -> list[str]:
    """Renews the digests; returns the terms that came to another step of rarity."""
    corpus = store.corpus
    delta: Counter[str] = Counter()
    for chunk in _chunks([*changed, *gone]):
        for before in corpus.digests(chunk).values():
            delta.subtract(dict.fromkeys(before.terms, 1))
    corpus.remove(list(gone))
    for chunk in _chunks(changed):
        rows = []
        for document in store.documents.get(chunk).values():
            found = stories.digest(document)
            rows.append(DigestRow(document.id, found.published_at, found.terms, found.names))
            delta.update(dict.fromkeys(found.terms, 1))
        corpus.write(rows, changed)
    delta = Counter({term: change for term, change in delta.items() if change})
    before_counts = corpus.term_counts(delta)
    after = {term: before_counts.get(term, 0) + change for term, change in delta.items()}
    corpus.set_term_counts(after)
    return [
        term
        for term, count in after.items()
        if level(count, prior_count(term)) != level(before_counts.get(term, 0), prior_count(term))
    ]


def _link(store: Store, affected: set[str], size: int, gone: Sequence[str]) -> set[str]:
    """Renews proposers and links of what is affected; returns the documents whose links were made anew."""
    corpus = store.corpus
    crowded = corpus.crowded(stories.MOST_PER_TERM)
    sketches = Sketches(store, size)
    for chunk in _chunks(sorted(affected)):
        corpus.propose({key: stories.proposers(vector) for key, (_, vector) in sketches.of(chunk).items()})
    turned = corpus.crowded(stories.MOST_PER_TERM) ^ crowded
    relinked = {*affected, *corpus.proposing(sorted(turned))}
    corpus.unlink(sorted(relinked))
    pairs = corpus.partners(sorted(relinked), stories.MOST_PER_TERM, stories.MOST_DAYS)
    found: list[tuple[str, str]] = []
    for start in range(0, len(pairs), 20_000):
        some = pairs[start : start + 20_000]
        known = sketches.of(sorted({key for pair in some for key in pair}))
        found += [(a, b) for a, b in some if stories.linked(*known[a], *known[b])]
    corpus.link(found)
    return relinked


class Sketches:
    """Digests and vectors of documents, read when asked for."""

    def __init__(self, store: Store, size: int) -> None:
        self._corpus = store.corpus
        self._size = size

    def of(self, ids: Sequence[str]) -> dict[str, tuple[Digest, dict[str, float]]]:
        """{document id: (digest, vector)}."""
        rows = self._corpus.digests(ids)
        rarity = Rarity(self._size, self._corpus.term_counts({term for row in rows.values() for term in row.terms}))
        return {
            key: ((found := Digest(row.terms, row.names, row.published_at)), stories.vector(found, rarity))
            for key, row in rows.items()
        }


def _parts(store: Store, story_of: Mapping[str, str], links: set[tuple[str, str]], size: int) -> Iterator[list[Story]]:
    """The stories with all that their facts follow from, in batches of about a hundred documents.

    A document that is alone in its story can still contradict itself, so it is a story as well.
    """
    members: dict[str, list[str]] = {}
    for document, story in sorted(story_of.items()):
        members.setdefault(story, []).append(document)
    linked: dict[str, set[tuple[str, str]]] = {}
    for pair in links:
        linked.setdefault(story_of[pair[0]], set()).add(pair)
    waiting: list[str] = []
    number = 0
    for story in sorted(members):
        waiting.append(story)
        number += len(members[story])
        if number >= 100:
            yield _batch(store, waiting, members, linked, size)
            waiting, number = [], 0
    if waiting:
        yield _batch(store, waiting, members, linked, size)


def _batch(
    store: Store,
    wanted: Sequence[str],
    members: Mapping[str, list[str]],
    linked: Mapping[str, set[tuple[str, str]]],
    size: int,
) -> list[Story]:
    ids = [document for story in wanted for document in members[story]]
    documents = store.documents.get(ids)
    claims: dict[str, list[Claim]] = {}
    for claim in store.extractions.active_of(ids):
        claims.setdefault(claim.document_id, []).append(claim)
    terms = {key: row.terms for key, row in store.corpus.digests(ids).items()}
    counts = store.corpus.term_counts({term for found in terms.values() for term in found})
    verdicts: dict[str, list[StoredVerdict]] = {}
    for verdict in store.verdicts.accepted(ids):
        verdicts.setdefault(verdict.document_a, []).append(verdict)
    batch: list[Story] = []
    for story in wanted:
        own = members[story]
        read = answers_of(verdict for document in own for verdict in verdicts.get(document, ()))
        needed = {term: counts[term] for document in own for term in terms[document]}
        told = [claim for document in own for claim in claims.get(document, [])]
        batch.append(
            (told, {document: documents[document] for document in own}, needed, size, linked.get(story, set()), read)
        )
    return batch


def answers_of(verdicts: Iterable[StoredVerdict]) -> Answers:
    """The answers of accepted verdicts."""
    found: dict[str, dict[str, tuple[Answer, str]]] = {}
    for verdict in verdicts:
        answer = Answer.model_validate({name: getattr(verdict, name) for name in Answer.model_fields})
        found.setdefault(verdict.config, {})[verdict.key] = (answer, verdict.model)
    return found


def _chunks(items: Iterable[str]) -> Iterator[list[str]]:
    source = iter(items)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk
