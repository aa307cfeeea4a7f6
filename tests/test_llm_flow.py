"""Pace, circuit breaker, prices and budget, without a network."""

from __future__ import annotations

import asyncio
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.errors import BudgetExceeded, MissingExtra, ModelError, ModelUnavailable, SettingsError
from claims.llm import Kind, Price, Usage, price
from claims.llm.failures import failure, is_cut_json, retry_after
from claims.llm.flow import Breaker, Bucket, Flow, duration
from claims.llm.local import serve
from claims.llm.money import Budget
from claims.settings import resolve


@dataclass
class Clock:
    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Timed:
    """A bucket with a clock of its own; `seconds` is how long `count` takes of one took, by the bucket's own waits."""

    bucket: Bucket
    clock: Clock = field(default_factory=Clock)

    def seconds(self, count: int) -> float:
        start = self.clock.now
        for _ in range(count):
            while (wait := self.bucket.take(1)) > 0:
                self.clock.now += wait
        return self.clock.now - start


def timed(limit: float | None) -> Timed:
    clock = Clock()
    return Timed(Bucket(limit, clock), clock)


def test_a_bucket_without_a_limit_never_waits() -> None:
    assert timed(None).seconds(10_000) == 0


def test_a_bucket_lets_out_its_limit_a_minute() -> None:
    assert timed(60).seconds(60) == 0
    assert timed(60).seconds(180) == pytest.approx(120, rel=0.01)


def test_more_than_a_full_bucket_takes_a_full_one() -> None:
    bucket = timed(60).bucket
    assert bucket.take(1000) == 0
    assert bucket.take(1) > 0


def test_what_was_not_used_comes_back() -> None:
    bucket = timed(60).bucket
    assert bucket.take(60) == 0
    bucket.give_back(10)
    assert bucket.take(10) == 0


def test_the_endpoint_can_make_a_limit_tighter_and_not_looser() -> None:
    bucket = timed(60).bucket
    bucket.follow(600, 500, None)
    assert bucket.limit == 60
    bucket.follow(30, 20, None)
    assert bucket.limit == 30


def test_an_endpoint_that_counts_by_the_second_is_not_held_to_the_minute() -> None:
    one = timed(None)
    one.bucket.follow(10, 0, 1.0)
    assert one.bucket.take(1) == pytest.approx(1.0)
    one.clock.now += 1.0
    assert one.seconds(10) == 0


@given(st.lists(st.tuples(st.integers(1, 200), st.integers(0, 200), st.floats(0, 100)), max_size=20))
def test_a_bucket_always_lets_something_out_in_the_end(said: list[tuple[int, int, float]]) -> None:
    one = timed(None)
    for limit, remaining, reset in said:
        one.bucket.follow(limit, min(remaining, limit), reset)
        assert one.seconds(3) <= 3 * 60.0 / limit + 60.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("1s", 1), ("6m0s", 360), ("200ms", 0.2), ("1m30.5s", 90.5), ("1h", 3600), ("17", 17), ("soon", None), ("", None)],
)
def test_durations_of_headers(text: str, seconds: float | None) -> None:
    assert duration(text) == (seconds if seconds is None else pytest.approx(seconds))


def test_flow_learns_from_headers() -> None:
    flow = Flow(4, None, None)
    flow.learn({"x-ratelimit-limit-requests": "60", "x-ratelimit-remaining-requests": "0"})
    flow.learn({"x-ratelimit-limit-tokens": "many"})
    assert flow.requests.take(1) > 0
    assert flow.tokens.limit is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "2"}, 2),
        ({"retry-after-ms": "50", "retry-after": "9"}, 0.05),
        ({"retry-after": "-1"}, None),
        ({}, None),
    ],
)
def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(headers) == seconds


@pytest.mark.parametrize(
    ("text", "cut"),
    [('{"a": 1}', False), ('{"a": "x', True), ('{"a": [1, 2', True), ('{"a"', True), ("{", True), ("none", False),
     ('{"a": }', False), ("", False), ("[" * 100_000, False)],
)  # fmt: skip
def test_cut_json(text: str, cut: bool) -> None:
    if text.startswith("[["):  # deeper than the decoder goes: either answer is right, a crash is not
        is_cut_json(text)
    else:
        assert is_cut_json(text) is cut


# --- breaker ---


def broken(breaker: Breaker) -> bool:
    try:
        breaker.check()
    except ModelError:
        return True
    return False


@pytest.mark.parametrize("kind", [Kind.KEY_REJECTED, Kind.QUOTA_SPENT, Kind.MODEL_UNKNOWN])
def test_what_cannot_succeed_opens_it_at_once(kind: Kind) -> None:
    breaker = Breaker()
    breaker.failed(failure(kind, "no"))
    assert broken(breaker)


def test_nothing_but_failures_for_a_while_opens_it() -> None:
    clock = Clock()
    breaker = Breaker(30.0, 10, clock)
    for _ in range(9):
        breaker.failed(failure(Kind.SERVER_ERROR, "no"))
        clock.now += 10
    assert not broken(breaker)
    breaker.failed(failure(Kind.CONNECTION, "no"))
    assert broken(breaker)


def test_one_success_or_a_bad_answer_shows_that_the_endpoint_lives() -> None:
    clock = Clock()
    signs: list[Callable[[Breaker], None]] = [
        lambda breaker: breaker.success(),
        lambda breaker: breaker.failed(failure(Kind.WRONG_SCHEMA, "no")),
    ]
    for alive in signs:
        breaker = Breaker(0.0, 3, clock)
        for _ in range(20):
            breaker.failed(failure(Kind.TIMEOUT, "no"))
            breaker.failed(failure(Kind.TIMEOUT, "no"))
            alive(breaker)
        assert not broken(breaker)


def test_rate_limits_never_open_it() -> None:
    breaker = Breaker(0.0, 2)
    for _ in range(50):
        breaker.failed(failure(Kind.RATE_LIMITED, "wait"))
    assert not broken(breaker)


# --- money ---


def test_cached_tokens_cost_less() -> None:
    assert Price(2.0, 0.5, 8.0).cost(Usage(1_000_000, 0, 400_000)) == pytest.approx(0.6 * 2 + 0.4 * 0.5)


def test_prices_of_the_library_and_of_the_user() -> None:
    listed = price(resolve(environment={}, model="gpt-4o-mini", api_key="k"))
    assert listed is not None
    assert 0 < listed.cached < listed.input < listed.output
    assert price(resolve(environment={}, model="no-such-model", api_key="k")) is None
    own = price(resolve(environment={}, model="no-such-model", api_key="k", price_input=3.0, price_output=4.0))
    assert own == Price(3.0, 3.0, 4.0)
    free = price(resolve(environment={}, model="x.gguf"))
    assert free is not None
    assert free.cost(Usage(10, 10)) == 0


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), max_size=30), st.integers(0, 400))
def test_a_budget_is_never_passed(calls: list[tuple[int, int]], limit: int) -> None:
    async def one(budget: Budget, most: int, used: int) -> None:
        reserved = await budget.reserve(Usage(most))
        await asyncio.sleep(0)
        await budget.settle(Usage(most), reserved, Usage(min(used, most)))

    async def run() -> tuple[int, list[Any]]:
        budget = Budget(max_tokens=limit)
        done = await asyncio.gather(*(one(budget, *call) for call in calls), return_exceptions=True)
        return budget.spent.total, done

    spent, done = asyncio.run(run())
    assert spent <= limit
    assert all(item is None or isinstance(item, BudgetExceeded) for item in done)
    if sum(most for most, _ in calls) <= limit:
        assert not any(done)


# --- a model file ---


def test_a_model_file_needs_its_extra(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "some.gguf"
    file.write_bytes(b"GGUF")
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(MissingExtra, match=r"claims\[local\]"), serve(resolve(environment={}, model=str(file))):
        pass


def test_a_model_file_that_is_not_there() -> None:
    with pytest.raises(SettingsError, match=r"no/such\.gguf"), serve(resolve(environment={}, model="no/such.gguf")):
        pass


def test_a_model_file_is_served_on_loopback_under_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "some.gguf"
    file.write_bytes(b"GGUF")
    started: list[Any] = []

    class Server:
        listening_address = "http://127.0.0.1:4567"

        def __init__(self, parameters: Any) -> None:
            if file.read_bytes() != b"GGUF":
                raise RuntimeError("bad magic")
            started.append(parameters)

    def parameters() -> Any:
        return types.SimpleNamespace(model=types.SimpleNamespace(), cpuparams=types.SimpleNamespace())

    fake = types.SimpleNamespace(CommonParams=parameters, Server=Server)
    monkeypatch.setitem(sys.modules, "xllamacpp", fake)
    chosen = resolve(environment={}, model=str(file))
    with serve(chosen) as served:
        assert served.base_url == "http://127.0.0.1:4567/v1"
        assert served.concurrency <= 2
    assert started[0].model_alias == {"some"}
    file.write_bytes(b"")
    with pytest.raises(ModelUnavailable, match="whole"), serve(chosen):
        pass


def test_other_models_need_no_server() -> None:
    chosen = resolve(environment={}, model="m", api_key="k")
    with serve(chosen) as served:
        assert served is chosen
