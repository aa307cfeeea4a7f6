"""Lengths of time counted back from the article's date, and the years that they are compared with."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.alignment.align import align
from claims.alignment.compare import compare_times
from claims.alignment.elapsed import ELAPSED, began
from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, DateBasis, Document, RelationKind, TimeBasis, TimeRef
from claims.normalisation.quantities import find_quantities

R = RelationKind
TOLD = date(2018, 8, 8)


def counted(sentence: str, day: date | None = TOLD) -> TimeRef | None:
    """What the first length of time or age of the sentence is counted back to."""
    found = [q for q in find_quantities(sentence) if q.kind in ("duration", "age")]
    return began(found[0], sentence, found[0].start, found[0].end, day)


def in_year(year: int, granularity: str = "year") -> TimeRef:
    return TimeRef(
        as_written=f"since {year}",
        start=0,
        end=10,
        earliest=date(year, 1, 1),
        latest=date(year, 12, 31),
        granularity=granularity,
        basis=TimeBasis.EXPLICIT,
        relation="since",
    )


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("The party has held the seat for 36 years.", 1981, 1983),
        ("It was the first such accord in 25 years.", 1992, 1994),
        ("Prices rose at the fastest pace in 40 years.", 1974, 1982),
        ("No Democrat has won there in two decades.", 1996, 2000),
        ("The bridge stood for 85 years.", 1932, 1934),
        ("The embassy reopened after more than half a century.", 1958, 1968),
        ("She has led the agency for nearly 30 years.", 1988, 1991),
        ("The 81-year-old weekly will print its last issue.", 1936, 1938),
        ("A century-old law came before the court.", 1908, 1928),
        ("It is a century-old approach to treating burns.", 1908, 1928),
        ("The custom dates back 200 years.", 1798, 1838),
    ],
)
def test_what_has_lasted_is_counted_back(sentence: str, first: int, last: int) -> None:
    found = counted(sentence)
    years = (found.earliest.year, found.latest.year) if found and found.earliest and found.latest else (None, None)
    assert years == (first, last)


@pytest.mark.parametrize(
    "sentence",
    [
        "The 81-year-old farmer lost his house.",
        "The 32-year-old school cafeteria supervisor was shot.",
        "The 45-year-old bank robber fled.",
        "An 81-year-old Clevelander won.",
        "She was sentenced to prison for 20 years.",
        "He could be locked up for 20 years.",
        "The plan will balance the budget in 10 years.",
        "Savings of $2 billion over 10 years were promised.",
        "The fund grew 36 percent.",
        "He was away for two years.",
        "They waited for six months.",
    ],
)
def test_ages_of_persons_and_what_is_to_come_are_not(sentence: str) -> None:
    found = [q for q in find_quantities(sentence) if q.kind in ("duration", "age")]
    assert all(began(q, sentence, q.start, q.end, TOLD) is None for q in found)


def test_without_a_date_nothing_is_counted() -> None:
    assert counted("The party has held the seat for 36 years.", None) is None


def test_the_year_counted_back_agrees_and_its_neighbour_nearly() -> None:
    found = counted("The party has held the seat for 36 years.")
    assert found is not None
    for one, two in ((found, in_year(1982)), (in_year(1982), found)):
        assert compare_times(one, two) == (R.AGREE, False, "counted_back", None)
    assert compare_times(found, in_year(1981)) == (R.APPROXIMATE, False, "counted_back", None)
    assert compare_times(found, in_year(1979)).relation is R.UNRELATED
    assert compare_times(found, found) == (R.AGREE, False, "counted_back", None)
    decade = in_year(1980).model_copy(update={"latest": date(1989, 12, 31), "granularity": "decade"})
    assert compare_times(found, decade).relation is R.UNRELATED


def test_an_age_and_a_length_that_are_both_counted_back_are_one_time() -> None:
    old = counted("It is a century-old approach to treating burns.")
    length = counted("The treatment dates back at least a century.")
    war = counted("The war has gone on for 40 years.")
    assert old is not None
    assert length is not None
    assert war is not None
    assert compare_times(old, length) == compare_times(length, old)
    assert compare_times(old, length).relation is R.APPROXIMATE
    assert compare_times(old, war).relation is R.UNRELATED


@given(st.integers(min_value=5, max_value=900), st.integers(min_value=1000, max_value=2030))
def test_no_length_conflicts_with_a_year(length: int, year: int) -> None:
    found = counted(f"The bridge has stood for {length} years.")
    assert found is not None
    assert found.granularity == ELAPSED
    verdict = compare_times(found, in_year(year))
    assert not verdict.discrepancy
    if abs(TOLD.year - length - year) <= 1:
        assert verdict.relation in (R.AGREE, R.APPROXIMATE)


def _claims(document: Document) -> list[Claim]:
    found = [ground(document, draft, run_id="test") for draft in extract(document)]
    return [claim for claim in found if isinstance(claim, Claim)]


def test_a_fact_says_how_the_year_was_counted() -> None:
    texts = {
        "a": "The Ohio district has sent a Republican to Washington since 1982, and the seat was thought safe.",
        "b": "The Republican held the Ohio district, a seat that the party has held for 36 years, in Washington.",
    }
    documents = {
        key: Document(
            id=key,
            path=f"{key}.txt",
            text=text,
            source=key,
            title="Republican holds Ohio district",
            published_at=TOLD,
            date_basis=DateBasis.METADATA,
        )
        for key, text in texts.items()
    }
    facts = align([c for d in documents.values() for c in _claims(d)], documents)
    reasons = [fact.reason for fact in facts if fact.slot == "time"]
    assert any("36 years (36 years before 2018 is 1982)" in reason for reason in reasons)
