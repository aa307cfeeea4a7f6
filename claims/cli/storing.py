"""Commands on the store as a whole."""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta
from typing import Annotated, Any

import typer

from claims.cli.guard import guarded
from claims.cli.options import Db, Form
from claims.report.format import Format


@guarded
def sql(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A SELECT over the views; docs/sql.md has examples.")],
    db: Db = None,
    form: Form = Format.TABLE,
) -> None:
    """Ask the store in SQL: read-only, without access to files or the network.

    Views: documents, claims, quantities, speakers, sources, facts, fact_values, pairs, conflicts, agreements,
    updates, disputes, rejected, runs, calls.
    """
    from claims.report.listing import Column, render
    from claims.settings import resolve
    from claims.store import Store

    with Store(resolve(db=db, model="builtin").db, sandbox=True) as store:
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


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    app.command()(sql)


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
