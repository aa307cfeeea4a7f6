"""What alignment remembers of the corpus: digests of documents, how common terms are, links and stories.

Documents and terms have numbers here. They follow the order in which they came, so nothing that people see depends on
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.models import Claim, DateBasis, Document, TimeBasis
from claims.store.connection import Connection

_TABLES = ("digests", "terms", "proposers", "links", "stories", "settled_documents", "settled_times")
_CURRENT = """
    SELECT c.document_id, hash(c.stated, hash(
        d.path, d.source, d.origin, d.title, d.published_at, d.date_basis, d.date_candidates),
        v.said)::VARCHAR AS fingerprint
    FROM (SELECT document_id, config, sum(hash(id)) AS stated FROM store.claims GROUP BY ALL) c
    JOIN store.extractions e ON e.document_id = c.document_id AND e.config = c.config AND e.active
    JOIN store.documents d ON d.id = c.document_id
    LEFT JOIN (
        SELECT document_a AS document_id, sum(hash(key)) AS said FROM store.verdicts
        WHERE active AND status = 'accepted' GROUP BY ALL
    ) v ON v.document_id = c.document_id
"""
_FRESH = (
    "CREATE TEMP TABLE IF NOT EXISTS fresh (document_id VARCHAR, published_at DATE, terms VARCHAR[], "
    "counts INTEGER[], names VARCHAR[])"
)
_PART = 50_000  # documents that are linked at a time
_IN = "IN (SELECT unnest($1::VARCHAR[]))"


class Linking(NamedTuple):
    """The figures by which documents are linked; `claims.alignment.stories` says what they mean."""

    rarity: Callable[[int, float], float]  # of a term that so many documents hold, with this prior
    growth: Callable[[int], float]
    scale: int
    proposers: int
    most_per_term: int
    ladder: Sequence[tuple[int, float, int]]
    undated: float
    nameless: float


class Changes(NamedTuple):
    """Documents since the last alignment. `replaced`: some were known before, so claims of theirs may be no more."""

    changed: list[str]  # new ones as well
    gone: list[str]  # they have no active claims any more
    replaced: bool


class Unnamed(NamedTuple):
    """Two documents that share enough words to be linked, if they share a name as well."""

    a: str
    b: str
    names_a: list[str]
    names_b: list[str]


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

    def clear(self) -> None:
        """Forgets all, as when the code of alignment changes."""
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
        """What is new, changed or gone since the last alignment."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE present AS SELECT document_id, n.fingerprint, "
            "o.fingerprint IS NOT NULL AS known "
            f"FROM ({_CURRENT}) n FULL JOIN store.digests o USING (document_id) "
            "WHERE o.fingerprint IS DISTINCT FROM n.fingerprint"
        )
        rows = self._db.rows("SELECT document_id, fingerprint IS NOT NULL, known FROM present ORDER BY 1")
        return Changes(
            [key for key, there, _ in rows if there],
            [key for key, there, _ in rows if not there],
            any(known for _, _, known in rows),
        )

    def claims_per_document(self) -> float:
        """How many claims a document has, on the average."""
        claims, documents = self._db.value("SELECT count(*) FROM store.claims"), self.size()
        return max(1.0, claims / documents) if documents else 1.0

    # --- digests and terms ---

    def begin(self, gone: Sequence[str]) -> None:
        """Forgets the digests of `gone` documents and of changed ones. `write`, `number`, `settle_terms` come next."""
        self._db.execute("CREATE OR REPLACE TEMP TABLE shifts (term INTEGER, change BIGINT)")
        self._db.execute(
            f"INSERT INTO shifts SELECT unnest(terms), -1 FROM store.digests WHERE document_id {_IN}", [list(gone)]
        )
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE removed AS SELECT number FROM store.digests WHERE document_id {_IN}",
            [list(gone)],
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE proposed AS "
            "SELECT term FROM store.proposers SEMI JOIN removed ON number = document"
        )
        self._db.execute("DELETE FROM store.proposers WHERE document IN (FROM removed)")
        for table in ("digests", "stories"):
            self._db.execute(f"DELETE FROM store.{table} WHERE document_id {_IN}", [list(gone)])
        self.unlink(gone)

    def write(self, rows: bytes) -> None:
        """Takes digests of documents that have none: a JSON list of document_id, published_at, terms, counts and names.

        Of documents that `changes` has seen. `number` comes after some of them.
        """
        self._db.execute(_FRESH)
        self._db.execute(
            "INSERT INTO fresh SELECT unnest(CAST(CAST($1 AS JSON) AS STRUCT(document_id VARCHAR, "
            "published_at DATE, terms VARCHAR[], counts INTEGER[], names VARCHAR[])[]), recursive := true)",
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

    # --- links ---

    def relink(
        self,
        changed: Sequence[str] | None,
        linking: Linking,
        share_a_name: Callable[[Unnamed], bool],
    ) -> list[str]:
        """Links anew the documents `changed` (None: all), and those that hold a term that has moved or that is now
        proposed by, or not any more, as more or fewer documents do so. Returns the documents that were linked anew.
        """
        self._affect(changed)
        self._weigh(linking)
        self._propose(linking)
        if changed is not None:
            self._turn(linking.most_per_term)
        relinked = [
            row[0]
            for row in self._db.rows(
                "SELECT document_id FROM store.digests SEMI JOIN affected USING (number) ORDER BY 1"
            )
        ]
        if changed is None:
            self._db.execute("DELETE FROM store.links WHERE true")
        else:
            self.unlink(relinked)
        for part in self._parts_of_affected():
            self._link(part, linking, share_a_name)
        for table in ("affected", "moved", "rarities", "growths", "usable", "sizes", "proposed", "removed"):
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        return relinked

    def _affect(self, changed: Sequence[str] | None) -> None:
        if changed is None:
            self._db.execute("CREATE OR REPLACE TEMP TABLE affected AS SELECT number FROM store.digests")
            return
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE affected AS SELECT number FROM store.digests WHERE document_id {_IN} "
            "UNION SELECT number FROM (SELECT number, unnest(terms) AS id FROM store.digests) "
            "SEMI JOIN moved USING (id)",
            [list(changed)],
        )

    def _weigh(self, linking: Linking) -> None:
        """The two factors of a term's weight, for each pair of figures that they follow from."""
        known = self._db.rows("SELECT DISTINCT prior, documents FROM store.terms")
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE rarities AS SELECT unnest($1::DOUBLE[]) AS prior, "
            "unnest($2::BIGINT[]) AS documents, unnest($3::DOUBLE[]) AS rarity",
            [
                [prior for prior, _ in known],
                [documents for _, documents in known],
                [linking.rarity(documents, prior) for prior, documents in known],
            ],
        )
        counts = [row[0] for row in self._db.rows("SELECT DISTINCT unnest(counts) FROM store.digests")]
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE growths AS SELECT unnest($1::INTEGER[]) AS count, "
            "unnest($2::DOUBLE[]) AS growth",
            [counts, [linking.growth(count) for count in counts]],
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE sizes AS "
            "SELECT id AS term, rarity, documents FROM store.terms JOIN rarities USING (prior, documents)"
        )

    def _vectors(self, numbers: str, linking: Linking) -> str:
        """A query of (number, term, weight, documents) of the documents that the query `numbers` gives."""
        return (
            f"SELECT d.number, d.term, floor({linking.scale} * g.growth * s.rarity + 0.5)::BIGINT AS weight, "
            f"s.documents FROM (SELECT number, unnest(terms) AS term, unnest(counts) AS count FROM store.digests "
            f"SEMI JOIN ({numbers}) USING (number)) d JOIN sizes s USING (term) JOIN growths g USING (count)"
        )

    def _propose(self, linking: Linking) -> None:
        """Sets the proposing terms of the affected documents: the weightiest, and all equal to the last of these."""
        self._db.execute(
            "INSERT INTO proposed SELECT term FROM store.proposers SEMI JOIN affected ON number = document"
        )
        self._db.execute("DELETE FROM store.proposers WHERE document IN (FROM affected)")
        for part in self._parts_of_affected():
            self._db.execute(
                "CREATE OR REPLACE TEMP TABLE weighty AS SELECT number, term, weight FROM "
                f"({self._vectors(part, linking)}) WHERE documents > 1 AND weight > 0"
            )
            self._db.execute(
                "INSERT INTO store.proposers SELECT w.term, w.number FROM weighty w JOIN "
                f"(SELECT number, max(weight, {linking.proposers})[-1] AS least FROM weighty GROUP BY number) l "
                "ON l.number = w.number AND w.weight >= l.least"
            )
        self._db.execute("DROP TABLE IF EXISTS weighty")

    def _turn(self, most: int) -> None:
        """Adds to the affected documents those that propose by a term which now, but not before, more than `most`
        documents propose by, or the other way round. Only terms by which affected documents propose can have turned.
        """
        self._db.execute(
            "INSERT INTO affected WITH shifts AS (SELECT term, sum(change) AS change FROM (SELECT term, -1 AS change "
            "FROM proposed UNION ALL SELECT term, 1 FROM store.proposers SEMI JOIN affected ON number = document) "
            "GROUP BY term HAVING sum(change) <> 0), turned AS (SELECT term FROM store.proposers JOIN shifts "
            "USING (term) GROUP BY term HAVING (count(*) > $1) <> (count(*) - any_value(change) > $1)) "
            "SELECT DISTINCT document FROM store.proposers SEMI JOIN turned USING (term) "
            "ANTI JOIN affected ON number = document",
            [most],
        )

    def _parts_of_affected(self) -> list[str]:
        """Queries that give the affected documents' numbers, a part at a time."""
        rows = self._db.rows(
            "SELECT min(number), max(number) FROM (SELECT number, (row_number() OVER (ORDER BY number) - 1) // $1 AS "
            "part FROM affected) GROUP BY part ORDER BY part",
            [_PART],
        )
        return [f"SELECT number FROM affected WHERE number BETWEEN {first} AND {last}" for first, last in rows]

    def _link(self, part: str, linking: Linking, share_a_name: Callable[[Unnamed], bool]) -> None:
        """Links the affected documents of `part` with all; of two affected ones, the first in number sees to it."""
        need, least = (
            " ".join(f"WHEN days <= {row[0]} THEN {row[column]!r}" for row in linking.ladder) for column in (1, 2)
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE pairs AS WITH own AS (SELECT p.term, p.document FROM store.proposers p "
            f"SEMI JOIN ({part}) q ON q.number = p.document), "
            f"usable AS (SELECT term FROM store.proposers SEMI JOIN own USING (term) GROUP BY term "
            f"HAVING count(*) BETWEEN 2 AND {linking.most_per_term}), "
            "met AS (SELECT o.document AS a, p.document AS b, count(*) AS shared FROM own o JOIN usable USING (term) "
            "JOIN store.proposers p USING (term) WHERE p.document <> o.document "
            "AND (p.document > o.document OR p.document NOT IN (FROM affected)) GROUP BY ALL) "
            f"SELECT a, b, CASE WHEN days IS NULL THEN {linking.undated!r} {need} END AS need FROM "
            "(SELECT m.a, m.b, m.shared, abs(x.published_at - y.published_at) AS days FROM met m "
            "JOIN store.digests x ON x.number = m.a JOIN store.digests y ON y.number = m.b) "
            f"WHERE days IS NULL OR (days <= {linking.ladder[-1][0]} AND shared >= CASE {least} END)"
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE vectors AS SELECT number, term, weight FROM "
            f"({self._vectors('SELECT a AS number FROM pairs UNION SELECT b FROM pairs', linking)}) WHERE weight > 0"
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE close AS WITH squares AS (SELECT number, sum(weight * weight)::DOUBLE AS "
            "square FROM vectors GROUP BY number), "
            # Materialised, lest the two sides be joined by their terms first.
            "spread AS MATERIALIZED (SELECT a, b, need, term, weight FROM pairs JOIN vectors ON number = a), "
            "dots AS (SELECT a, b, any_value(need) AS need, sum(s.weight * y.weight)::DOUBLE AS dot FROM spread s "
            "JOIN vectors y ON y.number = s.b AND y.term = s.term GROUP BY a, b) "
            "SELECT d.a, d.b, need, dot / sqrt(v.square * w.square) AS share FROM dots d "
            "JOIN squares v ON v.number = a JOIN squares w ON w.number = b WHERE share >= need"
        )
        named = (
            "SELECT x.document_id AS a, y.document_id AS b, x.names AS names_a, y.names AS names_b, "
            f"share >= {linking.nameless!r} * need OR len(x.names) = 0 OR len(y.names) = 0 "
            "OR list_has_any(x.names, y.names) AS sure FROM close c JOIN store.digests x ON x.number = c.a "
            "JOIN store.digests y ON y.number = c.b"
        )
        self._db.execute(f"INSERT INTO store.links SELECT least(a, b), greatest(a, b) FROM ({named}) WHERE sure")
        found = [
            row[:2]
            for row in self._db.rows(f"SELECT a, b, names_a, names_b FROM ({named}) WHERE NOT sure")
            if share_a_name(Unnamed(*row))
        ]
        self._db.execute(
            "INSERT INTO store.links SELECT least(a, b), greatest(a, b) FROM "
            "(SELECT unnest($1::VARCHAR[]) AS a, unnest($2::VARCHAR[]) AS b)",
            [[a for a, _ in found], [b for _, b in found]],
        )
        for table in ("pairs", "vectors", "close"):
            self._db.execute(f"DROP TABLE {table}")

    def unlink(self, ids: Sequence[str]) -> None:
        """Removes the links of documents."""
        self._db.execute(f"DELETE FROM store.links WHERE a {_IN} OR b {_IN}", [list(ids)])

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
