"""Two statements on their own: how they stand, without a corpus around them. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from claims.alignment import explain, score
from claims.alignment.assertions import assertion_of
from claims.alignment.attributes import attribute_of, compare_attributes
from claims.alignment.compare import Verdict, compare_clocks
from claims.alignment.evidence import Around, Evidence
from claims.alignment.evidence.figures import one_persons, other_head
from claims.alignment.evidence.words import rival_names, topic
from claims.alignment.explain import labels
from claims.alignment.features import Profile, profiles
from claims.alignment.lexicon import is_person
from claims.alignment.places import (
    AGREEING,
    OTHER_PLACE,
    TWO_PLACES,
    both_told,
    compare_sightings,
    elsewhere,
    one_place,
    sighting_of,
)
from claims.alignment.polarity import compare_assertions
from claims.alignment.rarity import Rarity
from claims.alignment.same import same_statement
from claims.alignment.verdicts import compare_slots
from claims.alignment.words import EVERYDAY, light, tokens
from claims.models import Claim, ClaimKind, Document, Relation, RelationKind, Span
from claims.normalisation.quantities.words import STARTERS
from claims.text.lexicon import BASE, NOUN_LIKE

SAME = "same_statement"
# Two statements that a person puts side by side are likelier to be about one thing than two of a corpus.
_EQUAL = 0.5
_DIFFERENT = 0.3
# And where different things are counted, one value says little: 500 jobs and 500 shops.
_OTHER_THINGS = 0.8
# Of times, a corpus has hundreds of pairs that have nothing to do with each other. Side by side, those of one subject
# and predicate are so much (of a logit) likelier to be of one event.
_SIDE_BY_SIDE = {"time_differs": 2.5, "time_within": 1.5}
_ONE_TOPIC = 0.75
_COMMON = tuple("s tion sion ment ness ity ing ance ence age ship hood ism out er or ly ed".split())


class _Values(NamedTuple):
    """Where the two values that are compared stand in A and in B, whether they are one value, and whether a rank."""

    a: int
    b: int
    same: bool
    rank: bool


def compare_claims(a: Claim, b: Claim, documents: Mapping[str, Document] | None = None) -> Relation:
    """The relation of two claims; UNRELATED when they are not about one fact.

    Without `documents` the quotes are all the context there is. Symmetric but for the order in which they are named.
    """
    return _compared(a, b, documents)[0]


def _compared(a: Claim, b: Claim, documents: Mapping[str, Document] | None = None) -> tuple[Relation, _Values | None]:
    """The relation of two claims, and the values that it is of; None where it is of words."""
    first = a.document_id
    names = {b.document_id: "B", a.document_id: "A"}
    if b.id < a.id:
        a, b = b, a
    found = {d.id: d for d in (_document(a, documents), _document(b, documents))}
    if documents is not None:
        names = labels(found)
    one, two = attribute_of(a, anywhere=True), attribute_of(b, anywhere=True)
    if one is not None and two is not None:
        verdict = compare_attributes(one, two)
        if verdict.relation is not RelationKind.UNRELATED:
            reason = explain.attribute_reason([one, two], names, verdict.relation)
            return _relation(a, b, verdict, 1.0, reason), None
    said, gainsaid = assertion_of(a), assertion_of(b)
    if said is not None and gainsaid is not None:
        days = found[a.document_id].published_at, found[b.document_id].published_at
        mirrored = compare_assertions(said, gainsaid, _weight, days, side_by_side=True)
        if mirrored is not None:
            one_side, other_side, verdict = mirrored
            reason = explain.contradiction_reason(one_side, other_side, names, verdict.relation)
            return _relation(a, b, verdict, 1.0, reason), None
    best: tuple[float, Relation, _Values] | None = None
    slots_a, slots_b = (
        profiles(c, found[c.document_id], _context(c), opens_with_name=_opens_with_name(c.quote)) for c in (a, b)
    )
    rarity = Rarity.of([[t.term for t in tokens(d.text) if t.term] for d in found.values()])
    story = score.StoryContext(rarity, [p.sentence for p in (*slots_a[:1], *slots_b[:1])], (*slots_a, *slots_b))
    for x in slots_a:
        for y in slots_b:
            verdict = compare_slots(x, y)
            if verdict.discrepancy and elsewhere(a, b):
                verdict = TWO_PLACES
            if verdict.relation is RelationKind.UNRELATED and x.time is not None and y.time is not None:
                verdict = compare_clocks(x.time, y.time)
            if x.slot == "time" and verdict.discrepancy and a.polarity is not b.polarity:
                continue  # that they did not meet on Monday, and met on Tuesday
            if verdict.relation is RelationKind.UNRELATED:
                continue
            evidence = Evidence(x, y, verdict, story, Around())
            if one_persons(evidence):
                continue  # 1,200 workers, 1,200 cars
            decision = score.decided(evidence)
            same = score.same_value(verdict)
            rating = decision.score
            if topic(evidence) >= _ONE_TOPIC:
                rating = _likelier(rating, _SIDE_BY_SIDE.get(score.model_of(x.slot, verdict), 0.0))
            if verdict is not TWO_PLACES and rival_names(evidence) and not one_place(a, b):
                continue  # Norland's army, Ostmark's army
            least = (_OTHER_THINGS if other_head(evidence) == 1.0 else _EQUAL) if same else _DIFFERENT
            if not (_bare(x) and _bare(y)) and rating < least:
                continue
            reason = explain.reason_of_two(x, y, (a, b), names, verdict)
            if best is None or rating > best[0]:
                relation = _relation(a, b, verdict, rating, reason, score.told(evidence))
                of_a, of_b = (x, y) if x.document_id == first else (y, x)
                best = rating, relation, _Values(of_a.start, of_b.start, same, rank=x.sort == "rank")
    placed = _of_places(a, b, names) if best is None or not best[1].discrepancy else None
    if placed is not None and (best is None or placed.discrepancy):
        return placed, None  # that places differ says more than that figures agree
    if best is not None:
        return best[1:]
    said, again = assertion_of(a, unsure=True), assertion_of(b, unsure=True)
    if said is not None and again is not None and same_statement(said, again, _weight):
        verdict = Verdict(RelationKind.AGREE, False, SAME)
        return _relation(a, b, verdict, 1.0, explain.same_reason(a, b, names)), None
    nothing = Verdict(RelationKind.UNRELATED, False, "no_shared_fact")
    return _relation(a, b, nothing, 0.0, "They are not about one fact."), None


def _opens_with_name(text: str) -> bool:
    """The first word seems to be a name: it is no word that is known, no plural and ends as no common noun does."""
    words = tokens(text)
    if not words or not words[0].name or not words[0].term:
        return False
    low, term = words[0].word.lower(), words[0].term
    known = light(term) or term in EVERYDAY or is_person(low) or low in BASE or low in NOUN_LIKE or low in STARTERS
    return not known and not low.endswith(_COMMON)


def _likelier(probability: float, by: float) -> float:
    """The probability whose logit is so much higher."""
    odds = probability * math.exp(by)
    return odds / (odds + 1.0 - probability)


def _of_places(a: Claim, b: Claim, names: Mapping[str, str]) -> Relation | None:
    """Where the two put one event."""
    one, two = sighting_of(a), sighting_of(b)
    if one is None or two is None:
        return None
    verdict = compare_sightings(one, two, _weight)
    if verdict.relation is RelationKind.UNRELATED:
        return None
    return _relation(a, b, verdict, 1.0, explain.place_reason([a, b], names, verdict))


def compare_sentences(a: str, b: str) -> Relation:
    """The relation of two sentences, by the built-in extractor: that of the two of their claims that fit best.

    The sentences are called "A" and "B" in the relation.
    """
    return compare_all(claims_of(a, "A"), claims_of(b, "B"))


def compare_all(claims_a: Sequence[Claim], claims_b: Sequence[Claim]) -> Relation:
    """The relation of what two texts state, "A" and "B": that of the two of their claims that fit best.

    That both give somebody one title, name one quarter or say something in the same words, says least. A value that
    the other text states as well differs from no other there: of "three of the five" and "three", five and three are
    no conflict.
    """
    found = [(x, y, *_compared(x, y)) for x in claims_a for y in claims_b]
    settled_a = {values.a for _, _, _, values in found if values is not None and values.same}
    settled_b = {values.b for _, _, _, values in found if values is not None and values.same}
    ranked = []
    for x, y, relation, values in found:
        if values is not None and not values.same and (values.a in settled_a or values.b in settled_b):
            continue
        if relation.rule == OTHER_PLACE and both_told(x, claims_a, y, claims_b):
            continue
        if relation.relation is not RelationKind.UNRELATED:
            sides = {x.id: "A", y.id: "B", None: None}
            named = relation.model_copy(update={"a": "A", "b": "B", "finer": sides[relation.finer]})
            attribute = ClaimKind.ATTRIBUTE in (x.kind, y.kind)
            in_passing = not relation.discrepancy and (attribute or (values is not None and values.rank))
            in_passing |= relation.rule == SAME
            ranked.append(((in_passing, *_prefer(relation)), named))
    if ranked:
        best = min(ranked, key=lambda r: r[0])[1]
        elsewhere = [r for r in ranked if r[1].rule == OTHER_PLACE]
        return best if best.discrepancy or not elsewhere else min(elsewhere, key=lambda r: r[0])[1]
    return Relation(
        a="A",
        b="B",
        relation=RelationKind.UNRELATED,
        discrepancy=False,
        reason=_unrelated(claims_a, claims_b),
        score=0.0,
        rule="no_shared_fact",
    )


def _unrelated(claims_a: Sequence[Claim], claims_b: Sequence[Claim]) -> str:
    valued = [any(c.quantity or c.time for c in claims) for claims in (claims_a, claims_b)]
    if all(valued):
        return "They state no values of one fact."
    return "Their words say neither the same nor the opposite."


def _weight(term: str) -> float:
    return 0.5 if light(term) else 1.0


def _prefer(relation: Relation) -> tuple[int, float, str, str]:
    """A figure before a date, and that before a place; then the better score."""
    last = 2 if relation.rule in AGREEING else relation.rule in ("same_day", "same_time", "within", "other_day")
    return int(last), -relation.score, relation.a, relation.b


def claims_of(text: str, name: str) -> list[Claim]:
    """What a text states, by the built-in extractor; of a text that is no sentence, its figures."""
    # Not needed where claims are only aligned, and slow to load.
    from claims.builtin import extract
    from claims.grounding import ground

    document = Document(id=name, path=name, text=text)
    found = [ground(document, draft, run_id="compare") for draft in extract(document)]
    claims = [claim for claim in found if isinstance(claim, Claim)]
    if any(claim.quantity for claim in claims):
        return claims
    return claims + _phrases(document)


def _phrases(document: Document) -> list[Claim]:
    """The figures of a text that is no sentence ("about $7 billion"), each as a claim of its own."""
    from claims.models import ClaimKind
    from claims.normalisation.quantities import find_quantities

    return [
        Claim(
            id=sha256(f"{document.id} {q.start} {document.text}".encode()).hexdigest()[:16],
            document_id=document.id,
            run_id="compare",
            text=document.text,
            quote=document.text,
            start=0,
            end=len(document.text),
            kind=ClaimKind.QUANTITY,
            quantity=q,
        )
        for q in find_quantities(document.text)
    ]


def _document(claim: Claim, documents: Mapping[str, Document] | None) -> Document:
    if documents is not None and claim.document_id in documents:
        return documents[claim.document_id]
    text = " " * claim.start + claim.quote
    return Document(id=claim.document_id, path=claim.document_id, text=text)


def _context(claim: Claim) -> Span:
    return Span(claim.start, claim.end)


def _bare(profile: Profile) -> bool:
    """Nothing but the value was given."""
    return not any(not light(t) for t in profile.sentence)


def _relation(
    a: Claim, b: Claim, verdict: Verdict, rating: float, reason: str, evidence: tuple[str, ...] = ()
) -> Relation:
    return Relation(
        a=a.id,
        b=b.id,
        relation=verdict.relation,
        discrepancy=verdict.discrepancy,
        reason=reason,
        finer={"a": a.id, "b": b.id, None: None}[verdict.finer],
        score=round(rating, 4),
        evidence=evidence,
        rule=verdict.rule,
    )
