"""What was recorded: readable, scrubbed, and noticed when a prompt changes."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest
import vcr  # type: ignore[import-untyped, unused-ignore]
import yaml  # type: ignore[import-untyped, unused-ignore]
from conftest import CASSETTES, Readable

from claims.errors import ModelUnavailable
from claims.extraction import prompts
from claims.extraction.schema import Facts
from claims.llm import Client, Task
from claims.pipeline import adjudicating
from claims.settings import resolve

FILES = sorted(CASSETTES.glob("*/*.yaml"))


def interactions(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["interactions"]
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_cassette_holds_no_key_no_header_and_no_path_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?i)authorization|bearer |x-stainless|set-cookie|sk-[a-z0-9]{6}|/home/|/root/|\.gguf", text)
    for item in interactions(path):
        assert set(item["request"]) == {"method", "path", "body"}
        assert set(item["response"]) == {"status", "body"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_cassette_holds_what_a_server_answered(path: Path) -> None:
    for item in interactions(path):
        assert item["response"]["status"] == 200
        body = item["response"]["body"]
        assert body["usage"]["completion_tokens"] > 0
        assert body["choices"][0]["message"]["role"] == "assistant"
        assert body["model"] == item["request"]["body"]["model"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_static_part_of_the_prompt_came_first_and_from_the_cache(path: Path) -> None:
    first = [item["request"]["body"]["messages"][0] for item in interactions(path)]
    head = next(list(h) for h in (prompts.head("small"), adjudicating.head("small")) if h[0] in first)
    asked = [item for item in interactions(path) if len(item["request"]["body"]["messages"]) > len(head)]
    assert all(item["request"]["body"]["messages"][: len(head)] == head for item in asked)
    if len(asked) < 10:
        return  # the first call fills the cache
    usages = [item["response"]["body"]["usage"] for item in asked]
    cached = [(usage.get("prompt_tokens_details") or {}).get("cached_tokens", 0) for usage in usages]
    # All of them begin with the same characters: so many of their tokens, about, need not be read again.
    static = sum(len(message["content"]) for message in head)
    whole = [sum(len(m["content"]) for m in item["request"]["body"]["messages"]) for item in asked]
    shares = [static / length * usage["prompt_tokens"] for length, usage in zip(whole, usages, strict=True)]
    assert sum(cached) > 0.8 * sum(shares)


@pytest.mark.skipif(not FILES, reason="nothing is recorded")
@pytest.mark.parametrize("change", ["", "!"])
def test_a_changed_prompt_is_noticed(change: str) -> None:
    """The recorded body replays; one character more does not."""
    item = next(item for item in interactions(FILES[0]) if len(item["request"]["body"]["messages"]) > 5)
    body = item["request"]["body"]
    messages = [*body["messages"][:-1], {"role": "user", "content": body["messages"][-1]["content"] + change}]
    settings = resolve(environment={}, model=body["model"], base_url="http://127.0.0.1:9/v1", max_attempts=1)
    memory = {
        f"endpoint {settings.endpoint} {settings.model}": '{"mode":"json_schema","limit":"max_tokens","dropped":[]}'
    }

    async def ask() -> str:
        async with Client(settings, memory=memory) as client:
            schema = body["response_format"]["json_schema"]["schema"]
            answer = await client.ask(
                messages, Facts, task=Task("extract"), max_tokens=body["max_tokens"], schema=_as_sent(schema)
            )
            return answer.raw

    recorder = vcr.VCR(match_on=["method", "path", "body"], record_mode=vcr.mode.NONE)
    recorder.register_serializer("yaml", Readable)
    with recorder.use_cassette(str(FILES[0]), serializer="yaml", allow_playback_repeats=True):
        if change:
            with pytest.raises(ModelUnavailable):
                asyncio.run(ask())
        else:
            assert json.loads(asyncio.run(ask())) == json.loads(
                item["response"]["body"]["choices"][0]["message"]["content"]
            )


def _as_sent(schema: dict[str, Any]) -> type[Facts]:
    """A type whose schema is the recorded one."""

    class Sent(Facts):
        @classmethod
        def model_json_schema(cls, *args: Any, **values: Any) -> dict[str, Any]:
            return schema

    Sent.__name__ = "Facts"
    return Sent


def test_bodies_stay_parsed_json_there_and_back() -> None:
    headers = {"authorization": ["k"], "content-type": ["application/json"]}
    body = '{"a": ["é"]}'.encode()
    item = {
        "request": {"method": "POST", "uri": "http://x/v1/chat", "body": body, "headers": headers},
        "response": {"status": {"code": 200, "message": "OK"}, "headers": headers, "body": {"string": b'{"b": 2}'}},
    }
    text = Readable.serialize({"interactions": [item]})
    assert "é" in text
    assert "authorization" not in text
    back = Readable.deserialize(text)["interactions"][0]
    assert json.loads(back["request"]["body"]) == {"a": ["é"]}
    assert json.loads(back["response"]["body"]["string"])["b"] == 2
