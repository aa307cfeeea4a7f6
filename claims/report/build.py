"""The data of a report, read from a store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from claims.alignment.voices import fact_voices
from claims.models import Claim, Fact, Relation
from claims.report.overview import ReportData

if TYPE_CHECKING:
    from claims.store import Store


MOST_CLAIMS = 4000  # a store with more is shown by its gravest facts and their articles: a page must open
MOST_FACTS = 400
MOST_ARTICLES = 150


def from_store(store: Store, *, title: str | None = None, generated_on: date | None = None) -> ReportData:
    """The documents, active claims and facts of `store`, with the voices behind each fact.

    Of a store with more than `MOST_CLAIMS` claims: the gravest facts and the articles that tell them; `note` says so.
    """
    counts = store.queries.counts()
    note = None
    if counts["claims"] <= MOST_CLAIMS:
        documents = store.corpus.dated({document.id: document for document in store.documents.stream()})
        claims = tuple(store.corpus.timed(store.extractions.active()))
        facts = facts_of(store)
    else:
        facts = facts_of(store, limit=MOST_FACTS)
        facts, wanted = _few(facts, store.extractions.get([member for fact in facts for member in fact.members]))
        documents = store.corpus.dated(store.documents.get(wanted))
        claims = tuple(store.corpus.timed(store.extractions.active(wanted)))
        note = (
            f"The store holds {counts['documents']:,} articles, {counts['claims']:,} claims and {counts['facts']:,} "
            f"facts; shown are the gravest {len(facts)} facts, with the {len(documents)} articles that tell them."
        )
    extractors = sorted({claim.extractor for claim in claims})
    return ReportData(
        documents=tuple(sorted(documents.values(), key=lambda d: (d.path, d.id))),
        claims=claims,
        facts=facts,
        voices=fact_voices(facts, {claim.id: claim for claim in claims}, documents),
        extractor=", ".join(extractors) or None,
        rejected=counts["rejected"],
        generated_on=generated_on,
        note=note,
        **({"title": title} if title else {}),
    )


def _few(facts: Sequence[Fact], claims: Mapping[str, Claim]) -> tuple[tuple[Fact, ...], list[str]]:
    """The first facts that together are told by at most `MOST_ARTICLES` articles, and these."""
    chosen: list[Fact] = []
    wanted: set[str] = set()
    for fact in facts:
        told = {claims[member].document_id for member in fact.members if member in claims}
        if len(wanted | told) <= MOST_ARTICLES:
            wanted |= told
            chosen.append(fact)
    return tuple(chosen), sorted(wanted)


def facts_of(store: Store, *, limit: int | None = None) -> tuple[Fact, ...]:
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
        for row in store.queries.facts(limit=limit)
    )
