"""Messages and a response type in, a validated object and its usage out.

One `AsyncOpenAI` client carries every call, with its own retries off: tenacity decides here, per kind of failure,
and each attempt is reported to the ledger before anything else happens.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

import httpx2
import openai
import tenacity
from pydantic import BaseModel, ValidationError

from claims.errors import ModelError, ModelRefused
from claims.llm import modes
from claims.llm.completions import Completion
from claims.llm.connections import Endpoint
from claims.llm.failures import RETRIED, Kind, failure, from_exception
from claims.llm.flow import Breaker, Flow
from claims.llm.modes import Message
from claims.llm.money import Budget, Price, Usage, price
from claims.llm.requests import Request, Task, request
from claims.llm.ways import Way, Ways
from claims.models import Call
from claims.settings import Settings

T = TypeVar("T", bound=BaseModel)

_NO_KEY = "none"  # the client library wants one; a server of one's own does not
_CLOSELY = 0.002  # seconds between two answers
_RATE_LIMITED_MOST = 60  # answers 429 to one request before it is given up


class Ledger(Protocol):
    """Where each attempt is written as soon as it ends."""

    async def record(self, call: Call) -> None: ...


class Forgetful:
    """A ledger that keeps nothing."""

    async def record(self, call: Call) -> None:
        """Drop `call`."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What the model said, validated. `usage` is of all attempts of the request, as reported."""

    value: T
    usage: Usage
    request_id: str | None
    latency: float  # seconds, of the attempt that succeeded
    finish_reason: str
    raw: str
    attempts: int


class Client:
    """A model behind an OpenAI-compatible endpoint. Use it as an async context manager, on one event loop.

    `memory` keeps what was learned of an endpoint from one run to the next: any mutable mapping of strings.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        ledger: Ledger | None = None,
        memory: MutableMapping[str, str] | None = None,
        model: str | None = None,
        base_url: str | None = None,
    ) -> None:
        self.settings = settings
        self.model = model or (settings.local_model.stem if settings.local_model else settings.model)
        self.base_url = base_url or settings.base_url
        self.ledger: Ledger = ledger or Forgetful()
        self.memory: MutableMapping[str, str] = {} if memory is None else memory
        self.flow = Flow(settings.concurrency, settings.requests_per_minute, settings.tokens_per_minute)
        self.breaker = Breaker(settings.give_up_after)
        self._price: Price | None = None
        self._pricing: asyncio.Task[Price | None] | None = None
        self._is_priced = False
        self.budget = Budget(settings.max_tokens, settings.max_cost)
        if settings.max_cost is not None and self.price is None:
            raise ModelRefused(
                f"--max-cost needs a price, and none is known for {self.model}: set --price-input and --price-output"
            )
        key = settings.api_key.get_secret_value() if settings.api_key else _NO_KEY
        self._endpoint = Endpoint(key, self.base_url, settings.timeout, settings.concurrency)
        # A server started here has another port each time, and is always llama.cpp's.
        where = "local" if settings.local_model else settings.endpoint
        self._ways = Ways(self.memory, f"endpoint {where} {self.model}", self._try)
        self._moving = 0
        self._moved_at = float("-inf")
        self._tokens_per_byte = 0.5  # learned from usage; English has about 0.25

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def price(self) -> Price | None:
        """What the model costs, as far as it is known."""
        if not self._is_priced:
            self._priced(price(self.settings))
        return self._price

    def _priced(self, found: Price | None) -> None:
        if not self._is_priced:
            self._price, self._is_priced = found, True
            self.budget.price = found

    def _look_up_price(self) -> None:
        """Beside the loop, while nothing else can be sent: the list of prices takes a tenth of a second to load."""
        if self._is_priced or self._pricing is not None:
            return

        def keep(looked_up: asyncio.Task[Price | None]) -> None:
            if not looked_up.cancelled() and looked_up.exception() is None:
                self._priced(looked_up.result())

        self._pricing = asyncio.create_task(asyncio.to_thread(price, self.settings))
        self._pricing.add_done_callback(keep)

    @property
    def is_moving(self) -> bool:
        """Whether an answer has come whose slot is not yet with the next call, or others follow it closely, as the
        calls that went out together come back together: work that can wait, should. Not at the end, when slots are
        free."""
        return self.flow.slots.locked() and (self._moving > 0 or time.monotonic() - self._moved_at < _CLOSELY)

    def _moved(self) -> None:
        self._moving -= 1

    @property
    def library(self) -> openai.AsyncOpenAI:
        """The client library's own client, for what is not a chat call."""
        return self._endpoint.library

    async def form(self, task: Task, max_tokens: int) -> tuple[str, dict[str, Any]]:
        """The mode in which this endpoint gives structured answers, probed once, and the parameters of a request."""
        way = await self._way(task)
        return way.mode, self._parameters(max_tokens, way)

    async def close(self) -> None:
        """Close the connections."""
        await self._endpoint.library.close()

    # --- asking ---

    async def ask(
        self,
        messages: Sequence[Message],
        response_type: type[T],
        *,
        task: Task,
        max_tokens: int,
        schema: type[BaseModel] | None = None,
        fill: modes.Fill | None = None,
    ) -> Answer[T]:
        """The model's answer to `messages` as a `response_type`.

        `schema` is what the endpoint is asked for, where that is narrower than what is accepted: an answer outside
        it can then be named and rejected instead of being lost; `fill` gives the values of its placeholders.
        `max_tokens` bounds the answer.

        Raises ModelUnavailable, ModelRefused, IncompleteAnswer (each with its `kind`) or BudgetExceeded.
        """
        way = await self._way(task)
        shape = modes.shape(schema or response_type, way.mode, fill)
        asked = request(self.model, messages, shape, way.mode, self._parameters(max_tokens, way), task)
        return await self._ask(asked, response_type, max_tokens)

    async def _ask(self, request: Request, response_type: type[T], max_tokens: int) -> Answer[T]:
        most = Usage(prompt=int(request.size * self._tokens_per_byte) + 16, completion=max_tokens)
        state = _Attempts()
        failed: ModelError | None = None
        try:
            state.number += 1
            return await self._attempt(request, response_type, most, state)
        except ModelError as error:
            if not _worth_retrying(error):
                raise
            failed = error
        # The first attempt stands outside, as nearly all succeed: tenacity's states take time.
        async for attempt in tenacity.AsyncRetrying(
            stop=lambda last: self._stop(last, state),
            wait=self._wait,
            retry=tenacity.retry_if_exception(_worth_retrying),
            reraise=True,
        ):
            with attempt:
                if failed is not None:
                    first, failed = failed, None
                    raise first
                state.number += 1
                return await self._attempt(request, response_type, most, state)
        raise AssertionError("tenacity ends by an answer or an error")

    def _parameters(self, max_tokens: int, way: Way) -> dict[str, Any]:
        parameters: dict[str, Any] = {way.limit: max_tokens}
        if self.settings.temperature is not None and "temperature" not in way.dropped:
            parameters["temperature"] = self.settings.temperature
        return parameters

    def _stop(self, last: tenacity.RetryCallState, state: _Attempts) -> bool:
        error = last.outcome.exception() if last.outcome else None
        if isinstance(error, ModelError) and error.kind == Kind.RATE_LIMITED:
            state.limited += 1  # costs nothing and says nothing of the request: counted apart
        if self.breaker.is_open or state.limited >= _RATE_LIMITED_MOST:
            return True
        return state.number - state.limited >= self.settings.max_attempts

    def _wait(self, state: tenacity.RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        jittered = tenacity.wait_random_exponential(multiplier=self.settings.backoff, max=self.settings.max_backoff)
        if isinstance(error, ModelError) and error.retry_after is not None:
            # All wait as asked; the jitter keeps them from coming back in one heap.
            return error.retry_after + min(jittered(state), 0.1 * error.retry_after + 0.05)
        return jittered(state)

    async def _attempt(self, request: Request, response_type: type[T], most: Usage, state: _Attempts) -> Answer[T]:
        self.breaker.check()
        reserved = await self.budget.reserve(most)
        usage: Usage | None = None
        moved = False
        try:
            # A call holds its slot until it is on record: a killed process loses at most the calls in flight.
            async with self.flow.slots:
                await self.flow.admit(most.total)
                self.breaker.check()
                if self.flow.slots.locked() or request.task.purpose == "probe":
                    self._look_up_price()
                outcome = await self._send(request, response_type, state.number)
                self._moving, moved, self._moved_at = self._moving + 1, True, time.monotonic()
                usage = outcome.usage
                if outcome.error is not None:
                    self.breaker.failed(outcome.error)
                    if outcome.error.kind == Kind.RATE_LIMITED:
                        self.flow.pause(outcome.error.retry_after or 0.0)
                cost = self.price.cost(usage) if usage and self.price else None
                await self.ledger.record(self._row(request, outcome, state.number, cost))
        finally:
            if moved:  # in the next round of the loop, after the one who waits for the slot
                asyncio.get_running_loop().call_soon(self._moved)
            await self.budget.settle(most, reserved, usage)
        if usage is not None:
            state.usage += usage
            self.flow.tokens.give_back(most.total - usage.total)
            self._learn_size(usage, request.size)
        if outcome.error is not None:
            outcome.error.attempts = state.number
            raise outcome.error
        self.breaker.success()
        assert outcome.value is not None
        return Answer(
            value=outcome.value,
            usage=state.usage,
            request_id=outcome.request_id,
            latency=outcome.latency,
            finish_reason=outcome.finish_reason,
            raw=outcome.answer or "",
            attempts=state.number,
        )

    async def _send(self, request: Request, response_type: type[T], number: int) -> _Outcome[T]:
        outcome: _Outcome[T] = _Outcome(started_at=datetime.now(UTC))
        began = time.perf_counter()
        where = self.settings.endpoint if self.base_url == self.settings.base_url else "the local server"
        try:
            # The timeout of the client library is for each read: a server that drips bytes would pass it for ever.
            async with asyncio.timeout(self.settings.timeout):
                raw = await self._endpoint.complete(request.body)
            outcome.latency = time.perf_counter() - began
            self.flow.learn(raw.headers)
            outcome.request_id = _request_id(raw.headers)
            completion = _completion(raw.body, where)
            outcome.request_id = outcome.request_id or completion.id
            outcome.usage = completion.used
            if completion.choices:
                outcome.finish_reason = completion.choices[0].finish_reason or ""
                completion.replace(self.scrubbed)
                outcome.answer = completion.text(request.mode)
            outcome.value = modes.parse(completion, response_type, request.mode, where=where)
        except ModelError as error:
            outcome.error = error
        except TimeoutError:
            outcome.error = failure(
                Kind.TIMEOUT, f"{where} did not answer in {self.settings.timeout:g} s; raise --timeout"
            )
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            outcome.error = from_exception(error, where=where, model=self.model)
            if isinstance(error, openai.APIStatusError):
                self.flow.learn(error.response.headers)
                outcome.request_id = _request_id(error.response.headers)
        except asyncio.CancelledError:
            outcome.error = failure(Kind.INTERRUPTED, "the call was ended before its answer came")
            outcome.latency = time.perf_counter() - began
            await asyncio.shield(self.ledger.record(self._row(request, outcome, number, None)))
            raise
        if not outcome.latency:
            outcome.latency = time.perf_counter() - began
        if outcome.error is not None:
            outcome.error.args = (self.scrubbed(str(outcome.error)),)
        return outcome

    def scrubbed(self, text: str) -> str:
        """`text` without the key and the password, which some endpoints repeat in their complaints."""
        return self.settings.scrubbed(text)

    def _row(self, request: Request, outcome: _Outcome[Any], attempt: int, cost: float | None) -> Call:
        task, usage = request.task, outcome.usage
        # Nothing of it comes from outside unchecked, and to check it again takes longer than to write it down.
        return Call.made(
            {
                "id": uuid.uuid4().hex,
                "run_id": task.run_id,
                "config": task.config,
                "document_id": task.document_id,
                "window": task.window,
                "attempt": attempt,
                "purpose": task.purpose,
                "prompt_hash": request.prompt_hash,
                "schema_hash": request.schema_hash,
                "model": self.model,
                "parameters": request.parameters,
                "status": "ok" if outcome.error is None else "failed",
                "error_kind": outcome.error.kind if outcome.error else None,
                "error": str(outcome.error) if outcome.error else None,
                "prompt_tokens": usage.prompt if usage else None,
                "cached_tokens": usage.cached if usage else None,
                "completion_tokens": usage.completion if usage else None,
                "reasoning_tokens": usage.reasoning if usage else None,
                "cost": cost if usage else None,
                "latency_ms": outcome.latency * 1000,
                "request_id": outcome.request_id,
                "answer": None if outcome.answer is None else self.scrubbed(outcome.answer),
                "started_at": outcome.started_at,
            }
        )

    def _learn_size(self, usage: Usage, size: int) -> None:
        if usage.prompt and size:
            self._tokens_per_byte = max(self._tokens_per_byte * 0.98, 1.1 * usage.prompt / size)

    async def _way(self, task: Task) -> Way:
        try:
            return await self._ways.known(task, f"{self.settings.endpoint} with model {self.model}")
        except ModelError as error:
            if error.kind == Kind.NO_STRUCTURE:
                self.breaker.failed(error)
            raise

    async def _try(self, way: Way, messages: Sequence[Message], wanted: type[BaseModel], task: Task) -> None:
        """Ask in a way that is perhaps the endpoint's. Room for a model that thinks before it answers."""
        parameters = self._parameters(1024, way)
        asked = request(self.model, messages, modes.shape(wanted, way.mode), way.mode, parameters, task)
        await self._ask(asked, wanted, 1024)


@dataclass(slots=True)
class _Attempts:
    number: int = 0
    limited: int = 0
    usage: Usage = field(default_factory=Usage)


@dataclass(slots=True)
class _Outcome(Generic[T]):
    started_at: datetime
    value: T | None = None
    error: ModelError | None = None
    usage: Usage | None = None
    request_id: str | None = None
    latency: float = 0.0
    finish_reason: str = ""
    answer: str | None = None


def _request_id(headers: Mapping[str, str]) -> str | None:
    """A header may hold bytes of any encoding, which come as halves of characters; the row is UTF-8."""
    found = headers.get("x-request-id")
    return found and found.encode("utf-8", "replace").decode()


def _completion(body: bytes, where: str) -> Completion:
    try:
        return Completion.model_validate_json(body)
    except ValidationError as error:
        raise failure(Kind.CUT_BODY, f"{where} sent a body that is no completion") from error


def _worth_retrying(error: BaseException) -> bool:
    return isinstance(error, ModelError) and (error.kind in RETRIED or error.kind == Kind.RATE_LIMITED)
