"""Two sentences side by side, as a question for a second reader. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from claims.alignment import explain
from claims.alignment.adjudicate import ONE_FACT, STATEMENT, Question, Side, shortened, undecided
from claims.alignment.compare import Verdict
from claims.alignment.features import Profile, profiles
from claims.alignment.score import same_value
from claims.alignment.verdicts import compare_slots
from claims.alignment.words import light
from claims.models import Claim, Document, Relation, RelationKind, Span

# From these scores on, two sentences that a person puts side by side are taken for one fact.
EQUAL, DIFFERENT = 0.5, 0.3
# Rules that read words, as a second reader does better.
_IN_WORDS = frozenset({"polarity", "denied", "opposite", "same_statement"})


class Pair(NamedTuple):
    """A question about sentences "A" and "B", and the values that it is about, if it is about values."""

    question: Question
    values: tuple[Profile, Profile] | None
    claims: tuple[Claim, Claim] | None


def pair_of_sentences(
    a: str, b: str, claims_a: Sequence[Claim], claims_b: Sequence[Claim], relation: Relation
) -> Pair | None:
    """What a second reader should judge of two sentences whose relation is `relation`; None where that is clear."""
    clear = relation.relation is not RelationKind.UNRELATED and relation.rule not in _IN_WORDS
    if clear and undecided(relation.score, _threshold(relation)) is None:
        return None
    best: tuple[float, Profile, Profile, Claim, Claim] | None = None
    if relation.rule not in _IN_WORDS:
        for x, y in product(claims_a, claims_b):
            for one, two in product(_profiles(x), _profiles(y)):
                if compare_slots(one, two).relation is RelationKind.UNRELATED:
                    continue
                shared = sum(not light(term) for term in one.sentence & two.sentence) + (one.slot == "quantity") / 2
                if best is None or shared > best[0]:
                    best = shared, one, two, x, y
    slot = best[1].slot if best else STATEMENT
    sides = tuple(
        Side(
            source=None,
            published=None,
            headline=None,
            before="",
            sentence=shortened(text),
            after="",
            statement=shortened(claim.quote if claim else text),
            speaker=claim.attribution.speaker if claim and claim.attribution else None,
            value=_value(profile) if profile else None,
        )
        for text, claim, profile in ((a, best and best[3], best and best[1]), (b, best and best[4], best and best[2]))
    )
    question = Question("A", "B", slot, 1.0, ("A", "B"), (sides[0], sides[1]))
    return Pair(question, (best[1], best[2]) if best else None, (best[3], best[4]) if best else None)


def relation_of_values(pair: Pair, evidence: tuple[str, ...]) -> Relation:
    """How the two values stand, now that they are known to be of one fact: arithmetic decides."""
    assert pair.values is not None
    assert pair.claims is not None
    (x, y), (a, b) = pair.values, pair.claims
    verdict: Verdict = compare_slots(x, y)
    names = {x.document_id: "A", y.document_id: "B"}
    return Relation(
        a="A",
        b="B",
        relation=verdict.relation,
        discrepancy=verdict.discrepancy,
        reason=explain.reason_of_two(x, y, (a, b), names, verdict),
        finer={"a": "A", "b": "B", None: None}[verdict.finer],
        score=ONE_FACT,
        evidence=evidence,
        rule=verdict.rule,
    )


def _threshold(relation: Relation) -> float:
    return EQUAL if same_value(Verdict(relation.relation, relation.discrepancy, relation.rule)) else DIFFERENT


def _profiles(claim: Claim) -> list[Profile]:
    document = Document(id=claim.document_id, path=claim.document_id, text=" " * claim.start + claim.quote)
    return profiles(claim, document, Span(claim.start, claim.end))


def _value(profile: Profile) -> str:
    value = profile.quantity or profile.time
    return " ".join(value.as_written.split()) if value else ""
