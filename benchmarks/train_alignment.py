"""Fits the weights of `claims/alignment/weights.json` to labelled pairs of sentences, and says how they generalise.

  python benchmarks/train_alignment.py --data DIR [--write] [--errors]

Logistic regression by Newton's method, one model for quantities and one for times. The labels are few, so each weight
is drawn towards a prior set by judgement (PRIORS) with a strength of its own, and each topic counts with the square
root of its pairs. The figures printed are cross-validated: a topic is always scored by weights that have not seen it.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alignment_data import ALIGNED, Label, documents, extract_claims, labels, sentence_of, topic_of

from claims.alignment import Aligner
from claims.alignment import score as scoring
from claims.models import RelationKind

WEIGHTS = Path(__file__).parent.parent / "claims" / "alignment" / "weights.json"
FOLDS = 13

# What each piece of evidence is thought to be worth before any label is seen.
PRIORS: dict[str, dict[str, float]] = {
    "quantity": {
        "bias": -1.0,
        "near": 1.0,
        "sentence": 2.0,
        "shared": 1.5,
        "names": 0.5,
        "head": 1.0,
        "other_head": -3.0,
        "company": 0.8,
        "specific": 1.2,
        "repeats": -1.8,
        "bare": -1.0,
        "vague": -1.2,
        "small": -1.2,
        "contrast": -3.0,
        "topic": 0.5,
        "subject": 0.3,
        "mixed": -0.7,
    },
    "quantity_differs": {
        "bias": -5.0,
        "near": 1.5,
        "sentence": 1.5,
        "shared": 1.0,
        "names": 0.3,
        "head": 3.0,
        "other_head": -3.0,
        "touch": 0.8,
        "elsewhere": -2.5,
        "ratio": -1.5,
        "vague": -0.5,
        "small": -1.5,
        "contrast": -3.0,
        "topic": 0.5,
        "subject": 1.5,
        "contradicts": -0.5,
        "only": 1.0,
        "lone": 0.5,
        "close": 1.5,
        "named": 1.5,
    },
    "time": {
        "bias": -0.9,
        "near": 0.9,
        "sentence": 1.7,
        "shared": 1.0,
        "names": 0.5,
        "central": 1.5,
        "company": 1.0,
        "speech_one": -1.2,
        "day": -0.6,
        "period": -1.3,
        "topic": 0.5,
        "clause": 0.8,
        "subject": 0.5,
        "bare": -0.3,
        "apart": 0.9,
        "main": 0.5,
        "event": 1.0,
        "part_one": -0.9,
    },
    "time_differs": {
        "bias": -6.0,
        "near": 2.0,
        "sentence": 3.0,
        "shared": 1.5,
        "names": 0.5,
        "touch": 0.5,
        "elsewhere": -2.5,
        "speech_one": -1.0,
        "period": -0.3,
        "contradicts": -1.5,
        "event": 3.0,
    },
}
# How many pairs of evidence a prior is worth; for values that differ there are few labels, and judgement leads.
STRENGTH = {"quantity": 3.0, "time": 16.0, "quantity_differs": 2.0, "time_differs": 3.0}


@dataclass
class Example:
    """One scored pair of values. `label` 1: one fact, 0: not, None: the labels do not say."""

    topic: str
    pair: tuple[str, str, str]
    model: str
    relation: str
    features: dict[str, float]
    label: int | None
    note: str


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+|\d[\d.,]*\d|\d", text.lower()))


def holds(value: str, written: str) -> bool:
    """A label's value and an extracted one are the same words, or one holds the other."""
    a, b = words(value), words(written)
    return bool(a and b and (a <= b or b <= a))


def judge(label: Label | None, written: tuple[str, str], differs: bool) -> int | None:
    """What the label of two sentences says of two values in them."""
    if label is None:
        return 0
    if not label.relations & ALIGNED:
        return None
    for fact in label.facts:
        if holds(fact["value_a"], written[0]) and holds(fact["value_b"], written[1]):
            if fact["relation"] == "different_scope":
                return None
            return 1 if label.required else None
    return 0 if differs else None


def examples(data: Path) -> list[Example]:
    """All pairs of comparable values of linked articles, with their evidence and label."""
    found = documents(data)
    gold = labels(data)
    aligner = Aligner(extract_claims(found), found)
    rows = []
    for x, y, verdict, features in aligner.evidence():
        if found[x.document_id].path > found[y.document_id].path:
            x, y = y, x
        one, two = found[x.document_id], found[y.document_id]
        topic = topic_of(one)
        pair = (topic, sentence_of(one, x.start), sentence_of(two, y.start))
        differs = not scoring.same_value(verdict)
        written = tuple((p.quantity or p.time).as_written for p in (x, y))  # type: ignore[union-attr]
        label = judge(gold.get(pair), (written[0], written[1]), differs) if topic == topic_of(two) else 0
        if verdict.relation is RelationKind.DIFFERENT_SCOPE:
            label = None  # one thing or not, the labels leave it out
        note = f"{' '.join(pair)} {x.sort} {written[0]} | {written[1]} {verdict.relation.value}"
        rows.append(
            Example(topic, pair, scoring.model_of(x.slot, verdict), verdict.relation.value, features, label, note)
        )
    return rows


def fit(rows: Sequence[Example], prior: dict[str, float], strength: float) -> dict[str, float]:
    """The weights that maximise the posterior: Newton's method, which converges in a few steps."""
    names = list(prior)
    sizes = Counter(r.topic for r in rows)
    mean = sum(1 / math.sqrt(sizes[r.topic]) for r in rows) / len(rows)
    table = [
        ([1.0 if n == "bias" else r.features.get(n, 0.0) for n in names], r.label, 1 / math.sqrt(sizes[r.topic]) / mean)
        for r in rows
    ]
    weights = [prior[n] for n in names]
    for _ in range(25):
        gradient = [strength * (prior[n] - w) for n, w in zip(names, weights, strict=True)]
        hessian = [[strength if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for values, label, share in table:
            p = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, values, strict=True))))
            for i, v in enumerate(values):
                if v:
                    gradient[i] += share * ((label or 0) - p) * v
                    for j, u in enumerate(values):
                        hessian[i][j] += share * p * (1 - p) * v * u
        step = solve(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step, strict=True)]
        if max(abs(s) for s in step) < 1e-9:
            break
    return {n: round(w, 3) for n, w in zip(names, weights, strict=True)}


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with pivoting."""
    size = len(right)
    rows = [[*matrix[i], right[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            for j in range(i, size + 1):
                rows[k][j] -= factor * rows[i][j]
    answer = [0.0] * size
    for i in reversed(range(size)):
        answer[i] = (rows[i][size] - sum(rows[i][j] * answer[j] for j in range(i + 1, size))) / rows[i][i]
    return answer


def predict(weights: dict[str, float], features: dict[str, float]) -> float:
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights.get(n, 0.0) * v for n, v in features.items())))


def cross_validate(rows: Sequence[Example], prior: dict[str, float], strength: float) -> list[float]:
    """The score of each row by weights fitted without its topic."""
    names = sorted({r.topic for r in rows})
    fold = {t: i % FOLDS for i, t in enumerate(names)}
    scores = [0.0] * len(rows)
    for k in range(FOLDS):
        weights = fit([r for r in rows if fold[r.topic] != k and r.label is not None], prior, strength)
        for i, r in enumerate(rows):
            if fold[r.topic] == k:
                scores[i] = predict(weights, r.features)
    return scores


def curve(rows: Sequence[Example], scores: Sequence[float], gold: int) -> None:
    """Precision and recall over pairs of sentences at rising thresholds."""
    best: defaultdict[tuple[str, str, str], float] = defaultdict(float)
    verdict: dict[tuple[str, str, str], list[int | None]] = defaultdict(list)
    for r, s in zip(rows, scores, strict=True):
        best[r.pair] = max(best[r.pair], s)
        verdict[r.pair].append(r.label)
    for threshold in (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9):
        chosen = [k for k in best if best[k] >= threshold]
        right = sum(1 for k in chosen if 1 in verdict[k])
        wrong = sum(1 for k in chosen if set(verdict[k]) == {0})
        precision = 100 * right / max(1, right + wrong)
        say(f"  {threshold:.2f}  P {precision:5.1f}  R {100 * right / gold:5.1f}  right {right}  wrong {wrong}")


def overall(rows: Sequence[Example], scores: Sequence[float], thresholds: dict[str, float], gold: int) -> None:
    """All models together at the thresholds in force."""
    verdict: defaultdict[tuple[str, str, str], list[int | None]] = defaultdict(list)
    conflicts = 0
    for r, s in zip(rows, scores, strict=True):
        conflict = r.model == "quantity_differs" and r.relation == "conflict"
        if s >= thresholds["quantity_conflict" if conflict else r.model]:
            verdict[r.pair].append(r.label)
            conflicts += r.relation == "conflict" and r.label == 0
    right = sum(1 in found for found in verdict.values())
    wrong = sum(set(found) == {0} for found in verdict.values())
    precision = 100 * right / max(1, right + wrong)
    recall = 100 * right / gold
    say(f"together  P {precision:.1f}  R {recall:.1f}  right {right}  wrong {wrong}  false conflicts {conflicts}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all topics")
    parser.add_argument("--errors", action="store_true", help="list every pair with its cross-validated score")
    args = parser.parse_args()
    rows = examples(args.data)
    gold = sum(1 for label in labels(args.data).values() if label.required and label.relations & ALIGNED)
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    everything: list[Example] = []
    all_scores: list[float] = []
    for model, prior in PRIORS.items():
        chosen = [r for r in rows if r.model == model]
        scores = cross_validate(chosen, prior, STRENGTH[model])
        say(model)
        curve(chosen, scores, gold)
        everything += chosen
        all_scores += scores
        if args.errors:
            for s, r in sorted(zip(scores, chosen, strict=True), key=lambda z: -z[0]):
                mark = {1: "+", 0: "-", None: "?"}[r.label]
                shown = " ".join(f"{n}={v:.2f}" for n, v in r.features.items() if v)
                say(f"{s:.2f} {mark} {r.note} {shown}")
        stored[model] = fit([r for r in chosen if r.label is not None], prior, STRENGTH[model])
        say(json.dumps(stored[model]))
    overall(everything, all_scores, stored["thresholds"], gold)
    if args.write:
        WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
