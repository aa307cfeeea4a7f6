"""The parts of a document that go to a model, one call each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from claims.grounding.view import DocumentView
from claims.models import Quantity, QuantityKind, Span, TimeRef
from claims.text.layout import BlockKind

_LEANS = re.compile(r"\b(?:he|she|they|him|them|his|her|hers|their|theirs)\b|[\"“”«»„]", re.IGNORECASE)
"""What needs the sentence before it to be understood; shown to others too, a small model takes facts from it."""
_UNASKED = frozenset({QuantityKind.RANK, QuantityKind.AGE})
"""Parts of a description, hardly ever what a sentence states."""


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences of the body, with what helps to read them. Offsets are those of the document."""

    sentences: tuple[Span, ...]
    before: Span  # the sentences before, empty at the beginning
    headline: str
    span: Span = field(init=False)  # from the first sentence to the last

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", Span(self.sentences[0].start, self.sentences[-1].end))

    def text(self, view: DocumentView) -> str:
        return view.text[self.span.start : self.span.end]

    def quantities(self, view: DocumentView) -> list[Quantity]:
        """Those that stand wholly in the window."""
        low, high = self.span
        return [q for q in view.quantities_in(low, high) if low <= q.start and q.end <= high]

    def times(self, view: DocumentView) -> list[TimeRef]:
        low, high = self.span
        return [t for t in view.times_in(low, high) if low <= t.start and t.end <= high]

    def variables(self, view: DocumentView) -> dict[str, Any]:
        """What the user template may use. Numbers and dates are as written, each once, in order.

        `numbers_of` has those of each sentence.
        """
        asked = [q for q in self.quantities(view) if q.kind not in _UNASKED]
        return {
            "headline": self.headline,
            "before": view.text[self.before.start : self.before.end] if _LEANS.search(self.text(view)) else "",
            "text": self.text(view),
            "sentences": [view.text[s.start : s.end] for s in self.sentences],
            "numbers": list(dict.fromkeys(q.as_written for q in asked)),
            "numbers_of": [
                list(dict.fromkeys(q.as_written for q in asked if s.start <= q.start and q.end <= s.end))
                for s in self.sentences
            ],
            "dates": list(dict.fromkeys(t.as_written for t in self.times(view))),
            "published": view.published_at.isoformat() if view.published_at else "",
        }


def _pieces(text: str, span: Span, limit: int) -> Iterator[Span]:
    """A sentence in pieces of at most `limit` characters, divided at white space where there is any."""
    start, end = span
    while end - start > limit:
        cut = text.rfind(" ", start + limit // 2, start + limit)
        cut = start + limit if cut < 0 else cut
        yield Span(start, cut)
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)


def headline(view: DocumentView) -> str:
    """The document's title, else its first headline block, on one line."""
    if view.title:
        return " ".join(view.title.split())
    for block in view.blocks:
        if block.kind is BlockKind.HEADLINE:
            return " ".join(view.text[block.span.start : block.span.end].split())
    return ""


def plan(view: DocumentView, *, size: int, context: int, max_characters: int) -> list[Window]:
    """The windows of a document: each body sentence is in exactly one, so nothing is extracted or paid for twice.

    What two windows share at their border is context: the `context` sentences before a window are shown with it.
    """
    title = headline(view)[:300]
    pieces = [piece for sentence in view.sentences for piece in _pieces(view.text, sentence, max_characters)]
    windows: list[Window] = []
    first = 0
    while first < len(pieces):
        last = first + 1
        while last < len(pieces) and last - first < size and pieces[last].end - pieces[first].start <= max_characters:
            last += 1
        windows.append(Window(tuple(pieces[first:last]), _context(pieces, first, context, max_characters), title))
        first = last
    return windows


def _context(pieces: list[Span], first: int, count: int, max_characters: int) -> Span:
    if first == 0 or count == 0:
        return Span(pieces[0].start, pieces[0].start)
    start = max(pieces[max(0, first - count)].start, pieces[first - 1].end - max_characters)
    return Span(start, pieces[first - 1].end)


def halves(window: Window, view: DocumentView) -> tuple[Window, Window] | None:
    """The window in two: between sentences, else inside a long sentence; None when it is small already."""
    parts = list(window.sentences)
    if len(parts) == 1:
        start, end = parts[0]
        if end - start < 160:
            return None
        parts = list(_pieces(view.text, parts[0], (end - start + 1) // 2 + 20))
        if len(parts) < 2:
            return None
    middle = len(parts) // 2
    one = Window(tuple(parts[:middle]), window.before, window.headline)
    two = Window(tuple(parts[middle:]), one.span, window.headline)
    return one, two
