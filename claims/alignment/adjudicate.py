"""Pairs of claims that a second reader may judge, and what its verdicts change. Pure: no model is called here.

Two sorts of pairs are questions. *Slots*: two figures or two times whose score of being one fact lies in a band around
the threshold. *Statements*: what linked articles say of one subject, where one denies, negates or reverses what the
other asserts. Of slots a verdict tells only whether they are one fact, and `compare` tells the relation, as before. Of
statements it tells the relation as well, and nothing of it counts unless the words that it rests on stand in the texts.
"""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from claims.alignment import polarity, score
from claims.alignment.compare import Verdict
from claims.alignment.opposites import OPPOSED_TERMS
from claims.alignment.rarity import Rarity
from claims.alignment.words import light, tokens
from claims.models import Claim, ClaimKind, Frozen, Polarity, RelationKind
from claims.normalisation.names import name_key, same_name
from claims.text.characters import fold, visible

if TYPE_CHECKING:
    from claims.alignment.align import Aligner

STATEMENT = "statement"
RULE = "adjudicated"
# How far from the threshold a score may lie, as a share of the way to 0 or to 1, to count as undecided.
BAND = 0.5
# The score of a pair that the second reader takes for one fact, and of one that it does not.
ONE_FACT, NOT_ONE_FACT = 0.99, 0.0
# A subject that more claims share tells nothing, and would cost their square.
_MOST_PER_SUBJECT = 300
# How much a verdict may change where the words alone say that one gainsays the other.
_IN_WORDS = 0.95
# Days between two statements beyond which one that reverses the other is a change, not a contradiction.
_ONE_STAGE = 3
_LONGEST_REASON = 300  # characters
LONGEST_SENTENCE = 900
_LONGEST_QUOTE = 400


class Answer(BaseModel):
    """How two passages stand to each other. First the words that decide, then the verdict."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quote_a: str = Field(description="The words of A that decide, copied exactly; empty if none do.")
    quote_b: str = Field(description="The words of B that decide, copied exactly; empty if none do.")
    reason: str = Field(description="Why, in one short sentence.")
    same_fact: Literal["yes", "no", "undecidable"] = Field(description="Whether A and B are about the same fact.")
    relation: Literal["agree", "conflict", "update", "different_scope", "different_speaker_view", "unrelated"]


class Side(Frozen):
    """What the second reader sees of one claim. All of it stands in the article or is known of it."""

    source: str | None
    published: str | None  # ISO date
    headline: str | None
    before: str  # the sentence before
    sentence: str
    after: str
    statement: str  # the words of the claim
    speaker: str | None
    value: str | None  # the figure or time in question, as written; None for a statement


class Question(NamedTuple):
    """A pair to be judged. `a` < `b` are claim ids; `shown` are their sides, the earlier article's first."""

    a: str
    b: str
    slot: str  # quantity, time or statement
    promise: float  # in (0, 1]: how much a verdict may change
    shown: tuple[str, str]  # claim ids of A and B as shown
    sides: tuple[Side, Side]

    def key(self, config: str) -> str:
        """Names the question by its content, under the model, prompt and schema that `config` stands for."""
        content = [config, self.slot, *(side.model_dump(mode="json") for side in self.sides)]
        return sha256(json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:32]


class Reading(Frozen):
    """An accepted verdict. `quotes` are the words that decide, as the articles of claims `a` and `b` have them."""

    a: str
    b: str
    slot: str
    same_fact: str
    relation: RelationKind
    reason: str
    quotes: tuple[str, str]
    reader: str  # name of the model


Readings = Mapping[tuple[str, str, str], Reading]
"""(claim a, claim b, slot) → the verdict on them."""

Answers = Mapping[str, Mapping[str, tuple[Answer, str]]]
"""Configuration → key of a question → (the answer that was accepted, the model that gave it)."""


def decides(reading: Reading | None) -> bool:
    """There is a verdict, and it says yes or no."""
    return reading is not None and reading.same_fact != "undecidable"


def readings_of(asked: Iterable[Question], answers: Answers) -> Readings:
    """The verdicts that `answers` hold on the questions, each checked once more."""
    found: dict[tuple[str, str, str], Reading] = {}
    for question in asked:
        for config in sorted(answers):
            answer = answers[config].get(question.key(config))
            reading = read(question, *answer) if answer is not None else None
            if isinstance(reading, Reading):
                found[question.a, question.b, question.slot] = reading
    return found


def read(question: Question, answer: Answer, reader: str) -> Reading | str:
    """The verdict that an answer gives, or why it is rejected.

    A verdict of one fact needs the words that decide, found in the passage of each side, and of values more than the
    value; any quote must be found.
    """
    found: dict[str, str] = {}
    for name, claim, side, quote in zip(
        "AB", question.shown, question.sides, (answer.quote_a, answer.quote_b), strict=True
    ):
        located = locate(quote, side)
        if located is None and quote.strip():
            return f"the words {shortened(quote, 80)!r} do not stand in passage {name}"
        if located is None and answer.same_fact == "yes":
            return f"no words of passage {name} are given for it"
        if answer.same_fact == "yes" and side.value is not None and _bare(located or "", side.value):
            return f"of passage {name} it gives the value alone, which does not show what it is the value of"
        found[claim] = located or ""
    relation = RelationKind(answer.relation)
    if answer.same_fact == "yes" and relation in (RelationKind.UNRELATED, RelationKind.DIFFERENT_SCOPE):
        return f"it contradicts itself: one fact, and yet {relation.value}"
    return Reading(
        a=question.a,
        b=question.b,
        slot=question.slot,
        same_fact=answer.same_fact,
        relation=relation,
        reason=shortened(answer.reason, _LONGEST_REASON),
        quotes=(found[question.a], found[question.b]),
        reader=reader,
    )


def locate(quote: str, side: Side) -> str | None:
    """The words of `quote` as the passage has them; spaces, case and the style of marks do not count."""
    words = fold(quote[: _LONGEST_QUOTE + 1]).strip(" \n\"'.…,;:").split()
    if not words or len(quote) > _LONGEST_QUOTE or not any(c.isalnum() for word in words for c in word):
        return None
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)
    for text in (side.sentence, side.statement, side.before, side.after):
        match = pattern.search(fold(text))
        if match is not None:
            return text[match.start() : match.end()]
    return None


def _bare(quote: str, value: str) -> bool:
    """The words are those of the value, and at most some that say nothing."""
    told = {t.word.casefold() for t in tokens(value)}
    return all(t.term is None or light(t.term) or t.word.casefold() in told for t in tokens(quote))


def judged(decision: score.Decision, reading: Reading) -> score.Decision:
    """The score of a pair of slots after a verdict: one fact, not one fact, or as it was."""
    if reading.same_fact == "yes":
        return score.Decision(max(decision.score, ONE_FACT), (*decision.evidence, evidence_of(reading)))
    if reading.same_fact == "no":
        return score.Decision(NOT_ONE_FACT, decision.evidence)
    return decision


# --- the questions ---


def questions(aligners: Iterable[Aligner]) -> list[Question]:
    """Every pair that a second reader may judge, the most promising first. The order depends on content only."""
    found = [question for aligner in aligners for question in (*_slots(aligner), *_statements(aligner))]
    return sorted(found, key=lambda q: (-q.promise, q.a, q.b, q.slot))


def undecided(rating: float, threshold: float) -> float | None:
    """How near the threshold a score lies: 1 at it, 1 - BAND at the ends of the band, None outside."""
    reach = 1.0 - threshold if rating >= threshold else threshold
    distance = abs(rating - threshold) / reach if reach > 0 else 1.0
    return 1.0 - distance if distance <= BAND else None


def _slots(aligner: Aligner) -> Iterator[Question]:
    for x, y, verdict, rating in aligner.scored():
        near = undecided(rating, score.threshold(x.slot, verdict))
        if near is None:
            continue
        promise = round(near if _matters(verdict) else near * 0.8, 6)
        yield _question(aligner, x.claim_id, y.claim_id, x.slot, promise)


def _matters(verdict: Verdict) -> bool:
    """An editor would want to see it, if it is one fact."""
    return verdict.discrepancy


def _question(aligner: Aligner, a: str, b: str, slot: str, promise: float) -> Question:
    a, b = sorted((a, b))
    sides = {claim: _side(aligner, aligner.claims[claim], slot) for claim in (a, b)}
    first, second = sorted((a, b), key=lambda c: (sides[c].published or "~", sides[c].model_dump_json(), c))
    return Question(a, b, slot, promise, (first, second), (sides[first], sides[second]))


def _side(aligner: Aligner, claim: Claim, slot: str) -> Side:
    document = aligner.documents[claim.document_id]
    before, sentence, after = (shortened(part, LONGEST_SENTENCE) for part in aligner.context_of(claim))
    value = claim.quantity if slot == "quantity" else (claim.time or claim.quantity) if slot == "time" else None
    return Side(
        source=document.source,
        published=document.published_at.isoformat() if document.published_at else None,
        headline=document.title,
        before=before,
        sentence=sentence,
        after=after,
        statement=shortened(claim.quote, LONGEST_SENTENCE),
        speaker=claim.attribution.speaker if claim.attribution else None,
        value=" ".join(value.as_written.split()) if value else None,
    )


class _Said(NamedTuple):
    """What is kept of a claim for finding statements that may contradict it."""

    claim: Claim
    named: bool  # its subject has a proper name
    subject: frozenset[str]
    action: frozenset[str]  # the terms of the predicate
    terms: frozenset[str]  # the terms of the quote without the subject's
    around: frozenset[str]
    negative: bool


def _statements(aligner: Aligner) -> Iterator[Question]:
    """Of each pair of sentences the best pair of claims of one subject that stand against each other."""
    by_subject: defaultdict[str, list[_Said]] = defaultdict(list)
    for claim in aligner.claims.values():
        if claim.kind in (ClaimKind.EVENT, ClaimKind.STATEMENT) and claim.subject:
            said = _said(aligner, claim)
            keys = {f"name {key}" for key in name_key(claim.subject)} if said.named else set()
            for key in keys | {f"term {term}" for term in said.subject if not light(term)}:
                by_subject[key].append(said)
    best: dict[tuple[str, ...], tuple[float, str, str]] = {}
    seen: set[tuple[str, str]] = set()
    for x, y, _ in polarity.contradictions(aligner.claims.values(), aligner.documents, aligner.links, aligner.rarity):
        seen.add((x.id, y.id))
        yield _question(aligner, x.id, y.id, STATEMENT, _IN_WORDS)
    for key in sorted(by_subject):
        group = by_subject[key]
        if len(group) > _MOST_PER_SUBJECT:
            continue
        for one, two in _facing(group):
            a, b = sorted((one.claim.id, two.claim.id))
            of_a, of_b = sorted((one.claim.document_id, two.claim.document_id))
            if (a, b) in seen or (of_a, of_b) not in aligner.links:
                continue
            seen.add((a, b))
            promise = _promise(one, two, aligner.rarity)
            if promise is None:
                continue
            place = tuple(sorted((_place(aligner, one.claim), _place(aligner, two.claim))))
            candidate = (-promise, a, b)
            best[place] = min(best.get(place, candidate), candidate)
    for promise, a, b in best.values():
        yield _question(aligner, a, b, STATEMENT, -promise)


def _facing(group: Sequence[_Said]) -> Iterator[tuple[_Said, _Said]]:
    """Pairs of which one is negative and the other is not, or whose actions are opposed."""
    negative, positive = [s for s in group if s.negative], [s for s in group if not s.negative]
    yield from product(negative, positive)
    for side in (negative, positive):
        by_term: defaultdict[str, list[_Said]] = defaultdict(list)
        for said in side:
            for term in said.action & OPPOSED_TERMS.keys():
                by_term[term].append(said)
        for term in sorted(by_term):
            for other in sorted(OPPOSED_TERMS[term]):
                if term < other:
                    yield from product(by_term[term], by_term.get(other, ()))


def _said(aligner: Aligner, claim: Claim) -> _Said:
    subject = frozenset(t.term for t in tokens(claim.subject or "") if t.term)
    around = frozenset(t.term for part in aligner.context_of(claim) for t in tokens(part) if t.term)
    return _Said(
        claim=claim,
        named=any(t.name and t.term and not light(t.term) for t in tokens(claim.subject or "")),
        subject=subject,
        action=frozenset(t.term for t in tokens(claim.predicate or "") if t.term),
        terms=frozenset(t.term for t in tokens(claim.quote) if t.term) - subject,
        around=around - subject,
        negative=claim.polarity is Polarity.NEGATED
        or (claim.attribution is not None and claim.attribution.stance in ("denies", "doubts")),
    )


def _promise(x: _Said, y: _Said, rarity: Rarity) -> float | None:
    """How likely a contradiction is worth a reading; None where the subjects are two, or nothing else is shared."""
    one, two = x.claim.subject or "", y.claim.subject or ""
    if x.named and y.named:
        if not same_name(one, two):
            return None
    elif not _mostly(x.subject, y.subject, rarity):
        return None
    shared = _share(x.terms, y.terms, rarity)
    if not shared and not (x.named and y.named):
        return None
    opposed = any(not OPPOSED_TERMS.get(term, frozenset()).isdisjoint(y.action) for term in x.action)
    same_action = any(not light(term) for term in x.action & y.action)
    return round(0.3 + 0.3 * shared + 0.15 * _share(x.around, y.around, rarity) + 0.2 * (opposed or same_action), 6)


def _mostly(a: frozenset[str], b: frozenset[str], rarity: Rarity) -> bool:
    """More than half of what the lighter one says is in both."""
    return _share(a, b, rarity) > 0.5


def _share(a: frozenset[str], b: frozenset[str], rarity: Rarity) -> float:
    least = min(math.fsum(rarity(t) for t in a), math.fsum(rarity(t) for t in b))
    common = math.fsum(rarity(t) for t in a & b if not light(t))
    return min(1.0, common / least) if least > 0 else 0.0


def _place(aligner: Aligner, claim: Claim) -> str:
    """The sentence of a claim, by content."""
    return f"{claim.document_id} {aligner.context_of(claim)[1]}"


def evidence_of(reading: Reading) -> str:
    """What a pair shows of the verdict on it."""
    said = f": {reading.reason}" if reading.reason else ""
    return f"second reader {reading.reader}{said}"


def shortened(text: str, limit: int = LONGEST_SENTENCE) -> str:
    """One line of at most `limit` characters, without what does not print."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in visible(text).text).split())
    return plain if len(plain) <= limit else plain[: limit - 1].rstrip() + "…"
