"""Who says it: attributions of content to speakers in a news text.

A cue ("said", "denied", "according to", "the claim that") proposes a speaker and a content; a small trained model
decides which proposals to believe; then speakers are resolved to the fullest name that the text gives.

    units       sentences, each quotation in them one token        quotes      where quotations begin and end
    candidates  cue → speaker and content                          phrases, subjects, contents: their parts
    scorer      which of them to believe (weights.json)            selection   one for each content
    resolve     whom the speaker's words stand for
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.models import Attribution, Span
from claims.normalisation.names import Name, NameIndex
from claims.text.attribution.lexicon import ASKS, DENIES, DOUBTS
from claims.text.attribution.proposals import Proposal
from claims.text.attribution.resolve import Resolver
from claims.text.attribution.selection import Decoded, decode
from claims.text.attribution.units import read

__all__ = ["find_attributions"]


def find_attributions(
    text: str,
    names: Sequence[Name] | None = None,
    index: NameIndex | None = None,
    *,
    parts: Sequence[Span] | None = None,
) -> list[Attribution]:
    """The attributions of the text, in the order of their cues. Offsets are those of `text`.

    `names`, `index`, `parts`: `find_names(text)` and `NameIndex(names, text)` of `claims.normalisation.names`, and
    `sentences(text)` of `claims.text.sentences`, when the caller has them already.
    A speaker is always words of the text (`speaker_as_written` with its span), or None where nobody is named
    ("it was reported that"); an attribution that the text does not license is left out rather than guessed.
    """
    believed = decode(read(text, parts).units)
    if not believed:
        return []
    resolver = Resolver(text, names, index)
    spoken: dict[Span, str | None] = {}  # cue → speaker as resolved
    cited = {item.proposal.cited for item in believed} - {None}
    said = [item for item in believed if not (len(item.content) == 1 and item.content[0] in cited)]
    return [_attribution(text, item, resolver, spoken) for item in said]


def _attribution(text: str, item: Decoded, resolver: Resolver, spoken: dict[Span, str | None]) -> Attribution:
    proposal = item.proposal
    span = proposal.speaker
    written = proposal.stands_for or span
    who = None if span is None else resolver.speaker(span, proposal.stands_for)
    spoken[proposal.cue] = who.name if who is not None else None
    via = None
    if proposal.via is not None:
        via = resolver.speaker(proposal.via).name
    elif item.outer is not None:
        via = spoken.get(item.outer.proposal.cue)
    if proposal.cited is not None:
        via, written = None if who is None else who.name, proposal.cited
        who = resolver.speaker(proposal.cited)
    return Attribution.made(
        {
            "speaker": None if who is None else who.name,
            "speaker_as_written": None if written is None else text[written.start : written.end],
            "speaker_start": None if written is None else written.start,
            "speaker_end": None if written is None else written.end,
            "role": None if who is None else who.role,
            "cue": text[proposal.cue.start : proposal.cue.end],
            "cue_start": proposal.cue.start,
            "cue_end": proposal.cue.end,
            "direct": proposal.candidate.direct,
            "content_start": item.content[0].start,
            "content_end": item.content[-1].end,
            "content_parts": item.content if len(item.content) > 1 else (),
            "stance": stance(proposal),
            "via": None if who is not None and via == who.name else via,
        }
    )


def stance(proposal: Proposal) -> str:
    """What the speaker does with the content: asserts, denies, doubts or asks."""
    candidate = proposal.candidate
    lemma = candidate.cue_word.lemma
    negated = "n" in candidate.subject.helpers
    if candidate.frame == "wh" and (lemma in ASKS or candidate.subject.chain in _WITHHOLDS):
        return "asks"
    if lemma in DENIES:
        return "doubts" if negated else "denies"
    if negated:
        return "denies" if candidate.cue_word.family == "think.believe" else "doubts"
    if lemma in DOUBTS or candidate.subject.chain in _WITHHOLDS:
        return "doubts"
    return "asks" if lemma in ASKS else "asserts"


_WITHHOLDS = frozenset(("refuse", "decline", "fail"))
