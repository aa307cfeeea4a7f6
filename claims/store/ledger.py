"""The ledger: runs, and every call that was made to a model."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from claims.store.connection import Connection


class Ledger:
    """Runs and calls."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def begin(
        self,
        command: str,
        config: str,
        *,
        extractor: str,
        version: str,
        documents: int,
        options: Mapping[str, Any] | None = None,
        prompt_hash: str | None = None,
        schema_hash: str | None = None,
    ) -> str:
        """Opens a run and returns its id."""
        now = datetime.now(UTC)
        run_id = f"r{now:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"
        with self._db.transaction():  # the disk is waited for once
            # A run that is still open here was killed: this process holds the store, so no other can be running it.
            self._db.execute("UPDATE store.runs SET status = 'interrupted' WHERE status = 'running'")
            self._db.insert(
                "store.runs",
                [
                    {
                        "id": run_id,
                        "command": command,
                        "config": config,
                        "extractor": extractor,
                        "prompt_hash": prompt_hash,
                        "schema_hash": schema_hash,
                        "options": dict(options or {}),
                        "version": version,
                        "started_at": now.isoformat(),
                        "ended_at": None,
                        "status": "running",
                        "documents": documents,
                        "documents_done": 0,
                        "failures": {},
                    }
                ],
            )
        return run_id

    def end(self, run_id: str, status: str, documents_done: int, failures: Mapping[str, int] | None = None) -> None:
        """Closes a run: complete, incomplete, interrupted or failed."""
        self._db.execute(
            "UPDATE store.runs SET status = $2, documents_done = $3, failures = $4::JSON, ended_at = $5 WHERE id = $1",
            [run_id, status, documents_done, _json(failures or {}), datetime.now(UTC)],
        )

    def spent(self, run_id: str) -> dict[str, float]:
        """What a run has used: calls, tokens and, where a price is known, US dollars."""
        calls, tokens, cost = self._db.rows(
            "SELECT count(*), sum(coalesce(prompt_tokens, 0) + coalesce(completion_tokens, 0)), sum(cost) "
            "FROM store.calls WHERE run_id = $1",
            [run_id],
        )[0]
        return {"calls": int(calls), "tokens": int(tokens or 0), **({} if cost is None else {"cost": float(cost)})}

    def find(self, name: str) -> list[str]:
        """The ids of the runs that `name` (an id, or its beginning) means; "last" is the latest."""
        if name == "last":
            return [row[0] for row in self._db.rows("SELECT id FROM store.runs ORDER BY started_at DESC LIMIT 1")]
        return [
            row[0]
            for row in self._db.rows(
                "SELECT id FROM store.runs WHERE id = $1 OR starts_with(id, $1) ORDER BY started_at", [name]
            )
        ]


def _json(value: Mapping[str, Any]) -> str:
    import json

    return json.dumps(dict(value), sort_keys=True)
