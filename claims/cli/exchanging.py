"""What leaves the store and comes back: report, export, import."""

from __future__ import annotations

import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from claims.cli.guard import guarded, say
from claims.cli.options import Db, Quiet

if TYPE_CHECKING:
    from claims.store import Store


class Export(StrEnum):
    """What an export is written as."""

    PARQUET = "parquet"
    JSONL = "jsonl"
    CSV = "csv"
    JSONLD = "jsonld"


class ReportFormat(StrEnum):
    """What a report is written as."""

    HTML = "html"
    MARKDOWN = "markdown"
    JSON = "json"


@guarded
def report(
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write; - for standard output.")] = Path(
        "report.html"
    ),
    form: Annotated[
        ReportFormat | None,
        typer.Option("--format", help="[default: by the ending of the file, else html]", show_default=False),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", help="Heading of the report.", show_default=False)] = None,
    db: Db = None,
    quiet: Quiet = False,
) -> None:
    """A report to look at: discrepancies first, then agreements, sources, a timeline and the marked articles.

    The HTML is one file that needs no network. Markdown and JSON hold the same for pull requests and pipelines.
    """
    from claims.cli.listings import reading

    form = form or {".md": ReportFormat.MARKDOWN, ".json": ReportFormat.JSON}.get(output.suffix, ReportFormat.HTML)
    with reading(db) as store:
        text = _report(store, form, title)
    if str(output) == "-":
        sys.stdout.write(text)
        return
    _write(output, text)
    if not quiet:
        say(f"claims: wrote {output}")


@guarded
def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to write to; it is made if need be.")],
    form: Annotated[
        Export,
        typer.Option(
            "--format", help="parquet and jsonl can be imported again; csv is for spreadsheets; jsonld: schema.org."
        ),
    ] = Export.PARQUET,
    db: Db = None,
    quiet: Quiet = False,
) -> None:
    """Write the store to files: all tables (parquet, jsonl), the views (csv), or schema.org Claims (jsonld)."""
    from claims.cli.listings import reading

    with reading(db) as store:
        if form is Export.JSONLD:
            from claims.report.linked import linked_data

            graph = linked_data(store.documents.stream(), store.queries.claims(), store.queries.facts())
            _make_folder(folder)
            _write(folder / "claims.jsonld", json.dumps(graph, ensure_ascii=False, indent=1) + "\n")
            counts = {"articles, claims and facts": len(graph["@graph"])}
        elif form is Export.CSV:
            counts = _export_views(store, folder)
        else:
            counts = store.transfer.export(folder, "parquet" if form is Export.PARQUET else "jsonl")
    if not quiet:
        say(f"claims: wrote {', '.join(f'{number} {name}' for name, number in counts.items() if number)} to {folder}")


@guarded
def import_(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that `claims export` wrote.")],
    db: Db = None,
    quiet: Quiet = False,
) -> None:
    """Take an export (parquet or jsonl) into the store, without loss; what is there already stays as it is."""
    from claims import pipeline
    from claims.settings import resolve
    from claims.store import open_store

    with open_store(resolve(db=db, model=pipeline.BUILTIN).db) as store:
        counts, stale = store.transfer.load(folder)
        if stale:
            pipeline.align(store, pipeline.Summary(), pipeline.Progress())
    if not quiet:
        say(f"claims: new: {', '.join(f'{n} {name}' for name, n in counts.items() if n) or 'nothing'}")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    app.command()(report)
    app.command()(export)
    app.command("import")(import_)


def _report(store: Store, form: ReportFormat, title: str | None) -> str:
    from claims.report.build import from_store

    data = from_store(store, title=title)
    if form is ReportFormat.HTML:
        from claims.report import html

        return html.render(data)
    from claims.report import summary

    return summary.render_markdown(data) if form is ReportFormat.MARKDOWN else summary.render_json(data)


def _export_views(store: Store, folder: Path) -> dict[str, int]:
    import io

    from claims.report.format import Format
    from claims.report.listing import render

    _make_folder(folder)
    counts = {}
    for view in ("documents", "claims", "facts", "fact_values", "pairs", "sources", "speakers", "rejected", "runs"):
        rows = store.queries.view(view)
        text = io.StringIO()
        render(rows, [], Format.CSV, text)
        _write(folder / f"{view}.csv", text.getvalue())
        counts[view] = len(rows)
    return counts


def _make_folder(folder: Path) -> None:
    from claims.errors import StoreError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made: {error.strerror}; give another folder") from error


def _write(path: Path, text: str) -> None:
    """Writes a whole file or none."""
    from claims.errors import StoreError

    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{path}: cannot be written: {error.strerror}; give another place with -o") from error
