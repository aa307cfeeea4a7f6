"""Which candidates to believe: a logistic model over readable features (benchmarks/train_attribution.py)."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files

from claims.text.attribution.features import Candidate, candidate_features, option_features


@cache
def weights() -> dict[str, float]:
    """Feature → weight. A feature that is not listed weighs nothing."""
    text = files("claims.text.attribution").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: dict[str, float] = json.loads(text)
    return loaded


_MOST_KNOWN = 20_000  # shapes whose score is remembered; hostile text must not fill the memory


class Scorer:
    """Scores candidates by one table of weights, and remembers the scores of their shapes."""

    def __init__(self, table: dict[str, float]) -> None:
        self._table = table
        self._known: dict[tuple[object, ...], float] = {}

    def score(self, candidate: Candidate) -> tuple[float, int]:
        """The log odds that the candidate is right, and the number of the option for which they are highest."""
        weight, known = self._table.get, self._known.get
        shape = candidate.shape
        odds = known(shape)
        if odds is None:
            odds = self._remember(shape, candidate_features(*shape))
        for feature in candidate.extras:
            odds += weight(feature, 0.0)
        best, chosen = -math.inf, 0
        for number, option in enumerate(candidate.options):
            form = option.shape
            more = known(form)
            if more is None:
                more = self._remember(form, option_features(*form))
            for feature in option.extras:
                more += weight(feature, 0.0)
            if more > best:
                best, chosen = more, number
        return odds + best, chosen

    def _remember(self, shape: tuple[object, ...], features: list[str]) -> float:
        total = sum([self._table.get(feature, 0.0) for feature in features])
        if len(self._known) < _MOST_KNOWN:
            self._known[shape] = total
        return total


@cache
def trained() -> Scorer:
    """The scorer with the weights that ship with the package."""
    return Scorer(weights())


def probability(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
