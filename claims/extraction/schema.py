"""What a model is asked to give: the types of its answers, fixed or built for one window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from claims.models import ClaimKind, Modality, Polarity

_KEY = re.compile(r"([0-9]{1,4})(?:_[0-9]{1,4})?")
"""Of an answer by sentences: "3" holds the facts of the third, "3_1" that of its first number."""


def _of_sentence(key: str, item: Any) -> list[Any]:
    """The facts under one key, each with the number of its sentence. One without words is none."""
    number = int(key.partition("_")[0])
    facts = item if isinstance(item, list) else [item]
    return [
        fact | {"sentence": number} if isinstance(fact, dict) else fact
        for fact in facts
        if not (isinstance(fact, dict) and fact.get("quote") == "")
    ]


class Fact(BaseModel):
    """One fact as a model gives it: words of the article, and nothing that code finds better."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    quote: str = Field(min_length=1)
    sentence: int | None = None  # of the window, from 1
    subject: str | None = None
    predicate: str | None = None
    object: str | None = None
    number: str | None = None
    date: str | None = None
    place: str | None = None
    speaker: str | None = None
    text: str | None = None
    kind: ClaimKind | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    attributes: BaseModel | None = None  # of the user's own, in the type that their extension declares


class Facts(BaseModel):
    """What is accepted as an answer: it may be wrong in what it says, and is then rejected fact by fact."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: tuple[Fact, ...]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, value: Any) -> Any:
        """One list of the facts of all sentences."""
        if isinstance(value, dict) and value and all(isinstance(key, str) and _KEY.fullmatch(key) for key in value):
            return {"facts": [fact for key, item in value.items() for fact in _of_sentence(key, item)]}
        return value


class StrongFact(BaseModel):
    """One fact of the article."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote: str = Field(description="Words of the sentences that state the fact, copied exactly, in one piece.")
    text: str | None = Field(
        description="The quote with pronouns and short forms replaced by what they stand for; null if there are none."
    )
    kind: ClaimKind
    subject: str | None = Field(description="Who or what the fact is about.")
    predicate: str | None = Field(description="What is measured, the attribute or the action, in the text's words.")
    object: str | None
    number: str | None = Field(description="One of the numbers given, if the fact states it.")
    date: str | None = Field(description="One of the dates given, if the fact is of that date.")
    place: str | None
    polarity: Polarity
    modality: Modality
    speaker: str | None = Field(description="Who says it, as named in the article; null if the article itself says it.")


class StrongFacts(BaseModel):
    """The facts of the sentences, in order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    facts: list[StrongFact]


class Wanted(NamedTuple):
    """A type to ask for, and what stands in its schema for each placeholder."""

    type: type[BaseModel]
    fill: dict[str, tuple[str, ...]]


@lru_cache(maxsize=16)
def fixed(extension: type[BaseModel] | None = None) -> Wanted:
    """The answer to any window, one type for all."""
    if extension is None:
        return Wanted(StrongFacts, {})
    fact = create_model("StrongFact", __base__=StrongFact, attributes=(extension, ...))
    return Wanted(create_model("StrongFacts", __base__=StrongFacts, facts=(list[fact], ...)), {})  # type: ignore[valid-type]


@lru_cache(maxsize=16)
def accepted(extension: type[BaseModel] | None = None) -> type[Facts]:
    """What is accepted as an answer; of the user's own attributes only their own types."""
    if extension is None:
        return Facts
    fact = create_model("Fact", __base__=Fact, attributes=(extension, ...))
    return create_model("Facts", __base__=Facts, facts=(tuple[fact, ...], ...))  # type: ignore[valid-type]


def for_sentences(numbers: Sequence[Sequence[str]], extension: type[BaseModel] | None = None) -> Wanted:
    """The answer to a window by its sentences, where `numbers` are those of each: a fact for each number, then others.

    What code finds by itself is not asked for: date, speaker and predicate stand in the quote or beside it. The quote
    comes first: it keeps a small model to its sentence.
    """
    fill: dict[str, tuple[str, ...]] = {
        _place(sentence, n): (number,) for sentence, found in enumerate(numbers, 1) for n, number in enumerate(found, 1)
    }
    # A type takes milliseconds to make, so it is made once for each pattern of counts, with placeholders.
    return Wanted(_sentences_type(tuple(len(found) for found in numbers), extension), fill)


def _place(sentence: int, number: int) -> str:
    """The placeholder for a number: no article can hold it, as control characters are not offered."""
    return f"\x02{sentence}_{number}"


@lru_cache(maxsize=256)
def _sentences_type(counts: tuple[int, ...], extension: type[BaseModel] | None) -> type[BaseModel]:
    fields: dict[str, Any] = {}
    for sentence, count in enumerate(counts, 1):
        for n in range(1, count + 1):
            fields[f"{sentence}_{n}"] = (_sentence_fact(_place(sentence, n), extension), ...)
        fields[str(sentence)] = (_others(extension), ...)
    return create_model("Facts", __config__=ConfigDict(extra="forbid"), **fields)


@lru_cache(maxsize=1024)
def _sentence_fact(number: str | None, extension: type[BaseModel] | None) -> type[BaseModel]:
    fields: dict[str, Any] = {} if number is None else {"number": (Literal[number], ...)}
    fields |= {"quote": (str, ...), "subject": (str, ...)}
    if extension is not None:
        fields["attributes"] = (extension, ...)
    name = "Fact" if number is None else f"Fact{number[1:]}"
    return create_model(name, __config__=ConfigDict(extra="forbid"), **fields)


@lru_cache(maxsize=16)
def _others(extension: type[BaseModel] | None) -> Any:
    return Annotated[list[_sentence_fact(None, extension)], Field(max_length=2)]  # type: ignore[misc]
