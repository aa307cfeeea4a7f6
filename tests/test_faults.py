"""A whole run through a server that fails in every way: it ends complete, and each call is in the ledger once."""

from __future__ import annotations

import json
from pathlib import Path

from mixture import FAULTS, Mixture, account, article
from servers import FaultyServer

from claims.pipeline import Progress, Summary, extract, read_documents
from claims.settings import resolve
from claims.store import open_store

DOCUMENTS = 40


def test_a_run_through_every_fault_ends_complete(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(json.dumps(article(n)) + "\n" for n in range(DOCUMENTS)), encoding="utf-8")
    mixture = Mixture(seed=11, share=0.5, latency=0.002, stall=3.0, retry_after=0.05)
    with FaultyServer(mixture) as server, open_store(tmp_path / "s.duckdb") as store:
        settings = resolve(
            environment={},
            folder=tmp_path,
            model="test",
            base_url=server.url,
            profile="small",
            window=2,
            concurrency=16,
            timeout=1.0,
            backoff=0.01,
            max_backoff=0.1,
        )
        summary = Summary()
        ids = read_documents(store, [articles], summary, Progress())
        extract(store, ids, settings, summary, Progress())
        found = account(store)
    assert set(mixture.injected) == set(FAULTS)
    assert summary.complete(), summary
    assert (found["documents"], found["complete"], found["failed_windows"]) == (DOCUMENTS, DOCUMENTS, 0)
    assert found["calls"] == dict(mixture.counted)
    assert {name: found["ids"].get(name) for name in mixture.ids} == mixture.ids
    assert (found["answered_twice"], found["repeated_claims"], found["rejected"]) == (0, 0, 0)
    assert found["claims"] == 3 * DOCUMENTS
