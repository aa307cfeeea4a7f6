"""Which candidates to believe: a logistic model over readable features (benchmarks/train_attribution.py)."""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files


@cache
def weights() -> dict[str, float]:
    """Feature → weight. A feature that is not listed weighs nothing."""
    text = files("claims.text.attribution").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: dict[str, float] = json.loads(text)
    return loaded


def score(features: list[str]) -> float:
    """The log odds that the candidate is right."""
    table = weights()
    return sum([table.get(feature, 0.0) for feature in features])


def probability(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
