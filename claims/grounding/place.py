"""The quote where it stands in its document, with what code sees there."""

from __future__ import annotations

from dataclasses import dataclass

from claims.grounding.view import DocumentView
from claims.models import Quantity, Span, TimeRef

BUILTIN = "builtin"  # its fields are cut from the text by code, not written, so some checks are the same work twice
NEIGHBOURS = 6  # sentences on either side that may lend a name


class Refused(Exception):
    """A licence is missing; carries the code and the reason of the rejection."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(slots=True)
class Place:
    """The quote where it stands, with what code sees there."""

    view: DocumentView
    start: int
    end: int
    quote: str  # folded
    quantities: list[Quantity]
    times: list[TimeRef]


def place_of(seen: DocumentView, span: Span) -> Place:
    """The quote, widened to the whole of a figure or date that its edge cuts ("90%" of "more than 90%")."""
    start, end = span
    for _ in range(3):
        quantities, times = seen.figures_in(start, end)
        if not quantities and not times:
            break
        wide = start, end
        for items in (quantities, times):
            if items:  # in order and apart from each other
                start, end = min(start, items[0].start), max(end, items[-1].end)
        if (start, end) == wide:
            break
    return Place(seen, start, end, seen.folded[start:end], quantities, times)


def nearby(place: Place) -> str:
    """The sentences around the quote and the headline, folded: what may lend a name."""
    sentences = place.view.sentences
    number = place.view.sentence_number(place.start)
    if not sentences:
        return place.view.folded[:2_000]
    low = sentences[max(0, number - NEIGHBOURS)].start
    high = sentences[min(len(sentences) - 1, max(0, number) + NEIGHBOURS)].end
    return place.view.folded[min(low, place.start) : max(high, place.end)][:20_000]
