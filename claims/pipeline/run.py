"""The stages, one after the other. Each works on the store, a batch at a time, and leaves it whole."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claims import __version__
from claims.errors import InputError, Unfinished
from claims.pipeline.builtin import batches, builtin_config, extracted, processes
from claims.pipeline.progress import BUILTIN, Progress, Summary

if TYPE_CHECKING:
    from claims.settings import Settings
    from claims.store import Store

_READ_BATCH = 500  # documents in one transaction


def read_documents(
    store: Store, paths: Iterable[str | os.PathLike[str]], summary: Summary, progress: Progress
) -> list[str]:
    """Stores the documents of `paths`, a batch at a time; returns their ids, each once, in the order of reading."""
    from claims.documents import Reading, read
    from claims.store import read_parquet

    reading = Reading()
    ids: dict[str, None] = {}
    progress.stage("Reading", None)
    with store.connection.little_memory():
        for batch in batches(read(paths, reading, parquet=read_parquet), _READ_BATCH):
            with store.connection.transaction():
                for path, before in store.documents.known([document.path for document in batch]).items():
                    now = next(document.id for document in batch if document.path == path)
                    if now not in before:
                        reading.notes.append(
                            f"{path}: changed since it was read; the text read then stays as document {before[0]} "
                            f"(`claims forget {before[0]}` removes it)"
                        )
                ids.update(dict.fromkeys(store.documents.add(batch)))
            progress.advance(len(batch))
    summary.problems += reading.problems
    summary.notes += reading.notes
    summary.documents = len(ids)
    return list(ids)


def extract(
    store: Store,
    ids: Sequence[str],
    settings: Settings,
    summary: Summary,
    progress: Progress,
    kinds: Sequence[str] = (),
) -> None:
    """Extracts what is not yet extracted of the documents `ids`, and makes it what is aligned.

    `kinds` limits a model's work to windows that are new or failed for one of these reasons.
    """
    if settings.uses_model:
        from claims.pipeline.model import extract_with_model

        extract_with_model(store, ids, settings, summary, progress, kinds)
        return
    config = builtin_config()
    summary.extractor = BUILTIN
    pending = store.extractions.pending(config, ids)
    if pending:
        summary.run_id = store.ledger.begin(
            "run", config, extractor=BUILTIN, version=__version__, documents=len(pending), options={"model": BUILTIN}
        )
        status = "failed"
        try:
            progress.stage("Extracting", len(pending))
            claims = rejected = 0
            jobs = processes(settings.jobs, len(pending))
            with store.connection.little_memory():
                for batch in extracted(store, pending, summary.run_id, jobs, progress):
                    store.extractions.save(config, summary.run_id, batch)
                    summary.extracted += len(batch)
                    claims += sum(len(item.claims) for item in batch)
                    rejected += sum(len(item.rejections) for item in batch)
                    progress.advance(len(batch), claims=claims, rejected=rejected)
            summary.interrupted = summary.extracted < len(pending)
            status = "interrupted" if summary.interrupted else "complete"
        except KeyboardInterrupt:
            status = "interrupted"
            raise
        finally:
            store.ledger.end(summary.run_id, status, summary.extracted)
    store.extractions.activate(config, ids)


def align(store: Store, summary: Summary, progress: Progress, settings: Settings | None = None) -> bool:
    """Aligns what changed in the store since the last time; returns whether the facts changed.

    With `settings.adjudicate` a second reader then judges the pairs that are undecided. What it said counts in later
    alignments too, until `settings.adjudicate` is False.
    """
    from claims.pipeline.aligning import align_changes

    if settings is not None and settings.adjudicate is False:
        store.verdicts.activate(None)
    changed = align_changes(store, progress)
    if settings is not None and settings.adjudicate and summary.error is None:
        from claims.pipeline.adjudicating import adjudicate, second_reader

        reader = second_reader(settings)
        store.verdicts.activate(reader.config)
        changed = align_changes(store, progress) or changed
        judged = store.memory("judged")
        if judged.get(reader.config) != _to_judge(store, settings, reader.config):
            finished = adjudicate(store, reader, summary, progress)
            changed = align_changes(store, progress) or changed
            if finished:
                judged[reader.config] = _to_judge(store, settings, reader.config)
    counts = store.queries.counts()
    summary.claims, summary.rejected = counts["claims"], counts["rejected"]
    summary.facts, summary.discrepancies = counts["facts"], counts["discrepancies"]
    return changed


def _to_judge(store: Store, settings: Settings, config: str) -> str:
    """Names all that decides which pairs are still to be put to a second reader."""
    most, known = settings.max_adjudications, store.verdicts.count(config)
    return f"{store.facts.code()} {store.corpus.state()} {most} {known}"


def run(
    store: Store,
    paths: Iterable[str | os.PathLike[str]],
    settings: Settings,
    progress: Progress | None = None,
) -> Summary:
    """The main job: reads `paths` into `store`, extracts what is new, aligns, and says what was done."""
    progress = progress or Progress()
    summary = Summary()
    if settings.adjudicate:
        settings.for_second_reader()  # complains before any work is done
    ids = read_documents(store, paths, summary, progress)
    extract(store, ids, settings, summary, progress)
    align(store, summary, progress, settings)
    return summary


def finish(summary: Summary) -> None:
    """Raises Unfinished or InputError, with one line, when something asked for was not done."""
    if summary.error is not None:
        raise summary.error
    if summary.interrupted:
        raise Unfinished("stopped before the end; what is done is kept: run the same command again to go on")
    if summary.failures:
        reasons = ", ".join(f"{count} × {kind}" for kind, count in sorted(summary.failures.items()))
        raise Unfinished(f"not all was extracted ({reasons}); run the same command again, or `claims retry`")
    if summary.waiting:
        raise Unfinished(f"{summary.waiting} windows are out in a batch: `claims batch collect` takes their answers in")
    if summary.problems:
        number = len(summary.problems)
        raise InputError(f"{number} of the inputs could not be read (see above); the rest is done")
