"""Which candidates to believe: a logistic model over readable features (benchmarks/train_attribution.py)."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from claims.text.attribution.features import (
    Candidate,
    candidate_features,
    cut_features,
    option_features,
    order_features,
    place_features,
)


@cache
def weights() -> dict[str, float]:
    """Feature → weight. A feature that is not listed weighs nothing."""
    text = files("claims.text.attribution").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: dict[str, float] = json.loads(text)
    return loaded


_MOST_KNOWN = 20_000  # sums that are remembered of a kind; hostile text must not fill the memory


class Scorer:
    """Scores candidates by one table of weights, and remembers the sums of their parts."""

    def __init__(self, table: dict[str, float]) -> None:
        self._shape, self._around = _Sums(table, candidate_features), _Sums(table, place_features)
        self._order = _Sums(table, order_features)
        self._option, self._cut = _Sums(table, option_features), _Sums(table, cut_features)

    def score(self, candidate: Candidate) -> tuple[float, int]:
        """The log odds that the candidate is right, and the number of the option for which they are highest."""
        odds = self._shape[candidate.shape] + self._around[candidate.around]
        for place in candidate.order:
            odds += self._order[place]
        best, chosen = -math.inf, 0
        for number, option in enumerate(candidate.options):
            more = self._option[option.shape]
            if option.around:
                more += self._cut[option.around]
            if more > best:
                best, chosen = more, number
        return odds + best, chosen


class _Sums(dict[tuple[Any, ...], float]):
    """What a function takes → the sum of the weights of the features that it gives, remembered."""

    def __init__(self, table: dict[str, float], features: Callable[..., list[str]]) -> None:
        super().__init__()
        self._table = table
        self._features = features

    def __missing__(self, shape: tuple[Any, ...]) -> float:
        total = sum([self._table.get(feature, 0.0) for feature in self._features(*shape)])
        if len(self) < _MOST_KNOWN:
            self[shape] = total
        return total


@cache
def trained() -> Scorer:
    """The scorer with the weights that ship with the package."""
    return Scorer(weights())


def probability(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
