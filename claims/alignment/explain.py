"""Sentences that say why claims are one fact and how they stand, for an editor to read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from pathlib import PurePath
from typing import NamedTuple

from claims.alignment.attributes import RANK, Attribute
from claims.alignment.compare import Verdict
from claims.alignment.elapsed import ELAPSED
from claims.alignment.features import Profile
from claims.alignment.intervals import Measured
from claims.models import Claim, Comparator, Document, QuantityKind, RelationKind, TimeRef

_CONCLUSION = {
    RelationKind.AGREE: "the same value",
    RelationKind.APPROXIMATE: "the same value, as far as the rounder figure tells",
    RelationKind.REFINE: "all can be true at once, but the figures differ",
    RelationKind.OVERLAP: "both can be true at once, but neither follows from the other",
    RelationKind.CONFLICT: "both cannot be true",
    RelationKind.UPDATE: "the value changed over time",
    RelationKind.DIFFERENT_SPEAKER_VIEW: "the speakers dispute it",
    RelationKind.DIFFERENT_SCOPE: "they measure different things",
}
_NESTED = "all can be true at once"
_ROUGHLY = "they can be one value, roughly told, but the figures differ"
_OF_SEVERAL = {
    RelationKind.CONFLICT: "not all of them can be true",
    RelationKind.OVERLAP: "all can be true at once, but none follows from another",
}
_OF_TIMES = {
    RelationKind.AGREE: "the same time",
    RelationKind.APPROXIMATE: "the same time, nearly",
    RelationKind.REFINE: _NESTED,
}
_HASH = re.compile(r"[_.-][0-9a-f]{8,}$")
_OPENING = re.compile(
    r"(?:More|Less|Fewer|Over|Under|At|About|Around|Some|Nearly|Almost|Roughly|Up|No|Between|From|Above|Below|An?|The"
    r"|Half|Several|Dozens|Hundreds|Thousands|Millions|Approximately|Close|As|Just|Only|Last|This|Next|Early|Earlier"
    r"|Late|Later|Yesterday|Today|Tomorrow|In|On|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve"
    r"|[A-Z][a-z]+(?:teen|ty)(?:-[a-z]+)?)\b"
)
_WHERE = re.compile(r"\b(in|at|inside|near|outside|off|around)( the | )$", re.IGNORECASE)
_SINGULAR = frozenset({"foot", "inch", "kilometre per hour", "mile per hour", "square mile", "percent"})
_PRONOUN = re.compile(r"he|she|it|they|we|i|you|who|one", re.IGNORECASE)
_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five"}


def document_label(document: Document) -> str:
    """What an editor calls the article: its outlet, else its file name."""
    return document.source or short_name(document.path) or document.id[:8]


def short_name(path: str) -> str:
    """The file's name without its ending and without a hash at its end: "003" for "003_66f2fd803e982d31.txt"."""
    stem = PurePath(path).stem
    return _HASH.sub("", stem) or stem


def labels(documents: Mapping[str, Document]) -> dict[str, str]:
    """Document id → a label that no other document of the set has."""
    by_label: dict[str, list[str]] = defaultdict(list)
    for key in sorted(documents):
        by_label[document_label(documents[key])].append(key)
    named = {}
    for label, keys in by_label.items():
        if len(keys) == 1:
            named[keys[0]] = label
            continue
        for key in keys:
            stem = short_name(documents[key].path)
            named[key] = label if not stem or stem == label else f"{label} ({stem})"
    return named


@lru_cache(maxsize=4096)
def describe_quantity(quantity: Measured) -> str:
    """The words, with the interval they stand for where it is not a point."""
    written = _within(" ".join(quantity.as_written.split()))
    if quantity.per and quantity.per not in written:
        written += f" a {quantity.per}"
    value, low, high = quantity.value, quantity.low, quantity.high
    told = quantity.unit if quantity.kind in (QuantityKind.DURATION, QuantityKind.MEASURE) else None
    unit = f" {told}{'' if told in _SINGULAR or value == 1 else 's'}" if told else ""
    match quantity.comparator:
        case Comparator.MORE if value is not None:
            meaning = f"from {_figure(value)}{unit} up, not including it"
        case Comparator.AT_LEAST if value is not None:
            meaning = f"{_figure(value)}{unit} or more"
        case Comparator.LESS if value is not None:
            meaning = f"below {_figure(value)}{unit}"
        case Comparator.AT_MOST if value is not None:
            meaning = f"{_figure(value)}{unit} or less"
        case Comparator.RANGE if low is not None and high is not None:
            meaning = f"from {_figure(low)} to {_figure(high)}{unit}"
        case _:
            return written
    return f"{written} ({meaning})"


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _days(first: date, last: date) -> str:
    """A whole year or month by its name; else both days."""
    if (first.day, first.month, last.day, last.month) == (1, 1, 31, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return f"{_day(first)} to {_day(last)}"


def _within(written: str) -> str:
    """The words as they stand within a sentence: "more than" for "More than"."""
    return written[0].lower() + written[1:] if _OPENING.match(written) else written


def describe_time(time: TimeRef) -> str:
    """The words, with the days they stand for."""
    written = _within(" ".join(time.as_written.split()))
    if time.earliest is None or time.latest is None:
        return f"{written} (year open)" if time.candidates else written
    days = _day(time.earliest) if time.earliest == time.latest else _days(time.earliest, time.latest)
    return f"{written} ({days})" if days.lower() != written.lower() else written


def describe(profile: Profile) -> str:
    """A slot's value in words."""
    if profile.quantity is not None:
        return describe_quantity(profile.quantity)
    if profile.time is not None:
        return describe_time(profile.time) if profile.time.granularity != ELAPSED else _counted_back(profile)
    return profile.value


def _counted_back(profile: Profile) -> str:
    """A length of time with the year in which it began: "36 years (36 years before 2018 is 1982)"."""
    time = profile.time
    assert time is not None
    assert time.earliest is not None
    assert time.latest is not None
    written = _within(" ".join(time.as_written.split()))
    if profile.published is None:
        return written
    told = date.fromordinal(profile.published).year
    if time.candidates:
        year = time.candidates[0].year
        return f"{written} ({told - year} years before {told} is {year})"
    return f"{written} (counted back from {told}: {time.earliest.year} to {time.latest.year})"


def speaker_of(claim: Claim) -> str | None:
    """Who says it inside the article."""
    return claim.attribution.speaker if claim.attribution else None


class Saying(NamedTuple):
    """What one source says: of one slot of a claim, what a reason needs of it."""

    claim_id: str
    source: str
    speaker: str | None  # whom the source cites, unless by a pronoun
    words: str  # the value
    meaning: tuple[object, ...]  # what values share that are one, however written; times keep their words
    figure: float | None
    timed: bool
    published: int | None  # the day as an ordinal
    cited: str  # the source, with the speaker
    told: str  # that the source says the value


def saying(profile: Profile, claim: Claim, source: str) -> Saying:
    """What `source` says in that slot of the claim."""
    words, quantity = describe(profile), profile.quantity
    speaker = speaker_of(claim) or None
    if speaker is not None and _PRONOUN.fullmatch(speaker):
        speaker = None
    cited = f"{source} (citing {speaker})" if speaker else source
    return Saying(
        claim_id=claim.id,
        source=source,
        speaker=speaker,
        words=words,
        meaning=(words,) if quantity is None else quantity.meaning,
        figure=None if quantity is None else quantity.figure,
        timed=profile.time is not None,
        published=profile.published,
        cited=cited,
        told=f"{cited} says {words}",
    )


def reason(
    sayings: Sequence[Saying],
    relation: RelationKind,
    finer: str | None = None,
    voices: Callable[[], Mapping[str, str]] | None = None,
    *,
    differ: bool = True,
) -> str:
    """One sentence: which source says what, and how the values stand.

    `finer`: the source that is the more precise. `voices` gives a map of claims to voices: where several documents that
    say the same are fewer voices, the sentence says so; it is asked only where several do. `differ`: the figures as
    written are another, more than by rounding.
    """
    if len(sayings) == 2 and relation is not RelationKind.UPDATE and sayings[0].meaning != sayings[1].meaning:
        parts = 2  # as most pairs: nothing is to be put together
        one, two = sayings
        if (two.source, two.words) < (one.source, one.words):
            one, two = two, one
        told = f"{one.told}, {two.told}"
    else:
        parts, told = _together(sayings, voices, dated=relation is RelationKind.UPDATE)
    end = _CONCLUSION[relation]
    if parts > 2:
        end = _OF_SEVERAL.get(relation, end)
    if sayings[0].timed:
        end = _OF_TIMES.get(relation, end)
    elif relation is RelationKind.REFINE and not differ:
        end = _NESTED
    elif relation is RelationKind.APPROXIMATE and len({said.figure for said in sayings}) == 1:
        end = "the same figure"
    elif relation is RelationKind.APPROXIMATE and differ:
        end = _ROUGHLY
    if relation is RelationKind.REFINE and finer is not None:
        end += f"; {finer} is the more precise"
    return f"{told}: {end}."


def _together(
    sayings: Sequence[Saying], voices: Callable[[], Mapping[str, str]] | None, *, dated: bool
) -> tuple[int, str]:
    """(number of values, who says which), in order."""
    groups: dict[tuple[object, ...], list[Saying]] = {}
    for said in sayings:
        groups.setdefault(said.meaning, []).append(said)
    voice_of = voices() if voices is not None and len(groups) < len(sayings) else None
    parts = [_part(own, voice_of, dated=dated) for own in groups.values()]
    if len(parts) > 1:
        parts.sort(key=_order)
    return len(parts), ", ".join([told for *_, told in parts])


def reason_of_two(
    x: Profile, y: Profile, claims: tuple[Claim, Claim], names: Mapping[str, str], verdict: Verdict
) -> str:
    """The reason of one pair, of which nothing is known yet. `names` maps documents to sources."""
    one, two = (saying(p, claim, names[p.document_id]) for p, claim in zip((x, y), claims, strict=True))
    return reason([one, two], verdict.relation, finer_source(one, two, verdict), differ=verdict.discrepancy)


def finer_source(one: Saying, two: Saying, verdict: Verdict) -> str | None:
    """The source of the value that implies the other."""
    return None if verdict.finer is None else one.source if verdict.finer == "a" else two.source


_Part = tuple[int, int, str, str, str]
_order: Callable[[_Part], tuple[object, ...]] = itemgetter(slice(4))


def _part(sayings: Sequence[Saying], voices: Mapping[str, str] | None, *, dated: bool) -> _Part:
    """Who says one value: (day, how many with a minus, the first of them, the value, all of it in words)."""
    if len(sayings) == 1:
        (alone,) = sayings
        first = alone.published or 0 if dated else 0
        return first, -1, alone.source, alone.words, f"{_on(first)}{alone.told}"
    cited: dict[str, set[str]] = {}
    for said in sayings:
        by = cited.setdefault(said.source, set())
        if said.speaker:
            by.add(said.speaker)
    ways = {said.words for said in sayings}
    words = ways.pop() if len(ways) == 1 else min(ways, key=lambda text: (len(text), text))
    sources = sorted(cited)
    who = _list([f"{name} (citing {_list(sorted(cited[name])[:2])})" if cited[name] else name for name in sources])
    heard = len({voices[said.claim_id] for said in sayings}) if voices else len(sources)
    if heard < len(sources):
        who += f", {_NUMBERS.get(heard, str(heard))} voice{'s' if heard > 1 else ''},"
    first = min([said.published for said in sayings if said.published is not None], default=0) if dated else 0
    told = f"{_on(first)}{who} {'says' if len(sources) == 1 else 'say'} {words}"
    return first, -len(sources), sources[0], words, told


def _on(day: int) -> str:
    return f"on {_day(date.fromordinal(day))} " if day else ""


def attribute_reason(members: Sequence[Attribute], names: Mapping[str, str], relation: RelationKind) -> str:
    """One sentence: who gives which rank to a person, or names whom as holder of an office."""
    groups: dict[str, set[str]] = {}
    for m in members:
        said = f"{m.shown} “{m.value}”" if m.kind == RANK else f"{m.value} as {m.shown}"
        groups.setdefault(said, set()).add(names[m.document_id])
    verb = "call" if members[0].kind == RANK else "name"
    told: dict[tuple[str, ...], list[str]] = {}
    for said, by in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        told.setdefault(tuple(sorted(by)), []).append(said)
    parts = [f"{_list(by)} {verb}{'s' if len(by) == 1 else ''} {_list(said)}" for by, said in told.items()]
    kind = "rank" if members[0].kind == RANK else "person"
    sources = {names[m.document_id] for m in members}
    match relation:
        case RelationKind.CONFLICT if len(sources) == 1:
            end = f"one source, two {kind}s"
        case RelationKind.CONFLICT:
            end = f"the {kind}s differ"
        case RelationKind.REFINE:
            end = "the one is a shorter form of the other"
        case _:
            end = f"the same {kind}"
    return f"{', '.join(parts)}: {end}."


def place_reason(
    claims: Sequence[Claim], names: Mapping[str, str], verdict: Verdict, voices: Mapping[str, str] | None = None
) -> str:
    """One sentence: which source says that it happened where. `voices` maps claims to voices, as for `reason`."""
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[_where(claim)].append(claim)
    parts = []
    for where, own in sorted(groups.items(), key=lambda g: (-len(g[1]), min(names[c.document_id] for c in g[1]), g[0])):
        who = _list(sorted({_cited(claim, names) for claim in own}))
        sources = {claim.document_id for claim in own}
        heard = len({voices[claim.id] for claim in own}) if voices else len(sources)
        if heard < len(sources):
            who += f", {_NUMBERS.get(heard, str(heard))} voice{'s' if heard > 1 else ''},"
        parts.append(f"{who} {'says' if len(sources) == 1 else 'say'} that it was {where}")
    match verdict.relation:
        case RelationKind.AGREE:
            end = "the same place"
        case RelationKind.REFINE:
            finer = claims[0 if verdict.finer == "a" else 1]
            end = f"{_NESTED}; {names[finer.document_id]} is the more precise"
        case _:
            end = "both cannot be true" if len(parts) == 2 else "not all of them can be true"
    return f"{', '.join(parts)}: {end}."


def _cited(claim: Claim, names: Mapping[str, str]) -> str:
    speaker = speaker_of(claim)
    source = names[claim.document_id]
    return f"{source} (citing {speaker})" if speaker and not _PRONOUN.fullmatch(speaker) else source


def _where(claim: Claim) -> str:
    """The place with its preposition: "in Leeds", "off the coast of Brittany"."""
    place, quote = " ".join((claim.place or "").split()), " ".join(claim.quote.split())
    found = _WHERE.search(quote[: max(0, quote.rfind(place.split(",")[0]))])
    return f"{found[1].lower()}{found[2].lower()}{place}" if found is not None else f"in {place}"


def contradiction_reason(first: Claim, second: Claim, names: Mapping[str, str], relation: RelationKind) -> str:
    """One sentence: who says it, and who gainsays it; of an update, who said it before and who says otherwise later."""
    parts = []
    for claim in (first, second):
        speaker = speaker_of(claim)
        cited = f" (citing {speaker})" if speaker else ""
        parts.append(f"{names[claim.document_id]} says “{clipped(claim.quote)}”{cited}")
    if relation is RelationKind.UPDATE:
        return f"{parts[0]}, and later {parts[1]}: it has changed."
    end = "the speakers dispute it" if relation is RelationKind.DIFFERENT_SPEAKER_VIEW else "both cannot be true"
    return f"{parts[0]}, {parts[1]}: {end}."


def same_reason(a: Claim, b: Claim, names: Mapping[str, str]) -> str:
    """One sentence: which source says what, in the same words or in others for them."""
    told = sorted((names[claim.document_id], clipped(claim.quote)) for claim in (a, b))
    return f"{', '.join(f'{name} says “{quote}”' for name, quote in told)}: they say the same."


def clipped(text: str, length: int = 120) -> str:
    """The text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def _figure(value: float) -> str:
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {name}"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.6g}"


def _list(items: Sequence[str]) -> str:
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
