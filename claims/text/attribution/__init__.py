"""Who says it: attributions of content to speakers in a news text.

A cue ("said", "denied", "according to", "the claim that") proposes a speaker and a content; a small trained model
decides which proposals to believe; then speakers are resolved to the fullest name that the text gives.
"""

from __future__ import annotations

from claims.models import Attribution
from claims.text.attribution.lexicon import ASKS, DENIES, DOUBTS
from claims.text.attribution.proposals import Proposal, propose
from claims.text.attribution.selection import Decoded, decode

__all__ = ["find_attributions"]


def find_attributions(text: str) -> list[Attribution]:
    """The attributions of the text, in the order of their cues. Offsets are those of `text`.

    A speaker is always words of the text (`speaker_as_written` with its span), or None where nobody is named
    ("it was reported that"); an attribution that the text does not license is left out rather than guessed.
    """
    _, found = propose(text)
    return [_attribution(text, item) for item in decode(found)]


def _attribution(text: str, item: Decoded) -> Attribution:
    proposal = item.proposal
    speaker = proposal.speaker
    written = None if speaker is None else text[speaker.start : speaker.end]
    return Attribution(
        speaker=written,
        speaker_as_written=written,
        speaker_start=None if speaker is None else speaker.start,
        speaker_end=None if speaker is None else speaker.end,
        cue=text[proposal.cue.start : proposal.cue.end],
        cue_start=proposal.cue.start,
        cue_end=proposal.cue.end,
        direct=proposal.candidate.direct,
        content_start=item.content[0].start,
        content_end=item.content[-1].end,
        stance=_stance(proposal),
    )


def _stance(proposal: Proposal) -> str:
    lemma = proposal.candidate.cue_word.lemma
    if lemma in DENIES:
        return "denies"
    if lemma in DOUBTS:
        return "doubts"
    if lemma in ASKS:
        return "asks"
    return "asserts"
