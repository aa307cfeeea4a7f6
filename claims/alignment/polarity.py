"""One says that something happened, another that it did not: contradictions in words.

Only near-mirror statements count: of two claims, one negated or denied and the other not, nearly all that the shorter
one says must stand in the other. Looser matches are for a second reader; a wrong contradiction costs more than a
missed one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from claims.alignment.compare import Verdict
from claims.alignment.lexicon import persons
from claims.alignment.words import light, stem, term_of, tokens
from claims.alignment.words import terms as terms_of
from claims.models import (
    Attribution,
    Claim,
    ClaimKind,
    Document,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    RelationKind,
)
from claims.normalisation.names import same_name

_REFUSAL = r"\b(?:refus(?:e|es|ed|ing|als?)|declin(?:e|es|ed|ing)|fail(?:s|ed|ing)?|failure) to\b"
_VERBAL = re.compile(rf"\bnot\b|n['’]t\b|\bnever\b|\bden(?:y|ies|ied|ying|ials?)\b|{_REFUSAL}", re.IGNORECASE)
_NOBODY = re.compile(r"\s*(?:no[ -]one|nobody|none|no (?:people|persons?|deaths|injuries|casualties))\b", re.IGNORECASE)
_REFUSED = re.compile(_REFUSAL, re.IGNORECASE)
_DENY = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.IGNORECASE)
_REFUSING = frozenset(t for t in map(term_of, "refused declined failed failure".split()) if t)
_STATED = frozenset({Modality.ACTUAL, Modality.REPORTED})
_ALIKE = 0.6  # of the weight of the shorter statement's terms that must stand in the other
_SHARED = 0.33  # of the weight of the terms of both
_FEWEST = 2  # terms that say something, shared
_ONE_STAGE = 3  # days between the articles: later, a change is likelier than a contradiction


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a claim says in words: its terms without the words of saying, and whether it says so or not so."""

    claim: Claim
    terms: frozenset[str]
    action: frozenset[str]
    negated: bool
    refused: bool = False  # not so, because somebody would not or could not: that may change
    planned: bool = False
    nobody: bool = False  # "no one was hurt": what a count of persons contradicts
    counted: bool = False  # such a count


def assertion_of(claim: Claim) -> Assertion | None:
    """The plain statement that a claim makes; None for attributes and possibilities.

    Of figures, only counts of persons and ages in passing leave one.
    """
    planned = claim.modality is Modality.PLANNED
    if claim.kind is ClaimKind.ATTRIBUTE or not (planned or claim.modality in _STATED):
        return None
    dated = claim.quote.replace(claim.time.as_written, "") if claim.time else claim.quote
    counted = claim.quantity is not None and _counts_persons(claim.quantity) and claim.polarity is Polarity.ASSERTED
    if claim.quantity is not None:
        if not (counted or claim.quantity.kind is QuantityKind.AGE):
            return None
        dated = dated.replace(claim.quantity.as_written, "")
    if any(c.isdigit() for c in dated):
        return None  # a negated share is another share: figures are compared as such
    said = _saying(claim.attribution)
    parts = " ".join(p for p in (claim.subject, claim.predicate, claim.object) if p)
    terms = terms_of(dated) - said
    action = frozenset(t.term for t in tokens(parts) if t.term and t.term not in said and not t.name)
    if not terms or not action:
        return None
    negated = claim.polarity is Polarity.NEGATED
    nobody = negated and _NOBODY.match(claim.subject or "") is not None
    if negated and not (nobody or _VERBAL.search(claim.quote) or _denies(claim)):
        return None  # "no serious effects" denies a degree, not the thing
    refused = negated and _REFUSED.search(claim.quote) is not None
    if refused:
        terms, action = terms - _REFUSING, action - _REFUSING
        if not terms or not action:
            return None
    return Assertion(claim, terms, action, negated, refused, planned, nobody, counted)


def _counts_persons(quantity: Quantity) -> bool:
    """One person at least."""
    if quantity.kind is not QuantityKind.COUNT or quantity.change or not (quantity.low or 0) >= 1:
        return False
    return persons(terms_of(quantity.of or ""))


class Mirrored(NamedTuple):
    """Two claims of which one gainsays the other: first who says that it is so; of an update, what was said before."""

    first: Claim
    second: Claim
    verdict: Verdict


def compare_assertions(
    a: Assertion,
    b: Assertion,
    weight: Callable[[str], float],
    days: tuple[date | None, date | None],
    *,
    fewest: int = _FEWEST,
) -> Mirrored | None:
    """CONFLICT, a dispute between two speakers, or an UPDATE, of two mirror statements of articles of these `days`.

    They must share `fewest` terms that say something.
    """
    verdict = _verdict(a, b, weight, fewest)
    if verdict.relation is RelationKind.UNRELATED:
        return None
    day_a, day_b = days
    if verdict.relation is RelationKind.CONFLICT and day_a is not None and day_b is not None and day_a != day_b:
        before, after = (a, b) if day_a < day_b else (b, a)
        if (rule := _turned(before)) is not None:
            return Mirrored(before.claim, after.claim, Verdict(RelationKind.UPDATE, False, rule))
    return Mirrored(b.claim, a.claim, verdict) if a.negated else Mirrored(a.claim, b.claim, verdict)


def _verdict(a: Assertion, b: Assertion, weight: Callable[[str], float], fewest: int) -> Verdict:
    nothing = Verdict(RelationKind.UNRELATED, False, "no_shared_fact")
    if a.negated == b.negated or a.planned != b.planned or a.counted != b.nobody or b.counted != a.nobody:
        return nothing
    shared = a.terms & b.terms
    telling = [t for t in shared if not light(t)]
    if len(telling) < fewest or not any(t in shared and not light(t) for t in a.action & b.action):
        return nothing
    common = sum(sorted(weight(t) for t in shared))
    least = min(sum(sorted(weight(t) for t in x.terms)) for x in (a, b))
    most = sum(sorted(weight(t) for t in a.terms | b.terms))
    if common < _ALIKE * least or common < _SHARED * most:
        return nothing
    denier, other = (a, b) if a.negated else (b, a)
    one, two = _speaker(denier), _speaker(other)
    if one != two and (_denies(denier.claim) or (one and two and not same_name(one, two))):
        return Verdict(RelationKind.DIFFERENT_SPEAKER_VIEW, False, "denied")
    return Verdict(RelationKind.CONFLICT, True, "polarity")


def contradictions(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    links: set[tuple[str, str]],
    weight: Callable[[str], float],
) -> Iterator[Mirrored]:
    """What linked articles of one stage say and gainsay, ordered by the ids of the claims."""
    by_document: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document_id].append(claim)
    negating = {key for key, own in by_document.items() if any(c.polarity is Polarity.NEGATED for c in own)}

    @cache
    def assertions(document: str) -> list[Assertion]:
        return [found for claim in by_document.get(document, ()) if (found := assertion_of(claim)) is not None]

    found = []
    for one, two in links:
        if one not in negating and two not in negating:
            continue
        day_one, day_two = documents[one].published_at, documents[two].published_at
        if day_one is None or day_two is None or abs((day_one - day_two).days) > _ONE_STAGE:
            continue
        for a in assertions(one):
            for b in assertions(two):
                mirrored = compare_assertions(a, b, weight, (day_one, day_two))
                if mirrored is not None:
                    found.append(mirrored)
    yield from sorted(found, key=lambda m: sorted((m.first.id, m.second.id)))


def _turned(before: Assertion) -> str | None:
    """The rule by which what was said may have changed on a later day; None where it cannot have."""
    if before.planned:
        return "plan_changed"
    if before.refused:
        return "no_longer_refused"
    if before.nobody:
        return "first_counted"
    return None


def _saying(attribution: Attribution | None) -> frozenset[str]:
    """The terms of who says it and of the cue: they are not what is said."""
    if attribution is None:
        return frozenset()
    words = " ".join(w for w in (attribution.cue, attribution.speaker_as_written, attribution.role) if w)
    return frozenset(t.term for t in tokens(words) if t.term) | {stem("deny"), term_of("denied") or ""}


def _denies(claim: Claim) -> bool:
    """Somebody is said to deny it."""
    if claim.attribution is not None and claim.attribution.stance == "denies":
        return True
    return claim.predicate is not None and _DENY.search(claim.predicate) is not None


def _speaker(assertion: Assertion) -> str | None:
    claim = assertion.claim
    if claim.attribution is not None:
        return claim.attribution.speaker
    return claim.subject if _denies(claim) else None
