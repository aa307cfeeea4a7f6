"""The fields and the wording of a draft: names, numbers and roles that the text licenses."""

from __future__ import annotations

import re

from claims.grounding import licences
from claims.grounding.place import BUILTIN, Place, Refused, nearby
from claims.models import Attribution, Draft
from claims.normalisation.names import same_name
from claims.text.characters import fold

LENDING = 4  # sentences before the quote that may give the name for a pronoun


def check_fields(draft: Draft, place: Place, attribution: Attribution | None) -> None:
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
                raise Refused(
                    "number", f"The {field} {value!r} has a number ({number:g}) that the quote does not give."
                )
        for word in licences.names_in_words(folded):
            if licences.bare(word) in have:
                continue
            if lent is None:
                lent = {licences.bare(w) for w in licences.words(nearby(place) + "\n" + place.view.headline)}
            if licences.bare(word) not in lent and not _month_of(word, place) and not _spelled_otherwise(word, place):
                raise Refused(
                    "name", f"The {field} {value!r} names {word!r}, which stands neither in the quote nor near it."
                )
    _check_roles(draft, place)


def _licensed_numbers(place: Place) -> set[float]:
    return licences.numbers(place.quote) | licences.values_of(place.quantities) | licences.values_of_times(place.times)


_MONTHS = "january february march april may june july august september october november december".split()


def _month_of(word: str, place: Place) -> bool:
    days = [day for time in place.times for day in (time.earliest, time.latest) if day]
    return any(_MONTHS[day.month - 1] == word.casefold() for day in days)


def _spelled_otherwise(word: str, place: Place) -> bool:
    near = place.view.folded[max(0, place.start - 2_000) : place.end + 1_000]
    return any(same_name(word, other) for other in set(licences.names_in_words(near)))


_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|got)\b[^,;.]{0,40}?\b\w+(?:ed|en|wn|ne|ght|ld|de|ut"
    r"|t)\b[^;.]{0,80}\bby\b"
)


def _check_roles(draft: Draft, place: Place) -> None:
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
        raise Refused("roles", f"The quote does not say that {draft.subject!r} did this to {draft.object!r}.")


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


def _figures(text: str) -> set[str]:
    return set(_DIGITS.findall(text))


_DIGITS = re.compile("[0-9]+")


def wording_of(draft: Draft, place: Place, quote: str) -> str:
    """The draft's wording where it only resolves pronouns and short forms; else the quote itself."""
    plain = place.view.words(place.start, place.end)
    if draft.text is None or not _figures(draft.text) <= _figures(quote):
        return plain  # a name with a figure in it brings one that the quote does not license
    number = place.view.sentence_number(place.start)
    low = place.view.sentences[max(0, number - LENDING)].start if number >= 0 else 0
    before = (
        place.view.folded[max(low, place.start - 6_000) : place.start].casefold()
        + "\n"
        + place.view.headline.casefold()
    )
    squeezed = " ".join(licences.words(before))

    def occurs(phrase: str) -> bool:
        return _stands_in(phrase.casefold(), squeezed)

    return draft.text.strip() if licences.licensed_rewrite(place.quote, fold(draft.text), occurs) else plain


def _stands_in(phrase: str, text: str) -> bool:
    """Whether the phrase stands in the text with no letter or digit beside it."""
    at = text.find(phrase)
    while at >= 0:
        end = at + len(phrase)
        if not _is_word(text[at - 1 : at]) and not _is_word(text[end : end + 1]):
            return True
        at = text.find(phrase, at + 1)
    return False


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"
