"""How an endpoint wants to be asked: found by one small question, and remembered."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict

from claims.errors import ModelError
from claims.llm import modes
from claims.llm.failures import Kind, failure
from claims.llm.modes import Message
from claims.llm.requests import Task


class _Probe(BaseModel):
    """The answer to the probe: a shape that no model gives by chance."""

    model_config = ConfigDict(extra="forbid")

    colour: Literal["green", "yellow", "blue"]
    letters: int


_QUESTION: list[Message] = [
    {
        "role": "system",
        "content": "Answer in JSON with the keys colour (green, yellow or blue) and letters (a number).",
    },
    {"role": "user", "content": "What colour is a ripe lemon, and how many letters has that word?"},
]
_ANSWERED_OTHERWISE = frozenset({Kind.WRONG_SCHEMA, Kind.EMPTY, Kind.CUT_JSON, Kind.CUT, Kind.REFUSED})


@dataclass
class Way:
    """How an endpoint wants to be asked."""

    mode: str
    limit: str = "max_tokens"  # newer OpenAI models take only max_completion_tokens
    dropped: list[str] = field(default_factory=list)  # parameters that it rejects

    def adapt(self, complaint: str) -> bool:
        """Change as `complaint` wants; False if it names no parameter that can be changed."""
        if "max_completion_tokens" in complaint and self.limit == "max_tokens":
            self.limit = "max_completion_tokens"
            return True
        if "temperature" in complaint and "temperature" not in self.dropped:
            self.dropped.append("temperature")
            return True
        return False


Ask = Callable[[Way, Sequence[Message], type[BaseModel], Task], Awaitable[None]]
"""Asks a question in a way; raises what became of it when there is no answer of that type."""


class Ways:
    """The way of one endpoint with one model. `memory` keeps it from one run to the next, under `key`."""

    def __init__(self, memory: MutableMapping[str, str], key: str, ask: Ask) -> None:
        self._memory = memory
        self._key = key
        self._ask = ask
        self._known: Way | None = None
        self._probing = asyncio.Lock()

    async def known(self, task: Task, who: str) -> Way:
        """The way, probed once. Raises ModelError, of kind NO_STRUCTURE when `who` gives no structured answer."""
        if self._known is not None:
            return self._known
        async with self._probing:
            if self._known is None:
                self._known = self._recall() or await self._probe(task, who)
            return self._known

    def _recall(self) -> Way | None:
        try:
            found = json.loads(self._memory[self._key])
            way = Way(mode=found["mode"], limit=found["limit"], dropped=list(found["dropped"]))
        except (KeyError, ValueError, TypeError):
            return None
        return way if way.mode in modes.MODES else None

    async def _probe(self, task: Task, who: str) -> Way:
        """Ask one small question in each mode until one gives what was asked for, and remember it."""
        asking = Task("probe", task.run_id, task.config, task.document_id, task.window)
        way = Way(modes.MODES[0])
        problem: ModelError | None = None
        for mode in modes.MODES:
            way.mode = mode
            for _ in range(3):  # at most once more for each parameter that can be at fault
                try:
                    await self._ask(way, _QUESTION, _Probe, asking)
                except ModelError as error:
                    problem = error
                    if error.kind == Kind.BAD_REQUEST and way.adapt(str(error)):
                        continue
                    if error.kind in (Kind.BAD_REQUEST, Kind.SERVER_ERROR) or error.kind in _ANSWERED_OTHERWISE:
                        break  # the next mode
                    raise
                self._memory[self._key] = json.dumps({"mode": way.mode, "limit": way.limit, "dropped": way.dropped})
                return way
        raise failure(
            Kind.NO_STRUCTURE, f"{who} gives no structured answer in any of {', '.join(modes.MODES)}: {problem}"
        )
