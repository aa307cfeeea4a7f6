"""Layout on invented pages: what is body, and what stands around it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.text.layout import BlockKind, blocks

PAGE = """Home > World > Norland
Ferry sinks off Westhaven, dozens rescued
By Anna Lie, Staff Writer
12 May 2021
Passengers are led ashore in Westhaven. (Photo by Karl Moen)
WESTHAVEN (Nordwire) — A ferry carrying 80 people sank off Westhaven on Tuesday, the coast guard said.

“We pulled everyone we saw out of the water before the ship went down,” captain Ingrid Solberg said.

Read: Norland orders new ferries

Rescue in the dark

Divers searched the wreck until midnight, and the search resumed at dawn.
We pulled everyone we saw out of the water before the ship [the ferry] went down
Captain Ingrid Solberg

The ferry was built in 1987. Its owner, Fjordline, has not commented

Storm closes schools across the north
Minister Promises New Rules For Old Ships
Why The Sea Is Getting Rougher Every Year
ferries, Westhaven, coast guard, safety
Share
Comments (14)
The views expressed do not necessarily reflect the position of the publisher.
© 2021 Nordwire. All rights reserved.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, text[block.span.start : block.span.end]) for block in blocks(text)]


def kind_of(text: str, words: str) -> str:
    return next(kind for kind, piece in kinds(text) if words in piece)


def test_a_page_with_everything_around_it() -> None:
    expected = {
        "Home > World": "navigation",
        "Ferry sinks": "headline",
        "By Anna Lie": "dateline",
        "12 May 2021": "dateline",
        "Passengers are led": "caption",
        "WESTHAVEN (Nordwire)": "dateline",
        "A ferry carrying": "body",
        "“We pulled everyone": "body",
        "Read: Norland": "link",
        "Rescue in the dark": "heading",
        "Divers searched": "body",
        "We pulled everyone we saw out of the water before the ship [": "pull_quote",
        "Captain Ingrid Solberg\n"[:-1]: "pull_quote",
        "The ferry was built": "body",
        "Storm closes schools": "related",
        "Minister Promises": "related",
        "Why The Sea": "related",
        "ferries, Westhaven": "tags",
        "Share": "navigation",
        "Comments (14)": "navigation",
        "The views expressed": "boilerplate",
        "© 2021": "boilerplate",
    }
    assert {words: kind_of(PAGE, words) for words in expected} == expected


def test_a_bare_sentence_is_body() -> None:
    assert kinds("More than 90% of voters supported the plan") == [
        ("body", "More than 90% of voters supported the plan")
    ]


def test_a_headline_and_an_unfinished_sentence() -> None:
    text = "Council cuts bus lines\n\nThe council of Eastbrook voted to cut nine bus lines because the money has"
    assert [kind for kind, _ in kinds(text)] == ["headline", "body"]


def test_one_sentence_to_a_paragraph_in_any_order_stays_body() -> None:
    text = (
        'But he was also just a good man," Mr. Lie said.\n\n'
        "Tickets cost 40 crowns, down from 55 last year.\n\n"
        "The museum, which opened in 1904, draws 300,000 visitors a year.\n\n"
        "See also the reports that the ministry, in its own words, has never read.\n\n"
        "A photo taken on Monday shows the crack in the dam.\n\n"
        'Asked whether she would resign, she said: "No."\n'
    )
    assert {kind for kind, _ in kinds(text)} == {"body"}


def test_an_agency_named_inside_a_sentence_is_no_credit() -> None:
    text = "The latest Reuters/Norpoll survey shows a lead of four points.\n\nIt was the second such poll this month.\n"
    assert {kind for kind, _ in kinds(text)} == {"body"}


def test_captions_of_many_kinds() -> None:
    body = "\n\nThe bridge was closed on Monday, the city said.\n\nEngineers found cracks in two pillars.\n"
    for caption in (
        "Mayor Karl Moen (L) and engineer Anna Lie (R) inspect the bridge.",
        "FILE PHOTO: Cars cross the bridge in Westhaven.",
        "© Karl Moen/Nordwire",
        "The bridge at night Karl Moen/NORDWIRE",
        "Photo: Karl Moen",
        "Cars wait at the bridge on Monday. Karl Moen / Getty Images",
    ):
        assert kind_of("Bridge closed over cracks\n\n" + caption + body, caption) == "caption", caption


def test_a_repetition_with_another_figure_is_no_pull_quote() -> None:
    text = (
        "The northern plant made 120 tonnes of steel in the first half of the year.\n\n"
        "The northern plant made 135 tonnes of steel in the first half of the year.\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["body", "body"]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The council of Eastbrook voted on Friday to close nine of its bus\n"
        "lines, a step that will leave four villages without any public\n"
        "transport from next spring.\n\nThe mayor voted against it.\n"
    )
    assert len(kinds(text)) == 2


def test_datelines_before_the_first_sentence() -> None:
    for dateline in (
        "WESTHAVEN, May 3 (Nordwire) —",
        "Westhaven, May 3, NW —",
        "WESTHAVEN, May 3. /NORDWIRE/.",
        "WESTHAVEN —",
    ):
        text = f"{dateline} The council met on Monday and voted for the plan.\n\nIt meets again in June.\n"
        assert kinds(text)[0] == ("dateline", dateline), dateline
    text = "Karl Moen — the mayor — voted for the plan on Monday.\n\nHe was alone.\n"
    assert kinds(text)[0][0] == "body"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*PAGE.splitlines(), "", "\u2028", "x" * 700, "\u200b", "12"]), max_size=30))
def test_blocks_are_ordered_disjoint_and_cover_all_visible_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    end = 0
    for block in blocks(text):
        assert block.span.start >= end
        assert not text[end : block.span.start].strip()
        assert block.span.end > block.span.start
        assert block.kind in set(BlockKind)
        end = block.span.end
    assert not text[end:].strip()


def test_time_grows_with_length() -> None:
    for text in ("word " * 400_000, "9" * 200_000, "A b\n" * 40_000, "( photo " * 50_000, PAGE * 200):
        started = time.process_time()
        blocks(text)
        assert time.process_time() - started < 5


def test_a_wrapped_paragraph_may_go_on_with_a_name() -> None:
    text = (
        "Car drives into parade\n\n"
        "WESTHAVEN, May 12, 2021 (Nordwire) - Twelve people were hurt when a car drove into the parade in\n"
        "Westhaven on Tuesday, the mayor said.\n"
    )
    found = [(block.kind, text[block.span.start : block.span.end]) for block in blocks(text)]
    assert found[-1][0] is BlockKind.BODY
    assert found[-1][1].startswith("Twelve people")


@pytest.mark.parametrize(
    "line",
    [
        "* Sign up for our newsletter to get the news of the day every morning, before the others have it.",
        "Reporting by Ada Poe in Norland and Ben Roe in Sudland, who also looked at the papers; editing by Cai Low.",
        "- Follow us on our pages to get the news of the day every morning, long before the others have it.",
    ],
)
def test_boilerplate_is_known_by_its_first_words(line: str) -> None:
    text = f"The council met on Monday. It agreed on a plan for the port and on its costs.\n\n{line}"
    assert blocks(text)[-1].kind is BlockKind.BOILERPLATE


def test_a_profile_at_a_department_is_no_credit() -> None:
    text = "The council met.\n\nA separate department keeps a profile of each firm that it pays, via two banks."
    assert [block.kind for block in blocks(text)] == [BlockKind.BODY, BlockKind.BODY]
