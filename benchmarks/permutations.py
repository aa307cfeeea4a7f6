"""Do order and batches matter? 20 random orders and 20 random batch splits of the seeds and of the gold set.

    python benchmarks/permutations.py [--times 20]

Each article is extracted once; then its claims come into a new store in another order, at once or in random batches
that are aligned one after the other. Every store must hold the same facts, byte for byte. Prints a line for each corpus
and, as its last line, a JSON object. Ends with 1 when any differs.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import meta

from claims.documents import Reading, read
from claims.evaluation import load_gold
from claims.models import Document
from claims.pipeline import extract_document
from claims.pipeline.aligning import align_changes
from claims.pipeline.progress import Progress
from claims.store import Extracted, open_store

ROOT = Path(__file__).resolve().parent.parent


def facts_of(documents: Sequence[Document], done: dict[str, Extracted], sizes: Sequence[int]) -> str:
    """The facts of a store that got `documents` in batches of `sizes`, as JSON lines."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "s.duckdb") as store:
        start = 0
        for size in sizes:
            batch = documents[start : start + size]
            start += size
            ids = store.documents.add(batch)
            store.extractions.save("builtin", "r", [done[key] for key in ids])
            store.extractions.activate("builtin", ids)
            align_changes(store, Progress())
        return "\n".join(fact.model_dump_json() for fact in store.facts.all())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20)
    times = parser.parse_args().times
    rng = random.Random(1)
    gold = load_gold(ROOT / "benchmarks" / "gold" / "gold.json")
    corpora = {
        "seeds": list(read([ROOT / "seeds"], Reading())),
        "gold": [item.document() for item in gold.documents],
    }
    rows = []
    for name, documents in corpora.items():
        started = time.perf_counter()
        done = {d.id: Extracted(d.id, *extract_document(d)) for d in documents}
        expected = facts_of(documents, done, [len(documents)])
        orders = splits = 0
        for _ in range(times):
            mixed = rng.sample(documents, len(documents))
            orders += facts_of(mixed, done, [len(mixed)]) == expected
            sizes: list[int] = []
            while sum(sizes) < len(documents):
                sizes.append(rng.randrange(1, len(documents) - sum(sizes) + 1))
            splits += facts_of(rng.sample(documents, len(documents)), done, sizes) == expected
        row = {"corpus": name, "facts": expected.count("\n") + bool(expected), "orders": orders, "splits": splits}
        rows.append(row)
        sys.stdout.write(
            f"{name}: {row['facts']} facts; the same in {orders} of {times} orders and {splits} of {times} splits "
            f"({time.perf_counter() - started:.0f} s)\n"
        )
    sys.stdout.write(json.dumps({**meta.environment(), "benchmark": "permutations", "rows": rows}) + "\n")
    sys.exit(any(row["orders"] < times or row["splits"] < times for row in rows))


if __name__ == "__main__":
    main()
