"""Alignment of a store: what changed since the last time, and only what that can change.

A fact depends on its story (documents that are linked, directly or not) and on how rare the words of that story are
in the corpus. Rarity moves in steps (`rarity.level`), so a few documents more leave most words as they were: what has
to be done again are the stories of documents that are new, changed or gone, of those that hold a word whose step
changed, and of those that these are or were linked with. The result is the same as that of aligning everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple, Protocol, TypeVar

from pydantic_core import to_json

from claims.alignment import stories
from claims.alignment.adjudicate import Answer, Answers, questions, readings_of
from claims.alignment.align import Aligner
from claims.alignment.rarity import PRIOR, PRIORS, Rarity, level, rarity
from claims.models import Claim, Document, Fact
from claims.store import Store
from claims.store.corpus import Linking, Priors, Unnamed
from claims.store.verdicts import StoredVerdict

_CHUNK = 2000  # documents at a time in memory where all are read
_CLAIMS = 2500  # claims in a batch of stories
_PRIORS = Priors(*PRIORS)

A = TypeVar("A")
B = TypeVar("B")


class Batch(NamedTuple):
    """Some stories with all that their facts follow from, as JSON: it goes to another process, and is read there."""

    documents: list[str]
    claims: list[str]
    story_of: dict[str, str]
    links: list[tuple[str, str]]
    counts: dict[str, int]  # how many documents of the corpus hold the terms of these
    size: int  # of the corpus
    verdicts: list[StoredVerdict]


class Story(NamedTuple):
    """One story, read."""

    claims: list[Claim]
    documents: dict[str, Document]
    links: set[tuple[str, str]]
    rarity: Rarity
    answers: Answers  # of a second reader, on its claims


class Aligned(NamedTuple):
    """What came of some stories: facts (a JSON list), and the documents and claims whose dates their story settled."""

    facts: bytes
    number: int
    documents: list[Document]
    claims: list[Claim]


class Mapper(Protocol):
    """Maps a function over items, in this process or in several; in order."""

    def __call__(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterable[B]: ...


def story_facts(batch: Batch) -> Aligned:
    """The facts of some stories. Pure, and so may run in another process."""
    facts: list[Fact] = []
    documents, claims = [], []
    for story in stories_of(batch):
        aligner = aligner_of(story)
        facts += aligner.facts(readings_of(questions([aligner]), story.answers) if story.answers else None)
        settled = [d for key, d in aligner.documents.items() if d.published_at != story.documents[key].published_at]
        documents += settled
        if settled:
            before = {claim.id: claim.time for claim in story.claims}
            claims += [claim for key, claim in aligner.claims.items() if claim.time != before[key]]
    return Aligned(to_json(facts), len(facts), documents, claims)


def stories_of(batch: Batch) -> Iterator[Story]:
    """The stories of a batch, in order."""
    rarity = Rarity(batch.size, batch.counts)
    told: dict[str, Story] = {story: Story([], {}, set(), rarity, {}) for story in sorted(set(batch.story_of.values()))}
    for line in batch.documents:
        document = Document.model_validate_json(line)
        told[batch.story_of[document.id]].documents[document.id] = document
    for line in batch.claims:
        claim = Claim.model_validate_json(line)
        told[batch.story_of[claim.document_id]].claims.append(claim)
    for pair in batch.links:
        told[batch.story_of[pair[0]]].links.add(pair)
    verdicts: dict[str, list[StoredVerdict]] = {}
    for verdict in batch.verdicts:
        verdicts.setdefault(batch.story_of[verdict.document_a], []).append(verdict)
    for story, read in told.items():
        if read.documents:
            yield read._replace(answers=answers_of(verdicts[story])) if story in verdicts else read


def aligner_of(story: Story) -> Aligner:
    """The alignment of one story."""
    return Aligner(story.claims, story.documents, rarity=story.rarity, links=story.links)


def all_stories(store: Store) -> Iterator[Story]:
    """Every story of the store as it was aligned last."""
    story_of = store.corpus.stories()
    for batch in _parts(store, story_of, store.corpus.links(sorted(story_of)), store.corpus.size()):
        yield from stories_of(batch)


def align_store(
    store: Store, changed: Sequence[str], gone: Sequence[str], *, run: Mapper = map
) -> tuple[list[str], Iterator[Aligned]]:
    """(documents whose stories are aligned anew, what came of them batch by batch). Call inside a transaction.

    `changed` and `gone` are what `Corpus.changes` says. `run` maps over batches, in this process or in several. The
    facts of other documents stay as they are.
    """
    corpus = store.corpus
    if not changed and not gone:
        return [], iter(())
    size_before = corpus.size()
    old_tellers = set(corpus.tellers([*changed, *gone]))
    corpus.begin([*changed, *gone])
    chunks = (store.documents.lines(chunk) for chunk in _chunks(changed))
    for rows in run(digest_rows, chunks):
        corpus.write(rows, _PRIORS)
    corpus.settle_terms(level)
    size = corpus.size()
    everything = level(size, PRIOR) != level(size_before, PRIOR)
    relinked = corpus.relink(None if everything else changed, _linking(size), _share_a_name)
    touched = {*old_tellers, *corpus.tellers(relinked), *relinked} - set(gone)
    for a, b in corpus.links(relinked):
        touched |= {a, b}
    touched |= set(corpus.tellers(sorted(touched)))
    links = corpus.links(sorted(touched))
    story_of = stories.stories(sorted(touched), links)
    corpus.tell(story_of)
    parts = _parts(store, story_of, links, size)
    return [*sorted(touched), *gone], iter(run(story_facts, parts))


def digest_rows(lines: list[str]) -> bytes:
    """The digests of documents (given as JSON), as JSON rows for `Corpus.write`. Pure."""
    rows = []
    for line in lines:
        document = Document.model_validate_json(line)
        found = stories.digest(document)
        rows.append(
            {
                "document_id": document.id,
                "published_at": found.published_at,
                "terms": list(found.terms),
                "counts": list(found.terms.values()),
                "names": sorted(found.names),
            }
        )
    return to_json(rows)


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


def _parts(store: Store, story_of: Mapping[str, str], links: set[tuple[str, str]], size: int) -> Iterator[Batch]:
    """The stories with all that their facts follow from, in batches of about `_CLAIMS` claims.

    A document that is alone in its story can still contradict itself, so it is a story as well.
    """
    members: dict[str, list[str]] = {}
    for document, story in story_of.items():
        members.setdefault(story, []).append(document)
    linked: dict[str, list[tuple[str, str]]] = {}
    for pair in links:
        linked.setdefault(story_of[pair[0]], []).append(pair)
    judged = bool(store.verdicts.accepted())
    most = max(1, round(_CLAIMS / store.corpus.claims_per_document()))
    waiting: list[str] = []
    number = 0
    for story in sorted(members):
        waiting.append(story)
        number += len(members[story])
        if number >= most:
            yield _batch(store, waiting, members, linked, size, judged)
            waiting, number = [], 0
    if waiting:
        yield _batch(store, waiting, members, linked, size, judged)


def _batch(
    store: Store,
    wanted: Sequence[str],
    members: Mapping[str, list[str]],
    linked: Mapping[str, list[tuple[str, str]]],
    size: int,
    judged: bool,
) -> Batch:
    story_of = {document: story for story in wanted for document in members[story]}
    ids = sorted(story_of)
    return Batch(
        documents=store.documents.lines(ids),
        claims=store.extractions.lines(ids),
        story_of=story_of,
        links=[pair for story in wanted for pair in linked.get(story, ())],
        counts=store.corpus.term_counts(ids),
        size=size,
        verdicts=store.verdicts.accepted(ids) if judged else [],
    )


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
