"""The store: what goes in comes out, in any order, and nothing half-written stays."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from claims.documents import make_document
from claims.errors import StoreError, StoreLocked, StoreVersionError, UsageError
from claims.extraction.run import WindowResult
from claims.models import (
    Attribution,
    Call,
    Claim,
    ClaimKind,
    Document,
    Draft,
    Fact,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    Rejection,
    Relation,
    RelationKind,
    Span,
    TimeRef,
)
from claims.store import Extracted, Store, label, open_store


def document(
    text: str = "About 90 people came on Monday, the mayor said.", path: str = "a.txt", **known: object
) -> Document:
    return make_document(text, path, known)


def claim(of: Document, name: str = "c1", low: float = 90, **fields: object) -> Claim:
    values: dict[str, object] = {
        "id": name, "document_id": of.id, "run_id": "r", "text": of.text, "quote": of.text, "start": 0,
        "end": len(of.text), "kind": ClaimKind.QUANTITY,
        "quantity": Quantity(as_written=f"{low:g}", start=0, end=2, kind=QuantityKind.COUNT, value=low, low=low,
                             high=low),
    }  # fmt: skip
    return Claim.model_validate({**values, **fields})


def full_claim(of: Document) -> Claim:
    """A claim with every field set to something other than its default."""
    return Claim(
        id="c9", document_id=of.id, run_id="r", text="t \x00 \x1b 日本", quote="About", start=0, end=5,
        kind=ClaimKind.ATTRIBUTE, subject="s", predicate="p", object="o", place="Ostrow", polarity=Polarity.NEGATED,
        modality=Modality.PLANNED, extractor="m", attributes={"a": [1, {"b": None}], "ü": "x"},
        quantity=Quantity(as_written="~5–6 €", start=1, end=7, kind=QuantityKind.MONEY, low=5, high=6e12, low_open=True,
                          precision=0.1, unit="EUR", per="day", of="tax", change="up"),
        time=TimeRef(as_written="Monday", start=1, end=2, earliest=date(2017, 9, 25), latest=date(2017, 9, 26),
                     candidates=(date(2017, 9, 25), date(2018, 9, 25))),
        attribution=Attribution(speaker="A B", speaker_as_written="he", speaker_start=1, speaker_end=3, role="mayor",
                                cue="said", cue_start=4, cue_end=8, direct=True, content_start=0, content_end=5,
                                stance="denies", via="Wire"),
    )  # fmt: skip


def fact(*members: Claim, relation: RelationKind = RelationKind.CONFLICT) -> Fact:
    a, b = sorted(m.id for m in members)
    pair = Relation(
        a=a,
        b=b,
        relation=relation,
        discrepancy=relation is RelationKind.CONFLICT,
        reason="they differ",
        evidence=("x",),
    )
    return Fact(id="f1", about="people", relation=relation, discrepancy=pair.discrepancy, reason="they differ",
                members=(a, b), relations=(pair,))  # fmt: skip


def fill(store: Store) -> tuple[list[Document], list[Claim]]:
    documents = [document(), document("About 95 people came on Monday.", "b.txt", source="Daily")]
    claims = [claim(documents[0]), claim(documents[1], "c2", 95)]
    with store.connection.transaction():
        store.documents.add(documents)
    store.extractions.save("k", "r", [Extracted(d.id, [c], []) for d, c in zip(documents, claims, strict=True)])
    store.facts.replace([fact(*claims)])
    return documents, claims


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "s.duckdb") as opened:
        yield opened


def test_documents_come_back_as_they_went_in(store: Store) -> None:
    item = document(
        "Text with \x00 \x1b[31m and 日本 é.", "ä/ö.txt", source="A", title="T", date="2024-05-06", tags=["x", {"y": 1}]
    )
    with store.connection.transaction():
        assert store.documents.add([item, item]) == [item.id]
    assert store.documents.get([item.id]) == {item.id: item}
    assert store.documents.count() == 1


def test_claims_come_back_as_they_went_in(store: Store) -> None:
    item = document()
    with store.connection.transaction():
        store.documents.add([item])
    wanted = full_claim(item)
    store.extractions.save("k", "r", [Extracted(item.id, [wanted], [])])
    assert list(store.extractions.active()) == [wanted]
    assert store.extractions.get(["c9"]) == {"c9": wanted}
    (row,) = store.queries.claims()
    assert {name: row[name] for name in Claim.model_fields} == wanted.model_dump(mode="json")


def test_the_same_text_in_two_places_is_one_document_in_any_order(tmp_path: Path) -> None:
    first = document(path="a.txt", source="Daily", date="2024-05-06")
    second = document(path="b.txt", source="Weekly")
    results = []
    for number, order in enumerate(([[first, second]], [[second, first]], [[first], [second]], [[second], [first]])):
        with open_store(tmp_path / f"{number}.duckdb") as store:
            for batch in order:
                with store.connection.transaction():
                    store.documents.add(batch)
            results.append((store.documents.get([first.id]), store.sql("SELECT places FROM documents")[1]))
    assert results == [({first.id: first}, [(["a.txt", "b.txt"],)])] * 4


def test_a_new_first_place_with_another_date_is_extracted_again(store: Store) -> None:
    late = document(path="b.txt")
    with store.connection.transaction():
        store.documents.add([late])
    store.extractions.save("k", "r", [Extracted(late.id, [], [])])
    assert store.extractions.pending("k", [late.id]) == []
    with store.connection.transaction():
        store.documents.add([document(path="c.txt", date="2020-01-01")])
    assert store.extractions.pending("k", [late.id]) == []
    with store.connection.transaction():
        store.documents.add([document(path="a.txt", date="2020-01-01")])
    assert store.extractions.pending("k", [late.id]) == [late.id]


def test_saving_replaces_what_the_same_configuration_gave(store: Store) -> None:
    (one, _), _ = fill(store)
    store.extractions.save("k", "r2", [Extracted(one.id, [claim(one, "c3", 91)], [])])
    assert sorted(c.id for c in store.extractions.active()) == ["c2", "c3"]


def test_another_configuration_stands_beside_the_old_one(store: Store) -> None:
    (one, two), _ = fill(store)
    store.extractions.save("other", "r2", [Extracted(one.id, [claim(one, "c1", 90), claim(one, "c7", 91)], [])])
    assert sorted(c.id for c in store.extractions.active()) == ["c1", "c2", "c7"]
    assert store.extractions.activate("k", [one.id, two.id]) == 1
    assert sorted(c.id for c in store.extractions.active()) == ["c1", "c2"]


def test_views_show_what_is_active(store: Store) -> None:
    (one, _), _ = fill(store)
    store.extractions.save("other", "r2", [Extracted(one.id, [claim(one, "c7", 91), claim(one, "c8", 92)], [])])
    assert [row["id"] for row in store.queries.view("claims")] == ["c2", "c7", "c8"]
    assert [row["claims"] for row in store.queries.view("sources")] == [1, 2]
    assert [row["claims"] for row in store.queries.view("claims_by_source")] == [1, 2]
    (row,) = store.queries.facts()
    assert [value["claim_id"] for value in row["values"]] == ["c2"]  # its other member is no active claim any more
    store.extractions.activate("k", [one.id])
    assert [row["id"] for row in store.queries.view("claims")] == ["c1", "c2"]
    assert [row["claims"] for row in store.queries.view("claims_by_source")] == [1, 1]


def test_forgetting_a_run_keeps_what_another_gave_of_its_documents(store: Store) -> None:
    item = document()
    with store.connection.transaction():
        store.documents.add([item])
    runs = []
    for window, name in ((Span(0, 20), "c1"), (Span(20, 40), "c2")):
        runs.append(store.ledger.begin("run", "k", extractor="m", version="1", documents=1))
        given = WindowResult(item.id, window, 2, [claim(item, name, run_id=runs[-1])])
        store.windows.save("k", runs[-1], [], [given])
    store.windows.activate("k", [item.id])
    store.upkeep.forget_run(runs[1])
    assert not [fault for fault in store.upkeep.faults() if fault.check.startswith("reference")]
    assert [row["id"] for row in store.queries.view("claims")] == ["c1"]
    assert store.extractions.pending("k", [item.id]) == [item.id]
    assert store.windows.done("k", [item.id]) == {item.id: {Span(0, 20)}}


def test_rejections_are_kept_with_their_reason(store: Store) -> None:
    item = document()
    refused = Rejection(
        document_id=item.id, draft=Draft(quote="21", kind=ClaimKind.EVENT), code="number", reason="No 21."
    )
    with store.connection.transaction():
        store.documents.add([item])
    store.extractions.save("k", "r", [Extracted(item.id, [], [refused, refused])])
    (row,) = store.queries.view("rejected")
    assert (row["code"], row["reason"], row["quote"]) == ("number", "No 21.", "21")


def test_facts_in_the_documented_shape(store: Store) -> None:
    (one, two), _ = fill(store)
    (row,) = store.queries.facts()
    assert list(row) == ["fact_id", "about", "relation", "discrepancy", "reason", "slot", "values", "pairs"]
    first = row["values"][0]
    assert {
        "claim_id",
        "document",
        "source",
        "published_at",
        "speaker",
        "text",
        "quote",
        "start",
        "end",
        "value",
    } <= set(first)
    assert {"comparator", "low", "high", "unit", "of", "as_written"} <= set(first["value"])
    assert {"a", "b", "relation", "discrepancy", "finer", "reason"} <= set(row["pairs"][0])
    assert [v["document"] for v in row["values"]] == [one.path, two.path]
    assert store.queries.facts(discrepancy=False) == []
    assert store.queries.facts(relation="conflict", words="95 people")
    assert store.queries.facts(words="no such words") == []


def test_replacing_facts_says_whether_anything_changed(store: Store) -> None:
    _, claims = fill(store)
    assert not store.facts.replace([fact(*claims)])
    assert store.facts.replace([fact(*claims, relation=RelationKind.UPDATE)])
    assert store.facts.count() == (1, 0)
    assert store.facts.replace([])
    assert store.queries.facts() == []


def test_words_of_a_filter_are_words(store: Store) -> None:
    fill(store)
    assert store.queries.claims(words="%") == []
    assert store.queries.claims(words="_bout") == []
    assert store.queries.claims(words="aBOUT 95")
    other = document("Over 90% of them_all came.", "p.txt")
    with store.connection.transaction():
        store.documents.add([other])
    store.extractions.save("k", "r", [Extracted(other.id, [claim(other, "c5")], [])])
    assert [c["id"] for c in store.queries.claims(words="90% OF")] == ["c5"]
    assert [c["id"] for c in store.queries.claims(words="m_a")] == ["c5"]
    assert store.queries.claims(source="dAily")


def test_finding_by_id_path_name_and_beginning(store: Store) -> None:
    (one, _), _ = fill(store)
    assert store.documents.find(one.id) == store.documents.find("a.txt") == store.documents.find("a") == one.id
    assert store.documents.find(one.id[:6]) == one.id
    with pytest.raises(UsageError, match="no document"):
        store.documents.find("zzz")
    assert store.queries.resolve("c1") == ("claim", "c1")
    assert store.queries.resolve("f") == ("fact", "f1")
    with pytest.raises(UsageError, match="several"):
        store.queries.resolve("c")
    with pytest.raises(UsageError, match="no claim"):
        store.queries.resolve("zzz")


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def broken() -> None:
        with store.connection.transaction():
            store.documents.add([document()])
            raise ValueError("in the middle")

    with pytest.raises(ValueError, match="in the middle"):
        broken()
    assert store.documents.count() == 0

    def refused() -> None:
        with store.connection.transaction():
            store.documents.add([document()])
            store.connection.execute("INSERT INTO store.documents (id) VALUES (NULL)")

    with pytest.raises(StoreError):
        refused()
    assert store.documents.count() == 0
    with store.connection.transaction():
        store.documents.add([document()])
    assert store.documents.count() == 1


def test_threads_wait_for_each_other(tmp_path: Path) -> None:
    """A model's answers are written in one thread while another reads and writes on."""
    with open_store(tmp_path / "s.duckdb") as store:
        fill(store)
        memory, wrong = store.memory("test"), []

        def write() -> None:
            try:
                for number in range(60):
                    with store.connection.transaction():
                        store.connection.execute(
                            "CREATE OR REPLACE TABLE store.x AS SELECT range AS a FROM range(9999)"
                        )
                        memory["written"] = str(number)
            except StoreError as error:
                wrong.append(error)

        thread = threading.Thread(target=write)
        thread.start()
        while thread.is_alive():
            memory["read"] = "yes"
            assert len(list(store.documents.stream())) == 2
        thread.join()
        assert (wrong, memory["written"], memory["read"]) == ([], "59", "yes")


def test_runs_and_calls(store: Store) -> None:
    run = store.ledger.begin("run", "k", extractor="m", version="1", documents=2, options={"a": 1})
    (row,) = store.queries.view("runs")
    assert (row["status"], row["documents"], row["options"]) == ("running", 2, {"a": 1})
    call = Call(
        id="x1", run_id=run, config="k", document_id="d", window=Span(0, 5), attempt=1, purpose="extract",
        prompt_hash="p", schema_hash="s", model="m", status="ok", prompt_tokens=100, completion_tokens=20, cost=0.5,
        answer="{cut", started_at=datetime.now(UTC),
    )  # fmt: skip
    store.windows.save("k", run, [call, call.model_copy(update={"id": "x2", "status": "failed", "cost": None})], [])
    store.ledger.end(run, "incomplete", 1, {"timeout": 1})
    (row,) = store.queries.view("runs")
    assert (row["status"], row["calls"], row["failed_calls"], row["cost"]) == ("incomplete", 2, 1, 0.5)
    assert row["failures"] == {"timeout": 1}
    assert store.windows.paid("k", ["d"]) == {("d", Span(0, 5), "p", "s"): "{cut"}
    assert store.ledger.find("last") == store.ledger.find(run[:8]) == [run]


def test_a_run_that_was_killed_is_said_to_be(store: Store) -> None:
    store.ledger.begin("run", "k", extractor="m", version="1", documents=2)
    store.ledger.begin("run", "k", extractor="m", version="1", documents=2)
    assert [row["status"] for row in store.queries.view("runs")] == ["interrupted", "running"]


def test_memory(store: Store) -> None:
    memory = store.memory("mode")
    memory["http://x"] = "tools"
    memory["http://x"] = "json"
    assert dict(memory) == {"http://x": "json"}
    assert dict(store.memory("other")) == {}
    del memory["http://x"]
    assert len(memory) == 0
    with pytest.raises(KeyError):
        del memory["http://x"]


# Opening


def test_reading_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="claims run PATH"):
        open_store(tmp_path / "none.duckdb", read_only=True)
    with pytest.raises(StoreError, match="folder does not exist"):
        open_store(tmp_path / "no" / "such" / "s.duckdb")


@pytest.mark.parametrize("stem", ["a", "b", "claims", "main", "documents"])
def test_a_store_may_have_any_name_but_one(tmp_path: Path, stem: str) -> None:
    with open_store(tmp_path / f"{stem}.duckdb") as store:
        fill(store)
        assert len(store.queries.view("conflicts")) == 1
    with pytest.raises(UsageError, match="cannot have this name"):
        open_store(tmp_path / "store.duckdb")


def test_reading_writes_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.duckdb") as store:
        fill(store)
    before = (tmp_path / "s.duckdb").read_bytes()
    with open_store(tmp_path / "s.duckdb", read_only=True) as store:
        assert store.queries.facts()
        with pytest.raises(StoreError, match="read-only"):
            store.connection.execute("DELETE FROM store.claims")
    assert (tmp_path / "s.duckdb").read_bytes() == before


def test_a_second_process_gets_a_clear_line(tmp_path: Path) -> None:
    code = (
        "import sys; from claims.store import open_store\n"
        f"with open_store({str(tmp_path / 's.duckdb')!r}): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path(__file__).parent.parent
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(StoreLocked, match=f"in use by process {other.pid}"):
            open_store(tmp_path / "s.duckdb")
        other.kill()
    open_store(tmp_path / "s.duckdb").close()


@pytest.mark.parametrize("keep", [0, 100, 5000, 20_000])
def test_a_truncated_file_is_said_to_be_damaged_and_left_alone(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        fill(store)
    content = path.read_bytes()[:keep]
    path.write_bytes(content)
    for read_only in (True, False):
        with pytest.raises(StoreError, match="damaged"):
            open_store(path, read_only=read_only)
    assert path.read_bytes() == content


def test_a_file_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An article." * 900)
    with pytest.raises(StoreError, match="not a DuckDB file"):
        open_store(tmp_path / "a.txt")
    import duckdb

    with duckdb.connect(str(tmp_path / "o.duckdb")) as other:
        other.execute("CREATE TABLE mine (x INT)")
    before = (tmp_path / "o.duckdb").read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(tmp_path / "o.duckdb")
    assert (tmp_path / "o.duckdb").read_bytes() == before


def test_a_store_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        store.connection.execute("INSERT INTO store.migrations (number, name) VALUES (999, '0999_future.sql')")
    for read_only in (True, False):
        with pytest.raises(StoreVersionError, match=r"newer version.*upgrade"):
            open_store(path, read_only=read_only)


def test_views_of_an_older_version_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        fill(store)
        store.connection.execute("DROP VIEW conflicts")
        store.connection.execute("CREATE VIEW left_over AS SELECT 1 AS x")
        store.connection.execute("UPDATE store.meta SET value = 'old' WHERE key = 'views'")
    with open_store(path, read_only=True) as store:
        assert len(store.queries.view("conflicts")) == 1
        with pytest.raises(UsageError):
            store.queries.view("left_over")


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    code = f"from claims.store import open_store\nopen_store({str(folder / 's.duckdb')!r})"
    user = ["setpriv", "--reuid", "65534", "--clear-groups"] if os.geteuid() == 0 else []
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    done = subprocess.run(
        [*user, sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parent.parent,
        check=False,
    )
    assert "cannot be written here: permission denied" in done.stderr


def test_sql_of_others_is_kept_from_files_and_writing(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with open_store(path) as store:
        fill(store)
    with Store(path, sandbox=True) as store:
        assert store.sql("SELECT count(*) AS n FROM claims") == (["n"], [(2,)])
        for query in (
            f"SELECT * FROM read_text('{__file__}')",
            f"COPY claims TO '{tmp_path / 'out.csv'}'",
            f"ATTACH '{tmp_path / 'other.duckdb'}'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SELECT * FROM glob('/*')",
            f"EXPORT DATABASE '{tmp_path / 'export'}'",
            "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
            "SET enable_external_access = true",
            "DELETE FROM store.claims",
            "CREATE TABLE main.x AS SELECT 1",
            "DROP VIEW conflicts",
        ):
            with pytest.raises(StoreError):
                store.sql(query)
    assert sorted(p.name for p in tmp_path.iterdir() if not p.name.startswith("export")) == ["s.duckdb"]


def test_every_view_and_column_has_a_comment(store: Store) -> None:
    views = {row[0]: row[1] for row in store.sql("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal")[1]}
    assert {
        "conflicts", "agreements", "updates", "disputes", "claims", "documents", "sources", "quantities", "speakers",
        "runs", "rejected", "facts", "fact_values", "pairs", "calls", "claims_by_source", "verdicts",
    } == set(views)  # fmt: skip
    assert [name for name, comment in views.items() if not comment] == []
    columns = store.sql(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main' "
        "AND comment IS NULL"
    )[1]
    assert columns == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("seeds/001_5a.txt", "001_5a"),
        ("a/b/c.jsonl#3", "c.jsonl#3"),
        ("n1", "n1"),
        ("stdin:ab12", "stdin:ab12"),
        ("v1.5 notes", "v1.5 notes"),
    ],
)
def test_labels(path: str, name: str) -> None:
    assert label(path) == name
