"""What a model is asked to give: the types of its answers, fixed or built for one window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from claims.models import ClaimKind, Modality, Polarity

NUMBER = "number_"  # number_1, number_2, …: the properties that hold one fact for each number


class Fact(BaseModel):
    """One fact as a model gives it: words of the article, and nothing that code finds better."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    quote: str = Field(min_length=1)
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
        """One list of the facts for numbers and the others."""
        if not isinstance(value, dict):
            return value
        numbered = [value[key] for key in value if isinstance(key, str) and key.startswith(NUMBER)]
        if not numbered:
            return value
        rest = {key: item for key, item in value.items() if not key.startswith(NUMBER)}
        others = rest.get("facts", [])
        return rest | {"facts": [*numbered, *(others if isinstance(others, list) else [others])]}


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


DATES = "\x02dates"


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


def _number(position: int) -> str:
    """The placeholder for a number: no article can hold it, as control characters are not offered."""
    return f"\x02{NUMBER}{position}"


def for_window(numbers: Sequence[str], dates: Sequence[str], extension: type[BaseModel] | None = None) -> Wanted:
    """The answer to one window: a fact for each number, then others; numbers and dates only as offered.

    A type takes milliseconds to make, so it is made once for each count of numbers, with placeholders.
    """
    fill: dict[str, tuple[str, ...]] = {_number(n): (number,) for n, number in enumerate(numbers, 1)}
    if dates:
        fill[DATES] = tuple(dates)
    return Wanted(_window_type(len(numbers), bool(dates), extension), fill)


@lru_cache(maxsize=256)
def _window_type(numbers: int, dated: bool, extension: type[BaseModel] | None) -> type[BaseModel]:
    common: dict[str, Any] = {"quote": (str, ...), "subject": (str, ...), "predicate": (str, ...)}
    if dated:
        # "" for none of them: an empty string takes fewer tokens than null, and no union.
        common["date"] = (Literal["\x02dates", ""], ...)
    common["speaker"] = (str, ...)
    if extension is not None:
        common["attributes"] = (extension, ...)
    forbid = ConfigDict(extra="forbid")
    fields: dict[str, Any] = {}
    for position in range(1, numbers + 1):
        only: Any = Literal[_number(position)]
        fact = create_model(f"Number{position}", __config__=forbid, number=(only, ...), **common)
        fields[f"{NUMBER}{position}"] = (fact, ...)
    plain = create_model("Fact", __config__=forbid, **common)
    fields["facts"] = (list[plain], Field(max_length=2 if numbers else 3))  # type: ignore[valid-type]
    return create_model("Facts", __config__=forbid, **fields)
