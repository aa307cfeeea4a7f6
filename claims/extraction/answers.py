"""From what a model gave to drafts: code attaches the quantity and the time that it found itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from claims.extraction.schema import Fact
from claims.extraction.windows import Window
from claims.grounding import licences
from claims.grounding.locate import locate
from claims.grounding.view import DocumentView
from claims.models import Attribution, ClaimKind, Draft, Modality, Polarity, Quantity, QuantityKind, Span, TimeRef
from claims.normalisation.quantities import find_quantities
from claims.normalisation.times import find_times
from claims.text.characters import fold


def drafts(facts: Iterable[Fact], window: Window, view: DocumentView, extractor: str) -> list[Draft]:
    """One draft for each fact, in order; what cannot be right is left in, for grounding to reject with its reason."""
    made: list[Draft] = []
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        draft = _draft(fact, window, view, extractor)
        number = (draft.quantity.start, draft.quantity.end) if draft.quantity else None
        said = (draft.quote, (draft.predicate or "").casefold())
        # An answer that says a thing twice says it once: small models repeat the fact of a number without it.
        if (*said, number) in seen or (not _given(fact.number) and (*said, "numbered") in seen):
            continue
        seen |= {(*said, number), (*said, "numbered" if _given(fact.number) else "plain")}
        made.append(draft)
    return made


def stray(facts: Sequence[Fact], window: Window, view: DocumentView) -> bool:
    """Whether an answer is for another text: it has quotes, and none of them stands in the window."""
    return bool(facts) and all(_place(fact.quote, window, view) is None for fact in facts)


_OFTEN = 4  # times that an answer may quote the same words


def repeats_itself(facts: Sequence[Fact]) -> bool:
    """Whether an answer mostly quotes the same words again and again, as a small model does that has lost its way."""
    most = max(Counter(fact.quote for fact in facts).values(), default=0)
    return most >= _OFTEN and most * 2 > len(facts)


def concerned(window: Window, refused: Sequence[Draft], view: DocumentView) -> Window:
    """The sentences of a window that the drafts were of: where their quotes stand, else those likest to them."""
    words = [set(fold(view.text[s.start : s.end]).casefold().split()) for s in window.sentences]
    chosen: set[int] = set()
    for draft in refused:
        held = [n for n, s in enumerate(window.sentences) if draft.start is not None and s.start <= draft.start < s.end]
        quoted = set(fold(draft.quote).casefold().split())
        chosen |= set(held or [max(range(len(words)), key=lambda n: len(words[n] & quoted))])
    return Window(tuple(window.sentences[n] for n in sorted(chosen)), window.before, window.headline)


def _place(quote: str, window: Window, view: DocumentView, sentence: int | None = None) -> Span | None:
    """Where the quote stands in the window, in its sentence (counted from 1) where it stands there too."""
    if sentence is not None and 1 <= sentence <= len(window.sentences) and len(window.sentences) > 1:
        alone = Window((window.sentences[sentence - 1],), window.before, window.headline)
        if (place := _place(quote, alone, view)) is not None:
            return place
    low, high = window.span
    # The fold keeps offsets, so a verbatim quote, nearly every one, needs no search in the whole document.
    at = view.folded.find(fold(quote).strip(), low, high) if quote.strip() else -1
    if at >= 0:
        return Span(at, at + len(fold(quote).strip()))
    for span in locate(view.text, quote, near=low, window=window.span):
        if low <= span.start and span.end <= high:
            return span
    return None


def _draft(fact: Fact, window: Window, view: DocumentView, extractor: str) -> Draft:
    place = _place(fact.quote, window, view, fact.sentence)
    quote, start = fact.quote, None if place is None else place.start
    quantity = _quantity(_given(fact.number), place, window, view)
    time = _time(_given(fact.date), place, window, view)
    if place is not None:
        wide = _widened(place, [item for item in (quantity, time) if item is not None], window)
        if wide != place:
            place, start = wide, wide.start
            quote = view.text[wide.start : wide.end]
    subject, predicate = _given(fact.subject), _given(fact.predicate)
    if fact.sentence is not None and subject is not None and predicate is None:
        subject, predicate = _divided(subject, quote)
    polarity = fact.polarity
    if polarity is None and predicate is None and licences.negations(fold(quote)):
        polarity = Polarity.NEGATED  # nothing says which part of the quote is meant: its negation counts
    speaker = _given(fact.speaker)
    attribution = None
    if speaker is not None and not _is_own_subject(speaker, place, view):
        attribution = Attribution(speaker=speaker, speaker_as_written=speaker)
    return Draft(
        quote=quote,
        start=start,
        text=_given(fact.text),
        kind=fact.kind or _kind(quantity, attribution),
        subject=subject,
        predicate=predicate,
        object=_given(fact.object),
        quantity=quantity,
        time=time,
        place=_given(fact.place),
        polarity=polarity or Polarity.ASSERTED,
        modality=fact.modality or Modality.ACTUAL,
        attribution=attribution,
        attributes=_attributes(fact.attributes),
        extractor=extractor,
    )


def _given(value: str | None) -> str | None:
    value = (value or "").strip()
    return value or None


def _divided(subject: str, quote: str) -> tuple[str | None, str | None]:
    """The subject as the quote has it, and what the quote says of it: the words that follow.

    A subject that does not stand in the quote is often that of another sentence; then the quote speaks for itself.
    """
    found = re.search(rf"(?<!\w){re.escape(fold(subject))}(?!\w)", fold(quote), re.IGNORECASE)
    return (quote[found.start() : found.end()], quote[found.end() :].strip(" ,.;:") or None) if found else (None, None)


def _attributes(values: BaseModel | None) -> dict[str, Any]:
    return {} if values is None else {name: value for name, value in values.model_dump().items() if value is not None}


def _kind(quantity: Quantity | None, attribution: Attribution | None) -> ClaimKind:
    if quantity is not None:
        return ClaimKind.QUANTITY
    return ClaimKind.STATEMENT if attribution is not None else ClaimKind.EVENT


def _inside(item: Quantity | TimeRef, place: Span | None) -> bool:
    return place is not None and place.start <= item.start and item.end <= place.end


def _same_words(one: str, two: str) -> bool:
    return fold(one).casefold().split() == fold(two).casefold().split()


def _quantity(written: str | None, place: Span | None, window: Window, view: DocumentView) -> Quantity | None:
    """The quantity that the model means, as code reads it; one that the window does not hold stays as it was said.

    Without a number from the model, the only quantity of the quote is the fact's.
    """
    offered = window.quantities(view)
    if written is None:
        inside = [quantity for quantity in offered if _inside(quantity, place)]
        return inside[0] if len(inside) == 1 else None
    matching = [quantity for quantity in offered if _same_words(quantity.as_written, written)]
    if matching:
        return min(matching, key=lambda quantity: (not _inside(quantity, place), _distance(quantity.start, place)))
    said = find_quantities(written)
    return said[0] if said else _unread(written)


def _unread(written: str) -> Quantity:
    """A number that code does not read as a quantity: the quote must hold it word for word, or it is rejected."""
    values = sorted(licences.numbers(fold(written)))
    value = values[0] if len(values) == 1 else None
    return Quantity(
        as_written=written, start=0, end=len(written), kind=QuantityKind.NUMBER, value=value, low=value, high=value
    )


def _time(written: str | None, place: Span | None, window: Window, view: DocumentView) -> TimeRef | None:
    """As for quantities; a time far from the quote, in a sentence of its own, is left to the alignment of context."""
    offered = window.times(view)
    if written is None:
        inside = [time for time in offered if _inside(time, place)]
        return inside[0] if inside else None
    matching = [time for time in offered if _same_words(time.as_written, written)]
    if matching:
        return min(matching, key=lambda time: (not _inside(time, place), _distance(time.start, place)))
    said = find_times(written, view.published_at)
    return said[0] if said else TimeRef(as_written=written, start=0, end=len(written))


def _distance(position: int, place: Span | None) -> int:
    return 0 if place is None else abs(position - place.start)


def _widened(place: Span, items: Sequence[Quantity | TimeRef], window: Window) -> Span:
    """The quote with the number and the date that its fact needs, where they stand in the same sentence.

    The nearest true span that licenses the fact: its words are the document's own, so nothing is added that is not
    said there.
    """
    sentence = next((s for s in window.sentences if s.start <= place.start and place.end <= s.end), None)
    if sentence is None:
        return place
    start, end = place
    for item in items:
        if sentence.start <= item.start and item.end <= sentence.end:
            start, end = min(start, item.start), max(end, item.end)
    return Span(start, end)


_PRONOUN = re.compile(r"(?:he|she|they|it|we|i)\b", re.IGNORECASE)


def _is_own_subject(speaker: str, place: Span | None, view: DocumentView) -> bool:
    """Whether the "speaker" is only the subject of the quote, whom code finds saying nothing.

    Small models name the subject of a sentence as its speaker. The quote then says itself who does what; who says it
    is left to what code finds.
    """
    if place is None:
        return False
    quote = view.folded[place.start : place.end]
    found = view.attributions_of(*place)
    named = fold(speaker).casefold()
    if named in quote.casefold():
        said_by = [fold(name).casefold() for a in found for name in (a.speaker, a.speaker_as_written) if name]
        return not any(named in name or name in named for name in said_by)
    return not found and _PRONOUN.match(quote) is not None
