"""Taking things out of a store, and checking that what is in it is true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from claims.documents.article import document_id
from claims.errors import UsageError
from claims.store.connection import Connection
from claims.store.extractions import Extractions

_OF_DOCUMENT = ("locations", "extractions", "windows", "batch_requests", "calls", "claims", "rejected")
_OF_RUN = ("extractions", "windows", "calls", "claims", "rejected", "verdicts")


class Fault(NamedTuple):
    """One thing that is wrong in a store."""

    check: str  # quote, document, reference, speaker, fact, relation
    id: str
    problem: str


class Upkeep:
    """Forgetting and checking."""

    def __init__(self, connection: Connection, extractions: Extractions) -> None:
        self._db = connection
        self._extractions = extractions

    def forget_document(self, identity: str) -> dict[str, int]:
        """Removes a document with all that came from it; returns {table: rows removed}. Facts must be aligned anew."""
        with self._db.transaction():
            removed = {name: self._delete(name, "document_id", identity) for name in _OF_DOCUMENT}
            removed["verdicts"] = sum(self._delete("verdicts", f"document_{side}", identity) for side in "ab")
            removed["documents"] = self._delete("documents", "id", identity)
        return removed

    def forget_run(self, identity: str) -> dict[str, int]:
        """Removes a run with all that it gave; documents stay. Facts must be aligned anew.

        A document whose active extraction goes with the run falls back on what another configuration gave of it. What
        other runs gave under the same configuration stays, as an extraction that is not complete.
        """
        with self._db.transaction():
            self._db.execute(
                "UPDATE store.extractions AS e SET run_id = o.run_id, complete = false, windows_done = o.done FROM ("
                "SELECT w.document_id, w.config, "
                "max_by(w.run_id, (coalesce(r.started_at, TIMESTAMPTZ 'epoch'), w.run_id)) AS run_id, "
                "count(*) FILTER (w.status = 'done' AND w.window_end > 0) AS done "
                "FROM store.windows w LEFT JOIN store.runs r ON r.id = w.run_id WHERE w.run_id <> $1 GROUP BY ALL) o "
                "WHERE e.run_id = $1 AND e.document_id = o.document_id AND e.config = o.config",
                [identity],
            )
            removed = {name: self._delete(name, "run_id", identity) for name in _OF_RUN}
            removed["runs"] = self._delete("runs", "id", identity)
            for config, document in self._db.rows(
                "SELECT max_by(e.config, r.started_at), e.document_id FROM store.extractions e JOIN store.runs r "
                "ON r.id = e.run_id GROUP BY e.document_id HAVING NOT bool_or(e.active)"
            ):
                self._extractions.make_active(config, [document])
        return removed

    def faults(self) -> Iterator[Fault]:
        """What the store itself shows to be wrong: texts, quotes, spans and references. Nothing is changed."""
        for identity, text in self._db.stream("SELECT id, text FROM store.documents ORDER BY id", size=100):
            if document_id(text) != identity:
                yield Fault("document", identity, "the text is not the one that its id was made of")
        for identity, document, config in self._db.rows(
            "SELECT c.id, c.document_id, c.config FROM store.claims c JOIN store.documents d ON d.id = c.document_id "
            'WHERE c."start" < 0 OR c."end" <= c."start" OR c."end" > length(d.text) '
            'OR substr(d.text, c."start" + 1, c."end" - c."start") <> c.quote ORDER BY ALL'
        ):
            yield Fault("quote", identity, f"the quote is not at its place in document {document} ({config})")
        for identity, document in self._db.rows(
            "SELECT c.id, c.document_id FROM store.claims c JOIN store.documents d ON d.id = c.document_id "
            "WHERE c.attribution.speaker_start IS NOT NULL AND c.attribution.speaker_as_written IS NOT NULL AND "
            "substr(d.text, c.attribution.speaker_start + 1, c.attribution.speaker_end - c.attribution.speaker_start) "
            "<> c.attribution.speaker_as_written ORDER BY ALL"
        ):
            yield Fault("speaker", identity, f"the speaker is not at its place in document {document}")
        for what in ("quantity", "time"):
            for identity, document in self._db.rows(
                f"SELECT c.id, c.document_id FROM (SELECT *, {what} AS part FROM store.claims) c "
                "JOIN store.documents d ON d.id = c.document_id WHERE c.part IS NOT NULL "
                'AND substr(d.text, c.part."start" + 1, c.part."end" - c.part."start") <> c.part.as_written '
                "AND NOT contains(c.quote, c.part.as_written) ORDER BY ALL"
            ):
                yield Fault(what, identity, f"the {what} is not at its place in document {document}")
        for check, sql in _REFERENCES.items():
            for identity, problem in self._db.rows(sql):
                yield Fault(check.split(":")[0], str(identity), str(problem))

    def _delete(self, table: str, column: str, value: str) -> int:
        number = self._db.value(f"SELECT count(*) FROM store.{table} WHERE {column} = $1", [value])
        self._db.execute(f"DELETE FROM store.{table} WHERE {column} = $1", [value])
        return int(number)

    def runs(self, names: Sequence[str]) -> list[str]:
        """The one run that each of `names` means. Raises UsageError."""
        found = []
        for name in names:
            rows = self._db.rows(
                "SELECT id FROM store.runs WHERE id = $1 UNION SELECT id FROM store.runs WHERE starts_with(id, $1) "
                "ORDER BY id",
                [name],
            )
            exact = [row[0] for row in rows if row[0] == name] or [row[0] for row in rows]
            if len(exact) != 1:
                what = "no run" if not exact else f"{len(exact)} runs"
                raise UsageError(f"{name!r} means {what}; `claims runs` shows them")
            found.append(str(exact[0]))
        return found


# {check: a query that gives (id, problem) of what is wrong}
_REFERENCES = {
    "reference:locations": "SELECT document_id, 'a place of a document that is not there: ' || path "
    "FROM store.locations WHERE document_id NOT IN (SELECT id FROM store.documents)",
    "reference:places": "SELECT id, 'a document without a place' FROM store.documents "
    "WHERE id NOT IN (SELECT document_id FROM store.locations)",
    "reference:claims": "SELECT id, 'a claim of a document that is not there: ' || document_id FROM store.claims "
    "WHERE document_id NOT IN (SELECT id FROM store.documents)",
    "reference:rejected": "SELECT id, 'a rejected statement of a document that is not there: ' || document_id "
    "FROM store.rejected WHERE document_id NOT IN (SELECT id FROM store.documents)",
    "reference:extractions": "SELECT document_id, 'an extraction of a document or run that is not there: ' || config "
    "FROM store.extractions WHERE document_id NOT IN (SELECT id FROM store.documents) "
    "OR run_id NOT IN (SELECT id FROM store.runs)",
    "reference:windows": "SELECT document_id, 'a window of a document or run that is not there: ' || config "
    "FROM store.windows WHERE document_id NOT IN (SELECT id FROM store.documents) "
    "OR run_id NOT IN (SELECT id FROM store.runs)",
    "reference:calls": "SELECT id, 'a call of a run that is not there: ' || run_id FROM store.calls "
    "WHERE run_id <> '' AND run_id NOT IN (SELECT id FROM store.runs)",
    "reference:batches": "SELECT batch_id || ' ' || custom_id, 'a request of a batch or document that is not there' "
    "FROM store.batch_requests WHERE batch_id NOT IN (SELECT id FROM store.batches) "
    "OR document_id NOT IN (SELECT id FROM store.documents)",
    "reference:verdicts": "SELECT key, 'a verdict on a document that is not there' FROM store.verdicts "
    "WHERE document_a NOT IN (SELECT id FROM store.documents) OR document_b NOT IN (SELECT id FROM store.documents)",
    "reference:twice": "SELECT id, 'a claim that is there more than once under ' || config FROM store.claims "
    "GROUP BY id, config HAVING count(*) > 1",
    "reference:extracted": "SELECT c.id, 'a claim of no extraction: ' || c.config FROM store.claims c WHERE NOT EXISTS "
    "(SELECT 1 FROM store.extractions e WHERE e.document_id = c.document_id AND e.config = c.config)",
    "reference:active": "SELECT document_id, 'more than one active extraction' FROM store.extractions "
    "WHERE active GROUP BY document_id HAVING count(*) > 1",
    "fact:members": "SELECT m.fact_id, 'a member that is no active claim: ' || m.claim_id FROM store.fact_members m "
    "WHERE m.claim_id NOT IN (SELECT id FROM main.claims)",
    "fact:size": "SELECT f.id, 'a fact of fewer than two claims' FROM store.facts f WHERE "
    "(SELECT count(*) FROM store.fact_members m WHERE m.fact_id = f.id) < 2",
    "fact:orphans": "SELECT fact_id, 'members of a fact that is not there' FROM store.fact_members "
    "WHERE fact_id NOT IN (SELECT id FROM store.facts) GROUP BY fact_id",
    "relation:members": "SELECT r.a || ' ' || r.b, 'a pair of claims that are not both in fact ' || r.fact_id "
    "FROM store.relations r WHERE r.fact_id IS NOT NULL AND (SELECT count(*) FROM store.fact_members m "
    "WHERE m.fact_id = r.fact_id AND m.claim_id IN (r.a, r.b)) < 2",
    "relation:order": "SELECT a || ' ' || b, 'a pair in the wrong order' FROM store.relations WHERE a >= b",
}
