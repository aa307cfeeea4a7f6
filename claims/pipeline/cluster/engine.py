"""What runs the stages: here in this process; `claims.pipeline.cluster.on_ray` on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

Ref = Any
"""A result that may be elsewhere, or still to come."""

Function = Callable[..., Any]


class Engine(Protocol):
    """Runs functions of `stages`, which give the same for the same arguments, so any of them may be run again."""

    workers: int

    def spread(self, function: Function, calls: Sequence[Sequence[Any]], returns: int) -> list[list[Ref]]:
        """The results of each call, `returns` of them; arguments may be results of earlier calls."""

    def results(
        self, function: Function, calls: Iterable[Sequence[Any]], stopping: Callable[[], bool]
    ) -> Iterator[Any]:
        """What each call returns, as it ends; nothing new begins once the caller wants to stop."""

    def get(self, refs: Sequence[Ref]) -> list[Any]:
        """The results themselves."""

    def limiter(self, key: str | None, *arguments: Any) -> AbstractContextManager[Any]:
        """The one `Limiter` of the cluster, made of `arguments`, with the endpoint's key; how workers reach it."""


class Local:
    """All in this process, one call after the other: what tests compare with."""

    workers = 1

    def spread(self, function: Function, calls: Sequence[Sequence[Any]], returns: int) -> list[list[Ref]]:
        found = []
        for arguments in calls:
            result = function(*arguments)
            found.append([result] if returns == 1 else list(result))
        return found

    def results(
        self, function: Function, calls: Iterable[Sequence[Any]], stopping: Callable[[], bool]
    ) -> Iterator[Any]:
        for arguments in calls:
            if stopping():
                return
            yield function(*arguments)

    def get(self, refs: Sequence[Ref]) -> list[Any]:
        return list(refs)

    def limiter(self, key: str | None, *arguments: Any) -> AbstractContextManager[Any]:
        from claims.pipeline.cluster.limiter import Direct, Limiter

        limiter = Limiter(*arguments)
        limiter.key = key
        return Direct(limiter)


def exchanged(pieces: Sequence[Sequence[Ref]], count: int) -> list[list[Ref]]:
    """Of the first `count` results of each call: those for bucket 0, those for bucket 1, …"""
    return [[row[number] for row in pieces] for number in range(count)]
