"""Labelled articles, in the devset's alignment format or that of docs/evaluation.md, and the claims found in them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

from claims.alignment import Aligner
from claims.alignment.features import Profile
from claims.builtin import extract
from claims.evaluation.gold import GoldClaim, load_gold
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


class Source(Protocol):
    """Labelled articles to train on. `label` says of two values whether they are of one fact; None: it is not known."""

    name: str
    documents: dict[str, Document]

    def topic(self, document_id: str) -> str: ...

    def place(self, profile: Profile) -> str: ...

    def label(self, x: Profile, y: Profile, differs: bool) -> int | None: ...

    def required(self) -> int: ...


class TopicSource:
    """A folder in the devset's alignment format: the labels are of pairs of sentences, with the values in them."""

    def __init__(self, folder: Path) -> None:
        self.name = folder.name
        self.documents = documents(folder)
        self.labels = labels(folder)

    def topic(self, document_id: str) -> str:
        return topic_of(self.documents[document_id])

    def place(self, profile: Profile) -> str:
        return sentence_of(self.documents[profile.document_id], profile.start)

    def label(self, x: Profile, y: Profile, differs: bool) -> int | None:
        label = self.labels.get((self.topic(x.document_id), self.place(x), self.place(y)))
        if label is None:
            return 0
        if not label.relations & ALIGNED:
            return None
        written = [(p.quantity or p.time).as_written for p in (x, y)]  # type: ignore[union-attr]
        for fact in label.facts:
            if _holds(fact["value_a"], written[0]) and _holds(fact["value_b"], written[1]):
                if differs and fact["relation"] == "agree":
                    return None  # parts of values that are one as a whole
                return 1 if label.required and fact["relation"] != "different_scope" else None
        return 0 if differs else None

    def required(self) -> int:
        """The pairs that must be found."""
        return sum(1 for label in self.labels.values() if label.required and label.relations & ALIGNED)


class GoldSource:
    """A gold file: the labels are of pairs of claims, whose values have their places in the text."""

    def __init__(self, path: Path) -> None:
        gold = load_gold(path)
        self.name = path.stem
        self.documents = {}
        self._claims: dict[str, tuple[GoldClaim, ...]] = {}
        self._story: dict[str, str] = {}
        for told in gold.documents:
            document = told.document()
            self.documents[document.id] = document
            self._claims[document.id] = told.claims
            self._story[document.id] = told.story or told.id
        self._pairs = {frozenset((pair.a, pair.b)): pair for pair in gold.pairs}

    def topic(self, document_id: str) -> str:
        return self._story[document_id]

    def place(self, profile: Profile) -> str:
        return f"{self.documents[profile.document_id].path}@{profile.place}"

    def label(self, x: Profile, y: Profile, differs: bool) -> int | None:
        known: int | None = 0
        for a in self._at(x):
            for b in self._at(y):
                pair = self._pairs.get(frozenset((a.id, b.id)))
                if pair is not None and {r.value for r in pair.relations} & _GOLD_ALIGNED:
                    if x.slot == "time" and (a.quantity or b.quantity):
                        return known if differs else None  # the pair is one of figures
                    return 1 if pair.required else None
                if pair is not None and "different_scope" in {r.value for r in pair.relations}:
                    return None
                if not a.required or not b.required:
                    known = None
        return known

    def required(self) -> int:
        """The pairs that must be found."""
        return sum(1 for p in self._pairs.values() if p.required and {r.value for r in p.relations} & _GOLD_ALIGNED)

    def _at(self, profile: Profile) -> list[GoldClaim]:
        """The labelled claims whose value stands where the profile's does."""
        found = []
        for claim in self._claims[profile.document_id]:
            value = claim.quantity if profile.slot == "quantity" else claim.time
            if value is not None and value.start < profile.end and profile.start < value.end:
                found.append(claim)
        return found


_GOLD_ALIGNED = {"agree", "approximate", "refine", "overlap", "conflict", "update", "different_speaker_view"}


def _holds(value: str, written: str) -> bool:
    """A label's value and an extracted one are the same words, or one holds the other."""
    a, b = (set(re.findall(r"[a-z]+|\d[\d.,]*\d|\d", text.lower())) for text in (value, written))
    return bool(a and b and (a <= b or b <= a))
