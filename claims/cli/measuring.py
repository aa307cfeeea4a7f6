"""How good an extractor is, and what a model is sent."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims.cli.guard import guarded, say
from claims.cli.options import Form, Paths
from claims.cli.settings import with_settings
from claims.errors import InputError
from claims.report.format import Format

if TYPE_CHECKING:
    from claims.evaluation import Report
    from claims.settings import Settings


@guarded
@with_settings
def eval_(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A gold file; docs/evaluation.md describes its format.")],
    settings: Settings,
    resamples: Annotated[int, typer.Option("--resamples", min=0, help="Of the bootstrap; 0: no intervals.")] = 1000,
    differences: Annotated[
        bool, typer.Option("--differences", help="List what was missed, invented and wrong.")
    ] = False,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep",
            help="Keep a model's answers in this store of their own; with it, another eval asks only what is missing.",
            show_default=False,
        ),
    ] = None,
    form: Form = Format.TABLE,
) -> None:
    """Score an extractor against labelled articles: precision, recall and F1 by field, with intervals.

    The built-in extractor, or the model that --model names. Nothing goes to the store of --db.
    """
    from claims.report.listing import Column, render

    result = _evaluate(gold, settings, resamples, keep)
    if form in (Format.JSON, Format.JSONL):
        indent = 2 if form is Format.JSON else None
        sys.stdout.write(json.dumps(result.model_dump(mode="json"), ensure_ascii=False, indent=indent) + "\n")
        return
    headers, rows = result.difference_table() if differences else result.table()
    columns = [Column.of(name, name, right=not differences and name != "field") for name in headers]
    render([dict(zip(headers, row, strict=True)) for row in rows], columns, form, sys.stdout)


@guarded
@with_settings
def prompts(paths: Paths, settings: Settings, form: Form = Format.TABLE) -> None:
    """What a model would be sent for these articles: every message of every window. Nothing is sent."""
    from claims.documents import Reading, read
    from claims.extraction import options as options_of
    from claims.extraction import prompts as templates
    from claims.extraction.windows import plan
    from claims.grounding.view import view
    from claims.report.listing import Column, render
    from claims.store import label, read_parquet

    profile = options_of(settings).profile
    prompt = templates.load(profile)
    reading = Reading()
    rows: list[dict[str, Any]] = []
    for document in read(paths, reading, parquet=read_parquet):
        seen = view(document)
        windows = plan(
            seen, size=settings.window or prompt.window, context=prompt.context, max_characters=prompt.max_characters
        )
        for window in windows:
            for number, message in enumerate(templates.messages(profile, window.variables(seen)), start=1):
                rows.append(
                    {
                        "document": document.path,
                        "start": window.span.start,
                        "end": window.span.end,
                        "message": number,
                        "role": message["role"],
                        "content": message["content"],
                    }
                )
    for problem in reading.problems:
        say(f"claims: {problem}")
    columns = [
        Column("document", lambda row: label(row["document"])),
        Column("characters", lambda row: f"{row['start']}–{row['end']}"),
        Column.of("role"),
        Column.of("content"),
    ]
    if form is Format.TABLE:
        _print_messages(rows, len(prompt.head()))
    else:
        render(rows, columns, form, sys.stdout)
    if reading.problems:
        raise InputError(f"{len(reading.problems)} of the inputs could not be read (see above)")


def _evaluate(gold: Path, settings: Settings, resamples: int, keep: Path | None) -> Report:
    if not settings.uses_model:
        from claims.builtin import extract
        from claims.evaluation import evaluate

        return evaluate(gold, extract, resamples=resamples)
    from tempfile import TemporaryDirectory

    from claims.cli.progress import TerminalProgress
    from claims.pipeline.evaluate import evaluate as evaluate_with_model
    from claims.store import Store

    with TemporaryDirectory() as folder:
        path = keep or Path(folder) / "evaluation.duckdb"
        with Store(path) as store, TerminalProgress(quiet=False) as progress:
            return evaluate_with_model(gold, store, settings, progress, resamples=resamples)


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    app.command("eval")(eval_)
    app.command()(prompts)


def _print_messages(rows: Sequence[dict[str, Any]], head: int) -> None:
    """The messages that are the same for every window once, then the last message of each window."""
    from claims.report.characters import visible
    from claims.store import label

    for row in rows[:head]:
        sys.stdout.write(f"[{row['role']}]\n{visible(row['content'])}\n\n")
    for row in rows:
        if row["message"] > head:
            place = f"{label(row['document'])}, characters {row['start']}–{row['end']}"
            sys.stdout.write(f"[{row['role']}: {visible(place)}]\n{visible(row['content'])}\n\n")
