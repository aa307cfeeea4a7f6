"""Articles and labels of a folder in the devset's alignment format, and the claims of the built-in extractor."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from claims.alignment import Aligner
from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, DateBasis, Document, Fact

ALIGNED = {
    "agree",
    "agree_approx",
    "refine_a",
    "refine_b",
    "compatible",
    "conflict",
    "update",
    "different_speaker_view",
}


@dataclass
class Label:
    """What the annotators say of a pair of sentences; `facts` holds their values as written."""

    required: bool = False
    relations: set[str] = field(default_factory=set)
    discrepancy: set[str] = field(default_factory=set)
    facts: list[dict[str, str]] = field(default_factory=list)


def topics(data: Path) -> list[dict[str, Any]]:
    """The topics with their articles."""
    loaded: list[dict[str, Any]] = json.loads((data / "alignment_topics.json").read_text(encoding="utf-8"))
    return loaded


def labels(data: Path) -> dict[tuple[str, str, str], Label]:
    """(topic, sentence of article 0, sentence of article 1) → label."""
    found: defaultdict[tuple[str, str, str], Label] = defaultdict(Label)
    for row in json.loads((data / "alignment_gold.json").read_text(encoding="utf-8")):
        label = found[row["topic"], row["a"], row["b"]]
        label.required |= row["required"]
        label.relations |= set(row["relations"])
        label.discrepancy.add(row["discrepancy"])
        label.facts += row["facts"]
    return dict(found)


def documents(data: Path) -> dict[str, Document]:
    """All articles as documents; `path` is TOPIC-NUMBER.txt, as the scorer's own `write` names them."""
    found = {}
    for topic in topics(data):
        for number, article in enumerate(topic["articles"]):
            text = "\n\n".join(article["sentences"]) + "\n"
            path = f"{topic['id']}-{number}.txt"
            key = sha256(f"{path}\n{text}".encode()).hexdigest()[:16]
            found[key] = Document(
                id=key,
                path=path,
                text=text,
                source=f"outlet-{number}",
                title=article["title"],
                published_at=date.fromisoformat(topic["date"]),
                date_basis=DateBasis.METADATA,
            )
    return found


def extract_claims(found: Mapping[str, Document]) -> list[Claim]:
    """The grounded claims of the built-in extractor, each once."""
    claims: dict[str, Claim] = {}
    for document in found.values():
        for draft in extract(document):
            claim = ground(document, draft, run_id="benchmark")
            if isinstance(claim, Claim):
                claims.setdefault(claim.id, claim)
    return list(claims.values())


def sentence_of(document: Document, position: int) -> str:
    """ARTICLE.SENTENCE, as the labels name the sentence that holds the position."""
    match = re.search(r"-(\d+)\.txt$", document.path)
    return f"{match[1] if match else '?'}.{document.text.count(chr(10) * 2, 0, position)}"


def topic_of(document: Document) -> str:
    """The topic of an article."""
    return document.path.split("-")[0]


def as_json(facts: list[Fact], aligner: Aligner) -> list[dict[str, Any]]:
    """The facts in the form of `claims facts --format json`, as far as the scorer reads it."""
    rows = []
    for fact in facts:
        values = []
        for member in fact.members:
            claim = aligner.claims[member]
            document = aligner.documents[claim.document_id]
            values.append(
                {
                    "claim_id": claim.id,
                    "document": document.path,
                    "source": document.source,
                    "quote": claim.quote,
                    "start": claim.start,
                    "end": claim.end,
                }
            )
        rows.append(
            {
                "fact_id": fact.id,
                "about": fact.about,
                "relation": fact.relation.value,
                "discrepancy": fact.discrepancy,
                "reason": fact.reason,
                "values": values,
                "pairs": [
                    {
                        "a": r.a,
                        "b": r.b,
                        "relation": r.relation.value,
                        "discrepancy": r.discrepancy,
                        "finer": r.finer,
                        "reason": r.reason,
                    }
                    for r in fact.relations
                ],
            }
        )
    return rows
