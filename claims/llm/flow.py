"""How fast calls may go out: token buckets that follow the endpoint's headers, and a circuit breaker."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from claims.errors import ModelError
from claims.llm.failures import ENDPOINT_DOWN, FATAL, Kind, failure
from claims.llm.pace import Pace

_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|d)")


def duration(text: str) -> float | None:
    """Seconds of a header's duration: "6m0s", "1.5s", "200ms", or a bare number of seconds. None if it is neither."""
    try:
        return float(text)
    except ValueError:
        pass
    parts = _DURATION.findall(text)
    return sum(float(number) * _SECONDS[unit] for number, unit in parts) if parts else None


@dataclass
class Bucket:
    """A token bucket: `limit` a minute, filling evenly. Without a limit nothing waits.

    A limit that a person sets is kept; the endpoint's own can only make it tighter.
    """

    limit: float | None = None
    clock: Callable[[], float] = time.monotonic
    _level: float = field(init=False, default=0.0)
    _filled: float = field(init=False, default=0.0)
    _own: float | None = field(init=False, default=None)
    _whole_at: float | None = field(init=False, default=None)  # when the endpoint's own count starts afresh
    _taken: float = field(init=False, default=0.0)  # since the endpoint said so

    def __post_init__(self) -> None:
        self._own = self.limit
        self._level = self.limit or 0.0
        self._filled = self.clock()

    def _fill(self) -> None:
        now = self.clock()
        if self.limit is not None:
            self._level = min(self.limit, self._level + (now - self._filled) * self.limit / 60.0)
            if self._whole_at is not None and now >= self._whole_at:
                self._level = max(self._level, self.limit - self._taken)
                self._whole_at, self._taken = None, 0.0
        self._filled = now

    def take(self, amount: float) -> float:
        """Take `amount`, or return the seconds to wait before it can be had. A full bucket serves any amount."""
        if self.limit is None:
            return 0.0
        self._fill()
        amount = min(amount, self.limit)
        if self._level >= amount - 1e-9:
            self._level -= amount
            self._taken += amount
            return 0.0
        wait = (amount - self._level) * 60.0 / self.limit
        return wait if self._whole_at is None else min(wait, max(self._whole_at - self._filled, 0.001))

    def give_back(self, amount: float) -> None:
        """Return what was taken and not used; a negative amount takes what was used beyond."""
        if self.limit is not None:
            self._level = min(self.limit, self._level + amount)
            self._taken = max(0.0, self._taken - amount)

    def follow(self, limit: float | None, remaining: float | None, reset: float | None) -> None:
        """Adopt what the endpoint says: its limit, what remains of it, and in how many seconds it is whole again."""
        if limit is None or limit <= 0:
            return
        self._fill()
        known = self.limit
        self.limit = limit if self._own is None else min(self._own, limit)
        if known is None:
            self._level = self.limit if remaining is None else remaining
        elif remaining is not None:
            self._level = min(self._level, remaining)
        if reset is not None and self._own is None:
            self._whole_at, self._taken = self._filled + reset, 0.0


class Flow:
    """Bounds calls in flight, paces them, and holds everybody when the endpoint says to wait."""

    def __init__(self, concurrency: int, requests_per_minute: float | None, tokens_per_minute: float | None) -> None:
        self.slots = asyncio.Semaphore(concurrency)
        self.requests = Bucket(requests_per_minute)
        self.tokens = Bucket(tokens_per_minute)
        self.pace = Pace()  # where no limit is known
        self._paused_until = 0.0

    async def admit(self, tokens: int) -> None:
        """Wait until a request of about `tokens` may go out."""
        while True:
            now = time.monotonic()
            wait = self._paused_until - now
            if wait <= 0 and self.requests.limit is None and self.tokens.limit is None:
                wait = self.pace.take()
            if wait <= 0:
                wait = self.requests.take(1)
                if wait <= 0:
                    wait = self.tokens.take(tokens)
                    if wait <= 0:
                        return
                    self.requests.give_back(1)
            await asyncio.sleep(wait)

    def pause(self, seconds: float) -> None:
        """The endpoint answered 429: let nothing out for `seconds`, and no more than it let in thereafter."""
        self.pace.limited(seconds)
        self._paused_until = max(self._paused_until, time.monotonic() + seconds)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Adopt the `x-ratelimit-*` headers of an answer."""
        if "x-ratelimit-limit-requests" in headers:
            self.requests.follow(*_limits(headers, "requests"))
        if "x-ratelimit-limit-tokens" in headers:
            self.tokens.follow(*_limits(headers, "tokens"))


def _limits(headers: Mapping[str, str], what: str) -> tuple[float | None, float | None, float | None]:
    def number(name: str) -> float | None:
        try:
            return float(headers[name])
        except (KeyError, ValueError):
            return None

    reset = headers.get(f"x-ratelimit-reset-{what}")
    return (
        number(f"x-ratelimit-limit-{what}"),
        number(f"x-ratelimit-remaining-{what}"),
        duration(reset) if reset else None,
    )


@dataclass
class Breaker:
    """Opens for good when the endpoint says that nothing can succeed, or when for `give_up_after` seconds all fails."""

    give_up_after: float = 30.0
    least: int = 10  # failures in a row before it can open
    clock: Callable[[], float] = time.monotonic
    _in_a_row: int = field(init=False, default=0)
    _since: float = field(init=False, default=0.0)
    _reason: ModelError | None = field(init=False, default=None)

    def check(self) -> None:
        """Raise what opened the breaker, if it is open."""
        if self._reason is not None:
            raise self._reason

    @property
    def is_open(self) -> bool:
        return self._reason is not None

    def success(self) -> None:
        self._in_a_row = 0

    def failed(self, error: ModelError) -> None:
        """Count a failed attempt. Failures of one answer (cut, empty, …) show that the endpoint lives."""
        kind = Kind(error.kind)
        if kind in FATAL:
            self._reason = self._reason or error
            return
        if kind not in ENDPOINT_DOWN:
            if kind is not Kind.RATE_LIMITED:
                self._in_a_row = 0
            return
        now = self.clock()
        if self._in_a_row == 0:
            self._since = now
        self._in_a_row += 1
        if self._in_a_row >= self.least and now - self._since >= self.give_up_after:
            self._reason = failure(
                Kind.CIRCUIT_OPEN,
                f"the last {self._in_a_row} calls all failed ({error}); run again when the endpoint answers",
            )
