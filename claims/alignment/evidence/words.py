"""Features of the words around two values."""

from __future__ import annotations

import math

from claims.alignment.evidence.pair import Evidence, Features, register
from claims.alignment.words import LIGHT, light
from claims.models import RelationKind

FEATURES: Features = {}
feature = register(FEATURES)


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
def company(e: Evidence) -> float:
    """The sentences share other values."""
    return min(e.around.company, 2) / 2


@feature
def alone(e: Evidence) -> float:
    """Of equal values: each stands once in its article, so that there is nothing else it could be one with."""
    return 1.0 if e.around.alone else 0.0


@feature
def touch(e: Evidence) -> float:
    """How close the closest word that says something is to both values."""
    a, b = e.x.near, e.y.near
    return max([min(a[t], b[t]) for t in e.common if not light(t)], default=0.0)


@feature
def central(e: Evidence) -> float:
    """The words near both values run through the story."""
    a, b, central_of = e.x.near, e.y.near, e.story.central
    return min(1.0, math.fsum([min(a[t], b[t]) * central_of[t] for t in e.common]))


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
def bare(e: Evidence) -> float:
    """The sentences share no word that says anything."""
    return 1.0 if not e.alike and e.shared <= LIGHT else 0.0


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
def rival_names(e: Evidence) -> float:
    """Two names stand in one role: "the Norland army", "the Ostmark army"; and neither is in the other's sentence."""
    a, b = e.x.roles, e.y.roles
    return (
        1.0
        if any(
            a[role].isdisjoint(b[role]) and a[role].isdisjoint(e.y.sentence) and b[role].isdisjoint(e.x.sentence)
            for role in a.keys() & b.keys()
        )
        else 0.0
    )


@feature
def speech_one(e: Evidence) -> float:
    """A verb of saying stands beside one value alone."""
    return 1.0 if e.x.speech != e.y.speech else 0.0


@feature
def elsewhere(e: Evidence) -> float:
    """The value of the one stands in the other's article too."""
    return 1.0 if e.story.stated(e.x, e.y.document_id) or e.story.stated(e.y, e.x.document_id) else 0.0


@feature
def contradicts(e: Evidence) -> float:
    """Both cannot be true."""
    return 1.0 if e.verdict.relation is RelationKind.CONFLICT else 0.0


@feature
def repeats(e: Evidence) -> float:
    """How often both articles repeat the value."""
    return math.log(min(e.one.repeats, e.two.repeats))


def _root(shared: float, length: float) -> float:
    """The square root of a cosine: evidence grows fast with the first shared words."""
    return math.sqrt(min(1.0, shared / length)) if shared and length else 0.0
