"""The report for pull requests and pipelines: Markdown and JSON, from the same overview as the page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from claims.models import Claim
from claims.report.characters import line, markdown
from claims.report.overview import (
    FactView,
    Member,
    Overview,
    ReportData,
    flags,
    overview,
    span_text,
    speaker_of,
)

_QUOTE = 300


def render_markdown(data: ReportData) -> str:
    """The report as Markdown: differences with their quotes, changes, agreements, sources, timeline."""
    return "\n".join(_markdown(overview(data))) + "\n"


def render_json(data: ReportData) -> str:
    """The report as one JSON object: summary, facts (the gravest first) with their members, sources, timeline."""
    return (
        json.dumps(_json(overview(data)), ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode()
        + "\n"
    )


def _markdown(view: Overview) -> Iterator[str]:
    yield f"# {markdown(view.data.title)}"
    yield ""
    yield (
        f"{len(view.articles)} articles from {len(view.sources)} sources, {len(view.anchors)} claims. "
        f"The sources differ on {len(view.differing)}, changed over time: {len(view.changing)}, "
        f"agree on {len(view.agreeing)}."
    )
    if view.data.note:
        yield from ("", markdown(view.data.note))
    yield from _facts("Where the sources differ", view.differing)
    yield from _facts("What changed over time", view.changing)
    if view.agreeing:
        yield from ("", "## Where the sources agree", "", "| fact | value | claims | voices |", "|---|---|---|---|")
        for fact in view.agreeing:
            values = " · ".join(dict.fromkeys(value.text for value in fact.values))
            yield f"| {markdown(fact.fact.about)} | {markdown(values)} | {len(fact.members)} | {fact.voices} |"
    yield from (
        "",
        "## Sources",
        "",
        "| source | articles | claims | shared facts | supported | differs | stands alone |",
        "|---|---|---|---|---|---|---|",
    )
    for row in view.sources:
        yield (
            f"| {markdown(row.name)} | {row.articles} | {row.claims} | {row.facts} | {row.agrees} of {row.facts} | "
            f"{row.differs} of {row.facts} | {row.alone} of {row.facts} |"
        )
    if view.timeline:
        yield from ("", "## Timeline", "", "| day | claim | source |", "|---|---|---|")
        for entry in view.timeline:
            text = markdown(_cut(entry.claim.text))
            yield f"| {entry.day.isoformat()} | {text} | {markdown(entry.article.name)} |"


def _facts(title: str, facts: Sequence[FactView]) -> Iterator[str]:
    if not facts:
        return
    yield from ("", f"## {title}")
    for number, fact in enumerate(facts, start=1):
        yield from (
            "",
            f"### {number}. {markdown(fact.fact.about)}",
            "",
            f"**{fact.title}.** {markdown(fact.fact.reason)}",
        )
        yield from ("", "| value | source | said by | quote |", "|---|---|---|---|")
        for member in fact.members:
            who = speaker_of(member.claim) or "the article itself"
            day = (
                f", {member.article.day}"
                if member.article.day and member.article.day not in member.article.name
                else ""
            )
            yield (
                f"| **{markdown(member.value)}** | {markdown(member.article.name)}{day} | {markdown(who)} | "
                f"“{markdown(_cut(member.claim.quote))}” |"
            )
        if fact.voices < len(fact.members):
            yield from ("", f"{fact.voices} independent voices.")


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTE else text[:_QUOTE].rpartition(" ")[0] + " …"


def _json(view: Overview) -> dict[str, Any]:
    return {
        "title": view.data.title,
        "note": view.data.note,
        "summary": {
            "articles": len(view.articles),
            "sources": len(view.sources),
            "claims": len(view.anchors),
            "rejected": view.data.rejected,
            "extractor": view.data.extractor,
            "differ": len(view.differing),
            "changed": len(view.changing),
            "agree": len(view.agreeing),
        },
        "facts": [_fact(fact) for fact in view.facts],
        "sources": [
            {
                "source": row.name,
                "articles": row.articles,
                "claims": row.claims,
                "shared_facts": row.facts,
                "supported": row.agrees,
                "differs": row.differs,
                "stands_alone": row.alone,
            }
            for row in view.sources
        ],
        "timeline": [
            {
                "day": entry.day.isoformat(),
                "as_written": entry.label,
                "claim_id": entry.claim.id,
                "text": entry.claim.text,
                "document": entry.article.document.path,
            }
            for entry in view.timeline
        ],
    }


def _fact(fact: FactView) -> dict[str, Any]:
    return {
        "fact_id": fact.fact.id,
        "about": fact.fact.about,
        "relation": fact.fact.relation.value,
        "discrepancy": fact.fact.discrepancy,
        "reason": fact.fact.reason,
        "slot": fact.fact.slot,
        "voices": fact.voices,
        "values": [
            {"as_written": value.text, "claims": [m.claim.id for m in value.members], "voices": value.voices}
            for value in fact.values
        ],
        "members": [_member(member) for member in fact.members],
        "pairs": [relation.model_dump(mode="json") for relation in fact.fact.relations],
    }


def _member(member: Member) -> dict[str, Any]:
    claim: Claim = member.claim
    document = member.article.document
    return {
        "claim_id": claim.id,
        "document": document.path,
        "source": member.article.source,
        "published_at": document.published_at.isoformat() if document.published_at else None,
        "speaker": speaker_of(claim),
        "value": member.value,
        "voice": member.voice,
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "time": span_text(claim.time.earliest, claim.time.latest) or None if claim.time else None,
        "flags": flags(claim),
        "text": line(claim.text),
    }
