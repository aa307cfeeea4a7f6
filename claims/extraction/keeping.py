"""Durable without waiting in line: what ends while one transaction is written goes together into the next."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from claims.extraction.run import WindowResult
from claims.models import Call, Span

_PATIENCE = 1.0  # seconds that a window waits for others, at most

_SHORT = 0.002  # seconds that the loop may wait for the disk
_MANY = 1000  # calls in the journal alone

T = TypeVar("T")


class Journal(Protocol):
    """Where calls are durable before the tables have them (`claims.store.Journal`)."""

    def append(self, calls: Sequence[Call]) -> None: ...

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

    `write` runs in a thread, one call at a time; `record` and `commit` return when what they were given is durable.
    With a `journal`, calls are durable there at once, and go into the tables with the windows, `enough` of them
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
        self._ended: list[tuple[Call, asyncio.Future[None]]] = []  # not yet in the journal
        self._appending: asyncio.Task[None] | None = None
        self._takes = 0.0  # seconds that the journal takes for a line, about
        self._enough = enough if journal is not None else 1
        self._tables: _Together[Call | WindowResult] = _Together(self._commit, enough=self._enough)

    async def record(self, call: Call) -> None:
        if self._journal is None:
            await self._tables.put(call)
            return
        future = asyncio.get_running_loop().create_future()
        self._ended.append((call, future))
        if self._appending is None or self._appending.done():
            self._appending = asyncio.create_task(self._append())
        await future
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
        if self._appending is not None:
            await self._appending
        await self._tables.close()
        if self._journaled:
            await self._commit([])

    async def _append(self) -> None:
        """Puts into the journal what has ended, all of a moment together.

        A fast disk is waited for here: the loop would be busy with other windows for longer than that before it came
        back to these calls, and their slots would be empty. For a slow one there is a thread.
        """
        assert self._journal is not None
        while self._ended:
            ended, self._ended = self._ended, []
            calls = [call for call, _ in ended]
            self._journaled += calls  # first: what `turn` leaves behind is all in here
            began = time.perf_counter()
            try:
                if self._takes < _SHORT:
                    self._journal.append(calls)
                else:
                    await asyncio.to_thread(self._journal.append, calls)
            except Exception as error:  # noqa: BLE001  (handed on to all who wait for this write)
                for _, future in ended:
                    if not future.done():
                        future.set_exception(error)
            else:
                for _, future in ended:
                    if not future.done():
                        future.set_result(None)
            self._takes += 0.2 * (time.perf_counter() - began - self._takes)

    async def _commit(self, items: list[Call | WindowResult]) -> None:
        results = [item for item in items if isinstance(item, WindowResult)]
        if self._journal is None:
            await asyncio.to_thread(self._write, [item for item in items if isinstance(item, Call)], results)
            return
        calls, self._journaled = self._journaled, []
        turned = self._journal.turn()
        await asyncio.to_thread(self._write, calls, results)
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
