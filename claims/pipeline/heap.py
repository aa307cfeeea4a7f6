"""The interpreter in long runs: its garbage collector, and the turns of its threads."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 20_000  # between two looks at the youngest ones; the default is 700
_TURN = 0.0005  # seconds; the default is 0.005


@contextmanager
def settled_heap() -> Iterator[None]:
    """What is there now stays; only what comes is looked at for cycles, and less often.

    Modules, types and lexicons are some 500,000 objects. To walk through them again and again took a seventh of the
    time of a run through a model.
    """
    before = gc.get_threshold()
    _settle()
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def settle_heap() -> None:
    """For the rest of the process."""
    _settle()
    atexit.register(gc.unfreeze)  # else libraries that count their objects at the end (nanobind) call these leaked


def _settle() -> None:
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 50)


@contextmanager
def quick_turns() -> Iterator[None]:
    """A thread at work gives way to the event loop after half a millisecond.

    While a transaction is prepared in a thread, the loop waits for its turn at each look for answers: with the default,
    5 ms a look, in which the slots of calls that have ended stay empty.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
