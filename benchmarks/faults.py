"""`claims extract` through a server that fails in every way: what is lost, what is paid twice, and how fast it goes.

    python benchmarks/faults.py [--documents 500] [--rate 15] [--timeout 3] [--share 0.3]

The server (tests/mixture.py: a test double, real HTTP on loopback) lets in `--rate` requests a second, says so in its
headers, and answers those above it with 429. Of the others, `--share` fail from a seed: 429 with Retry-After, 500, 503,
resets, 30-second stalls, cut bodies, cut JSON, cut answers, another schema, empty answers, refusals; some answers
repeat their facts. Throughput is held against the time that the server's own limit asks for. Prints a table and, as
its last line, a JSON object; ends with 1 when a judged point is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import meta

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from mixture import Mixture, account, article
from servers import FaultyServer

from claims.store import Store

TARGET = 0.9  # of the throughput that the server's limit allows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=500)
    parser.add_argument("--rate", type=float, default=15.0, help="requests a second that the server lets in")
    parser.add_argument("--share", type=float, default=0.3, help="of the answers that fail")
    parser.add_argument("--timeout", type=float, default=3.0, help="seconds, of the client")
    parser.add_argument("--concurrency", type=int, default=32)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--silent", action="store_true", help="the server does not tell its limit in headers")
    arguments = parser.parse_args()
    mixture = Mixture(seed=arguments.seed, share=arguments.share, rate=arguments.rate, latency=0.2)
    mixture.announced = not arguments.silent
    with tempfile.TemporaryDirectory() as name, FaultyServer(mixture) as server:
        articles, db = Path(name) / "articles.jsonl", Path(name) / "claims.duckdb"
        with articles.open("w", encoding="utf-8") as file:
            for number in range(arguments.documents):
                file.write(json.dumps(article(number)) + "\n")
        command = [
            *(sys.executable, "-m", "claims", "extract", str(articles), "--db", str(db), "--model", "test"),
            *("--base-url", server.url, "--profile", "small", "--window", "2", "--quiet"),
            *("--concurrency", str(arguments.concurrency), "--timeout", str(arguments.timeout)),
        ]
        done = subprocess.run(command, env={**os.environ, "OPENAI_API_KEY": "none"}, check=False)
        with Store(db, read_only=True) as store:
            found = account(store)
    ids = found.pop("ids")
    names = sorted(mixture.counted | found["calls"])
    out = sys.stdout
    out.write(f"{'answer':14} {'server':>7} {'ledger':>7}\n")
    for name in names:
        out.write(f"{name:14} {mixture.counted[name]:7} {found['calls'].get(name, 0):7}\n")
    share = mixture.ideal / mixture.seconds
    checks = {
        "exit code 0": done.returncode == 0,
        "every document complete": found["documents"] == found["complete"] == arguments.documents,
        "no failed window": found["failed_windows"] == 0,
        "ledger equals the server's count": found["calls"] == dict(mixture.counted),
        "each request id in the ledger": all(ids.get(key) == value for key, value in mixture.ids.items()),
        "no question answered twice": found["answered_twice"] == 0,
        "each claim once": found["claims"] == 3 * arguments.documents and found["repeated_claims"] == 0,
        f"at least {TARGET:.0%} of the server's rate": share >= TARGET,
    }
    for check, holds in checks.items():
        out.write(f"{'yes' if holds else 'NO':4} {check}\n")
    out.write(
        f"{mixture.seconds:.1f} s; the limit asks for {mixture.ideal:.1f} s: {share:.1%}; "
        f"{mixture.over} requests above the limit\n"
    )
    result = {
        **meta.environment(),
        "benchmark": "faults",
        "arguments": vars(arguments),
        "seconds": round(mixture.seconds, 2),
        "ideal": round(mixture.ideal, 2),
        "share": round(share, 4),
        "injected": dict(mixture.injected),
        "over_the_limit": mixture.over,
        "server": dict(mixture.counted),
        **found,
        "checks": checks,
    }
    out.write(json.dumps(result) + "\n")
    raise SystemExit(0 if all(checks.values()) else 1)


if __name__ == "__main__":
    main()
