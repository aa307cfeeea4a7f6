"""Counts whose noun is left out or stands elsewhere, and counts beside dates, quotation marks and participles."""

from __future__ import annotations

import pytest

from claims.normalisation.quantities import find_quantities


def counts(text: str) -> list[tuple[str, str | None]]:
    return [(q.as_written, q.of) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Of 2,669 pupils, 826 had been ill.", [("2,669", "pupils"), ("826", None)]),
        ("Eight people were hurt, and three were in danger.", [("Eight", "people"), ("three", None)]),
        ("It wanted 19 goats; in the end it got seven.", [("19", "goats"), ("seven", None)]),
        ("The court has 29 seats, of which seven are open.", [("29", "seats"), ("seven", "seats")]),
        ("The court has 29 seats, seven of which are open.", [("29", "seats"), ("seven", "seats")]),
        ("It fired 16 shots from two guns, of which 11 hit.", [("16", "shots"), ("two", "guns"), ("11", "shots")]),
        ("Of the 40 on board, 12 survived.", [("40", None), ("12", None)]),
        ("Twelve of those told to go stayed.", [("Twelve", None)]),
        ("Two of the wounded remain in hospital.", [("Two", "wounded")]),
        ("Nine worked at the mill.", [("Nine", None)]),
        ("All seven missing sailors were found.", [("seven", "missing sailors")]),
        ("Four of the five injured officers left.", [("Four", "injured officers"), ("five", "injured officers")]),
        ('It said that 80 "foreign agents" had fled.', [("80", "foreign agents")]),
        ("In March, 12 goats died.", [("12", "goats")]),
        ("On May 3, 12 goats died.", [("12", "goats")]),
        ("One Republican voted yes.", [("One", "Republican")]),
        ("The seven, whose names are known, left.", [("seven", None)]),
        ("The seven-time world champion left.", [("seven", "world champion")]),
        ("Lind came in second.", [("second", None)]),
    ],
)  # fmt: skip
def test_counts(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert counts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It opened on May 3, 2015.",
        "It opened in March, 2015.",
        "It is open on May 3 and 4.",
        "One Direction sang.",
        "He came on page three.",
        "The top five met.",
        "Lind came in second gear.",
        "He came second-guessing.",
        'He said "Apollo 13" was dull.',
    ],
)
def test_no_counts(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize("text", ["Three of every four goats died.", "Three out of every four goats died."])
def test_of_every_is_a_share(text: str) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.unit, found.of) == (75, "percent", "goats")


def test_two_shares_with_one_unit() -> None:
    found = find_quantities("Lind won the county 58 to 40 percent.")
    assert [(q.as_written, q.value, q.unit) for q in found] == [("58", 58, "percent"), ("40 percent", 40, "percent")]
