"""Features of two figures."""

from __future__ import annotations

import math

from claims.alignment.context import measured
from claims.alignment.evidence.pair import Evidence, Features, of_sort, register
from claims.alignment.features import Profile
from claims.alignment.words import ANYBODY
from claims.models import Comparator, QuantityKind

# Rows of contrasts that leave one thing measured, for another scope.
_SCOPES = frozenset({"span", "who", "floor", "quarter"})
# Figures of these kinds are close by chance: they are few and small.
_ROUND = frozenset({QuantityKind.DURATION, QuantityKind.AGE, QuantityKind.RANK, QuantityKind.SCORE})
_CLOSE = 0.05  # of the larger figure
_NEARBY = 0.3
_SINGLE = frozenset({Comparator.EQUAL, Comparator.ABOUT, Comparator.ALMOST})
_FACTOR = math.log10(2.0)
_MANY = 100.0
_YEARS = 2.0  # by which ages of one person may differ

FEATURES: Features = {}
feature = register(FEATURES)


@feature
def head(e: Evidence) -> float:
    """One thing is counted or measured."""
    return 1.0 if e.alike else 0.0


@feature
@of_sort("count")
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
@of_sort("count")
def related_head(e: Evidence) -> float:
    """What is counted has two names that are often used of one thing: flights and trips."""
    return 1.0 if e.counted and e.related else 0.0


@feature
@of_sort("count")
def both_persons(e: Evidence) -> float:
    """Persons are counted, under two names."""
    return 1.0 if e.counted and e.persons == 2 else 0.0


@feature
@of_sort("count")
def one_persons(e: Evidence) -> float:
    """One counts persons, the other something else."""
    return 1.0 if e.counted and e.persons == 1 and not e.related else 0.0


@feature
@of_sort("count")
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
    return e.specific


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
@of_sort("age")
def near_age(e: Evidence) -> float:
    """Two ages that differ by two years at most."""
    if not e.differs or e.x.sort != "age" or e.x.quantity is None or e.y.quantity is None:
        return 0.0
    one, two = e.x.quantity.value, e.y.quantity.value
    return 1.0 if one is not None and two is not None and abs(one - two) <= _YEARS else 0.0


@feature
@of_sort("age")
def age_groups(e: Evidence) -> float:
    """Of ages that differ: one is that of a group ("12 to 15"), not of a person."""
    if not e.differs or e.x.sort != "age" or e.x.quantity is None or e.y.quantity is None:
        return 0.0
    return 1.0 if any(q.comparator not in _SINGLE for q in (e.x.quantity, e.y.quantity)) else 0.0


@feature
@of_sort("count")
def harm_one(e: Evidence) -> float:
    """What befell those who are counted is said of one figure alone."""
    return 1.0 if e.x.sort == "count" and _harmed(e.x) != _harmed(e.y) else 0.0


@feature
@of_sort("rank")
def ordinal(e: Evidence) -> float:
    """Both are ranks: many things are the third or fourth of something."""
    return 1.0 if e.x.sort == "rank" else 0.0


@feature
@of_sort("count")
def headless(e: Evidence) -> float:
    """Of counts: one does not name what it counts."""
    return 1.0 if e.x.sort == "count" and not (e.x.head and e.y.head) else 0.0


@feature
@of_sort("money")
def money(e: Evidence) -> float:
    """Both are sums of money, which are rarely alike by chance."""
    return 1.0 if e.x.sort.startswith("money") else 0.0


@feature
@of_sort("share")
def proportion(e: Evidence) -> float:
    """Both are shares."""
    return 1.0 if e.x.sort.startswith("share") else 0.0


@feature
@of_sort("duration")
def duration(e: Evidence) -> float:
    """Both are lengths of time."""
    return 1.0 if e.x.sort.startswith("duration") else 0.0


@feature
@of_sort("measure")
def measure(e: Evidence) -> float:
    """Both are measures: lengths, weights, areas."""
    return 1.0 if e.x.sort.startswith("measure") else 0.0


@feature
@of_sort("count")
def many(e: Evidence) -> float:
    """Both count a hundred or more."""
    if e.x.sort != "count":
        return 0.0
    one, two = e.one.figure, e.two.figure
    return 1.0 if one is not None and two is not None and min(one, two) >= _MANY else 0.0


@feature
@of_sort("score")
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


def _harmed(profile: Profile) -> bool:
    return any(mark.startswith("harm:") for mark in profile.aspects)


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
    if not x.aspects or not y.aspects or x.aspects == y.aspects or not measured(x, y):
        return False
    rows = {m.split(":")[0] for m in x.aspects - y.aspects} & {m.split(":")[0] for m in y.aspects - x.aspects}
    return bool(rows) and rows <= _SCOPES


def _one_apart(x: Profile, y: Profile) -> bool:
    one, two = (p.quantity.value if p.quantity else None for p in (x, y))
    return one is not None and two is not None and abs(one - two) == 1
