"""The event loop of the commands: a Ctrl-C is heard while it sleeps, whichever thread or moment the signal hits."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run`, in which each signal wakes the loop.

    A signal that comes just before the loop falls asleep, or to another thread, interrupts no system call: its
    handler would wait until something else wakes the loop, which may be an answer that takes minutes.
    """
    return asyncio.run(_woken(work))


async def _woken(work: Coroutine[Any, Any, T]) -> T:
    if threading.current_thread() is not threading.main_thread():
        return await work  # only the main thread hears signals
    loop = asyncio.get_running_loop()
    woken, waking = socket.socketpair()
    with woken, waking:
        woken.setblocking(False)
        waking.setblocking(False)
        before = signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
        loop.add_reader(woken, woken.recv, 64)
        try:
            return await work
        finally:
            loop.remove_reader(woken)
            signal.set_wakeup_fd(before)
