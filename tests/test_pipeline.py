"""The whole path: seeds from the built-in extractor, any order, any batches, processes, memory, a full disk."""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from claims.pipeline import Summary, extract_document, faults, run
from claims.settings import Settings
from claims.store import open_store

ROOT = Path(__file__).resolve().parent.parent
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def facts_of(path: Path, *batches: list[Path]) -> list[dict[str, Any]]:
    with open_store(path) as store:
        for batch in batches:
            assert run(store, batch, Settings()).complete()
        return store.queries.facts()


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return facts_of(tmp_path_factory.mktemp("seeds") / "s.duckdb", SEEDS)


def quotes(fact: dict[str, Any]) -> str:
    return " | ".join(value["quote"] for value in fact["values"])


def test_the_share_of_voters_differs_in_one_source_of_three(seeds: list[dict[str, Any]]) -> None:
    (fact,) = [f for f in seeds if f["slot"] == "quantity" and "92%" in quotes(f)]
    assert fact["discrepancy"]
    assert fact["relation"] == "refine"
    lows = {Path(v["document"]).name[:3]: (v["value"]["low"], v["value"]["comparator"]) for v in fact["values"]}
    assert lows == {"001": (90, ">"), "002": (90, ">"), "003": (92, ">")}
    speakers = {Path(v["document"]).name[:3]: v["speaker"] or "" for v in fact["values"]}
    assert "Elections and Referendum Commission" in speakers["001"]
    relations = {frozenset((p["a"], p["b"])): p for p in fact["pairs"]}
    member = {Path(v["document"]).name[:3]: v["claim_id"] for v in fact["values"]}
    assert relations[frozenset((member["001"], member["002"]))]["relation"] == "agree"
    for other in ("001", "002"):
        pair = relations[frozenset((member[other], member["003"]))]
        assert (pair["relation"], pair["discrepancy"], pair["finer"]) == ("refine", True, member["003"])


def test_the_rank_differs_inside_one_source(seeds: list[dict[str, Any]]) -> None:
    (fact,) = [f for f in seeds if "Lieutenant-General" in quotes(f)]
    assert fact["discrepancy"]
    assert {Path(v["document"]).name[:3] for v in fact["values"]} == {"003"}


def test_the_day_of_the_vote_agrees(seeds: list[dict[str, Any]]) -> None:
    days = [f for f in seeds if f["slot"] == "time" and f["relation"] == "agree"]
    found = {Path(v["document"]).name[:3] for f in days for v in f["values"] if v["value"]["low"] == "2017-09-25"}
    assert {"000", "003"} <= found


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("24 hours after the vote", "Less than in 24 hours"),
        ("No one supported the referendum", "of voters"),
        ("October 4", "October 16"),
        ("October 16", "October 23"),
        ("October 4", "October 23"),
        ("Oct 21", "October"),
    ],
)
def test_what_must_not_be_one_fact(seeds: list[dict[str, Any]], one: str, two: str) -> None:
    for fact in seeds:
        assert not any(
            (one in a["quote"] and two in b["quote"]) or (two in a["quote"] and one in b["quote"])
            for a, b in combinations(fact["values"], 2)
        ), fact["about"]
        assert not any(words in quotes(fact) for words in ("three provinces", "sixth round"))
        assert not any(Path(value["document"]).name.startswith("004") for value in fact["values"]), quotes(fact)


def test_any_order_and_any_batches_give_the_same(seeds: list[dict[str, Any]], tmp_path: Path) -> None:
    dice = random.Random(7)
    for number in range(4):
        order = dice.sample(SEEDS, len(SEEDS))
        cut = dice.randrange(1, len(SEEDS))
        batches = [order] if number % 2 else [order[:cut], order[cut:]]
        assert facts_of(tmp_path / f"{number}.duckdb", *batches) == seeds


def test_a_sound_store(tmp_path: Path) -> None:
    with open_store(tmp_path / "s.duckdb") as store:
        run(store, SEEDS, Settings())
        assert list(faults(store)) == []


def test_processes_give_the_same_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"text": f"Story {n}: about {n + 90} people came."}) for n in range(250)))
    found = []
    for jobs in (1, 2):
        with open_store(tmp_path / f"{jobs}.duckdb") as store:
            run(store, [path], Settings(jobs=jobs))
            found.append([claim.model_dump(exclude={"run_id"}) for claim in store.extractions.active()])
    assert found[0] == found[1]
    assert len(found[0]) >= 250


def test_processes_of_a_program_say_nothing(tmp_path: Path) -> None:
    # The program imports the store before anything starts, so its processes do too, and end with it.
    program = """
import sys
from pathlib import Path
from claims.pipeline import run
from claims.settings import Settings
from claims.store import open_store
if __name__ == "__main__":
    with open_store(Path(sys.argv[1]) / "s.duckdb") as store:
        run(store, [Path(sys.argv[1]) / "a.txt"], Settings(jobs=2))
"""
    (tmp_path / "a.txt").write_text("About 90 people came.")
    (tmp_path / "program.py").write_text(program)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "program.py"), str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("", "")


def test_the_same_text_twice_is_one_document(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        shutil.copy(SEEDS[0], tmp_path / name)
    with open_store(tmp_path / "s.duckdb") as store:
        summary = run(store, [tmp_path], Settings())
        assert (summary.documents, summary.extracted) == (1, 1)
        (document,) = store.documents.stream()
        assert document.path == str(tmp_path / "a.txt")
        assert extract_document(document)[0]


def test_a_changed_file_is_said_to_have_changed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("About 90 people came.")
    with open_store(tmp_path / "s.duckdb") as store:
        run(store, [tmp_path / "a.txt"], Settings())
        (tmp_path / "a.txt").write_text("About 95 people came.")
        summary = run(store, [tmp_path / "a.txt"], Settings())
        assert any("changed since it was read" in note for note in summary.notes)
        assert store.documents.count() == 2


def test_an_empty_summary_is_complete() -> None:
    assert Summary().complete()
    assert not Summary(problems=["x"]).complete()


def test_a_full_disk_is_one_line_and_leaves_the_store_whole(tmp_path: Path) -> None:
    db = tmp_path / "s.duckdb"
    with open_store(db) as store:
        run(store, SEEDS[:2], Settings())
        before = store.queries.facts(), [c.id for c in store.extractions.active()]
    big = tmp_path / "big.jsonl"
    with big.open("w") as file:
        for number in range(400):
            file.write(
                json.dumps({"text": f"Story {number}. " + "".join(map(str, range(number, number + 9000)))}) + "\n"
            )
    limit = db.stat().st_size + 300_000

    # A limit on the size of files stands for a full disk: writing fails in the same way.
    def no_more() -> None:
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "claims", "run", str(big), "--db", str(db), "--quiet"],
        capture_output=True, text=True, cwd=ROOT, preexec_fn=no_more, check=False,
    )  # fmt: skip
    assert done.returncode == 4, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    with open_store(db) as store:
        assert (store.queries.facts(), [c.id for c in store.extractions.active()]) == before
        assert list(faults(store)) == []
