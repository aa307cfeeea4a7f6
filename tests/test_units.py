"""Units and currencies: one name each, and conversions by the factors of the SI brochure and NIST SP 811."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.models import QuantityKind
from claims.normalisation import units
from claims.normalisation.currencies import CURRENCIES, currency_named
from claims.normalisation.units import UNITS, convert, unit_named


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("km", "kilometre"),
        ("kilometers", "kilometre"),
        ("feet", "foot"),
        ("miles per hour", "mile per hour"),
        ("km/h", "kilometre per hour"),
        ("mph", "mile per hour"),
        ("square metres", "square metre"),
        ("sq ft", "square foot"),
        ("m²", "square metre"),
        ("pound-feet", "pound-foot"),
        ("metric tons", "tonne"),
        ("degrees Celsius", "degree celsius"),
        ("°F", "degree fahrenheit"),
        ("MW", "megawatt"),
        ("mW", "milliwatt"),
        ("per cent", "percent"),
        ("%", "percent"),
        ("percentage points", "percentage point"),
        ("bps", "basis point"),
        ("centuries", "century"),
        ("parts per billion", "part per billion"),
        ("kWh", "kilowatt hour"),
    ],
)
def test_units_have_one_name(words: str, name: str) -> None:
    unit = unit_named(words)
    assert unit is not None
    assert unit.name == name


@pytest.mark.parametrize("words", ["", "voters", "kilo metre per", "$"])
def test_other_words_are_no_unit(words: str) -> None:
    assert unit_named(words) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("$", "USD"),
        ("US$", "USD"),
        ("A$", "AUD"),
        ("Canadian dollars", "CAD"),
        ("£", "GBP"),
        ("euros", "EUR"),
        ("€", "EUR"),
        ("yen", "JPY"),
        ("yuan", "CNY"),
        ("rupees", "INR"),
        ("Swiss francs", "CHF"),
        ("SEK", "SEK"),
        ("₹", "INR"),
    ],
)
def test_currencies_have_one_code(words: str, code: str) -> None:
    assert currency_named(words) == code


def test_codes_are_three_capitals_and_names_are_lower_case() -> None:
    for code, currency in CURRENCIES.items():
        assert len(code) == 3
        assert code.isupper()
        assert currency.code == code
        assert currency.name == currency.name.lower()


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [
        (1, "mile", "kilometre", 1.609344),
        (6, "foot", "metre", 1.8288),
        (1, "knot", "kilometre per hour", 1.852),
        (100, "kilometre per hour", "mile per hour", 62.137119),
        (1, "acre", "square metre", 4046.8564224),
        (1, "hectare", "acre", 2.4710538),
        (1, "barrel", "litre", 158.987294928),
        (1, "pound", "kilogram", 0.45359237),
        (100, "degree celsius", "degree fahrenheit", 212),
        (0, "kelvin", "degree celsius", -273.15),
        (2, "week", "day", 14),
        (1, "decade", "month", 120),
        (50, "basis point", "percentage point", 0.5),
        (1, "megapascal", "kilopound per square inch", 0.14503774),
        (1, "terabyte", "gigabyte", 1000),
        (8, "megabit", "megabyte", 1),
        (1, "mile", "mile", 1),
    ],
)
def test_conversions(value: float, unit: str, other: str, expected: float) -> None:
    assert convert(value, unit, other) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("unit", "other"),
    [
        ("month", "day"),
        ("ton", "tonne"),
        ("mile", "kilogram"),
        ("percent", "percentage point"),
        ("USD", "EUR"),
        ("goat", "mile"),
    ],
)
def test_no_conversion_without_an_exact_factor(unit: str, other: str) -> None:
    assert convert(1.0, unit, other) is None


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), st.floats(-1e6, 1e6))
def test_there_and_back_again(one: str, two: str, value: float) -> None:
    there = convert(value, one, two)
    if there is not None:
        back = convert(there, two, one)
        assert back is not None
        assert back == pytest.approx(value, rel=1e-9, abs=1e-6)


def test_every_word_leads_to_a_unit_of_a_sensible_kind() -> None:
    kinds = {QuantityKind.MEASURE, QuantityKind.DURATION, QuantityKind.SHARE, QuantityKind.POINTS, QuantityKind.NUMBER}
    for words, unit in units.UNIT_WORDS.items():
        assert words == words.lower()
        assert unit.kind in kinds
        assert UNITS[unit.name] is unit
