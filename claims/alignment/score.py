"""Are two slots about one fact? A small linear model over readable evidence.

The weights are in `weights.json`; `benchmarks/train_alignment.py` makes them from labelled data.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib import resources
from itertools import islice
from typing import NamedTuple

from claims.alignment.compare import Verdict
from claims.alignment.context import StoryContext
from claims.alignment.evidence import (
    FEATURES,
    Evidence,
    Feature,
    bare,
    concerns,
    contrast,
    ratio,
    same_value,
)
from claims.alignment.features import Profile
from claims.models import RelationKind

__all__ = ["Decision", "Evidence", "StoryContext", "decided", "features", "model_of", "same_value", "threshold"]

# What is left of the score of two values whose sentences share no word that says anything.
_BARE = 0.3
# And of figures that are told apart by their words: the dead and the injured.
_CONTRAST = 0.3

# Days between two articles within which they tell one event at one stage.
_ONE_DAY = 3


def of_one_day(x: Profile, y: Profile) -> bool:
    """The articles are of one day, nearly: then even a value alone says something."""
    return x.published is not None and y.published is not None and abs(x.published - y.published) <= _ONE_DAY


class Decision(NamedTuple):
    """`score` in (0, 1); `evidence` names what else than the words spoke for it."""

    score: float
    evidence: tuple[str, ...] = ()


def features(found: Evidence) -> dict[str, float]:
    """The features of a pair of slots. Symmetric in both."""
    return {name: value(found) for name, value in FEATURES.items()}


def decided(found: Evidence) -> Decision:
    """The score that both slots of the evidence are about one fact."""
    x, y = found.x, found.y
    bias, terms = _model(model_of(x.slot, found.verdict), x.sort)
    score = 1.0 / (1.0 + math.exp(-(bias + sum([weight * value(found) for weight, value in terms]))))
    if not of_one_day(x, y) and bare(found) and found.specific < 1:
        score *= _BARE
    if contrast(found):
        score *= _CONTRAST
    return Decision(score)


@cache
def _model(name: str, sort: str) -> tuple[float, list[tuple[float, Feature]]]:
    """(bias, the features that have a weight and concern slots of that sort)."""
    weights = _weights()[name]
    features = [(weights[key], value) for key, value in FEATURES.items() if weights.get(key) and concerns(value, sort)]
    return weights["bias"], features


def model_of(slot: str, verdict: Verdict) -> str:
    """The name of the weights that judge a pair: values that differ need other evidence than equal ones.

    A time within a longer one ("Sunday", "over the weekend") is neither.
    """
    if verdict.rule == "within":
        return "time_within"
    return slot if same_value(verdict) else f"{slot}_differs"


def threshold(slot: str, verdict: Verdict) -> float:
    """The score from which a pair is taken as one fact. A wrong conflict is the worst of errors: it asks for more."""
    rows = _weights()["thresholds"]
    if slot == "quantity" and verdict.relation in (RelationKind.CONFLICT, RelationKind.DIFFERENT_SCOPE):
        return rows["quantity_conflict"]
    return rows[model_of(slot, verdict)]


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = resources.files("claims.alignment").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, float]] = json.loads(text)
    return loaded


def told(found: Evidence) -> tuple[str, ...]:
    """What speaks for one fact, in words, the strongest first."""
    x, y = found.x, found.y
    said = []
    if heads := x.head & y.head:
        said.append("measured: " + " ".join(sorted(heads)))
    near = list(islice(filter(y.near.__contains__, found.one.telling_near), 4))
    if near:
        said.append("near the value: " + " ".join(near))
    shared = list(islice(filter(found.shared.__contains__, found.one.telling), 5))
    if shared:
        said.append("shared words: " + " ".join(shared))
    if found.specific > 0 and ratio(found) == 0:
        said.append("same figure")
    return tuple(said)
