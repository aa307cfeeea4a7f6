"""Makes a store with rows in every table, to keep: `python tests/stores/make.py`, at the commit that releases a schema.

Writes NUMBER.duckdb.gz beside this file, NUMBER being that of the last migration. The tests open every kept store
with the newest code. The model is a test double: what counts here are the tables, not what stands in them.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1])]

from mixture import Mixture, article  # noqa: E402
from servers import FaultyServer  # noqa: E402

from claims.pipeline import Progress, Summary, extract, read_documents, run  # noqa: E402
from claims.settings import resolve  # noqa: E402
from claims.store import open_store  # noqa: E402

SEEDS = HERE.parents[1] / "seeds"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kept.duckdb"
        articles = Path(folder) / "articles.jsonl"
        articles.write_text("".join(json.dumps(article(number)) + "\n" for number in range(4)), encoding="utf-8")
        with open_store(path) as store:
            run(store, [SEEDS], resolve(environment={}, folder=Path(folder)), Progress())
            with FaultyServer(Mixture(seed=3, share=0.5, stall=0.5)) as server:
                settings = resolve(
                    environment={}, folder=Path(folder), model="double", base_url=server.url, profile="small",
                    backoff=0.01, max_backoff=0.05, timeout=0.3, max_attempts=2,
                )  # fmt: skip
                summary = Summary()
                extract(store, read_documents(store, [articles], summary, Progress()), settings, summary, Progress())
            number = store.sql("SELECT max(number) FROM store.migrations")[1][0][0]
        kept = HERE / f"{number:04}.duckdb.gz"
        kept.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
        sys.stdout.write(f"{kept}: {kept.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
