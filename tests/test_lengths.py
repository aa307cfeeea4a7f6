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
