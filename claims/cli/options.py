"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from claims.report.format import Format

Db = Annotated[
    Path | None,
    typer.Option("--db", help="The store, a DuckDB file. [env: CLAIMS_DB; default: claims.duckdb]", show_default=False),
]
Form = Annotated[Format, typer.Option("--format", help="How to print: a table for people, the others for programs.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Print at most this many.", show_default=False)]
Words = Annotated[str | None, typer.Option("--words", help="Only those that hold these words.", show_default=False)]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No notes and no progress; errors are still printed.")]
Verbose = Annotated[int, typer.Option("--verbose", "-v", count=True, help="Say more of what is done; -vv: everything.")]
Paths = Annotated[
    list[str],
    typer.Argument(
        help="Articles: .txt, .md, .html, .jsonl, .csv, .parquet files, folders of them, or - for standard input.",
        metavar="PATH",
        show_default=False,
    ),
]


class Engine(StrEnum):
    """What runs the work."""

    LOCAL = "local"
    RAY = "ray"


WithEngine = Annotated[
    Engine, typer.Option("--engine", help="This machine, on the store; or a Ray cluster, on a folder of Parquet.")
]
Address = Annotated[
    str | None,
    typer.Option(
        "--address",
        help="With --engine ray: the cluster, host:port or auto. [default: one started on this machine]",
        show_default=False,
    ),
]
