"""Counting, and what the counts say: precision, recall, F1, and how far chance could move them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from claims.models import Frozen

RESAMPLES = 1000


class Counts(Frozen):
    """Of one field in one document (or story): found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(right=self.right + other.right, wrong=self.wrong + other.wrong, missed=self.missed + other.missed)


class Interval(Frozen):
    """A 95% interval of the bootstrap, both ends in [0, 1]."""

    low: float
    high: float


class FieldScore(Frozen):
    """Precision, recall and F1 of one field in [0, 1]; null where nothing was there to count."""

    field: str
    right: int
    wrong: int
    missed: int
    precision: float | None
    recall: float | None
    f1: float | None
    precision_interval: Interval | None = None
    recall_interval: Interval | None = None
    f1_interval: Interval | None = None


def precision_recall_f1(right: float, wrong: float, missed: float) -> tuple[float | None, float | None, float | None]:
    """Precision right/(right+wrong), recall right/(right+missed), F1 their harmonic mean; None for 0/0."""
    precision = right / (right + wrong) if right + wrong else None
    recall = right / (right + missed) if right + missed else None
    total = 2 * right + wrong + missed
    return precision, recall, 2 * right / total if total else None


def score_field(field: str, counts: Sequence[Counts], *, resamples: int = RESAMPLES, seed: int = 0) -> FieldScore:
    """Scores of the pooled counts, with intervals from `resamples` resamples of the units (documents or stories).

    Units are drawn whole, with replacement: claims of one article are not independent (percentile bootstrap,
    Efron 1979). The same input and seed give the same intervals.
    """
    total = sum(counts, Counts())
    precision, recall, f1 = precision_recall_f1(total.right, total.wrong, total.missed)
    intervals: list[Interval | None] = [None, None, None]
    if resamples and len(counts) > 1:
        draws = _bootstrap([(c.right, c.wrong, c.missed) for c in counts], resamples, seed)
        intervals = [_middle(draw) for draw in draws]
    return FieldScore(
        field=field,
        right=total.right,
        wrong=total.wrong,
        missed=total.missed,
        precision=precision,
        recall=recall,
        f1=f1,
        precision_interval=intervals[0],
        recall_interval=intervals[1],
        f1_interval=intervals[2],
    )


def score_fields(
    counts: Mapping[str, Sequence[Counts]], *, resamples: int = RESAMPLES, seed: int = 0
) -> tuple[FieldScore, ...]:
    """`score_field` for each field, in the order given."""
    return tuple(score_field(field, rows, resamples=resamples, seed=seed) for field, rows in counts.items())


def _bootstrap(counts: Sequence[tuple[int, int, int]], resamples: int, seed: int) -> list[list[float]]:
    rng = random.Random(seed)
    draws: list[list[float]] = [[], [], []]
    for _ in range(resamples):
        right = wrong = missed = 0
        for r, w, m in rng.choices(counts, k=len(counts)):
            right, wrong, missed = right + r, wrong + w, missed + m
        for values, value in zip(draws, precision_recall_f1(right, wrong, missed), strict=True):
            if value is not None:
                values.append(value)
    return draws


def _middle(values: list[float]) -> Interval | None:
    """The middle 95% of the values."""
    if not values:
        return None
    ordered = sorted(values)
    last = len(ordered) - 1
    return Interval(low=ordered[round(0.025 * last)], high=ordered[round(0.975 * last)])
