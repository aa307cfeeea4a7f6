"""The evidence that two slots are about one fact: what they share, and the features that are made of it.

A feature lies roughly in [0, 1], so that a weight tells what its evidence is worth. A new one is a function of
`words`, `figures` or `times`, marked with `@feature`; it is computed only where a model gives it a weight.
"""

from claims.alignment.evidence import figures, times, words
from claims.alignment.evidence.figures import contrast, other_scope, ratio
from claims.alignment.evidence.pair import EQUAL, Around, Evidence, Feature, Features, concerns, same_value
from claims.alignment.evidence.words import bare

__all__ = [
    "EQUAL",
    "FEATURES",
    "Around",
    "Evidence",
    "Feature",
    "bare",
    "concerns",
    "contrast",
    "other_scope",
    "ratio",
    "same_value",
]

FEATURES: Features = {**words.FEATURES, **figures.FEATURES, **times.FEATURES}
"""Name → feature, in the order in which their parts of a score are summed."""
