"""The event loop of the commands, and what a Ctrl-C does to it."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run`, in which a Ctrl-C is heard at once, between two steps of the work.

    The handler of SIGINT is called by the loop. When it raises KeyboardInterrupt, the work is cancelled, and the
    exception comes from here. Called by the interpreter, it would raise amid any line: a lock of the standard library
    that was just taken would stay taken, and the process would never end. And a signal that comes just before the loop
    falls asleep, or to another thread, would be heard only when something else wakes the loop.
    """
    handler = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(handler):
        return asyncio.run(work)
    interrupted = False

    def hear(stop: Callable[[], object]) -> None:
        nonlocal interrupted
        try:
            handler(signal.SIGINT, None)
        except KeyboardInterrupt:
            interrupted = True
            stop()

    async def main() -> T:
        task = asyncio.current_task()
        assert task is not None
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(signal.SIGINT, hear, task.cancel)
        return await work

    try:
        return asyncio.run(main())
    except asyncio.CancelledError:
        if interrupted:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, handler)
