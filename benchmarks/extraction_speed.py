"""Speed of the built-in extractor beside spaCy's small English pipeline, on the same articles, in one run.

    python benchmarks/extraction_speed.py [--articles 1000] [--generated 10000] [--jobs 2]
    python benchmarks/extraction_speed.py --lengths 0.4 1.6 5

The articles are the seeds repeated with variations (paragraphs in another order, other digits), and generated ones.
spaCy runs `en_core_web_sm` (from the package index's re-upload) with all its components through `nlp.pipe`.
Both read five of the articles before the clock starts, so that neither is charged for what it loads. In one process
they take turns, an eighth of the articles at a time: a shared machine is faster in one minute than in the next.
With `--lengths`, nothing but that: the seeds with variations as texts without a line break, of so many million
characters, and a row of 100,000 digits, by claims alone.
Prints a table and, as its last line, a JSON object. The CPU seconds are those of one process; on a machine that does
other work as well they tell more than the clock.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import meta
import peers

from claims.models import Document
from claims.pipeline.builtin import extract_document
from claims.pipeline.heap import settle_heap, settled_heap

HERE = Path(__file__).resolve().parent
_WARM = 5  # texts before the clock, of either
_TURNS = 8


def varied_seeds(count: int, *, seed: int = 3) -> list[str]:
    """`count` texts made of the seeds, with their paragraphs shuffled and their digits changed."""
    rng = random.Random(seed)
    texts = [path.read_text(encoding="utf-8") for path in sorted((HERE.parent / "seeds").glob("*.txt"))]
    made = []
    for text in itertools.islice(itertools.cycle(texts), count):
        paragraphs = text.split("\n\n")
        rng.shuffle(paragraphs)
        made.append(re.sub(r"[2-9]", lambda _: str(rng.randrange(2, 10)), "\n\n".join(paragraphs)))
    return made


def generated(count: int) -> list[str]:
    """`count` short generated articles."""
    from corpus import records

    texts: dict[str, str] = {}
    for record in records(count * 4):
        texts[record.document.id] = f"{record.document.title}\n\n{record.document.text}"
    return list(texts.values())[:count]


def claims_of(text: str) -> int:
    """The number of accepted claims of one text: extraction and grounding, as the command does it."""
    return len(extract_document(Document(id="d", path="d", text=text))[0])


def in_turns(texts: list[str]) -> tuple[list[tuple[float, float, int]], list[tuple[float, float, int]]]:
    """(seconds, CPU seconds, found) of each turn: claims in this process, and entities by spaCy."""
    ours, theirs = [], []
    for text in texts[:_WARM]:  # modules and patterns are loaded before the clock, as spaCy's model is
        claims_of(text)
    size = -(-len(texts) // _TURNS)
    for first in range(0, len(texts), size):
        turn = texts[first : first + size]
        with settled_heap():  # as the command does it
            started, cpu = time.perf_counter(), time.process_time()
            found = sum(map(claims_of, turn))
            ours.append((time.perf_counter() - started, time.process_time() - cpu, found))
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump({"warm": texts[:_WARM], "texts": turn}, file)
            file.flush()
            spacy = peers.run("spacy", HERE / "extraction_spacy.py", file.name)
        theirs.append((spacy["seconds"], spacy["cpu"], spacy["entities"]))
    return ours, theirs


def _totals(turns: list[tuple[float, float, int]]) -> tuple[float, float, int]:
    seconds, cpu, found = zip(*turns, strict=True)
    return sum(seconds), sum(cpu), sum(found)


def measure(texts: list[str], jobs: int) -> tuple[float, float | None, int]:
    """Seconds, CPU seconds (of one process only) and accepted claims for all texts, in `jobs` processes."""
    if jobs == 1:
        with settled_heap():
            started, cpu = time.perf_counter(), time.process_time()
            found = sum(map(claims_of, texts))
            return time.perf_counter() - started, time.process_time() - cpu, found
    with ProcessPoolExecutor(jobs, initializer=settle_heap) as pool:
        list(pool.map(claims_of, texts[:jobs]))  # start the workers before the clock
        started = time.perf_counter()
        found = sum(pool.map(claims_of, texts, chunksize=50))
        return time.perf_counter() - started, None, found


def by_length(millions: list[float]) -> None:
    """CPU seconds of texts without a line break, and of digits alone."""
    long = " ".join(" ".join(text.split()) for text in varied_seeds(1 + int(max(millions) * 1e6) // 2000))
    texts = [("no line break", long[: int(size * 1e6)]) for size in millions]
    rows = []
    sys.stdout.write(f"{'what':14} {'characters':>10} {'CPU s':>7} {'us/character':>12} {'claims':>7}\n")
    claims_of(long[:20_000])
    for name, text in [*texts, ("digits", "7" * 100_000)]:
        with settled_heap():
            started = time.process_time()
            found = claims_of(text)
            cpu = time.process_time() - started
        rows.append((name, len(text), cpu, found))
        sys.stdout.write(f"{name:14} {len(text):10} {cpu:7.2f} {cpu / len(text) * 1e6:12.2f} {found:7}\n")
    sys.stdout.write(json.dumps({**meta.environment(), "benchmark": "extraction by length", "rows": rows}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--generated", type=int, default=10000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--lengths", type=float, nargs="+", metavar="MILLIONS", help="of characters; nothing else is run"
    )
    arguments = parser.parse_args()
    if arguments.lengths:
        by_length(arguments.lengths)
        return
    texts, plain = varied_seeds(arguments.articles), generated(arguments.generated)
    ours, theirs = in_turns(texts)
    ratios = sorted(other[0] / one[0] for one, other in zip(ours, theirs, strict=True))
    own = _totals(ours)
    spacy = _totals(theirs)
    measured: list[tuple[str, int, list[str], tuple[float, float | None, int]]] = [
        ("claims, seeds varied", 1, texts, own)
    ]
    for name, corpus, jobs in (
        ("claims, seeds varied", texts, arguments.jobs),
        ("claims, generated", plain, 1),
        ("claims, generated", plain, arguments.jobs),
    ):
        measured.append((name, jobs, corpus, measure(corpus, jobs)))
    measured.append(("spaCy en_core_web_sm", 1, texts, spacy))
    rows = [
        (name, jobs, len(corpus), sum(len(t.split()) for t in corpus), *got) for name, jobs, corpus, got in measured
    ]
    out = sys.stdout
    out.write(
        f"{'what':24} {'jobs':>4} {'articles':>8} {'seconds':>8} {'articles/s':>10} {'words/s':>9}"
        f" {'CPU us/word':>11} {'found':>7}\n"
    )
    for name, jobs, articles, words, seconds, cpu, found in rows:
        spent = "" if cpu is None else f"{cpu / words * 1e6:.1f}"
        out.write(
            f"{name:24} {jobs:4} {articles:8} {seconds:8.2f} {articles / seconds:10.1f} {words / seconds:9.0f}"
            f" {spent:>11} {found:7}\n"
        )
    ratio, cpu_ratio = spacy[0] / own[0], spacy[1] / own[1]
    out.write(
        f"claims in one process handles {ratio:.1f} times the articles per second of spaCy (target: 10),"
        f" {ratios[0]:.1f} to {ratios[-1]:.1f} in its {len(ratios)} turns; by CPU time {cpu_ratio:.1f} times\n"
    )
    out.write(
        json.dumps(
            {
                **meta.environment(),
                "benchmark": "extraction",
                "ratio_to_spacy": round(ratio, 2),
                "cpu_ratio": round(cpu_ratio, 2),
                "ratios_of_turns": [round(r, 2) for r in ratios],
                "rows": rows,
            }
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
