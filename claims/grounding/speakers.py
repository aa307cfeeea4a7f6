"""Who says it: a statement of one speaker is never given to another."""

from __future__ import annotations

import re

from claims.grounding import licences
from claims.grounding.place import Place, Refused, nearby
from claims.models import Attribution, ClaimKind, Draft
from claims.normalisation.names import same_name
from claims.text.characters import fold

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


def attribution_of(draft: Draft, place: Place) -> Attribution | None:
    seen = place.view
    touching = seen.attributions_of(place.start, place.end)
    wanted = draft.attribution
    if wanted is None or not (wanted.speaker or wanted.speaker_as_written):
        if draft.kind is ClaimKind.ATTRIBUTE:
            return None
        return next((a for a in touching if _covers(a, place)), None)
    if wanted.cue_start is not None:
        for attribution in touching:
            if attribution.cue_start == wanted.cue_start and attribution.content_start == wanted.content_start:
                return attribution
    covering = [a for a in touching if _covers(a, place)]
    names = [name for name in (wanted.speaker, wanted.speaker_as_written) if name]
    for attribution in covering:
        if _same_speaker(names, attribution):
            return attribution
    shown = names[0]
    named = [a for a in covering if a.speaker or a.speaker_as_written]
    if named and not all(_unresolved(a) for a in named):
        raise Refused(
            "speaker",
            f"The text gives these words to {named[0].speaker or named[0].speaker_as_written!r}, not to {shown!r}.",
        )
    at = _speaker_near(names, place)
    if at is None:
        raise Refused(
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
        cue=wanted.cue if wanted.cue and wanted.cue.casefold() in nearby(place).casefold() else None,
        direct=wanted.direct,
        content_start=place.start,
        content_end=place.end,
        stance="asserts",
    )


def _covers(attribution: Attribution, place: Place) -> bool:
    """Whether most of the quote's or the content's characters are shared: the quote is what is said."""
    first, last = attribution.content_start or 0, attribution.content_end or 0
    shared = 0
    for start, end in attribution.content_parts or ((first, last),):
        shared += max(0, min(end, place.end) - max(start, place.start))
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


def _speaker_near(names: list[str], place: Place) -> tuple[int, int] | None:
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
