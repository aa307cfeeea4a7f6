"""Two statements that say the same in words. Pure.

For statements that somebody puts side by side. In a corpus it would make a fact of every sentence that two outlets
share.
"""

from __future__ import annotations

import re

from claims.alignment.assertions import Assertion
from claims.alignment.mirrors import Weight, alike, of_other_times, one_harm, same_phrase
from claims.alignment.opposites import opposed
from claims.alignment.words import light

_ALIKE = 0.9  # of the weight of the lesser one's terms
_SHARED = 0.6  # of the weight of the terms of both
# Words of the closed classes that change what is said. "All" is what is meant without one.
_TURNING = re.compile(
    r"\b(?:some|many|most|few|several|half|only|almost|nearly|hardly|barely|more|less|fewer|first|last|for|against"
    r"|before|after|until|since|without|despite|unless|because|to|from|into|inside|outside|above|below|under|over|off"
    r"|out|up|down|if|whether|may|might|could|should|would|must)\b",
    re.IGNORECASE,
)


def same_statement(a: Assertion, b: Assertion, weight: Weight) -> bool:
    """Both say one thing, of the same in the same roles, as done or not done alike; one may say more of it.

    Where there is no third, one opposite that is negated is the other: "not found guilty", "acquitted".
    """
    if _manner(a) != _manner(b) or a.counted or b.counted or of_other_times(a, b):
        return False
    whole = any(row.whole for row in opposed(a.wording.marks, b.wording.marks))
    if (a.negated != b.negated) != whole:
        return False
    if a.nobody or b.nobody:
        return a.nobody and b.nobody and a.group == b.group and one_harm(a, b) and _one_content(a, b, weight)
    if not whole and not _one_deed(a, b):
        return False
    if not _same_parts(a, b, whole=whole, weight=weight):
        return False
    if whole:
        return _one_rest(a, b, weight)
    return _turning(a) == _turning(b) and _one_content(a, b, weight)


def _manner(assertion: Assertion) -> object:
    modality = assertion.claim.modality.value
    return "actual" if modality == "reported" else modality


def _one_deed(a: Assertion, b: Assertion) -> bool:
    one, two = a.wording, b.wording
    return one.verb == two.verb and not opposed(one.marks, two.marks)


def _same_parts(a: Assertion, b: Assertion, *, whole: bool, weight: Weight) -> bool:
    """No role is played by two."""
    one, two = a.wording.roles(theme=whole), b.wording.roles(theme=whole)
    pairs = [(one.agent, two.agent), (one.patient, two.patient)]
    if a.wording.passive != b.wording.passive and None in (one.patient, two.patient):
        # "the factory closed", "the factory was closed": whom it happens to may be the subject
        pairs = [(one.patient or one.agent, two.patient or two.agent)]
    found = [same_phrase(p, q, weight, sure=False) for p, q in pairs if p is not None and q is not None]
    return False not in found and (True in found or not found)


def _one_content(a: Assertion, b: Assertion, weight: Weight) -> bool:
    """Nearly all terms are shared, and only one of the two says anything beside."""
    one, two = a.terms, b.terms
    if any(not light(t) for t in one - two) and any(not light(t) for t in two - one):
        return False
    return bool(one & two) and alike(one, two, weight, _ALIKE, _SHARED)


def _one_rest(a: Assertion, b: Assertion, weight: Weight) -> bool:
    one, two = a.rest, b.rest
    return not (one and two) or alike(one, two, weight, _ALIKE, _SHARED)


def _turning(assertion: Assertion) -> frozenset[str]:
    """The words that turn what is said."""
    return frozenset(match[0].lower() for match in _TURNING.finditer(assertion.claim.quote))
