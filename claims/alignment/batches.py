"""What goes to a worker and what comes back: batches of stories as JSON, their facts, digests of documents.

Nothing here opens a store, so that a process that only aligns starts fast.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from pydantic_core import to_json

from claims.alignment import stories
from claims.alignment.adjudicate import Answer, Answers, questions, readings_of
from claims.alignment.align import Aligner
from claims.alignment.rarity import Rarity
from claims.models import Claim, Document, Fact

if TYPE_CHECKING:
    from claims.store.verdicts import StoredVerdict


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


def ready() -> None:
    """Does nothing: a process that is asked for it has loaded this module."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of cycles: stories hold none, and to look for some took a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_uncollected()
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


def answers_of(verdicts: Iterable[StoredVerdict]) -> Answers:
    """The answers of accepted verdicts."""
    found: dict[str, dict[str, tuple[Answer, str]]] = {}
    for verdict in verdicts:
        answer = Answer.model_validate({name: getattr(verdict, name) for name in Answer.model_fields})
        found.setdefault(verdict.config, {})[verdict.key] = (answer, verdict.model)
    return found
