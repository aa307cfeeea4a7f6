"""The garbage collector in long runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 20_000  # between two looks at the youngest ones; the default is 700


@contextmanager
def settled_heap() -> Iterator[None]:
    """What is there now stays; only what comes is looked at for cycles, and less often.

    Modules, types and lexicons are some 500,000 objects. To walk through them again and again took a seventh of the
    time of a run through a model.
    """
    before = gc.get_threshold()
    settle_heap()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def settle_heap() -> None:
    """For the rest of the process."""
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)
