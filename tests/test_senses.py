"""Signs and words that name several units or currencies are told apart by the words around them."""

from __future__ import annotations

import pytest

from claims.normalisation.quantities import find_quantities


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The warhead had a yield of 15 kt.", "kilotonne"),
        ("The ferry made 15 kt.", "knot"),
        ("The yacht sailed at 20 kn.", "knot"),
        ("The ticket was 20 kn.", "HRK"),
        ("The charge on the sphere was 5 C.", "coulomb"),
        ("The charged battery was kept at a temperature of 5 C.", "degree celsius"),
        ("It fell to 5 C.", "degree celsius"),
        ("The radiation dose was 3 R.", "roentgen"),
        ("Petrol costs 18 R.", "ZAR"),
        ("The capacitor holds 25 F.", "farad"),
        ("The oven reached 5 F.", "degree fahrenheit"),
        ("The oil has a viscosity of 2 P.", "poise"),
        ("The magnet reached 40 G.", "gauss"),
        ("The MRI scanner works at 3T.", "tesla"),
        ("He drank 4 pt of beer.", "pint"),
        ("The pressure fell to 945 mb.", "millibar"),
        ("The file has 300 B.", "byte"),
        ("The stamp costs 65 p.", "GBP"),
        ("It paid ¥500 million to a firm in Shanghai.", "CNY"),
        ("It paid ¥500 million to a firm in Osaka.", "JPY"),
        ("A Japanese firm paid ¥500 million to a Chinese rival.", "JPY"),
        ("The Norwegian state paid 40 million kroner.", "NOK"),
        ("The Danish state paid 40 million kroner.", "DKK"),
        ("The Czech state paid 40 million crowns.", "CZK"),
        ("Manila raised the fare by 2 pesos.", "PHP"),
        ("The fare rose by 2 pesos.", "MXN"),
        ("Pakistan's bank lent 40 million rupees.", "PKR"),
        ("India lent Pakistan 40 million rupees.", "INR"),
    ],
)
def test_the_words_around_a_sign_decide(text: str, unit: str) -> None:
    assert [q.unit for q in find_quantities(text)] == [unit]


def test_a_letter_that_no_word_speaks_for_is_no_unit() -> None:
    assert [q.unit for q in find_quantities("They met in hall 3 P.")] in ([], [None])
