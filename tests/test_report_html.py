"""The report: what it shows, that hostile text stays text, and that the page works in a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claims.models import (
    Attribution,
    Claim,
    ClaimKind,
    Comparator,
    Document,
    Fact,
    Polarity,
    Quantity,
    QuantityKind,
    Relation,
    RelationKind,
    TimeRef,
)
from claims.report.html import _Page, render
from claims.report.overview import ReportData, overview
from claims.report.plot import LEFT, RIGHT, plot, short_number
from claims.report.summary import render_json, render_markdown

OUTLETS = ["Northline", "Harbour Herald", "The Tarn Courier", "Vidal Star", "Radio Sollana", "Evening Kestrian"]
HOSTILE = [
    "<script>document.title='owned'</script>",
    "</style><img src=x onerror=\"document.title='owned'\">",
    "\"'><svg onload=document.title='owned'>",
    '=HYPERLINK("http://evil.example","x")',
    "\x1b[31mred\x1b[0m \x07 \u202eesrever\u202c",
    "{{ 7*7 }} {% for x in y %} ${alert(1)}",
    "]]> --> </script> <!-- &amp; &lt;",
    "javascript:alert(1)",
]


class Story:
    """Articles, claims and facts, put together sentence by sentence, so that every span is true."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.claims: list[Claim] = []
        self.facts: list[Fact] = []
        self.voices: dict[str, dict[str, str]] = {}

    def article(
        self, source: str, day: date | None, *sentences: tuple[str, dict[str, Any]], **fields: Any
    ) -> list[str]:
        """Adds an article; a sentence with fields is a claim. Returns the ids of its claims."""
        key = f"d{len(self.documents)}"
        text, ids = "", []
        for words, claim in sentences:
            start = len(text)
            text += words + " "
            if claim:
                identity = f"k{len(self.claims)}"
                ids.append(identity)
                self.claims.append(_claim(identity, key, words, start, claim))
        self.documents.append(
            Document(
                id=key, path=fields.pop("path", f"{key}.txt"), text=text, source=source, published_at=day, **fields
            )
        )
        return ids

    def fact(
        self,
        members: list[str],
        relation: RelationKind,
        *,
        about: str,
        reason: str = "as they say",
        slot: str = "quantity",
    ) -> str:
        """Adds a fact whose pairs all have one relation."""
        identity = f"fact{len(self.facts)}"
        members = sorted(members)
        discrepancy = relation in (RelationKind.CONFLICT, RelationKind.REFINE, RelationKind.OVERLAP)
        pairs = tuple(
            Relation(a=a, b=b, relation=relation, discrepancy=discrepancy, reason=reason)
            for n, a in enumerate(members)
            for b in members[n + 1 :]
        )
        self.facts.append(
            Fact(
                id=identity,
                about=about,
                relation=relation,
                discrepancy=discrepancy,
                reason=reason,
                members=tuple(members),
                relations=pairs,
                slot=slot,
            )
        )
        return identity

    def data(self, **fields: Any) -> ReportData:
        return ReportData(
            documents=tuple(self.documents),
            claims=tuple(self.claims),
            facts=tuple(self.facts),
            voices=self.voices,
            **fields,
        )


def _claim(identity: str, document: str, words: str, start: int, fields: dict[str, Any]) -> Claim:
    fields = dict(fields)
    if "figure" in fields:
        written = fields.pop("figure")
        at = start + words.index(written)
        spec = fields.pop("quantity")
        fields["quantity"] = Quantity(**{"as_written": written, "start": at, "end": at + len(written), **spec})
        fields.setdefault("kind", ClaimKind.QUANTITY)
    if "when" in fields:
        written, first, last = fields.pop("when")
        at = start + words.index(written)
        fields["time"] = TimeRef(as_written=written, start=at, end=at + len(written), earliest=first, latest=last)
    if "by" in fields:
        fields["attribution"] = Attribution(speaker=fields.pop("by"), cue="said")
    fields.setdefault("kind", ClaimKind.EVENT)
    return Claim(
        id=identity,
        document_id=document,
        run_id="r",
        text=fields.pop("text", words),
        quote=words,
        start=start,
        end=start + len(words),
        **fields,
    )


def count(value: float, comparator: str = "=", **fields: Any) -> dict[str, Any]:
    """The fields of a figure with its interval."""
    low: float | None = value
    high: float | None = value
    if comparator in (">", ">="):
        high = None
    elif comparator in ("<", "<="):
        low = None
    elif comparator == "~":
        low, high = sorted((value * 0.97, value * 1.03))
    return {
        "kind": QuantityKind.COUNT,
        "comparator": Comparator(comparator),
        "value": value,
        "low": low,
        "high": high,
        "low_open": comparator == ">",
        "high_open": comparator == "<",
        "of": "people",
        **fields,
    }


def share(value: float, comparator: str = "=") -> dict[str, Any]:
    return count(value, comparator, kind=QuantityKind.SHARE, unit="percent", of="voters")


def small_story() -> Story:
    """Three outlets on a vote: more than 90, more than 92 percent; and what goes with it."""
    story = Story()
    monday = date(2024, 3, 4)
    a = story.article(
        "Northline",
        monday,
        (
            "More than 90% of voters backed the plan, the electoral board said.",
            {
                "figure": "More than 90%",
                "quantity": share(90, ">"),
                "by": "electoral board",
            },
        ),
        ("The count began on Monday.", {"when": ("Monday", monday, monday)}),
        title="Plan backed",
    )
    b = story.article(
        "Vidal Star",
        monday + timedelta(days=1),
        ("More than 92% of voters said yes.", {"figure": "More than 92%", "quantity": share(92, ">")}),
        ("The count started on Monday.", {"when": ("Monday", monday, monday)}),
        ("Nobody resigned.", {"polarity": Polarity.NEGATED}),
        title="A clear yes",
    )
    c = story.article(
        "Radio Sollana",
        monday,
        ("Over 90 percent voted yes.", {"figure": "Over 90 percent", "quantity": share(90, ">")}),
    )
    story.fact(
        [a[0], b[0], c[0]], RelationKind.REFINE, about="share of voters for the plan", reason="both figures may hold"
    )
    story.fact([a[1], b[1]], RelationKind.AGREE, about="day of the count", slot="time")
    return story


def large_story(articles: int = 40, sentences: int = 25) -> Story:
    """A made-up story of many articles with facts of every relation and slot."""
    story = Story()
    first = date(2024, 11, 20)
    tolls: list[str] = []
    days: list[str] = []
    speeds: list[str] = []
    filler = [
        "The harbour stayed closed while crews cleared the road to the north of the town.",
        "Families waited in the school hall for news of those who had been at sea.",
        "The wind turned in the night and the rain came down from the hills.",
    ]
    for n in range(articles):
        day = first + timedelta(days=n // 8)
        toll = 4 + n // 8 * 3
        gust = 163 + (n % 3)
        rows: list[tuple[str, dict[str, Any]]] = [
            (
                f"The storm killed {toll} people, the fire service said in its report number {n}.",
                {
                    "figure": f"{toll} people",
                    "quantity": count(toll),
                    "by": "the fire service",
                    "when": (f"report number {n}", day, day),
                },
            ),
            ("It reached the coast on Wednesday night.", {"when": ("Wednesday night", first, first)}),
            (
                f"Gusts of about {gust} kilometres per hour were measured.",
                {
                    "figure": f"about {gust} kilometres per hour",
                    "quantity": count(gust, "~", kind=QuantityKind.MEASURE, unit="kilometre", per="hour", of=None),
                },
            ),
        ]
        rows += [
            (f"{filler[i % 3]} ({n}.{i})", {"by": f"Speaker {i % 7}"} if i % 2 else {}) for i in range(sentences * 2)
        ]
        ids = story.article(
            OUTLETS[n % len(OUTLETS)], day, *rows, title=f"Storm Malva, part {n}", path=f"storm/{n:02d}.txt"
        )
        tolls.append(ids[0])
        days.append(ids[1])
        speeds.append(ids[2])
    story.fact(
        tolls[: min(24, articles) : 4],
        RelationKind.UPDATE,
        about="number of dead",
        reason="the toll rises from day to day",
    )
    story.fact(days[:5], RelationKind.AGREE, about="day the storm came", slot="time")
    story.fact(speeds[:3], RelationKind.APPROXIMATE, about="strongest gust")
    story.fact([tolls[0], tolls[-1]], RelationKind.CONFLICT, about="number of dead, first and last")
    story.fact([tolls[1], tolls[9]], RelationKind.OVERLAP, about="number of dead, early")
    story.fact([days[6], days[7]], RelationKind.CONFLICT, about="day of arrival", slot="time")
    story.fact(speeds[4:6], RelationKind.DIFFERENT_SPEAKER_VIEW, about="who is right", slot="other")
    return story


def hostile_story() -> Story:
    story = Story()
    made = []
    for n, words in enumerate(HOSTILE):
        ids = story.article(
            words,
            date(2024, 1, 1),
            (
                f"{words} 12 people died",
                {
                    "figure": "12 people",
                    "quantity": count(12, of=words, unit=None),
                    "by": words,
                    "text": words,
                },
            ),
            title=words,
            path=f"{words}{n}.txt",
            origin=words,
        )
        made += ids
    story.fact(made, RelationKind.CONFLICT, about=HOSTILE[0], reason=" ".join(HOSTILE))
    story.fact(made[:3], RelationKind.AGREE, about=HOSTILE[1], reason=HOSTILE[2])
    return story


class Page(HTMLParser):
    """Text, tags and ids of a page; void elements and nesting checked."""

    VOID = frozenset({"meta", "input", "br", "img", "link"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert not self._open, f"not closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] not in ("script", "style"):
            self.text += data

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.tags if "id" in attributes]

    def links(self) -> list[str]:
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]


# ---------------------------------------------------------------- what it shows


def test_the_discrepancy_comes_first_with_values_quotes_and_speakers() -> None:
    page = Page(render(small_story().data()))
    order = [
        page.text.index(words)
        for words in ("share of voters for the plan", "both figures may hold", "day of the count")
    ]
    assert order == sorted(order)
    assert page.text.index("More than 92%") < page.text.index("Of the facts that a source shares")
    assert "electoral board" in page.text
    assert "On 1 fact the sources differ" in page.text


def test_every_link_has_its_target_and_every_id_is_one() -> None:
    for story in (small_story(), large_story(), hostile_story()):
        page = Page(render(story.data()))
        ids = page.ids()
        assert len(ids) == len(set(ids))
        for link in page.links():
            assert link.startswith("#")
            assert link[1:] in ids


def test_articles_stand_whole_with_their_claims_marked() -> None:
    story = small_story()
    page = render(story.data())
    for document in story.documents:
        assert " ".join(document.text.split()) in " ".join(Page(page).text.split()).replace(" .", ".") or all(
            claim.quote in Page(page).text for claim in story.claims if claim.document_id == document.id
        )
    assert page.count('class="at"') == len(story.claims)


def test_overlapping_and_nested_claims_keep_the_text() -> None:
    text = "At least 12 people died and 30 were hurt on Monday, police said."
    spans = [(0, 43), (0, 23), (28, 40), (10, 35), (0, len(text))]
    claims = tuple(
        Claim(
            id=f"c{n}",
            document_id="d",
            run_id="r",
            text=text[s:e],
            quote=text[s:e],
            start=s,
            end=e,
            kind=ClaimKind.EVENT,
        )
        for n, (s, e) in enumerate(spans)
    )
    data = ReportData(documents=(Document(id="d", path="a.txt", text=text),), claims=claims)
    page = render(data)
    inside = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert inside is not None
    assert Page(inside[1]).text == text


@given(st.lists(st.tuples(st.integers(0, 59), st.integers(1, 30)), max_size=8))
@settings(max_examples=50)
def test_any_spans_keep_the_text(spans: list[tuple[int, int]]) -> None:
    text = "abcdefghij" * 6
    claims = tuple(
        Claim(
            id=f"c{n}",
            document_id="d",
            run_id="r",
            text="x",
            quote=text[start : start + size],
            start=start,
            end=min(60, start + size),
            kind=ClaimKind.EVENT,
        )
        for n, (start, size) in enumerate(spans)
    )
    view = overview(ReportData(documents=(Document(id="d", path="a.txt", text=text),), claims=claims))
    pieces = _Page(view).pieces(view.articles[0])
    assert "".join(piece.text for piece in pieces) == text
    covered: dict[str, str] = {}
    for piece in pieces:
        for claim in piece.claims:
            covered[claim.id] = covered.get(claim.id, "") + piece.text
    assert covered == {claim.id: claim.quote for claim in claims}
    assert sorted(a for piece in pieces for a in piece.anchors) == sorted(view.anchors.values())


def test_the_deciding_words_are_marked() -> None:
    page = render(small_story().data())
    assert "<mark>More than 92%</mark>" in page
    assert "<mark>Monday</mark>" in page


def test_copies_count_as_one_voice() -> None:
    story = small_story()
    members = story.facts[0].members
    story.voices = {story.facts[0].id: {members[0]: "one", members[1]: "two", members[2]: "one"}}
    view = overview(story.data())
    assert view.differing[0].voices == 2
    assert view.differing[0].values[0].voices == 1
    assert "2 independent voices of 3 claims" in Page(render(story.data())).text


def test_sources_are_counted_with_their_denominators() -> None:
    rows = {row.name: row for row in overview(small_story().data()).sources}
    assert (rows["Vidal Star"].facts, rows["Vidal Star"].differs, rows["Vidal Star"].alone) == (2, 1, 1)
    assert rows["Vidal Star"].agrees == 1
    assert (rows["Northline"].agrees, rows["Northline"].alone) == (2, 0)


def test_updates_stand_in_their_order() -> None:
    view = overview(large_story().data())
    days = [member.when for member in view.changing[0].members]
    assert days == sorted(days, key=lambda d: d or date.max)
    drawn = plot(view.changing[0])
    assert drawn is not None
    assert len(drawn.trail) == len(drawn.rows) - 1


def test_an_empty_store_and_articles_without_claims() -> None:
    assert "No two sources" in Page(render(ReportData(documents=(), claims=()))).text
    page = Page(render(ReportData(documents=(Document(id="d", path="a.txt", text="Nothing."),), claims=())))
    assert "Nothing." in page.text


def test_facts_of_forgotten_claims_are_left_out() -> None:
    story = small_story()
    data = story.data().model_copy(update={"claims": ()})
    assert not overview(data).facts
    render(data)


def test_the_same_data_gives_the_same_page() -> None:
    assert render(large_story(12, 4).data()) == render(large_story(12, 4).data())


def test_a_thousand_claims_stay_under_two_megabytes() -> None:
    story = large_story()
    assert len(story.claims) >= 1000
    assert len(render(story.data()).encode()) < 2_000_000


# ---------------------------------------------------------------- the plot


def test_open_closed_and_unbounded_ends() -> None:
    view = overview(small_story().data())
    drawn = plot(view.differing[0])
    assert drawn is not None
    assert {(row.left_end, row.right_end) for row in drawn.rows} == {("open", "none")}
    lefts = [row.left for row in drawn.rows]
    assert lefts[0] == lefts[1] < lefts[2]
    assert drawn.unit == "percent"


def test_about_is_soft() -> None:
    view = overview(large_story().data())
    fact = next(f for f in view.agreeing if f.fact.about == "strongest gust")
    drawn = plot(fact)
    assert drawn is not None
    assert all(row.soft for row in drawn.rows)


def test_many_equal_values_share_a_row() -> None:
    story = Story()
    ids = [
        story.article(f"s{n}", None, ("some 5 here", {"figure": "5", "quantity": count(5 + n % 2)}))[0]
        for n in range(40)
    ]
    story.fact(ids, RelationKind.CONFLICT, about="x")
    drawn = plot(overview(story.data()).facts[0])
    assert drawn is not None
    assert [row.label.endswith("and 19 more") for row in drawn.rows] == [True, True]
    page = Page(render(story.data()))
    assert "and 15 more" in page.text
    assert "28 more quotes" in page.text


def test_words_have_no_axis() -> None:
    view = overview(large_story().data())
    assert plot(next(f for f in view.facts if f.fact.slot == "other")) is None


@given(
    st.lists(
        st.tuples(
            st.floats(-1e15, 1e15, allow_nan=False),
            st.sampled_from(["=", ">", ">=", "<", "<=", "~"]),
        ),
        min_size=2,
        max_size=6,
    )
)
@example([(0.0, "="), (5e-324, "=")])  # apart by less than a quarter that a float can hold
def test_any_figures_lie_on_the_axis(figures: list[tuple[float, str]]) -> None:
    story = Story()
    ids = [
        story.article(f"s{n}", None, ("some 5 here", {"figure": "5", "quantity": count(value, comparator)}))[0]
        for n, (value, comparator) in enumerate(figures)
    ]
    story.fact(ids, RelationKind.CONFLICT, about="x")
    drawn = plot(overview(story.data()).facts[0])
    assert drawn is not None
    for row in drawn.rows:
        assert LEFT - 0.01 <= row.left <= row.right <= RIGHT + 0.01
    for tick in drawn.ticks:
        assert LEFT - 0.5 <= tick.x <= RIGHT + 0.5
    assert 0 < len(drawn.ticks) <= 12


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 28), date(2024, 3, 2)),
        (date(2024, 1, 5), date(2024, 12, 1)),
        (date(1850, 1, 1), date(2024, 1, 1)),
        (date(2024, 5, 5), date(2024, 5, 5)),
        (date.min, date.max),
    ],
)
def test_dates_have_ticks(first: date, last: date) -> None:
    story = Story()
    ids = [
        story.article(f"s{n}", None, ("on that day", {"when": ("that day", when, when)}))[0]
        for n, when in enumerate((first, last))
    ]
    story.fact(ids, RelationKind.CONFLICT, about="x", slot="time")
    drawn = plot(overview(story.data()).facts[0])
    assert drawn is not None
    assert 1 <= len(drawn.ticks) <= 8
    assert all(0 <= tick.x <= 100 for tick in drawn.ticks)


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0.5, 0.5, "0.5"),
        (1200000, 200000, "1.2M"),
        (7.9e9, 1e8, "7.9B"),
        (12000, 1000, "12k"),
        (9240, 20, "9,240"),
        (-0.0, 1, "0"),
        (90, 1, "90"),
    ],
)
def test_short_numbers(value: float, step: float, text: str) -> None:
    assert short_number(value, step) == text


# ---------------------------------------------------------------- hostile text


def test_hostile_text_is_shown_as_text() -> None:
    story = hostile_story()
    page = render(story.data(title=HOSTILE[0]))
    parsed = Page(page)
    assert [tag for tag, _ in parsed.tags].count("script") == 1
    assert not any(tag in ("img", "iframe", "object") for tag, _ in parsed.tags)
    assert not any(name.startswith("on") for _, attributes in parsed.tags for name in attributes)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", page)
    for words in HOSTILE:
        shown = words.replace("\x1b", "\\x1b").replace("\x07", "\\x07")
        shown = shown.replace("\u202e", "\\u202e").replace("\u202c", "\\u202c")
        assert shown in parsed.text
    assert "49" not in parsed.text.split("All claims")[0].replace("7*7", "")


def test_lone_surrogates_can_be_written() -> None:
    data = ReportData(
        documents=(Document(id="d", path="a\udcff.txt", text="bad \ud800 text", source="x\udfff"),),
        claims=(
            Claim(
                id="c",
                document_id="d",
                run_id="r",
                text="bad \ud800",
                quote="bad \ud800",
                start=0,
                end=5,
                kind=ClaimKind.EVENT,
            ),
        ),
    )
    render(data).encode()
    render_markdown(data).encode()
    render_json(data).encode()


def test_hostile_text_in_markdown_and_json() -> None:
    story = hostile_story()
    text = render_markdown(story.data())
    assert "<script" not in text
    assert "\x1b" not in text
    assert "<img" not in text
    data = json.loads(render_json(story.data()))
    assert data["facts"][0]["members"]


def test_the_page_reaches_for_nothing() -> None:
    page = render(small_story().data())
    parsed = Page(page)
    assert not any(name in ("src", "action", "srcset") for _, attributes in parsed.tags for name in attributes)
    assert not any(tag == "link" for tag, _ in parsed.tags)
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page


def test_markdown_and_json_say_the_same() -> None:
    story = large_story(40, 4)
    data = json.loads(render_json(story.data()))
    assert data["summary"]["differ"] == len(overview(story.data()).differing)
    assert {fact["relation"] for fact in data["facts"]} >= {"conflict", "update", "agree", "overlap", "approximate"}
    text = render_markdown(story.data())
    for heading in (
        "# What the sources claim",
        "## Where the sources differ",
        "## What changed over time",
        "## Sources",
    ):
        assert heading in text


# ---------------------------------------------------------------- in a browser

CHROMIUM = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not opened")
    if CHROMIUM is None:
        pytest.skip("no /usr/bin/chromium: the page is not opened in a browser")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("report")
    pages = {"small": small_story(), "large": large_story(), "medium": large_story(10, 1), "hostile": hostile_story()}
    for name, story in pages.items():
        (folder / f"{name}.html").write_text(render(story.data()), encoding="utf-8")
    return {name: (folder / f"{name}.html").as_uri() for name in pages}


def until(page: Any, script: str) -> None:
    """Waits until `script` is true. (Playwright's own wait needs eval, which the page forbids.)"""
    for _ in range(100):
        if page.evaluate(f"Boolean({script})"):
            return
        page.wait_for_timeout(30)
    raise AssertionError(f"never true: {script}")


class Opened:
    """A page with what went wrong on it."""

    def __init__(self, browser: Any, address: str, width: int = 1280, scheme: str = "light") -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.noise: list[str] = []
        self.page.on("console", lambda message: self.noise.append(message.text))
        self.page.on("pageerror", lambda error: self.noise.append(str(error)))
        self.page.on("request", lambda r: self.noise.append(r.url) if not r.url.startswith("file:") else None)
        self.page.goto(address)

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *exception: object) -> None:
        self.page.close()
        assert not self.noise


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [(name, width, scheme) for name in ("small", "hostile") for width in (1280, 390) for scheme in ("light", "dark")]
    + [("large", 1280, "light"), ("large", 390, "dark")],
)
def test_no_error_no_request_no_sideways_scrolling(
    browser: Any, files: dict[str, str], name: str, width: int, scheme: str
) -> None:
    with Opened(browser, files[name], width, scheme) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        assert opened.page.title() != "owned"
        if name == "small":
            figure = opened.page.locator(".figure").nth(1).bounding_box()
            assert figure["y"] + figure["height"] < 900  # both values are seen without scrolling


def test_filters(browser: Any, files: dict[str, str]) -> None:
    with Opened(browser, files["large"]) as opened:
        page = opened.page
        cards = page.locator("[data-fact]:not(.off)")
        everything = cards.count()
        page.fill("#fw", "strongest gust")
        until(page, "document.getElementById('shown').textContent.startsWith('1 of')")
        assert cards.count() == 1
        page.click("button[type=reset]")
        until(page, "document.getElementById('shown').textContent === ''")
        assert cards.count() == everything
        page.select_option("#fp", label="Speaker 3")
        until(page, "document.getElementById('shown').textContent !== ''")
        visible = page.locator("#claims li:not(.off)")
        assert 0 < visible.count() < 400
        assert all("Speaker 3" in text for text in visible.all_inner_texts()[:20])
        page.select_option("#fp", label="the article itself")
        page.select_option("#fk", "quantity")
        until(page, "!document.getElementById('shown').textContent.includes('160 of')")
        assert "fire service" not in " ".join(visible.all_inner_texts())
        page.click("button[type=reset]")
        page.select_option("#fs", label="Vidal Star")
        until(page, "document.getElementById('shown').textContent !== ''")
        assert page.locator("#sources tbody tr:not(.off)").count() == 1
        assert page.locator(".article:not(.off)").count() == 7


def test_links_jump_both_ways(browser: Any, files: dict[str, str]) -> None:
    with Opened(browser, files["large"]) as opened:
        page = opened.page
        page.locator("[data-fact] .quote a.src").first.click()
        until(page, "document.querySelector('.claim.hit')")
        lit = page.locator(".claim.hit").first
        assert lit.is_visible()
        box = lit.bounding_box()
        assert 0 < box["y"] < 900
        page.locator(".article[open] a.to").first.click()
        until(page, "location.hash.startsWith('#f')")
        target = page.locator(page.evaluate("location.hash"))
        assert target.is_visible()
        assert 0 <= target.bounding_box()["y"] < 900


def test_a_folded_agreement_opens_when_linked(browser: Any, files: dict[str, str]) -> None:
    with Opened(browser, files["small"]) as opened:
        page = opened.page
        page.evaluate("location.hash = '#f2'")
        until(page, "document.getElementById('f2').open")
        assert page.locator("#f2 blockquote").first.is_visible()


def test_keyboard_reaches_skip_link_filters_and_links(browser: Any, files: dict[str, str]) -> None:
    with Opened(browser, files["small"]) as opened:
        page = opened.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        seen = set()
        for _ in range(16):
            page.keyboard.press("Tab")
            seen.add(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        assert {"fw", "fs", "fp", "fk", "BUTTON", "A"} <= seen


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("medium", 1280, "light"), ("medium", 390, "dark"), ("small", 1280, "dark"), ("small", 390, "light")],
)
def test_axe_finds_no_serious_fault(browser: Any, files: dict[str, str], name: str, width: int, scheme: str) -> None:
    package = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    source = (Path(package.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(files[name])
    page.evaluate("document.querySelectorAll('details').forEach((d, n) => { if (n < 12) d.open = true; })")
    page.evaluate(source)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    context.close()
    grave = [
        (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"][:300])
        for v in found["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert not grave


# ---------------------------------------------------------------- from a store


def test_the_report_of_a_store(tmp_path: Path) -> None:
    from claims.report.build import from_store

    story = small_story()
    with stored(story, tmp_path) as store:
        data = from_store(store)
    assert {document.id for document in data.documents} == {document.id for document in story.documents}
    assert {fact.id: fact.members for fact in data.facts} == {fact.id: fact.members for fact in story.facts}
    assert overview(data).differing[0].voices == 3
    assert data.note is None
    assert render(data) == render(data)


def test_a_large_store_is_shown_by_its_gravest_facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from claims.report import build

    monkeypatch.setattr(build, "MOST_CLAIMS", 20)
    monkeypatch.setattr(build, "MOST_ARTICLES", 4)
    with stored(large_story(12, 1), tmp_path) as store:
        data = build.from_store(store)
    assert 1 < len(data.documents) <= 4
    assert data.facts
    assert data.facts[0].discrepancy
    members = {member for fact in data.facts for member in fact.members}
    assert members <= {claim.id for claim in data.claims}
    assert "shown are the gravest" in Page(render(data)).text
    assert "shown are the gravest" in render_markdown(data)


def stored(story: Story, folder: Path) -> Any:
    """A store with what the story holds."""
    from claims.store import Extracted, Store

    store = Store(folder / "t.duckdb")
    try:
        store.documents.add(story.documents)
        run = store.ledger.begin("test", "config", extractor="builtin", version="0", documents=len(story.documents))
        done = [
            Extracted(document.id, tuple(c for c in story.claims if c.document_id == document.id), ())
            for document in story.documents
        ]
        store.extractions.save("config", run, done)
        store.facts.replace(story.facts)
    except BaseException:
        store.close()
        raise
    return store
