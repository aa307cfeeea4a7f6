"""Claims and facts as schema.org JSON-LD: NewsArticle, Claim and ClaimReview.

A fact becomes a ClaimReview without a rating: the program compares sources and does not say who is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from claims.models import Document
from claims.report.listing import Row

CONTEXT = "https://schema.org"


def linked_data(documents: Iterable[Document], claims: Sequence[Row], facts: Sequence[Row]) -> dict[str, Any]:
    """The graph of a store: every article, every claim in its article, every fact over its claims."""
    graph = [
        *(_article(document) for document in documents),
        *(_claim(claim) for claim in claims),
        *(_review(fact) for fact in facts),
    ]
    return {"@context": CONTEXT, "@graph": graph}


def _article(document: Document) -> dict[str, Any]:
    return _without_nothing(
        {
            "@type": "NewsArticle",
            "@id": f"urn:claims:document:{document.id}",
            "identifier": document.path,
            "headline": document.title,
            "url": document.url,
            "datePublished": document.published_at.isoformat() if document.published_at else None,
            "publisher": _organization(document.source),
            "sourceOrganization": _organization(document.origin),
        }
    )


def _claim(claim: Row) -> dict[str, Any]:
    speaker = (claim["attribution"] or {}).get("speaker")
    role = (claim["attribution"] or {}).get("role")
    time = claim["time"] or {}
    days = "/".join(dict.fromkeys(day for day in (time.get("earliest"), time.get("latest")) if day))
    return _without_nothing(
        {
            "@type": "Claim",
            "@id": f"urn:claims:claim:{claim['id']}",
            "text": claim["text"],
            "abstract": claim["quote"],
            "appearance": {"@id": f"urn:claims:document:{claim['document_id']}"},
            "author": _without_nothing({"@type": "Person", "name": speaker, "jobTitle": role}) if speaker else None,
            "datePublished": claim["published_at"],
            "temporalCoverage": days or None,
            "about": claim["subject"] and {"@type": "Thing", "name": claim["subject"]},
        }
    )


def _review(fact: Row) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "@id": f"urn:claims:fact:{fact['fact_id']}",
        "claimReviewed": fact["about"],
        "reviewAspect": fact["relation"],
        "reviewBody": fact["reason"],
        "itemReviewed": [{"@id": f"urn:claims:claim:{value['claim_id']}"} for value in fact["values"]],
    }


def _organization(name: str | None) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": name} if name else None


def _without_nothing(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}
