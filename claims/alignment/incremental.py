"""Alignment of a store: what changed since the last time, and only what that can change.

A fact depends on its story (documents that are linked, directly or not) and on how rare the words of that story are
in the corpus. Rarity moves in steps (`rarity.level`), so a few documents more leave most words as they were: what has
to be done again are the stories of documents that are new, changed or gone, of those that hold a word whose step
changed, and of those that these are or were linked with. The result is the same as that of aligning everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from claims.alignment import stories
from claims.alignment.adjudicate import Answer, Answers, questions, readings_of
from claims.alignment.align import Aligner
from claims.alignment.rarity import PRIOR, PRIORS, Rarity, level, rarity
from claims.models import Claim, Document, Fact
from claims.store import Store
from claims.store.corpus import DigestRow, Linking, Priors, Unnamed
from claims.store.verdicts import StoredVerdict

_CHUNK = 5000  # documents at a time in memory where all are read
_PRIORS = Priors(*PRIORS)

Story = tuple[list[Claim], dict[str, Document], dict[str, int], int, set[tuple[str, str]], Answers]
"""Claims and documents of one story, how many documents hold its terms (and others), the size of the corpus, its links,
and what a second reader said of its claims."""


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
    _digest(store, changed, gone)
    size = corpus.size()
    everything = level(size, PRIOR) != level(size_before, PRIOR)
    relinked = corpus.relink(None if everything else list(changed), _linking(size), _share_a_name)
    touched = {*old_tellers, *corpus.tellers(relinked), *relinked} - set(gone)
    for a, b in corpus.links(relinked):
        touched |= {a, b}
    touched |= set(corpus.tellers(sorted(touched)))
    links = corpus.links(sorted(touched))
    story_of = stories.stories(sorted(touched), links)
    corpus.tell(story_of)
    parts = _parts(store, story_of, links, size)
    return [*sorted(touched), *gone], iter(run(story_facts, parts))


def _digest(store: Store, changed: Mapping[str, str], gone: Sequence[str]) -> None:
    """Renews the digests, and how many documents hold each term."""
    store.corpus.begin([*changed, *gone])
    for chunk in _chunks(changed):
        rows = []
        for document in store.documents.get(chunk).values():
            found = stories.digest(document)
            rows.append(DigestRow(document.id, found.published_at, found.terms, found.names))
        store.corpus.write(rows, changed, _PRIORS)
    store.corpus.settle_terms(level)


def _linking(size: int) -> Linking:
    """How documents are linked in a corpus of this size."""
    return Linking(
        rarity=lambda documents, prior: rarity(documents, prior, size),
        growth=stories.growth,
        scale=stories.SCALE,
        proposers=stories.PROPOSERS,
        most_per_term=stories.MOST_PER_TERM,
        ladder=stories.LADDER,
        undated=stories.UNDATED,
        nameless=stories.NAMELESS,
    )


def _share_a_name(pair: Unnamed) -> bool:
    return stories.share_a_name(frozenset(pair.names_a), frozenset(pair.names_b))


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
    counts = store.corpus.term_counts(ids)
    verdicts: dict[str, list[StoredVerdict]] = {}
    for verdict in store.verdicts.accepted(ids):
        verdicts.setdefault(verdict.document_a, []).append(verdict)
    batch: list[Story] = []
    for story in wanted:
        own = members[story]
        read = answers_of(verdict for document in own for verdict in verdicts.get(document, ()))
        told = [claim for document in own for claim in claims.get(document, [])]
        batch.append(
            (told, {document: documents[document] for document in own}, counts, size, linked.get(story, set()), read)
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
