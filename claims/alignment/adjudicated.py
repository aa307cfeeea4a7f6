"""The facts that verdicts of a second reader on statements make. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from hashlib import sha256

from claims.alignment.adjudicate import ONE_FACT, RULE, STATEMENT, Reading, Readings, evidence_of
from claims.models import Claim, Document, Fact, Relation, RelationKind
from claims.normalisation.names import same_name

# Days between two statements beyond which one that reverses the other is a change, not a contradiction.
_ONE_STAGE = 3
_CONCLUSION = {
    RelationKind.AGREE: "they say the same",
    RelationKind.CONFLICT: "both cannot be true",
    RelationKind.UPDATE: "it changed over time",
    RelationKind.DIFFERENT_SPEAKER_VIEW: "the speakers dispute it",
}
_GRAVEST = (RelationKind.CONFLICT, RelationKind.DIFFERENT_SPEAKER_VIEW, RelationKind.UPDATE, RelationKind.AGREE)


def statement_facts(
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
    labels: Mapping[str, str],
    facts: Collection[Fact],
    readings: Readings,
) -> list[Fact]:
    """The facts that verdicts on statements make of `claims`. A pair that is in one of `facts` stays there."""
    taken = {(r.a, r.b) for fact in facts for r in fact.relations}
    relations = []
    for key in sorted(readings):
        reading = readings[key]
        known = reading.a in claims and reading.b in claims
        if not known or reading.slot != STATEMENT or reading.same_fact != "yes" or (reading.a, reading.b) in taken:
            continue
        relation = _relation(reading, claims, documents, labels)
        if relation is not None:
            relations.append(relation)
    return [_fact(group, claims) for group in _grouped(relations)]


def _relation(
    reading: Reading, claims: Mapping[str, Claim], documents: Mapping[str, Document], labels: Mapping[str, str]
) -> Relation | None:
    a, b = claims[reading.a], claims[reading.b]
    kind = reading.relation
    speakers = [claim.attribution.speaker if claim.attribution else None for claim in (a, b)]
    apart = kind is RelationKind.CONFLICT and _times_apart(a, b, documents)
    if apart:
        kind = RelationKind.UPDATE  # a contradiction is of one time: days are reckoned here, not by a model
    elif kind is RelationKind.CONFLICT and speakers[0] and speakers[1] and not same_name(speakers[0], speakers[1]):
        kind = RelationKind.DIFFERENT_SPEAKER_VIEW  # each of them may be reported truly
    if kind not in _CONCLUSION:
        return None
    said = [
        f"{labels[claim.document_id]} says “{' '.join(quote.split())}”"
        + (f" (citing {speaker})" if speaker else "")
        + (f" on {day.isoformat()}" if (day := documents[claim.document_id].published_at) else "")
        for claim, quote, speaker in zip((a, b), reading.quotes, speakers, strict=True)
    ]
    days = [documents[c.document_id].published_at for c in (a, b)]
    if days[0] is not None and days[1] is not None and days[1] < days[0]:
        said.reverse()
    return Relation(
        a=a.id,
        b=b.id,
        relation=kind,
        discrepancy=kind is RelationKind.CONFLICT,
        reason=f"{said[0]}, {said[1]}: "
        + (
            f"{reading.reader} reads a contradiction, and they are of different times, so it changed."
            if apart
            else f"{_CONCLUSION[kind]}, as {reading.reader} reads them."
        ),
        score=ONE_FACT,
        evidence=(evidence_of(reading),),
        rule=RULE,
    )


def _times_apart(a: Claim, b: Claim, documents: Mapping[str, Document]) -> bool:
    """What they state is of different times: of the time that the claim names, else of the article's day."""
    one, two = (_days(claim, documents[claim.document_id]) for claim in (a, b))
    if one is None or two is None:
        return False
    return max((two[0] - one[1]).days, (one[0] - two[1]).days) > _ONE_STAGE


def _days(claim: Claim, document: Document) -> tuple[date, date] | None:
    if claim.time is not None and claim.time.earliest is not None and claim.time.latest is not None:
        return claim.time.earliest, claim.time.latest
    return (document.published_at, document.published_at) if document.published_at else None


def _grouped(relations: Sequence[Relation]) -> list[list[Relation]]:
    """Relations that share claims, directly or not."""
    parent: dict[str, str] = {}

    def find(x: str) -> str:
        while parent.setdefault(x, x) != x:
            x = parent[x]
        return x

    for relation in relations:
        one, two = find(relation.a), find(relation.b)
        parent[max(one, two)] = min(one, two)
    groups: defaultdict[str, list[Relation]] = defaultdict(list)
    for relation in relations:
        groups[find(relation.a)].append(relation)
    return [groups[key] for key in sorted(groups)]


def _fact(relations: Sequence[Relation], claims: Mapping[str, Claim]) -> Fact:
    members = tuple(sorted({r.a for r in relations} | {r.b for r in relations}))
    worst = min((r.relation for r in relations), key=_GRAVEST.index)
    subjects = [claims[m].subject or "" for m in members]
    return Fact(
        id=sha256("\n".join(members).encode()).hexdigest()[:16],
        about=f"what is said of {max(subjects, key=lambda s: (len(s), s))}",
        relation=worst,
        discrepancy=any(r.discrepancy for r in relations),
        reason=next(r.reason for r in relations if r.relation is worst),
        members=members,
        relations=tuple(sorted(relations, key=lambda r: (r.a, r.b))),
        slot=STATEMENT,
    )
