"""The report as Markdown, for pull requests and pipelines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.report.cards import TITLES, who
from claims.report.characters import markdown
from claims.report.listing import Row, cell_text


def render_markdown(facts: Sequence[Row], sources: Iterable[Row], counts: Row, title: str) -> str:
    """Discrepancies, then the other facts, then the sources."""
    lines = [
        f"# {markdown(title)}",
        "",
        f"{counts['documents']} documents, {counts['claims']} claims ({counts['rejected']} rejected), "
        f"{counts['facts']} facts, {counts['discrepancies']} with a discrepancy.",
    ]
    for heading, wanted in (("Where the sources differ", True), ("Other facts", False)):
        chosen = [fact for fact in facts if fact["discrepancy"] is wanted]
        if chosen:
            lines += ["", f"## {heading}"]
        for fact in chosen:
            lines += ["", *fact_lines(fact)]
    lines += ["", "## Sources", "", "| source | documents | claims | facts | agreed | contradicted |"]
    lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
    for row in sources:
        cells = [row[name] for name in ("outlet", "documents", "claims", "facts", "facts_agreed", "facts_contradicted")]
        lines.append("| " + " | ".join(markdown(cell_text(cell)) for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def fact_lines(fact: Row) -> list[str]:
    """One fact: its heading, why, and a table of its values."""
    title = TITLES.get(fact["relation"], (fact["relation"], ""))[0]
    lines = [f"### {markdown(fact['about'])}", "", f"**{title}** {markdown(fact['reason'])}", ""]
    lines += ["| value | who | quote |", "| --- | --- | --- |"]
    for value in fact["values"]:
        cells = [value["value"].get("as_written") or "", who(value), f"“{value['quote']}”"]
        lines.append("| " + " | ".join(markdown(cell) for cell in cells) + " |")
    return lines
