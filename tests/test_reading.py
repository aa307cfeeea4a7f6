"""Texts are read together, ahead of their answers, and what they come from is not waited for on the event loop."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest

from claims.extraction.reading import Reading
from claims.models import Document


def document(number: int = 0) -> Document:
    return Document(id=f"d{number}", path=f"{number}.txt", text=f"{number + 20} bakers met in Weldon on Monday.")


def test_documents_are_taken_some_at_a_time_and_not_on_the_event_loop() -> None:
    taken_in: set[int] = set()
    taken = 0

    def documents() -> Iterator[Document]:
        nonlocal taken
        for number in range(100):
            taken_in.add(threading.get_ident())
            taken += 1
            yield document(number)

    async def work() -> None:
        reading = Reading()
        async for _, seen in reading.read(documents()):
            assert {"sentences", "_figures"} <= vars(seen).keys()
            assert "names" not in vars(seen)
            reading.later(seen)
            await reading.ahead()
            assert {"names", "name_index", "attributions"} <= vars(seen).keys()
            break

    asyncio.run(work())
    assert threading.get_ident() not in taken_in
    assert taken <= 20


def test_a_reading_that_is_ended_waits_for_what_it_took() -> None:
    begun, ended = threading.Event(), threading.Event()

    def documents() -> Iterator[Document]:
        begun.set()
        time.sleep(0.2)
        ended.set()
        yield document()

    async def work() -> None:
        async def read() -> None:
            async for _ in Reading().read(documents()):
                pass

        task = asyncio.create_task(read())
        await asyncio.to_thread(begun.wait)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended.is_set()  # what the documents come from may be closed now

    asyncio.run(work())
