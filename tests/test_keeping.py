"""What makes a run durable while it goes on: the journal is written at once, and synced beside the calls."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from claims.errors import StoreError
from claims.extraction import GroupCommit
from claims.models import Call, Span


class Slow:
    """A journal on a disk that takes its time, or fails."""

    def __init__(self, error: Exception | None = None) -> None:
        self.events: list[str] = []
        self.error = error

    def write(self, calls: Sequence[Call]) -> None:
        self.events.append("write")

    def sync(self) -> None:
        self.events.append("sync")
        if self.error is not None:
            raise self.error
        time.sleep(0.2)
        self.events.append("synced")

    def turn(self) -> int | None:
        return 0

    def drop(self, turned: int | None) -> None:
        self.events.append("drop")


def a_call(name: str) -> Call:
    return Call(
        id=name, run_id="r", config="c", document_id="d", window=Span(0, 9), attempt=1, purpose="extract",
        prompt_hash="p", schema_hash="s", model="m", status="ok", started_at=datetime(2024, 5, 7, tzinfo=UTC),
    )  # fmt: skip


def test_a_recorded_call_does_not_wait_for_the_disk_and_is_brought_there() -> None:
    journal = Slow()
    written: list[list[str]] = []

    async def work() -> None:
        keeper = GroupCommit(
            lambda calls, _: written.append([call.id for call in calls]), done={}, paid={}, journal=journal, enough=9
        )
        await keeper.record(a_call("a"))
        assert journal.events == ["write"]
        while "sync" not in journal.events:
            await asyncio.sleep(0.01)
        await keeper.record(a_call("b"))  # while the disk is waited for: it wants another turn
        while journal.events.count("synced") < 2:
            await asyncio.sleep(0.01)
        await keeper.close()

    asyncio.run(work())
    assert journal.events == ["write", "sync", "write", "synced", "sync", "synced", "drop"]
    assert written == [["a", "b"]]


def test_a_journal_that_cannot_be_brought_to_the_disk_ends_the_work() -> None:
    journal = Slow(StoreError("the disk fails"))

    async def work() -> None:
        keeper = GroupCommit(lambda calls, _: None, done={}, paid={}, journal=journal, enough=9)
        await keeper.record(a_call("a"))
        await asyncio.sleep(0.2)
        with pytest.raises(StoreError, match="the disk fails"):
            await keeper.record(a_call("b"))
        with pytest.raises(StoreError, match="the disk fails"):
            await keeper.close()

    asyncio.run(work())
