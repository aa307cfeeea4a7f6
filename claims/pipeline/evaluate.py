"""How good is the extractor that the settings name? Labelled articles through the stages of any run, then scored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from claims.evaluation import Report, load_gold, score
from claims.models import Claim
from claims.pipeline.progress import Progress, Summary
from claims.pipeline.run import align, extract, finish
from claims.report.build import facts_of

if TYPE_CHECKING:
    from claims.settings import Settings
    from claims.store import Store


def evaluate(
    gold_path: Path,
    store: Store,
    settings: Settings,
    progress: Progress | None = None,
    *,
    resamples: int = 1000,
) -> Report:
    """Scores the extractor of `settings` on the articles of a gold file.

    The articles, claims and calls go to `store`, which holds nothing else: where it has the answers of an earlier
    evaluation with the same model, prompt and schema, only what is missing is asked.

    Raises:
        InputError: the gold file cannot be read or contradicts itself.
        Unfinished, ModelError: the model did not answer for all articles; a score of a part would mislead.
    """
    gold = load_gold(gold_path)
    progress = progress or Progress()
    summary = Summary()
    documents = [document.document() for document in gold.documents]
    store.documents.add(documents)
    extract(store, [document.id for document in documents], settings, summary, progress)
    align(store, summary, progress)
    finish(summary)
    by_document: dict[str, list[Claim]] = {document.id: [] for document in documents}
    for claim in store.extractions.active():
        if claim.document_id in by_document:
            by_document[claim.document_id].append(claim)
    facts = facts_of(store) if gold.pairs else ()
    claims = [sorted(by_document[document.id], key=lambda c: (c.start, c.end, c.id)) for document in documents]
    return score(gold, claims, facts, rejected=summary.rejected, resamples=resamples)
