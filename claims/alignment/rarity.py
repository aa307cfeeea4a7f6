"""How much a shared term says: rarity in the corpus, with a prior that carries corpora of a few documents.

The prior stands for an imagined archive of news: `PRIOR` documents in which light words are common, the verbs and nouns
of everyday news less so, and anything else rare. The larger the corpus, the less it counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping

from claims.alignment.words import EVERYDAY, LIGHT, light

PRIOR = 200.0
STEPS = 1  # of weight for each doubling of a count

_LIGHT_PRIOR, _EVERYDAY_PRIOR, _RARE_PRIOR = PRIOR * 0.5, PRIOR * 0.12, PRIOR * 0.01
PRIORS = (sorted(LIGHT), _LIGHT_PRIOR, sorted(EVERYDAY), _EVERYDAY_PRIOR, _RARE_PRIOR)
"""`prior_count` as a table: light terms and theirs, everyday terms and theirs, that of others."""


def prior_count(term: str) -> float:
    """In how many of the imagined documents the term occurs."""
    if light(term):
        return _LIGHT_PRIOR
    if term in EVERYDAY:
        return _EVERYDAY_PRIOR
    return _RARE_PRIOR


class Rarity:
    """Weights of terms: log of the inverse share of documents that hold the term, at least 0."""

    def __init__(self, documents: int, counts: Mapping[str, int]) -> None:
        self._size = documents
        self._counts = counts
        self._weights: dict[str, float] = {}

    @classmethod
    def of(cls, documents: Iterable[Iterable[str]]) -> Rarity:
        """From the terms of each document."""
        counts: Counter[str] = Counter()
        number = 0
        for terms in documents:
            number += 1
            counts.update(set(terms))
        return cls(number, counts)

    def within(self, terms: Iterable[str]) -> Rarity:
        """The same, of these terms; any other counts as one that no document holds.

        A claim may have words that none of its story's articles has. How rare these are elsewhere says nothing of the
        story, and would have to be asked of the whole corpus.
        """
        return Rarity(self._size, {term: count for term in terms if (count := self._counts.get(term))})

    def documents(self, term: str) -> int:
        """How many documents hold the term."""
        return self._counts.get(term, 0)

    def __call__(self, term: str) -> float:
        weight = self._weights.get(term)
        if weight is None:
            weight = self._weights[term] = rarity(self._counts.get(term, 0), prior_count(term), self._size)
        return weight


def rarity(count: int, prior: float, size: int) -> float:
    """The weight of a term that `count` of `size` documents hold."""
    share = prior * 2.0 ** (level(count, prior) / STEPS)
    corpus = PRIOR * 2.0 ** (level(size, PRIOR) / STEPS)
    return max(0.0, -math.log(min(1.0, share / corpus)))


def level(count: int, prior: float) -> int:
    """Which step of rarity a count lies in: how often its prior was doubled, rounded down.

    Weights change only from step to step, so that a few more documents leave the rest of a large corpus as it was.
    """
    return math.floor(STEPS * math.log2((count + prior) / prior))
