"""Texts are read beside the calls: together, ahead of their answers, and never while a slot waits.

To read a text is most of the work of a call. Read one by one, between the answers of others, texts take twice the time
that they take one after the other: code and tables of the reading have left the processor's caches each time. So some
documents are read in a row; first what their questions need, then, while the calls are out, what their answers need.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from itertools import islice
from types import TracebackType

from claims.grounding.view import DocumentView
from claims.models import Document

_AT_FIRST, _TOGETHER = 2, 16  # documents: the first calls are soon out
_CHARACTERS = 10_000  # of a document that is long enough to be read by itself
_LONG = 500  # characters
_WAITS, _WAIT = 30, 0.001  # seconds that a text waits for calls that end, at most


class _Turn:
    """A turn to read: one text at a time, so that what comes from the endpoint waits for one text at most.

    Calls that end, and those that take their slots, go first: no slot is empty for the time of a text. A text that a
    free slot waits for waits for nothing.
    """

    def __init__(self, is_moving: Callable[[], bool], is_short: Callable[[], bool]) -> None:
        self._is_moving = is_moving
        self._is_short = is_short
        self._lock = asyncio.Lock()

    async def __aenter__(self) -> None:
        await self._lock.acquire()
        for _ in range(_WAITS):
            if self._is_short() or not self._is_moving():
                break
            await asyncio.sleep(_WAIT)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()


class Reading:
    """The reading of documents. `is_moving` tells that calls are about to give their slots to the next ones, `is_short`
    that there are no such."""

    def __init__(
        self, is_moving: Callable[[], bool] = lambda: False, is_short: Callable[[], bool] = lambda: False
    ) -> None:
        self.turn = _Turn(is_moving, is_short)
        self._ahead: deque[DocumentView] = deque()

    async def read(self, documents: Iterable[Document]) -> AsyncIterator[tuple[Document, DocumentView]]:
        """Each document with its view, in which what a question needs is worked out."""
        source = iter(documents)
        most = _AT_FIRST
        while group := await _in_thread(source, most):
            most = min(2 * most, _TOGETHER)
            seen = [_view(document) for document in group]
            for item in seen:
                async with self.turn:
                    _for_question(item)
                await asyncio.sleep(0)
            for pair in zip(group, seen, strict=True):
                yield pair

    def later(self, seen: DocumentView) -> None:
        """An answer about this document will come."""
        self._ahead.append(seen)

    async def ahead(self) -> None:
        """Read what answers will need of the documents for which they come."""
        while self._ahead:
            item = self._ahead.popleft()
            for part in _for_answer(item):
                async with self.turn:
                    part()
                await asyncio.sleep(0)


def _view(document: Document) -> DocumentView:
    return DocumentView(document.text, document.published_at, document.title, document.date_candidates)


def _for_question(seen: DocumentView) -> None:
    _ = seen.sentences, seen.quantities  # worked out when first asked for


def _for_answer(seen: DocumentView) -> Iterator[Callable[[], object]]:
    """In parts, if the text is long: it takes a while."""
    if len(seen.text) > _LONG:
        yield lambda: seen.names
        yield lambda: seen.name_index
    yield lambda: seen.attributions


async def _in_thread(source: Iterator[Document], most: int) -> list[Document]:
    """The next documents, `most` at most. A store is busy at times, and the loop does not wait for it."""

    def some() -> list[Document]:
        found: list[Document] = []
        characters = 0
        for document in islice(source, most):
            found.append(document)
            characters += len(document.text)
            if characters >= _CHARACTERS:
                break
        return found

    fetching = asyncio.ensure_future(asyncio.to_thread(some))
    try:
        return await asyncio.shield(fetching)
    except asyncio.CancelledError:
        await asyncio.wait([fetching])  # a thread cannot be stopped, and what it reads from may be closed
        raise
