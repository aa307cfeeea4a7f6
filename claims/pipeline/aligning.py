"""Alignment of the store: in one transaction, and in several processes where that is worth it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from claims.alignment.incremental import align_store
from claims.pipeline.builtin import code_hash, processes
from claims.pipeline.progress import Progress
from claims.store.facts import Trace

if TYPE_CHECKING:
    from claims.store import Store

A = TypeVar("A")
B = TypeVar("B")


def align_changes(store: Store, progress: Progress, jobs: int | None = None) -> bool:
    """Aligns anew what changed since the last time; returns whether any fact changed. All of it, or nothing."""
    code = code_hash("alignment", "normalisation", "text")
    with store.connection.transaction():
        whole = store.facts.code() != code
        number = processes(jobs, len(store.corpus.changes()[0]) // 10)
        progress.stage("Aligning", None)

        def run(function: Callable[[A], B], batches: Iterable[A]) -> Iterator[B]:
            return map(function, batches) if number <= 1 else _in_processes(function, batches, number)

        documents, batches = align_store(store, code, run=run)
        if not documents and not whole:
            return False
        before = store.facts.take(None if whole else documents)
        store.corpus.unsettle(documents)
        after = Trace(0, 0)
        for batch in batches:
            after = after.and_(store.facts.put(batch.facts))
            store.corpus.settle(batch.documents, batch.claims)
            progress.advance(batch.number)
        store.facts.set_code(code)
        return before != after


def _in_processes(function: Callable[[A], B], batches: Iterable[A], number: int) -> Iterator[B]:
    """The results in order; a few batches are in flight at a time, so memory is bounded."""
    # Not fork: the store's threads would not survive it.
    with ProcessPoolExecutor(number, mp_context=multiprocessing.get_context("spawn")) as pool:
        flying: list[Future[B]] = []
        for batch in batches:
            flying.append(pool.submit(function, batch))
            if len(flying) > 3 * number:
                yield flying.pop(0).result()
        for future in flying:
            yield future.result()
