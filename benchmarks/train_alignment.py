"""Fits the weights of `claims/alignment/weights.json` to labelled pairs, and says how they generalise.

  python benchmarks/train_alignment.py --data DIR [DIR ...] [--gold FILE] [--write] [--errors] [--end-to-end]

Each DIR holds `alignment_topics.json` and `alignment_gold.json` (pairs of sentences of two articles); FILE is in the
format of docs/evaluation.md. The texts of the first DIR set how likely a pair is before anything is known of it; every
other source has an intercept of its own, which the weights leave out: in written sets there are more discrepancies and
more traps than in the news.

Logistic regression by Newton's method, one model for quantities and one for times, each for equal and for differing
values. The labels are few, so each weight is drawn towards a prior set by judgement (PRIORS) with a strength of its
own, and each topic counts with the square root of its pairs. The figures printed are cross-validated: a topic is always
scored by weights that have not seen it. With `--end-to-end` so are whole facts, as `alignment_score.py` does.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from alignment_data import GoldSource, Source, TopicSource, extract_claims
from alignment_score import Pair, paired, sentences_of, tally

from claims.alignment import Aligner
from claims.alignment import score as scoring
from claims.models import RelationKind

WEIGHTS = Path(__file__).parent.parent / "claims" / "alignment" / "weights.json"
FOLDS = 10

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
        "related_head": 1.0,
        "both_persons": 0.5,
        "one_persons": -1.0,
        "ordinal": -0.7,
        "headless": -0.7,
        "money": 0.3,
        "harm_one": -0.7,
        "other_names": -0.5,
        "same_days": 0.5,
        "speech_one": -0.3,
        "alone": 0.3,
        "proportion": 0.0,
        "duration": -0.3,
        "measure": 0.0,
        "many": 0.3,
    },
    "quantity_differs": {
        "bias": -5.0,
        "near": 1.5,
        "sentence": 1.5,
        "shared": 1.0,
        "head": 3.0,
        "other_head": -3.0,
        "touch": 0.8,
        "elsewhere": -2.5,
        "ratio": -1.5,
        "vague": -0.5,
        "contrast": -3.0,
        "topic": 0.5,
        "subject": 1.5,
        "contradicts": -0.5,
        "only": 1.0,
        "lone": 0.5,
        "close": 1.5,
        "named": 1.5,
        "related_head": 2.0,
        "both_persons": 0.7,
        "one_persons": -1.0,
        "clause": 0.5,
        "other_days": -0.5,
        "near_value": 1.0,
        "former_one": -1.0,
        "result": -0.7,
        "other_subject": -0.5,
        "rival_names": -1.0,
        "near_age": 2.0,
        "age_groups": -2.0,
        "proportion": 0.0,
        "duration": -0.3,
        "measure": 0.0,
        "many": 0.0,
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
        "remote": 0.5,
        "remote_day": 0.3,
        "event_told": 0.5,
        "alone": 0.5,
        "calendar": 0.5,
    },
    "time_within": {
        "bias": -4.5,
        "near": 2.0,
        "sentence": 2.0,
        "shared": 1.0,
        "names": 0.5,
        "clause": 1.5,
        "topic": 0.5,
        "period": -0.3,
        "speech_one": -1.0,
        "event": 0.5,
        "other_subject": -0.7,
        "remote": 0.5,
        "alone": 0.5,
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
        "near_dates": 2.5,
    },
}
# How many pairs of evidence a prior is worth; for values that differ there are few labels, and judgement leads.
STRENGTH = {"quantity": 3.0, "time": 16.0, "quantity_differs": 2.0, "time_within": 3.0, "time_differs": 3.0}
# What a pair of the first folder counts against one of another: it is real news.
REFERENCE = 2.0
# And the intercept of a source.
INTERCEPT = 1.0


@dataclass
class Example:
    """One scored pair of values. `label` 1: one fact, 0: not, None: the labels do not say."""

    source: str
    topic: str
    pair: tuple[str, str, str]
    model: str
    relation: str
    features: dict[str, float]
    label: int | None
    note: str


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def examples(source: Source) -> list[Example]:
    """All pairs of comparable values of linked articles, with their evidence and label."""
    found = source.documents
    aligner = Aligner(extract_claims(found), found)
    rows = []
    for x, y, verdict, features in aligner.evidence():
        if found[x.document_id].path > found[y.document_id].path:
            x, y = y, x
        differs = not scoring.same_value(verdict)
        written = tuple((p.quantity or p.time).as_written for p in (x, y))  # type: ignore[union-attr]
        one, two = source.topic(x.document_id), source.topic(y.document_id)
        label = source.label(x, y, differs) if one == two else 0
        if verdict.relation is RelationKind.DIFFERENT_SCOPE:
            label = None  # one thing or not, the labels leave it out
        pair = (f"{source.name} {one}", source.place(x), source.place(y))
        note = f"{' '.join(pair)} {x.sort} {written[0]} | {written[1]} {verdict.relation.value}"
        model = scoring.model_of(x.slot, verdict)
        rows.append(Example(source.name, pair[0], pair, model, verdict.relation.value, features, label, note))
    return rows


def fit(rows: Sequence[Example], prior: dict[str, float], strength: float, reference: str) -> dict[str, float]:
    """The weights that maximise the posterior: Newton's method, with steps halved where they lead too far."""
    names = list(prior)
    others = sorted({r.source for r in rows} - {reference})
    sizes = Counter(r.topic for r in rows)
    mean = sum(1 / math.sqrt(sizes[r.topic]) for r in rows) / len(rows)
    table = []
    for r in rows:
        values = [1.0 if n == "bias" else r.features.get(n, 0.0) for n in names] + [
            float(r.source == s) for s in others
        ]
        filled = [(i, v) for i, v in enumerate(values) if v]
        share = (REFERENCE if r.source == reference else 1.0) / math.sqrt(sizes[r.topic]) / mean
        table.append((filled, r.label or 0, share))
    centre = [prior[n] for n in names] + [0.0] * len(others)
    pull = [strength] * len(names) + [INTERCEPT] * len(others)
    weights = list(centre)

    def loss(w: Sequence[float]) -> float:
        total = sum(p * (x - c) ** 2 for p, x, c in zip(pull, w, centre, strict=True)) / 2
        for filled, label, share in table:
            z = sum(w[i] * v for i, v in filled)
            total += share * (max(z, 0.0) + math.log1p(math.exp(-abs(z))) - label * z)
        return total

    now = loss(weights)
    for _ in range(60):
        gradient = [p * (c - w) for p, c, w in zip(pull, centre, weights, strict=True)]
        hessian = [[pull[i] if i == j else 0.0 for j in range(len(pull))] for i in range(len(pull))]
        for filled, label, share in table:
            p = 1 / (1 + math.exp(-sum(weights[i] * v for i, v in filled)))
            for i, v in filled:
                gradient[i] += share * (label - p) * v
                for j, u in filled:
                    hessian[i][j] += share * p * (1 - p) * v * u
        step, size = solve(hessian, gradient), 1.0
        while size > 1e-6 and loss([w + size * s for w, s in zip(weights, step, strict=True)]) > now + 1e-12:
            size /= 2
        weights = [w + size * s for w, s in zip(weights, step, strict=True)]
        before, now = now, loss(weights)
        if before - now < 1e-9:
            break
    return {n: round(w, 3) for n, w in zip(names, weights[: len(names)], strict=True)}


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
    """The score of a pair before what `claims.alignment.score` takes off it."""
    return 1 / (1 + math.exp(-weights["bias"] - sum(weights.get(n, 0.0) * v for n, v in features.items())))


def cross_validate(rows: Sequence[Example], prior: dict[str, float], strength: float, reference: str) -> list[float]:
    """The score of each row by weights fitted without its topic."""
    fold = {t: i % FOLDS for i, t in enumerate(sorted({r.topic for r in rows}))}
    scores = [0.0] * len(rows)
    for k in range(FOLDS):
        known = [r for r in rows if fold[r.topic] != k and r.label is not None]
        weights = fit(known, prior, strength, reference)
        for i, r in enumerate(rows):
            if fold[r.topic] == k:
                scores[i] = predict(weights, r.features)
    return scores


@contextmanager
def judged_by(weights: dict[str, dict[str, float]]) -> Iterator[None]:
    """Meanwhile pairs are scored with `weights`."""
    scoring._model.cache_clear()
    with patch.object(scoring, "_weights", lambda: weights):
        yield
    scoring._model.cache_clear()


def end_to_end(
    sources: Sequence[Source], rows: Sequence[Example], stored: dict[str, dict[str, float]], reference: str
) -> None:
    """The facts of each folder of topics, each topic judged by weights that have not seen it."""
    fold = {t: i % FOLDS for i, t in enumerate(sorted({r.topic for r in rows}))}
    weights = []
    for k in range(FOLDS):
        known = [r for r in rows if fold[r.topic] != k and r.label is not None]
        fitted = {
            model: fit([r for r in known if r.model == model], prior, STRENGTH[model], reference)
            for model, prior in PRIORS.items()
        }
        weights.append({**stored, **fitted})
    for source in sources:
        if not isinstance(source, TopicSource):
            continue
        aligner = Aligner(extract_claims(source.documents), source.documents)
        pairs: dict[Pair, set[tuple[str, bool]]] = {}
        across = 0
        for k in range(FOLDS):
            with judged_by(weights[k]):
                found, wrong = paired(aligner.facts(), aligner.claims, source.documents)
            across = max(across, wrong)
            pairs |= {key: v for key, v in found.items() if fold.get(f"{source.name} {key[0]}", 0) == k}
        result = tally(pairs, source.labels, sentences_of(source.documents), across)
        say(f"{source.name:10} end to end: {result.line()}")


def overall(rows: Sequence[Example], scores: Sequence[float], thresholds: dict[str, float], gold: int) -> str:
    """Precision and recall over pairs of places at the thresholds in force, and wrong conflicts."""
    verdict: defaultdict[tuple[str, str, str], list[int | None]] = defaultdict(list)
    conflicts = 0
    for r, s in zip(rows, scores, strict=True):
        conflict = r.model == "quantity_differs" and r.relation == "conflict"
        if s >= thresholds["quantity_conflict" if conflict else r.model]:
            verdict[r.pair].append(r.label)
            conflicts += r.relation == "conflict" and r.label == 0
    right = sum(1 in found for found in verdict.values())
    wrong = sum(set(found) == {0} for found in verdict.values())
    precision, recall = 100 * right / max(1, right + wrong), 100 * right / max(1, gold)
    return f"P {precision:5.1f}  R {recall:5.1f}  right {right}  wrong {wrong}  false conflicts {conflicts}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--gold", type=Path, help="a gold file in the format of docs/evaluation.md")
    parser.add_argument("--write", action="store_true", help="write the weights fitted on all topics")
    parser.add_argument("--end-to-end", action="store_true", help="make the facts as well; takes a minute or two")
    parser.add_argument("--errors", action="store_true", help="list every pair with its cross-validated score")
    args = parser.parse_args()
    sources: list[Source] = [TopicSource(folder) for folder in args.data]
    if args.gold:
        sources.append(GoldSource(args.gold))
    reference = sources[0].name
    rows = [row for source in sources for row in examples(source)]
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    everything: list[Example] = []
    all_scores: list[float] = []
    for model, prior in PRIORS.items():
        chosen = [r for r in rows if r.model == model]
        scores = cross_validate(chosen, prior, STRENGTH[model], reference)
        everything += chosen
        all_scores += scores
        if args.errors:
            for s, r in sorted(zip(scores, chosen, strict=True), key=lambda z: -z[0]):
                mark = {1: "+", 0: "-", None: "?"}[r.label]
                shown = " ".join(f"{n}={v:.2f}" for n, v in r.features.items() if v)
                say(f"{s:.2f} {mark} {r.note} {shown}")
        stored[model] = fit([r for r in chosen if r.label is not None], prior, STRENGTH[model], reference)
        say(f"{model} {json.dumps(stored[model])}")
    for source in sources:
        own = [i for i, r in enumerate(everything) if r.source == source.name]
        some = overall(
            [everything[i] for i in own], [all_scores[i] for i in own], stored["thresholds"], source.required()
        )
        say(f"{source.name:10} {some}")
    if args.end_to_end:
        end_to_end(sources, rows, stored, reference)
    if args.write:
        WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
