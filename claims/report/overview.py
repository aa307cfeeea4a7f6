"""What a report shows, in the order in which it shows it: plain data, the same for HTML, Markdown and JSON.

Nothing is decided here: relations, reasons and discrepancies come from the alignment. Only grouping, ordering and
counting of what is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from claims.alignment.explain import short_name
from claims.models import Claim, Document, Fact, Frozen, Modality, Polarity, Relation, RelationKind

TITLES = {
    RelationKind.CONFLICT: "Conflict",
    RelationKind.OVERLAP: "Figures differ, ranges overlap",
    RelationKind.REFINE: "Figures differ, all can be true",
    RelationKind.DIFFERENT_SPEAKER_VIEW: "Dispute between speakers",
    RelationKind.UPDATE: "Changed over time",
    RelationKind.APPROXIMATE: "Round figures differ",
    RelationKind.AGREE: "Agree",
    RelationKind.DIFFERENT_SCOPE: "Different scope",
    RelationKind.UNRELATED: "Unrelated",
}
# Where nothing is flagged, "differ" would be too much.
MILD_TITLES = {
    **TITLES,
    RelationKind.REFINE: "One is more precise",
    RelationKind.OVERLAP: "Ranges overlap",
    RelationKind.APPROXIMATE: "About the same",
}
_GRAVITY = list(TITLES)
_SAME = (RelationKind.AGREE, RelationKind.APPROXIMATE)
_DAYLIKE = ("minute", "hour", "day")


class ReportData(Frozen):
    """What a report is made of. `voices` maps a fact id to claim id → voice: equal names are copies of one text."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    facts: tuple[Fact, ...] = ()
    voices: Mapping[str, Mapping[str, str]] = {}
    title: str = "What the sources claim, and where they differ"
    extractor: str | None = None
    rejected: int = 0
    generated_on: date | None = None
    note: str | None = None  # what is left out


@dataclass(frozen=True)
class ArticleView:
    """One article. `name` tells it from all others; `anchor` is its id in a page."""

    document: Document
    anchor: str
    name: str
    label: str  # the file's name: what reasons call it
    source: str
    day: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Member:
    """One claim of a fact. `group` numbers the distinct values, in the order shown; `voice` the voices of the fact."""

    claim: Claim
    article: ArticleView
    anchor: str
    value: str
    low: float | None
    high: float | None
    start: int | None  # the deciding words, in the document
    end: int | None
    group: int
    voice: int
    when: date | None


@dataclass(frozen=True)
class Value:
    """A distinct value with the members that give it."""

    group: int
    text: str
    members: tuple[Member, ...]

    @property
    def voices(self) -> int:
        """How many independent voices give it."""
        return len({member.voice for member in self.members})


@dataclass(frozen=True)
class FactView:
    """A fact with its members, gravest things first."""

    fact: Fact
    anchor: str
    title: str
    members: tuple[Member, ...]
    values: tuple[Value, ...]

    @property
    def voices(self) -> int:
        """How many independent voices speak of it."""
        return len({member.voice for member in self.members})


@dataclass(frozen=True)
class SourceRow:
    """How one source stands to the others. Every count is of facts that it takes part in."""

    name: str
    articles: int
    claims: int
    facts: int
    agrees: int  # another voice gives its value
    differs: int  # another source gives a value that differs
    alone: int  # it differs, and no other voice gives its value


@dataclass(frozen=True)
class TimelineEntry:
    """One claim at its time."""

    day: date
    label: str
    article: ArticleView
    claim: Claim


@dataclass
class Overview:
    """The whole report as data."""

    data: ReportData
    articles: list[ArticleView]
    differing: list[FactView]
    changing: list[FactView]
    agreeing: list[FactView]
    sources: list[SourceRow]
    timeline: list[TimelineEntry]
    anchors: dict[str, str] = field(default_factory=dict)  # claim id → anchor
    facts_of: dict[str, list[FactView]] = field(default_factory=dict)  # claim id → facts

    @property
    def speakers(self) -> list[str]:
        """Every speaker, most quoted first."""
        counts: dict[str, int] = {}
        for claim in self.data.claims:
            name = speaker_of(claim)
            if name:
                counts[name] = counts.get(name, 0) + 1
        return sorted(counts, key=lambda name: (-counts[name], name))

    @property
    def facts(self) -> list[FactView]:
        """All facts in the order shown."""
        return [*self.differing, *self.changing, *self.agreeing]


def overview(data: ReportData) -> Overview:
    """Arrange the data of a report. Claims whose document is not given, and facts without claims, are left out."""
    claims: dict[str, list[Claim]] = {document.id: [] for document in data.documents}
    for claim in data.claims:
        if claim.document_id in claims:
            claims[claim.document_id].append(claim)
    names = _names(data.documents)
    articles = [
        ArticleView(
            document=document,
            anchor=f"a{number}",
            name=names[document.id],
            label=short_name(document.path),
            source=source_of(document),
            day=day(document.published_at),
            claims=tuple(sorted(claims[document.id], key=lambda c: (c.start, c.end, c.id))),
        )
        for number, document in enumerate(data.documents, start=1)
    ]
    anchors = {
        claim.id: f"c{number}"
        for number, claim in enumerate((claim for article in articles for claim in article.claims), start=1)
    }
    by_id = {claim.id: (claim, article) for article in articles for claim in article.claims}
    facts = [
        view
        for number, fact in enumerate(sorted(data.facts, key=lambda f: _gravity(f, by_id)), start=1)
        if (view := _fact(fact, f"f{number}", by_id, anchors, data.voices.get(fact.id, {}))) is not None
    ]
    whole = Overview(
        data=data,
        articles=articles,
        differing=[f for f in facts if _differs(f.fact)],
        changing=[f for f in facts if f.fact.relation is RelationKind.UPDATE and not _differs(f.fact)],
        agreeing=[f for f in facts if f.fact.relation is not RelationKind.UPDATE and not _differs(f.fact)],
        sources=_sources(articles, facts),
        timeline=_timeline(articles),
        anchors=anchors,
    )
    for fact in whole.facts:
        for member in fact.members:
            whole.facts_of.setdefault(member.claim.id, []).append(fact)
    return whole


def speaker_of(claim: Claim) -> str | None:
    """Who says it in the article; None when the article itself does."""
    who = claim.attribution
    return None if who is None else who.speaker or who.speaker_as_written or "someone not named"


def source_of(document: Document) -> str:
    """The outlet as people call it: the source, else the origin, else the file's name."""
    return document.source or document.origin or short_name(document.path) or document.id[:8]


def day(when: date | None) -> str:
    """25 Sep 2017; "" for None."""
    return f"{when.day} {when:%b %Y}" if when else ""


def span_text(earliest: date | None, latest: date | None) -> str:
    """A span of days in words; "" when it is open."""
    if earliest is None or latest is None:
        return ""
    return day(earliest) if earliest == latest else f"{day(earliest)} to {day(latest)}"


def flags(claim: Claim) -> list[str]:
    """What a reader must know of a claim besides its words: negated, planned, denied …"""
    words = []
    if claim.polarity is Polarity.NEGATED:
        words.append("negated")
    if claim.modality is not Modality.ACTUAL:
        words.append(claim.modality.value)
    if claim.attribution is not None and claim.attribution.stance != "asserts":
        words.append(claim.attribution.stance)
    return words


def _names(documents: Sequence[Document]) -> dict[str, str]:
    """A name for each article: its source, with as much more as tells it from the others."""
    by_source: dict[str, list[Document]] = {}
    for document in documents:
        by_source.setdefault(source_of(document), []).append(document)
    names = {}
    for source, group in by_source.items():
        dates = [document.published_at for document in group]
        for document in group:
            name = source
            if len(group) > 1:
                dated = document.published_at is not None and dates.count(document.published_at) == 1
                name += f", {day(document.published_at)}" if dated else f" ({short_name(document.path)})"
            names[document.id] = name
    return names


def _gravity(fact: Fact, claims: Mapping[str, tuple[Claim, ArticleView]]) -> tuple[bool, bool, int, int, str, str]:
    """Differences first, those between sources before those within one; then the gravest."""
    sources = {claims[member][1].source for member in fact.members if member in claims}
    return (
        not _differs(fact),
        len(sources) < 2,
        _GRAVITY.index(fact.relation),
        -len(fact.members),
        fact.about,
        fact.id,
    )


def _differs(fact: Fact) -> bool:
    return fact.discrepancy or fact.relation in (RelationKind.CONFLICT, RelationKind.DIFFERENT_SPEAKER_VIEW)


def _fact(
    fact: Fact,
    anchor: str,
    claims: Mapping[str, tuple[Claim, ArticleView]],
    anchors: Mapping[str, str],
    voices: Mapping[str, str],
) -> FactView | None:
    known = [claims[member] for member in fact.members if member in claims]
    if not known:
        return None
    numbers: dict[str, int] = {}
    made = []
    for claim, article in known:
        text, low, high, start, end = _value(claim, fact.slot)
        voice = numbers.setdefault(voices.get(claim.id, article.document.id), len(numbers) + 1)
        made.append((claim, article, text, low, high, start, end, voice))
    if fact.relation is RelationKind.UPDATE:
        made.sort(key=lambda m: (_when(m[0], m[1]) or date.max, m[1].name, m[0].start))
    else:
        made.sort(key=lambda m: (m[3] is None, m[3] or 0.0, m[4] or 0.0, m[2].casefold(), m[1].name, m[0].start))
    same = _same_value(fact.relations)
    groups: dict[str, int] = {}
    members = []
    for claim, article, text, low, high, start, end, voice in made:
        key = repr((low, high, _bounds(claim, fact.slot))) if low is not None or high is not None else text.casefold()
        group = next((groups[other] for other in same.get(claim.id, ()) if other in groups), None)
        if group is None:
            group = groups.setdefault(key, len(set(groups.values())))
        groups[claim.id] = group
        members.append(
            Member(
                claim=claim,
                article=article,
                anchor=anchors[claim.id],
                value=text,
                low=low,
                high=high,
                start=start,
                end=end,
                group=group,
                voice=voice,
                when=_when(claim, article),
            )
        )
    values = [
        Value(group=group, text=_shortest(members, group), members=tuple(m for m in members if m.group == group))
        for group in dict.fromkeys(member.group for member in members)
    ]
    return FactView(
        fact=fact,
        anchor=anchor,
        title=(TITLES if fact.discrepancy else MILD_TITLES)[fact.relation],
        members=tuple(members),
        values=tuple(values),
    )


def _same_value(relations: Iterable[Relation]) -> dict[str, list[str]]:
    """Claim → claims that agree with it exactly."""
    same: dict[str, list[str]] = {}
    for relation in relations:
        if relation.relation is RelationKind.AGREE:
            same.setdefault(relation.a, []).append(relation.b)
            same.setdefault(relation.b, []).append(relation.a)
    return same


def _bounds(claim: Claim, slot: str) -> object:
    quantity = claim.quantity
    return (quantity.comparator, quantity.unit) if slot == "quantity" and quantity else None


def _shortest(members: Iterable[Member], group: int) -> str:
    return min((m.value for m in members if m.group == group), key=lambda text: (len(text), text))


def _value(claim: Claim, slot: str) -> tuple[str, float | None, float | None, int | None, int | None]:
    """The value as written, its ends (days as ordinals), and where its words stand in the document."""
    if slot == "quantity" and claim.quantity is not None:
        figure = claim.quantity
        return figure.as_written, figure.low, figure.high, figure.start, figure.end
    if slot == "time" and claim.time is not None:
        when = claim.time
        ends = [float(d.toordinal()) if d else None for d in (when.earliest, when.latest)]
        return when.as_written, ends[0], ends[1], when.start, when.end
    if slot == "time" and claim.quantity is not None:  # a length of time, counted back from the article's date
        return claim.quantity.as_written, None, None, claim.quantity.start, claim.quantity.end
    words = (claim.place if slot == "place" else None) or claim.object or claim.predicate or claim.text
    at = claim.quote.find(words)
    if at < 0:
        return words, None, None, None, None
    return words, None, None, claim.start + at, claim.start + at + len(words)


def _when(claim: Claim, article: ArticleView) -> date | None:
    """The day for which a value is stated: the time of the claim, else the day of the article."""
    if claim.time is not None and claim.time.latest is not None and claim.time.earliest == claim.time.latest:
        return claim.time.latest
    return article.document.published_at


def _sources(articles: Sequence[ArticleView], facts: Sequence[FactView]) -> list[SourceRow]:
    rows = []
    for name in dict.fromkeys(article.source for article in articles):
        own = [article for article in articles if article.source == name]
        taken = [fact for fact in facts if any(m.article.source == name for m in fact.members)]
        agrees = differs = alone = 0
        for fact in taken:
            supported = _supported(fact, name)
            opposed = _opposed(fact, name)
            agrees += supported
            differs += opposed
            alone += opposed and not supported
        rows.append(
            SourceRow(
                name=name,
                articles=len(own),
                claims=sum(len(article.claims) for article in own),
                facts=len(taken),
                agrees=agrees,
                differs=differs,
                alone=alone,
            )
        )
    return sorted(rows, key=lambda row: (-row.differs, -row.claims, row.name))


def _supported(fact: FactView, source: str) -> bool:
    """Another voice of another source gives a value of this source."""
    source_voices = {m.voice for m in fact.members if m.article.source == source}
    near = {frozenset((r.a, r.b)) for r in fact.fact.relations if r.relation in _SAME and not r.discrepancy}
    return any(
        (m.group == other.group or frozenset((m.claim.id, other.claim.id)) in near)
        for m in fact.members
        if m.article.source == source
        for other in fact.members
        if other.article.source != source and other.voice not in source_voices
    )


def _opposed(fact: FactView, source: str) -> bool:
    """A pair of this source and another is a discrepancy."""
    where = {member.claim.id: member.article.source for member in fact.members}
    return any(r.discrepancy and (where.get(r.a) == source) != (where.get(r.b) == source) for r in fact.fact.relations)


def _timeline(articles: Sequence[ArticleView]) -> list[TimelineEntry]:
    """Claims whose time is a single day, in order. A pull quote or a repeated sentence is shown once an article."""
    entries = []
    for article in articles:
        seen = set()
        for claim in article.claims:
            when = claim.time
            if when is None or when.earliest is None or when.earliest != when.latest:
                continue
            key = (when.earliest, claim.start, claim.end)
            if when.granularity in _DAYLIKE and key not in seen:
                seen.add(key)
                entries.append(TimelineEntry(day=when.earliest, label=when.as_written, article=article, claim=claim))
    return sorted(entries, key=lambda e: (e.day, e.article.anchor, e.claim.start, e.claim.id))
