"""The quality gate: the built-in extractor and the alignment on the project's own gold set.

    python benchmarks/quality.py                  table, one JSON line, and the comparison with the floors
    python benchmarks/quality.py --differences    also what was missed, invented and wrong
    python benchmarks/quality.py --update         raise the floors to what was measured
    python benchmarks/quality.py --update --lower lower them as well: say why in the commit

The floors are in quality_baseline.json with the hash of the corpus they hold for. Exit code 1: a score fell below its
floor, or the corpus changed and the floors were not set anew.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any

from claims.evaluation import ABOUT, Report, evaluate

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "gold.json"
BASELINE = HERE / "quality_baseline.json"
DOCUMENT = HERE.parent / "docs" / "evaluation.md"
BEGIN, END = "<!-- results: written by benchmarks/quality.py --update -->\n", "<!-- end of results -->"
STEP = 0.005  # floors are multiples of half a point
LEAST = 25  # cases below which a score says too little to be held
MARGIN = 0.01  # and a point below what was measured: a change that moves one claim among hundreds is no alarm


def measure(gold: Path = GOLD, resamples: int = 1000) -> Report:
    """The report of the built-in extractor on `gold`."""
    from claims.builtin import extract

    return evaluate(gold, extract, resamples=resamples)


def floors(report: Report) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by field, less `MARGIN`, rounded down to `STEP`; only of `LEAST` cases or more."""
    held: dict[str, dict[str, float]] = {}
    for score in report.fields:
        cases = {
            "precision": score.right + score.wrong,
            "recall": score.right + score.missed,
            "f1": min(score.right + score.wrong, score.right + score.missed),
        }
        values = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
        held[score.field] = {
            name: round(max(0.0, math.floor((value - MARGIN) / STEP + 1e-9) * STEP), 4)
            for name, value in values.items()
            if value is not None and cases[name] >= LEAST
        }
    return held


def compare(report: Report, baseline: dict[str, Any]) -> list[str]:
    """What is wrong with the report in the light of the baseline, one line each; F1 and precision are held."""
    if baseline["corpus"] != report.corpus_hash:
        return [f"the gold set changed (hash {report.corpus_hash}, floors for {baseline['corpus']}): run --update"]
    problems = []
    for field, held in baseline["floors"].items():
        score = report.score(field)
        for name in ("precision", "f1"):
            value = getattr(score, name)
            if name in held and (value is None or value < held[name] - 1e-9):
                problems.append(f"{field}: {name} {100 * (value or 0):.1f} is below its floor {100 * held[name]:.1f}")
    return problems


def updated(report: Report, baseline: dict[str, Any] | None, lower: bool) -> dict[str, Any]:
    """The new baseline. Without `lower`, no floor of the same corpus goes down."""
    new = floors(report)
    if baseline and baseline["corpus"] == report.corpus_hash and not lower:
        for field, held in baseline["floors"].items():
            for name, value in held.items():
                if field in new:
                    new[field][name] = max(value, new[field].get(name, 0.0))
    elif baseline and baseline["corpus"] != report.corpus_hash and not lower:
        for field, held in baseline["floors"].items():
            fallen = [name for name, value in held.items() if new.get(field, {}).get(name, 0.0) < value]
            if fallen:
                raise SystemExit(f"{field}: {fallen[0]} would fall on the changed corpus; --lower admits that")
    return {"corpus": report.corpus_hash, "floors": new}


def document(report: Report, text: str) -> str:
    """docs/evaluation.md with the results of `report` between its two marks."""
    headers = ("field", "precision", "recall", "F1", "95% interval of F1")
    rows = [row[:5] for row in report.table()[1]]
    lines = [f"| {' | '.join(headers)} |", "|---" * len(headers) + "|", *(f"| {' | '.join(row)} |" for row in rows)]
    counts = f"{report.claims} claims extracted, {report.rejected} drafts rejected; corpus {report.corpus_hash}."
    before, rest = text.split(BEGIN)
    return before + BEGIN + "\n".join(lines) + f"\n\n{counts}\n" + END + rest.split(END)[1]


def table(headers: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A plain text table."""
    widths = [max(len(row[i]) for row in (headers, *rows)) for i in range(len(headers))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (headers, *rows)
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--differences", action="store_true", help="print what was missed, invented and wrong")
    parser.add_argument("--field", help="only the differences of this field")
    parser.add_argument("--update", action="store_true", help="write the floors anew; none goes down")
    parser.add_argument("--lower", action="store_true", help="with --update: floors may go down")
    arguments = parser.parse_args()
    report = measure(arguments.gold)
    out = sys.stdout.write
    out(
        f"{report.documents} articles, {report.gold_claims} gold claims, {report.gold_pairs} pairs; "
        f"{report.claims} claims extracted, {report.rejected} drafts rejected\n\n"
    )
    out(table(*report.table()) + "\n\n")
    if arguments.differences:
        headers, rows = report.difference_table()
        out(table(headers, [row for row in rows if arguments.field in (None, row[1])]) + "\n\n")
    else:
        out("\n".join(f"{field}: {words}" for field, words in ABOUT.items()) + "\n\n")
    summary = report.model_dump(mode="json", exclude={"differences"})
    summary["fields"] = {score.pop("field"): score for score in summary["fields"]}
    out(json.dumps(summary) + "\n")
    baseline = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else None
    if arguments.update:
        new = updated(report, baseline, arguments.lower)
        BASELINE.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")
        baseline = new
        DOCUMENT.write_text(document(report, DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
    if arguments.gold.resolve() != GOLD.resolve():
        return 0
    problems = compare(report, baseline) if baseline else ["no floors yet: run --update"]
    for problem in problems:
        sys.stderr.write(problem + "\n")
    return 1 if problems else 0


if __name__ == "__main__":
    raise SystemExit(main())
