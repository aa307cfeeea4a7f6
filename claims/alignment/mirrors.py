"""How far two assertions mirror each other: their words, who does what to whom, what happens, and when. Pure."""

from __future__ import annotations

from collections.abc import Callable

from claims.alignment.assertions import CASUALTY, Assertion, Phrase, Roles
from claims.alignment.words import CONTRASTS, light

Weight = Callable[[str], float]


def alike(a: frozenset[str], b: frozenset[str], weight: Weight, lesser: float, both: float) -> bool:
    """`lesser` of the weight of the lighter one's terms is in the other, and `both` of the weight of all is shared."""
    common, least, most = total(a & b, weight), min(total(a, weight), total(b, weight)), total(a | b, weight)
    return common >= lesser * least and common >= both * most


def total(terms: frozenset[str], weight: Weight) -> float:
    """The weight of the terms, the same in any order."""
    return sum(sorted(weight(t) for t in terms))


def telling(terms: frozenset[str]) -> int:
    """How many of the terms say something."""
    return sum(not light(t) for t in terms)


def same_roles(one: Roles, two: Roles, weight: Weight, *, sure: bool) -> bool:
    """At least one role is played by one and the same, and none by two. `sure`: a pronoun stands for nobody known."""
    found = [
        same_phrase(p, q, weight, sure=sure)
        for p, q in ((one.agent, two.agent), (one.patient, two.patient))
        if p is not None and q is not None
    ]
    return True in found and False not in found and not (sure and None in found)


def other_roles(one: Roles, two: Roles, weight: Weight) -> bool:
    """A role is played by two: "A sued B" is not "B sued A"."""
    found = [same_phrase(p, q, weight, sure=True) for p, q in zip(one, two, strict=True) if p and q]
    return False in found


def same_phrase(p: Phrase, q: Phrase, weight: Weight, *, sure: bool) -> bool | None:
    """Whether two phrases name one thing; None where a pronoun leaves it open."""
    if p.pronoun and q.pronoun:
        return None if sure else p.pronoun == q.pronoun
    if p.pronoun or q.pronoun:
        return None
    return total(p.terms & q.terms, weight) > 0.5 * min(total(p.terms, weight), total(q.terms, weight))


def tells(assertion: Assertion, verb: str | None) -> bool:
    """What the verb says stands in the assertion."""
    return verb is None or light(verb) or verb == assertion.wording.verb or verb in assertion.terms


def one_harm(a: Assertion, b: Assertion) -> bool:
    """One thing happened to persons, or to none: the dead are not the injured, but either are casualties."""
    one, two = ({CONTRASTS[t] for t in x.terms & CONTRASTS.keys() if CONTRASTS[t].startswith("harm")} for x in (a, b))
    if one or two:
        return not one.isdisjoint(two) or CASUALTY in a.terms | b.terms
    return a.wording.verb is not None and a.wording.verb == b.wording.verb


def of_other_times(a: Assertion, b: Assertion) -> bool:
    """Each names a time, and they are two."""
    one, two = a.claim.time, b.claim.time
    if one is None or two is None:
        return False
    if one.earliest is None or one.latest is None or two.earliest is None or two.latest is None:
        return one.as_written.casefold() != two.as_written.casefold()
    return max(one.earliest, two.earliest) > min(one.latest, two.latest)
