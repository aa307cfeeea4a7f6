"""Ray's surroundings, which it reads when it is imported: nothing is reported to anybody, no port but on loopback."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.pipeline.cluster.on_ray import Cluster


def cluster(address: str | None, workers: int | None) -> AbstractContextManager[Cluster]:
    """The Ray cluster at `address` ("auto" or host:port); None starts one of `workers` processes on this machine.

    Raises MissingExtra without Ray, and ClusterError when there is no such cluster.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address is None:
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"  # one machine: addresses are those of loopback

    from claims.pipeline.cluster.on_ray import connected

    return connected(address, workers)
