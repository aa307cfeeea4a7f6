"""Documentation cannot drift from the program."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from claims.pipeline import run
from claims.settings import Settings
from claims.store import Store, open_store

ROOT = Path(__file__).resolve().parent.parent
SQL = (ROOT / "docs" / "sql.md").read_text(encoding="utf-8")
QUESTIONS = re.findall(r"^### (\d+\. .*?)\n+(?:[^`#]*\n)?```sql\n(.*?)```", SQL, re.M | re.S)


def test_the_generated_documents_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for path, text in module.generated().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name} has drifted: run `make docs`"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("docs") / "s.duckdb"
    with open_store(path) as opened:
        run(opened, [ROOT / "seeds"], Settings())
    return Store(path, sandbox=True)


def test_the_cookbook_has_its_twenty_questions() -> None:
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize(("title", "query"), QUESTIONS, ids=[title for title, _ in QUESTIONS])
def test_every_query_of_the_cookbook_runs(store: Store, title: str, query: str) -> None:
    names, rows = store.sql(query)
    assert names
    if "(none among the seeds)" not in title:
        assert rows, f"{title}: no rows on the seed articles"


def test_every_view_is_described(store: Store) -> None:
    for (name,) in store.sql("SELECT view_name FROM duckdb_views() WHERE NOT internal")[1]:
        assert f"`{name}`" in SQL


def test_every_link_leads_somewhere() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
