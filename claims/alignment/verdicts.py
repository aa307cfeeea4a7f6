"""How the values of two slots stand: `compare` on their figures or times, and what the texts around them say of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import copy
from functools import lru_cache

from claims.alignment.compare import Verdict, compare_quantities, compare_times, complementary, hours_of
from claims.alignment.evidence import EQUAL, other_scope
from claims.alignment.features import Profile
from claims.alignment.intervals import Figure
from claims.models import Claim, Document, RelationKind, TimeRef

# Words with which a later figure is told as a change of an earlier one.
_CHANGED = re.compile(
    r"\b(?:still|remains?|remained|now|so far|no longer|as of|(?:has|have|had) (?:risen|climbed|grown|fallen|dropped"
    r"|reached|increased|decreased|doubled|tripled|joined|spread)"
    r"|(?:rose|climbed|fell|dropped|grew|down|up) (?:to|from))\b",
    re.IGNORECASE,
)
# Words before a later figure that make it the successor of others.
_FINAL = re.compile(
    r"\b(?:final|latest|newest|revised|updated|corrected|new) (?:official )?"
    r"(?:figures?|results?|counts?|tall(?:y|ies)|data|tolls?|estimates?|numbers?)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom (?:(?:an?|the|its|their) )?(?:[a-z]+ (?:[a-z]+ )?of )?(?:[a-z]+ )?$", re.IGNORECASE)
# Before a day, and before a figure: it is one of several that were told in turn.
_AS_OF = re.compile(r"\bas of (?:(?:late|early|about|around|the end of) )?$", re.IGNORECASE)
_STOOD = re.compile(r"\b(?:stood|stands|standing|remained) at (?:[a-z]+ ){0,2}$", re.IGNORECASE)
_YEAR = 300  # days between the beginnings of two times from which figures are of different years, nearly
_MONTH = 27  # days from the first to the last of the shortest month
_FROM_REACH = 40  # characters before a value

# From the gravest to the mildest: a fact bears the gravest of its pairs.
GRAVITY = (
    RelationKind.CONFLICT,
    RelationKind.DIFFERENT_SPEAKER_VIEW,
    RelationKind.OVERLAP,
    RelationKind.REFINE,
    RelationKind.UPDATE,
    RelationKind.APPROXIMATE,
    RelationKind.AGREE,
    RelationKind.DIFFERENT_SCOPE,
)
# Values that one article does not state of one thing.
APART = frozenset({RelationKind.CONFLICT, RelationKind.UNRELATED, RelationKind.DIFFERENT_SCOPE})
# Figures that grow while an event goes on: a later, larger one is news, not a contradiction.
GROWING = frozenset("die injur arrest miss evacu infect protest".split())
_BESIDE = 0.3  # the weight from which a word stands beside a figure


def compare_slots(x: Profile, y: Profile) -> Verdict:
    """The relation of two slots' values."""
    a, b = x.quantity, y.quantity
    if a is not None and b is not None:
        if x.sort == y.sort == "share" and complementary(a, b):
            if x.negated != y.negated:
                return Verdict(RelationKind.AGREE, False, "complement")
            return Verdict(RelationKind.UNRELATED, False, "complement")
        verdict = _compared(_per(x, y), _per(y, x)) if a.per or b.per else _compared(a, b)
        if x.sort == "share" and x.negated != y.negated and verdict.relation not in EQUAL:
            return Verdict(RelationKind.UNRELATED, False, "negation")  # the share that did, and that which did not
        if verdict.discrepancy and (other_scope(x, y) or _other_period(x, y) or _with_others(x, y)):
            return Verdict(RelationKind.DIFFERENT_SCOPE, False, "other_scope")
        return verdict
    if x.time is not None and y.time is not None:
        one, two = x.time, y.time
        if x.ahead is not None and x.ahead == two.earliest:
            one = one.model_copy(update={"earliest": x.ahead, "latest": x.ahead})
        if y.ahead is not None and y.ahead == x.time.earliest:
            two = two.model_copy(update={"earliest": y.ahead, "latest": y.ahead})
        return compare_times(one, two)
    return Verdict(RelationKind.UNRELATED, False, "not_comparable")


# The same few figures meet again and again: in copies, and in every sentence that tells them.
_compared = lru_cache(maxsize=16_384)(compare_quantities)


def _other_period(x: Profile, y: Profile) -> bool:
    """The figures are stated for times that lie far apart, or for two months or longer: sales of 2020 and of 2021."""
    a, b = x.days, y.days
    if a is None or b is None or max(a[0], b[0]) <= min(a[1], b[1]):
        return False
    return abs(a[0] - b[0]) >= _YEAR or min(a[1] - a[0], b[1] - b[0]) >= _MONTH


def _with_others(x: Profile, y: Profile) -> bool:
    """One counts two sorts of persons together, the other one of them: passengers and crew, passengers."""
    one, two = ({m for m in p.aspects if m.startswith("with:")} for p in (x, y))
    return one != two and bool(x.head & y.head)


def _per(x: Profile, y: Profile) -> Figure:
    """The figure of `x`, for the period that `y` names where the words around `x` name it too ("annual savings")."""
    assert x.quantity is not None
    assert y.quantity is not None
    per = y.quantity.per
    if not per or x.quantity.per or f"span:{per}" not in x.aspects:
        return x.quantity
    named = copy(x.quantity)
    named.per = per
    return named


def in_time(
    x: Profile, y: Profile, verdict: Verdict, claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> Verdict:
    """Figures that differ because they are stated as of different times are an update, not a discrepancy.

    So it is when one outlet tells another figure on another day, when a count that grows with the event has grown,
    when the figures bear different times, when one is said to be that of an earlier day ("as of Monday night"), and
    when the later one is said to be a state that has changed.
    """
    if verdict.relation not in (RelationKind.CONFLICT, RelationKind.REFINE, RelationKind.OVERLAP):
        return verdict
    one, two = documents[x.document_id], documents[y.document_id]
    if x.quantity is None or y.quantity is None or one.published_at is None or two.published_at is None:
        return verdict
    if _of_other_hours(claims[x.claim_id].time, claims[y.claim_id].time):
        return Verdict(RelationKind.UPDATE, False, "other_hour")
    if _stood_earlier(x, y, claims, documents) or _stood_earlier(y, x, claims, documents):
        return Verdict(RelationKind.UPDATE, False, "as_of")
    if one.published_at == two.published_at:
        return verdict
    earlier, later = (x, y) if one.published_at < two.published_at else (y, x)
    if one.source is not None and one.source == two.source:
        return Verdict(RelationKind.UPDATE, False, "same_outlet_later")
    low, high = _lowest(earlier), _lowest(later)
    if low is not None and high is not None and low < high and _growing(earlier) and _growing(later):
        return Verdict(RelationKind.UPDATE, False, "growing_count")
    told = documents[later.document_id].text[later.place : later.end]
    final = verdict.relation is RelationKind.CONFLICT and _FINAL.search(told)
    changed = final or _CHANGED.search(claims[later.claim_id].quote)
    if changed and not _former(later, documents):
        return Verdict(RelationKind.UPDATE, False, "changed_since")
    if x.days and y.days and (x.days[1] < y.days[0] or y.days[1] < x.days[0]):
        return Verdict(RelationKind.UPDATE, False, "other_time")
    return verdict


def _stood_earlier(x: Profile, y: Profile, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> bool:
    """The figure of `x` is said to be that of a day, and `y` is of a later one: of its article's, where none is said.

    Of counts that only grow, the later one must be the larger.
    """
    time = claims[x.claim_id].time
    if x.days is None or time is None or y.published is None:
        return False
    if x.days[1] >= (y.published if y.days is None else y.days[0]):
        return False
    low, high = _lowest(x), _lowest(y)
    if low is not None and high is not None and low > high and (_growing(x) or _growing(y)):
        return False
    text = documents[x.document_id].text
    return (
        _AS_OF.search(text, max(x.place, time.start - _FROM_REACH), time.start) is not None
        or _STOOD.search(text, max(x.place, x.start - _FROM_REACH), x.start) is not None
    )


def _of_other_hours(x: TimeRef | None, y: TimeRef | None) -> bool:
    """One day's figures for parts of it that share no hour: by Tuesday morning, and by Tuesday night."""
    if x is None or y is None or x.earliest is None or (x.earliest, x.latest) != (y.earliest, y.latest):
        return False
    if x.earliest != x.latest:
        return False
    a, b = hours_of(x.as_written), hours_of(y.as_written)
    return a is not None and b is not None and (a[1] <= b[0] or b[1] <= a[0]) and a != b


def _former(profile: Profile, documents: Mapping[str, Document]) -> bool:
    """The value is told as what once was: "down from a peak of 84,000"."""
    text = documents[profile.document_id].text
    return _FROM.search(text, max(profile.place, profile.start - _FROM_REACH), profile.start) is not None


def _lowest(profile: Profile) -> float | None:
    quantity = profile.quantity
    return None if quantity is None else quantity.low if quantity.low is not None else quantity.value


def _growing(profile: Profile) -> bool:
    near = {term for term in GROWING & profile.near.keys() if profile.near[term] >= _BESIDE}
    return bool(near) or not GROWING.isdisjoint(profile.head)
