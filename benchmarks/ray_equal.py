"""Two local Ray nodes, one of them killed in the middle, against the local engine: the same facts?

    python benchmarks/ray_equal.py [--documents 20000] [--parts 40] [--no-kill]

Generated articles, the built-in extractor. One node is ended without a word in the middle of the extraction, and, in
the run without that, none. Prints a table and, as its last line, a JSON object. Needs `claims[ray]`.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # one machine: addresses are those of loopback
os.environ["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)

import meta
from corpus import records

from claims.models import Fact
from claims.pipeline import Progress, Summary, align, extract, read_documents
from claims.settings import Settings
from claims.store import open_store

FILES = 8


def write(folder: Path, number: int) -> int:
    """Writes `number` generated articles, and 1 in 100 of them a second time; returns how many bytes."""
    folder.mkdir()
    rows: dict[str, str] = {}
    for record in records(6 * number):
        d = record.document
        if d.text not in rows:  # some outlets print the same words: one document
            if len(rows) == number:
                break
            row = {"id": d.path, "text": d.text, "source": d.source, "title": d.title, "date": str(d.published_at)}
            rows[d.text] = json.dumps(row)
    lines = list(rows.values())
    lines += [json.dumps({**json.loads(line), "id": f"again-{i}"}) for i, line in enumerate(lines[::100])]
    for index in range(FILES):
        (folder / f"{index}.jsonl").write_text("\n".join(lines[index::FILES]) + "\n", encoding="utf-8")
    return sum(path.stat().st_size for path in folder.iterdir())


def local(articles: Path, folder: Path, jobs: int) -> tuple[dict[str, Any], list[Fact]]:
    """Times of the local engine, and its facts."""
    settings = Settings(jobs=jobs)
    with open_store(folder / "local.duckdb") as store:
        began = time.perf_counter()
        ids = read_documents(store, [articles], summary := Summary(), Progress())
        extract(store, ids, settings, summary, Progress())
        extracted = time.perf_counter()
        align(store, summary, Progress())
        aligned = time.perf_counter()
        return {
            "engine": "local",
            "extract": round(extracted - began, 1),
            "align": round(aligned - extracted, 1),
            "documents": summary.documents,
            "claims": summary.claims,
            "facts": summary.facts,
        }, store.facts.all()


class Killing(Progress):
    """Calls `kill` once, when half of the parts of a stage are written."""

    def __init__(self, kill: Any) -> None:
        self._kill = kill
        self._half = 0.0
        self._done = 0.0

    def stage(self, name: str, total: int | None) -> None:
        self._half, self._done = (total or 0) // 2, 0

    def advance(self, items: float, **counts: float) -> None:
        self._done += items
        if self._half and self._done >= self._half:
            self._kill()


def on_ray(articles: Path, folder: Path, parts: int, kill: bool) -> tuple[dict[str, Any], list[Fact]]:
    """Times of two Ray nodes, and the facts of the local store that imported their result."""
    from ray.cluster_utils import Cluster

    from claims.pipeline.cluster import commands
    from claims.pipeline.cluster.start import cluster

    # Ray gives a node 30 seconds to start, which a busy machine may not keep.
    usual = {"node_ip_address": "127.0.0.1", "object_store_memory": 500_000_000}
    machine = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False, **usual})
    nodes = [machine.add_node(num_cpus=1, **usual) for _ in range(2)]
    killed = []

    def end_node() -> None:
        if kill and len(nodes) == 2:
            machine.remove_node(nodes.pop(), allow_graceful=False)
            killed.append(round(time.perf_counter() - began, 1))

    out = folder / f"out-{kill}"
    summary = Summary()
    try:
        with cluster(machine.address, None) as engine:
            began = time.perf_counter()
            commands.extract([articles], out, Settings(), engine, summary, Killing(end_node), parts=parts)
            extracted = time.perf_counter()
            commands.align(out, engine, summary, Progress())
            aligned = time.perf_counter()
    finally:
        machine.shutdown()
    bytes_of = {
        table.name: sum(file.stat().st_size for file in table.glob("*.parquet"))
        for table in sorted(out.iterdir())
        if table.is_dir() and any(table.glob("*.parquet"))
    }
    with open_store(folder / f"imported-{kill}.duckdb") as store:
        begin = time.perf_counter()
        store.transfer.load(out)
        imported = time.perf_counter() - begin
        facts = store.facts.all()
    return {
        "engine": "ray, a node killed" if kill else "ray",
        "extract": round(extracted - began, 1),
        "align": round(aligned - extracted, 1),
        "import": round(imported, 1),
        "documents": summary.documents,
        "claims": summary.claims,
        "facts": summary.facts,
        "killed_after": killed[0] if killed else None,
        "bytes": bytes_of,
    }, facts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=20000)
    parser.add_argument("--parts", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2, help="processes of the local engine")
    parser.add_argument("--no-kill", action="store_true", help="only the run in which both nodes live")
    parser.add_argument("--only-kill", action="store_true", help="only the run in which one node dies")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        size = write(folder / "articles", arguments.documents)
        row, wanted = local(folder / "articles", folder, arguments.jobs)
        rows = [{**row, "equal": True}]
        for kill in (False, True):
            if (kill and arguments.no_kill) or (not kill and arguments.only_kill):
                continue
            row, facts = on_ray(folder / "articles", folder, arguments.parts, kill)
            rows.append({**row, "equal": facts == wanted})
    sys.stdout.write(
        f"{'engine':20} {'documents':>9} {'claims':>8} {'facts':>7} {'extract s':>9} {'align s':>8} equal\n"
    )
    for row in rows:
        sys.stdout.write(
            f"{row['engine']:20} {row['documents']:9} {row['claims']:8} {row['facts']:7} {row['extract']:9.1f} "
            f"{row['align']:8.1f} {'yes' if row['equal'] else 'NO'}\n"
        )
    result = {
        **meta.environment(),
        "benchmark": "ray_equal",
        "parts": arguments.parts,
        "input_bytes": size,
        "peak_mb_of_this_process": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "rows": rows,
    }
    sys.stdout.write(json.dumps(result) + "\n")
    sys.exit(0 if all(row["equal"] for row in rows) else 1)


if __name__ == "__main__":
    main()
