"""Writes docs/cli.md, the views in docs/sql.md and the demo in the README. `--check` says what has drifted."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import typer
import typer.main

from claims import resources
from claims.cli.app import app
from claims.report import fields

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
_DEMO_START, _DEMO_END = "<!-- demo: written by make docs -->", "<!-- end of demo -->"
_START, _END = "<!-- views: written by make docs -->", "<!-- end of views -->"


def command_line() -> str:
    """docs/cli.md."""
    top = typer.main.get_command(app)
    lines = [
        "# The command line",
        "",
        "Written by `make docs` from the program's own help; `make check` fails when it has drifted.",
        "",
        *(part.strip() + "\n" for part in (top.help or "").split("\n\n")),
        (top.epilog or "").strip(),
        "",
    ]
    commands = getattr(top, "commands", {})
    lines += _table(("command", "what it does"), ((f"[`{n}`](#{n})", _first(c.help)) for n, c in commands.items()))
    for name, command in commands.items():
        lines += ["", f"## {name}", ""]
        subcommands = getattr(command, "commands", None)
        if subcommands is None:
            lines += _command(f"claims {name}", command)
            continue
        lines += [(command.help or "").strip(), ""]
        for inner, subcommand in subcommands.items():
            lines += [f"### {name} {inner}", "", *_command(f"claims {name} {inner}", subcommand), ""]
    lines += ["", "## Fields of the JSON", "", "A fact, as `facts`, `conflicts` and `show FACT` print it:", ""]
    for title, known in (
        ("", fields.FACT),
        ("Each of its `values`:", fields.VALUE),
        ("Each of its `pairs`:", fields.PAIR),
        ("A claim, as `list` prints it:", fields.CLAIM),
    ):
        lines += [title, ""] if title else []
        lines += [*_table(("field", "meaning"), ((f"`{k}`", v) for k, v in known.items())), ""]
    lines += [
        "`jsonl` prints one such object a line, `csv` one line for each value of a fact, with the fields of `value` as "
        "`value_low`, `value_high` and so on. In CSV, text that a spreadsheet would run as a formula starts with an "
        "apostrophe.",
    ]
    return "\n".join(lines).rstrip() + "\n"


def _metavar(parameter: Any) -> str:
    name = str(parameter.metavar or parameter.name.upper())
    return f"{name}..." if parameter.nargs == -1 else name


def _command(name: str, command: Any) -> list[str]:
    parameters = [p for p in command.params if getattr(p, "name", "") != "help"]
    arguments = [p for p in parameters if p.param_type_name == "argument"]
    options = [p for p in parameters if p.param_type_name == "option"]
    usage = " ".join([name, *(_metavar(p) for p in arguments), *(["[OPTIONS]"] if options else [])])
    lines = [f"    {usage}", "", *" \n".join((command.help or "").strip().split("\n\n")).split("\n"), ""]
    rows = [(f"`{_metavar(p)}`", p.help or "") for p in arguments]
    for option in options:
        spelled = ", ".join(f"`{text}`" for text in (*option.opts, *option.secondary_opts))
        kind = option.type_descriptor.annotation
        choices = [item.value for item in kind] if isinstance(kind, type) and issubclass(kind, Enum) else []
        extra = f" One of {', '.join(choices)}." if choices else ""
        default = option.default
        shown = getattr(default, "value", default)
        if shown not in (None, False, 0, ()) and not callable(shown):
            extra += f" Default: {shown}."
        rows.append((spelled, (option.help or "") + extra))
    return lines + _table(("option", "meaning"), rows)


def _table(heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> list[str]:
    body = [f"| {left} | {' '.join(right.split()).replace('|', chr(92) + '|')} |" for left, right in rows]
    return [f"| {heads[0]} | {heads[1]} |", "|---|---|", *body]


def _first(text: str | None) -> str:
    return " ".join((text or "").strip().split("\n\n")[0].split())


def views() -> str:
    """docs/sql.md with its table of views and columns."""
    meanings = tomllib.loads(resources.sql("comments.toml"))
    lines = ["| view | what it holds |", "|---|---|"]
    lines += [f"| `{view}` | {meaning} |" for view, meaning in meanings["views"].items()]
    lines += ["", "Columns that do not speak for themselves:", "", "| column | meaning |", "|---|---|"]
    lines += [f"| `{column}` | {meaning} |" for column, meaning in sorted(meanings["columns"].items())]
    return _between(DOCS / "sql.md", _START, _END, lines)


def demo() -> str:
    """README.md with what `make demo` prints."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "claims", "run", "seeds", "--quiet", "--db", f"{folder}/demo.duckdb"],
            cwd=ROOT,
            env={**os.environ, "CLAIMS_MODEL": "builtin", "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        )
    lines = [f"    {line}".rstrip() for line in done.stdout.strip().splitlines()]
    return _between(ROOT / "README.md", _DEMO_START, _DEMO_END, lines)


def _between(path: Path, start: str, end: str, lines: Iterable[str]) -> str:
    """The text of `path` with `lines` between two marks."""
    before, _, rest = path.read_text(encoding="utf-8").partition(start)
    return f"{before}{start}\n\n" + "\n".join(lines) + f"\n\n{end}{rest.partition(end)[2]}"


def generated() -> Mapping[Path, str]:
    """{file: what it should hold}."""
    return {DOCS / "cli.md": command_line(), DOCS / "sql.md": views(), ROOT / "README.md": demo()}


def main() -> int:
    """Writes the files, or with --check compares them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file has drifted")
    check = parser.parse_args().check
    drifted = []
    for path, text in generated().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        drifted.append(path.name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if check and drifted:
        sys.stderr.write(f"{', '.join(drifted)}: drifted from the code; run `make docs`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
