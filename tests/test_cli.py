"""The command line, as a person and a program meet it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main
from mixture import honest
from servers import FaultyServer, Reply, Request, completion, error
from typer.testing import CliRunner

from claims.cli.app import app
from claims.report import fields

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
STORIES = {
    "one.txt": "---\nsource: Daily\ndate: 2024-05-06\ntitle: Bridge vote\n---\nOSTROW — More than 90% of voters in "
    "Ostrow backed the new bridge in the vote on Sunday, the council said.\n\nThe bridge will cost $7 million.\n",
    "two.txt": "---\nsource: Weekly\ndate: 2024-05-07\ntitle: Ostrow bridge vote\n---\nMore than 92% of voters in "
    "Ostrow backed the new bridge in the vote on Sunday, the mayor said.\n\nThe bridge will cost $7 million.\n",
}


def claims(*arguments: str | Path, stdin: bytes | str | None = None, code: int = 0) -> Any:
    """The result of a command in this process; its exit code must be `code`."""
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result


def in_a_process(*arguments: str | Path, cwd: Path | None = None, **known: Any) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **known.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-m", "claims", *map(str, arguments)],
        capture_output=True, text=True, cwd=cwd or ROOT, env=environment, check=False, **known,
    )  # fmt: skip


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stories")
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory, stories: Path) -> Path:
    path = tmp_path_factory.mktemp("store") / "s.duckdb"
    claims("run", stories, "--db", path)
    return path


def rows(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(claims(*arguments, "--format", "json").stdout)
    return found


# The main job


def test_run_ends_with_what_matters(stories: Path, tmp_path: Path) -> None:
    result = claims("run", stories, "--db", tmp_path / "s.duckdb")
    assert "2 documents (2 extracted now)" in result.stdout
    assert "FIGURES DIFFER" in result.stdout
    assert "“More than 90% of voters in Ostrow" in result.stdout.replace("\n     ", " ")
    assert "More than 92%" in result.stdout
    assert "one (Daily)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "\x1b" not in result.stdout
    assert "built-in extractor" in result.stderr


def test_round_figures_that_are_far_apart_are_a_discrepancy_and_no_agreement(tmp_path: Path) -> None:
    told = "The rebel army of Marlow has {} fighters in the Sella hills."
    for name, figure in (("alpha", "about 1,500"), ("beta", "roughly 2,000")):
        (tmp_path / f"{name}.md").write_text(f"---\ndate: 2024-05-01\nsource: {name}\n---\n{told.format(figure)}\n")
    db = tmp_path / "c.duckdb"
    shown = claims("run", str(tmp_path / "alpha.md"), str(tmp_path / "beta.md"), "--db", str(db)).stdout
    assert "ROUND FIGURES DIFFER, can be one" in shown
    for view, rows in (("conflicts", 1), ("agreements", 0)):
        found = claims("sql", f"SELECT count(*) AS n FROM {view}", "--db", str(db), "--format", "json").stdout
        assert json.loads(found) == [{"n": rows}]


def test_a_second_run_changes_nothing(stories: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    claims("run", stories, "--db", path)
    before = (rows("facts", "--db", path), rows("list", "--db", path), rows("runs", "--db", path))
    result = claims("run", stories, "--db", path)
    assert "nothing new to extract" in result.stdout
    assert (rows("facts", "--db", path), rows("list", "--db", path), rows("runs", "--db", path)) == before


def test_its_two_halves_give_the_same(stories: Path, db: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    claims("extract", stories, "--db", path)
    assert rows("facts", "--db", path) == []
    claims("align", "--db", path)
    assert rows("facts", "--db", path) == rows("facts", "--db", db)


def test_run_for_programs(stories: Path, tmp_path: Path) -> None:
    result = claims("run", stories, "--db", tmp_path / "s.duckdb", "--format", "json", "--quiet")
    told = json.loads(result.stdout)
    assert told["summary"]["documents"] == 2
    assert told["summary"]["complete"] is True
    assert told["discrepancies"][0]["discrepancy"] is True
    assert result.stderr == ""


def test_trouble_is_said_and_the_rest_is_done(stories: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(STORIES["one.txt"])
    (folder / "empty.txt").write_text("")
    (folder / "noise.bin").write_bytes(bytes(range(256)))
    result = claims("run", folder, tmp_path / "missing", "--db", tmp_path / "s.duckdb", code=3)
    assert "1 document (1 extracted now)" in result.stdout
    assert len([line for line in result.stderr.splitlines() if ": " in line and str(tmp_path) in line]) == 3
    assert "3 of the inputs could not be read" in result.stderr
    assert "Traceback" not in result.output


def test_standard_input(tmp_path: Path) -> None:
    result = claims("run", "-", "--db", tmp_path / "s.duckdb", stdin="About 90 people came to Ostrow on Monday.")
    assert "1 document" in result.stdout
    assert rows("list", "--db", tmp_path / "s.duckdb")[0]["quantity"]["comparator"] == "~"


def test_the_store_may_come_from_the_environment(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_DB", str(db))
    assert rows("facts")


# Listings


def test_the_fields_of_facts_are_those_documented(db: Path) -> None:
    found = rows("facts", "--db", db)
    assert found
    for fact in found:
        assert list(fact) == list(fields.FACT)
        assert all(list(value) == list(fields.VALUE) for value in fact["values"])
        assert all(list(pair) == list(fields.PAIR) for pair in fact["pairs"])
        assert {"comparator", "low", "high", "unit", "of", "as_written"} <= set(fact["values"][0]["value"])
        members = {value["claim_id"] for value in fact["values"]}
        assert all({pair["a"], pair["b"]} <= members for pair in fact["pairs"])
    assert {fact["relation"] for fact in found} >= {"refine", "agree"}


def test_the_fields_of_claims_are_those_documented(db: Path, stories: Path) -> None:
    found = rows("list", "--db", db)
    texts = {str(stories / name): text.split("---\n", 2)[2] for name, text in STORIES.items()}
    assert len(found) > 3
    for claim in found:
        assert list(claim) == list(fields.CLAIM)
        assert texts[claim["document"]][claim["start"] : claim["end"]] == claim["quote"]


def test_conflicts_are_the_facts_with_a_discrepancy(db: Path) -> None:
    assert rows("conflicts", "--db", db) == [f for f in rows("facts", "--db", db) if f["discrepancy"]]


@pytest.mark.parametrize("command", ["facts", "conflicts", "list", "sources", "rejected", "runs"])
def test_every_listing_in_every_format(db: Path, command: str) -> None:
    found = rows(command, "--db", db)
    lines = claims(command, "--db", db, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == found
    table = claims(command, "--db", db).stdout
    assert max(map(len, table.splitlines())) <= 80
    sheet = list(csv.DictReader(io.StringIO(claims(command, "--db", db, "--format", "csv").stdout)))
    if command in ("facts", "conflicts"):
        assert len(sheet) == sum(len(fact["values"]) for fact in found)
        assert {"fact_id", "claim_id", "value_low", "quote"} <= set(sheet[0])
    else:
        assert len(sheet) == len(found)
    markdown = claims(command, "--db", db, "--format", "markdown").stdout.splitlines()
    assert len(markdown) == len(found) + 2
    assert all(line.startswith("|") for line in markdown)


def test_filters_of_list(db: Path) -> None:
    everything = rows("list", "--db", db)
    daily = rows("list", "--db", db, "--source", "daily")
    assert {c["source"] for c in daily} == {"Daily"}
    assert 0 < len(daily) < len(everything)
    assert {c["kind"] for c in rows("list", "--db", db, "--kind", "quantity")} == {"quantity"}
    assert all("mayor" in c["attribution"]["speaker"].lower() for c in rows("list", "--db", db, "--speaker", "mayor"))
    assert all("$7" in c["quote"] for c in rows("list", "--db", db, "--words", "$7"))
    assert {c["document"] for c in rows("list", "--db", db, "--document", "two")} == {everything[-1]["document"]}
    assert len(rows("list", "--db", db, "--limit", "1")) == 1
    assert "unknown; give one of" in claims("list", "--db", db, "--kind", "x", code=2).stderr
    assert "no document" in claims("list", "--db", db, "--document", "nowhere", code=2).stderr


def test_show_a_claim_a_fact_a_document(db: Path) -> None:
    claim = next(c for c in rows("list", "--db", db, "--words", "90%") if c["quantity"])
    shown = claims("show", claim["id"], "--db", db).stdout
    assert f"[{claim['quote']}]" in " ".join(shown.split())
    assert "FIGURES DIFFER" in shown
    told = json.loads(claims("show", claim["id"], "--db", db, "--format", "json").stdout)
    assert told["facts"][0]["pairs"]
    assert told["context"]["after"] or told["context"]["before"]
    (fact,) = json.loads(claims("show", told["facts"][0]["fact_id"], "--db", db, "--format", "json").stdout)
    assert fact == told["facts"][0]
    article = claims("show", claim["document_id"][:8], "--db", db).stdout
    assert "[" in article
    assert "Bridge vote" in article
    assert "no claim, fact or document" in claims("show", "zzz", "--db", db, code=2).stderr


# SQL


def test_sql(db: Path) -> None:
    assert rows("sql", "SELECT count(*) AS n FROM documents", "--db", db) == [{"n": 2}]
    assert rows("sql", "SELECT 1 AS a, 2 AS a, DATE '2024-05-06' AS d, [1, NULL] AS l", "--db", db) == [
        {"a": 1, "a_2": 2, "d": "2024-05-06", "l": [1, None]}
    ]
    assert "outlet" in claims("sql", "SELECT outlet, claims FROM sources", "--db", db).stdout
    for query in ("SELECT * FROM read_text('/etc/hostname')", "DELETE FROM store.claims", "SELECT nonsense"):
        result = claims("sql", query, "--db", db, code=4)
        assert len(result.stderr.strip().splitlines()) == 1


def test_sql_reaches_files_only_when_asked_to(db: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("source\nDaily\n")
    query = f"SELECT s.outlet FROM sources s JOIN read_csv('{tmp_path / 'mine.csv'}') m ON m.source = s.outlet"
    assert "--allow-files" in claims("sql", query, "--db", db, code=4).stderr
    assert rows("sql", query, "--db", db, "--allow-files") == [{"outlet": "Daily"}]
    claims("sql", "DELETE FROM store.claims", "--db", db, "--allow-files", code=4)


# Parts on their own


def test_compare() -> None:
    told = json.loads(
        claims(
            "compare", "More than 90% of voters agreed.", "More than 92% of voters agreed.", "--format", "json"
        ).stdout
    )
    assert (told["relation"], told["discrepancy"], told["finer"]) == ("refine", True, "B")
    assert claims("compare", "It rained for 3 days.", "Prices rose 5%.").stdout.startswith("unrelated")
    assert claims("compare", "about $7 billion", "$7 billion").stdout.startswith("approximate")


def test_quantities() -> None:
    (row,) = rows("quantities", "between 18 and 20 people came")
    assert (row["low"], row["high"], row["comparator"]) == (18, 20, "range")
    found = json.loads(claims("quantities", "--lines", "--format", "json", stdin="90 dogs\n\nover 5 cats\n").stdout)
    assert [(row["line"], row["comparator"]) for row in found] == [(1, "="), (3, ">")]
    assert "(5, ∞)" in claims("quantities", "over 5 cats").stdout
    assert "no quantity found" in claims("quantities", "nothing at all").stdout


def test_attributions(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('"The bridge is closed," Mayor Anna Berg said.\n')
    (row,) = json.loads(claims("attributions", tmp_path / "a.txt", "--format", "json").stdout)
    assert "Berg" in row["speaker"]
    assert row["cue"] == "said"
    assert "The bridge is closed" in row["content"]
    assert "cannot be read" in claims("attributions", tmp_path / "none.txt", code=3).stderr


def test_prompts_sends_nothing_and_shows_everything(stories: Path) -> None:
    shown = claims("prompts", stories).stdout
    assert "[system]" in shown
    assert "voters in Ostrow" in shown
    found = json.loads(claims("prompts", stories, "--format", "json", "--profile", "small").stdout)
    assert {"document", "start", "end", "message", "role", "content"} == set(found[0])


def test_dry_run_estimates_and_changes_nothing(stories: Path, db: Path, tmp_path: Path) -> None:
    options = ["--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--price-input", "1", "--price-output", "2"]
    told = json.loads(
        claims("run", stories, "--dry-run", *options, "--db", tmp_path / "s.duckdb", "--format", "json").stdout
    )
    assert told["documents"] == 2
    assert told["calls"] >= 2
    assert told["cost"] == pytest.approx((told["prompt_tokens"] + 2 * told["completion_tokens"]) / 1e6)
    assert not (tmp_path / "s.duckdb").exists()
    before = db.read_bytes()
    assert "cost: about $" in claims("run", stories, "--dry-run", *options, "--db", db).stdout
    assert db.read_bytes() == before
    assert "costs nothing" in claims("run", stories, "--dry-run", "--db", db).stdout


# Upkeep


def test_verify_finds_what_is_wrong(stories: Path, tmp_path: Path) -> None:
    from claims.store import open_store

    path = tmp_path / "s.duckdb"
    claims("run", stories, "--db", path)
    assert claims("verify", "--db", path).stdout.startswith("sound")
    assert rows("verify", "--db", path) == []
    with open_store(path) as store:
        claim = store.queries.claims()[0]["id"]
        fact = store.queries.facts()[0]["fact_id"]
        store.connection.execute("UPDATE store.claims SET quote = 'planted' WHERE id = $1", [claim])
        store.connection.execute(
            "UPDATE store.relations SET relation = 'agree', discrepancy = false WHERE fact_id = $1", [fact]
        )
        store.connection.execute(
            "INSERT INTO store.fact_members (fact_id, claim_id, about, relation, discrepancy, slot)"
            " VALUES ('f0', 'c0', 'nothing', 'agree', false, 'quantity')"
        )
        store.connection.execute("DELETE FROM store.locations WHERE path LIKE '%two.txt'")
        store.connection.execute("UPDATE store.extractions SET run_id = 'gone'")
    result = claims("verify", "--db", path, "--format", "json", code=4)
    found = {(row["check"], row["id"]) for row in json.loads(result.stdout)}
    assert ("quote", claim) in found
    assert ("relation", fact) in found or ("fact", fact) in found
    assert ("fact", "f0") in found
    assert "reference" in {check for check, _ in found}
    assert "faults in the store" in result.stderr


def test_forget_a_document_leaves_nothing_of_it(stories: Path, tmp_path: Path) -> None:
    path, other = tmp_path / "s.duckdb", tmp_path / "o.duckdb"
    claims("run", stories, "--db", path)
    claims("run", stories / "one.txt", "--db", other)
    assert "1 documents" in claims("forget", "two", "--db", path).stdout
    assert rows("facts", "--db", path) == rows("facts", "--db", other) == []
    assert [c["id"] for c in rows("list", "--db", path)] == [c["id"] for c in rows("list", "--db", other)]
    dump = json.dumps(
        [rows("sql", f"FROM store.{name}", "--db", path) for name in ("documents", "locations", "claims", "calls")]
    )
    assert "92%" not in dump
    claims("verify", "--db", path)
    claims("run", stories, "--db", path)
    assert len(rows("facts", "--db", path)) > 0


def test_forget_a_run(stories: Path, tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    claims("run", stories, "--db", path)
    (run,) = rows("runs", "--db", path)
    claims("forget", run["id"], "--db", path)
    assert rows("list", "--db", path) == rows("runs", "--db", path) == rows("facts", "--db", path) == []
    assert rows("sql", "SELECT count(*) AS n FROM documents", "--db", path) == [{"n": 2}]
    assert "no document" in claims("forget", "nowhere", "--db", path, code=2).stderr


def test_diff_of_two_runs(stories: Path, tmp_path: Path) -> None:
    from claims.models import Claim
    from claims.store import Extracted, open_store

    path = tmp_path / "s.duckdb"
    claims("run", stories, "--db", path)
    with open_store(path) as store:
        kept = list(store.extractions.active())
        run = store.ledger.begin("run", "other", extractor="m", version="1", documents=2)
        changed = kept[0].model_copy(update={"place": "Ostrow", "run_id": run})
        new = Claim.model_validate({**kept[1].model_dump(), "id": "c_new", "start": 0, "end": 3, "quote": "XXX"})
        batch: dict[str, list[Claim]] = {}
        for claim in [changed, new, *kept[2:]]:
            batch.setdefault(claim.document_id, []).append(claim)
        store.extractions.save("other", run, [Extracted(d, found, []) for d, found in batch.items()])
        store.ledger.end(run, "complete", 2)
    first = rows("runs", "--db", path)[0]["id"]
    found = rows("diff", first, run, "--db", path)
    assert ("claim", "changed", ["place"]) in [(r["what"], r["change"], list(r["fields"])) for r in found]
    assert {"appeared", "vanished"} <= {row["change"] for row in found if row["what"] == "claim"}
    assert rows("diff", first, first, "--db", path) == []
    assert "the two runs give the same" in claims("diff", first, first, "--db", path).stdout
    assert "means no run" in claims("diff", first, "r9", "--db", path, code=2).stderr


def test_retry_needs_a_model(db: Path) -> None:
    assert "no model is set" in claims("retry", "--db", db, code=2).stderr


def test_retry_takes_up_failures_of_the_kinds_asked_for(stories: Path, tmp_path: Path) -> None:
    path, ill = tmp_path / "s.duckdb", True

    def respond(request: Request) -> Reply | str:
        if ill and "bridge will cost" in request.data["sentence"]:
            return error(500)
        if ill:
            return Reply(completion(None, refusal="no", request=request))
        return honest(request)

    with FaultyServer(respond) as server:
        model = (
            "--model",
            "test",
            "--base-url",
            server.url,
            "--window",
            "1",
            "--max-attempts",
            "1",
            "--db",
            path,
            "--price-input",
            "1",
            "--price-output",
            "1",
        )
        assert "claims retry" in claims("run", stories, *model, code=1).stderr
        kinds = dict(asked_of(path, "SELECT error_kind, count(*) FROM store.windows GROUP BY 1"))
        assert kinds == {"server_error": 2, "refused": 2}
        ill = False
        asked = len(server.requests)
        claims("retry", *model, "--kind", "server_error")  # all that was asked for is done
        assert len(server.requests) - asked == 2
        assert asked_of(path, "SELECT DISTINCT error_kind FROM store.windows WHERE status = 'failed'") == [("refused",)]
        assert "no failure of this kind" in claims("retry", *model, "--kind", "nonsense", code=2).stderr
        claims("retry", *model)
        assert len(server.requests) - asked == 4
        assert asked_of(path, "SELECT count(*) FROM store.windows WHERE status = 'failed'") == [(0,)]
    told = claims("runs", "--db", path).stdout
    assert " a document, $" in told
    assert told.rstrip().endswith(" a claim")


def asked_of(path: Path, query: str) -> list[tuple[Any, ...]]:
    from claims.store import open_store

    with open_store(path) as store:
        return list(store.sql(query)[1])


# Out and in


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_export_and_import_lose_nothing(db: Path, tmp_path: Path, form: str) -> None:
    from claims.store.transfer import TABLES

    claims("export", tmp_path / "out", "--format", form, "--db", db)
    claims("import", tmp_path / "out", "--db", tmp_path / "b.duckdb")
    for table in TABLES:
        query = f"SELECT * FROM store.{table} ORDER BY ALL"
        assert rows("sql", query, "--db", tmp_path / "b.duckdb") == rows("sql", query, "--db", db)
    claims("verify", "--db", tmp_path / "b.duckdb")
    assert "nothing" in claims("import", tmp_path / "out", "--db", tmp_path / "b.duckdb").stderr


def test_import_into_a_store_with_documents_aligns_anew(stories: Path, db: Path, tmp_path: Path) -> None:
    claims("run", stories / "one.txt", "--db", tmp_path / "a.duckdb")
    claims("run", stories / "two.txt", "--db", tmp_path / "b.duckdb")
    claims("export", tmp_path / "out", "--db", tmp_path / "b.duckdb")
    claims("import", tmp_path / "out", "--db", tmp_path / "a.duckdb")
    assert rows("facts", "--db", tmp_path / "a.duckdb") == rows("facts", "--db", db)
    assert "not an export" in claims("import", stories, "--db", tmp_path / "a.duckdb", code=3).stderr


def test_export_for_spreadsheets(db: Path, tmp_path: Path) -> None:
    claims("export", tmp_path / "out", "--format", "csv", "--db", db)
    with (tmp_path / "out" / "claims.csv").open(newline="") as file:
        assert len(list(csv.DictReader(file))) == len(rows("list", "--db", db))


def test_export_as_schema_org(db: Path, tmp_path: Path) -> None:
    claims("export", tmp_path / "out", "--format", "jsonld", "--db", db)
    told = json.loads((tmp_path / "out" / "claims.jsonld").read_text())
    assert told["@context"] == "https://schema.org"
    vocabulary = json.loads((ROOT / "tests" / "data" / "schema_org.json").read_text())
    ids = {node["@id"] for node in told["@graph"]}

    def check(node: dict[str, Any]) -> None:
        if set(node) == {"@id"}:
            assert node["@id"] in ids
            return
        known = vocabulary[node["@type"]]
        for name, value in node.items():
            if name.startswith("@"):
                continue
            assert name in known, f"{node['@type']} has no {name}"
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, dict):
                    check(item)
                    assert "@type" not in item or item["@type"] in known[name]
                else:
                    assert {"Text", "URL", "Date"} & set(known[name])

    for node in told["@graph"]:
        check(node)
    assert {node["@type"] for node in told["@graph"]} == {"NewsArticle", "Claim", "ClaimReview"}


@pytest.mark.parametrize("name", ["r.html", "r.md", "r.json"])
def test_report(db: Path, tmp_path: Path, name: str) -> None:
    claims("report", "-o", tmp_path / name, "--db", db)
    text = (tmp_path / name).read_text()
    assert "92%" in text
    assert claims("report", "-o", "-", "--format", "markdown", "--db", db).stdout.startswith("# ")
    assert "cannot be written" in claims("report", "-o", tmp_path / "no" / name, "--db", db, code=4).stderr


# Hostile articles


def test_an_article_cannot_write_to_the_terminal_a_sheet_or_markdown(tmp_path: Path) -> None:
    evil = "\x1b[2J\x1b]0;owned\x07 \u202e \u009b31m"
    text = (
        f'=HYPERLINK("http://x") told 90 people {evil} <script>alert(1)</script> | `x` [a](b), Mayor {evil} Berg said.'
    )
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "=cmd|' \x1b[31m.jsonl").write_text(
        json.dumps({"text": text, "source": f"=1+1{evil}", "title": f"@SUM(1){evil}", "id": f"+evil{evil}"})
    )
    path = tmp_path / "s.duckdb"
    shown = claims("run", tmp_path, "--db", path, "--format", "table").output
    for command in (["list"], ["facts"], ["sources"], ["show", "d"], ["sql", "SELECT * FROM documents"], ["rejected"]):
        for form in ("table", "markdown", "csv"):
            if command == ["show", "d"]:
                command = ["show", rows("sql", "SELECT id FROM documents", "--db", path)[0]["id"]]
            result = claims(*command, "--db", path, "--format", form)
            shown += result.output
            if form == "csv" and command[0] != "show":
                cells = [cell for row in csv.reader(io.StringIO(result.stdout)) for cell in row]
                assert not [
                    c for c in cells if c.startswith(("=", "+", "@")) or (c.startswith("-") and not c[1:2].isdigit())
                ]
            if form == "markdown" and command[0] != "show":
                assert "<script" not in result.stdout
    for character in ("\x1b", "\x07", "\u202e", "\u009b"):
        assert character not in shown


# Behaviour of the program


def test_version_and_help() -> None:
    assert claims("--version").stdout.startswith("claims 0.")
    assert claims("-h").stdout == claims("--help").stdout
    assert "Usage" in claims(code=2).output


def every_command() -> Iterator[tuple[str, Any]]:
    top = typer.main.get_command(app)
    for name, command in top.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        yield from ((f"{name} {sub}", c) for sub, c in inner.items()) if inner else [(name, command)]


@pytest.mark.parametrize(("name", "command"), list(every_command()))
def test_every_command_and_option_has_help(name: str, command: Any) -> None:
    assert command.help
    assert command.help.strip().endswith(".")
    for parameter in command.params:
        assert parameter.help, f"{name}: {parameter.name}"


def test_wrong_use_is_one_line_and_exit_2(db: Path) -> None:
    for arguments in (["nonsense"], ["list", "--nonsense"], ["facts", "--format", "xml"], ["run"], ["show"]):
        result = claims(*arguments, code=2)
        assert "Traceback" not in result.output


def test_no_store(tmp_path: Path) -> None:
    for command in (["facts"], ["list"], ["sql", "SELECT 1"], ["runs"], ["verify"], ["report"]):
        result = claims(*command, "--db", tmp_path / "none.duckdb", code=4)
        assert result.stderr.count("\n") == 1
        assert "claims run PATH" in result.stderr


def test_help_imports_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['claims', '--help']\ntry:\n  from claims.cli import main; main()\n"
    code += "except SystemExit: pass\nheavy = ('duckdb', 'pydantic', 'openai', 'rich.table', 'trafilatura')\n"
    code += "print([m for m in heavy if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_error(db: Path) -> None:
    command = f"{sys.executable} -m claims list --db {db} --format jsonl | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stderr == ""


def test_no_colour_in_a_pipe_and_none_with_no_color(db: Path) -> None:
    for environment in ({}, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
        done = in_a_process("conflicts", "--db", db, env=environment)
        assert "\x1b" not in done.stdout + done.stderr
        assert "FIGURES DIFFER" in done.stdout


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    text = "The council of Ostrow said on Monday that about 90 people came to the bridge, and 12 of them left. " * 9
    with (tmp_path / "a.jsonl").open("w") as file:
        for number in range(1000):
            file.write(json.dumps({"text": f"Story {number}. {text}", "source": "Daily"}) + "\n")
    # The progress of the program stops itself in the middle, as a person would.
    code = (
        "import os, signal, sys\n"
        "from claims.cli import progress\n"
        "plain = progress.TerminalProgress.advance\n"
        "def advance(self, items, **counts):\n"
        "    plain(self, items, **counts)\n"
        "    if counts: os.kill(os.getpid(), signal.SIGINT)\n"
        "progress.TerminalProgress.advance = advance\n"
        f"sys.argv = ['claims', 'extract', {str(tmp_path / 'a.jsonl')!r}, '--db', {str(tmp_path / 's.duckdb')!r}]\n"
        "sys.argv += ['--jobs', '1']\n"
        "from claims.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "stopping after what is in flight" in done.stderr
    assert "run the same command again" in done.stderr
    assert done.returncode == 1
    (run,) = rows("runs", "--db", tmp_path / "s.duckdb")
    assert run["status"] == "interrupted"
    assert 0 < run["documents_done"] < 1000
    assert rows("sql", "SELECT count(*) AS n FROM documents", "--db", tmp_path / "s.duckdb") == [{"n": 1000}]
    claims("extract", tmp_path / "a.jsonl", "--db", tmp_path / "s.duckdb", "--jobs", "1")
    assert rows("runs", "--db", tmp_path / "s.duckdb")[-1]["status"] == "complete"
