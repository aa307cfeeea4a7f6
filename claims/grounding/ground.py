"""A draft becomes a claim only where the text licenses every part of it; else a rejection with the reason."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass

from claims.grounding import licences
from claims.grounding.locate import locate
from claims.grounding.view import DocumentView, view
from claims.models import (
    Attribution,
    Claim,
    ClaimKind,
    Comparator,
    Document,
    Draft,
    Polarity,
    Quantity,
    Rejection,
    Span,
    TimeRef,
)
from claims.normalisation.names import same_name
from claims.text.characters import fold
from claims.text.layout import BlockKind

BUILTIN = "builtin"
MAX_TRIES = 8  # places of one quote that are checked
NEIGHBOURS = 6  # sentences on either side that may lend a name
LENDING = 4  # sentences before the quote that may give the name for a pronoun
_MAX_QUOTE = 4_000
_SILENT = frozenset(
    {
        BlockKind.CAPTION,
        BlockKind.NAVIGATION,
        BlockKind.TAGS,
        BlockKind.LINK,
        BlockKind.RELATED,
        BlockKind.BOILERPLATE,
        BlockKind.PULL_QUOTE,
        BlockKind.DATELINE,
        BlockKind.HEADLINE,
        BlockKind.HEADING,
    }
)


class _Refused(Exception):
    """A licence is missing; carries the code and the reason of the rejection."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


@dataclass(slots=True)
class _Place:
    """The quote where it stands, with what code sees there."""

    view: DocumentView
    start: int
    end: int
    quote: str  # folded
    quantities: list[Quantity]
    times: list[TimeRef]


def ground(document: Document, draft: Draft, *, run_id: str, window: Span | None = None) -> Claim | Rejection:
    """The claim that a draft makes, or why the text does not bear it.

    `window` is the part of the document that the extractor was shown; a quote is sought there first. The result's
    `quote` is always `document.text[start:end]`; quantity, time and attribution are as code reads them at that place,
    with offsets in the document. Rejection codes: quote_not_found, not_body, number, unit, date, negation, name, roles,
    speaker.
    """
    seen = view(document)
    spans = (
        locate(document.text, draft.quote, near=draft.start, window=window) if len(draft.quote) <= _MAX_QUOTE else []
    )
    if not spans:
        shown = draft.quote if len(draft.quote) <= 80 else draft.quote[:77] + "..."
        return _reject(document, draft, "quote_not_found", f"The words “{shown}” do not stand in the document.")
    refused: _Refused | None = None
    for span in spans[:MAX_TRIES]:
        try:
            return _check(document, seen, draft, span, run_id)
        except _Refused as problem:
            refused = refused or problem
    assert refused is not None
    return _reject(document, draft, refused.code, refused.reason)


def _reject(document: Document, draft: Draft, code: str, reason: str) -> Rejection:
    return Rejection(document_id=document.id, draft=draft, code=code, reason=reason)


def _check(document: Document, seen: DocumentView, draft: Draft, span: Span, run_id: str) -> Claim:
    place = _place(seen, span)
    _check_block(place, draft)
    if draft.extractor != BUILTIN:
        _check_left_out(place)  # the built-in extractor widens its quotes by the same rule
    quantity = _quantity(draft, place)
    time = _time(draft, place)
    attribution = _attribution(draft, place)
    polarity = _polarity(draft, place, attribution)
    _check_fields(draft, place, attribution)
    quote = document.text[place.start : place.end]
    text = _text(draft, place, quote)
    claim_id = _identity(document, draft, place, quantity, time)
    return Claim(
        id=claim_id,
        document_id=document.id,
        run_id=run_id,
        text=text,
        quote=quote,
        start=place.start,
        end=place.end,
        kind=draft.kind,
        subject=draft.subject,
        predicate=draft.predicate,
        object=draft.object,
        quantity=quantity,
        time=time,
        place=draft.place,
        polarity=polarity,
        modality=draft.modality,
        attribution=attribution,
        attributes=draft.attributes,
        extractor=draft.extractor,
    )


def _place(seen: DocumentView, span: Span) -> _Place:
    """The quote, widened to the whole of a figure or date that its edge cuts ("90%" of "more than 90%")."""
    start, end = span
    for _ in range(3):
        quantities, times = seen.quantities_in(start, end), seen.times_in(start, end)
        wide_start, wide_end = start, end
        for first, last in [(q.start, q.end) for q in quantities] + [(t.start, t.end) for t in times]:
            wide_start, wide_end = min(wide_start, first), max(wide_end, last)
        if (wide_start, wide_end) == (start, end):
            break
        start, end = wide_start, wide_end
    return _Place(seen, start, end, seen.folded[start:end], quantities, times)


def _identity(document: Document, draft: Draft, place: _Place, quantity: Quantity | None, time: TimeRef | None) -> str:
    """A name for the claim that does not depend on order or run: what is said where, and by which extractor."""
    parts: list[object] = [document.id, draft.kind.value, place.start, place.end, draft.extractor]
    parts += [quantity.start, quantity.end] if quantity else ["", ""]
    parts += [time.start, time.end] if time else ["", ""]
    parts += [draft.subject, draft.predicate, draft.object]
    digest = hashlib.sha256("\x1f".join("" if p is None else str(p) for p in parts).encode("utf-8", "surrogatepass"))
    return "c" + digest.hexdigest()[:16]


# ---------------------------------------------------------------- layout


def _check_block(place: _Place, draft: Draft) -> None:
    """Only the body states claims; how a caption styles a person ("Major General …") is the outlet's wording too."""
    blocks = place.view.blocks
    number = bisect_right(place.view.block_starts, place.start) - 1
    if number >= 0 and place.start < blocks[number].span.end and blocks[number].kind in _SILENT:
        if draft.kind is ClaimKind.ATTRIBUTE and blocks[number].kind is BlockKind.CAPTION:
            return
        kind = blocks[number].kind.value.replace("_", " ")
        raise _Refused("not_body", f"The quote stands in a {kind}, which states nothing of its own.")


# ---------------------------------------------------------------- numbers


def _quantity(draft: Draft, place: _Place) -> Quantity | None:
    """The quantity as code reads it at the place of the quote, where it is the draft's."""
    wanted = draft.quantity
    if wanted is None:
        return None
    same = [q for q in place.quantities if _same_value(wanted, q)]
    if not same:
        return _written_only(wanted, place)
    exact = [q for q in same if (q.start, q.end) == (wanted.start, wanted.end)]
    found = (exact or sorted(same, key=lambda q: _unlikeness(wanted, q)))[0]
    if wanted.unit and found.unit and wanted.unit.casefold().rstrip("s") != found.unit.casefold().rstrip("s"):
        raise _Refused("unit", f"The quote gives “{found.as_written}”, not {wanted.as_written!r} in {wanted.unit}.")
    if not _same_bound(wanted, found):
        raise _Refused(
            "number", f"The quote gives “{found.as_written}”, not {wanted.as_written!r} ({wanted.comparator.value})."
        )
    if wanted.change and found.change and wanted.change != found.change:
        raise _Refused("number", f"The quote says that “{found.as_written}” went {found.change}, not {wanted.change}.")
    if wanted.of and not found.of:
        return found.model_copy(update={"of": wanted.of})
    return found


def _same_value(one: Quantity, two: Quantity) -> bool:
    pairs = ((one.value, two.value), (one.low, two.low), (one.high, two.high))
    if one.value is None and two.value is None:
        return all(a is not None and b is not None and licences.licensed(a, (b,)) for a, b in pairs[1:])
    if one.value is None or two.value is None:
        return False
    return licences.licensed(one.value, (two.value,))


def _unlikeness(wanted: Quantity, found: Quantity) -> tuple[bool, bool, int]:
    return wanted.unit != found.unit, fold(wanted.as_written) != fold(found.as_written), abs(wanted.start - found.start)


_BOUNDS = {
    Comparator.MORE: 1, Comparator.AT_LEAST: 1, Comparator.LESS: -1, Comparator.AT_MOST: -1, Comparator.ABOUT: 0,
    Comparator.ALMOST: 0, Comparator.RANGE: 0,
}  # fmt: skip


def _same_bound(wanted: Quantity, found: Quantity) -> bool:
    """A plain figure of the draft takes the comparator of the text; a comparator of the draft must be the text's."""
    if wanted.comparator in (Comparator.EQUAL, found.comparator):
        return True
    return _BOUNDS.get(wanted.comparator) == _BOUNDS.get(found.comparator, 9)


def _written_only(wanted: Quantity, place: _Place) -> Quantity:
    """A figure that code does not read as a quantity: licensed only where the quote writes it, word for word."""
    written = fold(wanted.as_written).strip()
    at = place.quote.casefold().find(written.casefold()) if written else -1
    whole = at >= 0 and not (
        (at > 0 and place.quote[at - 1].isalnum())
        or (at + len(written) < len(place.quote) and place.quote[at + len(written)].isalnum())
    )
    values = licences.numbers(written) | ({1.0} if re.search(r"\b(?:1|one|a|an)\b", written, re.IGNORECASE) else set())
    bounds = [v for v in (wanted.value, wanted.low, wanted.high) if v is not None]
    if not whole or wanted.comparator is not Comparator.EQUAL or not all(licences.licensed(v, values) for v in bounds):
        read = ", ".join(f"“{q.as_written}”" for q in place.quantities[:4]) or "no such figure"
        raise _Refused("number", f"The quote gives {read}, not {wanted.as_written!r}.")
    start = place.start + at
    return wanted.model_copy(update={"start": start, "end": start + len(written)})


# ---------------------------------------------------------------- time


def _time(draft: Draft, place: _Place) -> TimeRef | None:
    wanted = draft.time
    if wanted is None:
        return None
    written = fold(wanted.as_written).strip().casefold()
    same = [t for t in place.times if fold(t.as_written).casefold() == written]
    if not same:
        same = [t for t in place.times if _same_days(wanted, t) or (len(written) > 3 and _part_of(written, t, place))]
    if not same:
        raise _Refused("date", f"The quote does not give the time {wanted.as_written!r}.")
    found = sorted(same, key=lambda t: (t.start, t.end) != (wanted.start, wanted.end))[0]
    if wanted.earliest is not None and (wanted.earliest, wanted.latest or wanted.earliest) != (
        found.earliest,
        found.latest,
    ):
        if found.earliest is None and wanted.earliest in found.candidates:
            return found
        raise _Refused(
            "date", f"“{found.as_written}” does not stand for {wanted.earliest.isoformat()} in this document."
        )
    return found


def _same_days(one: TimeRef, two: TimeRef) -> bool:
    return one.earliest is not None and (one.earliest, one.latest) == (two.earliest, two.latest)


def _part_of(written: str, time: TimeRef, place: _Place) -> bool:
    """The draft's words hold the time's words, or the other way round, and stand in the quote."""
    have = fold(time.as_written).casefold()
    return (written in have or have in written) and written in place.quote.casefold()


# ---------------------------------------------------------------- negation


def _check_left_out(place: _Place) -> None:
    """No negation that governs the quote may stand right before it: of "did not sign the deal", not "sign the deal"."""
    number = place.view.sentence_number(place.start)
    if number < 0:
        return
    span = place.view.sentences[number]
    low = max(span.start, place.start - 80)
    if span.end <= place.start or low >= place.start:
        return
    before = place.view.folded[low : place.start]
    for _, end, sort in licences.negations(before):
        if sort == "not" or sort == "refuse":
            between = before[end:]
            if not licences.BREAK.search(between):
                raise _Refused(
                    "negation",
                    f"The quote leaves out the negation before it: “{before[_word_start(before, end) :].strip()}”.",
                )


def _word_start(text: str, end: int) -> int:
    return max(text.rfind(" ", 0, max(0, end - 1)) + 1, 0)


def _polarity(draft: Draft, place: _Place, attribution: Attribution | None) -> Polarity:
    denied = attribution is not None and attribution.stance == "denies"
    if draft.extractor == BUILTIN and draft.text is None and draft.polarity is Polarity.ASSERTED and not denied:
        return draft.polarity
    cues = licences.negations(place.quote)
    if draft.polarity is Polarity.NEGATED:
        if not cues and not denied:
            raise _Refused("negation", "The draft denies what the quote asserts: the quote holds no negation.")
        return Polarity.NEGATED
    if (
        draft.text is not None
        and not denied
        and not licences.same_negations(place.quote, fold(draft.text))
        and not _only_outside(cues, place, fold(draft.text))
    ):
        raise _Refused("negation", "The draft's wording has not the same negations as its quote.")
    said = fold(" ".join(part for part in (draft.subject, draft.predicate, draft.object) if part))
    if denied and not licences.negations(said):
        return Polarity.NEGATED
    if cues and draft.extractor != BUILTIN and _governs(cues, place, draft):
        return Polarity.NEGATED
    return draft.polarity


def _only_outside(cues: list[tuple[int, int, str]], place: _Place, text: str) -> bool:
    """Whether every cue that the rewrite lacks stands outside the part of the quote that the rewrite repeats."""
    kept = text.strip(" .\"'").casefold()
    at = place.quote.casefold().find(kept) if len(kept) > 20 else -1
    if at < 0:
        return False
    before = [end for _, end, _ in cues if end <= at]
    return not any(not licences.BREAK.search(place.quote[end:at]) for end in before)


def _governs(cues: list[tuple[int, int, str]], place: _Place, draft: Draft) -> bool:
    """Whether a negation of the quote bears on the draft's predicate: it stands before it with no clause between."""
    predicate = fold(draft.predicate or "").casefold().split()
    if not predicate or licences.negations(" ".join(predicate)):
        return bool(predicate)
    quote = place.quote.casefold()
    at = next((m.start() for word in reversed(predicate) if (m := re.search(rf"\b{re.escape(word)}\b", quote))), -1)
    if at < 0:
        return False
    return any(end <= at and not licences.BREAK.search(place.quote[end:at]) for _, end, _ in cues)


# ---------------------------------------------------------------- names, numbers and roles in the fields


def _nearby(place: _Place) -> str:
    """The sentences around the quote and the headline, folded: what may lend a name."""
    sentences = place.view.sentences
    number = place.view.sentence_number(place.start)
    if not sentences:
        return place.view.folded[:2_000]
    low = sentences[max(0, number - NEIGHBOURS)].start
    high = sentences[min(len(sentences) - 1, max(0, number) + NEIGHBOURS)].end
    return place.view.folded[min(low, place.start) : max(high, place.end)][:20_000]


def _check_fields(draft: Draft, place: _Place, attribution: Attribution | None) -> None:
    if draft.extractor == BUILTIN:
        return  # its fields are cut from the text by code, not written
    fields = {
        "text": draft.text,
        "subject": draft.subject,
        "predicate": draft.predicate,
        "object": draft.object,
        "place": draft.place,
        "quantity": draft.quantity.of if draft.quantity else None,
    }
    values: set[float] | None = None
    lent: set[str] | None = None
    have = {licences.bare(word) for word in licences.words(place.quote)}
    for field, value in fields.items():
        if not value:
            continue
        folded = fold(value)
        for number in licences.numbers(folded):
            if values is None:
                values = _licensed_numbers(place)
            if not licences.licensed(number, values):
                raise _Refused(
                    "number", f"The {field} {value!r} has a number ({number:g}) that the quote does not give."
                )
        for word in licences.names_in_words(folded):
            if licences.bare(word) in have:
                continue
            if lent is None:
                lent = {licences.bare(w) for w in licences.words(_nearby(place) + "\n" + place.view.headline)}
            if licences.bare(word) not in lent and not _month_of(word, place) and not _spelled_otherwise(word, place):
                raise _Refused(
                    "name", f"The {field} {value!r} names {word!r}, which stands neither in the quote nor near it."
                )
    _check_roles(draft, place)


def _licensed_numbers(place: _Place) -> set[float]:
    return licences.numbers(place.quote) | licences.values_of(place.quantities) | licences.values_of_times(place.times)


_MONTHS = "january february march april may june july august september october november december".split()


def _month_of(word: str, place: _Place) -> bool:
    days = [day for time in place.times for day in (time.earliest, time.latest) if day]
    return any(_MONTHS[day.month - 1] == word.casefold() for day in days)


def _spelled_otherwise(word: str, place: _Place) -> bool:
    near = place.view.folded[max(0, place.start - 2_000) : place.end + 1_000]
    return any(same_name(word, other) for other in set(licences.names_in_words(near)))


_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|got)\b[^,;.]{0,40}?\b\w+(?:ed|en|wn|ne|ght|ld|de|ut"
    r"|t)\b[^;.]{0,80}\bby\b"
)


def _check_roles(draft: Draft, place: _Place) -> None:
    """Subject and object of the draft stand in that order around a verb, unless a "by" turns them round."""
    if not draft.subject or not draft.object:
        return
    one, two = _head_place(draft.subject, place.quote), _head_place(draft.object, place.quote)
    if one is None or two is None or one == two:
        return
    passive = _PASSIVE.search(place.quote)
    turned = passive is not None
    predicate = fold(draft.predicate or "").casefold()
    passive_predicate = bool(re.search(r"\b(?:was|were|is|are|been|being|be)\b|\bby\b", predicate))
    if one < two:
        wrong = (
            turned
            and not passive_predicate
            and passive is not None
            and one < passive.start()
            and two > passive.end() - 3
            and place.quote[passive.end() : two].strip().casefold() in ("", "the", "a", "an")
        )
    else:
        between = place.quote[two:one]
        wrong = not turned and not re.search(
            r"[,;:\"]|\b(?:by|of|from|for|to|with|that|which|who|said|says)\b", between
        )
    if wrong:
        raise _Refused("roles", f"The quote does not say that {draft.subject!r} did this to {draft.object!r}.")


def _head_place(phrase: str, quote: str) -> int | None:
    """Where the phrase stands in the quote: as a whole, or its last name-like word."""
    folded = fold(phrase).strip()
    at = quote.casefold().find(folded.casefold())
    if at >= 0:
        return at
    for word in reversed(licences.names_in_words(folded)):
        match = re.search(rf"\b{re.escape(word)}\b", quote)
        if match:
            return match.start()
    return None


# ---------------------------------------------------------------- who says it


_REPORTING = re.compile(
    r"\b(?:said|says?|saying|told|tells?|telling|according|add(?:s|ed|ing)|stress(?:es|ed|ing)|not(?:es|ed|ing)"
    r"|announc\w+|claim\w*"
    r"|state[sd]|stating|declar\w+|report(?:s|ed|ing)?|den(?:y|ies|ied|ying)|warn\w*|argu\w+|insist\w*|explain\w*"
    r"|confirm\w*|wrote"
    r"|writes?|tweet\w*|cit(?:es|ed|ing)|quot\w+|ask(?:s|ed|ing)?|call(?:s|ed|ing)|admit\w*|acknowledg\w+"
    r"|believ\w+|suggest\w*"
    r"|indicat\w+|reveal\w*|urg\w+|vow\w*|pledg\w+|promis\w+|predict\w*|estimat\w+|testif\w+|show(?:s|ed|n)?"
    r"|found|finds"
    r"|conclud\w+|point(?:s|ed|ing) out|underlin\w+|emphasi\w+|reiterat\w+|repl(?:y|ies|ied)|respond\w*"
    r"|agree[sd]?|accus\w+"
    r"|alleg\w+|complain\w*|remark\w*|comment\w*|observ\w+|describ\w+|maintain\w*|contend\w*|assert\w*|thinks?"
    r"|thought|voic\w+"
    r"|express\w*|recall\w*|continu\w+|welcom\w+|thank\w*|invit\w+|hopes?|expects?|plans?|demand\w*|order\w*"
    r"|rul\w+|hint\w*)\b|:",
    re.IGNORECASE,
)


def _attribution(draft: Draft, place: _Place) -> Attribution | None:
    seen = place.view
    touching = seen.attributions_of(place.start, place.end)
    covering = [a for a in touching if _covers(a, place)]
    wanted = draft.attribution
    if wanted is None or not (wanted.speaker or wanted.speaker_as_written):
        return covering[0] if covering and draft.kind is not ClaimKind.ATTRIBUTE else None
    for attribution in touching:
        if (attribution.cue_start, attribution.content_start) == (
            wanted.cue_start,
            wanted.content_start,
        ) and wanted.cue_start is not None:
            return attribution
    names = [name for name in (wanted.speaker, wanted.speaker_as_written) if name]
    for attribution in covering:
        if _same_speaker(names, attribution):
            return attribution
    shown = names[0]
    named = [a for a in covering if a.speaker or a.speaker_as_written]
    if named and not all(_unresolved(a) for a in named):
        raise _Refused(
            "speaker",
            f"The text gives these words to {named[0].speaker or named[0].speaker_as_written!r}, not to {shown!r}.",
        )
    at = _speaker_near(names, place)
    if at is None:
        raise _Refused(
            "speaker", f"The speaker {shown!r} is not named with a reporting word in or beside this sentence."
        )
    if named:
        return named[0].model_copy(update={"speaker": wanted.speaker or named[0].speaker})
    start, end = at
    return Attribution(
        speaker=wanted.speaker or wanted.speaker_as_written,
        speaker_as_written=seen.text[start:end],
        speaker_start=start,
        speaker_end=end,
        role=wanted.role if wanted.role and fold(wanted.role).casefold() in seen.folded.casefold() else None,
        cue=wanted.cue if wanted.cue and wanted.cue.casefold() in _nearby(place).casefold() else None,
        direct=wanted.direct,
        content_start=place.start,
        content_end=place.end,
        stance="asserts",
    )


def _covers(attribution: Attribution, place: _Place) -> bool:
    """Whether most of the quote's or the content's characters are shared: the quote is what is said."""
    first, last = attribution.content_start or 0, attribution.content_end or 0
    shared = min(last, place.end) - max(first, place.start)
    return shared * 2 > place.end - place.start or shared * 10 >= (last - first) * 8


def _same_speaker(names: list[str], attribution: Attribution) -> bool:
    theirs = [n for n in (attribution.speaker, attribution.speaker_as_written, attribution.via) if n]
    return any(_same_entity(one, two) for one in names for two in theirs)


_FILLER = frozenset("the a an of and for in on s mr mrs ms dr".split())


def _same_entity(one: str, two: str) -> bool:
    left = [licences.bare(w) for w in licences.words(fold(one)) if licences.bare(w) not in _FILLER]
    right = [licences.bare(w) for w in licences.words(fold(two)) if licences.bare(w) not in _FILLER]
    if not left or not right:
        return False
    small, large = sorted((left, right), key=len)
    if set(small) <= set(large):
        return True
    return same_name(one, two)


_VAGUE_SPEAKER = re.compile(r"(?:he|she|they|it|who|i|we|the \w+(?: \w+)?|his|her|its|their)\Z", re.IGNORECASE)


def _unresolved(attribution: Attribution) -> bool:
    """A speaker that is only a pronoun or a description: code cannot tell who it is."""
    return bool(_VAGUE_SPEAKER.match(fold(attribution.speaker or attribution.speaker_as_written or "it")))


def _speaker_near(names: list[str], place: _Place) -> tuple[int, int] | None:
    """Where one of the names stands in the same or an adjacent sentence, with a reporting word beside it."""
    seen = place.view
    number = seen.sentence_number(place.start)
    last = max(number, seen.sentence_number(max(place.start, place.end - 1)))
    order = [*range(max(0, number), last + 1), last + 1, number - 1]
    for candidate in order:
        if not 0 <= candidate < len(seen.sentences):
            continue
        start, end = seen.sentences[candidate]
        if end - start > 4_000:
            continue
        sentence = seen.folded[start:end]
        outside = (
            sentence if candidate != number else sentence[: place.start - start] + " " + sentence[place.end - start :]
        )
        for name in names:
            match = re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", sentence, re.IGNORECASE)
            if match is None:
                tail = [w for w in licences.words(fold(name)) if w[:1].isupper()][-1:]
                match = re.search(rf"(?<!\w){re.escape(tail[0])}(?!\w)", sentence) if tail else None
            if match and _REPORTING.search(outside if candidate == number else sentence):
                return start + match.start(), start + match.end()
    return None


# ---------------------------------------------------------------- the wording


def _text(draft: Draft, place: _Place, quote: str) -> str:
    """The draft's wording where it only resolves pronouns and short forms; else the quote itself."""
    plain = " ".join(quote.split())
    if draft.text is None:
        return plain
    number = place.view.sentence_number(place.start)
    low = place.view.sentences[max(0, number - LENDING)].start if number >= 0 else 0
    before = (
        place.view.folded[max(low, place.start - 6_000) : place.start].casefold()
        + "\n"
        + place.view.headline.casefold()
    )
    squeezed = " ".join(licences.words(before))

    def occurs(phrase: str) -> bool:
        return re.search(rf"(?<!\w){re.escape(phrase.casefold())}(?!\w)", squeezed) is not None

    return draft.text.strip() if licences.licensed_rewrite(place.quote, fold(draft.text), occurs) else plain
