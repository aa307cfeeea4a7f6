"""A pace found by trying, for endpoints that answer 429 without saying in their headers what they allow."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

_SEEN = 5.0  # seconds over which the rate that the endpoint lets in is measured
_SLOWEST = 0.5  # requests a second
_FASTEST = 1000.0  # a pace above this is none
_OWED_MOST = 5.0  # seconds of a pause that are made up for
_CUT = 0.95  # of the measured rate, after an answer 429
_FIRST_GROWTH, _LAST_GROWTH = 2.0, 1.05  # a second, before the first cuts and after many


@dataclass
class Pace:
    """Requests a second: cut to what was let in at each 429, and raised slowly while none comes. At first, none."""

    clock: Callable[[], float] = time.monotonic
    rate: float | None = field(init=False, default=None)
    _level: float = field(init=False, default=0.0)  # requests that may go out at once: half a second's worth at most
    _filled: float = field(init=False, default=0.0)
    _growth: float = field(init=False, default=_FIRST_GROWTH)
    _owed: float = field(init=False, default=0.0)  # seconds of a pause, whose requests may follow at once
    _cut_at: float = field(init=False, default=float("-inf"))
    _quiet_since: float = field(init=False, default=0.0)  # the last answer 429, or the last raise
    _sent: deque[float] = field(init=False, default_factory=deque)
    _refused: deque[float] = field(init=False, default_factory=deque)

    def take(self) -> float:
        """Let a request out, or return the seconds to wait before one may."""
        now = self.clock()
        if self.rate is not None:
            if now - self._quiet_since >= 1.0:
                self.rate, self._quiet_since = self.rate * self._growth, now
            most = max(1.0, self.rate * max(0.5, self._owed))
            self._level = min(most, self._level + (now - self._filled) * self.rate)
            self._filled = now
            if self._level <= self.rate / 2:
                self._owed = 0.0
            if self.rate > _FASTEST:
                self.rate = None
            elif self._level < 1.0 - 1e-9:
                return (1.0 - self._level) / self.rate
            self._level -= 1.0
        self._sent.append(now)
        self._forget(now)
        return 0.0

    def limited(self, pause: float = 0.0) -> None:
        """The endpoint answered 429, and nothing goes out for `pause` seconds: its own allowance grows meanwhile."""
        now = self.clock()
        self._owed = max(self._owed, min(pause, _OWED_MOST))
        self._refused.append(now)
        self._forget(now)
        self._quiet_since = now
        if now - self._cut_at < 0.5:
            return  # what was out already when the pace was cut
        seconds = max(1.0, now - self._sent[0]) if self._sent else 1.0
        passed = max(0, len(self._sent) - len(self._refused)) / seconds
        wanted = max(_SLOWEST, _CUT * passed)
        self.rate = wanted if self.rate is None else max(_SLOWEST, min(self.rate * _CUT, wanted))
        self._growth = max(_LAST_GROWTH, 1.0 + (self._growth - 1.0) / 2)
        self._level, self._filled, self._cut_at = 0.0, now, now

    def _forget(self, now: float) -> None:
        for times in (self._sent, self._refused):
            while times and times[0] < now - _SEEN:
                times.popleft()
