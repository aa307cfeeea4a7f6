"""What second readers said of pairs of claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict

from claims.models import Call
from claims.store.connection import Connection
from claims.store.journal import call_row


class StoredVerdict(BaseModel):
    """One row of store.verdicts. A rejected one has a `problem`, and may have no answer at all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    config: str
    run_id: str
    model: str
    document_a: str
    document_b: str
    slot: str
    shown: Any
    status: str
    problem: str | None = None
    same_fact: str | None = None
    relation: str | None = None
    reason: str | None = None
    quote_a: str | None = None
    quote_b: str | None = None
    active: bool = True
    answered_at: datetime | None = None  # set when written, not read back


class Verdicts:
    """The verdicts of a store. Those of one configuration at most are active: facts are made with them."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, config: str) -> dict[str, StoredVerdict]:
        """{key: verdict} under a configuration, rejected ones too."""
        return {verdict.key: verdict for verdict in self._where("config = $1", [config])}

    def accepted(self, ids: Sequence[str] | None = None) -> list[StoredVerdict]:
        """The active verdicts that were accepted, on articles both of which are in `ids` (None: all)."""
        both = "list_contains($1::VARCHAR[], document_a) AND list_contains($1::VARCHAR[], document_b)"
        where = f"active AND status = 'accepted'{'' if ids is None else f' AND {both}'}"
        return self._where(where, [] if ids is None else [list(ids)])

    def count(self, config: str) -> int:
        """How many verdicts there are under a configuration, rejected ones too."""
        return int(self._db.value("SELECT count(*) FROM store.verdicts WHERE config = $1", [config]))

    def _where(self, condition: str, parameters: Sequence[Any]) -> list[StoredVerdict]:
        rows = self._db.rows(
            "SELECT to_json(v) FROM (SELECT * EXCLUDE (answered_at) FROM store.verdicts "
            f"WHERE {condition} ORDER BY config, key) v",
            parameters,
        )
        return [StoredVerdict.model_validate_json(row[0]) for row in rows]

    def activate(self, config: str | None) -> None:
        """Makes the verdicts under `config` those that facts are made with; None: no verdicts."""
        self._db.execute("UPDATE store.verdicts SET active = (config IS NOT DISTINCT FROM $1) WHERE true", [config])

    def save(self, verdicts: Sequence[StoredVerdict]) -> None:
        """Writes verdicts, in place of those of the same key; durable when this returns."""
        self._db.insert("store.verdicts", [verdict.model_dump(mode="json") for verdict in verdicts], "OR REPLACE")

    def record(self, calls: Sequence[Call]) -> None:
        """Writes calls into the ledger; durable when this returns."""
        self._db.insert("store.calls", [call_row(call) for call in calls], "OR REPLACE")

    def rejected(self, run_id: str) -> list[tuple[str, str, str]]:
        """(path of A's article, path of B's, problem) of the verdicts of a run that were rejected."""
        return [
            (str(a), str(b), str(problem))
            for a, b, problem in self._db.rows(
                "SELECT a.path, b.path, v.problem FROM store.verdicts v JOIN store.documents a ON a.id = v.document_a "
                "JOIN store.documents b ON b.id = v.document_b WHERE v.run_id = $1 AND v.status = 'rejected' "
                "ORDER BY ALL",
                [run_id],
            )
        ]
