"""Open dates of documents, settled by the other documents of their story, and the times that hang on them.

A text that says "October 23 ... on Monday" admits several years; another text about the same event, whose date is
known, leaves one. What is settled so bears the basis `story`; what several years still fit stays open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from claims.models import Claim, DateBasis, Document, TimeBasis, TimeRef
from claims.normalisation.times import document_times, settle_years


def settle_documents(documents: Mapping[str, Document], links: Iterable[tuple[str, str]]) -> dict[str, Document]:
    """The documents, those with an open date settled by the dated documents that they are linked with."""
    known: defaultdict[str, list[date]] = defaultdict(list)
    for a, b in links:
        for one, other in ((a, b), (b, a)):
            day = documents[other].published_at
            if day is not None:
                known[one].append(day)
    settled = {}
    for key, document in documents.items():
        if document.published_at is None and document.date_candidates and known[key]:
            day, basis, left = settle_years(document.date_candidates, known[key])
            document = document.model_copy(
                update={"published_at": day, "date_basis": basis, "date_candidates": left if day is None else ()}
            )
        settled[key] = document
    return settled


def settle_claims(
    claims: Iterable[Claim], before: Mapping[str, Document], after: Mapping[str, Document]
) -> list[Claim]:
    """The claims, their open times resolved from the dates that `settle_documents` found."""
    times: dict[str, dict[int, TimeRef]] = {}
    settled = []
    for claim in claims:
        key = claim.document_id
        document = after[key]
        newly = before[key].published_at is None and document.published_at is not None
        if newly and document.date_basis is not DateBasis.METADATA and claim.time and claim.time.earliest is None:
            if key not in times:
                times[key] = {t.start: t for t in document_times(document.text, document.published_at)}
            found = times[key].get(claim.time.start)
            if found is not None and found.earliest is not None:
                time = claim.time.model_copy(
                    update={
                        "earliest": found.earliest,
                        "latest": found.latest,
                        "granularity": found.granularity,
                        "basis": TimeBasis.STORY,
                        "candidates": (),
                    }
                )
                claim = claim.model_copy(update={"time": time})
        settled.append(claim)
    return settled
