"""A store aligned bit by bit holds what aligning everything gives, whatever the order and the batches."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from claims.alignment import align
from claims.documents import Reading, read
from claims.models import DateBasis, Document, Fact
from claims.pipeline import aligning, extract_document
from claims.pipeline.aligning import align_changes
from claims.pipeline.progress import Progress
from claims.store import Extracted, Store, facts, open_store

ROOT = Path(__file__).resolve().parent.parent
CONFIG = "builtin-test"
PLACES = ("Almond", "Birchwell", "Corrimal", "Dunmere", "Eastholm", "Farrowby", "Glenmoor", "Hartsea")
THINGS = (
    "A ferry sank off Port {place} on {day}, killing {n} people, the coast guard said.",
    "At least {n} people were killed when a ferry sank off Port {place}, the coast guard said on {day}.",
    "More than {m} homes lost power in {place} after the storm on {day}.",
    "The storm left about {m} homes in {place} without power, the mayor said.",
)


def made_up(count: int) -> list[Document]:
    """Short articles on some invented events, told by several outlets on nearby days."""
    rng = random.Random(4)
    found = []
    for number in range(count):
        place = rng.choice(PLACES)
        day = date(2021, 3, 1) + timedelta(days=PLACES.index(place) * 9 + rng.randrange(3))
        lines = [
            line.format(place=place, day=day.strftime("%B %d"), n=30 + rng.randrange(4), m=rng.choice((400, 500, 1200)))
            for line in rng.sample(THINGS, 2)
        ]
        path = f"a{number}.txt"
        text = "\n\n".join(lines) + f"\n\nReport number {'I' * (number % 7 + 1)} of {place}."
        article = {"text": text, "source": f"Outlet {number % 5}", "title": f"News of {place}", "date": str(day)}
        found.append(document_of(path, article))
    return list({document.id: document for document in found}.values())


def document_of(path: str, article: dict[str, str]) -> Document:
    from claims.documents.article import document_id

    return Document(
        id=document_id(article["text"]),
        path=path,
        text=article["text"],
        source=article["source"],
        title=article["title"],
        published_at=date.fromisoformat(article["date"]),
        date_basis=DateBasis.METADATA,
    )


def seeds() -> list[Document]:
    return list(read([ROOT / "seeds"], Reading()))


def add(store: Store, documents: Sequence[Document]) -> None:
    ids = store.documents.add(documents)
    stored = store.documents.get(ids)
    batch = [Extracted(key, *extract_document(document)) for key, document in sorted(stored.items())]
    store.extractions.save(CONFIG, "r1", batch)
    store.extractions.activate(CONFIG, ids)


def whole(store: Store) -> list[Fact]:
    claims = list(store.extractions.active())
    return align(claims, store.documents.get(sorted({claim.document_id for claim in claims})))


def dump(facts: Iterable[Fact]) -> list[str]:
    return [fact.model_dump_json() for fact in facts]


@pytest.mark.parametrize("documents", [seeds(), made_up(40)], ids=["seeds", "made_up"])
@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_batches(documents: list[Document], seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    mixed = rng.sample(documents, len(documents))
    with open_store(tmp_path / "s.duckdb") as store:
        while mixed:
            size = rng.randrange(1, len(documents) + 1)
            add(store, mixed[:size])
            mixed = mixed[size:]
            align_changes(store, Progress())
        expected = whole(store)
        assert expected
        assert dump(store.facts.all()) == dump(expected)
        assert not align_changes(store, Progress())


def test_nothing_stale_is_left_behind(tmp_path: Path) -> None:
    documents = made_up(30)
    with open_store(tmp_path / "s.duckdb") as store:
        add(store, documents)
        align_changes(store, Progress())
        for document in documents[::3]:
            store.upkeep.forget_document(document.id)
        assert align_changes(store, Progress())
        assert dump(store.facts.all()) == dump(whole(store))
        claims = {claim.id for claim in store.extractions.active()}
        assert all(member in claims for fact in store.facts.all() for member in fact.members)
        # Another extraction of a document takes the place of the first.
        kept = documents[1]
        stored = store.documents.get([kept.id])[kept.id]
        found, rejected = extract_document(stored)
        store.extractions.save("other", "r2", [Extracted(kept.id, found[:1], rejected)])
        align_changes(store, Progress())
        assert dump(store.facts.all()) == dump(whole(store))


@pytest.mark.parametrize("most", [2, 4, 7])
def test_a_term_proposes_again_when_fewer_documents_have_it(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claims.alignment import stories

    monkeypatch.setattr(stories, "MOST_PER_TERM", most)
    documents = made_up(40)
    with open_store(tmp_path / "s.duckdb") as store:
        add(store, documents)
        align_changes(store, Progress())
        for document in documents[:12]:
            store.upkeep.forget_document(document.id)
            align_changes(store, Progress())
            links = store.links.of([d.id for d in documents])
            store.corpus.clear()
            align_changes(store, Progress())
            assert store.links.of([d.id for d in documents]) == links
            assert dump(store.facts.all()) == dump(whole(store))


def test_several_processes_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aligning, "_WORTH_PROCESSES", 0)
    with open_store(tmp_path / "s.duckdb") as store:
        add(store, made_up(30))
        align_changes(store, Progress(), jobs=2)
        assert dump(store.facts.all()) == dump(whole(store))


def test_other_stories_are_not_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new document cannot change is not aligned again."""
    from claims.alignment import batches, incremental

    documents = made_up(40)
    text = "The museum of Kestrel Bay bought 12 clocks from a monastery, its keeper said on May 4."
    last = document_of("z.txt", {"text": text, "source": "Outlet 9", "title": "Clocks", "date": "2021-05-06"})
    with open_store(tmp_path / "s.duckdb") as store:
        add(store, documents)
        align_changes(store, Progress())
        aligned: list[str] = []
        real = batches.story_facts

        def watched(batch: batches.Batch) -> batches.Aligned:
            aligned.extend(key for story in batches.stories_of(batch) for key in story.documents)
            return real(batch)

        monkeypatch.setattr(incremental, "story_facts", watched)
        add(store, [last])
        align_changes(store, Progress())
        assert last.id in aligned
        assert aligned == [last.id]
        assert dump(store.facts.all()) == dump(whole(store))


@pytest.mark.parametrize("claims_in_a_batch", [1, 10_000])
def test_words_that_no_article_of_the_story_has(
    claims_in_a_batch: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A claim may have them, from a model for one: their rarity is the same whatever stories are aligned with it."""
    from claims.alignment import incremental

    monkeypatch.setattr(incremental, "_CLAIMS", claims_in_a_batch)
    text = "The walrus of Kestrel Bay ate {n} herrings, its keeper said on May 4. The walrus was {n} years old."
    others = [
        document_of(f"z{n}.txt", {"text": text.format(n=n), "source": "Z", "title": "Walrus", "date": "2022-05-06"})
        for n in range(3, 33)
    ]
    with open_store(tmp_path / "s.duckdb") as store:
        documents = [*made_up(12), *others]
        ids = store.documents.add(documents)
        batch = []
        for key, document in sorted(store.documents.get(ids).items()):
            found, rejected = extract_document(document)
            renamed = [c.model_copy(update={"subject": f"{c.subject or ''} walrus herrings"}) for c in found]
            batch.append(Extracted(key, renamed, rejected))
        store.extractions.save(CONFIG, "r1", batch)
        align_changes(store, Progress())
        assert dump(store.facts.all()) == dump(whole(store))


def test_other_links_of_a_document_are_all_that_a_spelling_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Documents that hold a figure or a spelling whose rarity took a step are linked anew, and not aligned anew."""
    from claims.alignment import batches, incremental
    from claims.store.links import Links

    def article(number: int, place: str, figure: str) -> Document:
        line = f"The museum of {place} bought {figure} clocks from a monastery, its keeper said."
        return document_of(
            f"{place}.txt", {"text": line, "source": "A", "title": "Clocks", "date": f"20{number}-05-06"}
        )

    with open_store(tmp_path / "s.duckdb") as store:
        add(store, [article(10, "Kestrel", "61,429"), article(14, "Wexcombe", "200"), article(18, "Ilminster", "300")])
        align_changes(store, Progress())
        aligned: list[str] = []
        linked: list[int] = []
        real, unlink = batches.story_facts, Links._unlink

        def watched(batch: batches.Batch) -> batches.Aligned:
            aligned.extend(key for story in batches.stories_of(batch) for key in story.documents)
            return real(batch)

        def counting(self: Links) -> None:
            unlink(self)
            linked.append(self._db.value("SELECT count(*) FROM named"))

        monkeypatch.setattr(incremental, "story_facts", watched)
        monkeypatch.setattr(Links, "_unlink", counting)
        last = article(21, "Quarley", "61,429")
        text = last.text.replace("museum", "theatre").replace("clocks", "wigs").replace("monastery", "barber")
        last = document_of("q.txt", {"text": text, "source": "B", "title": "Wigs", "date": "2021-05-06"})
        add(store, [last])
        align_changes(store, Progress())
        assert linked[0] > 1
        assert aligned == [last.id]
        assert dump(store.facts.all()) == dump(whole(store))


@pytest.mark.parametrize("seed", range(4))
def test_changes_are_the_same_when_only_what_was_added_is_looked_at(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    documents = made_up(60)
    with open_store(tmp_path / "s.duckdb") as store:

        def nothing_found() -> None:
            article = {"text": f"Nothing much, {rng.random()}", "source": "N", "title": "-", "date": "2021-03-01"}
            found = document_of(f"n{rng.random()}.txt", article)
            store.documents.add([found])
            store.extractions.save(CONFIG, "r1", [Extracted(found.id, [], [])])

        def another_source() -> None:
            if there:
                one = rng.choice(there)
                store.documents.add([one.model_copy(update={"path": "a" + one.path, "source": f"S{rng.random()}"})])

        def extracted_anew() -> None:
            if there:
                key = rng.choice(there).id
                found, rejected = extract_document(store.documents.get([key])[key])
                store.extractions.save(f"c{rng.random()}", "r2", [Extracted(key, found[:1], rejected)])

        def not_yet_active() -> None:
            if documents:
                one = documents.pop()
                store.documents.add([one])
                found, rejected = extract_document(one)
                store.extractions.save("early", "r3", [Extracted(one.id, found[:1], rejected)])
                store.connection.execute("UPDATE store.extractions SET active = false WHERE config = 'early'")
                align_changes(store, Progress())
                store.extractions.save(CONFIG, "r1", [Extracted(one.id, found, rejected)])
                there.append(one)

        def activated() -> None:
            store.extractions.activate("early", [one.id for one in there])

        def forgotten() -> None:
            if there:
                store.upkeep.forget_document(there.pop(rng.randrange(len(there))).id)

        def more() -> None:
            for _ in range(rng.randrange(1, 6)):
                if documents:
                    there.append(documents.pop())
                    add(store, there[-1:])

        there: list[Document] = []
        quick = 0
        for _ in range(25):
            for change in rng.choices(
                (more, nothing_found, another_source, extracted_anew, not_yet_active, activated, forgotten),
                weights=(8, 4, 1, 1, 1, 1, 1),
                k=rng.randrange(1, 3),
            ):
                change()
            found = store.corpus.changes()
            shown = store.sql("FROM present ORDER BY document_id")
            store.corpus._find_added()
            quick += store.corpus._only_added()
            noted = store.sql("SELECT value FROM store.meta WHERE key = 'aligned'")[1]
            store.connection.execute("DELETE FROM store.meta WHERE key = 'aligned'")
            assert store.corpus.changes() == found
            assert store.sql("FROM present ORDER BY document_id") == shown
            if noted:
                store.connection.execute("INSERT INTO store.meta VALUES ('aligned', $1)", noted[0])
            align_changes(store, Progress())
            for view, query in (("facts", FACTS), ("fact_values", VALUES), ("claims_by_source", BY_SOURCE)):
                assert store.sql(f"FROM main.{view} ORDER BY ALL")[1] == store.sql(query)[1]
        assert quick > 5
        assert dump(store.facts.all()) == dump(whole(store))


@pytest.mark.parametrize("together", [1, 150_000])
def test_a_story_settles_the_open_years_of_its_articles(
    together: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves them open again when the article that told the year is gone."""
    monkeypatch.setattr(facts, "_TOGETHER", together)
    told = (
        "ALMOND, March 10. /AGENCY/. The ferry Silver Heron sank off Port Almond on March 9, killing at least 40 "
        "people, the harbour master Ida Quill said on Wednesday.",
        "The ferry Silver Heron sank off Port Almond on Tuesday, killing 40 people, the harbour master Ida Quill said.",
    )
    open_year = document_of("a.txt", {"text": told[0], "source": "A", "title": "Silver Heron", "date": "2021-03-10"})
    candidates = tuple(date(year, 3, 10) for year in (2010, 2021))
    update = {"published_at": None, "date_basis": DateBasis.OPEN, "date_candidates": candidates}
    known = document_of("b.txt", {"text": told[1], "source": "B", "title": "Silver Heron", "date": "2021-03-10"})
    with open_store(tmp_path / "s.duckdb") as store:
        add(store, [open_year.model_copy(update=update), known])
        align_changes(store, Progress())
        shown = "SELECT path, published_at, date_basis FROM documents ORDER BY path"
        assert store.sql(shown)[1][0] == ("a.txt", date(2021, 3, 10), "inferred")
        days = 'SELECT DISTINCT "time".earliest, "time".basis FROM claims WHERE "time".as_written LIKE \'%March 9%\''
        assert store.sql(days)[1] == [(date(2021, 3, 9), "story")]
        assert store.sql("FROM fact_values ORDER BY ALL")[1] == store.sql(VALUES)[1] != []
        store.upkeep.forget_document(known.id)
        align_changes(store, Progress())
        assert store.sql(shown)[1] == [("a.txt", None, "open")]
        assert store.sql(days)[1] == [(None, "open")]


# What the views show of pairs and outlets is written with the facts; these put it together from the claims.
PAIRS = """
    SELECT r.fact_id, f.about, r.relation, r.a, x.outlet, x.speaker, x.published_at, x.quote,
        CASE f.slot WHEN 'quantity' THEN x.quantity.as_written WHEN 'time' THEN x.time.as_written ELSE x.object END,
        r.b, y.outlet, y.speaker, y.published_at, y.quote,
        CASE f.slot WHEN 'quantity' THEN y.quantity.as_written WHEN 'time' THEN y.time.as_written ELSE y.object END
    FROM store.relations r JOIN store.facts f ON f.id = r.fact_id
    JOIN main.claims x ON x.id = r.a JOIN main.claims y ON y.id = r.b ORDER BY ALL
"""
SOURCES = """
    WITH stood AS (
        SELECT c.outlet, m.fact_id, c.id FROM store.fact_members m JOIN main.claims c ON c.id = m.claim_id
    ), sides AS (
        SELECT r.*, x.outlet AS one, y.outlet AS two FROM store.relations r
        JOIN main.claims x ON x.id = r.a JOIN main.claims y ON y.id = r.b WHERE x.outlet <> y.outlet
    ), marks AS (SELECT *, unnest([one, two]) AS outlet FROM sides)
    SELECT d.outlet, count(DISTINCT d.id),
        (SELECT count(*) FROM main.claims c WHERE c.outlet = d.outlet),
        (SELECT count(DISTINCT fact_id) FROM stood s WHERE s.outlet = d.outlet),
        (SELECT count(DISTINCT fact_id) FROM marks m WHERE m.outlet = d.outlet
            AND relation IN ('agree', 'approximate') AND NOT discrepancy),
        (SELECT count(DISTINCT fact_id) FROM marks m WHERE m.outlet = d.outlet AND discrepancy),
        (SELECT count(*) FROM main.claims c WHERE c.outlet = d.outlet)
            - (SELECT count(DISTINCT id) FROM stood s WHERE s.outlet = d.outlet)
    FROM main.documents d GROUP BY d.outlet ORDER BY d.outlet
"""
FACTS = """
    SELECT f.id, f.about, f.relation, f.discrepancy, f.reason, count(*), count(DISTINCT c.document_id),
        count(DISTINCT c.outlet), list(DISTINCT c.outlet ORDER BY c.outlet)
    FROM store.facts f JOIN store.fact_members m ON m.fact_id = f.id JOIN main.claims c ON c.id = m.claim_id
    GROUP BY ALL ORDER BY ALL
"""
VALUES = """
    SELECT f.id, f.about, f.relation, f.discrepancy, c.id, c.document_id, c.document, c.outlet, c.source,
        c.published_at, c.speaker,
        CASE f.slot WHEN 'quantity' THEN c.quantity.as_written WHEN 'time' THEN c.time.as_written ELSE c.object END,
        f.slot, c.quantity.comparator, c.quantity.low, c.quantity.high, c.quantity.unit, c.quantity."of",
        c.time.earliest, c.time.latest, c.text, c.quote, c."start", c."end"
    FROM store.facts f JOIN store.fact_members m ON m.fact_id = f.id JOIN main.claims c ON c.id = m.claim_id
    ORDER BY ALL
"""
BY_SOURCE = """
    SELECT outlet, kind, count(*), count(DISTINCT document_id), count(DISTINCT speaker)
    FROM main.claims GROUP BY ALL ORDER BY ALL
"""
STOOD_AT = """
    SELECT d.id, (SELECT list(l.path ORDER BY l.path) FROM store.locations l WHERE l.document_id = d.id)
    FROM store.documents d ORDER BY ALL
"""
SHOWN = (
    "fact_id, about, relation, a, outlet_a, speaker_a, published_a, quote_a, value_a, "
    "b, outlet_b, speaker_b, published_b, quote_b, value_b"
)


@pytest.mark.parametrize("documents", [seeds(), made_up(40)], ids=["seeds", "made_up"])
def test_the_views_show_what_the_claims_say(
    documents: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "_TOGETHER", 20)
    with open_store(tmp_path / "s.duckdb") as store:

        def same() -> None:
            align_changes(store, Progress())
            assert store.sql(f"SELECT {SHOWN} FROM main.pairs ORDER BY ALL")[1] == store.sql(PAIRS)[1]
            assert store.sql("FROM main.sources")[1] == store.sql(SOURCES)[1]
            assert store.sql("FROM main.facts ORDER BY ALL")[1] == store.sql(FACTS)[1]
            assert store.sql("FROM main.fact_values ORDER BY ALL")[1] == store.sql(VALUES)[1]
            assert store.sql("FROM main.claims_by_source")[1] == store.sql(BY_SOURCE)[1]
            assert store.sql("SELECT id, places FROM main.documents ORDER BY ALL")[1] == store.sql(STOOD_AT)[1]
            left = {name for (name,) in store.sql("SELECT table_name FROM duckdb_tables() WHERE temporary")[1]}
            assert left.isdisjoint({"shown", "fresh_facts", "fresh_pairs", "fresh_members", "at_hand"})

        for part in (documents[:3], documents[3:]):
            add(store, part)
            same()
        store.upkeep.forget_document(documents[1].id)
        same()
        # The same text in another place, which gives it another source and date; then another extraction of a text.
        moved = documents[2].model_copy(update={"path": "0.txt", "source": "Zephyr", "published_at": date(2021, 3, 2)})
        add(store, [moved])
        same()
        found, rejected = extract_document(store.documents.get([documents[3].id])[documents[3].id])
        store.extractions.save("other", "r2", [Extracted(documents[3].id, found[::2], rejected)])
        same()
        add(store, documents[1:2])
        same()
        views = ("pairs", "sources", "facts", "fact_values", "claims_by_source")
        before = [store.sql(f"FROM main.{view} ORDER BY ALL")[1] for view in views]
        assert all(before)
        store.transfer.export(tmp_path / "out", "parquet")
        with open_store(tmp_path / "t.duckdb") as other:
            other.transfer.load(tmp_path / "out")
            assert [other.sql(f"FROM main.{view} ORDER BY ALL")[1] for view in views] == before
