"""Which piece of a sentence a claim quotes: the smallest that reads alone and says the same."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter

from claims.builtin.clauses import Clause
from claims.builtin.phrases import trim_quote
from claims.grounding.licences import BREAK, negations
from claims.models import Attribution, Span

_start, _end = attrgetter("start"), attrgetter("end")
_SHORTEST = 12  # characters; less than this beside "he said" is a scrap, not a sentence
# What may follow a clause that is quoted without its continuation; a bare "who", "of" or "to" may not.
_CUT_HERE = re.compile(
    r"\s*(?:[,;:.!?)\"-]|(?:and|but|or|nor|so|because|although|though|while|whereas|after|before|when|as|since|until|if|unless)\b|\Z)"
)
# "after the city, which …, joined": what "after" opens goes on behind the relative clause.
_RELATIVE_NEXT = re.compile(r"\s*,\s*(?:which|who|whose|where)\b")
_OPEN_CLAUSE = re.compile(
    r"\b(?:after|before|since|until|as|when|while|because|although"
    r"|if)\s(?:[\w'-]+\s){0,3}[\w'-]+\Z"
)
_SAID_OPENER = re.compile(r"(?:and )?(?:(?:adding|saying|noting|stressing|warning|claiming|stating|arguing) )?that ")


class Quoting:
    """One sentence of a folded text with its clauses and the spans of its reporting cues."""

    def __init__(self, text: str, span: Span, clauses: list[Clause], cues: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.start, self.end = span
        self.clauses = clauses
        self.cues = cues
        self.negated: list[tuple[int, int, str]] | None = None

    def reports(self, clause: Clause) -> bool:
        """Whether the clause's verb is the cue of an attribution: it says who speaks, not what happened."""
        start, end = clause.verb
        for first, last in self.cues:  # noqa: SIM110 - a loop, since it is asked for every clause
            if first < end and start < last:
                return True
        return False

    def bounds(self, attribution: Attribution | None, value: Span) -> Span:
        """The part of the sentence that is said and holds the value, or the sentence."""
        if attribution is None or attribution.stance != "asserts":
            return Span(self.start, self.end)
        for piece in self.pieces(attribution):
            if piece.start <= value.start and value.end <= piece.end:
                return piece
        return Span(self.start, self.end)

    def pieces(self, attribution: Attribution) -> list[Span]:
        """What is said in this sentence, without "he said" in its middle or at its end.

        Where the speaker breaks one sentence in two, the pieces do not read alone: the whole sentence is given.
        """
        start = max(self.start, attribution.content_start or 0)
        end = min(self.end, attribution.content_end or 0)
        whole = attribution.content_parts  # in order and apart from each other
        first, last = bisect_right(whole, self.start, key=_end), bisect_left(whole, self.end, key=_start)
        parts = [Span(max(self.start, part.start), min(self.end, part.end)) for part in whole[first:last]]
        if len(parts) < 2:
            return [self._said(*parts[0])] if parts else [self._said(start, end)]
        pieces = [piece for part in parts if (piece := self._said(*part)).end - piece.start >= _SHORTEST]
        if any(self.text[piece.start].islower() for piece in pieces[1:]):
            return [trim_quote(self.text, start, end)]
        return pieces

    def _said(self, start: int, end: int) -> Span:
        piece = trim_quote(self.text, start, end)
        opener = _SAID_OPENER.match(self.text, piece.start, piece.end)
        return trim_quote(self.text, opener.end(), piece.end) if opener else piece

    def quote(self, clause: Clause | None, value: Span, bounds: Span) -> Span:
        """The smallest piece that reads alone and holds the value: a clause, the clauses up to it, or the bounds."""
        if clause is not None:
            start, end = clause.start, clause.end
            if not clause.alone:
                owner = self._owner(clause)
                start = owner.start if owner is not None else bounds.start
            inside = bounds.start <= start and end <= bounds.end and start <= value.start and value.end <= end
            inside = inside and self.text.count('"', start, end) % 2 == 0
            inside = inside and _CUT_HERE.match(self.text, end, min(self.end, end + 20)) is not None
            inside = inside and not (
                _RELATIVE_NEXT.match(self.text, end, self.end) and _OPEN_CLAUSE.search(self.text, start, end)
            )
            if inside and (clause.alone or owner is not None) and not self.reports(clause):
                return self.unless_governed(trim_quote(self.text, start, end))
        return self.unless_governed(trim_quote(self.text, *bounds))

    def unless_governed(self, quote: Span) -> Span:
        return (
            trim_quote(self.text, self.start, self.end) if quote.start > self.start and self._governed(quote) else quote
        )

    def _owner(self, clause: Clause) -> Clause | None:
        """The clause before that names the subject which this one shares."""
        if not clause.shared:
            return None
        for earlier in reversed(self.clauses[: self.clauses.index(clause)]):
            if earlier.alone and earlier.subject == clause.subject:
                return earlier
            if not (earlier.shared or earlier.relative):
                return None
        return None

    def _governed(self, quote: Span) -> bool:
        """Whether a negation that the quote leaves out bears on it: "no proof that [she was there]"."""
        if self.negated is None:
            self.negated = negations(self.text[self.start : self.end])
        return any(
            self.start + end <= quote.start and not BREAK.search(self.text, self.start + end, quote.start)
            for _, end, _ in self.negated
        )
