"""Tokens, prices and the budget of a run."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from claims.errors import BudgetExceeded
from claims.settings import Settings


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of a call, as reported; `prompt` includes `cached`, `completion` includes `reasoning`."""

    prompt: int = 0
    completion: int = 0
    cached: int = 0
    reasoning: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.prompt + other.prompt,
            self.completion + other.completion,
            self.cached + other.cached,
            self.reasoning + other.reasoning,
        )

    @property
    def total(self) -> int:
        return self.prompt + self.completion


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens."""

    input: float
    cached: float
    output: float

    def cost(self, usage: Usage) -> float:
        """US dollars of `usage`."""
        fresh = usage.prompt - usage.cached
        return (fresh * self.input + usage.cached * self.cached + usage.completion * self.output) / 1e6


FREE = Price(0.0, 0.0, 0.0)


def price(settings: Settings) -> Price | None:
    """The price of the model: as set, free for a model served here, else of genai-prices; None when unknown.

    Prices set by hand need both input and output; cached input then costs as much as fresh unless set.
    """
    if settings.price_input is not None and settings.price_output is not None:
        cached = settings.price_input if settings.price_cached is None else settings.price_cached
        return Price(settings.price_input, cached, settings.price_output)
    if settings.local_model is not None:
        return FREE
    return _listed(settings.model, settings.base_url)


def _listed(model: str, base_url: str | None) -> Price | None:
    from genai_prices import Usage as Counted  # a second to import, and needed only when a model is used
    from genai_prices import calc_price

    def dollars(usage: Counted) -> float:
        return float(calc_price(usage, model_ref=model, provider_api_url=base_url).total_price)

    try:
        fresh = dollars(Counted(input_tokens=1_000_000))
        cached = dollars(Counted(input_tokens=1_000_000, cache_read_tokens=1_000_000))
        output = dollars(Counted(output_tokens=1_000_000))
    except LookupError:
        return None
    return Price(fresh, min(cached, fresh) or fresh, output)


@dataclass
class Budget:
    """Stops before a limit is passed: what is in flight counts at the most that it can come to."""

    max_tokens: int | None = None
    max_cost: float | None = None
    price: Price | None = None
    spent: Usage = field(default_factory=Usage)
    cost: float = 0.0
    _tokens_reserved: int = 0
    _cost_reserved: float = 0.0
    _settled: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def reserve(self, most: Usage) -> float:
        """Set `most` aside for one call; returns its cost. Waits while calls in flight may still free what it needs.

        Raises BudgetExceeded when the call could pass a limit even so.
        """
        cost = self.price.cost(most) if self.price else 0.0
        if self.max_tokens is None and self.max_cost is None:
            return cost
        async with self._settled:
            while (reason := self._over(most.total, cost)) is not None:
                if not self._tokens_reserved and not self._cost_reserved:
                    raise BudgetExceeded(reason)
                await self._settled.wait()
            self._tokens_reserved += most.total
            self._cost_reserved += cost
        return cost

    def _over(self, tokens: int, cost: float) -> str | None:
        if self.max_tokens is not None and self.spent.total + self._tokens_reserved + tokens > self.max_tokens:
            return (
                f"the next call could pass --max-tokens {self.max_tokens}: {self.spent.total} are spent and it may "
                f"take {tokens}; raise the limit and run again to go on"
            )
        if self.max_cost is not None and self.cost + self._cost_reserved + cost > self.max_cost:
            return (
                f"the next call could pass --max-cost {self.max_cost:g}: ${self.cost:.4f} is spent and it may cost "
                f"${cost:.4f}; raise the limit and run again to go on"
            )
        return None

    async def settle(self, most: Usage, reserved: float, used: Usage | None) -> None:
        """Replace what was set aside by what the call came to. `used` None: a failure that reported no usage."""
        if used is not None:
            self.spent += used
            self.cost += self.price.cost(used) if self.price else 0.0
        if self.max_tokens is not None or self.max_cost is not None:
            async with self._settled:
                self._tokens_reserved -= most.total
                self._cost_reserved -= reserved
                if self._tokens_reserved <= 0:
                    self._tokens_reserved, self._cost_reserved = 0, 0.0
                self._settled.notify_all()
