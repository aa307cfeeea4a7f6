"""One says that something happened, another that it did not: contradictions in words.

Only near-mirror statements count: one is negated or denied and the other not, or their verbs are opposites, and nearly
all else that the shorter one says must stand in the other. Looser matches are for a second reader; a wrong
contradiction costs more than a missed one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, product
from typing import NamedTuple

from claims.alignment.assertions import Assertion, assertion_of, denies, speaker
from claims.alignment.compare import Verdict
from claims.alignment.mirrors import (
    Weight,
    alike,
    of_other_times,
    one_harm,
    other_roles,
    same_roles,
    telling,
    tells,
)
from claims.alignment.opposites import TELLING, Course, Mark, Opposition, against, opposed
from claims.alignment.words import light
from claims.models import Claim, Document, Polarity, RelationKind
from claims.normalisation.names import same_name

_ALIKE = 0.6  # of the weight of the shorter statement's terms that must stand in the other
_SHARED = 0.33  # of the weight of the terms of both
_FEWEST = 2  # terms that say something, shared
# The same of two opposites in a corpus, where two verbs may tell of two things.
_MIRRORED = 0.85
_MIRRORED_SHARED = 0.5
_ONE_STAGE = 3  # days between the articles: later, a change is likelier than a contradiction

Days = tuple[date | None, date | None]


class Mirrored(NamedTuple):
    """Two claims of which one gainsays the other: first who says that it is so; of an update, what was said before."""

    first: Claim
    second: Claim
    verdict: Verdict


def compare_assertions(
    a: Assertion, b: Assertion, weight: Weight, days: Days, *, side_by_side: bool = False
) -> Mirrored | None:
    """CONFLICT, a dispute between two speakers, or an UPDATE, of two mirror statements of articles of these `days`.

    `side_by_side`: a person has put the two together, so that less must be shared.
    """
    row = None
    if a.claim.quote == b.claim.quote:
        return None  # a copy, read in two ways
    if a.negated != b.negated:
        if not _gainsaid(a, b, weight, side_by_side=side_by_side):
            return None
    else:
        row = _opposition(a, b, weight, side_by_side=side_by_side)
        if row is None:
            return None
    verdict = _disputed(a, b, row)
    if verdict.relation is RelationKind.CONFLICT and (order := _in_order(a, b, days)) is not None:
        rule = _turned(order[0]) if row is None else _reversed(*order, row)
        if rule is not None:
            return Mirrored(order[0].claim, order[1].claim, Verdict(RelationKind.UPDATE, False, rule))
    if of_other_times(a, b):
        return None
    first, second = sorted((a, b), key=lambda x: (x.negated, row is not None and row.side(x.wording.marks), x.claim.id))
    return Mirrored(first.claim, second.claim, verdict)


def _gainsaid(a: Assertion, b: Assertion, weight: Weight, *, side_by_side: bool) -> bool:
    """One says that it is so, the other, of the same, that it is not."""
    if a.planned != b.planned:
        return False
    if (a.counted, b.counted) != (b.nobody, a.nobody):
        if not (side_by_side and (_all_of(a, b) or _all_of(b, a))):
            return False
    elif a.nobody or b.nobody:
        if not one_harm(a, b) or (a.group and b.group and a.group.isdisjoint(b.group)):
            return False  # no soldiers, and three villagers
    elif not _one_matter(*((a, b) if a.negated else (b, a)), weight):
        return False
    shared = a.terms & b.terms
    fewest = 1 if side_by_side else _FEWEST
    if telling(shared) < fewest or not any(t in shared and not light(t) for t in a.action & b.action):
        return False
    return alike(a.terms, b.terms, weight, _ALIKE, _SHARED)


def _one_matter(denier: Assertion, other: Assertion, weight: Weight) -> bool:
    """What is negated or denied is what the other asserts, of the same in the same roles."""
    if other.hedged:
        return False  # "raised questions but did not answer them" says both
    if denies(denier.claim):
        return True
    roles = denier.wording.roles(theme=False), other.wording.roles(theme=False)
    return tells(other, denier.wording.verb) and not other_roles(*roles, weight)


def _all_of(a: Assertion, b: Assertion) -> bool:
    """One says of some persons, without a figure, what the other says of none of them."""
    subject = a.wording.subject
    if not b.nobody or a.counted or a.hedged or subject is None:
        return False
    return bool(b.group) and b.group <= subject.terms and a.wording.verb == b.wording.verb


def _opposition(a: Assertion, b: Assertion, weight: Weight, *, side_by_side: bool) -> Opposition | None:
    """The row of the table in which their verbs stand against each other, where all else is one."""
    one, two = a.wording, b.wording
    if a.negated or b.negated or a.planned != b.planned or not (one.marks and two.marks):
        return None
    for row in opposed(one.marks, two.marks):
        roles = one.roles(theme=row.theme), two.roles(theme=row.theme)
        counts = row.course is not Course.ASKED if side_by_side else _in_corpus(row, a, b)
        if counts and same_roles(*roles, weight, sure=not side_by_side):
            return row if _mirrors(a, b, weight, side_by_side=side_by_side) else None
    return None


def _in_corpus(row: Opposition, a: Assertion, b: Assertion) -> bool:
    """Whether the two opposites contradict each other in articles of one day."""
    if row.course is Course.TURN:  # a road may have been closed and opened, but not opened and closed still
        return (a.still or b.still) and a.wording.result and b.wording.result
    return row.course in (Course.OUTCOME, Course.DECISION, Course.FORTH)


def _mirrors(a: Assertion, b: Assertion, weight: Weight, *, side_by_side: bool) -> bool:
    """Beside the opposites, they say one thing."""
    shared = telling(a.rest & b.rest)
    if side_by_side:
        if not shared and a.wording.pronouns and a.wording.pronouns == b.wording.pronouns:
            return not a.rest or not b.rest or alike(a.rest, b.rest, weight, _ALIKE, _SHARED)
        return shared > 0 and alike(a.rest, b.rest, weight, _ALIKE, _SHARED)
    if not (a.wording.spent.isdisjoint(b.rest) and b.wording.spent.isdisjoint(a.rest)):
        return False  # what one of them says, the other says too, of something else
    return shared >= _FEWEST and alike(a.rest, b.rest, weight, _MIRRORED, _MIRRORED_SHARED)


def _disputed(a: Assertion, b: Assertion, row: Opposition | None) -> Verdict:
    """A conflict, or a dispute where two speakers stand against each other."""
    denier, other = (a, b) if a.negated else (b, a)
    one, two = speaker(denier.claim), speaker(other.claim)
    granted = any(r.course is Course.DECISION for r in opposed(denier.wording.marks, other.wording.marks))
    denied = row is None and denies(denier.claim) and not granted  # "denied the firm a licence" is a deed
    if one != two and (denied or (one and two and not same_name(one, two))):
        return Verdict(RelationKind.DIFFERENT_SPEAKER_VIEW, False, "denied")
    return Verdict(RelationKind.CONFLICT, True, "polarity" if row is None else "opposite")


def _in_order(a: Assertion, b: Assertion, days: Days) -> tuple[Assertion, Assertion] | None:
    """The earlier and the later, by the times that they name, else by their articles; None where they are of one."""
    one, two = a.claim.time, b.claim.time
    day_a, day_b = days
    if of_other_times(a, b):
        day_a, day_b = one.earliest if one else None, two.earliest if two else None
    if day_a is None or day_b is None or day_a == day_b:
        return None
    return (a, b) if day_a < day_b else (b, a)


def _turned(before: Assertion) -> str | None:
    """The rule by which what was said may have changed on a later day; None where it cannot have."""
    if before.planned:
        return "plan_changed"
    if before.refused:
        return "no_longer_refused"
    if before.nobody:
        return "first_counted"
    return None


def _reversed(before: Assertion, after: Assertion, row: Opposition) -> str | None:
    """The rule by which the opposite may have followed on a later day; None where it cannot have."""
    if before.planned:
        return "plan_changed"
    if row.course is Course.OUTCOME or (after.still and not before.still):
        return None
    if row.course is Course.FORTH and row.side(before.wording.marks) == 1:
        return None  # nobody is alive again
    return "reversed"


# --- in a corpus ---


class _Articles:
    """The assertions of articles, each read once and only where another article may gainsay it."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._claims: defaultdict[str, list[Claim]] = defaultdict(list)
        self._marked: defaultdict[str, list[Claim]] = defaultdict(list)  # those that may have an opposite
        self._read: dict[str, Assertion | None] = {}
        self._by_polarity: dict[str, tuple[list[Assertion], list[Assertion]]] = {}
        self._by_mark: dict[str, dict[Mark, list[Assertion]]] = {}
        self.negating: set[str] = set()
        for claim in claims:
            self._claims[claim.document_id].append(claim)
            words = f"{claim.predicate} {claim.object}".lower().split()
            if claim.polarity is Polarity.NEGATED or "not" in words or "longer" in words:
                self.negating.add(claim.document_id)
            elif claim.quantity is None and not TELLING.isdisjoint(words):
                self._marked[claim.document_id].append(claim)

    def by_polarity(self, document: str) -> tuple[list[Assertion], list[Assertion]]:
        """What it says to be so, and what not."""
        found = self._by_polarity.get(document)
        if found is None:
            found = self._by_polarity[document] = ([], [])
            for assertion in self._assertions(self._claims.get(document, ())):
                found[assertion.negated].append(assertion)
        return found

    def opposites(self, one: str, two: str) -> Iterator[tuple[Assertion, Assertion]]:
        """The pairs of the two articles whose verbs stand against each other, each once."""
        if one not in self._marked or two not in self._marked:
            return
        seen = set()
        others = self._marks(two)
        for mark, own in self._marks(one).items():
            for a, b in product(own, others.get(against(mark), ())):
                if (a.claim.id, b.claim.id) not in seen:
                    seen.add((a.claim.id, b.claim.id))
                    yield a, b

    def _marks(self, document: str) -> dict[Mark, list[Assertion]]:
        found = self._by_mark.get(document)
        if found is None:
            found = self._by_mark[document] = {}
            for assertion in self._assertions(self._marked[document]):
                if not assertion.negated:
                    for mark in assertion.wording.marks:
                        found.setdefault(mark, []).append(assertion)
        return found

    def _assertions(self, claims: Iterable[Claim]) -> Iterator[Assertion]:
        for claim in claims:
            if claim.id not in self._read:
                self._read[claim.id] = assertion_of(claim)
            assertion = self._read[claim.id]
            if assertion is not None:
                yield assertion


def contradictions(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    links: set[tuple[str, str]],
    weight: Weight,
) -> Iterator[Mirrored]:
    """What linked articles of one stage say and gainsay, ordered by the ids of the claims."""
    articles = _Articles(claims)
    found = []
    for one, two in links:
        day_one, day_two = documents[one].published_at, documents[two].published_at
        if day_one is None or day_two is None or abs((day_one - day_two).days) > _ONE_STAGE:
            continue
        pairs = articles.opposites(one, two)
        if one in articles.negating or two in articles.negating:
            (so, not_so), (so_too, not_so_too) = articles.by_polarity(one), articles.by_polarity(two)
            pairs = chain(pairs, product(so, not_so_too), product(not_so, so_too))
        for a, b in pairs:
            mirrored = compare_assertions(a, b, weight, (day_one, day_two))
            if mirrored is not None:
                found.append(mirrored)
    yield from sorted(found, key=lambda m: sorted((m.first.id, m.second.id)))
