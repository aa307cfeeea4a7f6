"""Ages without "years old": behind a role or a name, in tens, turned; and numbers between commas that are none."""

from __future__ import annotations

import pytest

from claims.models import QuantityKind
from claims.normalisation.quantities import find_quantities


def ages(text: str) -> list[tuple[str, float | None, float | None]]:
    """As written, lowest and highest of each age."""
    return [(q.as_written, q.low, q.high) for q in find_quantities(text) if q.kind is QuantityKind.AGE]


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("The captain, 68, was not on the bridge.", 68),
        ("The bride, 31, wore white.", 31),
        ("Police said the retired plumber, 59, was unhurt.", 59),
        ("His widow, 81, lives in the village.", 81),
        ("Lind, now 46 and living abroad, sued.", 46),
        ("Lind, who turned 18 on May 16, bought a boat.", 18),
        ("He was 23 at the time.", 23),
        ("They held two brothers, both 19.", 19),
        ("Mr. Lindstrand is 43 and could serve for decades.", 43),
        ("Kelly Brandt was 16 when she vanished.", 16),
        ("The suspect is 34.", 34),
        ("The pilot died at 26.", 26),
        ("She would have turned 70 next month.", 70),
        ("The singer turned 50 on Friday.", 50),
    ],
)
def test_age(text: str, age: float) -> None:
    assert [(low, high) for _, low, high in ages(text)] == [(age, age)]


@pytest.mark.parametrize(
    ("text", "written", "low", "high"),
    [
        ("He is in his mid-twenties.", "mid-twenties", 23, 28),
        ("She is in her late 30s.", "late 30s", 36, 40),
        ("A driver in his 50s was held.", "50s", 50, 60),
        ("A boy in his teens fled.", "teens", 13, 20),
        ("Lind, who turns 40 this month, sued.", "40", 39, 40),
    ],
)
def test_age_within_bounds(text: str, written: str, low: float, high: float) -> None:
    assert ages(text) == [(written, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "The total, 45, is a record.",
        "The gap, 21, 14 and 9 in turn, closed.",
        "The walls of the house, 40, 50 and 60 feet long, fell.",
        "It was built in the 50s.",
        "Lind turned 40 people away.",
        "Temperatures in the twenties are usual.",
    ],
)
def test_no_age(text: str) -> None:
    assert ages(text) == []
