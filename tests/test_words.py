"""The words that the finders of quantities and times share."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from claims.normalisation.quantities import find_quantities
from claims.normalisation.signs import sign_words
from claims.normalisation.times import find_times
from claims.normalisation.words import Wanted, lowered


@given(st.text() | st.text("aB1 -\n_\u0130"))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    low = lowered(text)
    every = [(match[0], match.start()) for match in re.finditer(r"\w+", low)]
    assert len(low) == len(text)
    for wanted in (lambda word: True, lambda word: len(word) > 2, str.isdigit):
        expected = [(number, *item) for number, item in enumerate(every) if wanted(item[0])]
        assert list(zip(*Wanted(wanted).words_of(text), strict=True)) == expected


def test_a_letter_whose_lower_case_is_longer_moves_no_offset() -> None:
    text = "In \u0130zmir 12 people met on 3 May 2017."
    assert [text[q.start : q.end] for q in find_quantities(text)] == ["12"]
    assert [text[t.start : t.end] for t in find_times(text, None)] == ["3 May 2017"]


@given(st.lists(st.sampled_from(["on Monday", "last", "the", "12 May", "week", ".", "\n", "two", "x"]), max_size=12))
def test_words_given_or_not_the_finders_see_the_same(parts: list[str]) -> None:
    text = " ".join(parts)
    words = sign_words(text)
    assert find_quantities(text, words=words) == find_quantities(text)
    assert find_times(text, None, words=words) == find_times(text, None)


def test_no_time_crosses_the_end_of_a_line_or_a_sentence() -> None:
    assert [t.as_written for t in find_times("They came last\nMonday is a holiday.", None)] == ["Monday"]
    assert [t.as_written for t in find_times("A date was at last given. Week two began.", None)] == []
