"""Alignment of generated corpora with planted facts, beside Splink on its DuckDB backend over the same records.

    python benchmarks/alignment_speed.py [--claims 10000 100000] [--new 100] [--jobs 2] [--no-splink]

For each size: seconds, CPU seconds of all processes, peak memory, precision and recall of pairs against what was
planted; then the same store with some new documents (incremental), and each view in milliseconds, the best of three: a
page of 100 rows, their number, and all of it put into a table, with every column of every row. Loading the claims into
the store is not part of the time, as reading the Parquet file is not part of Splink's. The store is aligned by a
process of its own, so that memory is what alignment holds, with its workers: `peak_mb` is the sum of proportional set
sizes, in which each page counts once (`rss_mb` counts shared ones for each process); of Splink, one process, it is the
resident set. Linux only. Prints a table and, as its last line, JSON.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import memory
import meta
import peers

if TYPE_CHECKING:
    from corpus import Record

    from claims.store import Store

HERE = Path(__file__).resolve().parent
CONFIG = "generated"
QUESTIONS = {
    "page": "SELECT * FROM main.{} LIMIT 100",
    "count": "SELECT count(*) FROM main.{}",
    "whole": "CREATE OR REPLACE TEMP TABLE whole AS SELECT * FROM main.{}",
}


def load(store: Store, items: Iterable[Record]) -> dict[str, str]:
    """Puts records into the store, article by article; returns {claim id: planted fact}."""
    from claims.store import Extracted

    planted: dict[str, str] = {}
    articles: dict[str, list[Record]] = {}

    def flush() -> None:
        documents = [rows[0].document for rows in articles.values()]
        store.documents.add(documents)
        batch = [Extracted(key, [row.claim for row in rows], []) for key, rows in articles.items()]
        store.extractions.save(CONFIG, "generated", batch)
        articles.clear()

    for record in items:
        if record.document.id not in articles and len(articles) >= 5000:
            flush()
        articles.setdefault(record.document.id, []).append(record)
        planted[record.claim.id] = record.fact
    flush()
    return planted


def quality(store: Store, planted: dict[str, str]) -> tuple[float, float]:
    """(precision, recall) of the pairs of claims that are in one fact."""
    _, rows = store.sql("SELECT claim_id, min(fact_id) FROM store.fact_members GROUP BY claim_id")
    fact_of = dict(rows)
    cells: Counter[tuple[str, str]] = Counter()
    for claim, truth in planted.items():
        cells[truth, fact_of.get(claim, claim)] += 1
    true, found = Counter[str](), Counter[str]()
    for (truth, fact), number in cells.items():
        true[truth] += number
        found[fact] += number

    def pairs(counts: Iterable[int]) -> int:
        return sum(number * (number - 1) // 2 for number in counts)

    both = pairs(cells.values())
    return both / max(1, pairs(found.values())), both / max(1, pairs(true.values()))


def views_ms(store: Store) -> dict[str, dict[str, int]]:
    """{view: {question: milliseconds}}, the best of three."""
    _, rows = store.sql("SELECT view_name FROM duckdb_views() WHERE schema_name = 'main' AND NOT internal ORDER BY 1")
    found: dict[str, dict[str, int]] = {}
    for (view,) in rows:
        for name, question in QUESTIONS.items():
            taken = []
            for _ in range(3):
                started = time.perf_counter()
                store.sql(question.format(view))
                taken.append(time.perf_counter() - started)
            found.setdefault(view, {})[name] = round(1000 * min(taken))
    return found


def cpu_seconds() -> float:
    """Of this process and of those that it started and that have ended."""
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in usage)


def align(path: str, jobs: int) -> dict[str, float]:
    """Aligns the store at `path`. Run in a process of its own."""
    from claims.pipeline.aligning import align_changes
    from claims.pipeline.progress import Progress
    from claims.store import open_store

    with open_store(Path(path)) as store:
        started, spent = time.perf_counter(), cpu_seconds()
        align_changes(store, Progress(), jobs=jobs)
        return {"seconds": time.perf_counter() - started, "cpu_seconds": cpu_seconds() - spent}


def measure(size: int, new: int, jobs: int) -> dict[str, Any]:
    """One corpus of `size` claims, then `new` documents more."""
    # Not at the top: a process of the pool loads this module too, and starts no slower for it than for the CLI.
    from corpus import records

    from claims.pipeline.aligning import align_changes
    from claims.pipeline.progress import Progress
    from claims.store import open_store

    with tempfile.TemporaryDirectory() as folder:
        path, told = Path(folder) / "s.duckdb", Path(folder) / "told.json"
        with open_store(path) as store:
            planted = load(store, records(size))
        command = [sys.executable, __file__, "--align", str(path), "--jobs", str(jobs)]
        with told.open("w") as file:
            held = memory.measured(command, {}, file)
        found = json.loads(told.read_text())
        with open_store(path) as store:
            precision, recall = quality(store, planted)
            _, rows = store.sql("SELECT (SELECT count(*) FROM store.facts), (SELECT count(*) FROM store.relations)")
            facts, relations = rows[0]
            load(store, records(new * 3, seed=99))
            started, spent = time.perf_counter(), cpu_seconds()
            align_changes(store, Progress(), jobs=jobs)
            incremental, incremental_spent = time.perf_counter() - started, cpu_seconds() - spent
            views = views_ms(store)
    return {
        "tool": "claims",
        "claims": len(planted),
        **found,
        "peak_mb": held["pss_mb"],
        "rss_mb": held["peak_mb"],
        "precision": precision,
        "recall": recall,
        "facts": facts,
        "relations": relations,
        "incremental_seconds": incremental,
        "incremental_cpu_seconds": incremental_spent,
        "views_ms": views,
    }


def splink(size: int) -> dict[str, Any]:
    """Splink on the same records."""
    import duckdb
    from corpus import records

    with tempfile.TemporaryDirectory() as folder:
        table, target = Path(folder) / "records.csv", Path(folder) / "records.parquet"
        with table.open("w", encoding="utf-8") as file:
            file.write("unique_id,fact,place,person,property,value,day\n")
            for record in records(size):
                day = record.claim.time.earliest if record.claim.time else ""
                file.write(
                    f"{record.claim.id},{record.fact},{record.place},{record.person},{record.property},"
                    f"{record.value},{day}\n"
                )
        duckdb.sql(f"COPY (FROM '{table}') TO '{target}'")
        found = peers.run("splink", HERE / "alignment_splink.py", str(target), "2")
    return {"tool": "splink", "claims": size, **found}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--new", type=int, default=100, help="documents added afterwards")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-splink", action="store_true")
    parser.add_argument("--align", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.align:
        sys.stdout.write(json.dumps(align(arguments.align, arguments.jobs)) + "\n")
        return
    rows = []
    for size in arguments.claims:
        rows.append(measure(size, arguments.new, arguments.jobs))
        if not arguments.no_splink:
            rows.append(splink(size))
    out = sys.stdout
    out.write(
        f"{'tool':8} {'claims':>8} {'seconds':>8} {'CPU s':>7} {'peak MB':>8} {'precision':>9} {'recall':>7} "
        f"{'new docs s':>10}\n"
    )
    for row in rows:
        out.write(
            f"{row['tool']:8} {row['claims']:8} {row['seconds']:8.1f} {row['cpu_seconds']:7.1f} {row['peak_mb']:8.0f}"
            f" {row['precision']:9.4f} {row['recall']:7.4f} {row.get('incremental_seconds', float('nan')):10.2f}\n"
        )
    for row in rows:
        for view, taken in row.get("views_ms", {}).items():
            shown = ", ".join(f"{name} {number} ms" for name, number in taken.items())
            out.write(f"{row['claims']} claims, {view}: {shown}\n")
    out.write(json.dumps({**meta.environment(), "benchmark": "alignment", "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
