"""Commands that list what the store holds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claims.cli.guard import guarded
from claims.cli.options import Db, Form, Limit, Words
from claims.report.format import Format

if TYPE_CHECKING:
    from claims.report.listing import Column
    from claims.store import Store

Relation = Annotated[
    str | None,
    typer.Option(
        "--relation",
        help="Only facts of this relation: agree, approximate, refine, overlap, conflict, update, different_scope, "
        "different_speaker_view.",
        show_default=False,
    ),
]
KINDS = ("quantity", "event", "statement", "attribute")
RELATIONS = (
    "agree",
    "approximate",
    "refine",
    "overlap",
    "conflict",
    "update",
    "different_scope",
    "different_speaker_view",
)


@guarded
def conflicts(
    db: Db = None, relation: Relation = None, words: Words = None, limit: Limit = None, form: Form = Format.TABLE
) -> None:
    """Facts on which the sources differ: the hard conflicts first, with every value, quote, speaker and reason."""
    _facts(db, form, discrepancy=True, relation=relation, words=words, limit=limit)


@guarded
def facts(
    db: Db = None,
    relation: Relation = None,
    words: Words = None,
    limit: Limit = None,
    form: Form = Format.TABLE,
) -> None:
    """All facts that two claims or more are about: agreements, changes over time, disputes and discrepancies."""
    _facts(db, form, discrepancy=None, relation=relation, words=words, limit=limit)


@guarded
def list_claims(
    db: Db = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Only claims of this outlet.", show_default=False)
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Only what this speaker says.", show_default=False)
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", help="quantity, event, statement or attribute.", show_default=False)
    ] = None,
    words: Words = None,
    document: Annotated[
        str | None,
        typer.Option("--document", help="Only claims of this document (path, file name or id).", show_default=False),
    ] = None,
    limit: Limit = None,
    form: Form = Format.TABLE,
) -> None:
    """Claims, with their quotes and speakers, in the order of the articles."""
    from claims.report.listing import Column, render
    from claims.store import label

    _one_of("kind", kind, KINDS)
    with reading(db) as store:
        rows = store.queries.claims(
            source=source,
            speaker=speaker,
            kind=kind,
            words=words,
            limit=limit,
            document=None if document is None else store.documents.find(document),
        )
    if form is Format.TABLE and rows:
        from claims.report.cards import claims_as_lines

        claims_as_lines(rows, sys.stdout)
        return
    columns = [
        Column.of("id", wrap=False),
        Column("document", lambda row: label(row["document"])),
        Column.of("kind"),
        Column("speaker", lambda row: (row["attribution"] or {}).get("speaker")),
        Column.of("text", "claim"),
    ]
    render(rows, columns, form, sys.stdout, empty="no claim found")


@guarded
def runs(db: Db = None, limit: Limit = None, form: Form = Format.TABLE) -> None:
    """The ledger: every run with its counts, tokens, cost and failures.

    JSON holds more of each: options, hashes, cost for each document and each claim, kinds of failure.
    """
    from claims.report.listing import Column

    rows = _view(
        db,
        "runs",
        form,
        limit,
        [
            Column.of("id", wrap=False),
            Column("status", lambda row: f"{row['status']} {row['documents_done']}/{row['documents']}", wrap=False),
            Column.of("extractor"),
            Column.of("claims", right=True, wrap=False),
            Column("calls", lambda row: row["calls"] or None, right=True, wrap=False),
            Column("failed", lambda row: row["failed_calls"] or None, right=True, wrap=False),
            Column(
                "tokens",
                lambda row: (row["prompt_tokens"] or 0) + (row["completion_tokens"] or 0) or None,
                right=True,
                wrap=False,
            ),
        ],
    )
    if form is Format.TABLE:
        for row in rows:
            if row["cost"] is not None:
                each = [
                    f"${row[f'cost_per_{what}']:.4g} a {what}"
                    for what in ("document", "claim")
                    if row[f"cost_per_{what}"] is not None
                ]
                sys.stdout.write(f"{row['id']} cost ${row['cost']:.4g}{': ' if each else ''}{', '.join(each)}\n")


@guarded
def sources(db: Db = None, limit: Limit = None, form: Form = Format.TABLE) -> None:
    """For each source, how often it agrees, is contradicted, or stands alone: counts, not a score."""
    from claims.report.listing import Column

    _view(
        db,
        "sources",
        form,
        limit,
        [
            Column.of("outlet"),
            Column.of("documents", right=True),
            Column.of("claims", right=True),
            Column.of("facts", right=True),
            Column.of("facts_agreed", "agreed", right=True),
            Column.of("facts_contradicted", "contradicted", right=True),
            Column.of("claims_alone", "claims alone", right=True),
        ],
    )


@guarded
def rejected(db: Db = None, limit: Limit = None, form: Form = Format.TABLE) -> None:
    """Statements of an extractor that their article does not license, each with the reason."""
    from claims.report.listing import Column
    from claims.store import label

    _view(
        db,
        "rejected",
        form,
        limit,
        [
            Column.of("code"),
            Column("document", lambda row: label(row["document"])),
            Column.of("quote"),
            Column.of("reason"),
            Column.of("extractor"),
        ],
    )


def register(app: typer.Typer) -> None:
    """Adds the commands of this module to `app`."""
    app.command()(conflicts)
    app.command()(facts)
    app.command("list")(list_claims)
    app.command()(sources)
    app.command()(rejected)
    app.command()(runs)


def reading(db: Path | None) -> Store:
    """The store, opened for reading."""
    from claims.settings import resolve
    from claims.store import open_store

    return open_store(resolve(db=db, model="builtin").db, read_only=True)


def print_facts(rows: Sequence[dict[str, Any]], form: Format) -> None:
    """Facts in the format asked for: cards for people, one line for each value in CSV."""
    from claims.report.cards import facts_as_cards
    from claims.report.listing import render

    if form is Format.TABLE and rows:
        facts_as_cards(rows, sys.stdout)
        return
    render(rows, _fact_columns(), form, sys.stdout, flatten=_values_of, empty="no fact found")


def _facts(db: Path | None, form: Format, **filters: Any) -> None:
    _one_of("relation", filters["relation"], RELATIONS)
    with reading(db) as store:
        rows = store.queries.facts(**filters)
    print_facts(rows, form)


def _fact_columns() -> list[Column]:
    from claims.report.cards import who
    from claims.report.listing import Column

    return [
        Column.of("fact_id", "fact", wrap=False),
        Column.of("relation"),
        Column.of("discrepancy"),
        Column.of("about"),
        Column(
            "values",
            lambda row: "; ".join(f"{v['value']['as_written'] or v['quote']} — {who(v)}" for v in row["values"]),
        ),
        Column.of("reason"),
    ]


def _values_of(fact: dict[str, Any]) -> list[dict[str, Any]]:
    """One flat row for each value of a fact."""
    head = {name: fact[name] for name in ("fact_id", "about", "relation", "discrepancy", "reason")}
    return [
        {
            **head,
            **{k: v for k, v in value.items() if k != "value"},
            **{f"value_{k}": v for k, v in value["value"].items()},
        }
        for value in fact["values"]
    ]


def _view(
    db: Path | None, name: str, form: Format, limit: int | None, columns: Sequence[Column]
) -> list[dict[str, Any]]:
    from claims.report.listing import render

    with reading(db) as store:
        rows = store.queries.view(name, limit)
    render(rows, columns, form, sys.stdout)
    return rows


def _one_of(option: str, value: str | None, known: Sequence[str]) -> None:
    if value is not None and value not in known:
        from claims.errors import UsageError

        raise UsageError(f"--{option} {value!r} is unknown; give one of {', '.join(known)}")
