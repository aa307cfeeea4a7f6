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
_known: dict[tuple[object, ...], float] = {}


def score(candidate: Candidate) -> tuple[float, int]:
    """The log odds that the candidate is right, and the number of the option for which they are highest."""
    table = weights()
    shape = candidate.shape
    known = _known.get(shape)
    odds = _remember(shape, candidate_features(*shape)) if known is None else known
    for feature in candidate.extras:
        odds += table.get(feature, 0.0)
    best, chosen = -math.inf, 0
    for number, option in enumerate(candidate.options):
        form = option.shape
        known = _known.get(form)
        more = _remember(form, option_features(*form)) if known is None else known
        for feature in option.extras:
            more += table.get(feature, 0.0)
        if more > best:
            best, chosen = more, number
    return odds + best, chosen


def _remember(shape: tuple[object, ...], features: list[str]) -> float:
    table = weights()
    total = sum([table.get(feature, 0.0) for feature in features])
    if len(_known) < _MOST_KNOWN:
        _known[shape] = total
    return total


def probability(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
