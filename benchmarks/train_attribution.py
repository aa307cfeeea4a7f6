"""Train the weights of `claims.text.attribution` on a folder in the devset's format (attribution.json).

    python benchmarks/train_attribution.py --data DIR [--extra FILE] [--hold-out 3] [--cross-validate] [--write]

`--hold-out N` trains on all but every N-th article (by a hash of its name) and reports on those left out.
`--cross-validate` does so for each of five parts of the articles in turn and reports on all of them together: what
to expect on articles that were never seen. `--extra FILE` adds the articles of its half "a" to every training, and
reports on its half "b", which nothing is trained on. `--write` trains on everything and writes
claims/text/attribution/weights.json. Deterministic.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import random
import sys
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from predict_attribution import spans

from claims.text.attribution.proposals import Proposal, propose
from claims.text.attribution.scorer import Scorer

PARTS = 5
WEIGHTS = Path(__file__).resolve().parent.parent / "claims/text/attribution/weights.json"
Example = tuple[list[str], float]


def characters(spans: Any) -> set[int]:
    """The offsets that a list of spans covers."""
    return {offset for start, end in spans for offset in range(start, end)}


def label(article: dict[str, Any]) -> list[tuple[Proposal, list[float]]]:
    """Each proposal with, for every option of its content, the share that it has in common with a gold attribution of
    the same speaker; 0 when that is under one half or another option of the same proposal fits better."""
    _, found = propose(article["text"])
    gold = [(characters(mark["content"]), characters(mark["source"])) for mark in article["attributions"]]
    extents = [(min(content), max(content)) if content else (0, -1) for content, _ in gold]
    labelled: list[tuple[Proposal, list[float]]] = []
    for proposal in found:
        speaker = characters([proposal.speaker]) if proposal.speaker else set()
        shares: list[float] = []
        for parts in proposal.contents:
            content = characters(parts)
            best = 0.0
            for (gold_content, gold_speaker), (low, high) in zip(gold, extents, strict=True):
                if high < parts[0].start or low >= parts[-1].end:
                    continue
                share = len(content & gold_content) / len(content | gold_content)
                if share >= 0.5 and ((speaker & gold_speaker) or not (speaker or gold_speaker)):
                    best = max(best, share)
            shares.append(best)
        top = max(shares)
        labelled.append((proposal, [share if share == top else 0.0 for share in shares]))
    return labelled


def examples_of(labelled: list[tuple[Proposal, list[float]]]) -> list[Example]:
    """Features and target of every option."""
    return [
        (proposal.candidate.features + option.features, 1.0 if share else 0.0)
        for proposal, shares in labelled
        for option, share in zip(proposal.candidate.options, shares, strict=True)
    ]


def train(examples: list[Example], *, epochs: int = 15, rate: float = 0.2, ridge: float = 6.0) -> dict[str, float]:
    """Logistic regression by AdaGrad with an L2 penalty (`ridge`, per feature and pass), the weights averaged over the
    second half of the passes. Deterministic. A feature seen fewer than three times is left out."""
    random_state = random.Random(7)
    seen = Counter(itertools.chain.from_iterable(features for features, _ in examples))
    numbers = {feature: number for number, feature in enumerate(f for f, count in seen.items() if count >= 3)}
    counts = [seen[feature] for feature in numbers]
    kept = [([numbers[feature] for feature in features if feature in numbers], target) for features, target in examples]
    weights = [0.0] * len(numbers)
    squares = [1e-3] * len(numbers)
    sums = [0.0] * len(numbers)
    order = list(range(len(kept)))
    for epoch in range(epochs):
        random_state.shuffle(order)
        for index in order:
            features, target = kept[index]
            total = sum([weights[feature] for feature in features])
            error = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))) - target
            for feature in features:
                weight = weights[feature]
                gradient = error + ridge * weight / counts[feature]
                squares[feature] += gradient * gradient
                weights[feature] = weight - rate * gradient / math.sqrt(squares[feature])
        if epoch >= epochs // 2:
            sums = [total + weight for total, weight in zip(sums, weights, strict=True)]
    averaged = epochs - epochs // 2
    mean = {feature: sums[number] / averaged for feature, number in numbers.items()}
    return {feature: round(weight, 3) for feature, weight in sorted(mean.items()) if abs(weight) >= 0.02}


def part_of(article: dict[str, Any], parts: int) -> int:
    """Which of so many parts the article belongs to, by a hash of its name."""
    return zlib.crc32(article["article"].encode()) % parts


def matches(article: dict[str, Any], scorer: Scorer) -> tuple[int, int, int]:
    """Right, predicted and labelled attributions of one article, one to one: the contents share half of
    their characters, the speakers any."""
    labels = [(characters(mark["content"]), characters(mark["source"])) for mark in article["attributions"]]
    found = [(characters(row["content"]), characters(row["source"])) for row in spans(article["text"], scorer)]
    pairs = sorted(
        (
            (share, one, two)
            for one, (content, speaker) in enumerate(found)
            for two, (gold, source) in enumerate(labels)
            if (share := overlap(content, gold)) >= 0.5 and (speaker & source or not (speaker or source))
        ),
        reverse=True,
    )
    ones: set[int] = set()
    twos: set[int] = set()
    for _, one, two in pairs:
        if one not in ones and two not in twos:
            ones.add(one)
            twos.add(two)
    return len(ones), len(found), len(labels)


def overlap(one: set[int], two: set[int]) -> float:
    """Common characters over all characters."""
    return len(one & two) / len(one | two) if one and two else 0.0


def examples_in(articles: list[dict[str, Any]]) -> list[Example]:
    """The examples of several articles."""
    return [example for article in articles for example in examples_of(label(article))]


def report(name: str, counts: list[tuple[int, int, int]]) -> None:
    """One line: precision, recall and F1 of content and speaker together."""
    right, predicted, labelled = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = right / max(1, predicted), right / max(1, labelled)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    sys.stdout.write(
        f"{name}: P {100 * precision:.1f} R {100 * recall:.1f} F1 {100 * f1:.1f}"
        f" ({right} of {labelled} labelled, {predicted} predicted)\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--extra", type=Path)
    parser.add_argument("--hold-out", type=int, default=0)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    articles = json.loads((arguments.data / "attribution.json").read_text(encoding="utf-8"))
    extra = json.loads(arguments.extra.read_text(encoding="utf-8")) if arguments.extra else []
    added = examples_in([article for article in extra if article["half"] == "a"])
    tests = [(arguments.hold_out, 0)] if arguments.hold_out else []
    name = f"every {arguments.hold_out}th article held out"
    if arguments.cross_validate:
        tests, name = [(PARTS, part) for part in range(PARTS)], f"{PARTS}-fold by article"
    labelled = [(article, examples_in([article])) for article in articles]
    counts = []
    for parts, part in tests:
        kept = [found for article, found in labelled if part_of(article, parts) != part]
        scorer = Scorer(train([*itertools.chain.from_iterable(kept), *added]))
        counts += [matches(article, scorer) for article in articles if part_of(article, parts) == part]
    if counts:
        report(name, counts)
    if arguments.write or not tests:
        examples = [*itertools.chain.from_iterable(found for _, found in labelled), *added]
        weights = train(examples)
        if extra:
            unseen = [article for article in extra if article["half"] == "b"]
            report("half b of the extra articles", [matches(article, Scorer(weights)) for article in unseen])
        sys.stdout.write(f"{len(articles)} articles, {len(examples)} candidates, {len(weights)} weights\n")
        if arguments.write:
            WEIGHTS.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
