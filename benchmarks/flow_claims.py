"""`claims` itself in the flow benchmark: run by flow.py in a process of its own. Prints one JSON line.

All work of `claims extract` is inside the clock and the memory: windows, schemas, calls, grounding and the durable
store. As for the peers, imports are not.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import claims.pipeline.model  # noqa: F401  (imported when first used, which would be inside the clock)
from claims.pipeline import Progress, Summary, extract, read_documents
from claims.settings import resolve
from claims.store import open_store


def main(port: str, articles: str, concurrency: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = resolve(
            environment={"OPENAI_API_KEY": "none"},
            folder=Path(folder),
            model="benchmark",
            base_url=f"http://127.0.0.1:{port}/v1",
            concurrency=concurrency,
            profile="small",
            window=20,
        )
        summary = Summary()
        with open_store(Path(folder) / "claims.duckdb") as store:
            # The endpoint gives one answer only, so it cannot pass the probe: its mode is given.
            way = {"mode": "json_schema", "limit": "max_tokens", "dropped": []}
            store.memory("mode")[f"endpoint {settings.endpoint} {settings.model}"] = json.dumps(way)
            cpu, wall = time.process_time(), time.perf_counter()
            ids = read_documents(store, [articles], summary, Progress())
            read_cpu, read_wall = time.process_time(), time.perf_counter()
            extract(store, ids, settings, summary, Progress())
            seconds, cpu_all = time.perf_counter() - wall, time.process_time() - cpu
            _, rows = store.sql(
                "SELECT (SELECT count(*) FROM store.claims), (SELECT count(*) FROM store.rejected),"
                " (SELECT count(*) FROM store.calls WHERE purpose = 'extract')"
            )
            claims, rejected, calls = rows[0]
    line = {
        "seconds": seconds - (read_wall - wall),
        "seconds_with_reading": seconds,
        "cpu_ms": 1000 * (cpu_all - (read_cpu - cpu)) / len(ids),
        "cpu_ms_with_reading": 1000 * cpu_all / len(ids),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "items": claims,
        "rejected": rejected,
        "failures": summary.failures,
        "calls": calls,
    }
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
