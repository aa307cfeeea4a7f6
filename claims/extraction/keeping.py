"""Durable without waiting in line: what ends while one transaction is written goes together into the next."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from claims.extraction.run import WindowResult
from claims.models import Call, Span

T = TypeVar("T", Call, WindowResult)


class GroupCommit:
    """A Keeper over a function that writes calls and windows in one transaction.

    `write` runs in a thread, one call at a time; `record` and `commit` return when it has written what they were
    given. `done` and `paid` are what a store knew before the run: nothing else writes to it meanwhile.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Call], Sequence[WindowResult]], None],
        *,
        done: Mapping[str, set[Span]],
        paid: Mapping[tuple[str, Span, str, str], str],
    ) -> None:
        self._write = write
        self._done = done
        self._paid = paid
        self._calls: list[Call] = []
        self._results: list[WindowResult] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._writing: asyncio.Task[None] | None = None

    async def record(self, call: Call) -> None:
        self._calls.append(call)
        await self._written()

    async def commit(self, result: WindowResult) -> None:
        self._results.append(result)
        await self._written()

    def done(self, document_id: str) -> set[Span]:
        return self._done.get(document_id, set())

    def paid(self, document_id: str, window: Span, prompt: str, schema: str) -> str | None:
        return self._paid.get((document_id, window, prompt, schema))

    async def _written(self) -> None:
        future = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        # What is handed over is written even if the one who waits for it is cancelled.
        await future

    async def _write_all(self) -> None:
        while self._waiting:
            calls, self._calls = self._calls, []
            results, self._results = self._results, []
            waiting, self._waiting = self._waiting, []
            try:
                await asyncio.to_thread(self._write, calls, results)
            except Exception as error:  # noqa: BLE001  (handed on to all who wait for this write)
                for future in waiting:
                    if not future.done():
                        future.set_exception(error)
            else:
                for future in waiting:
                    if not future.done():
                        future.set_result(None)

    async def close(self) -> None:
        """Wait until all that was handed over is written."""
        if self._writing is not None:
            await self._writing


class Kept:
    """A Keeper in memory, for one document at a time and for tests: `calls` and `results` as they came."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.results: list[WindowResult] = []

    async def record(self, call: Call) -> None:
        self.calls.append(call)

    async def commit(self, result: WindowResult) -> None:
        self.results.append(result)

    def done(self, document_id: str) -> set[Span]:
        return {r.window for r in self.results if r.document_id == document_id and r.is_done}

    def paid(self, document_id: str, window: Span, prompt: str, schema: str) -> str | None:
        return None
