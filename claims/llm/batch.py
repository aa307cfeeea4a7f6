"""The Batch API of an endpoint: a file of requests in, files of answers and errors out, at half the price.

Written from OpenAI's public API reference (files, batches). A batch carries our own id in its metadata, so that one
whose creation was answered to nobody, as after a power cut, is found again instead of being paid for twice.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import openai
import tenacity
from openai.types import Batch
from pydantic import BaseModel, ValidationError

from claims.errors import ModelError
from claims.llm import modes
from claims.llm.client import Client
from claims.llm.completions import Completion
from claims.llm.failures import RETRIED, Kind, failure, from_exception, from_status
from claims.llm.modes import Message
from claims.llm.money import Usage
from claims.llm.requests import Task, prompt_hash

MAX_REQUESTS = 50_000
MAX_BYTES = 200_000_000
DISCOUNT = 0.5
"""Share of the live price that a batch costs, and the limits of one file (OpenAI's Batch guide)."""

ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
_LABEL = "claims_batch"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """One line of a batch's file."""

    custom_id: str
    task: Task
    prompt_hash: str
    schema_hash: str
    mode: str
    parameters: dict[str, Any]
    line: str

    @property
    def most(self) -> Usage:
        """What it can come to at the most: half a token a byte (English has a quarter), and the longest answer."""
        answer = self.parameters.get("max_tokens") or self.parameters.get("max_completion_tokens") or 0
        return Usage(prompt=len(self.line) // 2 + 16, completion=int(answer))


@dataclass(frozen=True, slots=True)
class BatchState:
    """Where a batch stands, in the endpoint's words."""

    provider_id: str
    status: str
    succeeded: int
    failed: int
    error: str | None
    output_file: str | None
    error_file: str | None

    @property
    def ended(self) -> bool:
        return self.status in ENDED


@dataclass(slots=True)
class BatchResult:
    """What came back for one request: an answer, or the error that says why there is none."""

    custom_id: str
    answer: str | None = None
    usage: Usage | None = None
    request_id: str | None = None
    error: ModelError | None = None
    received_at: datetime = field(default_factory=lambda: datetime.now(UTC))


def request(
    client: Client,
    mode: str,
    parameters: dict[str, Any],
    messages: Sequence[Message],
    shape: modes.Shape,
    task: Task,
) -> BatchRequest:
    """The line that asks `messages` for an answer of `shape`. The custom id follows from what is asked."""
    asked = prompt_hash(messages)
    custom_id = "-".join(("claims", task.document_id, str(task.window.start), asked, shape.schema_hash))
    body = {"model": client.model, "messages": shape.messages(messages), **parameters, **shape.parameters}
    line = {"custom_id": custom_id, "method": "POST", "url": "/v1/chat/completions", "body": body}
    return BatchRequest(custom_id, task, asked, shape.schema_hash, mode, parameters, json.dumps(line))


@dataclass
class File:
    """Requests on their way into one file of a batch."""

    requests: list[BatchRequest] = field(default_factory=list)
    size: int = 0  # bytes

    def takes(self, item: BatchRequest) -> bool:
        """Whether the limits of one file allow one more."""
        return len(self.requests) < MAX_REQUESTS and self.size + len(item.line) + 1 <= MAX_BYTES

    def add(self, item: BatchRequest) -> None:
        self.requests.append(item)
        self.size += len(item.line) + 1  # the line is ASCII


class BatchApi:
    """The calls of the Batch API, each with the retries of live calls."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._api = client.library
        self._where = client.settings.endpoint

    async def submit(self, batch_id: str, requests: Sequence[BatchRequest]) -> BatchState:
        """Uploads the file and starts the batch; a batch that was started before under `batch_id` is found again."""
        if (found := await self.find(batch_id)) is not None:
            return found
        content = b"".join(item.line.encode() + b"\n" for item in requests)
        uploaded = await self._call(
            lambda: self._api.files.create(file=(f"{batch_id}.jsonl", content), purpose="batch")
        )

        async def create() -> Batch:
            # A start whose answer was lost is looked for before another is made.
            return await self._find(batch_id) or await self._api.batches.create(
                input_file_id=uploaded.id,
                endpoint="/v1/chat/completions",
                completion_window="24h",
                metadata={_LABEL: batch_id},
            )

        return _state(await self._call(create))

    async def find(self, batch_id: str) -> BatchState | None:
        """The batch that carries our id, if the endpoint has one."""
        found = await self._call(lambda: self._find(batch_id))
        return None if found is None else _state(found)

    async def status(self, provider_id: str) -> BatchState:
        return _state(await self._call(lambda: self._api.batches.retrieve(provider_id)))

    async def cancel(self, provider_id: str) -> BatchState:
        return _state(await self._call(lambda: self._api.batches.cancel(provider_id)))

    async def results(self, state: BatchState, wanted: type[BaseModel], mode: str) -> AsyncIterator[BatchResult]:
        """What the output and error files hold, line by line. Lines that are no result are passed over."""
        for name in (state.output_file, state.error_file):
            if name is None:
                continue
            text = await self._call(partial(self._text, name))
            for line in text.split("\n"):  # JSON may hold other line ends as they are
                result = self._result(line, wanted, mode)
                if result is not None:
                    yield result

    async def _find(self, batch_id: str) -> Batch | None:
        async for batch in self._api.batches.list(limit=100):
            if (batch.metadata or {}).get(_LABEL) == batch_id:
                return batch
        return None

    async def _text(self, file_id: str) -> str:
        return (await self._api.files.content(file_id)).text

    async def _call(self, call: Callable[[], Awaitable[T]]) -> T:
        settings = self._client.settings
        async for attempt in tenacity.AsyncRetrying(
            stop=tenacity.stop_after_attempt(settings.max_attempts),
            wait=tenacity.wait_random_exponential(multiplier=settings.backoff, max=settings.max_backoff),
            retry=tenacity.retry_if_exception(
                lambda error: isinstance(error, ModelError) and error.kind in (*RETRIED, Kind.RATE_LIMITED)
            ),
            reraise=True,
        ):
            with attempt:
                try:
                    return await call()
                except openai.OpenAIError as error:
                    problem = from_exception(error, where=self._where, model=self._client.model)
                    problem.args = (self._client.scrubbed(str(problem)),)
                    raise problem from None
        raise AssertionError("tenacity ends by an answer or an error")

    def _result(self, line: str, wanted: type[BaseModel], mode: str) -> BatchResult | None:
        try:
            row = json.loads(line)
            result = BatchResult(str(row["custom_id"]))
        except (ValueError, KeyError, TypeError):
            return None
        response, problem = row.get("response") or {}, row.get("error") or {}
        result.request_id = response.get("request_id")
        status, body = response.get("status_code"), response.get("body")
        if problem:
            kind = Kind.TIMEOUT if problem.get("code") == "batch_expired" else Kind.SERVER_ERROR
            result.error = failure(kind, f"in the batch: {problem.get('message') or problem.get('code')}")
        elif status != 200:
            said = (body or {}).get("error") if isinstance(body, dict) else None
            result.error = from_status(
                int(status or 500), said if isinstance(said, dict) else {}, where=self._where, model=self._client.model
            )
        else:
            self._read(result, body, wanted, mode)
        if result.error is not None:
            result.error.args = (self._client.scrubbed(str(result.error)),)
        if result.answer is not None:
            result.answer = self._client.scrubbed(result.answer)
        return result

    def _read(self, result: BatchResult, body: Any, wanted: type[BaseModel], mode: str) -> None:
        try:
            completion = Completion.model_validate(body)
        except ValidationError:
            result.error = failure(Kind.CUT_BODY, f"{self._where} sent a body that is no completion")
            return
        result.usage = completion.used
        if completion.choices:
            result.answer = completion.text(mode)
        try:
            modes.parse(completion, wanted, mode, where=self._where)
        except ModelError as error:
            result.error = error


def _state(batch: Batch) -> BatchState:
    counts = batch.request_counts
    problems = batch.errors.data if batch.errors and batch.errors.data else []
    said = "; ".join(str(problem.message) for problem in problems[:3]) or None
    return BatchState(
        provider_id=batch.id,
        status=batch.status,
        succeeded=counts.completed if counts else 0,
        failed=counts.failed if counts else 0,
        error=said,
        output_file=batch.output_file_id,
        error_file=batch.error_file_id,
    )
