"""The evidence that two slots are about one fact: what they share, and the features that are made of it.

A feature lies roughly in [0, 1], so that a weight tells what its evidence is worth. A new one is a function below,
marked with `@feature`; it is computed only where a model gives it a weight.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from claims.alignment.compare import Verdict
from claims.alignment.context import StoryContext, lazy, measured
from claims.alignment.features import Profile
from claims.alignment.lexicon import kin, other_role, persons
from claims.alignment.words import ANYBODY, light
from claims.models import Comparator, QuantityKind, RelationKind

EQUAL = frozenset({RelationKind.AGREE, RelationKind.APPROXIMATE})

# Rows of contrasts that leave one thing measured, for another scope.
_SCOPES = frozenset({"span", "who", "floor"})
# Figures of these kinds are close by chance: they are few and small.
_ROUND = frozenset({QuantityKind.DURATION, QuantityKind.AGE, QuantityKind.RANK, QuantityKind.SCORE})
_CLOSE = 0.05  # of the larger figure
_NEARBY = 0.3
_SINGLE = frozenset({Comparator.EQUAL, Comparator.ABOUT, Comparator.ALMOST})
_FACTOR = math.log10(2.0)
_MANY = 100.0
_YEARS = 2.0  # by which ages of one person may differ


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

    @lazy
    def common(self) -> list[str]:
        """The terms near both values."""
        other = self.y.near
        return [t for t in self.x.near if t in other]

    @lazy
    def shared(self) -> frozenset[str]:
        """The terms of both sentences."""
        return self.x.sentence & self.y.sentence

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
    def scope(self) -> bool:
        """The figures are of other periods, and may be one rate."""
        return self.verdict.relation is RelationKind.DIFFERENT_SCOPE or self.verdict.rule == "same_rate"


FEATURES: dict[str, Callable[[Evidence], float]] = {}
"""Name → feature, in the order in which their parts of a score are summed."""


def feature(function: Callable[[Evidence], float]) -> Callable[[Evidence], float]:
    """Makes a function a feature, under its own name."""
    FEATURES[function.__name__] = function
    return function


@feature
def near(e: Evidence) -> float:
    """The words near both values, by weight and closeness: the root of a cosine."""
    a, b, squares = e.x.near, e.y.near, e.story.squares
    return _root(math.fsum([a[t] * b[t] * squares[t] for t in e.common]), e.one.near * e.two.near)


@feature
def sentence(e: Evidence) -> float:
    """The words of both sentences, by weight: the root of a cosine."""
    return _root(math.fsum(map(e.story.squares.__getitem__, e.shared)), e.one.sentence * e.two.sentence)


@feature
def shared(e: Evidence) -> float:
    """The weight of the words of both sentences."""
    return min(math.fsum(map(e.story.weights.__getitem__, e.shared)), 15.0) / 15.0


@feature
def names(e: Evidence) -> float:
    """The rarity of the names of both sentences."""
    return min(math.fsum(map(e.story.rarities.__getitem__, e.x.names & e.y.names)), 10.0) / 10.0


@feature
def head(e: Evidence) -> float:
    """One thing is counted or measured."""
    return 1.0 if e.alike else 0.0


@feature
def other_head(e: Evidence) -> float:
    """Different things are counted; less where one is "people", who may be anybody, or both are persons, or kin."""
    x, y = e.x, e.y
    if not e.counted or x.quantity is None or y.quantity is None or not x.quantity.of or not y.quantity.of:
        return 0.0
    anybody = x.head <= ANYBODY or y.head <= ANYBODY
    if e.related or e.persons == 2:
        return 0.3 if anybody else 0.5
    return 0.5 if anybody else 1.0


@feature
def related_head(e: Evidence) -> float:
    """What is counted has two names that are often used of one thing: flights and trips."""
    return 1.0 if e.counted and e.related else 0.0


@feature
def both_persons(e: Evidence) -> float:
    """Persons are counted, under two names."""
    return 1.0 if e.counted and e.persons == 2 else 0.0


@feature
def one_persons(e: Evidence) -> float:
    """One counts persons, the other something else."""
    return 1.0 if e.counted and e.persons == 1 and not e.related else 0.0


@feature
def repeats(e: Evidence) -> float:
    """How often both articles repeat the value."""
    return math.log(min(e.one.repeats, e.two.repeats))


@feature
def speech_one(e: Evidence) -> float:
    """A verb of saying stands beside one value alone."""
    return 1.0 if e.x.speech != e.y.speech else 0.0


@feature
def period(e: Evidence) -> float:
    """One is a period named from the article's date."""
    return 1.0 if e.x.period or e.y.period else 0.0


@feature
def company(e: Evidence) -> float:
    """The sentences share other values."""
    return min(e.around.company, 2) / 2


@feature
def alone(e: Evidence) -> float:
    """Of equal values: each stands once in its article, so that there is nothing else it could be one with."""
    return 1.0 if e.around.alone else 0.0


@feature
def central(e: Evidence) -> float:
    """The words near both values run through the story."""
    a, b, central_of = e.x.near, e.y.near, e.story.central
    return min(1.0, math.fsum([min(a[t], b[t]) * central_of[t] for t in e.common]))


@feature
def touch(e: Evidence) -> float:
    """How close the closest word that says something is to both values."""
    a, b = e.x.near, e.y.near
    return max([min(a[t], b[t]) for t in e.common if not light(t)], default=0.0)


@feature
def small(e: Evidence) -> float:
    """Both are bare counts of a few."""
    return 1.0 if e.one.small and e.two.small else 0.0


@feature
def vague(e: Evidence) -> float:
    """One is an order of magnitude in words."""
    return 1.0 if e.one.vague or e.two.vague else 0.0


@feature
def specific(e: Evidence) -> float:
    """How unlikely it is that the figures coincide: by their significant digits."""
    x, y = e.x.quantity, e.y.quantity
    if x is None or y is None or x.kind is QuantityKind.DURATION:
        return 0.0  # lengths of time are round in any unit: 24 hours, 90 days, 18 months
    return min(1.0, max(0.0, (min(e.one.digits, e.two.digits) - 1) / 2))


@feature
def elsewhere(e: Evidence) -> float:
    """The value of the one stands in the other's article too."""
    return 1.0 if e.story.stated(e.x, e.y.document_id) or e.story.stated(e.y, e.x.document_id) else 0.0


@feature
def bare(e: Evidence) -> float:
    """The sentences share no word that says anything."""
    return 1.0 if not e.alike and all(map(light, e.shared)) else 0.0


@feature
def clause(e: Evidence) -> float:
    """The words of both quotes, by weight: the root of a cosine."""
    return _root(math.fsum(map(e.story.squares.__getitem__, e.clause)), e.one.clause * e.two.clause)


@feature
def subject(e: Evidence) -> float:
    """The share of the lighter subject that is in both."""
    return e.story.overlap(e.x.subject, e.y.subject)


@feature
def topic(e: Evidence) -> float:
    """The same of subject, predicate and measured thing together."""
    return e.story.overlap(e.x.topic, e.y.topic)


@feature
def contrast(e: Evidence) -> float:
    """The figures are told apart: one is of the dead, the other of the injured; one of a part, the other of all."""
    return 1.0 if e.x.aspects != e.y.aspects and not e.scope and _contrast(e.x, e.y, e.differs) else 0.0


@feature
def ratio(e: Evidence) -> float:
    """How far apart two figures are: 0 for equal ones, 1 from a factor of ten."""
    if e.x.quantity is None or e.y.quantity is None:
        return 0.0
    one, two = e.one.middle, e.two.middle
    if one <= 0 or two <= 0:
        return 1.0
    return min(1.0, abs(math.log10(one / two)))


@feature
def contradicts(e: Evidence) -> float:
    """Both cannot be true."""
    return 1.0 if e.verdict.relation is RelationKind.CONFLICT else 0.0


@feature
def only(e: Evidence) -> float:
    """Of values that differ, by a factor of two at most: each is the one figure of its article that measures this."""
    if not e.differs or not e.alike or e.x.quantity is None or ratio(e) > _FACTOR:
        return 0.0
    return 1.0 if e.story.only(e.x, e.y) else 0.0


@feature
def lone(e: Evidence) -> float:
    """Of values that differ, by a factor of two at most: each is the one figure of its sort in its article."""
    if not e.differs or e.x.quantity is None or ratio(e) > _FACTOR:
        return 0.0
    return 1.0 if e.story.lone(e.x, e.y) else 0.0


@feature
def part_one(e: Evidence) -> float:
    """One time names a part of a day, the other does not."""
    return 1.0 if e.x.hour != e.y.hour else 0.0


@feature
def mixed(e: Evidence) -> float:
    """A level and a change."""
    return 1.0 if e.x.sort != e.y.sort else 0.0


@feature
def named(e: Evidence) -> float:
    """Of values that differ: a word that marks them out stands beside both."""
    return 1.0 if e.differs and any(m.startswith("only:") for m in e.x.aspects & e.y.aspects) else 0.0


@feature
def close(e: Evidence) -> float:
    """How little two figures differ that are written with some precision: 1 from a twentieth, 0 from a tenth."""
    if not e.differs or e.x.quantity is None or e.x.quantity.kind in _ROUND or max(e.one.digits, e.two.digits) < 2:
        return 0.0
    one, two = e.one.figure, e.two.figure
    if one is None or two is None or one <= 0 or two <= 0:
        return 0.0
    return min(1.0, max(0.0, 2.0 - abs(one - two) / max(one, two) / _CLOSE))


@feature
def near_value(e: Evidence) -> float:
    """How little two figures differ: 1 for hardly, 0 from three tenths of the larger one."""
    if not e.differs or e.x.quantity is None or e.one.vague or e.two.vague:
        return 0.0
    one, two = e.one.figure, e.two.figure
    if one is None or two is None or one <= 0 or two <= 0:
        return 0.0
    return max(0.0, 1.0 - abs(one - two) / max(one, two) / _NEARBY)


@feature
def near_age(e: Evidence) -> float:
    """Two ages that differ by two years at most."""
    if not e.differs or e.x.sort != "age" or e.x.quantity is None or e.y.quantity is None:
        return 0.0
    one, two = e.x.quantity.value, e.y.quantity.value
    return 1.0 if one is not None and two is not None and abs(one - two) <= _YEARS else 0.0


@feature
def age_groups(e: Evidence) -> float:
    """Of ages that differ: one is that of a group ("12 to 15"), not of a person."""
    if not e.differs or e.x.sort != "age" or e.x.quantity is None or e.y.quantity is None:
        return 0.0
    return 1.0 if any(q.comparator not in _SINGLE for q in (e.x.quantity, e.y.quantity)) else 0.0


@feature
def other_subject(e: Evidence) -> float:
    """Both say of whom or what they speak, and share no word of it."""
    a, b = e.one.subject, e.two.subject
    return 1.0 if a and b and a.isdisjoint(b) else 0.0


@feature
def other_names(e: Evidence) -> float:
    """Both clauses name somebody or something, and nothing that both sentences name."""
    a, b = e.one.names, e.two.names
    return 1.0 if a and b and a.isdisjoint(e.y.names) and b.isdisjoint(e.x.names) else 0.0


@feature
def harm_one(e: Evidence) -> float:
    """What befell those who are counted is said of one figure alone."""
    return 1.0 if e.x.sort == "count" and _harmed(e.x) != _harmed(e.y) else 0.0


@feature
def ordinal(e: Evidence) -> float:
    """Both are ranks: many things are the third or fourth of something."""
    return 1.0 if e.x.sort == "rank" else 0.0


@feature
def headless(e: Evidence) -> float:
    """Of counts: one does not name what it counts."""
    return 1.0 if e.x.sort == "count" and not (e.x.head and e.y.head) else 0.0


@feature
def money(e: Evidence) -> float:
    """Both are sums of money, which are rarely alike by chance."""
    return 1.0 if e.x.sort.startswith("money") else 0.0


@feature
def proportion(e: Evidence) -> float:
    """Both are shares."""
    return 1.0 if e.x.sort.startswith("share") else 0.0


@feature
def duration(e: Evidence) -> float:
    """Both are lengths of time."""
    return 1.0 if e.x.sort.startswith("duration") else 0.0


@feature
def measure(e: Evidence) -> float:
    """Both are measures: lengths, weights, areas."""
    return 1.0 if e.x.sort.startswith("measure") else 0.0


@feature
def many(e: Evidence) -> float:
    """Both count a hundred or more."""
    if e.x.sort != "count":
        return 0.0
    one, two = e.one.figure, e.two.figure
    return 1.0 if one is not None and two is not None and min(one, two) >= _MANY else 0.0


@feature
def result(e: Evidence) -> float:
    """Both are scores or counts of votes: of several matches or ballots, more often than not."""
    return 1.0 if e.x.sort == "score" else 0.0


@feature
def former_one(e: Evidence) -> float:
    """One figure is of a time long before its article, the other is not."""
    return 1.0 if e.one.former != e.two.former else 0.0


@feature
def other_days(e: Evidence) -> float:
    """The figures are stated for times that share no day."""
    a, b = e.x.days, e.y.days
    return 1.0 if a is not None and b is not None and (a[1] < b[0] or b[1] < a[0]) else 0.0


@feature
def same_days(e: Evidence) -> float:
    """The figures are stated for times that share a day."""
    a, b = e.x.days, e.y.days
    return 1.0 if a is not None and b is not None and a[0] <= b[1] and b[0] <= a[1] else 0.0


@feature
def remote(e: Evidence) -> float:
    """Both times lie weeks from their articles."""
    return 1.0 if e.one.remote and e.two.remote else 0.0


@feature
def remote_day(e: Evidence) -> float:
    """Both are single days weeks from their articles."""
    return 1.0 if e.one.remote and e.two.remote and e.one.day and e.two.day else 0.0


@feature
def event_told(e: Evidence) -> float:
    """The event that one time is attached to is told of in the other's clause."""
    x, y = e.x, e.y
    return 1.0 if x.event & (y.clause or y.sentence) or y.event & (x.clause or x.sentence) else 0.0


@feature
def event(e: Evidence) -> float:
    """Both times are attached to one event."""
    return 1.0 if e.x.event & e.y.event else 0.0


@feature
def apart(e: Evidence) -> float:
    """Both days were named for what happened on them."""
    return 1.0 if e.one.apart and e.two.apart else 0.0


@feature
def main(e: Evidence) -> float:
    """How much of the times of both articles is this one."""
    return min(e.one.dominance, e.two.dominance)


@feature
def calendar(e: Evidence) -> float:
    """Both days are written by month and number."""
    return 1.0 if e.one.calendar and e.two.calendar else 0.0


@feature
def day(e: Evidence) -> float:
    """Both are single days."""
    return 1.0 if e.one.day and e.two.day else 0.0


def _harmed(profile: Profile) -> bool:
    return any(mark.startswith("harm:") for mark in profile.aspects)


def _root(shared: float, length: float) -> float:
    """The square root of a cosine: evidence grows fast with the first shared words."""
    return math.sqrt(min(1.0, shared / length)) if shared and length else 0.0


def _contrast(x: Profile, y: Profile, differs: bool) -> bool:
    """The figures are told apart: one is of the dead, the other of the injured; one of a part, the other of all."""
    apart = x.aspects ^ y.aspects
    if any(mark.startswith("only:") or (differs and mark == "part:some") for mark in apart):
        return True
    if differs and "part:other" in apart and _one_apart(x, y):
        return True  # "17 other films" and the one told before are 18
    rows_x = {mark.split(":")[0] for mark in x.aspects - y.aspects if not mark.startswith("part:")}
    rows_y = {mark.split(":")[0] for mark in y.aspects - x.aspects}
    return bool(rows_x & rows_y)


def other_scope(x: Profile, y: Profile) -> bool:
    """One thing is measured, of another period, population or statistic: this year and ten years, men and women."""
    if not measured(x, y):
        return False
    rows = {m.split(":")[0] for m in x.aspects - y.aspects} & {m.split(":")[0] for m in y.aspects - x.aspects}
    return bool(rows) and rows <= _SCOPES


def _one_apart(x: Profile, y: Profile) -> bool:
    one, two = (p.quantity.value if p.quantity else None for p in (x, y))
    return one is not None and two is not None and abs(one - two) == 1
