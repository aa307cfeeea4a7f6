"""Score quantities and attributions on text that the rules were not written from (benchmarks/validation).

    python benchmarks/validate.py [--data DIR]

One line for each half and measure. Matching is one to one. A quantity is right by its value alone, by value and
comparator, by value and unit; an attribution where the contents share half of their characters and the speakers any.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from predict_quantities import rows
from train_attribution import matches, report

from claims.text.attribution.scorer import trained

HERE = Path(__file__).resolve().parent / "validation"
Row = dict[str, Any]


def figures(value: object) -> list[float]:
    """The one or two numbers of a value: "12" or "12-120"."""
    text = str(value).replace(",", "")
    pair = re.fullmatch(r"(-?[\d.]+(?:e-?\d+)?)-(-?[\d.]+)", text, re.IGNORECASE)
    return [float(pair[1]), float(pair[2])] if pair else [float(text)]


def same(one: Row, two: Row, field: str | None) -> bool:
    """Whether two rows have the same value, and the same `field` where one is named."""
    values, others = figures(one["value"]), figures(two["value"])
    if len(values) != len(others) or not all(
        math.isclose(a, b, rel_tol=1e-5, abs_tol=1e-8) for a, b in zip(values, others, strict=True)
    ):
        return False
    return field is None or str(one[field] or "-").lower() == str(two[field] or "-").lower()


def counts(sentence: Row, field: str | None) -> tuple[int, int, int]:
    """Right, predicted and labelled quantities of one sentence."""
    left = rows(sentence["text"])
    predicted, right = len(left), 0
    for gold in sentence["quantities"]:
        found = next((row for row in left if same(gold, row, field)), None)
        if found is not None:
            left.remove(found)
            right += 1
    return right, predicted, len(sentence["quantities"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=HERE)
    data: Path = parser.parse_args().data
    sentences, articles = (
        json.loads((data / f"{name}.json").read_text(encoding="utf-8")) for name in ("quantities", "attribution")
    )
    for half in "ab":
        for name, field in (("value", None), ("value and comparator", "change"), ("value and unit", "unit")):
            chosen = [counts(sentence, field) for sentence in sentences if sentence["half"] == half]
            report(f"half {half}, {name}", chosen)
        spoken = [matches(article, trained()) for article in articles if article["half"] == half]
        report(f"half {half}, content and speaker", spoken)


if __name__ == "__main__":
    main()
