"""Ctrl-C while the event loop of a command sleeps."""

from __future__ import annotations

import asyncio
import signal
import threading
import time

import pytest

from claims.pipeline.loop import run


def test_a_signal_that_interrupts_no_system_call_is_heard_at_once() -> None:
    """One that another thread receives, or that comes just before the loop falls asleep, interrupts none."""
    done = threading.Event()

    def elsewhere() -> None:
        time.sleep(0.2)
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        done.wait(60)

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    thread = threading.Thread(target=elsewhere)
    began = time.monotonic()
    try:
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            run(asyncio.sleep(20))
    finally:
        signal.signal(signal.SIGINT, before)
        done.set()
        thread.join()
    assert time.monotonic() - began < 10


def test_it_answers_in_other_threads_and_leaves_signals_as_they_were() -> None:
    async def answer() -> int:
        await asyncio.sleep(0)
        return 7

    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(run(answer())))
    thread.start()
    thread.join()
    assert [*answers, run(answer())] == [7, 7]
    fd = signal.set_wakeup_fd(-1)
    assert fd == -1
