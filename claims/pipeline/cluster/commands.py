"""The two commands: paths → a folder of Parquet, and that folder → its facts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claims import __version__
from claims.errors import ModelError, SettingsError
from claims.pipeline.builtin import builtin_config
from claims.pipeline.cluster import aligning
from claims.pipeline.cluster.engine import Engine, Ref, exchanged
from claims.pipeline.cluster.extracting import PartDone, extract_part
from claims.pipeline.cluster.job import Job, code, existing, planned
from claims.pipeline.cluster.reading import read_unit, units
from claims.pipeline.progress import BUILTIN, Progress, Summary
from claims.store import Store

if TYPE_CHECKING:
    from claims.llm import Price
    from claims.settings import Settings

_PER_WORKER = 4  # parts, so that a slow one holds up nobody, and a lost one costs little
_AT_ONCE = 8  # forests joined by one call


def extract(
    paths: Iterable[str | os.PathLike[str]],
    folder: Path,
    settings: Settings,
    engine: Engine,
    summary: Summary,
    progress: Progress,
    *,
    parts: int | None = None,
) -> None:
    """Documents and claims of `paths` as parts in `folder`. What is done there already is not done again.

    `parts` is their number where the folder is new. Raises StoreError, InputError or SettingsError; what ends a
    model's work early is in `summary.error`.
    """
    if settings.local_model is not None:
        raise SettingsError("a cluster shares one endpoint: serve the model, and give its address with --base-url")
    folder = folder.resolve()
    buckets = planned(folder, parts, _PER_WORKER * engine.workers)
    plain = settings.model_copy(update={"api_key": None})
    with Store(":memory:") as runs:
        runs.parts.read(folder, "runs", ("runs",))
        job = Job(folder, buckets, code(), _begin(runs, settings), plain)
        summary.run_id = job.run_id
        runs.parts.write(folder, "runs", ("runs",))
        runs.parts.label(folder, aligned=False)
        status = "failed"
        try:
            _extract(paths, job, settings, engine, summary, progress)
            status = "interrupted" if summary.interrupted else "complete" if summary.complete() else "incomplete"
        finally:
            runs.ledger.end(job.run_id, status, summary.extracted, summary.failures)
            runs.parts.write(folder, "runs", ("runs",))


def _extract(
    paths: Iterable[str | os.PathLike[str]],
    job: Job,
    settings: Settings,
    engine: Engine,
    summary: Summary,
    progress: Progress,
) -> None:
    progress.stage("Reading", None)
    read = engine.spread(read_unit, [(job, unit) for unit in units(paths)], job.buckets + 1)
    for problems, notes in engine.get([row[job.buckets] for row in read]):
        summary.problems += problems
        summary.notes += notes
    pieces = exchanged(read, job.buckets)
    progress.stage("Extracting", job.buckets)
    failed: list[BaseException] = []
    key = settings.api_key.get_secret_value() if settings.api_key else None
    with engine.limiter(key, *_limits(settings)) as remote:
        calls = ((job, bucket, remote, *pieces[bucket]) for bucket in range(job.buckets))
        ended = 0
        for done in engine.results(extract_part, calls, lambda: progress.stopping() or bool(failed)):
            ended += 1
            _count(summary, done)
            if done.error is not None:
                failed.append(done.error)
            progress.advance(1, documents=summary.documents, claims=summary.claims)
    summary.error = next((error for error in failed if isinstance(error, ModelError)), None)
    summary.interrupted = ended < job.buckets and not failed


def _limits(settings: Settings) -> tuple[int, float | None, float | None, int | None, float | None, Price | None]:
    price = None
    if settings.uses_model:
        from claims.llm import price as price_of

        price = price_of(settings)
    return (
        settings.concurrency,
        settings.requests_per_minute,
        settings.tokens_per_minute,
        settings.max_tokens,
        settings.max_cost,
        price,
    )


def _begin(runs: Store, settings: Settings) -> str:
    if not settings.uses_model:
        return runs.ledger.begin(
            "extract", builtin_config(), extractor=BUILTIN, version=__version__, documents=0, options={"model": BUILTIN}
        )
    from claims.extraction import options as options_of

    options = options_of(settings)
    return runs.ledger.begin(
        "extract",
        options.config,
        extractor=options.model,
        version=__version__,
        documents=0,
        prompt_hash=options.prompt_hash,
        schema_hash=options.schema_hash,
        options={"model": options.model, "endpoint": settings.endpoint, "profile": options.profile},
    )


def _count(summary: Summary, done: PartDone) -> None:
    summary.documents += done.documents
    summary.extracted += done.extracted
    summary.claims += done.claims
    summary.rejected += done.rejected
    summary.windows += done.windows
    for kind, number in done.failures.items():
        summary.failures[kind] = summary.failures.get(kind, 0) + number
    for name, number in done.spent.items():
        used = number / 1e6 if name == "cost" else number
        summary.spent[name] = summary.spent.get(name, 0.0) + used


def align(folder: Path, engine: Engine, summary: Summary, progress: Progress) -> None:
    """The facts of all active claims in `folder`, as parts beside them, in place of what was there."""
    folder = folder.resolve()
    buckets = existing(folder)
    job = Job(folder, buckets, code())
    every = range(buckets)
    progress.stage("Aligning", buckets)
    counted = engine.spread(aligning.count_terms, [(job, b) for b in every], buckets + 2)
    number = sum(engine.get([row[buckets + 1] for row in counted]))
    totals = engine.spread(aligning.sum_terms, _given(job, counted, buckets), buckets)
    totals_of = exchanged(totals, buckets)
    proposed = engine.spread(
        aligning.propose, [(job, number, counted[b][buckets], *totals_of[b]) for b in every], buckets + 2
    )
    paired = engine.spread(aligning.pair, _given(job, proposed, buckets), buckets)
    wanted = engine.spread(aligning.want, _given(job, paired, buckets), buckets + 1)
    asked = exchanged(wanted, buckets)
    given = engine.spread(aligning.give, [(job, proposed[b][buckets], *asked[b]) for b in every], buckets)
    answers = exchanged(given, buckets)
    checked = engine.spread(aligning.check, [(proposed[b][buckets], wanted[b][buckets], *answers[b]) for b in every], 2)
    homes = engine.spread(aligning.story_of, [(job, *_joined(engine, [row[1] for row in checked]))], buckets)[0]
    shipped = engine.spread(
        aligning.ship,
        [(job, b, proposed[b][buckets + 1], checked[b][0], homes[b]) for b in every],
        buckets,
    )
    stories = exchanged(shipped, buckets)
    calls = ((job, b, number, *stories[b]) for b in every)
    with Store(":memory:") as label:
        label.parts.label(folder, aligned=False)  # until all parts are written
        ended = 0
        for facts, discrepancies in engine.results(aligning.align_part, calls, progress.stopping):
            ended += 1
            summary.facts += facts
            summary.discrepancies += discrepancies
            progress.advance(1, facts=summary.facts)
        summary.interrupted = ended < buckets
        if not summary.interrupted:
            label.parts.label(folder, aligned=True)


def _given(job: Job, rows: Sequence[Sequence[Ref]], buckets: int) -> list[tuple[Ref, ...]]:
    return [(job, *pieces) for pieces in exchanged(rows, buckets)]


def _joined(engine: Engine, forests: list[Ref]) -> list[Ref]:
    """A few forests that join what all of `forests` do."""
    while len(forests) > _AT_ONCE:
        groups = [forests[i : i + _AT_ONCE] for i in range(0, len(forests), _AT_ONCE)]
        forests = [row[0] for row in engine.spread(aligning.forest, groups, 1)]
    return forests
