"""Structured output in the mode that an endpoint can do.

instructor knows, per mode, how a Pydantic type becomes a part of the request and how a tool call becomes an object
of that type. Both are taken from its registry, once per type: its own call path copies and renders all of it again
for each call (8 to 10 ms), and hides the headers that the rate limits come in.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from instructor.v2 import Mode, Provider, mode_registry
from openai.types.chat import ChatCompletion
from pydantic import BaseModel, ValidationError

from claims.llm.completions import Completion
from claims.llm.failures import Kind, failure, is_cut_json

Message = dict[str, str]

T = TypeVar("T", bound=BaseModel)

MODES: tuple[str, ...] = ("json_schema", "tools", "json")
"""Best first: grammar-constrained, then function calling, then free JSON with the schema in words."""

_HANDLERS = {
    name: mode_registry.get_handlers(Provider.OPENAI, mode)
    for name, mode in (("json_schema", Mode.JSON_SCHEMA), ("tools", Mode.TOOLS), ("json", Mode.JSON))
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a response type adds to a request in one mode."""

    members: str  # of the body's JSON object: response_format, or tools and tool_choice
    system_suffix: str  # the schema in words, where the mode needs it
    schema_hash: str
    size: int  # characters of the schema, which endpoints count as prompt

    @property
    def parameters(self) -> dict[str, Any]:
        """The members as values."""
        found: dict[str, Any] = json.loads("{" + self.members + "}")
        return found

    def messages(self, messages: Sequence[Message]) -> list[Message]:
        """`messages` with the suffix on the system message, which comes first."""
        if not self.system_suffix:
            return list(messages)
        first, *rest = messages
        if first["role"] != "system":
            return [{"role": "system", "content": self.system_suffix.strip()}, *messages]
        return [{"role": "system", "content": first["content"] + self.system_suffix}, *rest]


Fill = Mapping[str, Sequence[str]]
"""For each placeholder in a type's `Literal`s, the values of one request. A type is costly to make, a value is not."""


@lru_cache(maxsize=1024)
def _prepared(response_type: type[BaseModel], mode: str) -> tuple[str, str]:
    """(members of the body, suffix of the system message) that instructor gives a type in a mode."""
    stub = {"messages": [{"role": "system", "content": ""}]}
    _, prepared = _HANDLERS[mode].request_handler(response_model=response_type, kwargs=stub)
    parameters = {name: value for name, value in prepared.items() if name != "messages"}
    if mode == "json_schema":
        parameters["response_format"]["json_schema"]["strict"] = True
    return json.dumps(parameters, ensure_ascii=False)[1:-1], prepared["messages"][0]["content"]


@lru_cache(maxsize=1024)
def _schema(response_type: type[BaseModel]) -> str:
    return json.dumps(response_type.model_json_schema(), sort_keys=True, ensure_ascii=False)


def shape(response_type: type[BaseModel], mode: str, fill: Fill | None = None) -> Shape:
    """How `response_type`, with its placeholders filled, is asked for in `mode`."""
    members, suffix = _prepared(response_type, mode)
    for placeholder, values in (fill or {}).items():
        # A placeholder stands in a list of values, or alone with one.
        listed = ", ".join(json.dumps(value, ensure_ascii=False) for value in values)
        members = members.replace(json.dumps(placeholder), listed)
        suffix = suffix.replace(json.dumps(placeholder), listed)
    return Shape(members, suffix, schema_hash(response_type, fill), len(_schema(response_type)))


def schema_hash(response_type: type[BaseModel], fill: Fill | None = None) -> str:
    """Hash of a response type's JSON Schema and of what fills it; the same in every mode."""
    text = _schema(response_type)
    if fill:
        text += json.dumps({name: list(values) for name, values in fill.items()}, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def parse(completion: Completion, response_type: type[T], mode: str, *, where: str) -> T:
    """The validated object, or the failure that names what is wrong with the answer."""
    if not completion.choices:
        raise failure(Kind.EMPTY, f"{where} answered with no choice")
    choice = completion.choices[0]
    text = completion.text(mode)
    if choice.finish_reason == "content_filter":
        raise failure(Kind.FILTERED, f"{where} filtered the answer")
    if choice.message.refusal:
        raise failure(Kind.REFUSED, f"the model refused: {choice.message.refusal[:200]}")
    if choice.finish_reason == "length":
        raise failure(Kind.CUT, f"the answer was cut at {len(text)} characters; raise --max-output-tokens")
    if not text.strip():
        raise failure(Kind.EMPTY, f"{where} answered with nothing")
    try:
        if mode != "tools":
            return response_type.model_validate_json(text)
        parsed = _HANDLERS["tools"].response_parser(response=_as_library(completion), response_model=response_type)
    except ValidationError as error:
        if is_cut_json(text):
            raise failure(Kind.CUT_JSON, f"the answer ends in the middle of its JSON: …{text[-40:]!r}") from error
        raise failure(Kind.WRONG_SCHEMA, _problems(error)) from error
    except (ValueError, AssertionError) as error:  # instructor's own: no tool call, no text, a refusal
        raise failure(Kind.WRONG_SCHEMA, f"the answer is not in mode {mode}: {error}") from error
    if not isinstance(parsed, response_type):
        raise failure(Kind.WRONG_SCHEMA, f"the answer is a {type(parsed).__name__}, not a {response_type.__name__}")
    return parsed


def _as_library(completion: Completion) -> ChatCompletion:
    """The completion as instructor wants it."""
    choices = [
        {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", **_tool_calls(choice.message)}}
        for choice in completion.choices
    ]
    return ChatCompletion.model_validate(
        {"id": completion.id or "", "object": "chat.completion", "created": 0, "model": "", "choices": choices}
    )


def _tool_calls(message: Any) -> dict[str, Any]:
    calls = [
        {"id": call.id, "type": "function", "function": call.function.model_dump()}
        for call in message.tool_calls or []
        if call.function is not None
    ]
    return {"content": message.content, **({"tool_calls": calls} if calls else {})}


def _problems(error: ValidationError) -> str:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    listed = [f"{'.'.join(str(part) for part in item['loc']) or 'answer'}: {item['msg']}" for item in problems[:5]]
    return f"the answer does not fit the schema: {'; '.join(listed)}"
