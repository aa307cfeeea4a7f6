"""What alignment remembers of the corpus: digests of documents, how common terms are, stories.

Documents and terms have numbers here. They follow the order in which they came, so nothing that people see depends on
them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from claims.models import Claim, DateBasis, Document, TimeBasis
from claims.store.connection import Connection

_TABLES = ("digests", "terms", "proposers", "links", "stories", "settled_documents", "settled_times")
# The documents that have active claims, with a fingerprint of all that alignment reads of them; {} is a condition.
_CURRENT = """
    SELECT c.document_id, hash(c.stated, hash(
        d.path, d.source, d.origin, d.title, d.published_at, d.date_basis, d.date_candidates),
        v.said)::VARCHAR AS fingerprint
    FROM (SELECT document_id, config, sum(hash(id)) AS stated FROM store.claims {} GROUP BY ALL) c
    JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
    JOIN store.documents d ON d.id = c.document_id
    LEFT JOIN (
        SELECT document_a AS document_id, sum(hash(key)) AS said FROM store.verdicts
        WHERE active AND status = 'accepted' GROUP BY ALL
    ) v ON v.document_id = c.document_id
"""
# Sums over all that fingerprints follow from: table, the document of a row, what of the row is hashed, which rows.
_READ = (
    ("claims", "document_id", "hash(id, document_id, config)", "true"),
    ("extractions", "document_id", "hash(document_id, config)", "active"),
    (
        "documents",
        "id",
        "hash(id, path, source, origin, title, published_at, date_basis, date_candidates)",
        "true",
    ),
    ("verdicts", "document_a", "hash(key, document_a)", "active AND status = 'accepted'"),
)
_FRESH = (
    "CREATE TEMP TABLE IF NOT EXISTS fresh (document_id VARCHAR, published_at DATE, terms VARCHAR[], "
    "counts INTEGER[], names VARCHAR[])"
)
_GROWING = {"claims": "document_id", "documents": "id"}
_IN = "IN (SELECT unnest($1::VARCHAR[]))"


class Changes(NamedTuple):
    """Documents since the last alignment. `replaced`: some were known before, so claims of theirs may be no more."""

    changed: list[str]  # new ones as well
    gone: list[str]  # they have no active claims any more
    replaced: bool


class Priors(NamedTuple):
    """In how many documents of an imagined archive a term stands: two lists of terms, and what holds for others."""

    light: list[str]
    of_light: float
    everyday: list[str]
    of_everyday: float
    of_others: float


class Corpus:
    """The tables that alignment keeps from one time to the next. Everything in them follows from the claims."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection
        self._sums: list[str] = []  # of what `changes` saw

    def clear(self) -> None:
        """Forgets all, as when the code of alignment changes."""
        self._db.execute("DELETE FROM store.meta WHERE key = 'aligned'")
        for table in _TABLES:
            self._db.execute(f"DELETE FROM store.{table} WHERE true")

    def size(self) -> int:
        """How many documents are known."""
        return int(self._db.value("SELECT count(*) FROM store.digests"))

    def known(self, ids: Sequence[str]) -> list[str]:
        """Those of `ids` that have a digest, sorted."""
        rows = self._db.rows(f"SELECT document_id FROM store.digests WHERE document_id {_IN} ORDER BY 1", [list(ids)])
        return [row[0] for row in rows]

    def changes(self) -> Changes:
        """What is new, changed or gone since the last alignment; `remember` notes that it has been aligned."""
        self._find_added()
        self._sums = self._summed("")
        if self._only_added():
            self._db.execute(
                "CREATE OR REPLACE TEMP TABLE present AS SELECT document_id, fingerprint, false AS known "
                f"FROM ({_CURRENT.format('WHERE document_id IN (FROM added)')})"
            )
        else:
            self._db.execute(
                "CREATE OR REPLACE TEMP TABLE present AS SELECT document_id, n.fingerprint, "
                "o.fingerprint IS NOT NULL AS known "
                f"FROM ({_CURRENT.format('')}) n FULL JOIN store.digests o USING (document_id) "
                "WHERE o.fingerprint IS DISTINCT FROM n.fingerprint"
            )
        self._db.execute("DROP TABLE added")
        rows = self._db.rows("SELECT document_id, fingerprint IS NOT NULL, known FROM present ORDER BY 1")
        return Changes(
            [key for key, there, _ in rows if there],
            [key for key, there, _ in rows if not there],
            any(known for _, _, known in rows),
        )

    def remember(self) -> None:
        """Notes that what `changes` saw has been aligned, in the transaction that aligned it."""
        ends = [self._db.value(f"SELECT coalesce(max(rowid), -1) + 1 FROM store.{table}") for table in _GROWING]
        seen = {"ends": ends, "sums": self._sums}
        if seen != self._aligned():
            self._db.execute("INSERT OR REPLACE INTO store.meta VALUES ('aligned', $1)", [json.dumps(seen)])

    def _find_added(self) -> None:
        """The documents with rows behind those that were there when all was aligned last, as `added`."""
        aligned = self._aligned()
        self._db.execute("CREATE OR REPLACE TEMP TABLE added (id VARCHAR)")
        if aligned is not None:
            for (table, column), end in zip(_GROWING.items(), aligned["ends"], strict=True):
                self._db.execute(f"INSERT INTO added SELECT {column} FROM store.{table} WHERE rowid >= $1", [end])

    def _only_added(self) -> bool:
        """Whether everything else is as it was aligned, and none of `added` was: then only these are looked at.

        That is seen from the contents, not from what was done to the store: the sums without the rows of `added` are
        those of the last time.
        """
        aligned = self._aligned()
        if aligned is None or self._db.rows("SELECT 1 FROM store.digests SEMI JOIN added ON id = document_id LIMIT 1"):
            return False
        new = self._summed("SEMI JOIN (SELECT DISTINCT id AS d FROM added) ON d = {}")
        return [int(all_) - int(own) for all_, own in zip(self._sums, new, strict=True)] == [
            int(before) for before in aligned["sums"]
        ]

    def _summed(self, some: str) -> list[str]:
        """The sums of `_READ`, as text since they have more digits than JSON carries."""
        return [
            str(
                self._db.value(
                    f"SELECT coalesce(sum({what}), 0) FROM store.{table} {some.format(column)} WHERE {which}"
                )
            )
            for table, column, what, which in _READ
        ]

    def _aligned(self) -> dict[str, Any] | None:
        """What `remember` noted last."""
        noted = self._db.value("SELECT value FROM store.meta WHERE key = 'aligned'")
        return None if noted is None else dict(json.loads(noted))

    def claims_per_document(self) -> float:
        """How many claims a document has, on the average."""
        claims, documents = self._db.value("SELECT count(*) FROM store.claims"), self.size()
        return max(1.0, claims / documents) if documents else 1.0

    # --- digests and terms ---

    def begin(self, gone: Sequence[str]) -> None:
        """Forgets the digests, links and stories of `gone` documents and of changed ones. `write`, `number` and
        `settle_terms` come next.
        """
        for columns in ("shifts (term INTEGER, change BIGINT)", "proposed (term INTEGER)", "removed (number INTEGER)"):
            self._db.execute(f"CREATE OR REPLACE TEMP TABLE {columns}")
        if not gone:
            return
        ids = [list(gone)]
        self._db.execute(f"INSERT INTO shifts SELECT unnest(terms), -1 FROM store.digests WHERE document_id {_IN}", ids)
        self._db.execute(f"INSERT INTO removed SELECT number FROM store.digests WHERE document_id {_IN}", ids)
        self._db.execute("INSERT INTO proposed SELECT term FROM store.proposers SEMI JOIN removed ON number = document")
        self._db.execute("DELETE FROM store.proposers WHERE document IN (FROM removed)")
        for table in ("digests", "stories"):
            self._db.execute(f"DELETE FROM store.{table} WHERE document_id {_IN}", ids)
        self._db.execute(f"DELETE FROM store.links WHERE a {_IN} OR b {_IN}", ids)

    def write(self, rows: bytes) -> None:
        """Takes digests of documents that have none: a JSON list of document_id, published_at, terms, counts and names.

        Of documents that `changes` has seen. `number` comes after some of them.
        """
        self._db.execute(_FRESH)
        self._db.execute(
            "INSERT INTO fresh SELECT unnest(CAST(item AS STRUCT(document_id VARCHAR, published_at DATE, "
            "terms VARCHAR[], counts INTEGER[], names VARCHAR[]))) "
            "FROM (SELECT unnest(CAST(CAST($1 AS JSON) AS JSON[])) AS item)",
            [rows.decode()],
        )

    def number(self, priors: Priors) -> None:
        """Adds the digests that were taken, and gives their documents and new terms numbers."""
        self._db.execute(_FRESH)
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE held AS "
            "SELECT document_id, unnest(terms) AS term, unnest(counts) AS count FROM fresh"
        )
        self._db.execute(
            "INSERT INTO store.terms SELECT (SELECT coalesce(max(id), 0) FROM store.terms) + row_number() OVER (), "
            "term, CASE WHEN list_contains($1::VARCHAR[], term) THEN $2::DOUBLE "
            "WHEN list_contains($3::VARCHAR[], term) THEN $4::DOUBLE ELSE $5::DOUBLE END, 0 "
            "FROM (SELECT DISTINCT term FROM held ANTI JOIN store.terms USING (term))",
            [*priors],
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE numbered AS "
            "SELECT document_id, id AS term, count FROM held JOIN store.terms USING (term)"
        )
        self._db.execute("INSERT INTO shifts SELECT term, 1 FROM numbered")
        self._db.execute(
            "INSERT INTO store.digests SELECT f.document_id, "
            "(SELECT coalesce(max(number), 0) FROM store.digests) + row_number() OVER (), "
            "p.fingerprint, f.published_at, coalesce(n.terms, []), coalesce(n.counts, []), f.names "
            "FROM fresh f JOIN present p USING (document_id) "
            "LEFT JOIN (SELECT document_id, list(term) AS terms, list(count) AS counts FROM numbered GROUP BY ALL) n "
            "USING (document_id)"
        )
        for table in ("fresh", "held", "numbered"):
            self._db.execute(f"DROP TABLE {table}")

    def settle_terms(self, level: Callable[[int, float], int]) -> int:
        """Counts anew how many documents hold each term.

        Keeps the terms whose level of rarity changed, or that only one document holds now or held before, as `moved`;
        returns how many these are.
        """
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE counted AS SELECT t.id, t.prior, t.documents AS before, "
            "t.documents + s.change AS after FROM store.terms t "
            "JOIN (SELECT term, sum(change)::BIGINT AS change FROM shifts GROUP BY term) s "
            "ON s.term = t.id WHERE s.change <> 0"
        )
        steps = [
            (prior, before, after)
            for prior, before, after in self._db.rows("SELECT DISTINCT prior, before, after FROM counted")
            if level(before, prior) != level(after, prior) or (before < 2) != (after < 2)
        ]
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE moved AS SELECT id FROM counted SEMI JOIN (SELECT unnest($1::DOUBLE[]) AS "
            "prior, unnest($2::BIGINT[]) AS before, unnest($3::BIGINT[]) AS after) USING (prior, before, after)",
            [list(column) for column in zip(*steps, strict=True)] if steps else [[], [], []],
        )
        self._db.execute("UPDATE store.terms AS t SET documents = c.after FROM counted c WHERE c.id = t.id")
        for table in ("shifts", "counted", "present"):
            self._db.execute(f"DROP TABLE {table}")
        return int(self._db.value("SELECT count(*) FROM moved"))

    def term_counts(self, parts: Sequence[Sequence[str]]) -> list[dict[str, int]]:
        """For each of some sets of document ids, {term: documents that hold it} of the terms of its documents."""
        found: list[dict[str, int]] = [{} for _ in parts]
        for part, term, documents in self._db.rows(
            "SELECT part, term, documents FROM store.terms t JOIN (SELECT DISTINCT part, unnest(terms) AS id "
            "FROM store.digests JOIN (SELECT unnest($1::VARCHAR[]) AS document_id, unnest($2::INTEGER[]) AS part) "
            "USING (document_id)) h USING (id)",
            [[i for ids in parts for i in ids], [number for number, ids in enumerate(parts) for _ in ids]],
        ):
            found[part][term] = documents
        return found

    # --- stories ---

    def tellers(self, ids: Sequence[str]) -> list[str]:
        """The documents of the stories that `ids` belong to."""
        rows = self._db.rows(
            "SELECT document_id FROM store.stories WHERE story IN "
            f"(SELECT story FROM store.stories WHERE document_id {_IN}) ORDER BY 1",
            [list(ids)],
        )
        return [row[0] for row in rows]

    def stories(self) -> dict[str, str]:
        """{document id: its story}."""
        return dict(self._db.rows("SELECT document_id, story FROM store.stories ORDER BY 1"))

    def state(self) -> str:
        """A hash of what was aligned: it changes when claims, documents or verdicts do."""
        return str(self._db.value("SELECT hash(sum(hash(document_id, fingerprint)))::VARCHAR FROM store.digests"))

    def tell(self, stories: Mapping[str, str]) -> None:
        """Sets the story of documents."""
        self._db.execute(f"DELETE FROM store.stories WHERE document_id {_IN}", [list(stories)])
        self._db.execute(
            "INSERT INTO store.stories SELECT d, s FROM "
            "(SELECT unnest($1::VARCHAR[]) AS d, unnest($2::VARCHAR[]) AS s)",
            [list(stories), list(stories.values())],
        )

    # --- dates that a story settles ---

    def unsettle(self, ids: Sequence[str]) -> None:
        """Forgets what was settled of documents and of their claims."""
        for table in ("settled_documents", "settled_times"):
            self._db.execute(f"DELETE FROM store.{table} WHERE document_id {_IN}", [list(ids)])

    def settle(self, documents: Iterable[Document], claims: Iterable[Claim]) -> None:
        """Keeps the dates of documents, and the times of claims, as their story settled them."""
        self._db.insert(
            "store.settled_documents",
            [
                {"document_id": d.id, "published_at": d.published_at, "date_basis": d.date_basis}
                for d in documents
                if d.published_at is not None
            ],
            "OR REPLACE",
        )
        self._db.insert(
            "store.settled_times",
            [
                {
                    "claim_id": c.id,
                    "document_id": c.document_id,
                    "earliest": c.time.earliest,
                    "latest": c.time.latest,
                    "granularity": c.time.granularity,
                    "basis": c.time.basis,
                }
                for c in claims
                if c.time is not None and c.time.earliest is not None
            ],
            "OR REPLACE",
        )

    def dated(self, documents: Mapping[str, Document]) -> dict[str, Document]:
        """The documents, with the dates that their stories settled."""
        found = {
            row[0]: {"published_at": row[1], "date_basis": DateBasis(row[2]), "date_candidates": ()}
            for row in self._db.rows(
                f"SELECT document_id, published_at, date_basis FROM store.settled_documents WHERE document_id {_IN}",
                [list(documents)],
            )
        }
        return {key: d.model_copy(update=found[key]) if key in found else d for key, d in documents.items()}

    def timed(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims, with the times that their stories settled."""
        found = {
            row[0]: {"earliest": row[1], "latest": row[2], "granularity": row[3], "basis": TimeBasis(row[4])}
            for row in self._db.rows("SELECT claim_id, earliest, latest, granularity, basis FROM store.settled_times")
        }
        return [
            c.model_copy(update={"time": c.time.model_copy(update={**found[c.id], "candidates": ()})})
            if c.time is not None and c.id in found
            else c
            for c in claims
        ]
