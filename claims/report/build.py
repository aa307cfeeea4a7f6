"""The data of a report, read from a store."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from claims.alignment.voices import fact_voices
from claims.models import Fact, Relation
from claims.report.overview import ReportData

if TYPE_CHECKING:
    from claims.store import Store


def from_store(store: Store, *, title: str | None = None, generated_on: date | None = None) -> ReportData:
    """All documents, active claims and facts of `store`, with the voices behind each fact."""
    documents = {document.id: document for document in store.documents.stream()}
    claims = tuple(store.extractions.active())
    facts = facts_of(store)
    extractors = sorted({claim.extractor for claim in claims})
    return ReportData(
        documents=tuple(sorted(documents.values(), key=lambda d: (d.path, d.id))),
        claims=claims,
        facts=facts,
        voices=fact_voices(facts, {claim.id: claim for claim in claims}, documents),
        extractor=", ".join(extractors) or None,
        rejected=store.queries.counts()["rejected"],
        generated_on=generated_on,
        **({"title": title} if title else {}),
    )


def facts_of(store: Store) -> tuple[Fact, ...]:
    """The facts of `store` with their pairs, the gravest first."""
    return tuple(
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
