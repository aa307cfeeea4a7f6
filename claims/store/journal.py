"""The journal: calls that have ended, on record at once, on their way into the tables.

A transaction costs milliseconds, a written line some microseconds. So a call that has ended is written here first, and
the tables take many of them together. A written line outlives the process; `sync`, which waits for the disk, makes it
outlive the machine. Two files lie beside the store while a model works. While what one of them holds is being
committed, the other takes what comes; then the first is emptied. What a killed process leaves is taken into the tables
when the store is next opened: a call that is in both is one call.
"""

from __future__ import annotations

import errno
import json
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic_core import to_json

from claims.errors import StoreError
from claims.models import Call

ENDINGS = (".calls1", ".calls2")


def files(store: Path) -> list[Path]:
    """The journal files of a store that are there."""
    return [path for ending in ENDINGS if (path := _beside(store, ending)).is_file()]


def left_over(store: Path) -> Iterator[dict[str, Any]]:
    """The rows of store.calls that a process left in the journal; a line that it did not finish is none."""
    for path in files(store):
        with path.open("rb") as file:
            for line in file:
                try:
                    row = json.loads(line)
                except ValueError:
                    break  # the process ended in the middle of it, and nothing was written after
                yield row


def call_row(call: Call) -> dict[str, Any]:
    """A call as a row of store.calls."""
    row = call.model_dump(mode="json", exclude={"window"})
    row["window_start"], row["window_end"] = call.window
    return row


def _beside(store: Path, ending: str) -> Path:
    return store.with_name(store.name + ending)


class Journal:
    """Where calls are on record before the tables have them. One process, any thread; made when first used.

    Raises StoreError when the disk is full or the folder cannot be written.
    """

    def __init__(self, store: Path) -> None:
        self._store = store
        self._handles: list[int] = []
        self._turn = 0
        self._unsynced: set[int] = set()  # numbers of the files
        self._lock = threading.Lock()
        self._disk = threading.Lock()  # held while the disk is waited for: nothing is closed meanwhile

    def write(self, calls: Sequence[Call]) -> None:
        """When this returns, `calls` outlive the process, however it ends."""
        lines = b"".join(to_json(call_row(call)) + b"\n" for call in calls)
        with self._lock:
            try:
                handle = self._open()[self._turn]
                at = os.lseek(handle, 0, os.SEEK_END)
                self._unsynced.add(self._turn)
                try:
                    while lines:
                        lines = lines[os.write(handle, lines) :]
                except OSError:
                    os.ftruncate(handle, at)  # half a line would hide those after it
                    raise
            except OSError as error:
                raise self._problem(error) from error

    def sync(self) -> None:
        """When this returns, what was written before outlives the machine."""
        with self._disk:
            with self._lock:
                unsynced, self._unsynced = self._unsynced, set()
                handles = [self._handles[number] for number in unsynced if self._handles]
            try:
                for handle in handles:
                    os.fsync(handle)
            except OSError as error:
                raise self._problem(error) from error

    def turn(self) -> int | None:
        """From now on the other file is written. Returns what `drop` wants once all that came before is in the tables;
        None when nothing was written."""
        with self._lock:
            if not self._handles:
                return None
            self._turn = 1 - self._turn
            return 1 - self._turn

    def drop(self, turned: int | None) -> None:
        """Empties the file that was written before `turn`."""
        if turned is None:
            return
        try:
            os.ftruncate(self._handles[turned], 0)
        except OSError as error:
            raise self._problem(error) from error

    def close(self) -> None:
        """Closes the files, and removes them if they are empty."""
        with self._disk, self._lock:
            handles, self._handles = self._handles, []
            for handle, ending in zip(handles, ENDINGS, strict=False):
                empty = os.fstat(handle).st_size == 0
                os.close(handle)
                if empty:
                    _beside(self._store, ending).unlink(missing_ok=True)

    def _open(self) -> list[int]:
        if not self._handles:
            flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
            self._handles = [os.open(_beside(self._store, ending), flags, 0o644) for ending in ENDINGS]
            folder = os.open(self._store.parent, os.O_RDONLY)
            try:
                os.fsync(folder)  # the names of the files are durable as well
            finally:
                os.close(folder)
        return self._handles

    def _problem(self, error: OSError) -> StoreError:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return StoreError(
                f"{self._store}: the disk is full; what was committed is kept: free some space and run again"
            )
        return StoreError(f"{self._store}: no journal can be written beside it: {error.strerror}; give another --db")
