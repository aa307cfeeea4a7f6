"""Work that is out with an endpoint's Batch API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from claims.models import Call, Span
from claims.store.connection import Connection
from claims.store.journal import call_row

_COLUMNS = "id, run_id, config, model, endpoint, provider_id, status, requests, succeeded, failed, error"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch. `provider_id` None: the endpoint may never have heard of it."""

    id: str
    run_id: str
    config: str
    model: str
    endpoint: str
    provider_id: str | None
    status: str
    requests: int
    succeeded: int | None
    failed: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request of a batch."""

    custom_id: str
    document_id: str
    window: Span
    purpose: str
    prompt_hash: str
    schema_hash: str
    mode: str


class Batches:
    """The batches of a store."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def prepare(
        self, batch_id: str, run_id: str, config: str, model: str, endpoint: str, requests: Sequence[Waiting]
    ) -> None:
        """Writes a batch and its requests down, before the endpoint hears of them."""
        with self._db.transaction():
            self._db.insert(
                "store.batches",
                [
                    {
                        "id": batch_id,
                        "run_id": run_id,
                        "config": config,
                        "model": model,
                        "endpoint": endpoint,
                        "status": "prepared",
                        "requests": len(requests),
                        "created_at": datetime.now(UTC).isoformat(),
                    }
                ],
            )
            self._db.insert(
                "store.batch_requests",
                [
                    {
                        "batch_id": batch_id,
                        "custom_id": item.custom_id,
                        "document_id": item.document_id,
                        "window_start": item.window.start,
                        "window_end": item.window.end,
                        "purpose": item.purpose,
                        "prompt_hash": item.prompt_hash,
                        "schema_hash": item.schema_hash,
                        "mode": item.mode,
                        "status": "waiting",
                    }
                    for item in requests
                ],
            )

    def update(
        self,
        batch_id: str,
        status: str,
        *,
        provider_id: str | None = None,
        succeeded: int | None = None,
        failed: int | None = None,
        error: str | None = None,
    ) -> None:
        """What the endpoint says of a batch now."""
        self._db.execute(
            "UPDATE store.batches SET status = $2, provider_id = coalesce($3, provider_id), "
            "succeeded = coalesce($4, succeeded), failed = coalesce($5, failed), error = coalesce($6, error) "
            "WHERE id = $1",
            [batch_id, status, provider_id, succeeded, failed, error],
        )

    def collected(self, batch_id: str, calls: Sequence[Call], outcome: Mapping[str, str]) -> None:
        """Writes the answers of a batch as calls, and closes it, in one transaction. `outcome`: custom id → status."""
        with self._db.transaction():
            self._db.insert("store.calls", [call_row(call) for call in calls], "OR REPLACE")
            for status in ("ok", "failed"):
                ids = [custom_id for custom_id, found in outcome.items() if found == status]
                self._db.execute(
                    "UPDATE store.batch_requests SET status = $2 "
                    "WHERE batch_id = $1 AND list_contains($3::VARCHAR[], custom_id)",
                    [batch_id, status, ids],
                )
            values = list(outcome.values())
            self._db.execute(
                "UPDATE store.batches SET status = 'collected', collected_at = $2, succeeded = $3, failed = $4 "
                "WHERE id = $1",
                [batch_id, datetime.now(UTC), values.count("ok"), values.count("failed")],
            )

    def drop(self, batch_id: str) -> None:
        """Forgets a batch that never reached the endpoint: its windows are to be asked again."""
        with self._db.transaction():
            self._db.execute("DELETE FROM store.batch_requests WHERE batch_id = $1", [batch_id])
            self._db.execute("DELETE FROM store.batches WHERE id = $1", [batch_id])

    def all(self) -> list[BatchRow]:
        """Every batch, the oldest first."""
        return [
            BatchRow(*row) for row in self._db.rows(f"SELECT {_COLUMNS} FROM store.batches ORDER BY created_at, id")
        ]

    def open(self) -> list[BatchRow]:
        """Those that are not collected."""
        return [batch for batch in self.all() if batch.status != "collected"]

    def requests(self, batch_id: str) -> list[Waiting]:
        """The requests of a batch, by custom id."""
        rows = self._db.rows(
            "SELECT custom_id, document_id, window_start, window_end, purpose, prompt_hash, schema_hash, mode "
            "FROM store.batch_requests WHERE batch_id = $1 ORDER BY custom_id",
            [batch_id],
        )
        return [Waiting(row[0], row[1], Span(row[2], row[3]), *row[4:]) for row in rows]

    def waiting(self, config: str) -> dict[str, set[Span]]:
        """{document id: windows} that are out in a batch under `config`."""
        found: dict[str, set[Span]] = {}
        for document_id, start, end in self._db.rows(
            "SELECT document_id, window_start, window_end FROM store.batch_requests r JOIN store.batches b "
            "ON b.id = r.batch_id WHERE b.config = $1 AND b.status <> 'collected' AND r.status = 'waiting'",
            [config],
        ):
            found.setdefault(document_id, set()).add(Span(start, end))
        return found

    def failed(self, config: str, ids: Sequence[str]) -> dict[tuple[str, Span, str, str], tuple[str, str]]:
        """{(document id, window, prompt hash, schema hash): (kind, message)} of questions that failed last."""
        rows: list[tuple[Any, ...]] = self._db.rows(
            "SELECT document_id, window_start, window_end, prompt_hash, schema_hash, "
            "arg_max(status, started_at), arg_max(error_kind, started_at), arg_max(error, started_at) "
            "FROM store.calls WHERE config = $1 AND list_contains($2::VARCHAR[], document_id) GROUP BY 1, 2, 3, 4, 5",
            [config, list(ids)],
        )
        return {
            (row[0], Span(row[1], row[2]), row[3], row[4]): (row[6], row[7] or "")
            for row in rows
            if row[5] == "failed" and row[6]
        }
