"""Facts as compact cards for a terminal, readable at 80 columns and without colour."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TextIO

from rich.console import Console
from rich.text import Text

from claims.report.characters import line
from claims.report.listing import Row
from claims.store import label

WIDEST = 100
_QUOTE = 300  # characters of a quote that a card shows

TITLES = {
    "conflict": ("CONFLICT", "bold red"),
    "overlap": ("FIGURES DIFFER, ranges overlap", "bold yellow"),
    "refine": ("FIGURES DIFFER, all can be true", "bold yellow"),
    "different_speaker_view": ("DISPUTE between speakers", "bold magenta"),
    "update": ("CHANGED over time", "bold cyan"),
    "approximate": ("ROUND FIGURES DIFFER, can be one", "bold yellow"),
    "agree": ("AGREE", "bold green"),
    "different_scope": ("different scope", "bold"),
}

# Where nothing is flagged.
MILD_TITLES = {
    "overlap": ("ranges overlap", "bold green"),
    "refine": ("AGREE, one is more precise", "bold green"),
    "approximate": ("about the same", "bold green"),
}


def facts_as_cards(facts: Iterable[Row], out: TextIO) -> None:
    """Writes each fact as a card: what it is about, every value with its source, speaker and quote, and why."""
    width = min(WIDEST, max(40, shutil.get_terminal_size((80, 24)).columns))
    console = Console(file=out, highlight=False, emoji=False, markup=False, width=width, soft_wrap=True)
    for number, fact in enumerate(facts, start=1):
        for text in card(fact, number, width):
            console.print(text)
        console.print()


def claims_as_lines(claims: Iterable[Row], out: TextIO) -> None:
    """Writes each claim in two or three lines: its id, place and speaker, then what it says."""
    width = min(WIDEST, max(40, shutil.get_terminal_size((80, 24)).columns))
    console = Console(file=out, highlight=False, emoji=False, markup=False, width=width, soft_wrap=True)
    for claim in claims:
        speaker = (claim["attribution"] or {}).get("speaker")
        name = line(label(claim["document"]))
        parts = [name if claim["outlet"] == name else f"{name} ({line(claim['outlet'])})", claim["kind"]]
        parts += [f"{line(speaker)} says"] if speaker else []
        head = textwrap.shorten(" · ".join(parts), max(20, width - len(claim["id"]) - 2), placeholder=" …")
        console.print(Text.assemble((claim["id"], "dim"), "  ", head))
        for part in _wrapped(line(claim["text"]), width, "    ", ""):
            console.print(part)


def card(fact: Row, number: int, width: int) -> list[Text]:
    """The lines of one card."""
    titles = TITLES if fact["discrepancy"] else {**TITLES, **MILD_TITLES}
    title, style = titles.get(fact["relation"], (fact["relation"], "bold"))
    lines = [Text.assemble((f"{number}. {title}", style), (f"  {fact['fact_id']}", "dim"))]
    lines += _wrapped(line(fact["about"]), width, "   ", "bold")
    lines += _wrapped(line(fact["reason"]), width, "   ", "")
    for value in sorted(fact["values"], key=_order):
        lines.append(Text())
        written = value["value"].get("as_written")
        head = Text("   ")
        if written:
            head.append(line(written), "bold")
            head.append(" · ")
        head.append(who(value))
        lines += _split(head, width)
        lines += _wrapped(f"“{_short(line(value['quote']))}”", width, "     ", "italic")
    return lines


def who(value: Row) -> str:
    """The document, its outlet and date, and who says it there."""
    name = line(label(value["document"]))
    outlet = value.get("source") or value.get("outlet")
    parts = [name if not outlet or outlet == name else f"{name} ({line(outlet)})"]
    if value.get("published_at"):
        parts.append(day(value["published_at"]))
    parts.append(f"says {line(value['speaker'])}" if value.get("speaker") else "says the article")
    return ", ".join(parts)


def day(iso: str) -> str:
    """2017-09-25 → 25 Sep 2017."""
    moment = date.fromisoformat(iso)
    return f"{moment.day} {moment:%b %Y}"


def _order(value: Row) -> tuple[str, float, str, int]:
    low = value["value"].get("low")
    return (
        str(low) if isinstance(low, str) else "",
        float(low) if isinstance(low, int | float) else float("inf"),
        value["document"],
        value["start"],
    )


def _short(text: str) -> str:
    return text if len(text) <= _QUOTE else text[:_QUOTE].rsplit(" ", 1)[0] + " …"


def _wrapped(text: str, width: int, indent: str, style: str) -> list[Text]:
    return [
        Text(part, style)
        for part in textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
    ]


def _split(head: Text, width: int) -> Sequence[Text]:
    if len(head.plain) <= width:
        return [head]
    parts = textwrap.wrap(head.plain.strip(), width, initial_indent="   ", subsequent_indent="     ")
    lines = [Text(part) for part in parts]
    for span in head.spans:
        if span.end <= len(parts[0]):  # the value stands at the beginning
            lines[0].stylize(span.style, span.start, span.end)
    return lines
