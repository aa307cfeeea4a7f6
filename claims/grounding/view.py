"""What the pure parts see in one document, read once and shared by extraction and grounding."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import TypeVar

from claims.models import Attribution, Document, Quantity, Span, TimeRef
from claims.normalisation.names import Name, NameIndex, find_names
from claims.normalisation.quantities import find_quantities
from claims.normalisation.signs import sign_words
from claims.normalisation.times import document_times
from claims.text.attribution import find_attributions
from claims.text.characters import fold, squeeze
from claims.text.layout import Block, BlockKind, blocks, has_finite_verb
from claims.text.lexicon import BASE, DEEDS, REPORTING, base_of
from claims.text.sentences import is_hard_wrapped, sentences

_new = tuple.__new__
_first = itemgetter(0)
_T = TypeVar("_T", Quantity, TimeRef, Name)


class DocumentView:
    """One text with all that code finds in it, each part worked out when it is first asked for.

    All offsets are those of the text. Quantities, times, names and attributions are in order of appearance.
    """

    def __init__(
        self, text: str, published_at: date | None, title: str | None, date_candidates: tuple[date, ...] = ()
    ) -> None:
        self.text = text
        self.published_at = published_at
        self.date_candidates = date_candidates
        self.title = title

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks(self.text)

    @cached_property
    def block_starts(self) -> list[int]:
        return [block.span.start for block in self.blocks]

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of the body, none across two paragraphs."""
        found: list[Span] = []
        wrapped = is_hard_wrapped(self.text)
        whole, at = self._all_sentences, 0
        for block in self.blocks:
            if block.kind is not BlockKind.BODY:
                continue
            start, end = block.span
            first = at = bisect_left(whole, start, at, key=_first)
            while at < len(whole) and whole[at].start < end:
                at += 1
            same = first < at and whole[first].start == start and whole[at - 1].end == end
            if same and not wrapped and self.text.find("\n", start, end) < 0:
                found += whole[first:at]
            else:  # the lines of the text end sentences otherwise than those of the block would
                found += [_new(Span, (start + s, start + e)) for s, e in sentences(self.text[start:end])]
        return found

    @cached_property
    def _all_sentences(self) -> list[Span]:
        """The sentences of the whole text, whatever they stand in."""
        return sentences(self.text)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [span.start for span in self.sentences]

    def sentence_number(self, position: int) -> int:
        """The number of the body sentence that holds the position, or the one before it; -1 before the first."""
        return bisect_right(self._sentence_starts, position) - 1

    @cached_property
    def _figures(self) -> tuple[list[Quantity], list[TimeRef]]:
        """Quantities and times, both read from the same words."""
        words = sign_words(self.folded)
        quantities = find_quantities(self.text, words=words)
        return quantities, document_times(self.text, self.published_at, self.date_candidates, words=words)

    @cached_property
    def quantities(self) -> list[Quantity]:
        return self._figures[0]

    @cached_property
    def _quantity_edges(self) -> tuple[list[int], list[int]]:
        return _edges(self.quantities)

    @cached_property
    def times(self) -> list[TimeRef]:
        return self._figures[1]

    @cached_property
    def _time_edges(self) -> tuple[list[int], list[int]]:
        return _edges(self.times)

    @cached_property
    def names(self) -> list[Name]:
        return find_names(self.folded)

    @cached_property
    def name_index(self) -> NameIndex:
        return NameIndex(self.names, self.folded)

    @cached_property
    def _name_edges(self) -> tuple[list[int], list[int]]:
        return _edges(self.names)

    @cached_property
    def attributions(self) -> list[Attribution]:
        """Who says what. Acts and attitudes ("agreed to do it", "supported it") are no statements and are left out."""
        found = find_attributions(self.text, self.names, self.name_index, parts=self._all_sentences)
        return [a for a in found if a.direct or (not self._infinitive(a) and _reports(a.cue) and not self._acts(a))]

    def _acts(self, attribution: Attribution) -> bool:
        """ "conceded defeat", "found a comet": with a noun for content the verb tells a deed, not words."""
        cue, start, end = attribution.cue, attribution.content_start, attribution.content_end
        if cue is None or start is None or end is None or not any(base_of(w) in DEEDS for w in cue.lower().split()):
            return False
        return not any(has_finite_verb(word) for word in self.folded[start : min(end, start + 200)].split()[1:])

    def _infinitive(self, attribution: Attribution) -> bool:
        start = attribution.content_start
        return start is not None and self.folded.startswith("to ", start)

    @cached_property
    def _contents(self) -> list[tuple[int, int, Attribution]]:
        return sorted(
            (
                (a.content_start, a.content_end, a)
                for a in self.attributions
                if a.content_start is not None and a.content_end
            ),
            key=lambda item: item[:2],
        )

    @cached_property
    def _content_reach(self) -> list[int]:
        """For each content in order: the furthest end of it and all before it."""
        reach: list[int] = []
        furthest = 0
        for _, end, _ in self._contents:
            furthest = max(furthest, end)
            reach.append(furthest)
        return reach

    @cached_property
    def _content_further(self) -> list[int]:
        """For each content in order: the number of the last one before it that ends after it; -1 for none."""
        further: list[int] = []
        waiting: list[int] = []
        for number, (_, end, _) in enumerate(self._contents):
            while waiting and self._contents[waiting[-1]][1] <= end:
                waiting.pop()
            further.append(waiting[-1] if waiting else -1)
            waiting.append(number)
        return further

    @cached_property
    def _content_starts(self) -> list[int]:
        return [start for start, _, _ in self._contents]

    @cached_property
    def _figure_reach(self) -> tuple[list[int], list[int]]:
        """Where each quantity and time starts, in order, and the furthest end of it and all before it."""
        spans = sorted([*zip(*self._quantity_edges, strict=True), *zip(*self._time_edges, strict=True)])
        return [start for start, _ in spans], list(accumulate([end for _, end in spans], max))

    def figures_in(self, start: int, end: int) -> tuple[list[Quantity], list[TimeRef]]:
        """Quantities and times that touch [start, end)."""
        starts, reach = self._figure_reach
        before = bisect_left(starts, end)
        if not before or reach[before - 1] <= start:
            return [], []
        return self.quantities_in(start, end), self.times_in(start, end)

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        """Quantities that touch [start, end)."""
        return _touching(self.quantities, self._quantity_edges, start, end)

    def times_in(self, start: int, end: int) -> list[TimeRef]:
        """Times that touch [start, end)."""
        return _touching(self.times, self._time_edges, start, end)

    def names_in(self, start: int, end: int) -> list[Name]:
        """Names that touch [start, end)."""
        return _touching(self.names, self._name_edges, start, end)

    @cached_property
    def _cues(self) -> list[tuple[int, int]]:
        return sorted(
            (a.cue_start, a.cue_end) for a in self.attributions if a.cue_start is not None and a.cue_end is not None
        )

    @cached_property
    def _cue_starts(self) -> list[int]:
        return [start for start, _ in self._cues]

    def cues_in(self, start: int, end: int) -> list[tuple[int, int]]:
        """The spans of reporting cues that begin in [start, end)."""
        return self._cues[bisect_left(self._cue_starts, start) : bisect_left(self._cue_starts, end)]

    def attributions_of(self, start: int, end: int) -> list[Attribution]:
        """Attributions whose content shares characters with [start, end), the innermost (shortest content) first."""
        found: list[Attribution] = []
        number = bisect_right(self._content_starts, end - 1) - 1
        while number >= 0 and self._content_reach[number] > start:
            _, last, attribution = self._contents[number]
            if last > start:
                found.append(attribution)
                number -= 1
            else:  # those between it and the next one before that reaches further end before `start` as well
                number = self._content_further[number]
        if len(found) > 1:
            found.sort(key=lambda a: (a.content_end or 0) - (a.content_start or 0))
        return found

    @cached_property
    def _tidy(self) -> bool:
        """Whether all white space of the text is line ends and single spaces."""
        return "  " not in self.text and self.text.replace("\n", "").isprintable()

    def words(self, start: int, end: int) -> str:
        """The words of [start, end), with one space between them."""
        words = self.text[start:end]
        return words.strip() if self._tidy and "\n" not in words else squeeze(words)

    @staticmethod
    def holds(attribution: Attribution, start: int, end: int) -> bool:
        """Whether [start, end) is said: it lies in the content, not in the speaker's words between its parts."""
        parts = attribution.content_parts
        if not parts:
            return (attribution.content_start or 0) <= start and end <= (attribution.content_end or 0)
        number = bisect_right(parts, start, key=_first) - 1  # in order and apart from each other
        return number >= 0 and end <= parts[number][1]

    @cached_property
    def headline(self) -> str:
        """The title and the headline blocks, folded."""
        parts = [self.title or ""]
        parts += [self.text[b.span.start : b.span.end] for b in self.blocks if b.kind is BlockKind.HEADLINE]
        return fold("\n".join(parts))


_SOURCE_PHRASES = ("according", "per ", "citing", "as per", "in the words", "in the view")


@lru_cache(maxsize=4096)
def _reports(cue: str | None) -> bool:
    """Whether a cue tells that something was said or found, not only wanted, liked or expected."""
    if cue is None:
        return False
    low = cue.lower()
    if low.startswith(_SOURCE_PHRASES):
        return True
    words = low.split()
    if any(word in ("expected", "supposed", "meant") for word in words):
        return False
    return any(base_of(word) in REPORTING for word in words) or not any(base_of(word) in BASE for word in words)


def _edges(items: list[_T]) -> tuple[list[int], list[int]]:
    """Where each item starts and where it ends."""
    return [item.start for item in items], [item.end for item in items]


def _touching(items: list[_T], edges: tuple[list[int], list[int]], start: int, end: int) -> list[_T]:
    """The items that share characters with [start, end), of items in order that do not overlap."""
    starts, ends = edges
    return items[bisect_right(ends, start) : bisect_left(starts, end)]


@lru_cache(maxsize=8)  # a view of 3,000 characters takes some 60 KB
def _view(text: str, published_at: date | None, title: str | None, date_candidates: tuple[date, ...]) -> DocumentView:
    return DocumentView(text, published_at, title, date_candidates)


def view(document: Document) -> DocumentView:
    """The reading of a document; the last few are kept, so that each part is worked out once."""
    return _view(document.text, document.published_at, document.title, document.date_candidates)
