"""Claims of a document without a model: quantities, dated events, statements, ranks and roles.

Every quote is a piece of a body sentence that reads alone; every field is words of the text. What each sentence says is
taken from its clauses (`clauses`), its figures and times (`claims.normalisation`) and its speakers
(`claims.text.attribution`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter

from claims.builtin.attributes import attribute_drafts
from claims.builtin.clauses import Clause, clauses
from claims.builtin.phrases import counted, noun_phrase_after, place_in, trim_quote
from claims.builtin.quoting import Quoting
from claims.builtin.reference import Referents, refers
from claims.builtin.tokens import Tokens, tokenise
from claims.builtin.verbs import verb_groups
from claims.grounding.view import DocumentView, view
from claims.models import (
    Attribution,
    ClaimKind,
    Document,
    Draft,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    Span,
    TimeRef,
)
from claims.text.lexicon import REPORTING

EXTRACTOR = "builtin"
_start, _end = attrgetter("start"), attrgetter("end")
_MAX_SENTENCE = 4_000  # characters; a longer "sentence" is no prose, and its claims would be no claims
_IF = re.compile(r"\b(?:if|unless|would have|would like)\b", re.IGNORECASE)
_FEWEST = 6  # tokens; a shorter sentence without figure, date or speaker says nothing to compare
_EMPTY_SUBJECTS = frozenset("it there this that what which who he she they we i you these those".split())


def extract(document: Document) -> list[Draft]:
    """The drafts of a document, in order of appearance. Deterministic; linear in the length of the text."""
    seen = view(document)
    referents = Referents(seen)
    drafts: list[Draft] = []
    # One step for all sentences, then the next one: a part of the code at a time, which the processor holds at hand.
    spans = [span for span in seen.sentences if span.end - span.start <= _MAX_SENTENCE]
    tokens = [tokenise(seen.folded, *span) for span in spans]
    groups = [verb_groups(words) for words in tokens]
    parts = [clauses(words, verbs, span.start) for words, verbs, span in zip(tokens, groups, spans, strict=True)]
    sentences = [_Sentence(seen, *read, referents) for read in zip(spans, tokens, parts, strict=True)]
    for find in (_Sentence.find_quantities, _Sentence.find_statements, _Sentence.find_events):
        for sentence in sentences:
            find(sentence)
    for sentence in sentences:
        drafts.extend(sentence.drafts)
    drafts.extend(attribute_drafts(seen))
    return sorted(drafts, key=lambda draft: draft.start or 0)


class _Sentence(Quoting):
    """One sentence with its clauses, figures, times and speakers."""

    def __init__(
        self, seen: DocumentView, span: Span, tokens: Tokens, clauses: list[Clause], referents: Referents
    ) -> None:
        self.seen = seen
        self.referents = referents
        quantities, times = seen.figures_in(*span)
        self.quantities = [q for q in quantities if span.start <= q.start and q.end <= span.end]
        self.times = [t for t in times if span.start <= t.start and t.end <= span.end]
        self.attributions = seen.attributions_of(*span)
        self.tokens = tokens
        super().__init__(seen.folded, span, clauses, seen.cues_in(*span))
        self.drafts: list[Draft] = []
        self.counted: set[tuple[int, int]] = set()  # clause (start of its verb) and quote of claims with a figure
        self.told: set[int] = set()  # verbs of clauses that are claims already
        self.dated: set[tuple[int, int]] = set()  # clause and time that a claim carries already
        self.places: dict[int, str | None] = {}
        self.refers = refers(self.tokens)
        self.reporting = [self.reports(clause) for clause in self.clauses]

    def find_quantities(self) -> None:
        """The claims of its figures."""
        for quantity in self.quantities:
            if not self._anaphoric(quantity):
                self.drafts.append(self._quantity(quantity))

    def find_statements(self) -> None:
        """What others say in it; after its figures, which may tell the same."""
        self.drafts += self._statements()

    def find_events(self) -> None:
        """What else it tells; after its statements. A sentence that states anything yields at least one claim."""
        self.drafts += self._events()
        if not self.drafts and self.clauses and len(self.tokens.lows) >= _FEWEST:
            self.drafts.append(self._event(self.clauses[0], None, self._attribution(*self.clauses[0].verb)))

    # -------------------------------------------------------- what belongs to what

    def _attribution(self, start: int, end: int) -> Attribution | None:
        """The innermost attribution whose content holds [start, end)."""
        for attribution in self.attributions:
            if self.seen.holds(attribution, start, end):
                return attribution
        return None

    def _clause(self, start: int, end: int) -> Clause | None:
        """The clause that holds [start, end): the narrowest, or the last that begins before it."""
        holding = [c for c in self.clauses if c.start <= start and end <= c.end]
        if holding:
            return min(holding, key=lambda c: c.end - c.start)
        before = [c for c in self.clauses if c.start <= start]
        if before:
            return before[-1]
        # what stands before every verb that was found is no part of a relative clause or of "he said"
        return next((c for n, c in enumerate(self.clauses) if not c.relative and not self.reporting[n]), None)

    # -------------------------------------------------------- fields

    def _words(self, span: Span | None) -> str | None:
        return self.seen.words(*span) if span is not None and span[1] > span[0] else None

    def _place(self, clause: Clause | None) -> str | None:
        if clause is None:
            return None
        if clause.verb.start not in self.places:
            self.places[clause.verb.start] = place_in(self.tokens, clause, self.seen.text)
        return self.places[clause.verb.start]

    def _draft(
        self,
        kind: ClaimKind,
        quote: Span,
        *,
        subject: Span | None,
        predicate: str | None,
        object: str | None,
        quantity: Quantity | None = None,
        time: TimeRef | None = None,
        place: str | None = None,
        polarity: Polarity = Polarity.ASSERTED,
        modality: Modality = Modality.ACTUAL,
        attribution: Attribution | None = None,
    ) -> Draft:
        named = self.referents.name_for(subject, attribution) if subject is not None else None
        published = self.seen.published_at
        coming = time is not None and published is not None and time.earliest is not None and time.earliest > published
        if coming and modality is Modality.ACTUAL:
            modality = Modality.PLANNED  # "takes office on 15 January"
        return Draft.made(
            {
                "quote": self.seen.text[quote.start : quote.end],
                "kind": kind,
                "text": self.referents.rewrite(quote, attribution) if self.refers else None,
                "start": quote.start,
                "subject": named or self._words(subject),
                "predicate": predicate,
                "object": object,
                "quantity": quantity,
                "time": time,
                "place": place,
                "polarity": polarity,
                "modality": modality,
                "attribution": attribution,
                "attributes": {},
                "extractor": EXTRACTOR,
            }
        )

    # -------------------------------------------------------- quantities

    def _quantity(self, quantity: Quantity) -> Draft:
        value = Span(quantity.start, quantity.end)
        attribution = self._attribution(*value)
        clause = self._clause(*value)
        if clause is not None and self.reports(clause) and attribution is None:
            clause = None
        quote = self.quote(clause, value, self.bounds(attribution, value))
        subject: Span | None = None
        predicate = object_ = None
        polarity, modality = Polarity.ASSERTED, Modality.ACTUAL
        if clause is not None:
            subject, polarity, modality = clause.subject, clause.polarity, clause.modality
            predicate, object_ = self._words(clause.verb), self._words(clause.object)
            if subject is not None and subject.start <= value.start < subject.end:
                subject = self._measured(quantity, subject)
        if subject is None:
            subject = noun_phrase_after(self.tokens, quantity.end)
        if quantity.of is None and quantity.unit is None and quantity.kind in (QuantityKind.COUNT, QuantityKind.SHARE):
            of = counted(self.tokens, quantity)
            if of is not None:
                quantity = quantity.model_copy(update={"of": self._words(of)})
        time = self._time_of(clause, quote, value)
        if clause is not None:
            self.counted.add((clause.verb.start, quote.start))
            self.told.add(clause.verb.start)
            if time is not None:
                self.dated.add((clause.verb.start, time.start))
        return self._draft(
            ClaimKind.QUANTITY,
            quote,
            subject=subject,
            predicate=predicate,
            object=object_,
            quantity=quantity,
            time=time,
            place=self._place(clause),
            polarity=polarity,
            modality=self._doubt(attribution, modality),
            attribution=attribution,
        )

    def _anaphoric(self, quantity: Quantity) -> bool:
        """Whether the figure counts nothing: "the two countries" points at known ones, "one of them" at any."""
        if quantity.kind is not QuantityKind.COUNT:
            return False
        if quantity.value == 1:
            return self.text.startswith(" of ", quantity.end) or quantity.as_written.lower().endswith(" of")
        if quantity.value != 2:
            return False
        before = self.text[max(self.start, quantity.start - 7) : quantity.start].lower().split()
        return bool(before) and before[-1] in ("the", "these", "those", "its", "their", "his", "her", "our", "these")

    def _measured(self, quantity: Quantity, subject: Span) -> Span:
        """The subject without its figure: "voters" of "more than 90% of voters"."""
        starts = self.tokens.starts
        before = self.tokens.tags[bisect_left(starts, subject.start) : bisect_left(starts, quantity.start)]
        if any(tag in "NOI" for tag in before):
            return subject  # "a jet carrying 166 people" is not its passengers
        after = noun_phrase_after(self.tokens, quantity.end, limit=subject.end)
        return after if after is not None else subject

    def _time_of(self, clause: Clause | None, quote: Span, value: Span) -> TimeRef | None:
        """The time that a figure is stated for: the nearest in its clause, else one that opens the quote.

        A time in brackets belongs to figures in the same brackets only, and a time that is the figure to none.
        """
        found = [
            t
            for t in self.times
            if quote.start <= t.start
            and t.end <= quote.end
            and (t.end <= value.start or t.start >= value.end)
            and self._bracket(t.start) == self._bracket(value.start)
        ]
        if not found or clause is None:
            return found[0] if len(found) == 1 else None
        inside = [t for t in found if clause.start <= t.start and t.end <= clause.end]
        if inside:
            return min(inside, key=lambda t: abs(t.start - value.start))
        opening = [t for t in found if t.end <= self.clauses[0].verb.start]
        return opening[0] if opening else None

    def _bracket(self, position: int) -> int:
        """Where the bracket opens that is open at the position; -1 outside brackets."""
        opened = self.text.rfind("(", self.start, position)
        return opened if opened >= 0 and self.text.find(")", opened, position) < 0 else -1

    def _doubt(self, attribution: Attribution | None, modality: Modality) -> Modality:
        if (
            modality is Modality.CONDITIONAL
            and attribution is not None
            and not _IF.search(self.text, self.start, self.end)
        ):
            return Modality.PLANNED  # "said it would close" reports "it will close"
        if attribution is not None and attribution.stance in ("doubts", "asks") and modality is Modality.ACTUAL:
            return Modality.POSSIBLE
        return modality

    # -------------------------------------------------------- events

    def _events(self) -> Iterator[Draft]:
        dated: list[list[TimeRef]] = [[] for _ in self.clauses]
        for time in self.times:
            number = self._dates(time)
            if number is None:
                yield self._event(None, time, self._attribution(time.start, time.end))
            else:
                dated[number].append(time)
        for number, clause in enumerate(self.clauses):
            attribution = self._attribution(*clause.verb)
            for time in dated[number]:
                if (clause.verb.start, time.start) in self.dated:
                    continue
                yield self._event(clause, time, attribution or self._attribution(time.start, time.end))
            if dated[number] or self.reporting[number] or not self._worth(clause):
                continue
            if attribution is None or (clause.verb.start not in self.told and (clause.alone or clause.shared)):
                yield self._event(clause, None, attribution)

    def _dates(self, time: TimeRef) -> int | None:
        """The number of the clause that the time dates: the narrowest around it, else the main clause it opens."""
        said = self._attribution(time.start, time.end) is not None
        best: int | None = None
        for number, clause in enumerate(self.clauses):
            if clause.start <= time.start and time.end <= clause.end and not (said and self.reporting[number]):
                size = clause.end - clause.start
                if best is None or size < self.clauses[best].end - self.clauses[best].start:
                    best = number
        if best is not None:
            return best
        free = [n for n, c in enumerate(self.clauses) if not self.reporting[n]]
        main = [n for n in free if not (self.clauses[n].relative or self.clauses[n].subordinate)]
        return next(iter(main or free), 0 if self.clauses else None)

    def _worth(self, clause: Clause) -> bool:
        """Whether an undated clause states something that another source could state too."""
        if self.quantities and any(clause.start <= q.start and q.end <= clause.end for q in self.quantities):
            return False  # its figure is a claim of its own
        if clause.subject is None or clause.relative or clause.within or clause.head in REPORTING:
            return False
        subject = self.text[clause.subject.start : clause.subject.end].lower()
        if subject in _EMPTY_SUBJECTS and self.referents.name_for(clause.subject, None) is None:
            return False
        return clause.object is not None or clause.passive or clause.verb.end - clause.verb.start > 3

    def _event(self, clause: Clause | None, time: TimeRef | None, attribution: Attribution | None) -> Draft:
        value = (
            Span(time.start, time.end) if time is not None else (clause.verb if clause else Span(self.start, self.end))
        )
        quote = self.quote(clause, value, self.bounds(attribution, value))
        subject: Span | None = None
        predicate = object_ = place = None
        polarity, modality = Polarity.ASSERTED, Modality.ACTUAL
        named = self._dated_noun(clause, time) if time is not None else None
        if named is not None:
            subject = named
        elif clause is not None:
            subject, polarity, modality = clause.subject, clause.polarity, clause.modality
            predicate, object_ = self._words(clause.verb), self._words(clause.object)
            place = self._place(clause)
        return self._draft(
            ClaimKind.EVENT if attribution is None or time is not None else ClaimKind.STATEMENT,
            quote,
            subject=subject,
            predicate=predicate,
            object=object_,
            time=time,
            place=place,
            polarity=polarity,
            modality=self._doubt(attribution, modality),
            attribution=attribution,
        )

    def _dated_noun(self, clause: Clause | None, time: TimeRef) -> Span | None:
        """The noun that the time dates, if not the clause: "the May 3 vote", "After a meeting on Monday, …"."""
        if self._modifies(time):
            return noun_phrase_after(self.tokens, time.end)
        if clause is None or clause.subject is None or time.start >= clause.subject.start:
            return None
        starts = self.tokens.starts
        first, last = bisect_left(starts, clause.start), bisect_left(starts, time.start)
        opener = self.tokens.lows[first] if last - first >= 3 else ""
        if opener not in ("after", "before", "following", "during", "since", "ahead"):
            return None
        first += 1
        while last > first and self.tokens.tags[last - 1] in "PD,":
            last -= 1
        return self.tokens.span(first, last - 1) if last > first else None

    def _modifies(self, time: TimeRef) -> bool:
        """Whether the time stands inside a noun phrase: "the September 25 vote", "Monday's attack"."""
        tokens = self.tokens
        before, after = bisect_right(tokens.ends, time.start) - 1, bisect_left(tokens.starts, time.end)
        if after == len(tokens.lows) or tokens.tags[after] not in "NsbI" or tokens.uppers[after]:
            return False
        return (before >= 0 and tokens.tags[before] in "DO") or self.text[time.end - 2 : time.end] in ("'s", "s'")

    # -------------------------------------------------------- statements

    def _statements(self) -> Iterator[Draft]:
        for attribution in self.attributions:
            for piece in self.pieces(attribution):
                draft = self._statement(attribution, piece) if piece.end - piece.start >= 4 else None
                if draft is not None:
                    yield draft

    def _statement(self, attribution: Attribution, piece: Span) -> Draft | None:
        inside = [
            c for n, c in enumerate(self.clauses)
            if piece.start <= c.verb.start
            and c.verb.end <= piece.end
            and (not self.reporting[n] or not self._own_cue(c, attribution))
        ]  # fmt: skip
        whole = attribution.stance != "asserts" or not inside or piece.end - piece.start < 15
        quote = self.unless_governed(self._with_speaker(attribution, piece) if whole else piece)
        if not inside:
            speaker = self._speaker_span(attribution)
            return self._draft(
                ClaimKind.STATEMENT,
                quote,
                subject=speaker,
                predicate=attribution.cue,
                object=self._words(piece),
                polarity=Polarity.NEGATED if attribution.stance == "denies" else Polarity.ASSERTED,
                modality=self._doubt(attribution, Modality.ACTUAL),
                attribution=attribution,
            )
        clause = next((c for c in inside if c.alone), inside[0])
        polarity = clause.polarity
        if attribution.stance == "denies":
            polarity = Polarity.ASSERTED if polarity is Polarity.NEGATED else Polarity.NEGATED
        if (clause.verb.start, quote.start) in self.counted and attribution.stance == "asserts":
            return None  # the claim with the figure says it, speaker included
        times = [
            t
            for t in self.times
            if quote.start <= t.start and t.end <= quote.end and clause.start <= t.start and t.end <= clause.end
        ]
        self.told.add(clause.verb.start)
        if times:
            self.dated.add((clause.verb.start, times[0].start))
        return self._draft(
            ClaimKind.STATEMENT,
            quote,
            subject=clause.subject,
            predicate=self._words(clause.verb),
            object=self._words(clause.object),
            time=times[0] if times else None,
            place=self._place(clause),
            polarity=polarity,
            modality=self._doubt(attribution, clause.modality),
            attribution=attribution,
        )

    def _own_cue(self, clause: Clause, attribution: Attribution) -> bool:
        start, end = attribution.cue_start, attribution.cue_end
        return start is not None and end is not None and start < clause.verb.end and clause.verb.start < end

    def _speaker_span(self, attribution: Attribution) -> Span | None:
        start, end = attribution.speaker_start, attribution.speaker_end
        if start is None or end is None or not (self.start <= start and end <= self.end):
            return None
        return Span(start, end)

    def _with_speaker(self, attribution: Attribution, piece: Span) -> Span:
        """The piece together with its cue and speaker, as far as they stand in this sentence."""
        start, end = piece
        for first, last in (
            (attribution.cue_start, attribution.cue_end),
            (attribution.speaker_start, attribution.speaker_end),
        ):
            if first is not None and last is not None and self.start <= first and last <= self.end:
                start, end = min(start, first), max(end, last)
        return trim_quote(self.text, start, end)
