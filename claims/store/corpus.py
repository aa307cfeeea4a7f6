"""What alignment remembers of the corpus: digests of documents, how common terms are, links and stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from claims.models import Claim, DateBasis, Document, TimeBasis
from claims.store.connection import Connection

_TABLES = ("digests", "terms", "proposers", "links", "stories", "settled_documents", "settled_times")
_CURRENT = """
    SELECT c.document_id, hash(sum(hash(c.id, c.config)), any_value(hash(
        d.path, d.source, d.origin, d.title, d.published_at, d.date_basis, d.date_candidates)),
        any_value(v.said))::VARCHAR AS fingerprint
    FROM store.claims c
    JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
    JOIN store.documents d ON d.id = c.document_id
    LEFT JOIN (
        SELECT document_a AS document_id, sum(hash(key)) AS said FROM store.verdicts
        WHERE active AND status = 'accepted' GROUP BY ALL
    ) v ON v.document_id = c.document_id
    GROUP BY c.document_id
"""
_IN = "IN (SELECT unnest($1::VARCHAR[]))"


@dataclass(frozen=True, slots=True)
class DigestRow:
    """The terms of one document with their counts, its names and its date."""

    document_id: str
    published_at: date | None
    terms: Mapping[str, int]
    names: frozenset[str]


class Corpus:
    """The tables that alignment keeps from one time to the next. Everything in them follows from the claims."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def clear(self) -> None:
        """Forgets all, as when the code of alignment changes."""
        for table in _TABLES:
            self._db.execute(f"DELETE FROM store.{table} WHERE true")

    def size(self) -> int:
        """How many documents are known."""
        return int(self._db.value("SELECT count(*) FROM store.digests"))

    def changes(self) -> tuple[dict[str, str], list[str]]:
        """({document id: fingerprint} of what is new or changed, documents that have no active claims any more)."""
        changed = self._db.rows(
            f"SELECT n.document_id, n.fingerprint FROM ({_CURRENT}) n LEFT JOIN store.digests o "
            "ON o.document_id = n.document_id WHERE o.fingerprint IS DISTINCT FROM n.fingerprint ORDER BY 1"
        )
        gone = self._db.rows(
            f"SELECT document_id FROM store.digests ANTI JOIN ({_CURRENT}) n USING (document_id) ORDER BY 1"
        )
        return dict(changed), [row[0] for row in gone]

    def digests(self, ids: Iterable[str]) -> dict[str, DigestRow]:
        """{document id: digest} of those of `ids` that are known."""
        return {
            row[0]: DigestRow(row[0], row[1], dict(zip(row[2], row[3], strict=True)), frozenset(row[4]))
            for row in self._db.rows(
                f"SELECT document_id, published_at, terms, counts, names FROM store.digests WHERE document_id {_IN}",
                [list(ids)],
            )
        }

    def write(self, digests: Sequence[DigestRow], fingerprints: Mapping[str, str]) -> None:
        """Puts digests in the place of older ones."""
        self._db.insert(
            "store.digests",
            [
                {
                    "document_id": digest.document_id,
                    "fingerprint": fingerprints[digest.document_id],
                    "published_at": digest.published_at,
                    "terms": list(digest.terms),
                    "counts": list(digest.terms.values()),
                    "names": sorted(digest.names),
                }
                for digest in digests
            ],
            "OR REPLACE",
        )

    def remove(self, ids: Sequence[str]) -> None:
        """Removes documents with their links."""
        for table in ("digests", "proposers", "stories"):
            self._db.execute(f"DELETE FROM store.{table} WHERE document_id {_IN}", [list(ids)])
        self.unlink(ids)

    # --- terms ---

    def term_counts(self, terms: Iterable[str]) -> dict[str, int]:
        """{term: documents that hold it} of those of `terms` that any document holds."""
        return dict(self._db.rows(f"SELECT term, documents FROM store.terms WHERE term {_IN}", [list(terms)]))

    def set_term_counts(self, counts: Mapping[str, int]) -> None:
        """Sets how many documents hold each term; 0 removes it."""
        gone = [term for term, count in counts.items() if count <= 0]
        self._db.execute(f"DELETE FROM store.terms WHERE term {_IN}", [gone])
        rows = [{"term": term, "documents": count} for term, count in counts.items() if count > 0]
        for start in range(0, len(rows), 50_000):
            self._db.insert("store.terms", rows[start : start + 50_000], "OR REPLACE")

    def holding(self, terms: Sequence[str]) -> list[str]:
        """The documents that hold any of `terms`."""
        if not terms:
            return []
        rows = self._db.rows(
            f"SELECT DISTINCT document_id FROM (SELECT document_id, unnest(terms) AS term FROM store.digests) "
            f"WHERE term {_IN} ORDER BY 1",
            [list(terms)],
        )
        return [row[0] for row in rows]

    # --- links ---

    def propose(self, proposers: Mapping[str, Sequence[str]]) -> None:
        """Sets the proposing terms of documents."""
        self._db.execute(f"DELETE FROM store.proposers WHERE document_id {_IN}", [list(proposers)])
        self._db.execute(
            "INSERT INTO store.proposers SELECT term, document_id FROM (SELECT unnest($1::VARCHAR[]) AS term, "
            "unnest($2::VARCHAR[]) AS document_id)",
            [
                [term for terms in proposers.values() for term in terms],
                [document for document, terms in proposers.items() for _ in terms],
            ],
        )

    def crowded(self, most: int) -> set[str]:
        """The terms that more than `most` documents propose by."""
        rows = self._db.rows("SELECT term FROM store.proposers GROUP BY term HAVING count(*) > $1", [most])
        return {row[0] for row in rows}

    def proposing(self, terms: Sequence[str]) -> list[str]:
        """The documents that propose by any of `terms`."""
        rows = self._db.rows(f"SELECT DISTINCT document_id FROM store.proposers WHERE term {_IN} ORDER BY 1", [terms])
        return [row[0] for row in rows]

    def partners(self, ids: Sequence[str], most: int, days: int) -> list[tuple[str, str]]:
        """The pairs a < b, one of `ids` at least, that share a proposing term of at most `most` documents.

        Documents whose dates lie more than `days` apart are no pair.
        """
        return [
            (a, b)
            for a, b in self._db.rows(
                f"WITH usable AS (SELECT term FROM store.proposers GROUP BY term HAVING count(*) <= $2), "
                f"renewed AS (SELECT p.term, p.document_id, d.published_at FROM store.proposers p "
                f"JOIN usable USING (term) JOIN store.digests d USING (document_id) WHERE p.document_id {_IN}), "
                f"known AS (SELECT p.term, p.document_id, d.published_at FROM store.proposers p "
                f"JOIN usable USING (term) JOIN store.digests d USING (document_id)) "
                f"SELECT DISTINCT least(s.document_id, e.document_id), greatest(s.document_id, e.document_id) "
                f"FROM renewed s JOIN known e ON e.term = s.term AND e.document_id <> s.document_id "
                f"AND (s.published_at IS NULL OR e.published_at IS NULL OR "
                f"abs(s.published_at - e.published_at) <= $3) ORDER BY ALL",
                [list(ids), most, days],
            )
        ]

    def unlink(self, ids: Sequence[str]) -> None:
        """Removes the links of documents."""
        self._db.execute(f"DELETE FROM store.links WHERE a {_IN} OR b {_IN}", [list(ids)])

    def link(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Adds links."""
        self._db.execute(
            "INSERT INTO store.links SELECT a, b FROM (SELECT unnest($1::VARCHAR[]) AS a, unnest($2::VARCHAR[]) AS b)",
            [[a for a, _ in pairs], [b for _, b in pairs]],
        )

    def links(self, ids: Sequence[str]) -> set[tuple[str, str]]:
        """The links of which one end at least is in `ids`."""
        return {(a, b) for a, b in self._db.rows(f"SELECT a, b FROM store.links WHERE a {_IN} OR b {_IN}", [list(ids)])}

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
