"""Lengths of time counted by an article: "more than a year", "an hour and a half", "a day or two"."""

from __future__ import annotations

import pytest

from claims.models import QuantityKind
from claims.normalisation.quantities import find_quantities


def lengths(text: str) -> list[tuple[str, float | None, float | None, str | None]]:
    return [(q.as_written, q.low, q.high, q.unit) for q in find_quantities(text) if q.kind is QuantityKind.DURATION]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They talked for more than a year.", ("more than a year", 1, None, "year")),
        ("They waited nearly an hour.", ("nearly an hour", 0.5, 1, "hour")),
        ("All must leave within a week.", ("within a week", 0, 1, "week")),
        ("It sank in less than a minute.", ("less than a minute", 0, 1, "minute")),
        ("It took a year and a half.", ("a year and a half", 1.5, 1.5, "year")),
        ("It took about an hour and a half.", ("about an hour and a half", 1.25, 1.75, "hour")),
        ("It took almost a full year and a half.", ("almost a full year and a half", 1.25, 1.5, "year")),
        ("He will decide in a day or two.", ("a day or two", 1, 2, "day")),
        ("OSLO - Nearly a week after the storm, it rained.", ("Nearly a week", 0.5, 1, "week")),
    ],
)
def test_length(text: str, expected: tuple[str, float, float | None, str]) -> None:
    assert lengths(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Sales were better than a year ago.",
        "Prices were more than a year earlier.",
        "He would rather read than a week of rain.",
        "He earns little more than a day labourer.",
        "Nearly a year-long strike ended.",
        "She came to a half and went on.",
        "They gave a goat or two away.",
    ],
)
def test_no_length(text: str) -> None:
    assert lengths(text) == []


@pytest.mark.parametrize(
    ("text", "written", "kind", "value", "unit"),
    [
        ("for eight minutes and 46 seconds.", "eight minutes and 46 seconds", "duration", 8 + 46 / 60, "minute"),
        ("took three hours 38 minutes.", "three hours 38 minutes", "duration", 3 + 38 / 60, "hour"),
        ("jailed for two years and four months.", "two years and four months", "duration", 2 + 4 / 12, "year"),
        ("lasted 1 hour, 20 minutes.", "1 hour, 20 minutes", "duration", 1 + 20 / 60, "hour"),
        ("It took 2h 38m.", "2h 38m", "duration", 2 + 38 / 60, "hour"),
        ("in 2 hours, 5 minutes and 30 seconds", "2 hours, 5 minutes and 30 seconds", "duration", 7530 / 3600, "hour"),
        ("He is four years and two months old.", "four years and two months old", "age", 4 + 2 / 12, "year"),
    ],
)
def test_lengths_in_several_units_are_one(text: str, written: str, kind: str, value: float, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.as_written, found.kind, found.unit) == (written, kind, unit)
    assert found.value == found.low == found.high == pytest.approx(value)
    assert text[found.start : found.end] == written
    assert len(find_quantities(text, whole=False)) > 1


def test_the_first_part_bounds_the_whole_length() -> None:
    (more,) = find_quantities("They waited more than two hours and 15 minutes.")
    assert (more.comparator, more.low, more.high) == (">", 2.25, None)
    (nearly,) = find_quantities("The film is nearly 8 minutes, 46 seconds long.")
    assert nearly.comparator == "~<"
    assert nearly.high == pytest.approx(8 + 46 / 60)
    assert nearly.low == pytest.approx(8 + 45.5 / 60)


@pytest.mark.parametrize(
    "text",
    [
        "It takes 3 months and 2 years respectively.",  # not smaller
        "It takes one year and 18 months.",  # more than a year
        "They were jailed for two years and six months, respectively.",
        "It takes between one year and six months.",
        "It takes two hours or 15 minutes.",
        "It takes two hours and about 15 minutes.",
        "It takes two months and three days.",  # of no common measure
        "It takes 2.5 hours and 15 minutes.",
        "It takes a 12-hour and a 30-minute flight.",
        "It was 2 hours of talks, 15 minutes of rest.",
        "It is 2 miles, 38m wide.",
    ],
)
def test_lengths_beside_each_other_stay_two(text: str) -> None:
    assert len(find_quantities(text)) == 2
