"""Commands that look at one thing: a claim, two sentences, the figures or the speakers of a text."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims.cli.guard import guarded
from claims.cli.listings import print_facts, reading
from claims.cli.options import Db, Form
from claims.cli.settings import OPTIONS, SECOND_READER, with_options
from claims.report.characters import line
from claims.report.format import Format

if TYPE_CHECKING:
    from claims.settings import Settings

Lines = Annotated[bool, typer.Option("--lines", help="Each line of the input is a text of its own.")]


@guarded
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="Id of a claim, fact or document, or its beginning.")],
    db: Db = None,
    form: Form = Format.TABLE,
) -> None:
    """One claim in its context with its quote marked, its fact and its pairs; or a fact; or a marked article."""
    from claims.report import context

    with reading(db) as store:
        kind, identity = store.queries.resolve(name)
        if kind == "fact":
            print_facts(store.queries.facts(ids=[identity]), form)
            return
        if kind == "document":
            document = store.corpus.dated(store.documents.get([identity]))[identity]
            rows = store.queries.claims(document=identity)
            context.print_document(document, rows, form, sys.stdout)
            return
        claim = store.queries.claims(ids=[identity]) or store.queries.inactive(identity)
        facts = store.queries.facts_of(identity)
        document = store.corpus.dated(store.documents.get([claim[0]["document_id"]]))[claim[0]["document_id"]]
    context.print_claim(claim[0], document, facts, form, sys.stdout)


@guarded
@with_options(OPTIONS | SECOND_READER)
def compare(
    a: Annotated[str, typer.Argument(metavar="SENTENCE_A", help="A statement.")],
    b: Annotated[str, typer.Argument(metavar="SENTENCE_B", help="Another statement.")],
    settings: Settings,
    form: Form = Format.TABLE,
) -> None:
    """How two statements stand to each other, and why: agree, refine, conflict, unrelated and so on.

    A model that is set extracts, and judges as second reader what arithmetic leaves open.
    """
    from claims.pipeline.compare import compare as compare_statements
    from claims.report.listing import Column, render

    relation = compare_statements(a, b, settings)
    row = relation.model_dump(mode="json")
    if form is Format.TABLE:
        differs = " (a discrepancy)" if relation.discrepancy else ""
        sys.stdout.write(f"{relation.relation.value}{differs}: {line(relation.reason)}\n")
        return
    if form is Format.JSON:
        sys.stdout.write(json.dumps(row, ensure_ascii=False, indent=2) + "\n")
        return
    render([row], [Column.of(name) for name in ("relation", "discrepancy", "finer", "reason")], form, sys.stdout)


@guarded
def quantities(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="The text; without it, standard input.", show_default=False)
    ] = None,
    lines: Lines = False,
    form: Form = Format.TABLE,
) -> None:
    """What is read as a quantity: value, comparator, interval, unit, and what is counted."""
    from claims.normalisation.quantities import find_quantities
    from claims.report.listing import Column, render

    rows = []
    for number, one in enumerate(_texts(text, lines), start=1):
        for found in find_quantities(one):
            rows.append({**({"line": number} if lines else {}), **found.model_dump(mode="json")})
    columns = [
        *([Column.of("line", right=True)] if lines else []),
        Column.of("as_written"),
        Column.of("kind"),
        Column.of("comparator"),
        Column.of("value", right=True),
        Column("interval", _interval),
        Column.of("unit"),
        Column.of("of"),
        Column.of("per"),
        Column.of("change"),
    ]
    render(rows, columns, form, sys.stdout, empty="no quantity found")


@guarded
def attributions(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")] = "-",
    lines: Lines = False,
    form: Form = Format.TABLE,
) -> None:
    """Who says what in a text: speaker, cue, and the words that are said."""
    from claims.report.listing import Column, render
    from claims.text.attribution import find_attributions

    rows = []
    for number, text in enumerate(_texts(None if file == "-" else _file(file), lines), start=1):
        for found in find_attributions(text):
            row = found.model_dump(mode="json")
            row["content"] = text[found.content_start : found.content_end] if found.content_start is not None else None
            rows.append({**({"line": number} if lines else {}), **row})
    columns = [
        *([Column.of("line", right=True)] if lines else []),
        Column.of("speaker"),
        Column.of("role"),
        Column.of("cue"),
        Column.of("stance"),
        Column.of("direct"),
        Column.of("content"),
    ]
    render(rows, columns, form, sys.stdout, empty="nobody is quoted")


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    for command in (show, compare, quantities, attributions):
        app.command()(command)


def _interval(row: dict[str, Any]) -> str:
    low, high = row["low"], row["high"]
    if low is None and high is None:
        return ""
    left = "(" if row["low_open"] or low is None else "["
    right = ")" if row["high_open"] or high is None else "]"
    return f"{left}{'-∞' if low is None else f'{low:.10g}'}, {'∞' if high is None else f'{high:.10g}'}{right}"


def _file(path: str) -> str:
    from pathlib import Path

    from claims.documents.article import clean_text
    from claims.documents.formats import decode
    from claims.errors import InputError

    try:
        return clean_text(decode(Path(path).read_bytes(), path)[0])
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _texts(text: str | None, lines: bool) -> list[str]:
    from claims.documents.article import clean_text
    from claims.documents.formats import decode

    if text is None:
        text = decode(sys.stdin.buffer.read(), "standard input")[0]
    text = clean_text(text)
    return text.split("\n") if lines else [text]
