"""Sentences that say why claims are one fact and how they stand, for an editor to read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from claims.alignment.attributes import RANK, Attribute
from claims.alignment.features import Profile
from claims.alignment.intervals import Measured
from claims.models import Claim, Comparator, Document, Polarity, QuantityKind, RelationKind, TimeRef

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
_KIND_LABEL = {
    QuantityKind.SHARE: "share",
    QuantityKind.COUNT: "number",
    QuantityKind.MONEY: "amount",
    QuantityKind.DURATION: "length of time",
    QuantityKind.AGE: "age",
    QuantityKind.MEASURE: "measure",
    QuantityKind.RANK: "rank",
    QuantityKind.SCORE: "score",
    QuantityKind.RATIO: "ratio",
    QuantityKind.POINTS: "points",
    QuantityKind.NUMBER: "figure",
}


_HASH = re.compile(r"[_.-][0-9a-f]{8,}$")
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
        for key in keys:
            stem = short_name(documents[key].path)
            named[key] = label if len(keys) == 1 or not stem or stem == label else f"{label} ({stem})"
    return named


def describe_quantity(quantity: Measured) -> str:
    """The words, with the interval they stand for where it is not a point."""
    written = " ".join(quantity.as_written.split())
    value, low, high = quantity.value, quantity.low, quantity.high
    match quantity.comparator:
        case Comparator.MORE if value is not None:
            meaning = f"from {_figure(value)} up, not including it"
        case Comparator.AT_LEAST if value is not None:
            meaning = f"{_figure(value)} or more"
        case Comparator.LESS if value is not None:
            meaning = f"below {_figure(value)}"
        case Comparator.AT_MOST if value is not None:
            meaning = f"{_figure(value)} or less"
        case Comparator.RANGE if low is not None and high is not None:
            meaning = f"from {_figure(low)} to {_figure(high)}"
        case _:
            return written
    return f"{written} ({meaning})"


def describe_time(time: TimeRef) -> str:
    """The words, with the days they stand for."""
    written = " ".join(time.as_written.split())
    if time.earliest is None or time.latest is None:
        return f"{written} (year open)" if time.candidates else written
    if time.earliest == time.latest:
        days = f"{time.earliest.day} {time.earliest:%B %Y}"
    else:
        days = f"{time.earliest.isoformat()} to {time.latest.isoformat()}"
    return f"{written} ({days})" if days.lower() != written.lower() else written


def describe(profile: Profile) -> str:
    """A slot's value in words."""
    if profile.quantity is not None:
        return describe_quantity(profile.quantity)
    if profile.time is not None:
        return describe_time(profile.time)
    return profile.value


def speaker_of(claim: Claim) -> str | None:
    """Who says it inside the article."""
    return claim.attribution.speaker if claim.attribution else None


def reason(
    members: Sequence[Profile],
    claims: Mapping[str, Claim],
    names: Mapping[str, str],
    relation: RelationKind,
    finer: str | None = None,
    voices: Mapping[str, str] | None = None,
) -> str:
    """One sentence: which source says what, and how the values stand.

    `voices` maps claims to voices: where several documents that say the same are fewer voices, the sentence says so.
    """
    groups: dict[str, list[str]] = {}
    for profile in members:
        groups.setdefault(describe(profile), []).append(profile.claim_id)
    parts = []
    first = {text: min(names[claims[i].document_id] for i in ids) for text, ids in groups.items()}
    for text, ids in sorted(groups.items(), key=lambda g: (-len(g[1]), first[g[0]], g[0])):
        documents = sorted({names[claims[i].document_id] for i in ids})
        verb = "says" if len(documents) == 1 else "say"
        speakers = sorted({s for i in ids if (s := speaker_of(claims[i]))})
        cited = f" (citing {_list(speakers[:2])})" if speakers else ""
        own = {claims[i].document_id for i in ids}
        heard = len({voices[i] for i in ids}) if voices else len(own)
        copied = "" if heard >= len(own) else f", {_NUMBERS.get(heard, str(heard))} voice{'s' if heard > 1 else ''},"
        parts.append(f"{_list(documents)}{copied} {verb} {text}{cited}")
    end = _CONCLUSION[relation]
    if relation is RelationKind.REFINE and finer is not None:
        end += f"; {names[claims[finer].document_id]} is the more precise"
    return f"{', '.join(parts)}: {end}."


def attribute_reason(members: Sequence[Attribute], names: Mapping[str, str], relation: RelationKind) -> str:
    """One sentence: who gives which rank to a person, or names whom as holder of an office."""
    groups: dict[str, set[str]] = {}
    for m in members:
        said = f"{m.entity} {m.value}" if m.kind == RANK else f"{m.value} as {m.entity}"
        groups.setdefault(said, set()).add(names[m.document_id])
    parts = [
        f"{_list(sorted(sources))} {'has' if len(sources) == 1 else 'have'} {said}"
        for said, sources in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0]))
    ]
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


def contradiction_reason(a: Claim, b: Claim, names: Mapping[str, str], relation: RelationKind) -> str:
    """One sentence: who says it, and who says that it is not so."""
    yes, no = (b, a) if a.polarity is Polarity.NEGATED else (a, b)
    parts = []
    for claim in (yes, no):
        speaker = speaker_of(claim)
        cited = f" (citing {speaker})" if speaker else ""
        parts.append(f"{names[claim.document_id]} says “{clipped(claim.quote)}”{cited}")
    if relation is RelationKind.UPDATE:
        return f"{parts[1]}, and later {parts[0]}: it has changed."
    end = "the speakers dispute it" if relation is RelationKind.DIFFERENT_SPEAKER_VIEW else "both cannot be true"
    return f"{parts[0]}, {parts[1]}: {end}."


def clipped(text: str, length: int = 120) -> str:
    """The text on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


def about(members: Sequence[Profile], words: Sequence[str]) -> str:
    """A short label of what is measured: kind, what is counted, and the words that the members share."""
    first = members[0]
    detail = " ".join(words)
    if first.quantity is not None:
        named = sorted({p.quantity.of for p in members if p.quantity and p.quantity.of}, key=lambda w: (len(w), w))
        label = _KIND_LABEL[first.quantity.kind]
        counted = f"{label} of {named[0]}" if named else label
        return f"{counted}: {detail}" if detail else counted
    label = "day" if first.time is not None and first.time.earliest == first.time.latest else "time"
    return f"{label}: {detail}" if detail else label


def _figure(value: float) -> str:
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.6g}"


def _list(items: Sequence[str]) -> str:
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
