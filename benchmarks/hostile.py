"""Hostile documents through both extractors: no crash, no claim that the text does not bear, no hang.

    python benchmarks/hostile.py [--documents 10000] [--through-a-model 500] [--jobs 2]

The documents come from a seed (tests/hostility.py): ordinary sentences with control characters, marks of direction,
zero-width and combining characters, lone surrogates, huge numbers and orders to the reader put into them; random
characters; one pattern hundreds of times; quotations a thousand deep. The built-in extractor reads all of them. The
model path reads `--through-a-model` of them against a server that does what an article orders and lies in every other
way (a test double, real HTTP on loopback). Every accepted claim is checked against its text by code that shares
nothing with grounding. Prints a table and, as its last line, a JSON object; ends with 1 when a document failed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import meta

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import hostility
from servers import FaultyServer

from claims.builtin import extract
from claims.extraction import Kept, options
from claims.extraction import extract as extract_by_model
from claims.grounding import ground
from claims.llm import Client
from claims.models import Claim, Document
from claims.settings import resolve

LONGEST = 5.0  # CPU seconds for one document of a few thousand characters; beyond that it counts as a hang
PUBLISHED = date(2020, 5, 6)


@dataclass
class Outcome:
    """What became of some documents."""

    documents: int = 0
    claims: int = 0
    rejected: int = 0
    crashes: list[str] = field(default_factory=list)
    unlicensed: list[str] = field(default_factory=list)
    hangs: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def add(self, other: Outcome) -> None:
        """Take in the outcome of other documents."""
        self.documents += other.documents
        self.claims += other.claims
        self.rejected += other.rejected
        self.crashes += other.crashes
        self.unlicensed += other.unlicensed
        self.hangs += other.hangs
        self.slowest = max(self.slowest, other.slowest)

    @property
    def is_clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.crashes or self.unlicensed or self.hangs)


def through_builtin(seeds: range) -> Outcome:
    """The documents of these seeds through the built-in extractor and grounding."""
    outcome = Outcome()
    for seed in seeds:
        text = hostility.document(seed)
        item = Document(id=f"d{seed}", path=f"{seed}.txt", text=text, published_at=PUBLISHED)
        started = time.process_time()
        outcome.documents += 1
        try:
            results = [ground(item, draft, run_id="r") for draft in extract(item)]
        except Exception:  # noqa: BLE001 - whatever escapes is what is looked for
            outcome.crashes.append(f"{seed}: {traceback.format_exc(limit=-1).strip()}")
            continue
        seconds = time.process_time() - started
        outcome.slowest = max(outcome.slowest, seconds)
        if seconds > LONGEST:
            outcome.hangs.append(f"{seed}: {seconds:.1f} s")
        accepted = [result for result in results if isinstance(result, Claim)]
        outcome.claims += len(accepted)
        outcome.rejected += len(results) - len(accepted)
        outcome.unlicensed += [f"{seed}: {fault}" for claim in accepted for fault in hostility.faults(text, claim)]
    return outcome


def through_model(seeds: range) -> Outcome:
    """The documents of these seeds through the model path, against a server that obeys and lies."""
    outcome = Outcome(documents=len(seeds))
    texts = {f"d{seed}": hostility.document(seed) for seed in seeds}
    items = [Document(id=name, path=name, text=text, published_at=PUBLISHED) for name, text in texts.items()]
    keeper = Kept()

    async def work(url: str) -> None:
        chosen = resolve(
            environment={}, profile="small", model="test", base_url=url, api_key="none", timeout=20.0, concurrency=8,
            max_reasks=1,
        )  # fmt: skip
        async with Client(chosen, ledger=keeper) as client:
            found = extract_by_model(items, client, options(chosen), keeper, run_id="r", stopping=lambda: False)
            async for result in found:
                done.add(result.document_id)
                outcome.claims += len(result.claims)
                outcome.rejected += len(result.rejections)
                for claim in result.claims:
                    wrong = hostility.faults(texts[claim.document_id], claim)
                    outcome.unlicensed.extend(f"{claim.document_id}: {fault}" for fault in wrong)

    done: set[str] = set()
    started = time.perf_counter()
    with FaultyServer(hostility.obey) as server:
        try:
            asyncio.run(asyncio.wait_for(work(server.url), 60 + len(seeds) * 5))
        except TimeoutError:
            outcome.hangs.append(f"{len(texts) - len(done)} documents were not done in time")
        except Exception:  # noqa: BLE001 - whatever escapes is what is looked for
            outcome.crashes.append(traceback.format_exc(limit=-3).strip())
    outcome.slowest = (time.perf_counter() - started) / max(1, len(seeds))
    outcome.crashes += [f"{name}: no result" for name in texts if name not in done and not outcome.crashes]
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--through-a-model", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    builtin = Outcome()
    parts = [range(first, min(first + 100, arguments.documents)) for first in range(0, arguments.documents, 100)]
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for outcome in pool.map(through_builtin, parts):
            builtin.add(outcome)
    model = through_model(range(arguments.through_a_model)) if arguments.through_a_model else Outcome()
    out = sys.stdout
    out.write(f"{'extractor':10} {'documents':>9} {'claims':>7} {'rejected':>8} {'crashes':>7} {'unlicensed':>10}"
              f" {'hangs':>5} {'seconds':>8}\n")  # fmt: skip
    for name, outcome in (("built-in", builtin), ("model", model)):
        out.write(
            f"{name:10} {outcome.documents:9} {outcome.claims:7} {outcome.rejected:8} {len(outcome.crashes):7}"
            f" {len(outcome.unlicensed):10} {len(outcome.hangs):5} {outcome.slowest:8.3f}\n"
        )
        faults = outcome.crashes + outcome.unlicensed + outcome.hangs
        for fault in faults[:10]:
            out.write(f"    {fault.encode('ascii', 'backslashreplace').decode()}\n")
    out.write("seconds: the slowest document (built-in, CPU); the mean of all (model, clock)\n")
    rows = {
        name: {
            "documents": outcome.documents,
            "claims": outcome.claims,
            "rejected": outcome.rejected,
            "crashes": len(outcome.crashes),
            "unlicensed": len(outcome.unlicensed),
            "hangs": len(outcome.hangs),
            "seconds": round(outcome.slowest, 4),
        }
        for name, outcome in (("builtin", builtin), ("model", model))
    }
    sorts = Counter(hostility.sort_of(seed) for seed in range(arguments.documents))
    out.write(json.dumps({**meta.environment(), "benchmark": "hostile", "sorts": sorts, **rows}) + "\n")
    raise SystemExit(0 if builtin.is_clean and model.is_clean else 1)


if __name__ == "__main__":
    main()
