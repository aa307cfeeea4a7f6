"""What each document yielded under each configuration: claims, and drafts that were rejected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from claims.models import Claim, Rejection
from claims.store.connection import Connection

_CLAIM = (
    "to_json(struct_pack(id := id, document_id := document_id, run_id := run_id, text := text, quote := quote, "
    '"start" := "start", "end" := "end", kind := kind, subject := subject, predicate := predicate, '
    '"object" := "object", quantity := quantity, "time" := "time", place := place, polarity := polarity, '
    "modality := modality, attribution := attribution, attributes := attributes, extractor := extractor))"
)
_ACTIVE = (
    "FROM store.claims WHERE (document_id, config) IN "
    "(SELECT (document_id, config) FROM store.extractions WHERE active)"
)


class Extracted(NamedTuple):
    """What one document yielded: all of it, or of some windows."""

    document_id: str
    claims: Sequence[Claim]
    rejections: Sequence[Rejection]


class Extractions:
    """The claims of a store."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def pending(self, config: str, ids: Sequence[str]) -> list[str]:
        """Those of `ids` that are not wholly extracted under `config`, sorted."""
        done = {
            row[0]
            for row in self._db.rows(
                "SELECT document_id FROM store.extractions WHERE config = $1 AND complete", [config]
            )
        }
        return sorted(set(ids) - done)

    def activate(self, config: str, ids: Sequence[str]) -> int:
        """Makes what `config` yielded of `ids` the claims that are aligned; returns how many documents changed."""
        with self._db.transaction():
            return self.make_active(config, ids)

    def make_active(self, config: str, ids: Sequence[str]) -> int:
        rows = self._db.rows(
            "SELECT document_id FROM store.extractions WHERE config = $1 AND NOT active "
            "AND list_contains($2::VARCHAR[], document_id)",
            [config, list(ids)],
        )
        changed = [row[0] for row in rows]
        if changed:
            self._db.execute(
                "UPDATE store.extractions SET active = (config = $1) WHERE list_contains($2::VARCHAR[], document_id)",
                [config, changed],
            )
        return len(changed)

    def save(self, config: str, run_id: str, batch: Sequence[Extracted]) -> None:
        """Stores whole documents' claims and rejections in one transaction, in place of what `config` gave before."""
        ids = [item.document_id for item in batch]
        with self._db.transaction():
            known = self.known(config, ids)
            # A search of all claims for each batch would cost more, in a large store, than the batch itself.
            for table in ("claims", "rejected") if known else ():
                self._db.execute(
                    f"DELETE FROM store.{table} WHERE config = $1 AND list_contains($2::VARCHAR[], document_id)",
                    [config, sorted(known)],
                )
            self.add(
                config,
                run_id,
                [claim for item in batch for claim in item.claims],
                [rejection for item in batch for rejection in item.rejections],
                known=(),  # nothing is left of what was there
            )
            self._db.insert(
                "store.extractions",
                [
                    {
                        "document_id": i,
                        "config": config,
                        "run_id": run_id,
                        "complete": True,
                        "active": False,
                        "windows": 1,
                        "windows_done": 1,
                    }
                    for i in ids
                ],
                "OR REPLACE" if known else "",
            )
            self.make_active(config, ids)

    def known(self, config: str, ids: Sequence[str]) -> set[str]:
        """Those of `ids` of which `config` has given something."""
        return {
            str(row[0])
            for row in self._db.rows(
                "SELECT document_id FROM store.extractions WHERE config = $1 "
                "AND list_contains($2::VARCHAR[], document_id)",
                [config, list(ids)],
            )
        }

    def add(
        self,
        config: str,
        run_id: str,
        claims: Sequence[Claim],
        rejections: Sequence[Rejection],
        *,
        known: Collection[str],
    ) -> None:
        """Adds claims and rejections; the same one twice is one. Call inside a transaction.

        `known` are the documents of which `config` may have given claims before.
        """
        there = set()
        if known:
            there = {
                row[0]
                for row in self._db.rows(
                    "SELECT c.id FROM store.claims c JOIN store.extractions e USING (document_id, config) "
                    "WHERE e.config = $1 AND list_contains($2::VARCHAR[], e.document_id)",
                    [config, sorted(known)],
                )
            }
        rows = {
            claim.id: {**claim.model_dump(mode="json"), "config": config} for claim in claims if claim.id not in there
        }
        self._db.insert("store.claims", list(rows.values()))
        refused: dict[str, dict[str, Any]] = {}
        for rejection in rejections:
            draft = rejection.draft.model_dump(mode="json", exclude_defaults=True)
            key = f"{rejection.document_id}\n{rejection.code}\n{sorted(draft.items())!r}"
            identity = "x" + sha256(key.encode("utf-8", "replace")).hexdigest()[:16]
            refused[identity] = {
                "id": identity,
                "document_id": rejection.document_id,
                "run_id": run_id,
                "config": config,
                "code": rejection.code,
                "reason": rejection.reason,
                "quote": rejection.draft.quote,
                "draft": draft,
                "extractor": rejection.draft.extractor,
            }
        self._db.insert("store.rejected", list(refused.values()), "OR IGNORE")

    def active(self, documents: Sequence[str] | None = None) -> Iterator[Claim]:
        """The claims of the active extraction of each document (or of `documents`), in order of document and place."""
        some = "" if documents is None else " AND list_contains($1::VARCHAR[], document_id)"
        sql = f'SELECT {_CLAIM} {_ACTIVE}{some} ORDER BY document_id, "start", "end", id'
        for (row,) in self._db.stream(sql, None if documents is None else [list(documents)]):
            yield Claim.model_validate_json(row)

    def lines_of(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """(document id, the claim as JSON) of the claims of the active extractions of `ids`, all at once."""
        rows = self._db.rows(
            f"SELECT document_id, {_CLAIM} FROM {self._db.claims} "
            "SEMI JOIN (SELECT unnest($1::VARCHAR[]) AS document_id) USING (document_id) "
            "SEMI JOIN (SELECT document_id, config FROM store.extractions WHERE active) USING (document_id, config)",
            [list(ids)],
        )
        return [(row[0], row[1]) for row in rows]

    def aligned_documents(self) -> list[str]:
        """The documents that have an active claim, sorted."""
        return [row[0] for row in self._db.rows(f"SELECT DISTINCT document_id {_ACTIVE} ORDER BY 1")]

    def of(self, config: str, ids: Sequence[str]) -> Iterator[Claim]:
        """What `config` gave of the documents `ids`, active or not, in the order of document and place."""
        for (row,) in self._db.stream(
            f"SELECT {_CLAIM} FROM store.claims WHERE config = $1 AND list_contains($2::VARCHAR[], document_id) "
            'ORDER BY document_id, "start", "end", id',
            [config, list(ids)],
        ):
            yield Claim.model_validate_json(row)

    def config_of(self, run_id: str) -> str:
        """The configuration of a run."""
        return str(self._db.value("SELECT config FROM store.runs WHERE id = $1", [run_id]))

    def shared(self, config_a: str, config_b: str) -> list[str]:
        """The documents that both configurations extracted, sorted."""
        return [
            str(row[0])
            for row in self._db.rows(
                "SELECT document_id FROM store.extractions WHERE config = $1 INTERSECT "
                "SELECT document_id FROM store.extractions WHERE config = $2 ORDER BY ALL",
                [config_a, config_b],
            )
        ]

    def get(self, ids: Sequence[str]) -> dict[str, Claim]:
        """{id: claim} for `ids`, of the active extractions first."""
        found: dict[str, Claim] = {}
        for (row,) in self._db.rows(
            f"SELECT {_CLAIM} FROM store.claims c WHERE list_contains($1::VARCHAR[], id) ORDER BY "
            "(SELECT coalesce(bool_or(active), false) FROM store.extractions e WHERE e.document_id = c.document_id "
            "AND e.config = c.config), config",
            [list(ids)],
        ):
            claim = Claim.model_validate_json(row)
            found[claim.id] = claim
        return found

    def signature(self) -> str:
        """A hash of what is to be aligned: it changes when the active claims do."""
        claims = f"SELECT coalesce(sum(hash(document_id, config, id)), 0)::VARCHAR || ':' || count(*) {_ACTIVE}"
        documents = (
            "SELECT sum(hash(id, source, origin, title, published_at, date_candidates))::VARCHAR FROM store.documents"
        )
        return f"{self._db.value(claims)}:{self._db.value(documents)}"
