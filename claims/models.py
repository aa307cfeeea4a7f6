"""The frozen types that every stage exchanges.

Offsets count characters (Python string indices) of `Document.text`, or of the text that a pure function was given.
A span [start, end) always holds the characters it speaks of: `text[start:end]`.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field

# The slots of a model, written without the check of `__setattr__` that it is frozen.
_set_values = BaseModel.__dict__["__dict__"].__set__
_set_fields = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__
_FIELDS: dict[type[BaseModel], set[str]] = {}  # all fields of a class; its objects share the set


class Frozen(BaseModel):
    """Immutable, and closed: an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def made(cls, values: dict[str, Any]) -> Self:
        """An object of values that code made and that need no check: all fields, in their order.

        Several times faster than validation; never for what comes from outside.
        """
        fields = _FIELDS.get(cls)
        if fields is None:
            fields = _FIELDS[cls] = set(cls.model_fields)
        new = object.__new__(cls)
        _set_values(new, values)
        _set_fields(new, fields)
        _set_extra(new, None)
        _set_private(new, None)
        return new


class Span(NamedTuple):
    """Characters [start, end) of a text."""

    start: int
    end: int


class DateBasis(StrEnum):
    """How the date of a document is known."""

    METADATA = "metadata"  # front matter, manifest, HTML metadata, a column
    DATELINE = "dateline"  # written in the article, complete
    INFERRED = "inferred"  # from a day and month with a weekday, or from other documents of the story
    OPEN = "open"  # several dates fit: see `date_candidates`
    UNKNOWN = "unknown"


class Document(Frozen):
    """One article. `id` is a hash of its text, so the same text twice is one document."""

    id: str
    path: str  # the file's path or the id that the caller gave
    text: str
    source: str | None = None  # the outlet that published it
    origin: str | None = None  # the outlet or agency it was taken from, if another
    title: str | None = None
    url: str | None = None
    published_at: date | None = None
    date_basis: DateBasis = DateBasis.UNKNOWN
    date_candidates: tuple[date, ...] = ()
    metadata: dict[str, Any] = Field(default_factory=dict)  # what else the file said of itself


class Comparator(StrEnum):
    """How the written figure bounds the value."""

    EQUAL = "="
    ABOUT = "~"
    MORE = ">"
    AT_LEAST = ">="
    LESS = "<"
    AT_MOST = "<="
    ALMOST = "~<"  # nearly, almost: around, and not above
    RANGE = "range"


class QuantityKind(StrEnum):
    """What sort of figure it is. Only the same sort is ever compared."""

    COUNT = "count"
    SHARE = "share"  # percent, fractions of a whole
    POINTS = "points"  # percentage points, basis points
    MONEY = "money"
    MEASURE = "measure"  # length, mass, temperature, speed, …
    DURATION = "duration"
    AGE = "age"
    RANK = "rank"
    SCORE = "score"  # 3-2, 52-48
    RATIO = "ratio"  # two-fold, three times, 2:1
    NUMBER = "number"  # a bare figure: an index level, a rate


class Quantity(Frozen):
    """A value with its comparator, held as an interval [low, high]; None is unbounded on that side.

    `low` and `high` are in the base of `unit` with scales multiplied out ("$1.9tn" is 1.9e12 USD), percent as
    written (92 for 92%). `value` is the one figure, in the same base; None for a range or a vague word.
    `precision` is the place value of the last written significant digit (10 for 120, 0.1 for 5.0, 1e8 for "$1.9bn").
    `change` is "up" or "down" for a change ("rose by 5"); a level has None.
    """

    as_written: str  # comparator, figure and unit: "more than 90 percent"
    start: int
    end: int
    kind: QuantityKind
    comparator: Comparator = Comparator.EQUAL
    value: float | None = None
    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False
    precision: float = 1.0
    unit: str | None = None  # "percent", "USD", "kilometre", "person", "year"; singular, None when it counts `of`
    per: str | None = None  # "day" in "500 barrels a day"
    of: str | None = None  # what is counted or measured, or the whole of a share: "voters"
    change: str | None = None  # "up" | "down"


class TimeBasis(StrEnum):
    """What a resolved time rests on."""

    EXPLICIT = "explicit"  # the words give the full date
    DOCUMENT = "document"  # counted from the document's date ("on Monday", "yesterday")
    CONTEXT = "context"  # counted from another time named in the text ("a day earlier")
    STORY = "story"  # settled by other documents of the same story
    OPEN = "open"  # several dates fit, or none can be told


class TimeRef(Frozen):
    """A time as written and the days it stands for: [earliest, latest], both inclusive."""

    as_written: str
    start: int
    end: int
    earliest: date | None = None
    latest: date | None = None
    granularity: str = "day"  # minute, hour, day, week, month, quarter, season, year, decade, century, span
    basis: TimeBasis = TimeBasis.OPEN
    candidates: tuple[date, ...] = ()  # first days of each reading, when open
    relation: str = "at"  # at, before, after, since, until, during


class Attribution(Frozen):
    """Who says it, inside the article."""

    speaker: str | None  # as resolved: the fullest name the document gives; None for "it was reported"
    speaker_as_written: str | None = None
    speaker_start: int | None = None
    speaker_end: int | None = None
    role: str | None = None  # "foreign minister"
    cue: str | None = None  # "said", "denied", "according to"
    cue_start: int | None = None
    cue_end: int | None = None
    direct: bool = False
    content_start: int | None = None
    content_end: int | None = None
    content_parts: tuple[Span, ...] = ()  # its pieces, when the speaker's words or the article's stand between them
    stance: str = "asserts"  # asserts, denies, doubts, asks
    via: str | None = None  # who carries the words: "Reuters quoted a spokesman as saying"


class ClaimKind(StrEnum):
    """What a claim states."""

    QUANTITY = "quantity"
    EVENT = "event"
    STATEMENT = "statement"
    ATTRIBUTE = "attribute"


class Polarity(StrEnum):
    ASSERTED = "asserted"
    NEGATED = "negated"


class Modality(StrEnum):
    ACTUAL = "actual"
    PLANNED = "planned"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    REPORTED = "reported"


class Draft(Frozen):
    """A candidate claim, as an extractor gives it, before grounding. Spans inside are claims to be checked."""

    quote: str
    kind: ClaimKind
    text: str | None = None  # a self-contained rewrite; None: the quote is the claim
    start: int | None = None  # where the extractor believes the quote starts in the document
    subject: str | None = None
    predicate: str | None = None
    object: str | None = None
    quantity: Quantity | None = None
    time: TimeRef | None = None
    place: str | None = None
    polarity: Polarity = Polarity.ASSERTED
    modality: Modality = Modality.ACTUAL
    attribution: Attribution | None = None
    attributes: dict[str, Any] = Field(default_factory=dict)  # of the user's schema extension
    extractor: str = "builtin"


class Claim(Frozen):
    """One atomic statement that a document makes or reports, tied to the words that state it."""

    id: str
    document_id: str
    run_id: str
    text: str
    quote: str
    start: int
    end: int
    kind: ClaimKind
    subject: str | None = None
    predicate: str | None = None  # the measured property, attribute or action
    object: str | None = None
    quantity: Quantity | None = None
    time: TimeRef | None = None
    place: str | None = None
    polarity: Polarity = Polarity.ASSERTED
    modality: Modality = Modality.ACTUAL
    attribution: Attribution | None = None
    attributes: dict[str, Any] = Field(default_factory=dict)
    extractor: str = "builtin"


class Rejection(Frozen):
    """A draft that the text does not license, with the reason, in one sentence."""

    document_id: str
    draft: Draft
    code: str  # quote_not_found, number, date, negation, name, speaker, rewrite, ambiguous_quote, …
    reason: str


class RelationKind(StrEnum):
    """How two claims about one fact stand to each other."""

    AGREE = "agree"
    APPROXIMATE = "approximate"
    REFINE = "refine"
    OVERLAP = "overlap"
    CONFLICT = "conflict"
    UPDATE = "update"
    DIFFERENT_SCOPE = "different_scope"
    DIFFERENT_SPEAKER_VIEW = "different_speaker_view"
    UNRELATED = "unrelated"  # never stored


class Relation(Frozen):
    """The verdict on a pair of claims; `a` < `b` as claim ids. `finer` is the claim that implies the other."""

    a: str
    b: str
    relation: RelationKind
    discrepancy: bool
    reason: str
    finer: str | None = None
    score: float = 1.0  # of the decision that both are about one fact
    evidence: tuple[str, ...] = ()
    rule: str = ""  # short name of the rule that decided: interval, rounding, same_day, rank, polarity, adjudicated


class Fact(Frozen):
    """Two or more claims about the same thing."""

    id: str
    about: str
    relation: RelationKind  # the gravest of its pairs
    discrepancy: bool
    reason: str
    members: tuple[str, ...]  # claim ids, sorted
    relations: tuple[Relation, ...] = ()
    slot: str = "quantity"  # what of the claims is compared: quantity, time, place, or another part of a claim


class Call(Frozen):
    """One attempt of one request to a model, success or failure: a row of the ledger `store.calls`.

    Token counts are those that the endpoint reported (None when it reported none); `cost` is in US dollars, None
    when no price is known; `answer` is the model's text as it came.
    """

    id: str
    run_id: str
    config: str
    document_id: str
    window: Span
    attempt: int
    purpose: str  # extract, reask, adjudicate, probe
    prompt_hash: str
    schema_hash: str
    model: str
    parameters: dict[str, Any] = Field(default_factory=dict)
    status: str  # ok, failed
    error_kind: str | None = None
    error: str | None = None
    prompt_tokens: int | None = None
    cached_tokens: int | None = None
    completion_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost: float | None = None
    latency_ms: float | None = None
    request_id: str | None = None
    answer: str | None = None
    started_at: datetime
