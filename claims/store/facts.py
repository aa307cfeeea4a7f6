"""Facts and relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic_core import to_json

from claims.models import Fact, Relation
from claims.store.connection import Connection


class Trace(NamedTuple):
    """How many facts, and a sum of hashes: sets of facts that are the same have the same."""

    number: int
    marks: int

    def and_(self, other: Trace) -> Trace:
        """That of both sets together."""
        return Trace(self.number + other.number, self.marks + other.marks)


class Facts:
    """The facts of a store."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def replace(self, facts: Sequence[Fact], loose: Sequence[Relation], signature: str) -> bool:
        """Makes `facts` and `loose` (relations that join no fact) the whole result; True when that changed anything.

        `signature` tells later runs what was aligned, so that nothing is done twice.
        """
        wanted = {fact.id: fact for fact in facts}
        with self._db.transaction():
            fresh = _rows(list(wanted.values()), loose)
            changed = False
            for table, rows in fresh.items():
                self._db.execute(f"CREATE OR REPLACE TEMP TABLE fresh_{table} AS FROM store.{table} LIMIT 0")
                self._db.insert(f"fresh_{table}", rows)
                differs = self._db.value(
                    f"SELECT count(*) FROM ((FROM fresh_{table} EXCEPT FROM store.{table}) UNION ALL "
                    f"(FROM store.{table} EXCEPT FROM fresh_{table}))"
                )
                if differs:
                    changed = True
                    self._db.execute(f"DELETE FROM store.{table} WHERE true")
                    self._db.execute(f"INSERT INTO store.{table} FROM fresh_{table} ORDER BY ALL")
                self._db.execute(f"DROP TABLE fresh_{table}")
            self._db.execute("INSERT OR REPLACE INTO store.meta VALUES ('aligned', $1)", [signature])
        return changed

    def code(self) -> str | None:
        """The signature of the code that aligned last."""
        value = self._db.value("SELECT value FROM store.meta WHERE key = 'aligned_by'")
        return None if value is None else str(value)

    def set_code(self, signature: str) -> None:
        """Notes the code that aligned."""
        self._db.execute("INSERT OR REPLACE INTO store.meta VALUES ('aligned_by', $1)", [signature])

    def take(self, documents: Sequence[str] | None) -> Trace:
        """Removes the facts with a member of `documents` (None: all); returns a trace of them.

        Members that are no claims any more, as after `claims forget`, count as of those documents.
        """
        if documents is None:
            trace = self._trace("store.facts")
            for table in ("relations", "fact_members", "facts"):
                self._db.execute(f"DELETE FROM store.{table} WHERE true")
            return trace
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE taken AS SELECT * FROM store.facts WHERE id IN "
            "(SELECT m.fact_id FROM store.fact_members m LEFT JOIN store.claims c ON c.id = m.claim_id "
            "WHERE c.id IS NULL OR c.document_id IN (SELECT unnest($1::VARCHAR[])))",
            [list(documents)],
        )
        trace = self._trace("taken")
        for table, column in (("relations", "fact_id"), ("fact_members", "fact_id"), ("facts", "id")):
            self._db.execute(f"DELETE FROM store.{table} WHERE {column} IN (SELECT id FROM taken)")
        self._db.execute("DROP TABLE taken")
        return trace

    def put(self, facts: bytes | Sequence[Fact]) -> Trace:
        """Adds facts (or a JSON list of facts) with their members and relations; returns a trace of them."""
        types = {name: kind for name, kind in self._db.columns("store.relations").items() if name != "fact_id"}
        columns, values = (", ".join(f'{of}"{name}"' for name in types) for of in ("", "r."))
        relation = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        own = ", ".join(f'"{name}" {kind}' for name, kind in self._db.columns("store.facts").items())
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE told AS SELECT unnest(CAST(CAST($1 AS JSON) AS "
            f"STRUCT({own}, members VARCHAR[], relations STRUCT({relation})[])[]), recursive := true)",
            [(facts if isinstance(facts, bytes) else to_json(facts)).decode()],
        )
        self._db.execute("INSERT INTO store.facts BY NAME SELECT * EXCLUDE (members, relations) FROM told")
        self._db.execute("INSERT INTO store.fact_members SELECT id, unnest(members) FROM told")
        self._db.execute(
            f"INSERT INTO store.relations (fact_id, {columns}) SELECT id, {values} "
            "FROM (SELECT id, unnest(relations) AS r FROM told)"
        )
        trace = self._trace("(SELECT * EXCLUDE (members, relations) FROM told)")
        self._db.execute("DROP TABLE told")
        return trace

    def _trace(self, table: str) -> Trace:
        columns = ", ".join(f'"{name}"' for name in self._db.columns("store.facts"))
        number, marks = self._db.rows(f"SELECT count(*), coalesce(sum(hash({columns})), 0) FROM {table}")[0]
        return Trace(int(number), int(marks))

    def all(self) -> list[Fact]:
        """Every fact with its relations, sorted by id."""
        rows = self._db.rows(
            """
            SELECT to_json(struct_pack(
                id := f.id, about := f.about, relation := f.relation, discrepancy := f.discrepancy, reason := f.reason,
                slot := f.slot,
                members := (SELECT list(claim_id ORDER BY claim_id) FROM store.fact_members WHERE fact_id = f.id),
                relations := coalesce((SELECT list(struct_pack(
                    a := a, b := b, relation := relation, discrepancy := discrepancy, finer := finer, reason := reason,
                    rule := rule, score := score, evidence := evidence) ORDER BY a, b)
                    FROM store.relations WHERE fact_id = f.id), [])
            )) FROM store.facts f ORDER BY f.id
            """
        )
        return [Fact.model_validate_json(row[0]) for row in rows]

    def aligned(self) -> str | None:
        """The signature of what was aligned last."""
        value = self._db.value("SELECT value FROM store.meta WHERE key = 'aligned'")
        return None if value is None else str(value)

    def count(self) -> tuple[int, int]:
        """(facts, facts with a discrepancy)."""
        row = self._db.rows("SELECT count(*), count(*) FILTER (discrepancy) FROM store.facts")[0]
        return int(row[0]), int(row[1])


def _rows(facts: Sequence[Fact], loose: Sequence[Relation]) -> dict[str, list[dict[str, Any]]]:
    relations = {
        (relation.a, relation.b): {**relation.model_dump(mode="json"), "fact_id": fact_id}
        for fact_id, relation in [
            *((None, relation) for relation in loose),
            *((fact.id, relation) for fact in facts for relation in fact.relations),
        ]
    }
    return {
        "facts": [fact.model_dump(mode="json", exclude={"members", "relations"}) for fact in facts],
        "fact_members": [{"fact_id": fact.id, "claim_id": member} for fact in facts for member in fact.members],
        "relations": list(relations.values()),
    }
