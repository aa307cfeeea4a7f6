"""`claims batch`: extraction through an endpoint's Batch API, which takes up to a day and costs half."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.guard import guarded, say
from claims.cli.options import Form, Paths, Quiet
from claims.cli.settings import with_settings
from claims.report.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.pipeline import Progress
    from claims.settings import Settings
    from claims.store import Store
    from claims.store.batches import BatchRow

batch_app = typer.Typer(
    no_args_is_help=True,
    help="Extract through the endpoint's Batch API: up to a day later, at half the price.\n\n"
    "Submit, then collect when `claims batch status` says completed; from any process, on any day. What could not be "
    "used is asked again by the next submit, and only that.",
)


@batch_app.command()
@guarded
@with_settings
def submit(paths: Paths, settings: Settings, form: Form = Format.TABLE, quiet: Quiet = False) -> None:
    """Hand what is not yet extracted of the articles to the Batch API."""
    from claims import pipeline
    from claims.pipeline import batch

    summary = pipeline.Summary()
    with _opened(settings, quiet) as (store, progress):
        ids = pipeline.read_documents(store, paths, summary, progress)
        outcome = batch.submit(store, ids, settings, summary, progress)
    for line in [*summary.notes, *summary.problems]:
        say(f"claims: {line}")
    if not quiet:
        say(f"claims: {outcome.sent} requests in {len(outcome.batches)} batches; `claims batch status` follows them")
    _print(outcome.batches, form, "nothing to submit: all is extracted, or out in a batch")
    if outcome.limit is not None:
        raise outcome.limit
    pipeline.finish(summary)


@batch_app.command()
@guarded
@with_settings
def status(settings: Settings, form: Form = Format.TABLE, quiet: Quiet = False) -> None:
    """Ask the endpoint how far the batches are."""
    from claims.pipeline import batch

    with _opened(settings, quiet) as (store, _):
        rows = batch.status(store, settings)
    _print(rows, form, "no batches")


@batch_app.command()
@guarded
@with_settings
def collect(settings: Settings, form: Form = Format.TABLE, quiet: Quiet = False) -> None:
    """Take in the answers of the batches that have ended, and compare the claims they gave."""
    from claims import pipeline
    from claims.errors import Unfinished
    from claims.pipeline import batch

    summary = pipeline.Summary()
    with _opened(settings, quiet) as (store, progress):
        outcome = batch.collect(store, settings, summary, progress)
        pipeline.align(store, summary, progress)
    _print(outcome.batches, form, "no batch has ended")
    if not quiet:
        say(
            f"claims: {outcome.answers} answers, {outcome.failed} failed; {outcome.completed} windows completed; "
            f"{summary.claims} claims in the store"
        )
    if outcome.to_send:
        raise Unfinished(f"{outcome.to_send} requests are still to be asked; run `claims batch submit` again for them")


@batch_app.command()
@guarded
@with_settings
def cancel(
    batch_id: Annotated[str, typer.Argument(metavar="ID", help="Id of a batch, or its beginning.")],
    settings: Settings,
    form: Form = Format.TABLE,
    quiet: Quiet = False,
) -> None:
    """Ask the endpoint to stop a batch. What it had answered can still be collected."""
    from claims.pipeline import batch

    with _opened(settings, quiet) as (store, _):
        row = batch.cancel(store, settings, batch_id)
    _print([row], form, "")


def register(app: typer.Typer) -> None:
    """Adds `batch` with its commands to `app`."""
    app.add_typer(batch_app, name="batch")


@contextmanager
def _opened(settings: Settings, quiet: bool) -> Iterator[tuple[Store, Progress]]:
    from claims.cli.progress import TerminalProgress
    from claims.store import open_store

    with open_store(settings.db) as store, TerminalProgress(quiet=quiet) as progress:
        yield store, progress


def _print(rows: Sequence[BatchRow], form: Format, empty: str) -> None:
    from claims.report.listing import Column, render

    columns = [
        Column.of("id", wrap=False),
        Column.of("status", wrap=False),
        Column.of("model"),
        Column.of("requests", right=True),
        Column.of("succeeded", right=True),
        Column.of("failed", right=True),
        Column.of("error"),
    ]
    render([asdict(row) for row in rows], columns, form, sys.stdout, empty=empty)
