"""Calls are durable in the journal before the tables have them, and are never lost or doubled between the two."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from claims.errors import StoreError
from claims.models import Call, Span
from claims.store import open_store
from claims.store.journal import Journal, files


def call(name: str) -> Call:
    return Call(
        id=name, run_id="r", config="c", document_id="d", window=Span(0, 9), attempt=1, purpose="extract",
        prompt_hash="p", schema_hash="s", model="m", status="ok", answer="{\n“ü”}", cost=0.25,
        started_at=datetime(2024, 5, 7, 12, tzinfo=UTC),
    )  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "s.duckdb"
    open_store(path).close()
    return path


def ids(db: Path) -> list[str]:
    with open_store(db, read_only=True) as store:
        return [row[0] for row in store.sql("SELECT id FROM store.calls ORDER BY id")[1]]


def test_what_a_killed_process_left_is_taken_in_when_the_store_is_next_opened(db: Path) -> None:
    journal = Journal(db)
    journal.write([call("a"), call("b")])
    journal.turn()
    journal.write([call("c")])  # no close: the process is dead
    assert ids(db) == ["a", "b", "c"]  # opened for reading alone
    assert not files(db)
    with open_store(db) as store:
        answers = store.sql("SELECT DISTINCT answer, cost, window_end, started_at FROM store.calls")[1]
    assert answers == [("{\n“ü”}", 0.25, 9, datetime(2024, 5, 7, 12, tzinfo=UTC))]


def test_a_call_in_the_journal_and_in_the_tables_is_one(db: Path) -> None:
    Journal(db).write([call("a"), call("b")])
    with open_store(db) as store:
        store.journal.write([call("a"), call("c")])
        turned = store.journal.turn()
        store.windows.save("c", "r", [call("c")], [])
        assert turned is not None  # killed before the drop: the file is still there
        os.close(store.journal._handles.pop())
        store.journal._handles.clear()
    assert files(db)
    assert ids(db) == ["a", "b", "c"]


def test_a_line_that_was_not_finished_is_no_call(db: Path) -> None:
    journal = Journal(db)
    journal.write([call("a"), call("b")])
    (path,) = [path for path in files(db) if path.stat().st_size]
    path.write_bytes(path.read_bytes()[:-20])
    assert ids(db) == ["a"]


def test_only_what_was_written_before_the_turn_is_dropped(db: Path) -> None:
    journal = Journal(db)
    assert journal.turn() is None
    journal.write([call("a")])
    turned = journal.turn()
    journal.write([call("b")])
    journal.drop(turned)
    assert ids(db) == ["b"]


def test_an_empty_journal_leaves_no_file(db: Path) -> None:
    journal = Journal(db)
    journal.write([call("a")])
    journal.drop(journal.turn())
    journal.close()
    assert sorted(path.name for path in db.parent.iterdir()) == ["s.duckdb"]


def test_a_full_disk_is_one_line_and_leaves_whole_lines(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(db)
    journal.write([call("a")])
    write = os.write

    def full(handle: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data[: len(data) // 2])

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(StoreError, match="disk is full"):
            journal.write([call("b")])
    journal.write([call("c")])
    assert ids(db) == ["a", "c"]


def test_sync_brings_both_files_to_the_disk_and_nothing_twice(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    journal = Journal(db)
    journal.write([call("a")])
    journal.turn()
    journal.write([call("b")])
    synced.clear()  # of the folder
    journal.sync()
    assert sorted(synced) == sorted(journal._handles)
    journal.sync()
    assert len(synced) == 2
    journal.close()
    journal.sync()
    assert len(synced) == 2


def test_a_disk_that_fails_while_it_is_waited_for_is_one_line(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(handle: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    journal = Journal(db)
    journal.write([call("a")])
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StoreError, match="Input/output error"):
        journal.sync()
