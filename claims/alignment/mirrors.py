"""How far two assertions mirror each other: their words, who does what to whom, what happens, and when. Pure."""

from __future__ import annotations

from collections.abc import Callable

from claims.alignment.assertions import Assertion, Phrase, Roles
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


def same_phrase(p: Phrase, q: Phrase, weight: Weight, *, sure: bool) -> bool | None:
    """Whether two phrases name one thing; None where a pronoun leaves it open."""
    if p.pronoun and q.pronoun:
        return None if sure else p.pronoun == q.pronoun
    if p.pronoun or q.pronoun:
        return None
    return total(p.terms & q.terms, weight) > 0.5 * min(total(p.terms, weight), total(q.terms, weight))


def crossed(a: Assertion, b: Assertion) -> bool:
    """Who does it in one is whom it is done to in the other: "A sued B" is not "B sued A"."""
    one, two = a.wording.roles(theme=False), b.wording.roles(theme=False)
    if one.agent is None or two.agent is None or not one.agent.terms.isdisjoint(two.agent.terms):
        return False
    return _meet(one.agent, two.patient) or _meet(two.agent, one.patient)


def _meet(p: Phrase, q: Phrase | None) -> bool:
    return q is not None and not p.terms.isdisjoint(q.terms)


def one_verb(a: Assertion, b: Assertion) -> bool:
    """What happens in the one stands in the other."""
    one, two = a.wording.verb, b.wording.verb
    if one is None or two is None or one == two:
        return True
    return any(light(verb) or verb in other.terms for verb, other in ((one, b), (two, a)))


def one_harm(a: Assertion, b: Assertion) -> bool:
    """The dead are not the injured."""
    one, two = ({CONTRASTS[t] for t in x.terms & CONTRASTS.keys() if CONTRASTS[t].startswith("harm")} for x in (a, b))
    return not one or not two or not one.isdisjoint(two)


def of_other_times(a: Assertion, b: Assertion) -> bool:
    """Each names a time, and they are two."""
    one, two = a.claim.time, b.claim.time
    if one is None or two is None:
        return False
    if one.earliest is None or one.latest is None or two.earliest is None or two.latest is None:
        return one.as_written.casefold() != two.as_written.casefold()
    return max(one.earliest, two.earliest) > min(one.latest, two.latest)
