"""What people and programs read: rows as plain dictionaries, with the documented fields."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from claims.errors import UsageError
from claims.store.connection import Connection

Row = dict[str, Any]

# The hard conflicts first; then what an editor would look at next.
_GRAVITY = (
    "list_position(['conflict', 'overlap', 'refine', 'different_speaker_view', 'update', 'approximate', 'agree', "
    "'different_scope'], {0})"
)


class Queries:
    """Read-only questions to a store."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def facts(
        self,
        *,
        discrepancy: bool | None = None,
        relation: str | None = None,
        words: str | None = None,
        ids: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Facts in the shape that docs/cli.md documents, the gravest first."""
        # Rows are found by one narrow column, then read by their places: else each row's texts are unpacked.
        return self._json(
            f"""
            WITH chosen AS MATERIALIZED (
                SELECT * FROM store.facts
                WHERE ($discrepancy IS NULL OR discrepancy = $discrepancy)
                  AND ($relation IS NULL OR relation = $relation)
                  AND ($words IS NULL OR contains(lower(about), lower($words)) OR id IN (
                      SELECT m.fact_id FROM store.fact_members m JOIN store.claims c ON c.id = m.claim_id
                      WHERE contains(lower(c.text), lower($words)) OR contains(lower(c.quote), lower($words))))
                  AND ($ids IS NULL OR list_contains($ids::VARCHAR[], id))
                ORDER BY NOT discrepancy, {_GRAVITY.format("relation")}, about, id
                LIMIT $limit
            ), held AS MATERIALIZED (
                SELECT fact_id, claim_id, document_id, document, source, outlet, published_at, speaker, text, quote,
                    "start", "end", about_from, about_to
                FROM store.fact_members
                WHERE rowid IN (SELECT rowid FROM store.fact_members WHERE fact_id IN (SELECT id FROM chosen))
                  AND document_id IS NOT NULL
            ), stated AS MATERIALIZED (
                SELECT id, config, predicate, "object", quantity, "time", place
                FROM store.claims
                WHERE rowid IN (SELECT rowid FROM store.claims WHERE id IN (SELECT claim_id FROM held))
            ), member_values AS (
                SELECT m.fact_id, list(struct_pack(
                    claim_id := m.claim_id, document := m.document, source := m.source, outlet := m.outlet,
                    published_at := m.published_at, speaker := m.speaker, text := m.text, quote := m.quote,
                    "start" := m."start", "end" := m."end", value := {_VALUE}
                ) ORDER BY m.document, m."start", m.claim_id) AS items
                FROM held m JOIN stated c ON c.id = m.claim_id JOIN chosen f ON f.id = m.fact_id
                WHERE (m.document_id, c.config) NOT IN
                    (SELECT (document_id, config) FROM store.extractions WHERE NOT active)
                GROUP BY m.fact_id
            ), member_pairs AS (
                SELECT fact_id, list(struct_pack(
                    a := a, b := b, relation := relation, discrepancy := discrepancy, finer := finer, reason := reason,
                    rule := rule, score := score, evidence := evidence
                ) ORDER BY {_GRAVITY.format("relation")}, a, b) AS items
                FROM store.relations
                WHERE rowid IN (SELECT rowid FROM store.relations WHERE fact_id IN (SELECT id FROM chosen))
                GROUP BY fact_id
            )
            SELECT to_json(struct_pack(
                fact_id := f.id, about := f.about, relation := f.relation, discrepancy := f.discrepancy,
                reason := f.reason, slot := f.slot, "values" := coalesce(v.items, []), pairs := coalesce(p.items, [])
            ))
            FROM chosen f
            LEFT JOIN member_values v ON v.fact_id = f.id
            LEFT JOIN member_pairs p ON p.fact_id = f.id
            ORDER BY NOT f.discrepancy, {_GRAVITY.format("f.relation")}, f.about, f.id
            """,
            {
                "discrepancy": discrepancy,
                "relation": relation,
                "words": words,
                "ids": None if ids is None else list(ids),
                "limit": limit,
            },
        )

    def claims(
        self,
        *,
        source: str | None = None,
        speaker: str | None = None,
        kind: str | None = None,
        words: str | None = None,
        document: str | None = None,
        ids: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """Claims with every field, and the document's path, source and date, in the order of document and place."""
        return self._json(
            f"""
            SELECT to_json(struct_pack({_CLAIM_FIELDS})) FROM main.claims c
            WHERE ($source IS NULL OR contains(lower(concat_ws(chr(10), c.source, c.outlet)), lower($source)))
              AND ($speaker IS NULL OR contains(
                  lower(concat_ws(chr(10), c.speaker, c.attribution.speaker_as_written)), lower($speaker)))
              AND ($kind IS NULL OR c.kind = $kind)
              AND ($words IS NULL OR contains(lower(c.text), lower($words)) OR contains(lower(c.quote), lower($words)))
              AND ($document IS NULL OR c.document_id = $document)
              AND ($ids IS NULL OR list_contains($ids::VARCHAR[], c.id))
            ORDER BY c.document, c."start", c."end", c.id
            LIMIT $limit
            """,
            {
                "source": source,
                "speaker": speaker,
                "kind": kind,
                "words": words,
                "document": document,
                "ids": None if ids is None else list(ids),
                "limit": limit,
            },
        )

    def resolve(self, name: str) -> tuple[str, str]:
        """("claim" | "fact" | "document", id) that `name`, an id or its beginning, means. Raises UsageError."""
        found = [
            (str(kind), str(identity))
            for kind, identity in self._db.rows(
                "SELECT DISTINCT * FROM (SELECT 'claim', id FROM store.claims WHERE starts_with(id, $1) UNION ALL "
                "SELECT 'fact', id FROM store.facts WHERE starts_with(id, $1) UNION ALL "
                "SELECT 'document', id FROM store.documents WHERE starts_with(id, $1)) ORDER BY ALL LIMIT 6",
                [name],
            )
        ]
        exact = [item for item in found if item[1] == name]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if found:
            raise UsageError(f"{name!r} means several: {', '.join(item[1] for item in found)}; give more of the id")
        raise UsageError(f"no claim, fact or document {name!r}; `claims list` and `claims facts` show the ids")

    def facts_of(self, claim_id: str) -> list[Row]:
        """The facts that a claim belongs to."""
        ids = [r[0] for r in self._db.rows("SELECT fact_id FROM store.fact_members WHERE claim_id = $1", [claim_id])]
        return self.facts(ids=ids) if ids else []

    def inactive(self, claim_id: str) -> list[Row]:
        """A claim of an extraction that is not the active one of its document."""
        return self._json(
            "SELECT to_json(struct_pack("
            + _CLAIM_FIELDS.replace('c."document"', "d.path")
            .replace('c."source"', "d.source")
            .replace('c."outlet"', "d.outlet")
            .replace('c."published_at"', "d.published_at")
            + ")) FROM store.claims c JOIN main.documents d ON d.id = c.document_id WHERE c.id = $id LIMIT 1",
            {"id": claim_id},
        )

    def view(self, name: str, limit: int | None = None) -> list[Row]:
        """The rows of one of the views (`runs`, `sources`, `rejected`, `speakers`, …)."""
        if not self._db.value(
            "SELECT count(*) FROM duckdb_views() WHERE schema_name = 'main' AND view_name = $1", [name]
        ):
            raise UsageError(f"no view {name!r} in the store")
        return self._json(f'SELECT to_json(v) FROM "{name}" v LIMIT $limit', {"limit": limit})

    def counts(self) -> Row:
        """How much of everything the store holds."""
        return self._json(
            "SELECT to_json(struct_pack(documents := (SELECT count(*) FROM store.documents), "
            "claims := (SELECT count(*) FROM main.claims), rejected := (SELECT count(*) FROM main.rejected), "
            "facts := (SELECT count(*) FROM store.facts), "
            "discrepancies := (SELECT count(*) FROM store.facts WHERE discrepancy)))",
            {},
        )[0]

    def _json(self, sql: str, parameters: dict[str, Any]) -> list[Row]:
        used = {name: value for name, value in parameters.items() if f"${name}" in sql}
        return [json.loads(row[0]) for row in self._db.rows(sql, used or None)]


_VALUE = """CASE
    WHEN f.slot = 'quantity' AND c.quantity IS NOT NULL THEN struct_pack(comparator := c.quantity.comparator,
        low := c.quantity.low::JSON, high := c.quantity.high::JSON, low_open := c.quantity.low_open,
        high_open := c.quantity.high_open, unit := c.quantity.unit, "of" := c.quantity."of",
        as_written := c.quantity.as_written)
    WHEN f.slot = 'time' AND c.time IS NOT NULL THEN struct_pack(comparator := '=', low := to_json(m.about_from),
        high := to_json(m.about_to), low_open := false, high_open := false, unit := 'date', "of" := NULL,
        as_written := c.time.as_written)
    WHEN f.slot = 'time' AND c.quantity IS NOT NULL THEN struct_pack(comparator := '=', low := NULL, high := NULL,
        low_open := false, high_open := false, unit := NULL, "of" := NULL, as_written := c.quantity.as_written)
    WHEN f.slot = 'place' THEN struct_pack(comparator := '=', low := NULL, high := NULL,
        low_open := false, high_open := false, unit := NULL, "of" := NULL, as_written := c.place)
    ELSE struct_pack(comparator := '=', low := NULL, high := NULL, low_open := false, high_open := false, unit := NULL,
        "of" := c.predicate, as_written := c.object)
END"""

_CLAIM_FIELDS = ", ".join(
    f'"{name}" := c."{name}"'
    for name in (
        "id",
        "document_id",
        "document",
        "run_id",
        "source",
        "outlet",
        "published_at",
        "text",
        "quote",
        "start",
        "end",
        "kind",
        "subject",
        "predicate",
        "object",
        "quantity",
        "time",
        "place",
        "polarity",
        "modality",
        "attribution",
        "attributes",
        "extractor",
    )
)
