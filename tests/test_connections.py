"""What goes out and comes in below the client, whether the library made the request or its headers were repeated."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import httpx2
import openai
import pytest
from servers import FaultyServer, Reply, completion, error

from claims.llm.connections import Endpoint

BODY = b'{"messages": [{"role": "user", "content": "Well?"}], "model": "test"}'
ANSWER = completion("yes")


def replies(server: FaultyServer, times: int = 3, timeout: float = 5.0) -> list[Any]:
    """One after the other: bodies as JSON, or what was raised."""

    async def ask() -> list[Any]:
        endpoint = Endpoint("sk-1", server.url, timeout, 4)
        found: list[Any] = []
        for _ in range(times):
            try:
                found.append(json.loads((await endpoint.complete(BODY)).body))
            except (openai.OpenAIError, httpx2.HTTPError) as problem:
                found.append(problem)
        await endpoint.library.close()
        return found

    return asyncio.run(ask())


def test_every_request_has_the_headers_of_the_first() -> None:
    with FaultyServer(lambda request: Reply(ANSWER)) as server:
        assert replies(server) == [ANSWER] * 3
        first, *others = [request.headers for request in server.requests]
    assert first["authorization"] == "Bearer sk-1"
    assert first["content-type"] == "application/json"
    assert all(headers == first for headers in others)


def test_the_library_makes_one_request_even_of_those_that_go_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    made = 0

    async def ask(address: str) -> list[Any]:
        nonlocal made
        endpoint = Endpoint("sk-1", address, 5.0, 8)
        by_library = endpoint.library.post

        async def counted(*values: Any, **named: Any) -> Any:
            nonlocal made
            made += 1
            return await by_library(*values, **named)

        monkeypatch.setattr(endpoint.library, "post", counted)
        first = asyncio.create_task(endpoint.complete(BODY))
        while not server.requests:
            await asyncio.sleep(0.001)
        others = await asyncio.gather(*(endpoint.complete(BODY) for _ in range(5)))
        found = [await first, *others]
        await endpoint.library.close()
        return found

    with FaultyServer(lambda request: Reply(ANSWER, delay=0.2 if request.number == 0 else 0.0)) as server:
        found = asyncio.run(ask(server.url))
        assert [json.loads(reply.body) for reply in found] == [ANSWER] * 6
        assert made == 1
        headers = [request.headers for request in server.requests]
        assert all(others == headers[0] for others in headers)


def test_packed_bodies_are_unpacked() -> None:
    packed = gzip.compress(json.dumps(ANSWER).encode())
    with FaultyServer(lambda request: Reply(packed, headers={"content-encoding": "gzip"})) as server:
        assert replies(server) == [ANSWER] * 3


def test_a_status_error_has_its_status_headers_and_problem_whoever_made_the_request() -> None:
    with FaultyServer(lambda r: Reply(ANSWER) if r.number == 1 else error(429, "slow", "x", retry_after="3")) as server:
        first, answered, later = replies(server)
    assert answered == ANSWER
    for problem in (first, later):
        assert isinstance(problem, openai.APIStatusError)
        assert problem.status_code == 429
        assert problem.response.headers["Retry-After"] == "3"
        assert problem.body == {"message": "slow", "type": "error", "code": "x"}


def test_a_packed_problem_is_read() -> None:
    def packed() -> Reply:
        return Reply(gzip.compress(b'{"error": {"message": "no"}}'), 500, {"content-encoding": "gzip"})

    with FaultyServer(lambda request: Reply(ANSWER) if request.number == 0 else packed()) as server:
        _, problem, _ = replies(server)
    assert isinstance(problem, openai.APIStatusError)
    assert problem.body == {"message": "no"}


def test_a_redirect_is_followed() -> None:
    with FaultyServer(lambda request: Reply(ANSWER)) as target:
        moved = Reply("", 307, {"location": f"{target.url}/chat/completions"})
        with FaultyServer(lambda request: Reply(ANSWER) if request.number == 0 else moved) as server:
            assert replies(server) == [ANSWER] * 3
        assert len(target.requests) == 2


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(ANSWER, fault="reset"), (openai.APIConnectionError, httpx2.TransportError)),
        (Reply(ANSWER, fault="cut_body"), (openai.APIConnectionError, httpx2.TransportError)),
        (Reply(ANSWER, delay=2.0), (openai.APITimeoutError, httpx2.TimeoutException)),
    ],
    ids=["reset", "cut_body", "late"],
)
def test_faults_of_transport(reply: Reply, expected: tuple[type[Exception], type[Exception]]) -> None:
    with FaultyServer(lambda request: Reply(ANSWER) if request.number == 1 else reply) as server:
        first, answered, later = replies(server, timeout=0.3)
    assert isinstance(first, expected[0])
    assert answered == ANSWER
    assert isinstance(later, expected[1])


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with FaultyServer(lambda request: Reply(ANSWER)) as proxy:
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HTTP_PROXY", proxy.url.removesuffix("/v1"))

        async def ask() -> None:
            endpoint = Endpoint("sk-1", "http://model.invalid/v1", 5.0, 4)
            for _ in range(2):
                assert json.loads((await endpoint.complete(BODY)).body) == ANSWER
            await endpoint.library.close()

        asyncio.run(ask())
        assert [request.headers["host"] for request in proxy.requests] == ["model.invalid"] * 2
