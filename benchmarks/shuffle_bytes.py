"""What the cluster's stages send between workers and write, in bytes per article: what docs/scale.md reckons with.

    python benchmarks/shuffle_bytes.py [PATH] [--parts 4]

PATH holds articles; without one, the seeds. The stages run in this process, by the engine that tests compare with.
Bytes are those of pickled results, as Ray sends them. Prints a table and, as its last line, a JSON object.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import meta

from claims.pipeline import Progress, Summary
from claims.pipeline.cluster import commands
from claims.pipeline.cluster.engine import Local, Ref
from claims.settings import Settings


class Weighing(Local):
    """Adds up, for each function, the bytes of its results and its CPU time."""

    def __init__(self) -> None:
        self.bytes: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    def spread(self, function: Callable[..., Any], calls: Sequence[Sequence[Any]], returns: int) -> list[list[Ref]]:
        began = time.process_time()
        found = super().spread(function, calls, returns)
        self.seconds[function.__name__] += time.process_time() - began  # type: ignore[assignment]
        self.bytes[function.__name__] += sum(len(pickle.dumps(piece)) for row in found for piece in row)
        return found

    def results(
        self, function: Callable[..., Any], calls: Iterable[Sequence[Any]], stopping: Callable[[], bool]
    ) -> Iterator[Any]:
        began = time.process_time()
        yield from super().results(function, calls, stopping)
        self.seconds[function.__name__] += time.process_time() - began  # type: ignore[assignment]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", default=str(Path(__file__).parent.parent / "seeds"))
    parser.add_argument("--parts", type=int, default=4)
    arguments = parser.parse_args()
    engine, summary = Weighing(), Summary()
    with tempfile.TemporaryDirectory() as name:
        out = Path(name) / "out"
        commands.extract([arguments.path], out, Settings(), engine, summary, Progress(), parts=arguments.parts)
        commands.align(out, engine, summary, Progress())
        written = {
            table.name: sum(file.stat().st_size for file in table.glob("*.parquet"))
            for table in sorted(out.iterdir())
            if table.is_dir() and any(table.glob("*.parquet"))
        }
    number = summary.documents
    sys.stdout.write(f"{number} articles, {summary.claims} claims, {summary.facts} facts\n")
    sys.stdout.write(f"{'sent by':14} {'bytes/article':>13} {'CPU ms/article':>14}\n")
    for function in engine.seconds:
        sys.stdout.write(
            f"{function:14} {engine.bytes[function] / number:13.0f} {1000 * engine.seconds[function] / number:14.2f}\n"
        )
    sys.stdout.write(f"all            {sum(engine.bytes.values()) / number:13.0f}\n")
    sys.stdout.write(f"{'written':14} {'bytes/article':>13}\n")
    for table, size in written.items():
        sys.stdout.write(f"{table:14} {size / number:13.0f}\n")
    result = {
        **meta.environment(),
        "benchmark": "shuffle_bytes",
        "documents": number,
        "claims": summary.claims,
        "facts": summary.facts,
        "sent": dict(engine.bytes),
        "cpu_seconds": {name: round(value, 3) for name, value in engine.seconds.items()},
        "written": written,
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
