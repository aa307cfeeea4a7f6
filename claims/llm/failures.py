"""What can go wrong with a call, by name, and what can help.

| kind | recognised by | what helps |
|---|---|---|
| rate_limited | 429 | wait as Retry-After says, everybody; then again |
| server_error | 5xx, 408, 409 | again, after a jittered, growing wait |
| connection | refused, reset, cut body | again |
| timeout | no answer in time | again |
| cut_body | a body that is not the JSON of a completion | again |
| empty | no content | again |
| cut_json | content that ends in the middle of its JSON | again, then a smaller window |
| cut | finish reason "length" | a smaller window; salvage is marked |
| filtered | finish reason "content_filter" | a smaller window |
| refused | a refusal in place of an answer | a smaller window |
| too_long | the prompt does not fit the model | a smaller window |
| wrong_schema | JSON of another schema | ask again with what is wrong |
| other_window | quotes of another text | again |
| key_rejected, quota_spent, model_unknown | 401/403, 429 or 402 with its code, 404 | nothing: the run stops |
| no_structure | no mode of structured output works | nothing: the run stops |
| circuit_open | nothing but failures for a while | nothing now: the run stops |
| interrupted | this side ended the call | the next run |
| bad_request | any other 4xx | nothing for this request |
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import httpx2
import openai

from claims.errors import IncompleteAnswer, ModelError, ModelRefused, ModelUnavailable


class Kind(StrEnum):
    """Short names of failures, as the ledger keeps them in `error_kind`."""

    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    CONNECTION = "connection"
    TIMEOUT = "timeout"
    CUT_BODY = "cut_body"
    EMPTY = "empty"
    CUT_JSON = "cut_json"
    CUT = "cut"
    FILTERED = "filtered"
    REFUSED = "refused"
    TOO_LONG = "too_long"
    WRONG_SCHEMA = "wrong_schema"
    OTHER_WINDOW = "other_window"
    KEY_REJECTED = "key_rejected"
    QUOTA_SPENT = "quota_spent"
    MODEL_UNKNOWN = "model_unknown"
    NO_STRUCTURE = "no_structure"  # the endpoint gives no answer in a schema, in any mode
    BAD_REQUEST = "bad_request"
    CIRCUIT_OPEN = "circuit_open"
    INTERRUPTED = "interrupted"  # this side ended the call


RETRIED = frozenset({Kind.SERVER_ERROR, Kind.CONNECTION, Kind.TIMEOUT, Kind.CUT_BODY, Kind.EMPTY, Kind.CUT_JSON})
"""Kinds for which the same request may succeed at another time; `rate_limited` is counted apart."""

SMALLER_WINDOW = frozenset({Kind.CUT, Kind.CUT_JSON, Kind.FILTERED, Kind.REFUSED, Kind.TOO_LONG})
"""Kinds that a smaller window may help."""

FATAL = frozenset({Kind.KEY_REJECTED, Kind.QUOTA_SPENT, Kind.MODEL_UNKNOWN, Kind.CIRCUIT_OPEN, Kind.NO_STRUCTURE})
"""Kinds after which no further call of the run can succeed."""

ENDPOINT_DOWN = frozenset({Kind.SERVER_ERROR, Kind.CONNECTION, Kind.TIMEOUT, Kind.CUT_BODY})
"""Kinds that count towards the circuit breaker."""

_CLASSES: dict[Kind, type[ModelError]] = {
    Kind.RATE_LIMITED: ModelUnavailable,
    Kind.SERVER_ERROR: ModelUnavailable,
    Kind.CONNECTION: ModelUnavailable,
    Kind.TIMEOUT: ModelUnavailable,
    Kind.CUT_BODY: ModelUnavailable,
    Kind.CIRCUIT_OPEN: ModelUnavailable,
    Kind.INTERRUPTED: ModelUnavailable,
    Kind.KEY_REJECTED: ModelRefused,
    Kind.QUOTA_SPENT: ModelRefused,
    Kind.MODEL_UNKNOWN: ModelRefused,
    Kind.BAD_REQUEST: ModelRefused,
    Kind.NO_STRUCTURE: ModelRefused,
}

_QUOTA_CODES = {"insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "quota_exceeded"}
_LENGTH_CODES = {"context_length_exceeded", "exceed_context_size_error", "string_above_max_length"}


def failure(kind: Kind, message: str, *, retry_after: float | None = None) -> ModelError:
    """The error of the hierarchy for `kind`, with its kind and the wait that the endpoint asked for."""
    error = _CLASSES.get(kind, IncompleteAnswer)(" ".join(message.split()))
    error.kind = kind.value
    error.retry_after = retry_after
    return error


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait, of `retry-after-ms` or `retry-after` in seconds; a date in it is left to the backoff."""
    for name, scale in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * scale
        except ValueError:
            continue
        if 0 <= seconds < 86_400:
            return seconds
    return None


def from_exception(error: Exception, *, where: str, model: str) -> ModelError:
    """The failure that an exception of the client library stands for. `where` names the endpoint."""
    if isinstance(error, openai.APITimeoutError | httpx2.TimeoutException):
        return failure(Kind.TIMEOUT, f"{where} did not answer in time; raise --timeout or lower --concurrency")
    if isinstance(error, openai.APIConnectionError | httpx2.TransportError):
        return failure(Kind.CONNECTION, f"no connection to {where}: {_root(error)}; is the server running?")
    if isinstance(error, openai.APIStatusError):
        return _from_status(error, where=where, model=model)
    return failure(Kind.CUT_BODY, f"{where} sent a body that is no completion: {type(error).__name__}")


def _root(error: BaseException) -> str:
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error)[:300] or type(error).__name__


def _from_status(error: openai.APIStatusError, *, where: str, model: str) -> ModelError:
    body = error.body if isinstance(error.body, dict) else {}
    return from_status(error.status_code, body, where=where, model=model, headers=error.response.headers)


def from_status(
    status: int, body: Mapping[str, Any], *, where: str, model: str, headers: Mapping[str, str] | None = None
) -> ModelError:
    """The failure that an HTTP status stands for; `body` is the "error" object that came with it."""
    headers = headers or {}
    code = str(body.get("code") or body.get("type") or "")
    said = str(body.get("message") or "")[:300]
    lowered = said.lower()
    if status == 402 or code in _QUOTA_CODES:
        return failure(Kind.QUOTA_SPENT, f"{where}: the quota is spent ({said or status}); top it up, then run again")
    if status == 429:
        wait = retry_after(headers)
        return failure(Kind.RATE_LIMITED, f"{where} limits the rate: {said or status}", retry_after=wait)
    if status in (401, 403):
        return failure(Kind.KEY_REJECTED, f"{where} rejects the key (HTTP {status}): {said}; check OPENAI_API_KEY")
    if status == 404:
        return failure(Kind.MODEL_UNKNOWN, f"{where} does not know model {model} (HTTP 404): check --model, --base-url")
    if status >= 500 or status in (408, 409, 425):
        wait = retry_after(headers)
        return failure(Kind.SERVER_ERROR, f"{where} failed (HTTP {status}): {said}", retry_after=wait)
    if status == 413 or code in _LENGTH_CODES or "context length" in lowered or "context size" in lowered:
        return failure(Kind.TOO_LONG, f"{where}: the prompt does not fit model {model}: {said}")
    return failure(Kind.BAD_REQUEST, f"{where} rejects the request (HTTP {status}): {said}")


def is_cut_json(text: str) -> bool:
    """Whether `text` begins as JSON and ends before it is whole."""
    stripped = text.strip()
    if not stripped.startswith(("{", "[")):
        return False
    try:
        json.loads(stripped)
    except json.JSONDecodeError as error:
        # The decoder points at the opening quote of a string that never ends, else at the end itself.
        return error.pos >= len(stripped) or error.msg.startswith("Unterminated string")
    except RecursionError:
        return False
    return False
