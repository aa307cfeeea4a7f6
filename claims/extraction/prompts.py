"""Prompt files: versioned text with its examples, checked as a model, rendered strictly."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeVar

import jinja2
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from claims import resources
from claims.errors import ResourceError
from claims.llm import Message

PROFILES = ("small", "strong")


class Example(BaseModel):
    """One earlier turn: the variables of the user template, and the answer."""

    model_config = ConfigDict(frozen=True, extra="allow")

    answer: dict[str, Any]


class Wording(BaseModel):
    """A file of `prompts/`. An unknown key is an error, and so is a variable that a template uses and nobody gives."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int
    max_output_tokens: int = Field(ge=16)
    system: str
    user: str
    reask: str
    repair: str
    examples: tuple[Example, ...] = ()

    def head(self, more: str = "") -> list[Message]:
        """The part that is the same in every call: it comes first, so that an endpoint can keep it."""
        messages = [{"role": "system", "content": self.system.strip() + more}]
        for example in self.examples:
            messages.append({"role": "user", "content": render(self.user, example.model_extra or {})})
            messages.append({"role": "assistant", "content": compact(example.answer)})
        return messages


class Prompt(Wording):
    """A file `prompts/extract_<profile>.toml`."""

    window: int = Field(ge=1)  # sentences a call
    context: int = Field(ge=0)  # sentences before the window, shown and not extracted
    max_characters: int = Field(ge=100)
    schema_: Literal["sentences", "fixed"] = Field(alias="schema")


W = TypeVar("W", bound=Wording)


def compact(value: object) -> str:
    """JSON without spaces, every character as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _data(value: object) -> str:
    """JSON: what delimits the article's text as data, whatever it holds."""
    return json.dumps(value, ensure_ascii=False)


_ENVIRONMENT = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False, keep_trailing_newline=False)
_ENVIRONMENT.filters["data"] = _data


@cache
def _template(source: str) -> jinja2.Template:
    return _ENVIRONMENT.from_string(source)


def render(source: str, variables: Mapping[str, Any]) -> str:
    """The template with its variables. Raises ResourceError when it uses one that is not given."""
    try:
        return _template(source).render(variables)
    except jinja2.TemplateError as error:
        raise ResourceError(f"a prompt cannot be rendered: {error}; correct the file in prompts/") from error


@cache
def read(name: str, kind: type[W]) -> W:
    """The file `prompts/<name>`. Raises ResourceError when it is not of its kind."""
    try:
        return kind.model_validate(tomllib.loads(resources.prompt(name)))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        problem = str(error).splitlines()[0]
        raise ResourceError(f"prompts/{name} is not a prompt: {problem}; correct it") from error


@cache
def digest(name: str) -> str:
    """Hash of the whole file `prompts/<name>`: any change of wording, examples or windows makes other answers."""
    return hashlib.sha256(resources.prompt(name).encode()).hexdigest()[:16]


def load(profile: str) -> Prompt:
    """The prompt of a profile, "small" or "strong"."""
    found: Prompt = read(f"extract_{profile}.toml", Prompt)
    return found


@cache
def head(profile: str, more: str = "") -> tuple[Message, ...]:
    """The fixed messages of a profile, rendered once; `more` is added to its instructions."""
    return tuple(load(profile).head(more))


def messages(profile: str, variables: Mapping[str, Any], more: str = "") -> list[Message]:
    """All messages of a first call: the fixed part, then the window."""
    return [*head(profile, more), {"role": "user", "content": render(load(profile).user, variables)}]


def followed(
    earlier: Sequence[Message], answer: str | None, template: str, variables: Mapping[str, Any]
) -> list[Message]:
    """`earlier`, the answer that it got, and a correction."""
    turn = [{"role": "assistant", "content": answer}] if answer else []
    return [*earlier, *turn, {"role": "user", "content": render(template, variables)}]
