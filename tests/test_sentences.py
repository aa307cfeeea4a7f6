"""Sentences of news text."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.sentences import is_hard_wrapped, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["He left.", "She stayed."],
        ["Gen. John Smith met Maj. Gen. Ada Poe.", "They spoke."],
        ["Mr. Smith and Mrs. J. K. Poe left the U.S. Army.", "It was late."],
        ["It began at 5 p.m. on Sept. 25.", "It ended at 9 a.m.", "The crowd left."],
        ["He lives in the U.S.", "The rest moved."],
        ["Acme Inc. said profits rose.", "Shares of Widget Corp. fell."],
        ["“I am here. ", "It is late.”", "He left."],
        ['"It is late." ', '"Go home."'],
        ['"Why?" asked Ms. Ray.', '"No!" John Smith said.'],
        ["MOSCOW, October 23. /TASS/.", "The minister left."],
        ["Prices rose 3.5 percent to $1.20 a litre.", "That is a record."],
        ["She wrote No. 5 of the series.", "No. ", "That is wrong."],
        ["Was it true?", "Yes!", "And then… ", "Nothing."],
        ["He cited Dr. Poe, Ph.D., in vol. 3.", "Dr. Poe agreed."],
        ["They met in Washington, D.C.", "Mr. Poe spoke."],
        ["He waited... and waited.", "Then he left."],
        ["Yahoo! said it agreed.", "It paid."],
        ["The vote was lost.", "12 members stayed away."],
        ["The rule (in force since May.) ", "It stands."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    parts = [part.strip() for part in parts]
    assert split(" ".join(parts)) == parts


def test_a_blank_line_ends_a_sentence() -> None:
    assert split("A headline without a stop\n\nThe first.") == ["A headline without a stop", "The first."]


def test_a_line_break_ends_a_sentence_unless_the_text_is_hard_wrapped() -> None:
    assert split("A headline\nThe text.") == ["A headline", "The text."]
    wrapped = (
        "The committee met on Monday to talk about the budget for the coming\n"
        "year and decided that the plan needed more work before it could be\n"
        "put to a vote. The chair said that the members would meet again in\n"
        "the spring.\n\nThe next paragraph."
    )
    assert is_hard_wrapped(wrapped)
    assert [" ".join(part.split()) for part in split(wrapped)] == [
        "The committee met on Monday to talk about the budget for the coming year and decided that the plan needed "
        "more work before it could be put to a vote.",
        "The chair said that the members would meet again in the spring.",
        "The next paragraph.",
    ]


def test_list_items() -> None:
    assert split("1. Item one\n2. Item two") == ["1. Item one", "2. Item two"]


def test_glued_sentences_are_split() -> None:
    assert split("This is what he said.The rest is known.") == ["This is what he said.", "The rest is known."]
    assert split("Visit example.Com or read Node.js.") == ["Visit example.Com or read Node.js."]


def test_names_that_begin_small() -> None:
    assert split("The talks ended. al-Nuri left first.") == ["The talks ended.", "al-Nuri left first."]


@given(st.text(alphabet=st.characters() | st.sampled_from(" .\n\"'!?Aa1"), max_size=200))
def test_spans_are_in_order_and_cover_every_visible_character(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize("unit", ["a", "1", ".", "a. ", '"', "! ", "\n", ' \n"', "Mr. ", '?" A', "-", "a.A"])
def test_work_grows_with_length_only(unit: str) -> None:
    def calls(length: int) -> int:
        """Of functions, those written in C included: counted, since time says little on a busy machine."""
        count = 0

        def seen(*_: object) -> None:
            nonlocal count
            count += 1

        text = unit * (length // len(unit))
        sys.setprofile(seen)
        try:
            sentences(text)
        finally:
            sys.setprofile(None)
        return count

    assert calls(16_000) < 5 * calls(4_000) + 100  # four times the length
