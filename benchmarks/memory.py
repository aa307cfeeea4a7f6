"""Peak memory of `claims extract` over a large corpus: the command and its worker processes together.

    python benchmarks/memory.py [--articles 100000] [--model-articles 1000 4000] [--jobs 2]

Built-in: one run over `--articles` generated articles of about 3 KB, in one .jsonl file. Model: one run for each of
`--model-articles` against a local endpoint (endpoint.py, a test double with one empty answer), which gives the memory
that one more document costs. Memory is that of the command and its children, summed every 0.2 s: `peak_mb` sums their
resident sets, in which pages that they share count more than once; `pss_mb` sums their proportional set sizes, in which
each page counts once. Linux only. Prints a table and, as its last line, a JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import meta
from corpus import ENDINGS, ONSETS, VOWELS
from flow import endpoint

SIZE = 3000  # characters of an article
TARGET_MB = 600
DENSITY = 0.4  # share of sentences that state something
SENTENCES = (
    "About {n} people attended a meeting in {place} on {day}, the regional council said.",
    "The cost of the {thing} rose by {p} percent to ${m} million, according to {name}.",
    "“We expect the {thing} to open before the end of the year,” {name} told reporters.",
    "The {thing} has been discussed for years without a decision.",
    "At least {n} households in {place} were without power until {day} evening.",
    "{name}, who has led the board since 2011, did not answer questions about the {thing}.",
    "Residents say that the road past the {thing} is too narrow for lorries and that nothing has been done about it.",
    "More than {n} signatures against the {thing} were handed over in {place}, {name} said.",
    "The ministry of transport denied that it had cut its share of the budget.",
    "Ticket sales fell to {n} a week, {p} percent less than in the same month a year earlier.",
)
PLAIN = (
    "It was a quiet afternoon by the river, and few of those who came seemed to be in a hurry to leave.",
    "Why it has to be so is another question, and not one that is often asked in {place}.",
    "From the hill behind the {thing} one can see as far as the coast when the weather is clear.",
    "Old photographs in the hallway show how the street once looked, with lime trees on both sides.",
    "Inside, the benches are worn and the paint is coming off, but the view has not changed.",
)
THINGS = ("bridge", "tram line", "harbour wall", "market hall", "school", "water tower", "theatre", "ferry")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def articles(count: int, *, seed: int = 17) -> Iterator[dict[str, str]]:
    """`count` records of about SIZE characters, no two alike."""
    rng = random.Random(seed)

    def word() -> str:
        return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(2)).capitalize() + rng.choice(ENDINGS)

    for number in range(count):
        names = [f"{word()} {word()}" for _ in range(3)]
        places = [word() for _ in range(2)]
        thing = rng.choice(THINGS)
        lines = [f"{thing.capitalize()} of {places[0]} divides council {number}"]
        size = len(lines[0])
        while size < SIZE:
            paragraph = " ".join(
                rng.choice(SENTENCES if rng.random() < DENSITY else PLAIN).format(
                    n=rng.randrange(20, 5000),
                    p=rng.randrange(2, 90),
                    m=rng.randrange(2, 400),
                    name=rng.choice(names),
                    place=rng.choice(places),
                    thing=thing,
                    day=rng.choice(DAYS),
                )
                for _ in range(3)
            )
            lines.append(paragraph)
            size += len(paragraph) + 2
        yield {
            "id": f"a{number}",
            "source": f"Outlet {number % 50}",
            "date": f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "text": "\n\n".join(lines),
        }


def memory(pid: int) -> tuple[int, int]:
    """(resident, proportional) bytes of a process and all below it."""
    resident, proportional, todo = 0, 0, [pid]
    while todo:
        one = todo.pop()
        try:
            for line in Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()[1:]:
                name, value = line.split()[:2]
                resident += 1024 * int(value) if name == "Rss:" else 0
                proportional += 1024 * int(value) if name == "Pss:" else 0
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += map(int, (task / "children").read_text().split())
        except (OSError, IndexError):
            continue  # it has ended meanwhile
    return resident, proportional


def measured(command: list[str], environment: dict[str, str], out: IO[str] | None = None) -> dict[str, float]:
    """Peak MB, of both kinds, and seconds of a command. What it prints goes to `out`, or nowhere."""
    started, resident, proportional = time.perf_counter(), 0, 0
    process = subprocess.Popen(command, stdout=out or subprocess.DEVNULL, env={**os.environ, **environment})
    try:
        while process.poll() is None:
            now = memory(process.pid)
            resident, proportional = max(resident, now[0]), max(proportional, now[1])
            time.sleep(0.2)
    finally:
        process.kill()
        process.wait()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    seconds = round(time.perf_counter() - started, 1)
    return {"peak_mb": round(resident / 1e6), "pss_mb": round(proportional / 1e6), "seconds": seconds}


def extraction(folder: Path, count: int, *options: str, environment: dict[str, str] | None = None) -> dict[str, Any]:
    """One run of `claims extract` over `count` articles."""
    path, db = folder / f"{count}.jsonl", folder / f"{count}.duckdb"
    characters = 0
    with path.open("w", encoding="utf-8") as file:
        for record in articles(count):
            characters += len(record["text"])
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    command = [sys.executable, "-m", "claims", "extract", str(path), "--db", str(db), "--quiet", *options]
    found = measured(command, environment or {})
    from claims.store import Store

    with Store(db, read_only=True) as store:
        (row,) = store.sql(
            "SELECT (SELECT count(*) FROM store.extractions WHERE complete), (SELECT count(*) FROM store.claims), "
            "(SELECT count(*) FROM store.calls)"
        )[1]
    line = {
        "articles": count,
        "mean_characters": round(characters / count),
        "extracted": row[0],
        "claims": row[1],
        "calls": row[2],
        **found,
        "store_mb": round(db.stat().st_size / 1e6),
    }
    path.unlink()
    db.unlink()
    return line


def with_model(folder: Path, count: int) -> dict[str, Any]:
    """One run with a model that finds nothing, at one call an article."""
    from claims.settings import resolve
    from claims.store import open_store

    with endpoint({"facts": []}, 0.0) as port:
        url = f"http://127.0.0.1:{port}/v1"
        settings = resolve(environment={}, folder=folder, model="benchmark", base_url=url)
        with open_store(folder / f"{count}.duckdb") as store:
            # The endpoint gives one answer only, so it cannot pass the probe: its mode is given.
            way = {"mode": "json_schema", "limit": "max_tokens", "dropped": []}
            store.memory("mode")[f"endpoint {settings.endpoint} {settings.model}"] = json.dumps(way)
        options = ("--model", "benchmark", "--base-url", url, "--profile", "strong", "--window", "60")
        return extraction(folder, count, *options, environment={"OPENAI_API_KEY": "none"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--model-articles", type=int, nargs="*", default=[1000, 4000])
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in arguments.model_articles:
            rows.append({"what": "model", **with_model(folder, count)})
        if arguments.articles:
            options = ("--model", "builtin", "--jobs", str(arguments.jobs))
            rows.append({"what": "built-in", **extraction(folder, arguments.articles, *options)})
    out = sys.stdout
    out.write(
        f"{'what':10} {'articles':>8} {'peak MB':>8} {'PSS MB':>7} {'seconds':>8} {'claims':>8} {'calls':>7}"
        f" {'store MB':>8}\n"
    )
    for row in rows:
        out.write(
            f"{row['what']:10} {row['articles']:8} {row['peak_mb']:8} {row['pss_mb']:7} {row['seconds']:8}"
            f" {row['claims']:8} {row['calls']:7} {row['store_mb']:8}\n"
        )
    result = {**meta.environment(), "benchmark": "memory", "target_mb": TARGET_MB, "rows": rows}
    model = [row for row in rows if row["what"] == "model"]
    if len(model) > 1:
        more = model[-1]["articles"] - model[0]["articles"]
        slope = (model[-1]["peak_mb"] - model[0]["peak_mb"]) * 1000 / more
        result["model_kb_per_document"] = round(slope, 2)
        out.write(f"model: {slope:.2f} KB for each further document\n")
    out.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
