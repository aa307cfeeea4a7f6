"""Durable without waiting in line: what ends while one transaction is written goes together into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from claims.extraction.run import WindowResult
from claims.models import Call, Span

_PATIENCE = 2.0  # seconds that a window waits for others, at most
_SOON = 0.05  # seconds after which a call that has ended is on the disk
_MANY = 1000  # calls in the journal alone

T = TypeVar("T")


class Journal(Protocol):
    """Where calls are on record before the tables have them (`claims.store.Journal`)."""

    def write(self, calls: Sequence[Call]) -> None: ...

    def sync(self) -> None: ...

    def turn(self) -> int | None: ...

    def drop(self, turned: int | None) -> None: ...


class _Together(Generic[T]):
    """Hands items to `write`, all that came meanwhile together; `put` returns when its item is written.

    It waits for more until there are `enough`, `hurry` is called, or the patience is at its end.
    """

    def __init__(self, write: Callable[[list[T]], Awaitable[None]], *, enough: int = 1) -> None:
        self._write = write
        self._enough = enough
        self._items: list[T] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._writing: asyncio.Task[None] | None = None
        self._go = asyncio.Event()

    async def put(self, item: T) -> None:
        future = asyncio.get_running_loop().create_future()
        self._items.append(item)
        self._waiting.append(future)
        if len(self._items) >= self._enough:
            self._go.set()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        # What is handed over is written even if the one who waits for it is cancelled.
        await future

    def hurry(self) -> None:
        """Write now what is here."""
        self._go.set()

    async def close(self) -> None:
        self.hurry()
        if self._writing is not None:
            await self._writing

    async def _write_all(self) -> None:
        while self._waiting:
            if self._enough > 1:
                # A transaction costs much, and one more item in it little.
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._go.wait(), _PATIENCE)
            self._go.clear()
            items, self._items = self._items, []
            waiting, self._waiting = self._waiting, []
            try:
                await self._write(items)
            except Exception as error:  # noqa: BLE001  (handed on to all who wait for this write)
                for future in waiting:
                    if not future.done():
                        future.set_exception(error)
            else:
                for future in waiting:
                    if not future.done():
                        future.set_result(None)


class GroupCommit:
    """A Keeper over a function that writes calls and windows in one transaction.

    `write` runs in a thread, one call at a time; `commit` returns when what it was given is durable, and so does
    `record` without a `journal`. With one, a call that is recorded outlives this process, and within a twentieth of a
    second the machine: no call holds its slot for the disk. It goes into the tables with the windows, `enough` of them
    together. `done` and `paid` are what a store knew before the run: nothing else writes to it meanwhile.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Call], Sequence[WindowResult]], None],
        *,
        done: Mapping[str, set[Span]],
        paid: Mapping[tuple[str, Span, str, str], str],
        journal: Journal | None = None,
        enough: int = 1,
    ) -> None:
        self._write = write
        self._done = done
        self._paid: dict[tuple[str, Span], dict[tuple[str, str], str]] = {}
        for (document_id, window, prompt, schema), answer in paid.items():
            self._paid.setdefault((document_id, window), {})[prompt, schema] = answer
        self._journal = journal
        self._journaled: list[Call] = []  # not yet in the tables
        self._written = False  # to the journal since it was last brought to the disk
        self._syncing: asyncio.Task[None] | None = None
        self._enough = enough if journal is not None else 1
        self._tables: _Together[Call | WindowResult] = _Together(self._commit, enough=self._enough)

    async def record(self, call: Call) -> None:
        if self._journal is None:
            await self._tables.put(call)
            return
        self._journaled.append(call)  # first: what `turn` leaves behind is all in here
        self._journal.write([call])
        self._written = True
        if self._syncing is None:
            self._syncing = asyncio.create_task(self._sync())
        elif self._syncing.done():
            self._syncing.result()  # a disk that fails is no place for what is paid for
            self._syncing = asyncio.create_task(self._sync())
        if len(self._journaled) >= _MANY:  # calls that end no window, as when all fail
            await self._tables.put(call)

    async def commit(self, result: WindowResult) -> None:
        await self._tables.put(result)

    def hurry(self) -> None:
        self._tables.hurry()

    def done(self, document_id: str) -> set[Span]:
        return self._done.get(document_id, set())

    def paid(self, document_id: str, window: Span) -> Mapping[tuple[str, str], str]:
        return self._paid.get((document_id, window), {})

    async def close(self) -> None:
        """Wait until all that was handed over is in the tables."""
        await self._tables.close()
        if self._journaled:
            await self._commit([])
        if self._syncing is not None:
            self._syncing.cancel()  # the tables are on the disk
            with suppress(asyncio.CancelledError):
                await self._syncing

    async def _sync(self) -> None:
        """Brings the journal to the disk, and again as long as something is written meanwhile."""
        assert self._journal is not None
        while self._written:
            await asyncio.sleep(_SOON)  # more calls end, and the disk takes milliseconds for one as for many
            self._written = False
            await asyncio.to_thread(self._journal.sync)

    async def _commit(self, items: list[Call | WindowResult]) -> None:
        results = [item for item in items if isinstance(item, WindowResult)]
        if self._journal is None:
            await asyncio.to_thread(self._write, [item for item in items if isinstance(item, Call)], results)
            return
        calls, self._journaled = self._journaled, []
        turned = self._journal.turn()
        await asyncio.to_thread(self._write_all, calls, results, turned)

    def _write_all(self, calls: Sequence[Call], results: Sequence[WindowResult], turned: int | None) -> None:
        assert self._journal is not None
        self._write(calls, results)
        self._journal.drop(turned)


class Kept:
    """A Keeper in memory, for one document at a time and for tests: `calls` and `results` as they came."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.results: list[WindowResult] = []

    async def record(self, call: Call) -> None:
        self.calls.append(call)

    async def commit(self, result: WindowResult) -> None:
        self.results.append(result)

    def hurry(self) -> None:
        """Nothing waits here."""

    def done(self, document_id: str) -> set[Span]:
        return {r.window for r in self.results if r.document_id == document_id and r.is_done}

    def paid(self, document_id: str, window: Span) -> Mapping[tuple[str, str], str]:
        return {}
