"""Folding keeps every offset; invisible characters can be skipped and found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.characters import fold, visible


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("“Yes,” she said", '"Yes," she said'),
        ("It’s ‘fine’", "It's 'fine'"),
        ("«Non» — 5–6 ‐ −3", '"Non" - 5-6 - -3'),
        ("a\u00a0b\u2009c\u3000d\te", "a b c d e"),
        ("a\r\nb\u2028c\u0085d", "a\n\nb\nc\nd"),
        ("plain", "plain"),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_fold_keeps_length_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_invisible_characters_are_left_out_and_found_again() -> None:
    text = "so\u00adft \u200bzero\u200b\u200d\ufeff end"
    seen = visible(text)
    assert seen.text == "soft zero end"
    start = seen.text.index("zero")
    end = start + len("zero")
    assert text[seen.offsets[start] : seen.offsets[end - 1] + 1] == "zero"


@given(st.text(alphabet="ab \u200b\u00ad\ufeff", max_size=60))
def test_visible_offsets_hold(text: str) -> None:
    seen = visible(text)
    assert len(seen.offsets) == len(seen.text) + 1
    assert seen.offsets[len(seen.text)] == len(text)
    assert all(text[seen.offsets[i]] == character for i, character in enumerate(seen.text))
