"""A test double of an OpenAI-compatible endpoint: real HTTP on loopback, with the faults that real ones have."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

PROBE_ANSWER = '{"colour":"yellow","letters":6}'


@dataclass
class Reply:
    """One answer of the server, and how it goes wrong on the way."""

    body: Any = None  # text and bytes go as they are, a dict as JSON
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    fault: str | None = None  # "reset" before a byte is sent, "cut_body" after half of them, "drip" one at a time


@dataclass
class Request:
    """What a client sent. `number` counts all requests from 0, `same` those with this very body from 0."""

    number: int
    same: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def is_probe(self) -> bool:
        return "ripe lemon" in self.body["messages"][-1]["content"]

    @property
    def data(self) -> dict[str, Any]:
        """The article's data in the last message that holds any."""
        return asked(self.body)


def asked(body: dict[str, Any]) -> dict[str, Any]:
    """The article's data in the last message of a request that holds any; of numbered sentences with these as a list
    ("sentences"), as one text ("sentence"), and with the numbers that the schema asks for ("numbers")."""
    for message in reversed(body["messages"]):
        if message["role"] == "user" and message["content"].startswith("{"):
            found: dict[str, Any] = json.loads(message["content"])
            if "1" not in found:
                return found
            sentences = [text for key, text in found.items() if key.isdecimal()]
            sentence = " ".join(sentences)
            return found | {"sentences": sentences, "sentence": sentence, "numbers": [*constants(body)], "dates": []}
    return {}


def constants(value: Any) -> Iterator[str]:
    """What a schema asks for as the number of a fact, anywhere in `value`."""
    if isinstance(value, dict):
        if isinstance(number := value.get("number"), dict) and "const" in number:
            yield number["const"]
        for item in value.values():
            yield from constants(item)
    elif isinstance(value, list):
        for item in value:
            yield from constants(item)


def completion(
    content: str | None,
    *,
    finish_reason: str = "stop",
    refusal: str | None = None,
    usage: tuple[int, int] | None = (100, 20),
    request: Request | None = None,
) -> dict[str, Any]:
    """The JSON of a chat completion; as a tool call where `request` asked for one."""
    message: dict[str, Any] = {"role": "assistant", "content": content, "refusal": refusal}
    if request is not None and "tools" in request.body and content is not None:
        name = request.body["tools"][0]["function"]["name"]
        call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": content}}
        message |= {"content": None, "tool_calls": [call]}
    found: dict[str, Any] = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "test",
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
    }
    if usage is not None:
        prompt, completed = usage
        found["usage"] = {"prompt_tokens": prompt, "completion_tokens": completed, "total_tokens": prompt + completed}
    return found


def error(status: int, message: str = "", code: str | None = None, **headers: str) -> Reply:
    """An error as OpenAI sends it; header names with "_" for "-"."""
    body = {"error": {"message": message or f"error {status}", "type": "error", "code": code}}
    return Reply(body, status, {name.replace("_", "-"): value for name, value in headers.items()})


class FaultyServer:
    """Serves `respond` on a loopback port while the context lasts. A returned string is the content of an answer."""

    def __init__(self, respond: Callable[[Request], Reply | str], *, probe: bool = True) -> None:
        self._respond = respond
        self._answers_probe = probe
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._seen: dict[str, int] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    def __enter__(self) -> FaultyServer:
        self._thread.start()
        start = asyncio.start_server(self._serve, "127.0.0.1", 0)
        self._server = asyncio.run_coroutine_threadsafe(start, self._loop).result(5)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        async def stop() -> None:
            assert self._server is not None
            self._server.close()
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        key = body.decode()
        request = Request(len(self.requests), self._seen.get(key, 0), json.loads(key), headers)
        self._seen[key] = request.same + 1
        self.requests.append(request)
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            reply = PROBE_ANSWER if self._answers_probe and request.is_probe else self._respond(request)
            if isinstance(reply, str):
                reply = Reply(completion(reply, request=request))
            return await self._send(reply, writer)
        finally:
            self._at_once -= 1

    async def _send(self, reply: Reply, writer: asyncio.StreamWriter) -> bool:
        if reply.delay:
            await asyncio.sleep(reply.delay)
        if reply.fault == "reset":
            writer.transport.abort()
            return False
        payload = reply.body
        if not isinstance(payload, bytes):
            payload = (payload if isinstance(payload, str) else json.dumps(payload)).encode()
        headers = {"content-type": "application/json", "content-length": str(len(payload)), **reply.headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {reply.status} X\r\n{head}\r\n".encode("utf-8", "surrogateescape"))
        if reply.fault == "cut_body":
            writer.write(payload[: len(payload) // 2])
            await writer.drain()
            return False
        if reply.fault == "drip":
            for byte in payload:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(0.05)
        else:
            writer.write(payload)
        await writer.drain()
        return True
