"""What makes the work of a model durable: each call and each window is written when it ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from claims.models import Call, Claim, Rejection, Span
from claims.store.connection import Connection
from claims.store.extractions import Extractions
from claims.store.ledger import Ledger


class Window(Protocol):
    """What the keeper needs to know of a window that has ended (`claims.extraction.WindowResult`)."""

    document_id: str
    window: Span
    windows: int
    calls: int
    error_kind: str | None
    error: str | None

    @property
    def claims(self) -> Sequence[Claim]: ...

    @property
    def rejections(self) -> Sequence[Rejection]: ...

    @property
    def is_done(self) -> bool: ...


class Keeper:
    """The work of one run under one configuration."""

    def __init__(self, connection: Connection, config: str, run_id: str) -> None:
        self._db = connection
        self._config = config
        self._run_id = run_id
        self._extractions = Extractions(connection)
        self._ledger = Ledger(connection)

    def record(self, call: Call) -> None:
        """One attempt of a call, success or failure."""
        self._ledger.record(call)

    def done(self, document_id: str) -> set[Span]:
        """The windows of a document that are finished under this configuration."""
        return {
            Span(start, end)
            for start, end in self._db.rows(
                'SELECT "start", "end" FROM store.windows WHERE document_id = $1 AND config = $2 AND done',
                [document_id, self._config],
            )
        }

    def paid(self, document_id: str, window: Span, prompt: str, schema: str) -> str | None:
        """An answer to the same question that was paid for and whose window is not done, as after a kill."""
        value = self._db.value(
            "SELECT answer FROM store.calls WHERE document_id = $1 AND config = $2 AND window_start = $3 "
            "AND window_end = $4 AND prompt_hash = $5 AND schema_hash = $6 AND status = 'ok' AND run_id <> $7 "
            "ORDER BY started_at DESC LIMIT 1",
            [document_id, self._config, window.start, window.end, prompt, schema, self._run_id],
        )
        return None if value is None else str(value)

    def commit(self, result: Window) -> None:
        """A finished or failed window, with all that it gave, in one transaction."""
        with self._db.transaction():
            if result.is_done:
                self._extractions.add(self._config, self._run_id, result.claims, result.rejections)
            self._db.insert(
                "store.windows",
                [
                    {
                        "document_id": result.document_id,
                        "config": self._config,
                        "start": result.window.start,
                        "end": result.window.end,
                        "run_id": self._run_id,
                        "done": result.is_done,
                        "calls": result.calls,
                        "error_kind": result.error_kind,
                        "error": result.error,
                    }
                ],
                "OR REPLACE",
            )
            done = self._db.value(
                "SELECT count(*) FROM store.windows WHERE document_id = $1 AND config = $2 AND done",
                [result.document_id, self._config],
            )
            # A document without a sentence has one empty window: it is done when that is.
            complete = done >= max(result.windows, 1)
            active = self._db.value(
                "SELECT bool_or(active) FROM store.extractions WHERE document_id = $1", [result.document_id]
            )
            mine = self._db.value(
                "SELECT active FROM store.extractions WHERE document_id = $1 AND config = $2",
                [result.document_id, self._config],
            )
            self._db.insert(
                "store.extractions",
                [
                    {
                        "document_id": result.document_id,
                        "config": self._config,
                        "run_id": self._run_id,
                        "complete": complete,
                        "active": bool(mine) or not active,
                        "windows": result.windows,
                        "windows_done": done,
                    }
                ],
                "OR REPLACE",
            )
            if complete:
                self._extractions.make_active(self._config, [result.document_id])
