"""Alignment of a store: what changed since the last time, and only what that can change.

A fact depends on its story (documents that are linked, directly or not) and on how rare the words of that story are
in the corpus. Rarity moves in steps (`rarity.level`), so a few documents more leave most words as they were: what has
to be done again are the stories of documents that are new, changed or gone, of those that hold a word whose step
changed, and of those that these are or were linked with. The result is the same as that of aligning everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from claims.alignment import stories
from claims.alignment.batches import Aligned, Batch, Story, digest_rows, stories_of, story_facts
from claims.alignment.rarity import PRIOR, PRIORS, level, rarity
from claims.store import Store
from claims.store.corpus import Priors
from claims.store.links import Linking, Unnamed

_CHUNK = 2000  # documents whose digests are made together
_CLAIMS = 2500  # claims in a batch of stories
# What is read from the store together, since each reading looks through all that there is: chunks, and batches.
_CHUNKS_READ, _BATCHES_READ = 4, 16
_NUMBERED = 10  # chunks whose terms get their numbers together: that looks through all terms
_PRIORS = Priors(*PRIORS)

A = TypeVar("A")
B = TypeVar("B")


class Mapper(Protocol):
    """Maps a function over items, in this process or in several; in order."""

    def __call__(self, function: Callable[[A], B], items: Iterable[A], /) -> Iterable[B]: ...


def all_stories(store: Store) -> Iterator[Story]:
    """Every story of the store as it was aligned last."""
    story_of = store.corpus.stories()
    for batch in _parts(store, story_of, store.links.of(sorted(story_of)), store.corpus.size()):
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
    known = corpus.known([*changed, *gone])  # of new documents there is nothing to forget
    old_tellers = set(corpus.tellers(known))
    corpus.begin(known)
    for number, rows in enumerate(run(digest_rows, _texts(store, changed)), 1):
        corpus.write(rows)
        if number % _NUMBERED == 0:
            corpus.number(_PRIORS)
    corpus.number(_PRIORS)
    corpus.settle_terms(level)
    size = corpus.size()
    everything = level(size, PRIOR) != level(size_before, PRIOR)
    retold = store.links.remake(None if everything else changed, _linking(size), _share_a_name)
    # Both ends of a new link and of one that is no more are among them: with what was one story with these, they are
    # whole stories.
    touched = {*old_tellers, *corpus.tellers(retold), *retold} - set(gone)
    links = store.links.of(sorted(touched))
    story_of = stories.stories(sorted(touched), links)
    corpus.tell(story_of)
    parts = _parts(store, story_of, links, size)
    return [*sorted(touched), *gone], iter(run(story_facts, parts))


def _texts(store: Store, ids: Sequence[str]) -> Iterator[list[str]]:
    """The documents as JSON, in chunks."""
    for together in _chunks(ids, _CHUNK * _CHUNKS_READ):
        yield from _chunks((line for _, line in store.documents.lines_of(together)), _CHUNK)


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
        marks=(stories.FIGURE, stories.SPELLING),
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
    for together in _chunks(_shares(members, most), _BATCHES_READ):
        parts = [{document: story for story in share for document in members[story]} for share in together]
        batch_of = {document: number for number, story_of_part in enumerate(parts) for document in story_of_part}
        documents: list[list[str]] = [[] for _ in parts]
        claims: list[list[str]] = [[] for _ in parts]
        for document, line in store.documents.lines_of(sorted(batch_of)):
            documents[batch_of[document]].append(line)
        for document, line in store.extractions.lines_of(sorted(batch_of)):
            claims[batch_of[document]].append(line)
        counts = store.corpus.term_counts([sorted(part) for part in parts])
        for number, share in enumerate(together):
            yield Batch(
                documents=documents[number],
                claims=claims[number],
                story_of=parts[number],
                links=[pair for story in share for pair in linked.get(story, ())],
                counts=counts[number],
                size=size,
                verdicts=store.verdicts.accepted(sorted(parts[number])) if judged else [],
            )


def _shares(members: Mapping[str, list[str]], most: int) -> Iterator[list[str]]:
    """The stories, in order, in lists of about `most` documents."""
    share: list[str] = []
    number = 0
    for story in sorted(members):
        share.append(story)
        number += len(members[story])
        if number >= most:
            yield share
            share, number = [], 0
    if share:
        yield share


def _chunks(items: Iterable[A], size: int) -> Iterator[list[A]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
