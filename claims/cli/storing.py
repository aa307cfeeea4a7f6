"""Commands on the store as a whole."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from claims.cli.guard import guarded
from claims.cli.options import Db, Form, Quiet
from claims.report.format import Format


@guarded
def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A SELECT over the views; docs/sql.md has examples.")],
    db: Db = None,
    form: Form = Format.TABLE,
    allow_files: Annotated[
        bool, typer.Option("--allow-files", help="Let the query read and write files, and reach the network.")
    ] = False,
) -> None:
    """Ask the store in SQL: read-only, without access to files or the network.

    Views: documents, claims, quantities, speakers, sources, facts, fact_values, pairs, conflicts, agreements,
    updates, disputes, rejected, runs, calls, verdicts.
    """
    from claims.report.listing import Column, render
    from claims.settings import resolve
    from claims.store import Store

    with Store(resolve(db=db, model="builtin").db, read_only=True, sandbox=not allow_files) as store:
        names, rows = store.sql(query)
    unique = [name if name not in names[:index] else f"{name}_{index + 1}" for index, name in enumerate(names)]
    dictionaries = [dict(zip(unique, map(_plain, row), strict=True)) for row in rows]
    columns = [
        Column.of(
            name,
            name,
            right=any(isinstance(row[name], int | float) and not isinstance(row[name], bool) for row in dictionaries),
        )
        for name in unique
    ]
    render(dictionaries, columns, form, sys.stdout, empty="no rows")


@guarded
def diff(
    run_a: Annotated[str, typer.Argument(metavar="RUN_A", help="Id of a run, or its beginning.")],
    run_b: Annotated[str, typer.Argument(metavar="RUN_B", help="Id of another run.")],
    db: Db = None,
    form: Form = Format.TABLE,
) -> None:
    """What changed from one run to another: claims and facts that appeared, vanished or changed.

    Compared are the documents that both runs' configurations (extractor, model, prompt, schema) have extracted.
    """
    from claims.cli.listings import reading
    from claims.pipeline import difference
    from claims.report.listing import Column, render
    from claims.store import label

    with reading(db) as store:
        rows = difference(store, *store.upkeep.runs([run_a, run_b]))
    columns = [
        Column.of("what", wrap=False),
        Column.of("change", wrap=False),
        Column("document", lambda row: label(row["document"]) if row["document"] else ""),
        Column.of("text"),
        Column("fields", lambda row: ", ".join(row["fields"])),
    ]
    render(rows, columns, form, sys.stdout, empty="the two runs give the same")


@guarded
def forget(
    name: Annotated[str, typer.Argument(metavar="DOCUMENT|RUN", help="A document (path, file name or id) or a run.")],
    db: Db = None,
    quiet: Quiet = False,
) -> None:
    """Remove a document or a run with all that came from it: claims, rejected statements, calls and facts."""
    from claims import pipeline
    from claims.settings import resolve
    from claims.store import open_store

    with open_store(resolve(db=db, model=pipeline.BUILTIN).db) as store:
        runs = store.ledger.find(name) if name != "last" else []
        if len(runs) == 1 and name.startswith("r"):
            removed = store.upkeep.forget_run(runs[0])
        else:
            removed = store.upkeep.forget_document(store.documents.find(name))
        pipeline.align(store, pipeline.Summary(), pipeline.Progress())
    if not quiet:
        gone = ", ".join(f"{number} {table}" for table, number in removed.items() if number)
        sys.stdout.write(f"removed: {gone or 'nothing'}\n")


@guarded
def verify(db: Db = None, form: Form = Format.TABLE) -> None:
    """Check the store: every quote against its article, every reference, every relation computed anew.

    Ends with exit code 4 when something is wrong.
    """
    from claims.cli.listings import reading
    from claims.errors import StoreError
    from claims.pipeline import faults
    from claims.report.listing import Column, render

    with reading(db) as store:
        rows = [fault._asdict() for fault in faults(store)]
        counts = store.queries.counts()
    columns = [Column.of("check", wrap=False), Column.of("id"), Column.of("problem")]
    good = f"sound: {counts['documents']} documents, {counts['claims']} claims and {counts['facts']} facts checked"
    render(rows, columns, form, sys.stdout, empty=good)
    sys.stdout.flush()
    if rows:
        raise StoreError(f"{len(rows)} faults in the store; extract and align the documents named again")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    for command in (sql, diff, forget, verify):
        app.command()(command)


def _plain(value: Any) -> Any:
    """A value of DuckDB as JSON can hold it."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return str(value)
