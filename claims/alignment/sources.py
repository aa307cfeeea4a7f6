"""How each source stands to the others: counts with their denominators, no score that pretends to know the truth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.alignment.explain import document_label
from claims.alignment.voices import fact_voices
from claims.models import Claim, Document, Fact, RelationKind

_AGREES = frozenset({RelationKind.AGREE, RelationKind.APPROXIMATE})


@dataclass(frozen=True, slots=True)
class SourceStatistics:
    """Of one source: `facts` of its claims are told by another voice as well.

    In `agreed` of these facts another voice says the same, in `differed` one gives another figure, in `contradicted`
    one gives a value that excludes its own, in `outvoted` others agree with each other against it. `alone` of its
    `valued` claims (those with a quantity or a time) are in no fact. Counts overlap: a fact can be agreed and differed.
    """

    source: str
    documents: int
    claims: int
    valued: int
    alone: int
    facts: int
    agreed: int
    differed: int
    contradicted: int
    outvoted: int


def source_statistics(
    facts: Sequence[Fact], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> list[SourceStatistics]:
    """One row for each source, in order of its name. Pairs inside one source or one voice count for nothing."""
    name = {key: document_label(d) for key, d in documents.items()}
    source_of = {c.id: name[c.document_id] for c in claims.values()}
    told = {m for fact in facts for m in fact.members}
    voice = fact_voices(facts, claims, documents)
    counts: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for fact in facts:
        seen: defaultdict[str, set[str]] = defaultdict(set)
        supported: set[str] = set()
        for pair in fact.relations:
            one, two = source_of[pair.a], source_of[pair.b]
            if one == two or voice[fact.id][pair.a] == voice[fact.id][pair.b]:
                continue
            for source, claim in ((one, pair.a), (two, pair.b)):
                seen[source].add("facts")
                if pair.relation in _AGREES and not pair.discrepancy:
                    seen[source].add("agreed")
                    supported.add(claim)
                if pair.discrepancy:
                    seen[source].add("differed")
                if pair.relation is RelationKind.CONFLICT:
                    seen[source].add("contradicted")
        for source, marks in seen.items():
            own = [m for m in fact.members if source_of[m] == source]
            if "contradicted" in marks and not supported.intersection(own) and supported:
                marks.add("outvoted")
            for mark in marks:
                counts[source][mark] += 1
    rows = []
    for source in sorted(set(name.values())):
        own_claims = [c for c in claims.values() if source_of[c.id] == source]
        valued = [c for c in own_claims if c.quantity is not None or c.time is not None]
        rows.append(
            SourceStatistics(
                source=source,
                documents=sum(n == source for n in name.values()),
                claims=len(own_claims),
                valued=len(valued),
                alone=sum(c.id not in told for c in valued),
                **{k: counts[source][k] for k in ("facts", "agreed", "differed", "contradicted", "outvoted")},
            )
        )
    return rows
