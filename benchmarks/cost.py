"""Tokens for each accepted claim on the seeds, beside langextract with the same model and articles.

    python cost.py --model NAME --base-url http://127.0.0.1:8089/v1 [--tool claims|langextract]

Both go through a proxy on loopback that adds up the usage which the endpoint reports, so both are counted alike, with
re-asks and probes. Accepted is, for claims, what grounding licensed; for langextract, every extraction whose words it
found in the article. Prints a table and, as its last line, JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import meta
import peers

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
TOOLS = ("claims", "langextract")


@contextmanager
def counting(endpoint: str) -> Iterator[tuple[str, Counter[str]]]:
    """(address of a proxy before `endpoint`, calls and tokens that went through it so far)."""
    counted: Counter[str] = Counter()
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name: self.headers[name] for name in ("content-type", "authorization") if self.headers[name]}
            asked = urllib.request.Request(endpoint.removesuffix("/v1") + self.path, body, headers)
            try:
                with urllib.request.urlopen(asked) as answer:
                    status, found = answer.status, answer.read()
            except urllib.error.HTTPError as error:
                status, found = error.code, error.read()
            usage = json.loads(found).get("usage") or {} if status == 200 else {}
            with lock:
                counted.update(
                    calls=1,
                    prompt_tokens=usage.get("prompt_tokens", 0),
                    completion_tokens=usage.get("completion_tokens", 0),
                )
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(found)))
            self.end_headers()
            self.wfile.write(found)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1", counted
    finally:
        server.shutdown()
        server.server_close()


def of_claims(model: str, url: str, key: str, articles: list[Path]) -> int:
    """Claims that grounding accepted."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "s.duckdb")
        command = [sys.executable, "-m", "claims"]
        arguments = ["--model", model, "--base-url", url, "--profile", "small", "--concurrency", "1", "--quiet"]
        environment = {**os.environ, "OPENAI_API_KEY": key, "CLAIMS_TIMEOUT": "1200"}
        subprocess.run([*command, "extract", *articles, "--db", store, *arguments], env=environment, check=True)
        query = "SELECT count(*) AS n FROM claims"
        done = subprocess.run(
            [*command, "sql", query, "--db", store, "--format", "json"], check=True, capture_output=True, text=True
        )
        return int(json.loads(done.stdout)[0]["n"])


def of_langextract(model: str, url: str, key: str, articles: list[Path]) -> int:
    """Extractions that langextract found in the article."""
    found = peers.run(
        "langextract",
        HERE / "cost_langextract.py",
        model,
        url,
        key,
        *map(str, articles),
        timeout=7200,
    )
    return int(found["aligned"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--articles", type=Path, nargs="+", default=sorted(SEEDS.glob("*.txt")))
    parser.add_argument("--tool", choices=TOOLS, action="append", help="only this one; may be given again")
    arguments = parser.parse_args()
    key = os.environ.get("OPENAI_API_KEY", "local")
    rows: list[dict[str, Any]] = []
    for tool in arguments.tool or TOOLS:
        with counting(arguments.base_url) as (url, counted):
            accepted = (of_claims if tool == "claims" else of_langextract)(
                arguments.model, url, key, arguments.articles
            )
        total = counted["prompt_tokens"] + counted["completion_tokens"]
        rows.append(
            {
                "tool": tool,
                "accepted": accepted,
                **counted,
                "output_per_claim": counted["completion_tokens"] / max(1, accepted),
                "total_per_claim": total / max(1, accepted),
            }
        )
    out = sys.stdout
    out.write(f"{'tool':12} {'accepted':>8} {'calls':>6} {'output tokens a claim':>22} {'all tokens a claim':>19}\n")
    for row in rows:
        out.write(
            f"{row['tool']:12} {row['accepted']:8} {row['calls']:6} {row['output_per_claim']:22.1f}"
            f" {row['total_per_claim']:19.1f}\n"
        )
    out.write(json.dumps({**meta.environment(), "benchmark": "cost", "model": arguments.model, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
