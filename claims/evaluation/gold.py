"""The gold file: articles with the claims that a careful reader finds in them. Format: docs/evaluation.md.

Labels say what is true of the text, whatever an extractor gives. `validate` checks what can be checked without
reading: every span holds its words, every id is used once, every pair names claims of two documents, a day name
stands for a day of that name.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from claims.errors import InputError
from claims.models import (
    ClaimKind,
    Comparator,
    DateBasis,
    Document,
    Frozen,
    Modality,
    Polarity,
    QuantityKind,
    RelationKind,
)

VERSION = 1
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)


class GoldQuantity(Frozen):
    """A figure as the text means it. Same conventions as `models.Quantity`; a range has `low` and `high` only."""

    as_written: str
    start: int
    end: int
    kind: QuantityKind
    comparator: Comparator = Comparator.EQUAL
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    per: str | None = None
    of: str | None = None
    change: str | None = None


class GoldTime(Frozen):
    """A time as written and the days it stands for, both inclusive; both null when the text leaves it open.

    Where `required` is false, the sentence gives the time for another clause: no time is right as well.
    """

    as_written: str
    start: int
    end: int
    earliest: date | None = None
    latest: date | None = None
    granularity: str = "day"
    required: bool = True


class GoldAttribution(Frozen):
    """Who says it. `speaker` is the fullest name that the article gives; null for "it was reported".

    `aliases` are other words that the article uses for the speaker. Where `required` is false, the sentence only
    continues what somebody said: no speaker is right as well.
    """

    speaker: str | None
    speaker_as_written: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    role: str | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    direct: bool = False
    stance: str = "asserts"
    aliases: tuple[str, ...] = ()
    required: bool = True


class GoldClaim(Frozen):
    """One claim. Where `required` is false, readers differ: finding it counts neither way."""

    id: str
    quote: str
    start: int
    end: int
    kind: ClaimKind
    polarity: Polarity = Polarity.ASSERTED
    modality: Modality = Modality.ACTUAL
    attribution: GoldAttribution | None = None
    quantity: GoldQuantity | None = None
    time: GoldTime | None = None
    required: bool = True


class GoldDocument(Frozen):
    """One article with all its claims. Articles with the same `story` are about the same events."""

    id: str
    text: str
    story: str | None = None
    genre: str | None = None
    source: str | None = None
    origin: str | None = None
    title: str | None = None
    published_at: date | None = None
    claims: tuple[GoldClaim, ...] = ()

    def document(self) -> Document:
        """The article as an extractor sees it: without labels, story and genre."""
        return Document(
            id=hashlib.sha256(f"{self.id}\0{self.text}".encode("utf-8", "surrogatepass")).hexdigest()[:16],
            path=self.id,
            text=self.text,
            source=self.source,
            origin=self.origin,
            title=self.title,
            published_at=self.published_at,
            date_basis=DateBasis.METADATA if self.published_at else DateBasis.UNKNOWN,
        )


class GoldPair(Frozen):
    """How two claims of different documents stand to each other.

    `relations` lists every reading that counts as right, the best one first. `unrelated` marks a trap: two claims
    that look alike and are not about one fact. `discrepancy` null: either answer counts. Where `required` is false,
    finding the pair counts neither way.
    """

    a: str
    b: str
    relations: tuple[RelationKind, ...]
    discrepancy: bool | None = None
    finer: str | None = None
    required: bool = True


class Gold(Frozen):
    """A labelled corpus. Pairs are complete when `pairs_complete`: what is not listed is not about one fact."""

    version: int = VERSION
    name: str
    documents: tuple[GoldDocument, ...]
    pairs: tuple[GoldPair, ...] = ()
    pairs_complete: bool = True


def load_gold(path: str | Path) -> Gold:
    """Read and validate a gold file.

    Raises:
        InputError: the file cannot be read, is not of the format, or a label contradicts its text.
    """
    try:
        raw = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: the gold file cannot be read ({error})") from error
    try:
        gold = Gold.model_validate(json.loads(raw))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: not JSON (line {error.lineno}: {error.msg}); see docs/evaluation.md") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "top level"
        raise InputError(f"{path}: {place}: {first['msg']}; the format is in docs/evaluation.md") from error
    problems = list(validate(gold))
    if problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        raise InputError(f"{path}: {problems[0]}{more}")
    return gold


def corpus_hash(gold: Gold) -> str:
    """A hash of texts and labels: scores are comparable only where it is equal."""
    return hashlib.sha256(gold.model_dump_json().encode()).hexdigest()[:16]


def validate(gold: Gold) -> Iterator[str]:
    """Every contradiction between the labels and the texts, one line each; nothing for a sound file."""
    if gold.version != VERSION:
        yield f"version {gold.version} is not known; this program reads version {VERSION}"
        return
    owner: dict[str, str] = {}
    seen: set[str] = set()
    for document in gold.documents:
        if document.id in seen:
            yield f"document id {document.id!r} is used twice"
        seen.add(document.id)
        for claim in document.claims:
            if claim.id in owner:
                yield f"claim id {claim.id!r} is used twice"
            owner[claim.id] = document.id
            for problem in _claim_problems(document.text, claim):
                yield f"{document.id}, claim {claim.id}: {problem}"
    pairs: set[frozenset[str]] = set()
    for pair in gold.pairs:
        label = f"pair {pair.a} / {pair.b}"
        missing = [claim for claim in (pair.a, pair.b) if claim not in owner]
        if missing:
            yield f"{label}: no claim has the id {missing[0]!r}"
            continue
        if owner[pair.a] == owner[pair.b]:
            yield f"{label}: both claims are of document {owner[pair.a]!r}"
        if frozenset((pair.a, pair.b)) in pairs:
            yield f"{label}: labelled twice"
        pairs.add(frozenset((pair.a, pair.b)))
        if not pair.relations:
            yield f"{label}: no relation given"
        if pair.finer is not None and pair.finer not in (pair.a, pair.b):
            yield f"{label}: finer must be one of the two claims"


def _claim_problems(text: str, claim: GoldClaim) -> Iterator[str]:
    yield from _span(text, "quote", claim.quote, claim.start, claim.end)
    if not claim.quote.strip():
        yield "the quote is empty"
    if (who := claim.attribution) is not None:
        if who.speaker_as_written is not None:
            yield from _span(text, "speaker", who.speaker_as_written, who.speaker_start, who.speaker_end)
        if who.cue is not None:
            yield from _span(text, "cue", who.cue, who.cue_start, who.cue_end)
        if who.stance not in ("asserts", "denies", "doubts", "asks"):
            yield f"stance {who.stance!r} is not asserts, denies, doubts or asks"
    if (figure := claim.quantity) is not None:
        yield from _span(text, "quantity", figure.as_written, figure.start, figure.end)
        if not (claim.start <= figure.start and figure.end <= claim.end):
            yield f"the quantity {figure.as_written!r} lies outside the quote"
        if figure.value is None and figure.low is None and figure.high is None:
            yield f"the quantity {figure.as_written!r} has no value"
        if (
            figure.low is not None
            and figure.high is not None
            and figure.kind is not QuantityKind.SCORE
            and figure.low > figure.high
        ):
            yield f"the quantity {figure.as_written!r} has low above high"
    if (when := claim.time) is not None:
        yield from _span(text, "time", when.as_written, when.start, when.end)
        yield from _time_problems(when)


def _time_problems(when: GoldTime) -> Iterator[str]:
    if (when.earliest is None) != (when.latest is None):
        yield f"the time {when.as_written!r} has only one end"
        return
    if when.earliest is None or when.latest is None:
        return
    if when.earliest > when.latest:
        yield f"the time {when.as_written!r} ends before it begins"
    day = _WEEKDAY.search(when.as_written)
    if day and when.granularity == "day" and when.earliest == when.latest:
        name = _WEEKDAYS[when.earliest.weekday()]
        if name != day[1].lower():
            yield f"the time {when.as_written!r} is labelled {when.earliest}, a {name.capitalize()}"


def _span(text: str, what: str, words: str, start: int | None, end: int | None) -> Iterator[str]:
    if start is None or end is None:
        yield f"the {what} {words!r} has no span"
    elif not 0 <= start < end <= len(text):
        yield f"the {what} {words!r} has the span {start}:{end}, and the text has {len(text)} characters"
    elif text[start:end] != words:
        yield f"the {what} {words!r} is not at {start}:{end}; there stands {text[start:end]!r}"
