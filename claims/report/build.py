"""The data of a report, read from a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from claims.alignment.voices import copied_documents, group_voices
from claims.models import Claim, Document, Fact, Relation
from claims.report.overview import ReportData

if TYPE_CHECKING:
    from claims.store import Store


def from_store(store: Store, *, title: str | None = None, generated_on: date | None = None) -> ReportData:
    """All documents, active claims and facts of `store`, with the voices behind each fact."""
    documents = {document.id: document for document in store.documents.stream()}
    claims = tuple(store.extractions.active())
    facts = tuple(
        Fact(
            id=row["fact_id"],
            about=row["about"],
            relation=row["relation"],
            discrepancy=row["discrepancy"],
            reason=row["reason"],
            slot=row["slot"],
            members=tuple(value["claim_id"] for value in row["values"]),
            relations=tuple(
                Relation(**{name: pair[name] for name in pair if name in Relation.model_fields})
                for pair in row["pairs"]
            ),
        )
        for row in store.queries.facts()
    )
    extractors = sorted({claim.extractor for claim in claims})
    return ReportData(
        documents=tuple(sorted(documents.values(), key=lambda d: (d.path, d.id))),
        claims=claims,
        facts=facts,
        voices=voices(documents, claims, facts),
        extractor=", ".join(extractors) or None,
        rejected=store.queries.counts()["rejected"],
        generated_on=generated_on,
        **({"title": title} if title else {}),
    )


def voices(
    documents: Mapping[str, Document], claims: Sequence[Claim], facts: Sequence[Fact]
) -> dict[str, dict[str, str]]:
    """Fact id → claim id → voice, as the alignment tells copies of one text from independent voices."""
    by_id = {claim.id: claim for claim in claims}
    members = {fact.id: [by_id[m] for m in fact.members if m in by_id] for fact in facts}
    pairs = {
        pair for group in members.values() for pair in combinations(sorted({claim.document_id for claim in group}), 2)
    }
    involved = {key: documents[key] for pair in pairs for key in pair if key in documents}
    copies = copied_documents(involved, (pair for pair in sorted(pairs) if set(pair) <= involved.keys()))
    return {
        fact: group_voices({claim.id: (claim.document_id, claim.quote) for claim in group}, copies)
        for fact, group in members.items()
    }
