"""Extraction without a model: documents in, batches of grounded claims out, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from claims import resources
from claims.models import Claim, Document, Rejection
from claims.pipeline.heap import settle_heap, settled_heap
from claims.pipeline.progress import BUILTIN, Progress

if TYPE_CHECKING:
    from claims.store import Extracted, Store

_BATCH = 40  # documents in one transaction: their claims are in memory several times, on their way to the store
_BATCH_CHARACTERS = 400_000
_TASKS = 50  # batches that one process works on: what it has cached ends with it
_WORTH_PROCESSES = 300  # documents below which starting processes costs more than it saves

T = TypeVar("T")


def extract_document(document: Document, run_id: str = "") -> tuple[list[Claim], list[Rejection]]:
    """The grounded claims of one document by the built-in extractor, and what grounding rejected."""
    from claims.builtin import extract as drafts_of
    from claims.grounding import ground, view

    seen = view(document)
    claims: dict[str, Claim] = {}
    rejections = []
    for draft in drafts_of(document):
        result = ground(document, draft, run_id=run_id, seen=seen)
        if isinstance(result, Claim):
            claims.setdefault(result.id, result)
        else:
            rejections.append(result)
    return list(claims.values()), rejections


@cache
def code_hash(*packages: str) -> str:
    """A hash of the code of `packages`: results of other code are other results."""
    digest = sha256()
    for package in packages:
        for name, content in resources.sources(package):
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def builtin_config() -> str:
    """The configuration hash of the built-in extractor, as it is in this version."""
    return f"{BUILTIN}-{code_hash('builtin', 'grounding', 'text', 'normalisation')}"


def extracted(
    store: Store, pending: Sequence[str], run_id: str, jobs: int, progress: Progress
) -> Iterator[list[Extracted]]:
    """Batches of extracted documents, as they are done; ends early when the caller wants to stop."""
    groups = batches(
        (document for chunk in batches(iter(pending), 1000) for document in store.documents.stream(chunk)),
        _BATCH,
    )
    if jobs <= 1:
        with settled_heap():
            for batch in groups:
                if progress.stopping():
                    return
                yield _stored(_extract_batch(batch, run_id))
        return
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait

    # Not fork: the store's threads would not survive it. The window of batches in flight bounds memory.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, spawn, _begin, max_tasks_per_child=_TASKS) as pool:
        flying: set[Future[list[_Yield]]] = set()
        for batch in groups:
            if progress.stopping():
                break
            flying.add(pool.submit(_extract_batch, batch, run_id))
            if len(flying) > 2 * jobs:
                done, flying = wait(flying, return_when=FIRST_COMPLETED)
                for future in done:
                    yield _stored(future.result())
        while flying:
            done, flying = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                yield _stored(future.result())


def batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    """Lists of up to `size` items; of documents, fewer when they are long."""
    while batch := list(islice(items, 1)):
        characters = len(getattr(batch[0], "text", ""))
        while len(batch) < size and characters < _BATCH_CHARACTERS and (more := list(islice(items, 1))):
            batch += more
            characters += len(getattr(more[0], "text", ""))
        yield batch


def processes(wanted: int | None, documents: int) -> int:
    """How many processes to use: as `wanted`, or as many as the work is worth."""
    if wanted is not None:
        return wanted
    return 1 if documents < _WORTH_PROCESSES else os.cpu_count() or 1


_Yield = tuple[str, list[Claim], list[Rejection]]


def _begin() -> None:
    """At the start of a process of its own."""
    import claims.builtin
    import claims.grounding  # noqa: F401

    settle_heap()


def _extract_batch(documents: list[Document], run_id: str) -> list[_Yield]:
    return [(document.id, *extract_document(document, run_id)) for document in documents]


def _stored(batch: list[_Yield]) -> list[Extracted]:
    from claims.store import Extracted  # DuckDB takes 20 MB, and the processes that extract have no need of it

    return [Extracted(*item) for item in batch]
