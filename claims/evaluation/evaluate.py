"""Run an extractor over a gold file and say how good it is, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from claims.evaluation.agreement import same_comparator, same_speaker, same_time, same_unit, same_value
from claims.evaluation.gold import (
    Gold,
    GoldAttribution,
    GoldClaim,
    GoldDocument,
    GoldPair,
    GoldQuantity,
    GoldTime,
    corpus_hash,
    load_gold,
)
from claims.evaluation.matching import match, overlap, similarity
from claims.evaluation.score import RESAMPLES, Counts, FieldScore, score_fields
from claims.models import (
    Attribution,
    Claim,
    Document,
    Draft,
    Fact,
    Frozen,
    Modality,
    Polarity,
    Quantity,
    Relation,
    RelationKind,
    TimeRef,
)

Extractor = Callable[[Document], Iterable[Draft]]
Aligner = Callable[[Sequence[Claim], Mapping[str, Document]], Iterable[Fact]]  # documents by their id

CLAIM_FIELDS = (
    "claims",
    "quotes",
    "kind",
    "quantity value",
    "quantity value+comparator",
    "quantity value+unit",
    "quantity all",
    "speaker",
    "time words",
    "time resolved",
    "negation",
    "modality",
)
PAIR_FIELDS = ("aligned pairs", "relation", "discrepancy")
ABOUT = {
    "claims": "a claim of the gold is found: the same figure, or half of the shorter quote shared",
    "quotes": "found, and the quotes share four fifths of their joint length",
    "kind": "found, with the right kind",
    "quantity value": "found, with the right figure",
    "quantity value+comparator": "… and the right bound and direction of change",
    "quantity value+unit": "… and the right unit, currency or thing counted",
    "quantity all": "… and both",
    "speaker": "found, and given to the right speaker",
    "time words": "found, with a time at the right words",
    "time resolved": "… that stands for the right days",
    "negation": "found, and known to be negated or denied",
    "modality": "found, and known to be planned, possible, conditional or reported",
    "aligned pairs": "two claims of different articles are known to be about one fact",
    "relation": "of these, the relation is right",
    "discrepancy": "a pair is flagged as a discrepancy, and is one",
}
Verdict = Literal["missed", "invented", "repeated", "wrong"]
QUOTE_SHARED = 0.8
NOT_ALIGNED = (RelationKind.DIFFERENT_SCOPE, RelationKind.UNRELATED)


class Difference(Frozen):
    """One thing that the extractor missed, invented, said twice, or got wrong."""

    verdict: Verdict
    field: str
    document: str
    gold: str | None = None
    predicted: str | None = None
    quote: str | None = None


class Report(Frozen):
    """The result of an evaluation. Scores are in [0, 1]; `table` and `differences` are what people read."""

    name: str
    corpus_hash: str
    documents: int
    gold_claims: int
    claims: int
    rejected: int
    gold_pairs: int
    resamples: int
    seed: int
    fields: tuple[FieldScore, ...]
    differences: tuple[Difference, ...]

    def score(self, field: str) -> FieldScore:
        """The score of one field by its name."""
        return next(score for score in self.fields if score.field == field)

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Headers and rows of the score table, as text: percent with one decimal, the interval in brackets."""
        headers = ("field", "precision", "recall", "F1", "95% interval of F1", "right", "wrong", "missed")
        rows: list[tuple[str, ...]] = [
            (
                s.field,
                _percent(s.precision),
                _percent(s.recall),
                _percent(s.f1),
                f"{_percent(s.f1_interval.low)} to {_percent(s.f1_interval.high)}" if s.f1_interval else "",
                str(s.right),
                str(s.wrong),
                str(s.missed),
            )
            for s in self.fields
        ]
        return headers, rows

    def difference_table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Headers and rows of what was missed, invented and wrong, in the order of the gold file."""
        headers = ("verdict", "field", "document", "gold", "predicted", "quote")
        return headers, [
            (d.verdict, d.field, d.document, d.gold or "", d.predicted or "", d.quote or "") for d in self.differences
        ]


def evaluate(
    gold_path: str | Path,
    extractor: Extractor,
    *,
    align: Aligner | None = None,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Report:
    """Extract, ground and align the articles of a gold file and score the result.

    Args:
        gold_path: a file of the format in docs/evaluation.md.
        extractor: document → drafts, such as `claims.builtin.extract`. Each draft is grounded as in any run;
            rejected drafts count as not given.
        align: claims and documents → facts; the program's own when None. Used where the gold file labels pairs.
        resamples: of the bootstrap; 0 for no intervals.
        seed: of the bootstrap.

    Raises:
        InputError: the gold file cannot be read or contradicts itself.
    """
    from claims.grounding import ground

    gold = load_gold(gold_path)
    documents = [document.document() for document in gold.documents]
    claims: list[list[Claim]] = []
    rejected = 0
    for document in documents:
        grounded = [ground(document, draft, run_id="evaluation") for draft in extractor(document)]
        claims.append([claim for claim in grounded if isinstance(claim, Claim)])
        rejected += len(grounded) - len(claims[-1])
    facts: Iterable[Fact] = ()
    if gold.pairs:
        facts = (align or _align)([claim for row in claims for claim in row], {d.id: d for d in documents})
    return score(gold, claims, facts, rejected=rejected, resamples=resamples, seed=seed)


def _align(claims: Sequence[Claim], documents: Mapping[str, Document]) -> Iterable[Fact]:
    from claims.alignment import align as align_claims

    return align_claims(claims, documents)


def score(
    gold: Gold,
    claims: Sequence[Sequence[Claim]],
    facts: Iterable[Fact] = (),
    *,
    rejected: int = 0,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Report:
    """Score claims (one list for each gold document, in order) and facts against the labels. Pure."""
    counts: dict[str, list[Counts]] = {field: [] for field in CLAIM_FIELDS}
    differences: list[Difference] = []
    for document, found in zip(gold.documents, claims, strict=True):
        tally = Tally(document.id)
        _score_document(document, found, tally)
        for field in CLAIM_FIELDS:
            counts[field].append(tally.counts(field))
        differences += tally.differences
    if gold.pairs:
        pair_counts, pair_differences = _score_pairs(gold, claims, facts)
        counts.update(pair_counts)
        differences += pair_differences
    return Report(
        name=gold.name,
        corpus_hash=corpus_hash(gold),
        documents=len(gold.documents),
        gold_claims=sum(claim.required for document in gold.documents for claim in document.claims),
        claims=sum(len(found) for found in claims),
        rejected=rejected,
        gold_pairs=len(gold.pairs),
        resamples=resamples,
        seed=seed,
        fields=score_fields(counts, resamples=resamples, seed=seed),
        differences=tuple(differences),
    )


class Tally:
    """Counts and differences of one document or story."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.differences: list[Difference] = []
        self._counts: dict[str, list[int]] = {}

    def counts(self, field: str) -> Counts:
        right, wrong, missed = self._counts.get(field, (0, 0, 0))
        return Counts(right=right, wrong=wrong, missed=missed)

    def add(self, field: str, *, gold: bool, predicted: bool, right: bool) -> None:
        """Count one item: `right` when both are there and agree; else wrong if predicted, missed if in the gold."""
        row = self._counts.setdefault(field, [0, 0, 0])
        if right:
            row[0] += 1
            return
        row[1] += predicted
        row[2] += gold

    def note(
        self,
        field: str,
        gold: str | None,
        predicted: str | None,
        quote: str | None,
        document: str | None = None,
        verdict: Verdict | None = None,
    ) -> None:
        """Keep a difference for the table; the verdict follows from what is there, unless given."""
        if verdict is None:
            verdict = "invented" if gold is None else "missed" if predicted is None else "wrong"
        self.differences.append(
            Difference(
                verdict=verdict,
                field=field,
                document=document or self.name,
                gold=gold,
                predicted=predicted,
                quote=quote,
            )
        )


def _score_document(document: GoldDocument, claims: Sequence[Claim], tally: Tally) -> None:
    matched = match(document.claims, claims)
    taken = set(matched.values())
    for i, label in enumerate(document.claims):
        claim = claims[matched[i]] if i in matched else None
        if not label.required:
            continue  # counts neither way, nor do its fields
        if claim is None:
            tally.note("claims", label.quote, None, label.quote)
        _score_claim(label, claim, tally)
    for j, claim in enumerate(claims):
        if j in taken:
            continue
        if any(similarity(label, claim) > 0 for label in document.claims):
            # Not invented, but the reader has it already. Its fields were judged with the claim that was matched.
            tally.add("claims", gold=False, predicted=True, right=False)
            tally.note("claims", None, claim.quote, claim.quote, verdict="repeated")
        else:
            tally.note("claims", None, claim.quote, claim.quote)
            _score_claim(None, claim, tally)


def _score_claim(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    both = label is not None and claim is not None
    tally.add("claims", gold=label is not None, predicted=claim is not None, right=both)
    tally.add("quotes", gold=label is not None, predicted=claim is not None, right=_same_quote(label, claim))
    same = label is not None and claim is not None and label.kind == claim.kind
    tally.add("kind", gold=label is not None, predicted=claim is not None, right=same)
    _score_quantity(label, claim, tally)
    _score_speaker(label, claim, tally)
    _score_time(label, claim, tally)
    _score_flag(
        "negation", label is not None and _negated(label), claim is not None and _negated(claim), label, claim, tally
    )
    modality = (label.modality if label else Modality.ACTUAL, claim.modality if claim else Modality.ACTUAL)
    marked = tuple(value is not Modality.ACTUAL for value in modality)
    right = both and all(marked) and modality[0] is modality[1]
    if any(marked):
        tally.add("modality", gold=marked[0], predicted=marked[1], right=right)
        if both and not right:
            tally.note("modality", modality[0].value, modality[1].value, _quote(label, claim))


def _same_quote(label: GoldClaim | None, claim: Claim | None) -> bool:
    if label is None or claim is None:
        return False
    union = max(label.end, claim.end) - min(label.start, claim.start)
    return overlap((label.start, label.end), (claim.start, claim.end)) >= QUOTE_SHARED * union


def _score_quantity(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    gold = label.quantity if label else None
    quantity = claim.quantity if claim else None
    if gold is None and quantity is None:
        return
    value = comparator = unit = False
    if gold is not None and quantity is not None:
        value = same_value(gold, quantity)
        comparator, unit = value and same_comparator(gold, quantity), value and same_unit(gold, quantity)
    for field, right in (
        ("quantity value", value),
        ("quantity value+comparator", comparator),
        ("quantity value+unit", unit),
        ("quantity all", comparator and unit),
    ):
        tally.add(field, gold=gold is not None, predicted=quantity is not None, right=right)
    if label is not None and claim is not None and not (comparator and unit):
        field = "quantity value" if not value else "quantity comparator" if not comparator else "quantity unit"
        tally.note(field, _figure(gold), _figure(quantity), _quote(label, claim))


def _score_speaker(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    gold = label.attribution if label else None
    said = claim.attribution if claim else None
    if gold is None and said is None:
        return
    right = gold is not None and said is not None and same_speaker(gold, said)
    if gold is not None and not gold.required and said is None:
        return
    tally.add("speaker", gold=gold is not None, predicted=said is not None, right=right)
    if label is not None and claim is not None and not right:
        tally.note("speaker", _speaker(gold), _speaker(said), _quote(label, claim))


def _score_time(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    gold = label.time if label else None
    time = claim.time if claim else None
    if gold is None and time is None:
        return
    if gold is not None and not gold.required and time is None:
        return
    words = gold is not None and time is not None and overlap((gold.start, gold.end), (time.start, time.end)) > 0
    resolved = words and gold is not None and time is not None and same_time(gold, time)
    tally.add("time words", gold=gold is not None, predicted=time is not None, right=words)
    tally.add("time resolved", gold=gold is not None, predicted=time is not None, right=resolved)
    if label is not None and claim is not None and not resolved:
        tally.note(
            "time resolved" if words else "time words",
            _days(gold),
            _days(time),
            _quote(label, claim),
        )


def _score_flag(
    field: str, gold: bool, predicted: bool, label: GoldClaim | None, claim: Claim | None, tally: Tally
) -> None:
    if not (gold or predicted):
        return
    tally.add(field, gold=gold, predicted=predicted, right=gold and predicted)
    if label is not None and claim is not None and gold != predicted:
        tally.note(field, "yes" if gold else None, "yes" if predicted else None, _quote(label, claim))


def _negated(claim: GoldClaim | Claim) -> bool:
    denied = claim.attribution is not None and claim.attribution.stance == "denies"
    return claim.polarity is Polarity.NEGATED or denied


def _quote(label: GoldClaim | None, claim: Claim | None) -> str | None:
    return label.quote if label is not None else claim.quote if claim is not None else None


def _speaker(attribution: GoldAttribution | Attribution | None) -> str | None:
    return None if attribution is None else attribution.speaker or "nobody named"


def _days(time: GoldTime | TimeRef | None) -> str | None:
    return None if time is None else f"{time.as_written} ({time.earliest or 'open'} to {time.latest or 'open'})"


def _figure(quantity: GoldQuantity | Quantity | None) -> str | None:
    if quantity is None:
        return None
    size = f"{quantity.value:g}" if quantity.value is not None else f"{quantity.low} to {quantity.high}"
    parts = [quantity.change, f"{quantity.comparator.value} {size}", quantity.unit]
    return " ".join(part for part in parts if part) + (f" of {quantity.of}" if quantity.of else "")


def _score_pairs(
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


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"
