"""The commands, in the order in which `claims --help` lists them."""

from __future__ import annotations

from typing import Annotated

import typer

from claims.cli import batching, exchanging, inspecting, listings, measuring, running, storing

app = typer.Typer(
    name="claims",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Cross-check news articles: what each source claims, in whose words, and where the sources differ.\n\n"
    "`claims run PATH...` reads articles, extracts their claims, compares them across sources and shows where they "
    "differ. Everything is kept in one DuckDB file (--db), which the other commands read.",
    epilog="Exit codes: 0 all done, 1 not all done, 2 wrong use, 3 unreadable input, 4 the store, 5 the model, "
    "6 the cluster, 130 stopped.",
)


def _version(value: bool) -> None:
    if value:
        from claims import __version__

        typer.echo(f"claims {__version__}")
        raise typer.Exit


@app.callback()
def top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""


for module in (running, batching, listings, inspecting, exchanging, storing, measuring):
    module.register(app)
