"""Work grows in proportion to the length of a text: counted in calls of functions, not timed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

import pytest

from claims.builtin import extract
from claims.grounding import ground
from claims.models import Document
from claims.normalisation.names import NameIndex, find_names
from claims.normalisation.names.same import name_similarity
from claims.text.attribution import proposals
from claims.text.attribution.units import Unit, read


def word(number: int) -> str:
    """One of 274,625 invented words of three syllables."""
    made = ""
    for _ in range(3):
        number, syllable = divmod(number, 65)
        made += "bdfgklmnprstv"[syllable % 13] + "aeiou"[syllable // 13]
    return made


def person(number: int) -> str:
    """A full name; every person has the same given name, which is the worst case for finding who is who."""
    return f"John {word(number * 7919 + 4221).capitalize()}ov"


PIECES: dict[str, Callable[[int], str]] = {
    "names": lambda k: f"{person(k)} met the crowd. ",
    "list": lambda k: f"- {person(k)} won {k + 12} votes\n",
    "speakers": lambda k: f"{person(k)} said the plan would cost {k + 12} million dollars. ",
    "quoted": lambda k: f'"The plan will cost us dearly," said {person(k)}. He added that it was wrong. ',
    "never closed": lambda k: f'"We will rebuild {k + 12} houses in {word(k).capitalize()}, said {person(k)}. ',
    "transcript": lambda k: f"{person(k).upper()}: We need {k + 12} houses. We need them now. ",
    "short forms": lambda k: f"The minister {word(k)} left. The minister of {word(k)} spoke to him. ",
    "titles": lambda k: f"President {person(k)} spoke. The {word(k)} president agreed with the president. ",
    "pronouns": lambda k: f"{person(k)} left. He said she was ill. ",
    "figures": lambda k: f"{k + 12} people, ",
    "changes": lambda k: f"It rose {k % 90 + 2}% to {k + 3} million. ",
    "no sentence ends": lambda k: f"the minister of {word(k)} met {k + 12} people and ",
    "days": lambda k: f"On Monday {k + 12} people died, a day earlier {k + 2}. ",
    "capitals": lambda k: f"THE MINISTER OF {word(k).upper()} SAID {k + 12} PEOPLE DIED. ",
    "table": lambda k: f"| {person(k)} | {k} | {k % 100}% |\n",
    "abbreviations": lambda k: f"Mr. J. {word(k).capitalize()} of the U.S. ",
    "one line again": lambda k: "The police said that 12 people were killed on Monday.\n\n",
    "digits": lambda k: "7315264908",
    "digits with spaces": lambda k: f"{k * 7919 % 99991} ",
    "one sentence": lambda k: "the vote was held on Monday and 12 people spoke, ",
    "short quotations": lambda k: "“no” ",
    "combining marks": lambda k: "a\u0301 ",
    "one speaker": lambda k: "Anna Lie said so. ",
}


def made(kind: str, size: int) -> str:
    pieces: list[str] = []
    length = 0
    while length < size:
        pieces.append(PIECES[kind](len(pieces)))
        length += len(pieces[-1])
    return "".join(pieces)


def calls(text: str) -> tuple[int, int]:
    """Function calls, in Python and in C, that extraction and grounding make; and the number of drafts."""
    document = Document(id="d", path="d", text=text)
    count = 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        drafts = extract(document)
        for draft in drafts:
            ground(document, draft, run_id="r")
    finally:
        sys.setprofile(None)
    return count, len(drafts)


@pytest.mark.parametrize("kind", PIECES)
def test_four_times_the_text_is_about_four_times_the_work(kind: str) -> None:
    small, few = calls(made(kind, 8_000))
    large, many = calls(made(kind, 32_000))
    assert large < 5 * small + 20_000
    assert many <= 5 * few + 20


def test_a_new_name_is_compared_with_a_bounded_number_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counting(a: str, b: str) -> float:
        nonlocal compared
        compared += 1
        return name_similarity(a, b)

    monkeypatch.setattr("claims.normalisation.names.index.name_similarity", counting)
    text = made("names", 30_000)
    names = find_names(text)
    assert len(NameIndex(names, text).entities) > 800
    assert compared < 20 * len(names)


def test_among_very_many_people_a_spelling_still_finds_its_own() -> None:
    people = [person(number) for number in range(300)] + [f"{word(n).capitalize()} Smith" for n in range(300)]
    text = " ".join(f"{name} spoke." for name in [*people, "Mohammed Smith", "Mohamed Smith"])
    index = NameIndex(find_names(text), text)
    found = index.entity("Mohamed Smith")
    assert found is not None
    assert {mention.text for mention in found.mentions} == {"Mohammed Smith", "Mohamed Smith"}
    assert index.entity("Smith") is None  # 301 people are called so


def test_placing_a_candidate_reads_only_the_units_beside_it() -> None:
    class Counted(list[Unit]):
        read = 0

        def __iter__(self) -> Iterator[Unit]:
            for unit in super().__iter__():
                Counted.read += 1
                yield unit

        def __getitem__(self, key: Any) -> Any:
            Counted.read += 1
            return super().__getitem__(key)

    units = Counted(read(made("transcript", 30_000)).units)
    candidates = list(proposals.all_candidates(units))
    Counted.read = 0
    for candidate in candidates:
        proposals.place(units, candidate)
    assert len(candidates) > 200
    assert Counted.read < 12 * len(candidates)
