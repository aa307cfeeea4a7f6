"""The pace that is found by trying, against a simulated endpoint that tells its limit only by answering 429."""

from __future__ import annotations

import heapq

import pytest

from claims.llm.pace import Pace


def simulated(
    rate: float, *, slots: int = 32, burst: float = 20.0, latency: float = 0.2, total: int = 1000, alone: int = 0
) -> Pace:
    """Runs `total` calls; checks how much was let out and how often it was refused. Time is simulated.

    Every `alone`th call is refused for a second without need.
    """
    now = paused = filled = 0.0
    pace = Pace(clock=lambda: now)
    level, good, refused, asked = burst, 0, 0, 0
    events = [(0.0, slot, "ask") for slot in range(slots)]
    while good < total:
        now, slot, what = heapq.heappop(events)
        if what == "ask":
            wait = paused - now if paused > now else pace.take()
            if wait > 0:
                heapq.heappush(events, (now + wait + 1e-6, slot, "ask"))
                continue
            level, filled = min(burst, level + (now - filled) * rate), now
            asked += 1
            if level < 1 or (alone and asked % alone == 0):
                refused += level < 1
                wait = (1 - level) / rate if level < 1 else 1.0
                pace.limited(wait)
                paused = max(paused, now + wait)
                heapq.heappush(events, (paused + 0.01, slot, "ask"))
            else:
                level -= 1
                heapq.heappush(events, (now + latency, slot, "answered"))
        else:
            good += 1
            heapq.heappush(events, (now, slot, "ask"))
    assert (total - burst) / rate >= 0.9 * now
    assert refused < 0.3 * total
    return pace


@pytest.mark.parametrize("rate", [2, 5, 12, 40])
def test_it_finds_the_limit_and_keeps_to_it(rate: float) -> None:
    pace = simulated(rate)
    assert pace.rate == pytest.approx(rate, rel=0.3)


def test_what_a_pause_kept_back_follows_it() -> None:
    simulated(10, alone=30)


def test_it_lets_all_out_until_it_is_told_otherwise() -> None:
    pace = Pace(clock=lambda: 0.0)
    assert not any(pace.take() for _ in range(1000))


def test_it_ends_when_no_limit_is_met_any_more() -> None:
    now = 0.0
    pace = Pace(clock=lambda: now)
    pace.take()
    pace.limited()
    assert pace.rate is not None
    for _ in range(200):
        now += 1.1
        pace.take()
    assert pace.rate is None
