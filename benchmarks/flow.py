"""Flow of model calls: `claims`, langextract and a plain instructor loop over one endpoint with a fixed latency.

    python benchmarks/flow.py [--calls 2000] [--concurrency 64] [--latency 0.5]

Each article is one call. The ideal is concurrency / latency calls a second. The endpoint (endpoint.py) is a test
double with a fixed answer for each tool. Prints a table and, as its last line, a JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import meta
import peers
from corpus import ENDINGS, ONSETS, VOWELS

HERE = Path(__file__).resolve().parent
FACT = "At least 34 people were hurt"
ANSWERS: dict[str, dict[str, Any]] = {
    "claims": {
        "1_1": {"number": "At least 34", "quote": FACT, "subject": "people"},
        "1": [],
    },
    "instructor": {"claims": [{"quote": FACT, "number": "34", "speaker": None}]},
    "langextract": {"extractions": [{"claim": FACT, "claim_attributes": {}}]},
}
PROMPT = "Extract the claims of the article."


@contextmanager
def endpoint(answer: dict[str, Any], latency: float) -> Iterator[str]:
    """The port of an endpoint that gives `answer` after `latency` seconds."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(answer, file)
        file.flush()
        command = [sys.executable, str(HERE / "endpoint.py"), file.name, "--latency", str(latency)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.kill()
            process.wait()


def articles(count: int, *, seed: int = 5) -> list[str]:
    """`count` short articles of one sentence, no two alike."""
    rng = random.Random(seed)

    def word() -> str:
        return "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(3)).capitalize() + rng.choice(ENDINGS)

    return [
        f"{FACT} when a storm tore the roof off a dance hall in {word()}, {word()} {word()} said." for _ in range(count)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--latency", type=float, default=0.5, help="seconds")
    arguments = parser.parse_args()
    calls, concurrency = arguments.calls, arguments.concurrency
    ideal = concurrency / arguments.latency
    rows: list[dict[str, Any]] = []
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, text in enumerate(articles(calls)):
            file.write(json.dumps({"id": f"a{number}", "text": text, "source": "Benchmark"}) + "\n")
        file.flush()
        with endpoint(ANSWERS["claims"], arguments.latency) as port:
            command = [sys.executable, str(HERE / "flow_claims.py"), port, file.name, str(concurrency)]
            done = subprocess.run(command, check=True, capture_output=True, text=True)
            rows.append({"tool": "claims", **json.loads(done.stdout.strip().splitlines()[-1])})
    for peer in ("instructor", "langextract"):
        with endpoint(ANSWERS[peer], arguments.latency) as port:
            found = peers.run(peer, HERE / f"flow_{peer}.py", port, str(calls), str(concurrency), PROMPT)
            rows.append({"tool": peer, **found})
    sys.stdout.write(f"{'tool':12} {'seconds':>8} {'of ideal':>8} {'CPU ms/call':>11} {'peak MB':>8} {'items':>6}\n")
    for row in rows:
        row["share_of_ideal"] = round(calls / row["seconds"] / ideal, 3)
        sys.stdout.write(
            f"{row['tool']:12} {row['seconds']:8.2f} {row['share_of_ideal']:8.0%} {row['cpu_ms']:11.2f}"
            f" {row['peak_mb']:8.0f} {row['items']:6}\n"
        )
    result = {**meta.environment(), "benchmark": "flow", "calls": calls, "concurrency": concurrency, "rows": rows}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
