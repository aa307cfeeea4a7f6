"""The main job on the five seeds with a real model's answers, recorded by `make record` and replayed offline."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from conftest import CASSETTES, SEEDS
from typer.testing import CliRunner

from claims.cli.app import app
from claims.store import open_store

RECORDED = CASSETTES / "test_end_to_end_model" / "recorded_with.json"
RECORDING = "CLAIMS_RECORD_MODEL" in os.environ


def endpoint() -> list[str]:
    """The model that the cassette holds; while recording, the one that the environment names, and it is noted."""
    if RECORDING:
        model = os.environ["CLAIMS_RECORD_MODEL"]
        RECORDED.parent.mkdir(parents=True, exist_ok=True)
        RECORDED.write_text(json.dumps({"model": model}) + "\n", encoding="utf-8")
        os.environ["OPENAI_API_KEY"] = os.environ.get("CLAIMS_RECORD_KEY", "local")
        address = os.environ["CLAIMS_RECORD_BASE_URL"]
        # A small model on a busy machine takes minutes to answer.
        return ["--model", model, "--base-url", address, "--concurrency", "1", "--timeout", "1800"]
    model = json.loads(RECORDED.read_text(encoding="utf-8"))["model"]
    return ["--model", model, "--base-url", "http://127.0.0.1:9/v1"]


@pytest.mark.vcr
def test_seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "claims.duckdb"
    monkeypatch.setenv("CLAIMS_PROFILE", "small")
    result = CliRunner().invoke(app, ["run", str(SEEDS), "--db", str(db), *endpoint()])
    assert result.exit_code == 0, result.output + str(result.exception)
    with open_store(db) as store:
        documents = {document.id: document for document in store.documents.stream()}
        claims = list(store.extractions.active())
        failed = store.sql("SELECT purpose, error FROM store.calls WHERE status <> 'ok'")[1]
    assert not failed, "a request is not on the cassette: run `make record`"
    assert len(documents) == 5
    assert {claim.document_id for claim in claims} == set(documents)
    for claim in claims:
        assert documents[claim.document_id].text[claim.start : claim.end] == claim.quote

    def facts(about: str) -> list[dict[str, Any]]:
        found = CliRunner().invoke(app, ["facts", "--db", str(db), "--format", "json"])
        return [fact for fact in json.loads(found.output) if fact["about"].startswith(about)]

    def sources(fact: dict[str, Any]) -> set[str]:
        return {Path(value["document"]).name[:3] for value in fact["values"]}

    (share,) = facts("share of voters")
    assert (share["relation"], share["discrepancy"]) == ("refine", True)
    assert sources(share) == {"001", "002", "003"}
    assert sorted(value["value"]["low"] for value in share["values"]) == [90, 90, 92]
    (commission,) = [value["speaker"] for value in share["values"] if value["speaker"]]
    assert "Commission" in commission
    (day,) = facts("day")
    assert (day["relation"], day["discrepancy"]) == ("agree", False)
    assert sources(day) == {"000", "001", "003"}
