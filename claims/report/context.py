"""One claim in its context, and an article with its claims marked."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.text import Text

from claims.models import Document
from claims.report.cards import day, facts_as_cards
from claims.report.characters import line, markdown, visible
from claims.report.format import Format
from claims.report.listing import Row, cell_text
from claims.store import label

_AROUND = 300  # characters of context on each side of a quote


def print_claim(claim: Row, document: Document, facts: Sequence[Row], form: Format, out: TextIO = sys.stdout) -> None:
    """Writes one claim with the text around its quote, its fields and its facts."""
    start, end = claim["start"], claim["end"]
    before = document.text[max(0, start - _AROUND) : start]
    after = document.text[end : end + _AROUND]
    if form in (Format.JSON, Format.JSONL):
        row = {**claim, "context": {"before": before, "after": after}, "facts": list(facts)}
        out.write(json.dumps(row, ensure_ascii=False, indent=2 if form is Format.JSON else None) + "\n")
        return
    if form is Format.MARKDOWN:
        out.write(f"{markdown(before)} **{markdown(claim['quote'])}** {markdown(after)}\n\n")
        for name, value in _fields(claim, document):
            out.write(f"- {name}: {markdown(value)}\n")
        return
    console = Console(file=out, highlight=False, emoji=False, markup=False, width=min(100, Console(file=out).width))
    console.print(Text.assemble((claim["id"], "bold"), f"  {line(claim['text'])}"))
    console.print()
    console.print(
        Text.assemble(
            ("… " if start > _AROUND else "") + visible(before),
            (f"[{visible(claim['quote'])}]", "bold reverse"),
            visible(after) + (" …" if end + _AROUND < len(document.text) else ""),
        )
    )
    console.print()
    for name, value in _fields(claim, document):
        console.print(Text.assemble((f"{name:>12}  ", "dim"), line(value)))
    if facts:
        console.print()
        facts_as_cards(facts, out)


def print_document(document: Document, claims: Sequence[Row], form: Format, out: TextIO = sys.stdout) -> None:
    """Writes an article with the quotes of its claims marked and numbered, and the claims after it."""
    if form in (Format.JSON, Format.JSONL):
        row = {**document.model_dump(mode="json"), "claims": list(claims)}
        out.write(json.dumps(row, ensure_ascii=False, indent=2 if form is Format.JSON else None) + "\n")
        return
    console = Console(file=out, highlight=False, emoji=False, markup=False, width=min(100, Console(file=out).width))
    heading = f"{label(document.path)}  {document.title or ''}".strip()
    console.print(Text(line(heading), "bold"))
    outlet = document.source or document.origin or "source unknown"
    console.print(
        Text(line(f"{outlet}, {document.published_at or 'date unknown'} ({document.date_basis.value})"), "dim")
    )
    console.print()
    text, position = Text(), 0
    for number, claim in enumerate(claims, start=1):
        start, end = claim["start"], claim["end"]
        if start >= position:
            text.append(visible(document.text[position:start]))
            text.append("[" + visible(document.text[start:end]) + "]", "bold")
            position = end
        text.append(f"({number})", "dim")
    text.append(visible(document.text[position:]))
    console.print(text)
    console.print()
    for number, claim in enumerate(claims, start=1):
        speaker = (claim["attribution"] or {}).get("speaker")
        console.print(
            Text(f"({number}) {claim['id']}  {line(claim['text'])}" + (f" — {line(speaker)}" if speaker else ""))
        )


def _fields(claim: Row, document: Document) -> list[tuple[str, str]]:
    attribution = claim["attribution"] or {}
    quantity, time = claim["quantity"] or {}, claim["time"] or {}
    rows = [
        ("document", f"{document.path} ({claim['outlet']})"),
        (
            "published",
            f"{day(claim['published_at']) if claim['published_at'] else 'unknown'} ({document.date_basis.value})",
        ),
        ("speaker", attribution.get("speaker")),
        ("role", attribution.get("role")),
        ("cue", attribution.get("cue")),
        ("kind", claim["kind"]),
        ("subject", claim["subject"]),
        ("predicate", claim["predicate"]),
        ("object", claim["object"]),
        ("quantity", quantity.get("as_written")),
        ("interval", textwrap.shorten(_interval(quantity), 60) if quantity else None),
        ("time", f"{time['as_written']} ({time['earliest']} – {time['latest']}, {time['basis']})" if time else None),
        ("place", claim["place"]),
        ("polarity", claim["polarity"]),
        ("modality", claim["modality"]),
        ("characters", f"{claim['start']}–{claim['end']}"),
        ("extractor", f"{claim['extractor']}, run {claim['run_id']}"),
    ]
    return [(name, cell_text(value)) for name, value in rows if value]


def _interval(quantity: Row) -> str:
    low, high = quantity["low"], quantity["high"]
    left = "(" if quantity["low_open"] or low is None else "["
    right = ")" if quantity["high_open"] or high is None else "]"
    lowest, highest = "-∞" if low is None else cell_text(low), "∞" if high is None else cell_text(high)
    return f"{left}{lowest}, {highest}{right} {quantity['unit'] or ''}".strip()
