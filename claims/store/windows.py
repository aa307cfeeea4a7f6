"""The windows of documents that went to a model: what is done, what was paid for, what failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Protocol

from claims.models import Call, Claim, Rejection, Span
from claims.store.connection import Connection
from claims.store.extractions import Extractions
from claims.store.journal import call_row


class Finished(Protocol):
    """One window at its end (`claims.extraction.WindowResult`). `windows` is how many its document has; `error_kind`
    None means done."""

    document_id: str
    window: Span
    windows: int
    error_kind: str | None
    error: str | None

    @property
    def claims(self) -> Sequence[Claim]: ...

    @property
    def rejections(self) -> Sequence[Rejection]: ...


class Windows:
    """Work by a model, a window at a time."""

    def __init__(self, connection: Connection, extractions: Extractions) -> None:
        self._db = connection
        self._extractions = extractions

    def done(self, config: str, ids: Sequence[str]) -> dict[str, set[Span]]:
        """{document id: the windows that are done under `config`}, for those of `ids` that have any."""
        found: dict[str, set[Span]] = {}
        if not self._has("windows", config):
            return found
        for document_id, start, end in self._db.rows(
            "SELECT document_id, window_start, window_end FROM store.windows "
            "WHERE config = $1 AND status = 'done' AND list_contains($2::VARCHAR[], document_id)",
            [config, list(ids)],
        ):
            found.setdefault(document_id, set()).add(Span(start, end))
        return found

    def paid(self, config: str, ids: Sequence[str]) -> dict[tuple[str, Span, str, str], str]:
        """{(document id, window, prompt hash, schema hash): answer} of good answers whose window is not done.

        They are there when a process was killed between an answer and the end of its window.
        """
        if not self._has("calls", config):
            return {}
        rows = self._db.rows(
            "SELECT document_id, window_start, window_end, prompt_hash, schema_hash, answer FROM store.calls c "
            "WHERE config = $1 AND status = 'ok' AND answer IS NOT NULL AND list_contains($2::VARCHAR[], document_id) "
            "AND NOT EXISTS (SELECT 1 FROM store.windows w WHERE w.document_id = c.document_id AND w.config = c.config "
            "AND w.window_start = c.window_start AND w.window_end = c.window_end AND w.status = 'done') "
            "ORDER BY started_at",
            [config, list(ids)],
        )
        return {(row[0], Span(row[1], row[2]), row[3], row[4]): row[5] for row in rows}

    def save(self, config: str, run_id: str, calls: Sequence[Call], results: Sequence[Finished]) -> None:
        """Writes attempts, and windows with what they gave, in one transaction: durable when this returns."""
        ids = sorted({result.document_id for result in results})
        with self._db.transaction():
            self._db.insert("store.calls", [call_row(call) for call in calls])
            if not results:
                return
            known = self._extractions.known(config, ids)
            # Of a window that failed in part, what its other part gave is kept: it was paid for, and it is grounded.
            self._extractions.add(
                config,
                run_id,
                [claim for result in results for claim in result.claims],
                [rejection for result in results for rejection in result.rejections],
                known=known,
            )
            rows = {
                (result.document_id, result.window): {
                    "document_id": result.document_id,
                    "config": config,
                    "window_start": result.window.start,
                    "window_end": result.window.end,
                    "run_id": run_id,
                    "status": "done" if result.error_kind is None else "failed",
                    "error_kind": result.error_kind,
                    "error": result.error,
                }
                for result in results
            }
            self._db.insert("store.windows", list(rows.values()), "OR REPLACE" if known else "")
            self._count(config, run_id, results, known)

    def _count(self, config: str, run_id: str, results: Sequence[Finished], known: Collection[str]) -> None:
        windows = {result.document_id: result.windows for result in results}
        done = Counter(
            document_id
            for document_id, window in {(r.document_id, r.window) for r in results if r.error_kind is None}
            if window.end > 0
        )
        active = set()
        if known:
            for document_id, count in self._db.rows(
                "SELECT document_id, count(*) FROM store.windows WHERE config = $1 AND status = 'done' "
                "AND window_end > 0 AND list_contains($2::VARCHAR[], document_id) GROUP BY document_id",
                [config, sorted(known)],
            ):
                done[document_id] = count
            active = {
                row[0]
                for row in self._db.rows(
                    "SELECT document_id FROM store.extractions WHERE config = $1 AND active "
                    "AND list_contains($2::VARCHAR[], document_id)",
                    [config, sorted(known)],
                )
            }
        self._db.insert(
            "store.extractions",
            [
                {
                    "document_id": i,
                    "config": config,
                    "run_id": run_id,
                    "complete": done[i] >= windows[i],
                    "active": i in active,
                    "windows": windows[i],
                    "windows_done": done[i],
                }
                for i in sorted(windows)
            ],
            "OR REPLACE" if known else "",
        )

    def activate(self, config: str, ids: Sequence[str]) -> None:
        """Makes what `config` gave of `ids` the claims that are aligned: of documents that are wholly extracted, and
        of those that have nothing better."""
        # One statement: to hand over the ids takes longer than what is done with them. A join is faster than a search
        # of the list for each document.
        self._db.execute(
            "UPDATE store.extractions SET active = (config = $1) WHERE document_id IN (SELECT document_id "
            "FROM store.extractions e WHERE config = $1 AND NOT active "
            "AND document_id IN (SELECT unnest($2::VARCHAR[])) "
            "AND (complete OR NOT EXISTS (SELECT 1 FROM store.extractions o "
            "WHERE o.document_id = e.document_id AND o.active AND o.config <> e.config)))",
            [config, list(ids)],
        )

    def _has(self, table: str, config: str) -> bool:
        """Whether a table has any row under `config`: a new run has none, and is not searched for each document."""
        return bool(self._db.rows(f"SELECT 1 FROM store.{table} WHERE config = $1 LIMIT 1", [config]))

    def failed(self, config: str, kinds: Sequence[str]) -> list[str]:
        """The documents that have a failed window under `config`, of one of `kinds` (of any, when there are none)."""
        return [
            str(row[0])
            for row in self._db.rows(
                "SELECT DISTINCT document_id FROM store.windows WHERE config = $1 AND status = 'failed' "
                "AND (len($2::VARCHAR[]) = 0 OR list_contains($2::VARCHAR[], error_kind)) ORDER BY ALL",
                [config, list(kinds)],
            )
        ]

    def failed_otherwise(self, config: str, kinds: Sequence[str]) -> dict[str, set[Span]]:
        """{document id: its windows that failed for none of `kinds`}; nothing when there are no kinds."""
        found: dict[str, set[Span]] = {}
        for document_id, start, end in self._db.rows(
            "SELECT document_id, window_start, window_end FROM store.windows WHERE config = $1 AND status = 'failed' "
            "AND len($2::VARCHAR[]) > 0 AND NOT list_contains($2::VARCHAR[], error_kind)",
            [config, list(kinds)],
        ):
            found.setdefault(document_id, set()).add(Span(start, end))
        return found

    def failures(self, config: str, ids: Sequence[str]) -> dict[str, int]:
        """{kind of failure: windows} of those of `ids` that are not done."""
        return dict(
            self._db.rows(
                "SELECT error_kind, count(*) FROM store.windows WHERE config = $1 AND status = 'failed' "
                "AND list_contains($2::VARCHAR[], document_id) GROUP BY error_kind ORDER BY error_kind",
                [config, list(ids)],
            )
        )
