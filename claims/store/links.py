"""Which documents are linked, in SQL: `claims.alignment.stories.link` says the same of a corpus in memory.

`Corpus` comes before: what it leaves in `moved` (terms whose rarity took a step) and `proposed` is used here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from claims.store.connection import Connection

_PART = 50_000  # documents that are linked at a time
_TEMPORARY = (
    *("affected", "moved", "rarities", "growths", "counted", "usable", "sizes", "proposed", "proposing", "removed"),
    *("held", "unlinked", "relinked", "named"),
)


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
    marks: Sequence[str]  # terms that start with one of these link documents, and weigh nothing in facts


class Unnamed(NamedTuple):
    """Two documents that share enough words to be linked, if they share a name as well."""

    a: str
    b: str
    names_a: list[str]
    names_b: list[str]


class Links:
    """The links between documents. Everything in them follows from the claims."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def of(self, ids: Sequence[str]) -> set[tuple[str, str]]:
        """The links of which the first document is in `ids`: all links, where `ids` are whole stories."""
        return {
            (a, b)
            for a, b in self._db.rows(
                "SELECT a, b FROM store.links SEMI JOIN (SELECT unnest($1::VARCHAR[]) AS a) USING (a)", [list(ids)]
            )
        }

    def remake(
        self, changed: Sequence[str] | None, linking: Linking, share_a_name: Callable[[Unnamed], bool]
    ) -> list[str]:
        """Links anew the documents `changed` (None: all), and those that hold a term that has moved or that is now
        proposed by, or not any more, as more or fewer documents do so.

        Returns the documents of which facts may differ now, with their stories: all of them, or those that changed,
        that have other links than before, or that hold a moved term which counts in facts.
        """
        self._affect(changed, linking.marks)
        self._weigh(linking)
        self._propose(linking, keep=changed is not None)
        if changed is None:
            self._db.execute("DELETE FROM store.links WHERE true")
            self._count(None)
        else:
            self._turn(linking.most_per_term)
            self._unlink()
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE usable AS SELECT term FROM counted WHERE documents BETWEEN 2 AND $1",
            [linking.most_per_term],
        )
        for part in self._parts_of_affected():
            self._link(part, linking, share_a_name, few=changed is not None)
        if changed is None:
            found = self._db.rows("SELECT document_id FROM store.digests ORDER BY 1")
        else:
            found = self._db.rows(
                "SELECT unnest([a, b]) AS document_id FROM ((SELECT a, b FROM unlinked EXCEPT FROM relinked) "
                "UNION ALL (FROM relinked EXCEPT SELECT a, b FROM unlinked)) "
                "UNION SELECT document_id FROM named WHERE retold ORDER BY 1"
            )
        for table in _TEMPORARY:
            self._db.execute(f"DROP TABLE IF EXISTS {table}")
        return [row[0] for row in found]

    def _affect(self, changed: Sequence[str] | None, marks: Sequence[str]) -> None:
        """The documents to be linked anew, and whether more than their links may have changed by it."""
        if changed is None:
            self._db.execute(
                "CREATE OR REPLACE TEMP TABLE affected AS SELECT number, true AS retold FROM store.digests"
            )
            return
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE affected AS SELECT number, bool_or(retold) AS retold FROM ("
            "SELECT number, true AS retold FROM store.digests SEMI JOIN (SELECT unnest($1::VARCHAR[]) AS document_id) "
            "USING (document_id) UNION ALL SELECT number, counts FROM "
            "(SELECT number, unnest(terms) AS id FROM store.digests) JOIN "
            "(SELECT id, NOT list_contains($2::VARCHAR[], term[1]) AS counts FROM store.terms SEMI JOIN moved "
            "USING (id)) USING (id)) GROUP BY number",
            [list(changed), list(marks)],
        )

    def _weigh(self, linking: Linking) -> None:
        """How rare each term is, for each pair of figures that it follows from."""
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
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE sizes AS "
            "SELECT id AS term, rarity, documents FROM store.terms JOIN rarities USING (prior, documents)"
        )

    def _vectors(self, numbers: str, linking: Linking) -> str:
        """A query of (number, term, weight, documents) of the documents that the query `numbers` gives."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE held AS SELECT number, unnest(terms) AS term, unnest(counts) AS count "
            f"FROM store.digests SEMI JOIN ({numbers}) USING (number)"
        )
        counts = [row[0] for row in self._db.rows("SELECT DISTINCT count FROM held")]
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE growths AS SELECT unnest($1::INTEGER[]) AS count, "
            "unnest($2::DOUBLE[]) AS growth",
            [counts, [linking.growth(count) for count in counts]],
        )
        return (
            f"SELECT number, term, floor({linking.scale} * growth * rarity + 0.5)::BIGINT AS weight, documents "
            "FROM held JOIN sizes USING (term) JOIN growths USING (count)"
        )

    def _propose(self, linking: Linking, *, keep: bool) -> None:
        """Sets the proposing terms of the affected documents: the weightiest, and all equal to the last of these.

        `keep`: they are kept as `proposing` besides.
        """
        self._db.execute("CREATE OR REPLACE TEMP TABLE proposing AS FROM store.proposers LIMIT 0")
        if keep:
            self._db.execute(
                "INSERT INTO proposed SELECT term FROM store.proposers SEMI JOIN affected ON number = document"
            )
        self._db.execute("DELETE FROM store.proposers WHERE document IN (SELECT number FROM affected)")
        for part in self._parts_of_affected():
            self._db.execute(
                "CREATE OR REPLACE TEMP TABLE weighty AS SELECT number, term, weight FROM "
                f"({self._vectors(part, linking)}) WHERE documents > 1 AND weight > 0"
            )
            self._db.execute(
                f"INSERT INTO {'proposing' if keep else 'store.proposers'} "
                "SELECT w.term, w.number FROM weighty w JOIN "
                f"(SELECT number, max(weight, {linking.proposers})[-1] AS least FROM weighty GROUP BY number) l "
                "ON l.number = w.number AND w.weight >= l.least"
            )
        if keep:
            self._db.execute("INSERT INTO store.proposers FROM proposing")
        self._db.execute("DROP TABLE IF EXISTS weighty")

    def _turn(self, most: int) -> None:
        """Adds to the affected documents those that propose by a term which now, but not before, more than `most`
        documents propose by, or the other way round. Only terms by which affected documents propose can have turned.
        """
        self._count("SELECT term FROM proposing UNION SELECT term FROM proposed")
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE turned AS WITH shifts AS (SELECT term, sum(change) AS change FROM "
            "(SELECT term, -1 AS change FROM proposed UNION ALL SELECT term, 1 FROM proposing) GROUP BY term) "
            "SELECT term FROM counted JOIN shifts USING (term) "
            "WHERE (documents > $1) <> (documents - change > $1)",
            [most],
        )
        if self._db.value("SELECT count(*) FROM turned"):
            self._db.execute(
                "INSERT INTO affected SELECT DISTINCT document, false FROM store.proposers "
                "SEMI JOIN turned USING (term) ANTI JOIN affected ON number = document"
            )
            self._db.execute(
                "CREATE OR REPLACE TEMP TABLE proposing AS FROM store.proposers SEMI JOIN affected ON number = document"
            )
            self._count("SELECT DISTINCT term FROM proposing")
        self._db.execute("DROP TABLE turned")

    def _count(self, terms: str | None) -> None:
        """How many documents propose by each of the distinct terms of a query (None: by any), as `counted`."""
        some = "" if terms is None else f"JOIN ({terms}) USING (term)"
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE counted AS SELECT term, count(*) AS documents "
            f"FROM store.proposers {some} GROUP BY term"
        )

    def _unlink(self) -> None:
        """Removes the links of the affected documents, and keeps them as `unlinked`."""
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE named AS "
            "SELECT document_id, retold FROM store.digests JOIN affected USING (number)"
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE unlinked AS "
            "SELECT rowid AS place, a, b FROM store.links "
            "WHERE a IN (SELECT document_id FROM named) OR b IN (SELECT document_id FROM named)"
        )
        self._db.execute("CREATE OR REPLACE TEMP TABLE relinked AS FROM store.links LIMIT 0")
        if self._db.value("SELECT count(*) FROM unlinked"):
            self._db.execute("DELETE FROM store.links WHERE rowid IN (SELECT place FROM unlinked)")

    def _parts_of_affected(self) -> list[str]:
        """Queries that give the affected documents' numbers, a part at a time."""
        rows = self._db.rows(
            "SELECT min(number), max(number) FROM (SELECT number, (row_number() OVER (ORDER BY number) - 1) // $1 AS "
            "part FROM affected) GROUP BY part ORDER BY part",
            [_PART],
        )
        return [f"SELECT number FROM affected WHERE number BETWEEN {first} AND {last}" for first, last in rows]

    def _link(self, part: str, linking: Linking, share_a_name: Callable[[Unnamed], bool], *, few: bool) -> None:
        """Links the affected documents of `part` with all; of two affected ones, the first in number sees to it."""
        need, least = (
            " ".join(f"WHEN days <= {row[0]} THEN {row[column]!r}" for row in linking.ladder) for column in (1, 2)
        )
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE pairs AS WITH own AS (SELECT p.term, p.document, d.published_at FROM "
            f"{'proposing' if few else 'store.proposers'} p JOIN (SELECT number, published_at FROM store.digests "
            f"SEMI JOIN ({part}) USING (number)) d ON d.number = p.document SEMI JOIN usable USING (term)), "
            # Dates before numbers: most pairs that share a term lie too far apart, and need not be counted.
            "met AS (SELECT o.document AS a, p.document AS b, count(*) AS shared, "
            "any_value(abs(o.published_at - y.published_at)) AS days FROM own o "
            "JOIN store.proposers p USING (term) JOIN store.digests y ON y.number = p.document "
            "WHERE p.document <> o.document "
            "AND (p.document > o.document OR p.document NOT IN (SELECT number FROM affected)) "
            "AND (o.published_at IS NULL OR y.published_at IS NULL "
            f"OR abs(o.published_at - y.published_at) <= {linking.ladder[-1][0]}) GROUP BY ALL) "
            f"SELECT a, b, CASE WHEN days IS NULL THEN {linking.undated!r} {need} END AS need FROM met "
            f"WHERE days IS NULL OR shared >= CASE {least} END"
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
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE found AS WITH told AS (SELECT number, document_id, names FROM store.digests "
            "SEMI JOIN (SELECT a AS number FROM close UNION SELECT b FROM close) USING (number)) "
            "SELECT x.document_id AS a, y.document_id AS b, "
            f"share >= {linking.nameless!r} * need OR len(x.names) = 0 OR len(y.names) = 0 "
            "OR list_has_any(x.names, y.names) AS sure, "
            "CASE WHEN NOT sure THEN x.names END AS names_a, CASE WHEN NOT sure THEN y.names END AS names_b "
            "FROM close c JOIN told x ON x.number = c.a JOIN told y ON y.number = c.b"
        )
        sharing = [
            row[:2]
            for row in self._db.rows("SELECT a, b, names_a, names_b FROM found WHERE NOT sure")
            if share_a_name(Unnamed(*row))
        ]
        self._db.execute(
            "CREATE OR REPLACE TEMP TABLE linked AS SELECT least(a, b) AS a, greatest(a, b) AS b FROM "
            "(SELECT a, b FROM found WHERE sure UNION ALL SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]))",
            [[a for a, _ in sharing], [b for _, b in sharing]],
        )
        self._db.execute("INSERT INTO store.links FROM linked")
        if few:
            self._db.execute("INSERT INTO relinked FROM linked")
        for table in ("pairs", "vectors", "close", "found", "linked"):
            self._db.execute(f"DROP TABLE {table}")
