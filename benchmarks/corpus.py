"""Generated corpora of claims with planted facts, for the benchmarks of alignment.

Invented events, each told by several outlets: an event has a kind, a place, a day and a leading person, and states
some facts (killed, damage, share of votes, …) with a true value. An article tells one event by one outlet on one day;
each of its claims gives one fact, exactly, rounded, with a comparator, or as of an earlier day. Names are misspelt
now and then, values are common (round) or rare, and a tenth of the articles are near-copies of another outlet's.

The planted truth is the event and the property: two claims are about one fact when both are equal.
Everything follows from the seed: the same arguments give the same corpus, on any machine.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from claims.models import (
    Claim,
    ClaimKind,
    Comparator,
    DateBasis,
    Document,
    Quantity,
    QuantityKind,
    TimeBasis,
    TimeRef,
)

ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "st",
    "t",
    "v",
    "z",
)
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "ou")
ENDINGS = ("n", "r", "l", "s", "k", "m", "nd", "rt", "", "")


@dataclass(frozen=True)
class Property:
    """One thing that an event can state, with the sentences that outlets use for it."""

    name: str
    kind: QuantityKind
    low: int
    high: int
    unit: str | None
    of: str | None
    sentences: tuple[str, ...]


def _count(name: str, low: int, high: int, of: str, *sentences: str) -> Property:
    return Property(name, QuantityKind.COUNT, low, high, None, of, sentences)


EVENTS: dict[str, tuple[Property, ...]] = {
    "flood": (
        _count(
            "killed",
            2,
            400,
            "people",
            "{q} people were killed in the {place} flood",
            "The flood in {place} killed {q} people",
        ),
        _count(
            "injured",
            5,
            900,
            "people",
            "{q} people were injured in the {place} flood",
            "The {place} flood left {q} people hurt",
        ),
        _count(
            "homes damaged",
            20,
            9000,
            "homes",
            "{q} homes were damaged by the flood in {place}",
            "Water damaged {q} homes in {place}",
        ),
        _count(
            "evacuated",
            50,
            40000,
            "residents",
            "{q} residents were evacuated from {place}",
            "Rescuers evacuated {q} residents of {place}",
        ),
    ),
    "strike": (
        _count(
            "workers out",
            50,
            30000,
            "workers",
            "{q} workers went on strike in {place}",
            "The strike in {place} was joined by {q} workers",
        ),
        _count(
            "trains cancelled",
            5,
            900,
            "trains",
            "{q} trains were cancelled in {place} by the strike",
            "The {place} strike cancelled {q} trains",
        ),
        Property(
            "pay rise asked",
            QuantityKind.SHARE,
            2,
            30,
            "percent",
            None,
            (
                "Strikers in {place} ask for a pay rise of {q} percent",
                "Unions led by {person} want {q} percent more pay in {place}",
            ),
        ),
    ),
    "election": (
        Property(
            "share",
            QuantityKind.SHARE,
            20,
            80,
            "percent",
            "votes",
            (
                "{person} won {q} percent of the votes in {place}",
                "With {q} percent of the votes {person} was elected mayor of {place}",
            ),
        ),
        Property(
            "turnout",
            QuantityKind.SHARE,
            30,
            90,
            "percent",
            "voters",
            ("Turnout in {place} was {q} percent of voters", "{q} percent of voters took part in the {place} election"),
        ),
        _count(
            "polling stations",
            10,
            3000,
            "polling stations",
            "{q} polling stations opened in {place}",
            "{place} opened {q} polling stations",
        ),
    ),
    "merger": (
        Property(
            "price",
            QuantityKind.MONEY,
            10,
            9000,
            "USD",
            None,
            (
                "{person} agreed to buy the {place} brewery for ${q} million",
                "The {place} brewery was sold for ${q} million",
            ),
        ),
        _count(
            "jobs cut",
            10,
            4000,
            "jobs",
            "{q} jobs will be cut at the {place} brewery",
            "The {place} brewery is to cut {q} jobs",
        ),
    ),
    "fire": (
        Property(
            "area burnt",
            QuantityKind.MEASURE,
            30,
            90000,
            "acre",
            None,
            ("The {place} fire burnt {q} acres", "{q} acres burnt near {place}"),
        ),
        _count(
            "firefighters",
            10,
            3000,
            "firefighters",
            "{q} firefighters fought the fire near {place}",
            "The {place} fire was fought by {q} firefighters",
        ),
        _count(
            "killed", 1, 90, "people", "{q} people died in the {place} fire", "The fire near {place} killed {q} people"
        ),
    ),
    "festival": (
        _count(
            "visitors",
            300,
            200000,
            "visitors",
            "{q} visitors came to the {place} festival",
            "The festival in {place} drew {q} visitors",
        ),
        _count(
            "arrested",
            1,
            200,
            "people",
            "{q} people were arrested at the {place} festival",
            "Police at the {place} festival arrested {q} people",
        ),
    ),
}


def _word(rng: random.Random, syllables: int) -> str:
    letters = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(syllables))
    return (letters + rng.choice(ENDINGS)).capitalize()


def _misspell(rng: random.Random, name: str) -> str:
    """One letter doubled, dropped or changed for its neighbour in sound."""
    position = rng.randrange(1, len(name))
    letter = name[position]
    change = rng.choice((letter * 2, "", {"k": "c", "s": "z", "i": "y", "v": "w", "f": "ph"}.get(letter, letter * 2)))
    return name[:position] + change + name[position + 1 :]


@dataclass(frozen=True)
class Record:
    """One generated claim: the claim itself, its article, and what Splink gets of it."""

    claim: Claim
    document: Document
    fact: str  # planted: event and property
    event: int
    place: str  # as written in this article
    person: str
    property: str
    value: float


def _value(rng: random.Random, item: Property) -> int:
    value = int(item.low * (item.high / item.low) ** rng.random())
    if rng.random() < 0.4 and value > 20:  # common, round figures beside rare ones
        digits = 10 ** (len(str(value)) - 1)
        value = max(item.low, round(value / digits) * digits)
    return value


def _written(rng: random.Random, value: int) -> tuple[str, Comparator, int]:
    """Words before the figure, the comparator, and the figure as this outlet gives it."""
    step = 10 ** max(0, len(str(value)) - 2)
    rounded = value // step * step
    kind = rng.random()
    if kind < 0.6:
        return "", Comparator.EQUAL, value
    if kind < 0.75:
        return "about ", Comparator.ABOUT, max(1, round(value / step) * step)
    if kind < 0.9 and rounded < value:
        return "more than ", Comparator.MORE, rounded
    return "at least ", Comparator.AT_LEAST, value


def records(claims: int, *, seed: int = 7) -> Iterator[Record]:
    """At least `claims` generated claims, article by article (the last article is completed)."""
    rng = random.Random(seed)
    outlets = [f"{_word(rng, 2)} {rng.choice(('Post', 'Herald', 'Times', 'News', 'Wire'))}" for _ in range(300)]
    made, event = 0, 0
    while made < claims:
        event += 1
        kind = rng.choice(tuple(EVENTS))
        place, person = _word(rng, 2 + (event % 2)), f"{_word(rng, 1)} {_word(rng, 2)}"
        day = date(2018, 1, 1) + timedelta(days=rng.randrange(2500))
        truth = {item.name: _value(rng, item) for item in EVENTS[kind]}
        tellers = rng.sample(outlets, rng.choice((1, 2, 2, 3, 3, 4, 6)))
        stated: list[tuple[Property, str, str, Comparator, int]] = []
        for outlet in tellers:
            if not stated or rng.random() >= 0.1:  # else a near-copy: the same sentences under another name
                stated = [(item, rng.choice(item.sentences), *_written(rng, truth[item.name])) for item in EVENTS[kind]]
            spelt = _misspell(rng, place) if rng.random() < 0.08 else place
            lead = _misspell(rng, person) if rng.random() < 0.05 else person
            for record in _article(rng, event, kind, day, outlet, spelt, lead, stated):
                made += 1
                yield record


def _article(
    rng: random.Random,
    event: int,
    kind: str,
    day: date,
    outlet: str,
    place: str,
    person: str,
    stated: list[tuple[Property, str, str, Comparator, int]],
) -> list[Record]:
    published = day + timedelta(days=rng.randrange(2))
    sentences, spans, offset = [], [], 0
    title = f"{kind.capitalize()} in {place}"
    for _, template, words, _, value in stated:
        sentence = template.format(q=f"{words}{value:,}", place=place, person=person)
        sentence = sentence[0].upper() + sentence[1:] + "."
        sentences.append(sentence)
        spans.append((offset, offset + len(sentence)))
        offset += len(sentence) + 1
    text = " ".join(sentences)
    identity = hashlib.sha256(f"{event}/{outlet}/{text}".encode()).hexdigest()
    document = Document(
        id=f"d{identity[:12]}",
        path=f"{identity[:12]}.txt",
        text=text,
        source=outlet,
        title=title,
        published_at=published,
        date_basis=DateBasis.METADATA,
    )
    result = []
    for (item, _, words, comparator, value), sentence, (start, end) in zip(stated, sentences, spans, strict=True):
        figure = f"{words}{value:,}"
        at = start + sentence.lower().index(figure.lower())
        scale = 1e6 if item.kind is QuantityKind.MONEY else 1.0
        quantity = _quantity(item, comparator, value * scale, text[at : at + len(figure)], at)
        claim = Claim(
            id=f"c{identity[:10]}{start:04x}",
            document_id=document.id,
            run_id="generated",
            text=sentence,
            quote=sentence,
            start=start,
            end=end,
            kind=ClaimKind.QUANTITY,
            subject=f"{kind} in {place}",
            predicate=item.name,
            place=place,
            quantity=quantity,
            extractor="generated",
            time=TimeRef(as_written="", start=start, end=start, earliest=day, latest=day, basis=TimeBasis.DOCUMENT),
        )
        result.append(Record(claim, document, f"{event}/{item.name}", event, place, person, item.name, value * scale))
    return result


def _quantity(item: Property, comparator: Comparator, value: float, written: str, at: int) -> Quantity:
    digits = f"{value:.0f}".rstrip("0")
    precision = 10.0 ** (len(f"{value:.0f}") - len(digits))
    cap = 100.0 if item.kind is QuantityKind.SHARE else None
    bounds = {
        Comparator.EQUAL: (value, value, False, False),
        Comparator.ABOUT: (value - precision / 2, value + precision / 2, False, False),
        Comparator.MORE: (value, cap, True, False),
        Comparator.AT_LEAST: (value, cap, False, False),
    }
    low, high, low_open, high_open = bounds[comparator]
    return Quantity(
        as_written=written,
        start=at,
        end=at + len(written),
        kind=item.kind,
        comparator=comparator,
        value=value,
        low=low,
        high=high,
        low_open=low_open,
        high_open=high_open,
        precision=precision,
        unit=item.unit,
        of=item.of,
    )
