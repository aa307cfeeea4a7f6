"""Ctrl-C while the event loop of a command works, and while it sleeps."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from claims.pipeline.loop import run


@pytest.fixture
def heard() -> Iterator[list[int]]:
    """The signals that a handler heard, which asks for an end at the second."""
    signals: list[int] = []

    def hear(number: int, frame: object) -> None:
        signals.append(number)
        if len(signals) == 2:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, hear)
    yield signals
    assert signal.signal(signal.SIGINT, before) is hear


def test_a_signal_that_interrupts_no_system_call_is_heard_at_once(heard: list[int]) -> None:
    """One that another thread receives, or that comes just before the loop falls asleep, interrupts none."""
    done = threading.Event()

    def elsewhere() -> None:
        for _ in range(2):
            time.sleep(0.2)
            signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        done.wait(60)

    thread = threading.Thread(target=elsewhere)
    began = time.monotonic()
    try:
        thread.start()
        with pytest.raises(KeyboardInterrupt):
            run(asyncio.sleep(20))
    finally:
        done.set()
        thread.join()
    assert time.monotonic() - began < 10
    assert len(heard) == 2


def test_a_step_of_the_work_is_not_torn_apart(heard: list[int]) -> None:
    """Else what it holds, as the lock of a thread pool, would be held for ever."""
    log: list[str] = []

    async def work() -> None:
        try:
            for _ in range(2):
                os.kill(os.getpid(), signal.SIGINT)
                log.append("step")
            await asyncio.sleep(20)
        finally:
            await asyncio.sleep(0)
            log.append("cleaned up")

    with pytest.raises(KeyboardInterrupt):
        run(work())
    assert log == ["step", "step", "cleaned up"]


def test_the_handler_of_python_itself_ends_the_work_at_the_first() -> None:
    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        await asyncio.sleep(20)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have had the signal ignored
    try:
        with pytest.raises(KeyboardInterrupt):
            run(work())
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_it_answers_in_other_threads_and_hands_on_what_was_raised() -> None:
    async def answer() -> int:
        await asyncio.sleep(0)
        return 7

    async def cancelled() -> None:
        raise asyncio.CancelledError

    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(run(answer())))
    thread.start()
    thread.join()
    assert [*answers, run(answer())] == [7, 7]
    with pytest.raises(asyncio.CancelledError):
        run(cancelled())
