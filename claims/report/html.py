"""The report as one HTML file that needs nothing but a browser: no network, styles, script and charts inside.

Text of articles is hostile: it reaches the page only through the template engine, which escapes it, after control and
direction characters are written out. The page's content security policy admits only its own style and script.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from claims.models import Claim
from claims.report.characters import visible
from claims.report.overview import (
    MILD_TITLES,
    ArticleView,
    FactView,
    Member,
    Overview,
    ReportData,
    day,
    flags,
    overview,
    span_text,
    speaker_of,
)
from claims.report.plot import Plot, plot

_QUOTE = 420  # characters of a quote that a card shows
_LISTED = 240


@dataclass(frozen=True)
class Piece:
    """A run of characters of an article under the same claims. `anchors`: claims that begin here."""

    text: str
    claims: tuple[Claim, ...]
    anchors: tuple[str, ...]
    ends: tuple[Claim, ...]


def render(data: ReportData) -> str:
    """The page. The same data gives the same page, character by character."""
    whole = overview(data)
    style = Markup(_environment().get_template("report.css").render())
    script = Markup(_environment().get_template("report.js").render())
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            view=whole,
            data=data,
            page=_Page(whole),
            style=style,
            script=script,
            titles=MILD_TITLES,
            style_hash=_hash(style),
            script_hash=_hash(script),
        )
    )


class _Page:
    """What the template asks for besides the overview."""

    def __init__(self, view: Overview) -> None:
        self._view = view
        self.sources = [row.name for row in view.sources]
        self._source_number = {name: number for number, name in enumerate(self.sources)}
        self.speakers = view.speakers
        self._speaker_number = {name: number for number, name in enumerate(self.speakers)}
        self.kinds = sorted({claim.kind.value for claim in view.data.claims})

    def source(self, article: ArticleView) -> int:
        """The number by which the filter knows a source."""
        return self._source_number[article.source]

    def speaker(self, claim: Claim) -> int | str:
        """The number by which the filter knows a speaker; "" for the article itself."""
        name = speaker_of(claim)
        return "" if name is None else self._speaker_number[name]

    def plot(self, fact: FactView) -> Plot | None:
        """The plot of a fact, if its values lie on an axis."""
        return plot(fact)

    def anchor(self, claim: Claim) -> str:
        """The id of a claim in the page."""
        return self._view.anchors[claim.id]

    def facts_of(self, claim: Claim) -> Sequence[FactView]:
        """The facts that a claim belongs to."""
        return self._view.facts_of.get(claim.id, ())

    def quote(self, member: Member) -> list[tuple[str, bool]]:
        """The quote of a member in pieces: (text, whether these words decide)."""
        claim = member.claim
        if member.start is None or member.end is None or not claim.start <= member.start <= member.end <= claim.end:
            return [(_cut(claim.quote, _QUOTE), False)]
        before = claim.quote[: member.start - claim.start]
        words = claim.quote[member.start - claim.start : member.end - claim.start]
        after = claim.quote[member.end - claim.start :]
        room = max(60, _QUOTE - len(words))
        if len(before) > room // 2 and len(before) + len(after) > room:
            before = "… " + before[-(room // 2) :].partition(" ")[2]
        return [(before, False), (words, True), (_cut(after, room), False)]

    def pieces(self, article: ArticleView) -> list[Piece]:
        """The article cut wherever a claim begins or ends."""
        text = article.document.text
        edges = {0, len(text)}
        opening: dict[int, list[Claim]] = {}
        closing: dict[int, list[Claim]] = {}
        for claim in article.claims:
            edges.update((claim.start, claim.end))
            opening.setdefault(claim.start, []).append(claim)
            closing.setdefault(claim.end, []).append(claim)
        cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
        live: dict[str, Claim] = {}
        pieces = []
        for start, end in zip(cuts, [*cuts[1:], None], strict=True):
            for claim in closing.get(start, ()):
                live.pop(claim.id, None)
            for claim in opening.get(start, ()):
                live[claim.id] = claim
            if end is None:
                break
            pieces.append(
                Piece(
                    text=text[start:end],
                    claims=tuple(live.values()),
                    anchors=tuple(self.anchor(claim) for claim in opening.get(start, ())),
                    ends=tuple(closing.get(end, ())),
                )
            )
        return pieces


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[:limit].rpartition(" ")[0] + " …"


def _listed(claim: Claim) -> str:
    return _cut(" ".join(claim.text.split()), _LISTED)


def _plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("claims.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # Every expression passes here before it is escaped: no article can write control characters into the page.
        finalize=lambda value: value if isinstance(value, Markup) or not isinstance(value, str) else visible(value),
    )
    environment.filters.update(day=day, speaker=speaker_of, flags=flags, listed=_listed, plural=_plural, span=span_text)
    return environment
