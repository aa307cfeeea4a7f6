"""Alignment of the store: in one transaction, and in several processes where that is worth it."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TypeVar

from claims.alignment.batches import ready
from claims.alignment.incremental import Mapper, align_store
from claims.pipeline.builtin import code_hash, processes
from claims.pipeline.heap import settle_heap, settled_heap
from claims.pipeline.progress import Progress
from claims.store.facts import Trace

if TYPE_CHECKING:
    from claims.store import Store

_WORTH_PROCESSES = 500  # documents below which starting processes costs more than it saves

A = TypeVar("A")
B = TypeVar("B")


def align_changes(store: Store, progress: Progress, jobs: int | None = None) -> bool:
    """Aligns anew what changed since the last time; returns whether any fact changed. All of it, or nothing.

    `jobs` is the number of processes at most: a few documents are not worth any.
    """
    code = code_hash("alignment", "normalisation", "text")
    with (
        store.connection.little_memory(linking=True),
        store.connection.transaction(),
        settled_heap(),
        ExitStack() as stack,
    ):
        whole = store.facts.code() != code
        if whole:
            store.corpus.clear()  # what other code remembered
        changed, gone, replaced = store.corpus.changes()
        number = processes(jobs, len(changed)) if len(changed) >= _WORTH_PROCESSES else 1
        progress.stage("Aligning", None)
        run = _here if number <= 1 else stack.enter_context(_pool(number))
        documents, batches = align_store(store, changed, gone, run=run)
        store.corpus.remember()
        if not documents and not whole:
            return False
        stack.enter_context(store.connection.claims_at_hand(documents))
        before = store.facts.take(None if whole else documents, replaced=replaced)
        store.corpus.unsettle(documents)
        after = Trace(0, 0)
        for batch in batches:
            store.corpus.settle(batch.documents, batch.claims)  # facts show the dates that their stories settled
            after = after.and_(store.facts.put(batch.facts))
            progress.advance(batch.number)
        store.facts.show()
        store.facts.set_code(code)
        return before != after


def _here(function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
    return map(function, items)


@contextmanager
def _pool(number: int) -> Iterator[Mapper]:
    """Processes that map in order; a few items are in flight at a time, so memory is bounded."""
    # Not fork: the store's threads would not survive it.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(number, mp_context=spawn, initializer=settle_heap) as pool:
        for _ in range(number):
            pool.submit(ready)  # they start while the store is read

        def run(function: Callable[[A], B], items: Iterable[A]) -> Iterator[B]:
            flying: deque[Future[B]] = deque()
            for item in items:
                flying.append(pool.submit(function, item))
                if len(flying) > 2 * number:
                    yield flying.popleft().result()
            while flying:
                yield flying.popleft().result()

        yield run
