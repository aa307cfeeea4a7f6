"""Ranks and offices: what is said of a person rather than counted.

A rank belongs to a person, under whatever spelling; an office is held by a person. An outlet can contradict itself, so
claims of one document are compared as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from claims.alignment.compare import Verdict
from claims.models import Claim, Document, RelationKind
from claims.normalisation.names import TitleRelation, compare_titles, name_key, same_name
from claims.normalisation.names.roles import expand

RANK = "rank"
OFFICE = "office"
# Offices that one person holds at a time, if it is said of what ("of a country", "finance minister").
_SINGLE = re.compile(
    r"\b(?:prime minister|president|chancellor|premier|minister (?:of|for) \w+|\w+ minister|governor of|mayor of"
    r"|chief executive of|attorney general of|chief of staff of|commander of|speaker of|king of|queen of)\b"
)
_NOT_NOW = re.compile(r"\b(?:former|ex|then|acting|vice|deputy|assistant|incoming|outgoing|late|interim|elect)\b")
_ONE_TERM = 45  # days between two articles within which an office is not expected to change hands


@dataclass(frozen=True, slots=True)
class Attribute:
    """A claim about a person: `entity` (as written: `shown`) is what it is about, `value` what it says of it."""

    claim_id: str
    document_id: str
    kind: str
    entity: str
    value: str
    shown: str


def attribute_of(claim: Claim, *, anywhere: bool = False) -> Attribute | None:
    """The rank or the office that a claim states, or None.

    `anywhere`: of two statements put side by side, "the finance minister" is one office. In a corpus it may be that of
    several countries, so there it must be said of which.
    """
    if claim.subject is None or claim.object is None:
        return None
    if claim.predicate == "rank":
        return Attribute(claim.id, claim.document_id, RANK, claim.subject, claim.object, claim.subject)
    if claim.predicate == "held by":
        office = expand(claim.subject)
        if (anywhere or " of " in f" {office} ") and _SINGLE.search(office) and not _NOT_NOW.search(office):
            return Attribute(claim.id, claim.document_id, OFFICE, office, claim.object, claim.subject)
    return None


def compare_attributes(a: Attribute, b: Attribute) -> Verdict:
    """The relation of two ranks of one person, or of two holders of one office; UNRELATED where they differ."""
    nothing = Verdict(RelationKind.UNRELATED, False, "not_comparable")
    if a.kind != b.kind:
        return nothing
    if a.kind == RANK:
        if not same_name(a.entity, b.entity):
            return nothing
        match compare_titles(a.value, b.value):
            case TitleRelation.SAME:
                return Verdict(RelationKind.AGREE, False, "rank")
            case TitleRelation.BROADER:
                finer = "a" if len(expand(a.value)) > len(expand(b.value)) else "b"
                return Verdict(RelationKind.REFINE, False, "rank", finer)
            case _:
                return Verdict(RelationKind.CONFLICT, True, "rank")
    if a.entity != b.entity:
        return nothing
    if same_name(a.value, b.value):
        return Verdict(RelationKind.AGREE, False, "office")
    return Verdict(RelationKind.CONFLICT, True, "office")


def groups(
    attributes: Iterable[Attribute], documents: Mapping[str, Document], links: set[tuple[str, str]]
) -> Iterator[tuple[list[Attribute], dict[tuple[str, str], Verdict]]]:
    """Attributes that are about one rank or one office, with the verdicts of their pairs (smaller claim id first).

    Who holds an office is told in most articles and is news only where two articles differ.
    """
    buckets: defaultdict[str, dict[str, Attribute]] = defaultdict(dict)
    for one in attributes:
        for key in name_key(one.entity) if one.kind == RANK else (one.entity,):
            buckets[f"{one.kind} {key}"][one.claim_id] = one
    seen: set[str] = set()
    for bucket in sorted(buckets):
        for members in _together([buckets[bucket][i] for i in sorted(buckets[bucket])], links):
            fresh = [m for m in members if m.claim_id not in seen]
            verdicts = dict(_verdicts(fresh, documents, links))
            if not verdicts or (fresh[0].kind == OFFICE and not any(v.discrepancy for v in verdicts.values())):
                continue
            involved = {claim for pair in verdicts for claim in pair}
            chosen = [m for m in fresh if m.claim_id in involved]
            seen.update(involved)
            yield chosen, verdicts


def _together(members: Sequence[Attribute], links: set[tuple[str, str]]) -> Iterator[list[Attribute]]:
    """Members of one entity in one document or in linked ones, joined one to the next."""
    left = list(members)
    while left:
        group = [left.pop(0)]
        grown = True
        while grown:
            grown = False
            for other in list(left):
                if any(_near(m, other, links) and _one_entity(m, other) for m in group):
                    group.append(other)
                    left.remove(other)
                    grown = True
        if len(group) > 1:
            yield sorted(group, key=lambda m: m.claim_id)


def _near(a: Attribute, b: Attribute, links: set[tuple[str, str]]) -> bool:
    pair = (min(a.document_id, b.document_id), max(a.document_id, b.document_id))
    return a.document_id == b.document_id or pair in links


def _one_entity(a: Attribute, b: Attribute) -> bool:
    return same_name(a.entity, b.entity) if a.kind == RANK else a.entity == b.entity


def _verdicts(
    members: Sequence[Attribute], documents: Mapping[str, Document], links: set[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], Verdict]]:
    for a, b in combinations(members, 2):
        verdict = compare_attributes(a, b)
        if verdict.relation is RelationKind.UNRELATED or not _near(a, b, links):
            continue
        told_alike = a.entity == b.entity and a.value == b.value
        if not verdict.discrepancy and (a.document_id == b.document_id or told_alike):
            continue  # one person styled alike is no news
        if verdict.discrepancy and a.kind == OFFICE:
            one, two = documents[a.document_id].published_at, documents[b.document_id].published_at
            if one is None or two is None or abs((one - two).days) > _ONE_TERM:
                continue
        yield (a.claim_id, b.claim_id), verdict
