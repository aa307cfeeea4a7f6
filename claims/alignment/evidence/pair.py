"""Two slots side by side, and the register of what is asked of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from claims.alignment.compare import Verdict
from claims.alignment.context import StoryContext, lazy, measured
from claims.alignment.features import Profile
from claims.alignment.lexicon import kin, other_role, persons
from claims.models import QuantityKind, RelationKind

EQUAL = frozenset({RelationKind.AGREE, RelationKind.APPROXIMATE})


def same_value(verdict: Verdict) -> bool:
    """Both say the same, one perhaps with the hour."""
    return verdict.relation in EQUAL or verdict.rule == "same_day"


class Around(NamedTuple):
    """What the two articles hold besides a pair of slots.

    `company` counts the other values that the two sentences share. `alone`: neither slot has another partner of its
    value in the other's article.
    """

    company: int = 0
    alone: bool = False


class Evidence:
    """Two slots of one sort side by side. Symmetric in x and y."""

    def __init__(self, x: Profile, y: Profile, verdict: Verdict, story: StoryContext, around: Around) -> None:
        self.x, self.y, self.verdict, self.story, self.around = x, y, verdict, story, around
        self.one, self.two = story.side(x), story.side(y)
        self.differs = not same_value(verdict)
        other = y.near
        self.common = [t for t in x.near if t in other]  # the terms near both values
        self.shared = x.sentence & y.sentence  # the terms of both sentences

    @lazy
    def clause(self) -> frozenset[str]:
        """The terms of both quotes."""
        return self.x.clause & self.y.clause

    @lazy
    def alike(self) -> bool:
        """One thing is counted or measured."""
        return measured(self.x, self.y)

    @lazy
    def counted(self) -> bool:
        """Both name what they count, and it is not the same."""
        x, y = self.x, self.y
        return x.sort == y.sort == "count" and bool(x.head and y.head) and not self.alike and not x.head & y.head

    @lazy
    def related(self) -> bool:
        """One of the heads may stand for the other."""
        return kin(self.x.head, self.y.head) and not other_role(self.x.head, self.y.head)

    @lazy
    def persons(self) -> int:
        """How many of both count persons; 0 where they are persons of two roles."""
        if other_role(self.x.head, self.y.head):
            return 0
        return persons(self.x.head) + persons(self.y.head)

    @lazy
    def specific(self) -> float:
        """How unlikely it is that the figures coincide: by their significant digits."""
        x, y = self.x.quantity, self.y.quantity
        if x is None or y is None or x.kind is QuantityKind.DURATION:
            return 0.0  # lengths of time are round in any unit: 24 hours, 90 days, 18 months
        return min(1.0, max(0.0, (min(self.one.digits, self.two.digits) - 1) / 2))

    @lazy
    def scope(self) -> bool:
        """The figures are of other periods, and may be one rate."""
        return self.verdict.relation is RelationKind.DIFFERENT_SCOPE or self.verdict.rule == "same_rate"


Feature = Callable[[Evidence], float]
Features = dict[str, Feature]


def register(features: Features) -> Callable[[Feature], Feature]:
    """A decorator that makes a function a feature, under its own name."""

    def feature(function: Feature) -> Feature:
        features[function.__name__] = function
        return function

    return feature


_SORTS: dict[Feature, str] = {}


def of_sort(sort: str) -> Callable[[Feature], Feature]:
    """A decorator of a feature that is 0 where the first slot's sort does not begin so: it is not asked there."""

    def only(function: Feature) -> Feature:
        _SORTS[function] = sort
        return function

    return only


def concerns(feature: Feature, sort: str) -> bool:
    """The feature can be other than 0 for slots of that sort."""
    return sort.startswith(_SORTS.get(feature, ""))
