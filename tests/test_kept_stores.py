"""Stores that earlier versions wrote, opened by this one. `tests/stores/make.py` keeps one of each released schema."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import duckdb
import pytest

from claims.pipeline import Progress, Summary, align, faults
from claims.store import open_store

KEPT = sorted((Path(__file__).parent / "stores").glob("*.duckdb.gz"))
# What people gave, paid for or were told; the rest is computed anew.
PRECIOUS = (
    "documents",
    "places",
    "runs",
    "calls",
    "extractions",
    "windows",
    "claims",
    "rejected",
    "batches",
    "verdicts",
)


@pytest.fixture(params=KEPT, ids=lambda path: path.name[:4])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "kept.duckdb"
    with gzip.open(request.param) as packed, path.open("wb") as unpacked:
        shutil.copyfileobj(packed, unpacked)
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """{precious table: its rows, as text, without columns that came later}."""
    with duckdb.connect(str(path), read_only=True) as raw:
        tables = {name for (name,) in raw.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        return {
            name: raw.execute(f"SELECT CAST(t AS VARCHAR) FROM store.{name} t ORDER BY 1").fetchall()
            for name in PRECIOUS
            if name in tables
        }


def test_a_store_of_every_released_schema_is_kept() -> None:
    assert KEPT, "make one with tests/stores/make.py"


def test_nothing_is_lost_by_migrating(kept: Path) -> None:
    before = rows(kept)
    assert all(before[name] for name in ("documents", "runs", "calls", "extractions", "windows", "claims"))
    with open_store(kept):
        pass
    after = rows(kept)
    assert {name: len(found) for name, found in before.items()} == {name: len(after[name]) for name in before}


def test_a_migrated_store_can_be_aligned_and_is_sound(kept: Path) -> None:
    with open_store(kept) as store:
        align(store, Summary(), Progress())
        assert list(faults(store)) == []
        assert store.queries.facts(discrepancy=True)
        for view in ("runs", "calls", "conflicts", "sources", "rejected", "claims"):
            store.queries.view(view, 5)


def test_reading_an_old_store_migrates_it_first(kept: Path) -> None:
    with open_store(kept, read_only=True) as store:
        assert store.queries.counts()["documents"] > 0
