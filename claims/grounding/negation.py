"""Negation and modality: neither may be lost between the text, the quote and the draft."""

from __future__ import annotations

import re

from claims.grounding import licences
from claims.grounding.place import BUILTIN, Place, Refused
from claims.models import Attribution, Draft, Modality, Polarity
from claims.text.characters import fold


def check_left_out(place: Place) -> None:
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
                raise Refused(
                    "negation",
                    f"The quote leaves out the negation before it: “{before[_word_start(before, end) :].strip()}”.",
                )


def _word_start(text: str, end: int) -> int:
    return max(text.rfind(" ", 0, max(0, end - 1)) + 1, 0)


def polarity_of(draft: Draft, place: Place, attribution: Attribution | None) -> Polarity:
    denied = attribution is not None and attribution.stance == "denies"
    if draft.extractor == BUILTIN and draft.text is None and draft.polarity is Polarity.ASSERTED and not denied:
        return draft.polarity
    cues = licences.negations(place.quote)
    if draft.polarity is Polarity.NEGATED:
        if not cues and not denied:
            raise Refused("negation", "The draft denies what the quote asserts: the quote holds no negation.")
        return Polarity.NEGATED
    if (
        draft.text is not None
        and not denied
        and not licences.same_negations(place.quote, fold(draft.text))
        and not _only_outside(cues, place, fold(draft.text))
    ):
        raise Refused("negation", "The draft's wording has not the same negations as its quote.")
    said = fold(" ".join(part for part in (draft.subject, draft.predicate, draft.object) if part))
    if denied and not licences.negations(said):
        return Polarity.NEGATED
    if cues and draft.extractor != BUILTIN and _governs(cues, place, draft):
        return Polarity.NEGATED
    return draft.polarity


def _only_outside(cues: list[tuple[int, int, str]], place: Place, text: str) -> bool:
    """Whether every cue that the rewrite lacks stands outside the part of the quote that the rewrite repeats."""
    kept = text.strip(" .\"'").casefold()
    at = place.quote.casefold().find(kept) if len(kept) > 20 else -1
    if at < 0:
        return False
    before = [end for _, end, _ in cues if end <= at]
    return not any(not licences.BREAK.search(place.quote[end:at]) for end in before)


def _governs(cues: list[tuple[int, int, str]], place: Place, draft: Draft) -> bool:
    """Whether a negation of the quote bears on the draft's predicate: it stands before it with no clause between."""
    predicate = fold(draft.predicate or "").casefold().split()
    if not predicate or licences.negations(" ".join(predicate)):
        return bool(predicate)
    quote = place.quote.casefold()
    at = next((m.start() for word in reversed(predicate) if (m := re.search(rf"\b{re.escape(word)}\b", quote))), -1)
    if at < 0:
        return False
    return any(end <= at and not licences.BREAK.search(place.quote[end:at]) for _, end, _ in cues)


_MODALS = (
    (Modality.CONDITIONAL, re.compile(r"\A(?:if|unless|provided)\b|\b(?:would|should)\b", re.IGNORECASE)),
    (Modality.POSSIBLE, re.compile(r"\b(?:may|might|could|possibly|perhaps)\b", re.IGNORECASE)),
    (
        Modality.PLANNED,
        re.compile(r"\b(?:will|shall|won't|(?:plan|expect|schedul|intend|due|set)\w* to)\b|'ll\b", re.IGNORECASE),
    ),
    (Modality.REPORTED, re.compile(r"\b(?:allegedly|reportedly|purportedly)\b", re.IGNORECASE)),
)
_REACH = 24  # characters before the predicate in which its auxiliaries stand


def modality_of(draft: Draft, place: Place) -> Modality:
    """The draft's modality; "actual" gives way to the auxiliaries of its predicate: "may close" is possible."""
    if draft.extractor == BUILTIN or draft.modality is not Modality.ACTUAL or not draft.predicate:
        return draft.modality
    predicate = fold(draft.predicate)
    at = place.quote.casefold().find(predicate.casefold())
    if at < 0:
        return draft.modality
    before = place.quote[max(0, at - _REACH) : at]
    breaks = [match.end() for match in licences.BREAK.finditer(before)]
    words = before[breaks[-1] if breaks else 0 :] + predicate
    if at <= _REACH and place.quote[:2].lower() == "if":
        return Modality.CONDITIONAL
    return next((modality for modality, cue in _MODALS if cue.search(words)), draft.modality)
