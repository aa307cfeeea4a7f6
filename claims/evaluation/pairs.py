"""Pairs of claims of different articles against the labelled pairs, story by story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.evaluation.gold import Gold, GoldClaim, GoldDocument, GoldPair
from claims.evaluation.matching import similarity
from claims.evaluation.results import NOT_ALIGNED, PAIR_FIELDS, Difference, Tally
from claims.evaluation.scores import Counts
from claims.models import Claim, Fact, Relation


def score_pairs(
    gold: Gold, claims: Sequence[Sequence[Claim]], facts: Iterable[Fact]
) -> tuple[dict[str, list[Counts]], list[Difference]]:
    """Pairs by story. A predicted claim stands for every gold claim that it covers (`matching.similarity` > 0)."""
    story: dict[str, str] = {}
    labels: dict[str, tuple[GoldDocument, GoldClaim]] = {}
    covers: dict[str, list[str]] = {}
    owner: dict[str, GoldDocument] = {}
    by_id: dict[str, Claim] = {}
    for document, found in zip(gold.documents, claims, strict=True):
        story[document.id] = document.story or document.id
        labels.update({label.id: (document, label) for label in document.claims})
        for claim in found:
            by_id[claim.id] = claim
            owner[claim.id] = document
            ranked = sorted(
                ((similarity(label, claim), n) for n, label in enumerate(document.claims)), key=lambda s: (-s[0], s[1])
            )
            covers[claim.id] = [document.claims[n].id for value, n in ranked if value > 0]

    def judged(claim: str) -> bool:
        return not covers[claim] or any(labels[label][1].required for label in covers[claim])

    known = {frozenset((pair.a, pair.b)): pair for pair in gold.pairs}
    best: dict[frozenset[str], Relation] = {}
    tallies = {name: Tally(name) for name in dict.fromkeys(story.values())}
    for relation in sorted((r for fact in facts for r in fact.relations), key=lambda r: (r.a, r.b)):
        if relation.relation in NOT_ALIGNED or owner[relation.a] is owner[relation.b]:
            continue
        pair = next(
            (
                known[key]
                for a in covers[relation.a]
                for b in covers[relation.b]
                if (key := frozenset((a, b))) in known and not set(known[key].relations) <= set(NOT_ALIGNED)
            ),
            None,
        )
        if pair is None:
            trap = any(frozenset((a, b)) in known for a in covers[relation.a] for b in covers[relation.b])
            if not trap and (not gold.pairs_complete or not judged(relation.a) or not judged(relation.b)):
                continue
            # Within a story the error is the story's; across stories it is counted once, with the first claim's.
            tally = tallies[story[owner[relation.a].id]]
            tally.add("aligned pairs", gold=False, predicted=True, right=False)
            if relation.discrepancy:
                tally.add("discrepancy", gold=False, predicted=True, right=False)
            tally.note(
                "aligned pairs",
                None,
                f"{relation.relation}: {by_id[relation.b].quote}",
                by_id[relation.a].quote,
                f"{owner[relation.a].id} / {owner[relation.b].id}",
            )
            continue
        key = frozenset((pair.a, pair.b))
        if key not in best or _rank(relation, pair) > _rank(best[key], pair):
            best[key] = relation
    for pair in gold.pairs:
        document, label = labels[pair.a]
        _score_pair(
            pair,
            best.get(frozenset((pair.a, pair.b))),
            tallies[story[document.id]],
            label.quote,
            labels[pair.b][1].quote,
            f"{document.id} / {labels[pair.b][0].id}",
        )
    return (
        {field: [tally.counts(field) for tally in tallies.values()] for field in PAIR_FIELDS},
        [difference for tally in tallies.values() for difference in tally.differences],
    )


def _rank(relation: Relation, pair: GoldPair) -> int:
    """Of several predicted pairs that stand for one gold pair, the right one is taken."""
    return 2 * (relation.relation in pair.relations) + (relation.discrepancy == pair.discrepancy)


def _score_pair(
    pair: GoldPair, relation: Relation | None, tally: Tally, quote_a: str, quote_b: str, place: str
) -> None:
    aligned = not set(pair.relations) <= set(NOT_ALIGNED)
    if not aligned:
        return  # a trap: counted where it is predicted
    wanted = " or ".join(kind.value for kind in pair.relations)
    if relation is None:
        if pair.required:
            tally.add("aligned pairs", gold=True, predicted=False, right=False)
            tally.note("aligned pairs", f"{wanted}: {quote_b}", None, quote_a, place)
            if pair.discrepancy:
                tally.add("discrepancy", gold=True, predicted=False, right=False)
        return
    if pair.required:
        tally.add("aligned pairs", gold=True, predicted=True, right=True)
    right = relation.relation in pair.relations
    tally.add("relation", gold=True, predicted=True, right=right)
    if not right:
        tally.note("relation", f"{wanted}: {quote_b}", relation.relation.value, quote_a, place)
    if pair.discrepancy is not None and (pair.discrepancy or relation.discrepancy):
        tally.add(
            "discrepancy",
            gold=pair.discrepancy,
            predicted=relation.discrepancy,
            right=pair.discrepancy and relation.discrepancy,
        )
