"""One limiter for all workers: calls in flight, rate limits and budget are those of the cluster.

`Limiter` lives in one place. A worker's client gets a `SharedFlow` and a `SharedBudget`, which ask it. What a lost
worker held comes back when its part is taken up again: its slots are free, and what it had in flight counts as spent
at the most that it can have come to, so that a budget is never passed.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Awaitable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol

from claims.llm.flow import Flow
from claims.llm.money import Budget, Price, Usage

if TYPE_CHECKING:
    from claims.settings import Settings


class Remote(Protocol):
    """How a worker reaches the limiter."""

    def ask(self, name: str, *arguments: Any) -> Awaitable[Any]:
        """What method `name` returns."""

    def tell(self, name: str, *arguments: Any) -> None:
        """Calls method `name`, and waits for nothing."""


@dataclass
class _Held:
    """What one holder has: slots, and reservations by their number."""

    slots: int = 0
    reserved: dict[int, tuple[Usage, float]] = field(default_factory=dict)


class Limiter:
    """Flow, budget and the memory of the endpoint, for holders by name: the part, a space, and the attempt."""

    def __init__(
        self,
        concurrency: int,
        requests_per_minute: float | None = None,
        tokens_per_minute: float | None = None,
        max_tokens: int | None = None,
        max_cost: float | None = None,
        price: Price | None = None,
    ) -> None:
        self._flow = Flow(concurrency, requests_per_minute, tokens_per_minute)
        self._budget = Budget(max_tokens, max_cost, price)
        self._held: defaultdict[str, _Held] = defaultdict(_Held)
        self._holder_of: dict[str, str] = {}
        self._gone: set[str] = set()
        self.key: str | None = None
        self._memory: dict[str, str] = {}
        self._number = 0

    async def trust(self, key: str | None) -> None:
        """Takes the endpoint's key, for workers to ask for: it is in no task's description and in no file."""
        self.key = key

    async def enter(self, holder: str) -> tuple[str | None, dict[str, str]]:
        """A worker begins a part; returns the key and what is known of the endpoint."""
        part = holder.partition(" ")[0]
        before = self._holder_of.get(part)
        if before is not None and before != holder:
            await self._release(before)
        self._holder_of[part] = holder
        return self.key, dict(self._memory)

    async def leave(self, holder: str, memory: Mapping[str, str]) -> None:
        """A worker has ended a part, and tells what it learned of the endpoint."""
        self._memory.update(memory)
        await self._release(holder)

    async def acquire(self, holder: str) -> None:
        """Waits for a slot."""
        await self._flow.slots.acquire()
        if holder in self._gone:  # lost while it waited
            self._flow.slots.release()
            return
        self._held[holder].slots += 1

    async def release(self, holder: str) -> None:
        """Gives a slot back."""
        if holder not in self._gone and self._held[holder].slots:
            self._held[holder].slots -= 1
            self._flow.slots.release()

    async def admit(self, tokens: int) -> None:
        """Waits until a request of about `tokens` may go out."""
        await self._flow.admit(tokens)

    async def pause(self, seconds: float) -> None:
        """Lets nothing out for `seconds`."""
        self._flow.pause(seconds)

    async def learn(self, headers: Mapping[str, str]) -> None:
        """Adopts the rate-limit headers of an answer."""
        self._flow.learn(headers)

    async def give_back(self, tokens: float) -> None:
        """Returns tokens that were admitted and not used."""
        self._flow.tokens.give_back(tokens)

    async def reserve(self, holder: str, most: Usage) -> tuple[int, float]:
        """(number of the reservation, its cost); raises BudgetExceeded as `Budget.reserve` does."""
        cost = await self._budget.reserve(most)
        self._number += 1
        if holder in self._gone:
            await self._budget.settle(most, cost, None)
        else:
            self._held[holder].reserved[self._number] = (most, cost)
        return self._number, cost

    async def settle(self, holder: str, number: int, used: Usage | None) -> None:
        """Replaces a reservation by what the call came to."""
        found = self._held[holder].reserved.pop(number, None) if holder not in self._gone else None
        if found is not None:
            await self._budget.settle(*found, used)

    async def spend(self, used: Usage) -> None:
        """Counts a call for which nothing was set aside."""
        await self._budget.settle(Usage(), 0.0, used)

    async def spent(self) -> tuple[int, float, int]:
        """(tokens, US dollars, slots in use)."""
        return self._budget.spent.total, self._budget.cost, sum(held.slots for held in self._held.values())

    async def _release(self, holder: str) -> None:
        self._gone.add(holder)
        held = self._held.pop(holder, _Held())
        for _ in range(held.slots):
            self._flow.slots.release()
        for most, cost in held.reserved.values():
            await self._budget.settle(most, cost, most)


class Direct:
    """A limiter in this process, on an event loop of its own, as each worker has one of its own."""

    def __init__(self, limiter: Limiter) -> None:
        self.limiter = limiter
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Direct:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def ask(self, name: str, *arguments: Any) -> Awaitable[Any]:
        return asyncio.wrap_future(self._called(name, *arguments))

    def tell(self, name: str, *arguments: Any) -> None:
        self._called(name, *arguments)

    def _called(self, name: str, *arguments: Any) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(getattr(self.limiter, name)(*arguments), self._loop)


class _Slots:
    """`asyncio.Semaphore`, as far as a client uses it, at the limiter."""

    def __init__(self, remote: Remote, holder: str) -> None:
        self._remote = remote
        self._holder = holder

    async def __aenter__(self) -> None:
        granted = asyncio.ensure_future(self._remote.ask("acquire", self._holder))
        try:
            await asyncio.shield(granted)
        except asyncio.CancelledError:
            granted.add_done_callback(lambda _: self._remote.tell("release", self._holder))
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remote.tell("release", self._holder)

    def locked(self) -> bool:
        """A worker cannot see the others' calls: its own work waits for no slot, so far as it knows."""
        return True


class _Tokens:
    """The tokens' bucket, as far as a client uses it."""

    def __init__(self, flow: SharedFlow) -> None:
        self._flow = flow

    def give_back(self, amount: float) -> None:
        if self._flow.limited:
            self._flow.tell("give_back", amount)


class SharedFlow(Flow):
    """The cluster's flow, as a worker's client sees it."""

    def __init__(self, remote: Remote, holder: str, settings: Settings) -> None:
        super().__init__(settings.concurrency, None, None)
        self._remote = remote
        self.limited = settings.requests_per_minute is not None or settings.tokens_per_minute is not None
        self.slots = _Slots(remote, holder)  # type: ignore[assignment]
        self.tokens = _Tokens(self)  # type: ignore[assignment]

    def tell(self, name: str, *arguments: Any) -> None:
        """Calls a method of the limiter, and waits for nothing."""
        self._remote.tell(name, *arguments)

    async def admit(self, tokens: int) -> None:
        await self._remote.ask("admit", tokens)

    def pause(self, seconds: float) -> None:
        self.tell("pause", seconds)

    def learn(self, headers: Mapping[str, str]) -> None:
        told = {name: value for name, value in headers.items() if name.startswith("x-ratelimit-")}
        if told:
            self.limited = True
            self.tell("learn", told)


class SharedBudget(Budget):
    """The cluster's budget, as a worker's client sees it; `spent` and `cost` are this worker's own."""

    def __init__(self, remote: Remote, holder: str, settings: Settings, price: Price | None) -> None:
        super().__init__(settings.max_tokens, settings.max_cost, price)
        self._remote = remote
        self._holder = holder
        self._numbers: defaultdict[tuple[Usage, float], list[int]] = defaultdict(list)

    @property
    def _limited(self) -> bool:
        return self.max_tokens is not None or self.max_cost is not None

    async def reserve(self, most: Usage) -> float:
        if not self._limited:
            return self.price.cost(most) if self.price else 0.0
        number, cost = await self._remote.ask("reserve", self._holder, most)
        self._numbers[most, cost].append(number)
        return float(cost)

    async def settle(self, most: Usage, reserved: float, used: Usage | None) -> None:
        if used is not None:
            self.spent += used
            self.cost += self.price.cost(used) if self.price else 0.0
        if self._limited:
            # Reservations of one size are alike: any of them will do.
            await self._remote.ask("settle", self._holder, self._numbers[most, reserved].pop(), used)
        elif used is not None:
            self._remote.tell("spend", used)
