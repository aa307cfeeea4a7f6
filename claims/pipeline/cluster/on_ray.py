"""Ray, the extra `claims[ray]`: the only module that imports it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from claims.errors import ClaimsError, ClusterError, MissingExtra
from claims.pipeline.cluster.engine import Function, Ref
from claims.pipeline.cluster.limiter import Limiter

try:
    import ray
    from ray.exceptions import RayError, RayTaskError
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy
except ImportError as missing:
    raise MissingExtra("--engine ray needs Ray: pip install 'claims[ray]', on every node") from missing

logging.getLogger("ray").setLevel(logging.ERROR)

_RETRIES = 20  # of a call whose worker was lost
_CALLS = 10_000  # that the limiter answers at a time
_AHEAD = 2  # calls in flight for each worker


class _Handle:
    """The limiter, from wherever it is asked."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor

    def ask(self, name: str, *arguments: Any) -> Any:
        return getattr(self._actor, name).remote(*arguments)

    def tell(self, name: str, *arguments: Any) -> None:
        getattr(self._actor, name).remote(*arguments)


class Cluster:
    """An `Engine` on Ray. A call whose worker is lost runs again elsewhere, and so do calls whose results it held."""

    def __init__(self) -> None:
        self.workers = max(1, int(ray.cluster_resources().get("CPU", 1)))

    def spread(self, function: Function, calls: Sequence[Sequence[Any]], returns: int) -> list[list[Ref]]:
        task = ray.remote(function).options(num_returns=returns, max_retries=_RETRIES)
        found = []
        for arguments in calls:
            result = task.remote(*arguments)
            found.append([result] if returns == 1 else list(result))
        return found

    def results(
        self, function: Function, calls: Iterable[Sequence[Any]], stopping: Callable[[], bool]
    ) -> Iterator[Any]:
        task = ray.remote(function).options(max_retries=_RETRIES)
        flying: list[Ref] = []
        left = iter(calls)
        more = True
        while more or flying:
            while more and len(flying) < _AHEAD * self.workers:
                arguments = None if stopping() else next(left, None)
                if arguments is None:
                    more = False
                else:
                    flying.append(task.remote(*arguments))
            if flying:
                # The wait ends now and then, so that Ctrl-C is heard.
                ready, flying = ray.wait(flying, num_returns=1, timeout=1.0)
                for ref in ready:
                    yield _got(ref)

    def get(self, refs: Sequence[Ref]) -> list[Any]:
        return [_got(ref) for ref in refs]

    @contextmanager
    def limiter(self, key: str | None, *arguments: Any) -> Iterator[_Handle]:
        """On this node, which is lost only with the command itself."""
        here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
        actor = (
            ray.remote(Limiter).options(num_cpus=0, max_concurrency=_CALLS, scheduling_strategy=here).remote(*arguments)
        )
        try:
            # By a call, not as an argument of the actor: those are kept by the cluster.
            _got(actor.trust.remote(key))
            yield _Handle(actor)
        finally:
            ray.kill(actor)


@contextmanager
def connected(address: str | None, workers: int | None) -> Iterator[Cluster]:
    """A cluster at `address` ("auto" or host:port); None starts one on this machine alone, reached by loopback only.

    Raises ClusterError when there is none.
    """
    options: Mapping[str, Any]
    if address is None:
        options = {"num_cpus": workers, "include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    else:
        options = {"address": address}
    started = not ray.is_initialized()
    if started:
        try:
            ray.init(log_to_driver=False, logging_level=logging.ERROR, configure_logging=False, **options)
        except Exception as error:  # Ray raises nothing narrower when a node does not start
            where = f"at {address}" if address else "on this machine"
            raise ClusterError(
                f"no Ray cluster {where}: {_line(error)}; try `ray status --address HOST:PORT`"
            ) from error
    try:
        yield Cluster()
    except RayError as error:
        raise ClusterError(f"the Ray cluster failed: {_line(error)}; run the same command again to go on") from error
    finally:
        if started:
            ray.shutdown()


def _got(ref: Ref) -> Any:
    """The result; what a worker raised on purpose is raised here as it was."""
    try:
        return ray.get(ref)
    except RayTaskError as error:
        if isinstance(error.cause, ClaimsError):
            raise error.cause from error
        raise


def _line(error: BaseException) -> str:
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), type(error).__name__)
