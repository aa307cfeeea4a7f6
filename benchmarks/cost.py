"""Tokens for each accepted claim on the seeds, beside langextract with the same model and articles.

    python cost.py --model NAME --base-url http://127.0.0.1:8089/v1 [--tool claims|langextract|langextract-json]

All go through a proxy on loopback that adds up the usage which the endpoint reports, so all are counted alike, with
re-asks and probes. Accepted is what the grounding of `claims` licenses, for each tool. Of langextract, `found` are the
extractions whose words it places in the article, and `quotes` those that grounding accepts when nothing but their words
is looked at. It runs as is its default, with a schema made of its example; `langextract-json` is the same without the
schema. An attribute that only says that there is none ("not specified") counts as not given. Each article is written to
`--log` as it ends, and what stands there is not asked again; `--report` asks nothing, and shows what stands there.
Prints a table and, as its last line, JSON.
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
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

import meta
import peers

from claims.documents import Reading, read
from claims.extraction.answers import drafts
from claims.extraction.schema import Fact
from claims.extraction.windows import Window
from claims.grounding import ground, view
from claims.models import Claim, Span

HERE = Path(__file__).resolve().parent
SEEDS = HERE.parent / "seeds"
TOOLS = ("claims", "langextract", "langextract-json")
OFFERED = ("subject", "predicate", "speaker", "number", "date")  # what both are asked for
NOTHING = ("none", "null", "n/a", "unknown", "not specified", "unspecified", "not mentioned", "not given", "not stated")
SHOWN = (
    *("articles", "calls", "found", "quotes", "accepted"),
    *("output_per_claim", "total_per_claim", "output_per_quote", "total_per_quote"),
)
COUNTED = ("accepted", "found", "quotes", "calls", "prompt_tokens", "completion_tokens")


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


@dataclass(frozen=True)
class Given:
    """What a tool gave of one article."""

    article: Path
    accepted: int
    found: int
    quotes: int
    extractions: list[dict[str, Any]] = field(default_factory=list)


def of_claims(model: str, url: str, key: str, articles: list[Path]) -> Iterator[Given]:
    """The tool itself gives nothing but what grounding accepted."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "s.duckdb")
        command = [sys.executable, "-m", "claims"]
        arguments = ["--model", model, "--base-url", url, "--profile", "small", "--concurrency", "1", "--quiet"]
        environment = {**os.environ, "OPENAI_API_KEY": key, "CLAIMS_TIMEOUT": "1200"}
        before = 0
        for article in articles:
            subprocess.run([*command, "extract", article, "--db", store, *arguments], env=environment, check=True)
            query = "SELECT count(*) AS n FROM claims"
            done = subprocess.run(
                [*command, "sql", query, "--db", store, "--format", "json"], check=True, capture_output=True, text=True
            )
            count = int(json.loads(done.stdout)[0]["n"])
            new, before = count - before, count
            yield Given(article, new, new, new)


def of_langextract(model: str, url: str, key: str, articles: list[Path], way: str = "schema") -> Iterator[Given]:
    """What langextract gives, through our grounding."""
    script = str(HERE / "cost_langextract.py")
    command = [str(peers.python("langextract")), script, model, url, key, way, *map(str, articles)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            found = json.loads(line)
            article, extractions = Path(found["article"]), found["extractions"]
            bare = [{"quote": item["quote"], "attributes": {}} for item in extractions]
            placed = sum(item["start"] is not None for item in extractions)
            yield Given(
                article, accepted(article, extractions, model), placed, accepted(article, bare, model), extractions
            )


def accepted(article: Path, extractions: list[dict[str, Any]], model: str) -> int:
    """How many of a model's extractions become claims, each once, by the code that does so for our own."""
    document = next(iter(read([article], Reading())))
    seen = view(document)
    if not seen.sentences:
        return 0
    window = Window(tuple(seen.sentences), Span(seen.sentences[0].start, seen.sentences[0].start), "")
    facts = []
    for item in extractions:
        given = {name: str(value) for name, value in item["attributes"].items() if name in OFFERED and value}
        given = {name: value for name, value in given.items() if value.casefold().strip(" .") not in NOTHING}
        if item["quote"]:
            facts.append(Fact.model_validate({"quote": item["quote"], **given}))
    made = (ground(document, draft, run_id="", seen=seen) for draft in drafts(facts, window, seen, model))
    return len({claim.id for claim in made if isinstance(claim, Claim)})


def per_claim(row: Counter[str]) -> dict[str, float]:
    """Tokens for each accepted claim, and for each accepted quote; of none, for one."""
    found: dict[str, float] = {}
    for name, count in (("claim", row["accepted"]), ("quote", row["quotes"])):
        found[f"output_per_{name}"] = row["completion_tokens"] / max(1, count)
        found[f"total_per_{name}"] = (row["prompt_tokens"] + row["completion_tokens"]) / max(1, count)
    return found


def known(log: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """{(tool, name of the article): what was measured}."""
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return {(line["tool"], line["article"]): line for line in map(json.loads, lines)}


def measure(tool: str, arguments: argparse.Namespace, articles: list[Path]) -> None:
    """Runs a tool on `articles`, and logs each as it ends."""
    key = os.environ.get("OPENAI_API_KEY", "local")
    with counting(arguments.base_url) as (url, counted), open(arguments.log, "a", encoding="utf-8") as log:
        asked = (arguments.model, url, key, articles)
        way = "json" if tool.endswith("json") else "schema"
        for given in of_claims(*asked) if tool == "claims" else of_langextract(*asked, way):
            line = {"tool": tool, "article": given.article.name, "model": arguments.model, **asdict(given), **counted}
            counted.clear()
            log.write(json.dumps(line | {"article": given.article.name}) + "\n")
            log.flush()


def row_of(tool: str, articles: list[Path], lines: list[dict[str, Any]], model: str) -> dict[str, Any]:
    """A tool's row of the table. Grounding is that of now, whatever it was when the article was logged."""
    row: Counter[str] = Counter(dict.fromkeys(("articles", *COUNTED), 0))
    paths = {article.name: article for article in articles}
    for line in lines:
        row.update({"articles": 1, **{name: line.get(name, 0) for name in COUNTED}})
        if extractions := line.get("extractions"):
            article = paths[line["article"]]
            bare = [{"quote": item["quote"], "attributes": {}} for item in extractions]
            row["accepted"] += accepted(article, extractions, model) - line["accepted"]
            row["quotes"] += accepted(article, bare, model) - line.get("quotes", 0)
    return {"tool": tool, **row, **per_claim(row)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--base-url", default="")
    parser.add_argument("--articles", type=Path, nargs="+", default=sorted(SEEDS.glob("*.txt")))
    parser.add_argument("--tool", choices=TOOLS, action="append", help="only this one; may be given again")
    parser.add_argument("--log", type=Path, default=Path(tempfile.gettempdir()) / "cost.jsonl")
    parser.add_argument("--report", action="store_true", help="ask nothing")
    arguments = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for tool in arguments.tool or TOOLS[:2]:
        there = known(arguments.log)
        missing = [article for article in arguments.articles if (tool, article.name) not in there]
        if missing and not arguments.report:
            measure(tool, arguments, missing)
            there = known(arguments.log)
        lines = [there[tool, a.name] for a in arguments.articles if (tool, a.name) in there]
        rows.append(row_of(tool, arguments.articles, lines, arguments.model))
    out = sys.stdout
    out.write(f"{'tool':16} " + " ".join(f"{name.replace('_', ' '):>16}" for name in SHOWN) + "\n")
    for line in rows:
        out.write(f"{line['tool']:16} " + " ".join(f"{line[name]:16.4g}" for name in SHOWN) + "\n")
    out.write(json.dumps({**meta.environment(), "benchmark": "cost", "model": arguments.model, "rows": rows}) + "\n")


if __name__ == "__main__":
    main()
