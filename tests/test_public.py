"""What `import claims` gives, and nothing else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import claims

NAMES = {
    "Attribution", "Claim", "ClaimsError", "Document", "Fact", "Quantity", "Rejection", "Relation", "RelationKind",
    "Store", "TimeRef", "__version__", "align", "compare_claims", "document", "extract", "find_attributions",
    "find_quantities", "open_store", "read", "run",
}  # fmt: skip


def test_the_list_of_names() -> None:
    assert set(claims.__all__) == NAMES == set(dir(claims))
    for name in NAMES:
        assert getattr(claims, name) is not None
        assert name == "__version__" or getattr(claims, name).__doc__


def test_importing_costs_next_to_nothing() -> None:
    code = (
        "import sys, claims; print([m for m in ('duckdb', 'pydantic', 'openai', 'rich', 'typer') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_main_job_in_four_lines(tmp_path: Path) -> None:
    one = claims.document("More than 90% of voters in Ostrow backed the bridge, the council said.", source="Daily")
    two = claims.document("More than 92% of voters in Ostrow backed the bridge.", source="Weekly")
    found = [*claims.extract(one), *claims.extract(two)]
    for claim in found:
        text = {one.id: one, two.id: two}[claim.document_id].text
        assert text[claim.start : claim.end] == claim.quote
    assert {c.quantity.low for c in found if c.quantity} == {90, 92}


def test_read_and_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("About 90 people came to the bridge, the mayor said.")
    assert [d.path for d in claims.read([tmp_path])] == [str(tmp_path / "a.txt")]
    with claims.open_store(tmp_path / "s.duckdb") as store:
        summary = claims.run(store, [tmp_path / "a.txt"])
        assert summary.complete()
        assert summary.documents == 1
