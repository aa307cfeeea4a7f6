"""Extraction by a model: the ledger's run around `claims.extraction`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from claims import __version__
from claims.errors import ModelError
from claims.extraction import extract
from claims.extraction import options as options_of
from claims.extraction.keeping import GroupCommit
from claims.llm import Client
from claims.llm.local import serve
from claims.pipeline.heap import quick_turns, settled_heap
from claims.pipeline.loop import run
from claims.pipeline.progress import Progress, Summary

if TYPE_CHECKING:
    from claims.settings import Settings
    from claims.store import Store


def extract_with_model(
    store: Store,
    ids: Sequence[str],
    settings: Settings,
    summary: Summary,
    progress: Progress,
    kinds: Sequence[str] = (),
) -> None:
    """Extracts the windows that are not yet done of the documents `ids`; with `kinds`, not those that failed otherwise.

    When no further call can succeed, or the next would pass a limit, what was finished is kept, and `summary.error`
    says why it ended.
    """
    options = options_of(settings)
    summary.extractor = options.model
    pending = store.extractions.pending(options.config, ids)
    if pending:
        summary.run_id = store.ledger.begin(
            "run",
            options.config,
            extractor=options.model,
            version=__version__,
            documents=len(pending),
            prompt_hash=options.prompt_hash,
            schema_hash=options.schema_hash,
            options={
                "model": options.model,
                "endpoint": settings.endpoint,
                "profile": options.profile,
                "window": options.window,
                "max_output_tokens": options.max_output_tokens,
                "max_reasks": options.max_reasks,
                "temperature": options.temperature,
                "concurrency": settings.concurrency,
            },
        )
        status, left = "failed", None
        try:
            with serve(settings) as served, settled_heap(), quick_turns(), store.connection.little_memory():
                run(extract_pending(store, pending, served, summary, progress, kinds))
            left = len(store.extractions.pending(options.config, pending))
            summary.interrupted = progress.stopping() and left > 0
            if summary.error is None:
                status = "interrupted" if summary.interrupted else "incomplete" if left else "complete"
        except KeyboardInterrupt:
            status = "interrupted"
            raise
        finally:
            if left is None:
                left = len(store.extractions.pending(options.config, pending))
            summary.extracted = len(pending) - left
            store.ledger.end(summary.run_id, status, summary.extracted, summary.failures)
            summary.spent = store.ledger.spent(summary.run_id)
    store.windows.activate(options.config, ids)


async def extract_pending(
    store: Store,
    pending: Sequence[str],
    settings: Settings,
    summary: Summary,
    progress: Progress,
    kinds: Sequence[str] = (),
    *,
    share: Callable[[Client], None] = lambda client: None,
) -> None:
    """The windows of `pending`, under the run that `summary` names; what is done is in `summary` and in the store.

    `share` may give the client a flow and a budget that others use as well.
    """
    options = options_of(settings)
    assert summary.run_id is not None
    passed_over = store.windows.done(options.config, pending)
    for document_id, spans in store.windows.failed_otherwise(options.config, kinds).items():
        passed_over.setdefault(document_id, set()).update(spans)
    # What is out in a batch is paid for there.
    out = store.batches.waiting(options.config)
    for document_id in out.keys() & set(pending):
        passed_over.setdefault(document_id, set()).update(out[document_id])
        summary.waiting += len(out[document_id])
    keeper = GroupCommit(
        partial(store.windows.save, options.config, summary.run_id),
        done=passed_over,
        paid=store.windows.paid(options.config, pending),
        journal=store.journal,
        enough=4 * settings.concurrency,  # of the windows at work; the others go on
    )
    progress.stage("Extracting", len(pending))
    failures: Counter[str] = Counter()
    counts = {"claims": 0, "rejected": 0, "calls": 0}
    async with Client(settings, ledger=keeper, memory=store.memory("mode")) as client:
        share(client)
        documents = (document for document in store.documents.stream(pending))
        try:
            async for result in extract(
                documents, client, options, keeper, run_id=summary.run_id, stopping=progress.stopping
            ):
                if result.error_kind is not None:
                    failures[str(result.error_kind)] += 1
                counts["claims"] += len(result.claims)
                counts["rejected"] += len(result.rejections)
                counts["calls"] += result.calls
                cost = {"cost": client.budget.cost} if client.price else {}
                progress.advance(1 / max(1, result.windows), **counts, **cost)
                summary.windows += 1
        except ModelError as error:
            failures[str(error.kind)] += 1
            summary.error = error
        finally:
            await keeper.close()
            summary.failures = dict(failures)
