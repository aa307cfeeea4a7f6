"""Run an extractor over a gold file and say how good it is, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from claims.evaluation.fields import score_document
from claims.evaluation.gold import Gold, corpus_hash, load_gold
from claims.evaluation.pairs import score_pairs
from claims.evaluation.results import CLAIM_FIELDS, Difference, Report, Tally
from claims.evaluation.scores import RESAMPLES, Counts, score_fields
from claims.models import Claim, Document, Draft, Fact

Extractor = Callable[[Document], Iterable[Draft]]
Aligner = Callable[[Sequence[Claim], Mapping[str, Document]], Iterable[Fact]]  # documents by their id


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
        score_document(document, found, tally)
        for field in CLAIM_FIELDS:
            counts[field].append(tally.counts(field))
        differences += tally.differences
    if gold.pairs:
        pair_counts, pair_differences = score_pairs(gold, claims, facts)
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
