"""The client against a server with every fault that a real endpoint has."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from pydantic import BaseModel
from pydantic_core import to_json
from servers import FaultyServer, Reply, Request, completion, error

from claims.errors import BudgetExceeded, IncompleteAnswer, ModelError, ModelRefused, ModelUnavailable
from claims.llm import Answer, Client, Kind, Task
from claims.llm.money import Price
from claims.models import Call
from claims.settings import Settings, resolve

KEY = "sk-planted-0123456789abcdef"
OK = '{"word":"yes"}'
MESSAGES = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Well?"}]


class Word(BaseModel):
    word: str


class Rows:
    """A ledger in memory."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    async def record(self, call: Call) -> None:
        self.calls.append(call)

    def kinds(self) -> list[str | None]:
        return [call.error_kind for call in self.calls if call.purpose != "probe"]


def settings(server: FaultyServer, **values: Any) -> Settings:
    values = {"backoff": 0.001, "max_backoff": 0.01, "timeout": 0.5, "give_up_after": 0.0} | values
    return resolve(environment={}, model="test", base_url=server.url, api_key=KEY, **values)


def ask(server: FaultyServer, *, rows: Rows | None = None, times: int = 1, **values: Any) -> list[Answer[Word]]:
    """The answers to the same question asked `times` times at once."""

    async def run() -> list[Answer[Word]]:
        async with Client(settings(server, **values), ledger=rows or Rows()) as client:
            asked = [client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50) for _ in range(times)]
            return list(await asyncio.gather(*asked))

    return asyncio.run(run())


def failing_once(reply: Reply) -> Callable[[Request], Reply | str]:
    return lambda request: reply if request.same == 0 else OK


def test_a_typed_answer_with_its_usage() -> None:
    rows = Rows()
    with FaultyServer(lambda request: OK) as server:
        (answer,) = ask(server, rows=rows)
    assert answer.value == Word(word="yes")
    assert (answer.usage.prompt, answer.usage.completion, answer.attempts) == (100, 20, 1)
    assert [call.purpose for call in rows.calls] == ["probe", "extract"]
    call = rows.calls[1]
    assert (call.status, call.prompt_tokens, call.completion_tokens, call.answer) == ("ok", 100, 20, OK)
    assert call.latency_ms is not None
    assert call.latency_ms > 0
    assert call.prompt_hash
    assert call.schema_hash


def test_the_ledger_row_is_written_before_the_answer_is_given() -> None:
    seen: list[str] = []

    class Slow(Rows):
        async def record(self, call: Call) -> None:
            await asyncio.sleep(0.02)
            seen.append("row")

    with FaultyServer(lambda request: OK) as server:
        ask(server, rows=Slow())
        seen.append("answer")
    assert seen == ["row", "row", "answer"]


TRANSIENT = [
    (error(500), Kind.SERVER_ERROR),
    (error(503, retry_after="0.01"), Kind.SERVER_ERROR),
    (error(408), Kind.SERVER_ERROR),
    (error(429, retry_after="0.01"), Kind.RATE_LIMITED),
    (Reply(fault="reset"), Kind.CONNECTION),
    (Reply(completion(OK), fault="cut_body"), Kind.CONNECTION),
    (Reply(completion(OK), delay=2.0), Kind.TIMEOUT),
    (Reply(completion(OK), fault="drip"), Kind.TIMEOUT),
    (Reply("<html>Bad gateway</html>", headers={"content-type": "text/html"}), Kind.CUT_BODY),
    (Reply('{"id": "x", "choices": [{"mess'), Kind.CUT_BODY),
    (Reply({"unexpected": True}), Kind.CUT_BODY),
    (Reply([1, 2]), Kind.CUT_BODY),
    (Reply({"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [{}]}), Kind.CUT_BODY),
    (Reply(completion("")), Kind.EMPTY),
    (Reply(completion(None)), Kind.EMPTY),
    (Reply(completion("x") | {"choices": []}), Kind.EMPTY),
    (Reply(completion('{"word":"ye')), Kind.CUT_JSON),
    (Reply(completion('{"word":"yes"')), Kind.CUT_JSON),
]


@pytest.mark.parametrize(
    ("reply", "kind"), TRANSIENT, ids=lambda value: str(value)[:40] if isinstance(value, Kind) else ""
)
def test_what_may_pass_is_tried_again_and_on_record(reply: Reply, kind: Kind) -> None:
    rows = Rows()
    with FaultyServer(failing_once(reply)) as server:
        (answer,) = ask(server, rows=rows)
    assert answer.value.word == "yes"
    assert answer.attempts == 2
    assert rows.kinds() == [kind, None]
    assert [call.attempt for call in rows.calls if call.purpose != "probe"] == [1, 2]
    assert rows.calls[1].error


LASTING: list[tuple[Reply, Kind, type[ModelError]]] = [
    (error(401, "Incorrect API key"), Kind.KEY_REJECTED, ModelRefused),
    (error(403), Kind.KEY_REJECTED, ModelRefused),
    (error(404), Kind.MODEL_UNKNOWN, ModelRefused),
    (error(429, code="insufficient_quota"), Kind.QUOTA_SPENT, ModelRefused),
    (error(402), Kind.QUOTA_SPENT, ModelRefused),
    (error(400, "bad"), Kind.BAD_REQUEST, ModelRefused),
    (error(400, code="context_length_exceeded"), Kind.TOO_LONG, IncompleteAnswer),
    (error(413), Kind.TOO_LONG, IncompleteAnswer),
    (Reply(completion('{"word":"y', finish_reason="length")), Kind.CUT, IncompleteAnswer),
    (Reply(completion("", finish_reason="content_filter")), Kind.FILTERED, IncompleteAnswer),
    (Reply(completion(None, refusal="I cannot help with that.")), Kind.REFUSED, IncompleteAnswer),
    (Reply(completion('{"wort":"yes"}')), Kind.WRONG_SCHEMA, IncompleteAnswer),
    (Reply(completion("I think so.")), Kind.WRONG_SCHEMA, IncompleteAnswer),
]


@pytest.mark.parametrize(("reply", "kind", "type_"), LASTING, ids=[f"{k}-{n}" for n, (_, k, _) in enumerate(LASTING)])
def test_what_the_same_call_cannot_help_is_paid_once(reply: Reply, kind: Kind, type_: type[ModelError]) -> None:
    rows = Rows()
    with FaultyServer(lambda request: reply) as server, pytest.raises(type_) as caught:
        ask(server, rows=rows)
    assert caught.value.kind == kind
    assert rows.kinds() == [kind]
    assert "\n" not in str(caught.value)


def test_attempts_are_bounded() -> None:
    rows = Rows()
    with FaultyServer(lambda request: error(500)) as server, pytest.raises(ModelUnavailable):
        ask(server, rows=rows, max_attempts=3, give_up_after=60.0)
    assert rows.kinds() == [Kind.SERVER_ERROR] * 3


def test_retry_after_is_kept_by_all() -> None:
    times: list[float] = []

    def respond(request: Request) -> Reply | str:
        times.append(time.monotonic())
        return error(429, retry_after="0.4") if len(times) == 1 else OK

    with FaultyServer(respond) as server:
        ask(server, times=4, concurrency=1)
    assert all(later - times[0] >= 0.39 for later in times[1:])


@pytest.mark.parametrize("status", [200, 500])
def test_a_request_id_of_another_encoding_can_be_written_down(status: int) -> None:
    def respond(request: Request) -> Reply | str:
        return OK if request.is_probe else Reply(completion(OK), status, {"x-request-id": "r\udce9"})

    rows = Rows()
    with FaultyServer(respond) as server, suppress(ModelUnavailable):
        ask(server, rows=rows, times=1, max_attempts=1)
    assert rows.calls[-1].purpose == "extract"
    assert b'"request_id":"r' in to_json(rows.calls[-1])


def test_no_more_calls_at_once_than_asked_for() -> None:
    with FaultyServer(lambda request: Reply(completion(OK), delay=0.02)) as server:
        ask(server, times=20, concurrency=3)
        assert server.most_at_once == 3


def test_a_call_moves_from_its_answer_until_the_next_has_its_slot() -> None:
    seen: list[bool] = []
    clients: list[Client] = []

    class Looking(Rows):
        async def record(self, call: Call) -> None:
            seen.append(clients[0].is_moving)
            await super().record(call)

    async def run(server: FaultyServer) -> list[bool]:
        async with Client(settings(server, concurrency=2, max_attempts=2), ledger=Looking()) as client:
            clients.append(client)
            asked = [client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50) for _ in range(6)]
            before = client.is_moving
            await asyncio.gather(*asked, return_exceptions=True)
            await asyncio.sleep(0.01)
            return [before, client.is_moving]

    with FaultyServer(lambda request: error(500) if request.number % 3 == 2 else OK) as server:
        assert asyncio.run(run(server)) == [False, False]
    assert len(seen) > 6
    assert all(seen[1:5])  # after the probe; of the last ones, nobody waits for the slot
    assert not seen[-1]


def test_a_rejected_key_stops_everything() -> None:
    with FaultyServer(lambda request: error(401)) as server:

        async def run() -> list[Any]:
            async with Client(settings(server, concurrency=1)) as client:
                asked = [client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50) for _ in range(10)]
                return list(await asyncio.gather(*asked, return_exceptions=True))

        found = asyncio.run(run())
        assert all(isinstance(item, ModelRefused) for item in found)
        assert sum(not request.is_probe for request in server.requests) == 1


def test_an_endpoint_that_only_fails_opens_the_circuit() -> None:
    with FaultyServer(lambda request: error(500)) as server:

        async def run() -> list[Any]:
            async with Client(settings(server, concurrency=4, max_attempts=4)) as client:
                asked = [client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50) for _ in range(50)]
                return list(await asyncio.gather(*asked, return_exceptions=True))

        found = asyncio.run(run())
        assert any("all failed" in str(item) for item in found)
        assert len(server.requests) < 20


# --- how to ask ---


def only(mode: str) -> Callable[[Request], Reply | str]:
    """A server that gives structured output in one mode only."""

    def respond(request: Request) -> Reply | str:
        asked = "tools" if "tools" in request.body else request.body.get("response_format", {}).get("type")
        if asked == "json_schema" and mode != "json_schema":
            return error(400, "response_format json_schema is not supported")
        if asked == "tools" and mode != "tools":
            return Reply(completion("A lemon is yellow."))
        return '{"colour":"yellow","letters":6}' if request.is_probe else OK

    return respond


@pytest.mark.parametrize(
    ("mode", "wanted"), [("json_schema", "json_schema"), ("tools", "tools"), ("json_object", "json")]
)
def test_the_mode_is_probed_once_and_remembered(mode: str, wanted: str) -> None:
    memory: dict[str, str] = {}
    with FaultyServer(only(mode), probe=False) as server:

        async def run() -> None:
            async with Client(settings(server), memory=memory) as client:
                asked = [client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50) for _ in range(3)]
                await asyncio.gather(*asked)

        asyncio.run(run())
        probes = sum(request.is_probe for request in server.requests)
        asyncio.run(run())
        assert sum(request.is_probe for request in server.requests) == probes
    assert [json.loads(value)["mode"] for value in memory.values()] == [wanted]
    assert KEY not in str(memory)


def test_parameters_that_an_endpoint_rejects_are_left_out() -> None:
    def respond(request: Request) -> Reply | str:
        if "max_tokens" in request.body:
            return error(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")
        if "temperature" in request.body:
            return error(400, "Unsupported value: 'temperature' does not support 0.")
        return '{"colour":"yellow","letters":6}' if request.is_probe else OK

    with FaultyServer(respond, probe=False) as server:
        (answer,) = ask(server)
        assert answer.attempts == 1
        assert "max_completion_tokens" in server.requests[-1].body


def test_an_endpoint_without_structured_output_is_named() -> None:
    with FaultyServer(lambda request: Reply(completion("Yellow!")), probe=False) as server:
        with pytest.raises(ModelError, match="no structured answer") as caught:
            ask(server)
        assert caught.value.kind == Kind.NO_STRUCTURE
        assert len(server.requests) == 3


# --- money ---


def test_the_budget_counts_what_is_in_flight() -> None:
    with FaultyServer(lambda request: Reply(completion(OK, usage=(40, 50)), delay=0.02)) as server:

        async def run() -> tuple[list[Any], int]:
            async with Client(settings(server, max_tokens=2000, concurrency=8)) as client:
                asked = [client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50) for _ in range(60)]
                return list(await asyncio.gather(*asked, return_exceptions=True)), client.budget.spent.total

        found, spent = asyncio.run(run())
    stopped = [item for item in found if isinstance(item, BudgetExceeded)]
    assert stopped
    assert "--max-tokens 2000" in str(stopped[0])
    assert 1500 < spent <= 2000


def test_cost_of_set_prices() -> None:
    rows = Rows()
    with FaultyServer(lambda request: OK) as server:
        ask(server, rows=rows, price_input=1.0, price_output=10.0)
    assert rows.calls[-1].cost == pytest.approx((100 * 1.0 + 20 * 10.0) / 1e6)


@pytest.mark.parametrize(("concurrency", "is_beside"), [(1, True), (4, False)])
def test_a_listed_price_is_looked_up_beside_full_slots(
    monkeypatch: pytest.MonkeyPatch, concurrency: int, is_beside: bool
) -> None:
    looked_up_in: list[threading.Thread] = []

    def listed(chosen: Settings) -> Price:
        looked_up_in.append(threading.current_thread())
        return Price(1.0, 1.0, 10.0)

    monkeypatch.setattr("claims.llm.client.price", listed)
    rows = Rows()

    async def run(server: FaultyServer) -> Price | None:
        way = {"mode": "json_schema", "limit": "max_tokens", "dropped": []}
        chosen = settings(server, concurrency=concurrency)
        memory = {f"endpoint {chosen.endpoint} {chosen.model}": json.dumps(way)}
        async with Client(chosen, ledger=rows, memory=memory) as client:
            await client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50)
            return client.budget.price

    with FaultyServer(lambda request: Reply(completion(OK), delay=0.1)) as server:
        assert asyncio.run(run(server)) == Price(1.0, 1.0, 10.0)
    (thread,) = looked_up_in
    assert (thread is not threading.main_thread()) == is_beside
    assert [row.cost for row in rows.calls] == [pytest.approx((100 * 1.0 + 20 * 10.0) / 1e6)]


def test_a_cost_limit_needs_a_price() -> None:
    with FaultyServer(lambda request: OK) as server, pytest.raises(ModelRefused, match="--price-input"):
        ask(server, max_cost=1.0)


# --- keys ---


def test_the_key_is_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    rows = Rows()
    echo = error(400, f"You sent Authorization: Bearer {KEY}")
    with caplog.at_level(logging.DEBUG), FaultyServer(lambda request: echo) as server:
        with pytest.raises(ModelRefused) as caught:
            ask(server, rows=rows)
        assert KEY in server.requests[0].headers["authorization"]
    assert KEY not in str(caught.value) + repr(caught.value)
    assert KEY not in caplog.text
    assert KEY not in "".join(call.model_dump_json() for call in rows.calls)


def test_an_answer_that_repeats_the_key_is_stored_without_it() -> None:
    rows = Rows()
    with FaultyServer(lambda request: json.dumps({"word": KEY})) as server:
        ask(server, rows=rows)
    assert KEY not in "".join(call.model_dump_json() for call in rows.calls)


def test_the_login_of_an_address_is_sent_as_basic_authorization() -> None:
    with FaultyServer(lambda request: '{"word":"blue"}') as server:

        async def ask() -> None:
            address = server.url.replace("://", "://user:pass@")
            async with Client(settings(server).model_copy(update={"base_url": address})) as client:
                await client.ask(MESSAGES, Word, task=Task("extract"), max_tokens=50)

        asyncio.run(ask())
        assert {request.headers["authorization"] for request in server.requests} == {"Basic dXNlcjpwYXNz"}
