"""Which documents tell one story: in memory and in the store, with names in several spellings, near and far in time."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.alignment import stories
from claims.alignment.intervals import Figure, figure_of, interval_of, precision_of, scale_of, tolerance, vague
from claims.alignment.rarity import Rarity
from claims.alignment.words import counted_terms, inner_names, terms, tokens
from claims.documents.article import document_id
from claims.models import DateBasis, Document
from claims.normalisation.quantities import find_quantities
from claims.pipeline import extract_document
from claims.pipeline.aligning import align_changes
from claims.pipeline.progress import Progress
from claims.store import Extracted, open_store

START = date(2021, 3, 1)
WORDS = "ferry harbour strike mayor council bridge flood vaccine prison budget railway senate border tunnel".split()
NAMES = "Almondby Birchwell Corrimal Dunmere Eastholm Farrowby Glenmoor Hartsea Ivelford Kestrelby".split()


def document(text: str, day: date | None, title: str = "") -> Document:
    return Document(
        id=document_id(text),
        path=f"{document_id(text)}.txt",
        text=text,
        source="Outlet",
        title=title or None,
        published_at=day,
        date_basis=DateBasis.METADATA if day else DateBasis.OPEN,
    )


def corpus(seed: int, count: int = 60) -> dict[str, Document]:
    """Articles of random words and names, some undated, some years apart."""
    rng = random.Random(seed)
    found = []
    for number in range(count):
        place, person = rng.choice(NAMES), rng.choice(NAMES)
        told = " ".join(rng.choice(WORDS) for _ in range(rng.randrange(3, 9)))
        text = f"The {told} of {place} cost {rng.randrange(10, 99)} million dollars, said {person} in number {number}."
        day = None if rng.random() < 0.1 else START + timedelta(days=rng.choice((0, 2, 9, 30, 200, 500)))
        found.append(document(text, day, f"News of {place}" if rng.random() < 0.5 else ""))
    return {item.id: item for item in found}


def linked(documents: dict[str, Document]) -> set[tuple[str, str]]:
    digests = {key: stories.digest(item) for key, item in documents.items()}
    return stories.link(digests, Rarity.of(digest.terms for digest in digests.values()))


@pytest.mark.parametrize("seed", range(4))
def test_the_store_links_what_the_pure_function_links(seed: int, tmp_path: Path) -> None:
    documents = corpus(seed)
    with open_store(tmp_path / "s.duckdb") as store:
        mixed = random.Random(seed).sample(sorted(documents), len(documents))
        told: set[str] = set()
        for part in (mixed[:25], mixed[25:27], mixed[27:]):
            ids = store.documents.add([documents[key] for key in part])
            batch = [Extracted(key, *extract_document(documents[key])) for key in ids]
            store.extractions.save("builtin", "r", batch)
            told |= {item.document_id for item in batch if item.claims}
            align_changes(store, Progress())
        _, rows = store.sql("SELECT a, b FROM store.links ORDER BY ALL")
    expected = linked({key: documents[key] for key in told})
    assert expected
    assert rows == sorted(expected)


@pytest.mark.parametrize("spelt", ["Vaffort", "Vafourt", "Vaphort", "Vafot"])
def test_spellings_of_a_name_do_not_part_a_story(spelt: str) -> None:
    """Consonants meet across vowels and doubled letters, vowels where a consonant was dropped."""
    told = "Water damaged 8,412 homes in {}, and rescuers evacuated residents of {} by boat."
    one = document(told.format("Vafort", "Vafort"), START)
    two = document(f"The flood in {spelt} damaged 8,400 homes. Residents of {spelt} were evacuated by boat.", START)
    other = document("The strike in Kalmount cancelled 40 trains. Unions of Kalmount want more pay.", START)
    found = linked({item.id: item for item in (one, two, other)})
    assert found == {(min(one.id, two.id), max(one.id, two.id))}


@pytest.mark.parametrize(
    ("name", "spelt"), [("Bukifal", "Buifal"), ("Koustuklis", "Koustukllis"), ("Velinness", "Veliness")]
)
def test_spellings_of_a_name_with_the_end_of_a_common_word_meet(name: str, spelt: str) -> None:
    """The stem of a name has lost what looks like a suffix, and its other spelling may have lost less."""
    keys = [
        {t for t in stories.digest(document(f"Police in {n} said so.", START)).terms if t[0] == stories.SPELLING}
        for n in (name, spelt)
    ]
    assert keys[0] & keys[1]


def test_a_year_apart_one_rare_word_is_not_enough() -> None:
    one = document("A bridge fell near Almondby.", START)
    near = document("Almondby mourns.", START + timedelta(days=1))
    far = document("Almondby celebrates.", START + timedelta(days=300))
    found = linked({item.id: item for item in (one, near, far)})
    assert (min(one.id, near.id), max(one.id, near.id)) in found
    assert (min(one.id, far.id), max(one.id, far.id)) not in found


TEXT = st.text(alphabet=st.sampled_from(list("AbCdÉéßU.S,;'’- 12\n_")), max_size=60)


@given(TEXT)
def test_names_inside_sentences_are_those_of_the_tokens(text: str) -> None:
    expected = []
    for token in tokens(text):
        before = text[token.start - 2 : token.start] if token.start > 1 else ""
        if token.name and before and before[1] == " " and (before[0].isalnum() or before[0] == ","):
            expected.append(token.word)
    assert inner_names(text) == expected


@given(TEXT)
def test_terms_are_those_of_the_tokens(text: str) -> None:
    found = Counter(t.term for t in tokens(text) if t.term)
    assert list(counted_terms(text).items()) == list(found.items())
    assert terms(text) == frozenset(found)


@pytest.mark.parametrize(
    "text",
    [
        "about 7 billion dollars",
        "more than 92 percent",
        "between 18 and 20 kilometres",
        "dozens of people",
        "400 flights a day",
        "rose by 5 percent",
        "a third of voters",
    ],
)
def test_a_figure_says_what_its_quantity_says(text: str) -> None:
    quantity = find_quantities(text)[0]
    figure = Figure(quantity)
    for function in (figure_of, interval_of, precision_of, scale_of, tolerance, vague):
        assert function(figure) == function(quantity)


@pytest.mark.parametrize(("told", "linked"), [("38,412 tonnes", True), ("47,903 tonnes", False)])
def test_a_telling_figure_stands_for_a_name(told: str, linked: bool) -> None:
    """Two outlets may name nobody in common: one quotes the minister, the other a farmer."""
    found = [
        document(
            "The grain harvest fell to 38,412 tonnes, the ministry in Birchwell said. Prices rose on the market at "
            "once, and millers asked for subsidies until new stocks arrive by rail from abroad.",
            START,
        ),
        document(
            f"Bakers in Dunmere are worried: fields yielded only {told} this summer. Families will pay more for bread "
            "in winter, says a shopkeeper who has weighed loaves for thirty years.",
            START,
        ),
    ]
    others = corpus(3, 20)
    digests = {d.id: stories.digest(d) for d in [*found, *others.values()]}
    links = stories.link(digests, Rarity.of(d.terms for d in digests.values()))
    assert (tuple(sorted(d.id for d in found)) in links) == linked


def test_years_and_small_numbers_tell_no_story() -> None:
    kept = stories.digest(document("In 2019 about 40 of 12 men met at 10:30, for 7 days; 1,234 of 5.2% came.", START))
    assert {t for t in kept.terms if t.startswith(stories.FIGURE)} == {"#1234", "#5.2percent"}


def test_sharing_a_name_is_the_same_from_both_sides() -> None:
    """A name of four letters has no other spellings, one of five letters may have: seen from one side only."""
    short, long = frozenset({"iiii"}), frozenset({"iiiii"})
    assert stories.share_a_name(short, long) == stories.share_a_name(long, short)
