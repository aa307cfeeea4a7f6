"""A request as it goes out: what it is for, its bytes, and the hash by which it is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from claims.llm.modes import Message, Shape
from claims.models import Span


@dataclass(frozen=True, slots=True)
class Task:
    """What a call is for; it goes into the call's row."""

    purpose: str  # extract, reask, adjudicate, probe
    run_id: str = ""
    config: str = ""
    document_id: str = ""
    window: Span = field(default_factory=lambda: Span(0, 0))


@dataclass(frozen=True, slots=True)
class Request:
    """One question, written once for all its attempts."""

    task: Task
    mode: str
    parameters: dict[str, Any]
    prompt_hash: str
    schema_hash: str
    body: bytes
    size: int  # characters of the schema and bytes of the messages: what is counted as prompt


def request(
    model: str, messages: Sequence[Message], shape: Shape, mode: str, parameters: dict[str, Any], task: Task
) -> Request:
    """The request that asks `model` for an answer of `shape`."""
    sent, written = shape.messages(messages), _written(messages)
    said = _written(sent) if shape.system_suffix else written
    others = json.dumps({"model": model, **parameters}, ensure_ascii=False)
    return Request(
        task=task,
        mode=mode,
        parameters={**parameters, "mode": mode},
        prompt_hash=_hash(written),
        schema_hash=shape.schema_hash,
        body=f'{{"messages": {said}, {others[1:-1]}, {shape.members}}}'.encode("utf-8", "replace"),
        size=shape.size + sum(len(message["content"].encode("utf-8", "replace")) for message in sent),
    )


def prompt_hash(messages: Sequence[Message]) -> str:
    """Hash of rendered messages."""
    return _hash(_written(messages))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


def _written(messages: Sequence[Message]) -> str:
    """The messages as JSON. All but the last are those of the prompt file, or of one window's earlier turns."""
    *earlier, last = messages
    written = [_turn(message["role"], message["content"]) for message in earlier]
    return f"[{', '.join([*written, json.dumps(last, ensure_ascii=False)])}]"


@lru_cache(maxsize=256)
def _turn(role: str, content: str) -> str:
    return json.dumps({"role": role, "content": content}, ensure_ascii=False)
