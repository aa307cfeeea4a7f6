"""Listings: rows of plain dictionaries → table, JSON, JSON lines, CSV or Markdown."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from claims.report.characters import csv_cell, line, markdown
from claims.report.format import Format

Row = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column of a table: its heading, and the cell of a row."""

    heading: str
    cell: Callable[[Row], Any]
    right: bool = False  # figures stand at the right
    wrap: bool = True  # whether a long cell may go on in the next line

    @classmethod
    def of(cls, field: str, heading: str | None = None, **options: bool) -> Column:
        """The column of one field of the rows."""
        return cls(heading or field.replace("_", " "), lambda row: row.get(field), **options)


def render(
    rows: Iterable[Row],
    columns: Sequence[Column],
    form: Format,
    out: TextIO,
    *,
    flatten: Callable[[Row], Iterable[Row]] | None = None,
    empty: str = "nothing found",
) -> None:
    """Writes `rows` to `out`.

    JSON and JSON lines hold the rows as they are. CSV has one line for each flat row that `flatten` gives (by default
    the row itself, nested fields joined by a dot). Tables and Markdown show `columns`.
    """
    if form is Format.JSON:
        json.dump(list(rows), out, ensure_ascii=False, indent=2)
        out.write("\n")
    elif form is Format.JSONL:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif form is Format.CSV:
        _csv([flat for row in rows for flat in (flatten(row) if flatten else (flat_row(row),))], out)
    elif form is Format.MARKDOWN:
        _markdown(list(rows), columns, out)
    else:
        _table(list(rows), columns, out, empty)


def cell_text(value: Any) -> str:
    """A cell as one line of text; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, list | tuple):
        return ", ".join(cell_text(item) for item in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def flat_row(row: Row) -> Row:
    """`row` with nested objects spread out: {"a": {"b": 1}} → {"a.b": 1}."""
    flat: Row = {}
    for name, value in row.items():
        if isinstance(value, dict):
            flat.update({f"{name}.{inner}": item for inner, item in flat_row(value).items()})
        else:
            flat[name] = value
    return flat


def _csv(rows: Sequence[Row], out: TextIO) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(csv_cell(name) for name in names)
    for row in rows:
        writer.writerow(_csv_value(row.get(name)) for name in names)


def _csv_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return csv_cell(json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value))


def _markdown(rows: Sequence[Row], columns: Sequence[Column], out: TextIO) -> None:
    out.write("| " + " | ".join(column.heading for column in columns) + " |\n")
    out.write("|" + "|".join(" ---: " if column.right else " --- " for column in columns) + "|\n")
    for row in rows:
        out.write("| " + " | ".join(markdown(cell_text(column.cell(row))) for column in columns) + " |\n")


def _table(rows: Sequence[Row], columns: Sequence[Column], out: TextIO, empty: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not rows:
        out.write(empty + "\n")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for column in columns:
        table.add_column(
            column.heading,
            justify="right" if column.right else "left",
            overflow="fold",
            no_wrap=not column.wrap,
        )
    for row in rows:
        table.add_row(*(Text(line(cell_text(column.cell(row)))) for column in columns))
    Console(file=out, highlight=False, emoji=False, markup=False).print(table)
