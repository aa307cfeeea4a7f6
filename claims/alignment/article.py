"""What alignment reads of one document and its claims. It depends on nothing else, so it is computed once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from claims.alignment.cluster import Key
from claims.alignment.features import Profile, profiles
from claims.alignment.words import Token, inner_names, tokens
from claims.models import Claim, Document, Span
from claims.text.sentences import sentences


@lru_cache(maxsize=1000)
def _tokens(text: str) -> Sequence[Token]:
    """The tokens of a sentence: copies of one text, which follow each other in a story, have them in common."""
    return tokens(text)


class Article:
    """A document with its sentences and their words, each read once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.sentences: Sequence[Span] = sentences(document.text)
        self._words: dict[Span, Sequence[Token]] = {}

    def words(self, span: Span) -> Sequence[Token]:
        """The tokens of a part of the text; their offsets count from its start."""
        found = self._words.get(span)
        if found is None:
            found = self._words[span] = _tokens(self.document.text[span.start : span.end])
        return found

    @cached_property
    def terms(self) -> list[frozenset[str]]:
        """The terms of each sentence."""
        return [frozenset([t[3] for t in self.words(span) if t[3]]) for span in self.sentences]

    @cached_property
    def _names(self) -> frozenset[str]:
        """The words that stand with a capital inside sentences."""
        return frozenset(inner_names(self.document.text))

    def _opens_with_name(self, words: Sequence[Token]) -> bool:
        """The first word of a sentence is written with a capital inside others, too."""
        return bool(words) and words[0].name and words[0].term is not None and words[0].word in self._names

    def sentence_of(self, claim: Claim) -> Span:
        """The sentence that holds the claim's value, else its quote."""
        value = claim.quantity or claim.time
        position = claim.start
        if value is not None and claim.start <= value.start < claim.end:
            position = value.start
        index = bisect_right(self.sentences, (position, len(self.document.text))) - 1
        if index >= 0 and self.sentences[index].start <= position < self.sentences[index].end:
            return self.sentences[index]
        return Span(claim.start, claim.end)

    def around(self, claim: Claim) -> tuple[str, str, str]:
        """The sentence before the one that holds the claim's value, this one, and the one after it."""
        spans, text = self.sentences, self.document.text
        own = self.sentence_of(claim)
        index = bisect_right(spans, (own.start, len(text))) - 1
        if index < 0 or spans[index] != own:
            return "", text[own.start : own.end], ""
        around = [text[slice(*spans[i])] if 0 <= i < len(spans) else "" for i in (index - 1, index, index + 1)]
        return around[0], around[1], around[2]

    def profiles(self, claims: Iterable[Claim]) -> dict[Key, Profile]:
        """One profile for each value that the document states: where several claims hold it, the best of them.

        The best is the one whose own value it is: of a time, an event rather than a figure with a date.
        """
        best: dict[tuple[str, int, int], tuple[bool, str]] = {}
        found: dict[Key, Profile] = {}
        for claim in claims:
            if claim.quantity is None and claim.time is None:
                continue
            span = self.sentence_of(claim)
            words = self.words(span)
            for profile in profiles(claim, self.document, span, words, opens_with_name=self._opens_with_name(words)):
                where = (profile.slot, profile.start, profile.end)
                rank = (profile.slot == "time" and claim.quantity is not None, claim.id)
                if where in best:
                    if best[where] <= rank:
                        continue
                    del found[best[where][1], profile.slot]
                best[where] = rank
                found[claim.id, profile.slot] = profile
        return found
