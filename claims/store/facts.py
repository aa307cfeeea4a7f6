"""Facts and relations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydantic_core import to_json

from claims import resources
from claims.models import Fact, Relation
from claims.store.connection import Connection

_TABLES = ("standings", "relations", "fact_members", "facts")
_OF_PAIR = tuple(Relation.model_fields)
_OF_FACT = tuple(name for name in Fact.model_fields if name not in ("members", "relations"))
_TOGETHER = 150_000  # pairs whose claims are looked up at a time


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

    def replace(self, facts: Sequence[Fact]) -> bool:
        """Makes `facts` the whole result; True when that changed anything."""
        with self._db.transaction():
            before = self.take(None)
            changed = before != self.put(facts)
            self.show()
        return changed

    def code(self) -> str | None:
        """The signature of the code that aligned last."""
        value = self._db.value("SELECT value FROM store.meta WHERE key = 'aligned_by'")
        return None if value is None else str(value)

    def set_code(self, signature: str) -> None:
        """Notes the code that aligned."""
        self._db.execute("INSERT OR REPLACE INTO store.meta VALUES ('aligned_by', $1)", [signature])

    def take(self, documents: Sequence[str] | None, *, replaced: bool = True) -> Trace:
        """Removes the facts with a member of `documents` (None: all); returns a trace of them.

        Members that are no claims any more, as after `claims forget`, count as of those documents: `replaced` says
        that there may be such, since claims of aligned documents have been removed.
        """
        if documents is None:
            trace = self._trace("store.facts")
            for table in _TABLES:
                self._db.execute(f"DELETE FROM store.{table} WHERE true")
            return trace
        lost = "UNION SELECT fact_id AS id FROM store.fact_members ANTI JOIN store.claims c ON c.id = claim_id"
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE taken AS SELECT {_names(_OF_FACT)} FROM store.facts SEMI JOIN ("
            f"SELECT fact_id AS id FROM store.fact_members SEMI JOIN (SELECT id AS claim_id FROM {self._db.claims} "
            "WHERE document_id IN (SELECT unnest($1::VARCHAR[]))) USING (claim_id) "
            f"{lost if replaced else ''}) USING (id)",
            [list(documents)],
        )
        trace = self._trace("taken")
        for table in _TABLES:
            column = "id" if table == "facts" else "fact_id"
            self._db.execute(f"DELETE FROM store.{table} WHERE {column} IN (SELECT id FROM taken)")
        self._db.execute("DROP TABLE taken")
        return trace

    def put(self, facts: bytes | Sequence[Fact]) -> Trace:
        """Adds facts (or a JSON list of facts) with their members and relations; returns a trace of them.

        The facts of one story come together, and `show` comes after the last.
        """
        types = {name: self._db.columns("store.relations")[name] for name in _OF_PAIR}
        columns = ", ".join(f'r."{name}"' for name in types)
        relation = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        own = ", ".join(f'"{name}" {self._db.columns("store.facts")[name]}' for name in _OF_FACT)
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE told AS SELECT "
            f"unnest(CAST(item AS STRUCT({own}, members VARCHAR[], relations STRUCT({relation})[]))) "
            "FROM (SELECT unnest(CAST(CAST($1 AS JSON) AS JSON[])) AS item)",
            [(facts if isinstance(facts, bytes) else to_json(facts)).decode()],
        )
        self._begin()
        self._db.execute("INSERT INTO fresh_facts BY NAME SELECT * EXCLUDE (members, relations) FROM told")
        self._db.execute("INSERT INTO fresh_members SELECT id, unnest(members) FROM told")
        self._db.execute(
            f"INSERT INTO fresh_pairs SELECT id, about, slot, {columns} "
            "FROM (SELECT id, about, slot, unnest(relations) AS r FROM told)"
        )
        trace = self._trace("(SELECT * EXCLUDE (members, relations) FROM told)")
        self._db.execute("DROP TABLE told")
        if self._db.value("SELECT count(*) FROM fresh_pairs") >= _TOGETHER:
            self.show()
        return trace

    def show(self) -> None:
        """Writes the facts that were put, with their members, relations and what the views show of their claims."""
        self._begin()
        self._db.execute(f"CREATE OR REPLACE TEMP VIEW stated AS FROM {self._db.claims}")
        for step in resources.sql("shown.sql").split(";\n"):
            if step.strip():
                self._db.execute(step)

    def show_all(self) -> None:
        """The same of all facts, as after they came from elsewhere."""
        self._begin()
        columns = ", ".join(f'r."{name}"' for name in _OF_PAIR)
        self._db.execute(f"INSERT INTO fresh_facts SELECT {_names(_OF_FACT)} FROM store.facts")
        self._db.execute("INSERT INTO fresh_members SELECT fact_id, claim_id FROM store.fact_members")
        self._db.execute(
            f"INSERT INTO fresh_pairs SELECT r.fact_id, f.about, f.slot, {columns} "
            "FROM store.relations r LEFT JOIN store.facts f ON f.id = r.fact_id"
        )
        for table in _TABLES:
            self._db.execute(f"DELETE FROM store.{table} WHERE true")
        self.show()

    def _begin(self) -> None:
        self._db.execute(
            f"CREATE TEMP TABLE IF NOT EXISTS fresh_facts AS SELECT {_names(_OF_FACT)} FROM store.facts LIMIT 0"
        )
        self._db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS fresh_members AS SELECT fact_id, claim_id FROM store.fact_members LIMIT 0"
        )
        self._db.execute(
            "CREATE TEMP TABLE IF NOT EXISTS fresh_pairs AS "
            f"SELECT fact_id, about, '' AS slot, {_names(_OF_PAIR)} FROM store.relations LIMIT 0"
        )

    def _trace(self, table: str) -> Trace:
        number, marks = self._db.rows(f"SELECT count(*), coalesce(sum(hash({_names(_OF_FACT)})), 0) FROM {table}")[0]
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

    def count(self) -> tuple[int, int]:
        """(facts, facts with a discrepancy)."""
        row = self._db.rows("SELECT count(*), count(*) FILTER (discrepancy) FROM store.facts")[0]
        return int(row[0]), int(row[1])


def _names(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)
