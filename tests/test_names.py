"""Names: found in text, compared across spellings, and gathered for one document."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.normalisation.names import (
    Name,
    NameIndex,
    TitleRelation,
    compare_titles,
    find_names,
    name_key,
    name_similarity,
    parse_title,
    rank_in,
    same_name,
    title_gender,
)
from claims.normalisation.names.find import _PLAIN
from claims.normalisation.names.mentions import RUN

SAME = [
    ("Tariq Haqani", "Tarigh Haghani"),
    ("Karim al-Sabhni", "Karim al-Sabheni"),
    ("Mohammed", "Muhammad"),
    ("Zelimsky", "Zelimskyy"),
    ("Gadhafi", "Qaddafi"),
    ("Kadhafi", "Gaddafi"),
    ("Ebrahim", "Ibrahim"),
    ("Usama", "Osama"),
    ("Hussein Darwish", "Husayn Darwish"),
    ("Maj. Gen. Piotr Wozniak", "Piotr Woźniak"),
    ("Lieutenant-General Piotr Wozniak", "Wozniak"),
    ("Foreign Minister Ada Lindqvist", "Ada Lindqvist"),
    ("Mr. Harlan", "Joseph Harlan"),
    ("Joe Harlan", "Joseph Harlan"),
    ("J. Harlan", "Joseph Harlan"),
    ("Joseph P. Harlan", "Joseph Harlan"),
    ("Kim Sung-ho", "Kim Sung Ho"),
    ("NRNA", "Northern Republic News Agency"),
    ("U.N.", "United Nations"),
    ("US", "the United States"),
    ("Ministry of Defence", "Defense Ministry"),
    ("Harlan's", "Joseph Harlan"),
    ("Ivan Tchekov", "Ivan Chekov"),
    ("Anita Hill", "Hill"),
]
DIFFERENT = [
    ("George W. Marlow", "George H.W. Marlow"),
    ("Bill Marlow", "Hillary Marlow"),
    ("Iran", "Iraq"),
    ("Austria", "Australia"),
    ("Niger", "Nigeria"),
    ("Slovakia", "Slovenia"),
    ("Sunday", "Monday"),
    ("June", "July"),
    ("North Korea", "South Korea"),
    ("Mario Conti", "Maria Conti"),
    ("Harlan Jr.", "Harlan Sr."),
    ("Joseph Harlan", "Joseph Harlan Jr."),
    ("Harlan", "Harlan Administration"),
    ("Norse", "Norse Norway"),
    ("Joseph Harlan Jr.", "Joseph Harlan Sr."),
    ("Department of Justice", "Department of Energy"),
    ("Marlow", "Marlow Foundation"),
    ("Marlow", "Marlow Tower"),
    ("New York", "New York Times"),
    ("Kerry", "Gary"),
    ("Gates", "Cates"),
    ("Ellen", "Allen"),
    ("Larsen", "Larson"),
    ("Berlin", "Bern"),
    ("Harris", "Harrison"),
    ("Kim Sung-ho", "Kim Sung-il"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_entity_in_two_spellings(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)
    assert set(name_key(a)) & set(name_key(b)), "names that are the same must share a blocking key"


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_entities(a: str, b: str) -> None:
    assert not same_name(a, b)
    assert not same_name(b, a)


_TEXT = st.text(max_size=40)
_WORDS = st.lists(
    st.sampled_from("Ada Lindqvist al-Sabhni Gen. Mohammed US Bank of the J. Jr. Park bin Ostrava 's".split()),
    max_size=6,
).map(" ".join)


@given(st.one_of(_TEXT, _WORDS), st.one_of(_TEXT, _WORDS))
def test_same_name_is_symmetric_and_reflexive(a: str, b: str) -> None:
    assert name_similarity(a, b) == name_similarity(b, a)
    assert 0.0 <= name_similarity(a, b) <= 1.0
    assert same_name(a, a)
    assert name_key(a) == name_key(a)


@given(_WORDS, _WORDS)
def test_same_names_share_a_key(a: str, b: str) -> None:
    if a.strip() and b.strip() and same_name(a, b):
        assert set(name_key(a)) & set(name_key(b))


# -- finding -------------------------------------------------------------------------------------------------------


def _found(text: str) -> dict[str, Name]:
    return {name.text: name for name in find_names(text)}


def test_titles_and_nationality() -> None:
    text = "Talks began when Norwegian Foreign Minister Ada Lindqvist met Maj. Gen. Karim al-Sabhni in Ostrava."
    found = _found(text)
    ada = found["Ada Lindqvist"]
    assert (ada.kind, ada.title, ada.nationality) == ("person", "Foreign Minister", "Norway")
    assert ada.title_start is not None
    assert text[ada.title_start : ada.title_end] == "Foreign Minister"
    assert found["Karim al-Sabhni"].title == "Maj. Gen."
    assert found["Ostrava"].kind == "place"


def test_title_in_small_letters_and_role_in_apposition() -> None:
    text = "The deputy finance minister Oskar Brandt met Ada Lindqvist, the foreign minister of Norland, on Monday."
    found = _found(text)
    assert found["Oskar Brandt"].title == "deputy finance minister"
    role = found["Ada Lindqvist"]
    assert role.role == "the foreign minister of Norland"
    assert role.role_start is not None
    assert text[role.role_start : role.role_end] == role.role
    assert "Monday" not in found


def test_office_of_an_organisation_before_a_name() -> None:
    found = _found("He met Secretary of the Supreme Harbour Council Oskar Brandt.")
    assert found["Oskar Brandt"].title == "Secretary of the Supreme Harbour Council"
    found = _found("It was told to Senator Oskar Brandt of Norland.")
    assert {"Oskar Brandt", "Norland"} <= set(found)


def test_chief_of_staff_is_a_title_and_no_name() -> None:
    found = _found("The army's Chief of Staff Gen. Oskar Brandt left. The Chief of Staff for the Armed Forces stayed.")
    assert found["Oskar Brandt"].title == "Chief of Staff Gen."
    assert "Staff" not in found


def test_possessive_is_not_part_of_the_name() -> None:
    assert "Ada Lindqvist" in _found("Critics of Ada Lindqvist's plan met.")
    assert "Ada Lindqvist" in _found("Critics of Ada Lindqvist’s plan met.")


def test_acronym_with_its_expansion() -> None:
    found = _found("The Northern Republic News Agency (NRNA) carried it, and NRNA did not correct it.")
    assert found["Northern Republic News Agency"].alias == "NRNA"
    assert found["Northern Republic News Agency"].kind == "organisation"
    index = NameIndex(list(find_names("The Workers Unity Front (Komala) met. Later Komala left.")))
    assert index.resolve("Komala") is not None


def test_two_parts_with_one_head() -> None:
    found = _found("It was announced by the Trade and Industry Commission. Norland and the Harbour Council agreed.")
    assert "Trade and Industry Commission" in found
    assert "Norland" in found


def test_sentence_starts_are_no_names() -> None:
    found = _found("However, the dam held. Firefighters said so. In all, three roads closed. Meanwhile rain fell.")
    assert not found


def test_names_in_a_headline_need_other_mentions() -> None:
    text = "Brandt Wants To Build New Bridge Over The River\n\nThe mayor, Oskar Brandt, said on Friday that it is time."
    found = find_names(text)
    assert [name.text for name in found] == ["Brandt", "Oskar Brandt"]
    assert find_names("BRIDGE PLAN DIVIDES THE TOWN COUNCIL\n") == []


def test_days_and_months_are_no_names() -> None:
    assert not _found("It rained on Monday and in September.")


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_gives_true_spans(text: str) -> None:
    last = 0
    for name in find_names(text):
        assert text[name.start : name.end] == name.text
        assert name.start >= last
        last = name.end
    NameIndex(find_names(text), text)


@pytest.mark.parametrize("piece", ["A", "a ", "A ", "Ab of ", "Ab and ", "(A", "1", "Mr. ", "al-", "'", ". A"])
def test_time_grows_with_length_only(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        find_names(text)
        return time.process_time() - start

    seconds(1000)
    small, large = seconds(5_000), seconds(50_000)
    assert large < max(40 * small, 0.5)


# -- one document --------------------------------------------------------------------------------------------------


def test_short_forms_spellings_and_titles_are_one_entity() -> None:
    text = (
        "Maj. Gen. Tariq Haqani met reporters. Haghani said the road was open. "
        "Lieutenant-General Tariq Haghani later left."
    )
    index = NameIndex(find_names(text), text)
    entity = index.entity("Haqani")
    assert entity is not None
    assert entity is index.entity("Haghani")
    assert set(entity.titles) == {"Maj. Gen.", "Lieutenant-General"}


def test_two_persons_of_one_family_name_stay_two() -> None:
    text = "Anna Marlow and Peter Marlow met. Peter Marlow spoke to Anna Marlow. Marlow left."
    index = NameIndex(find_names(text), text)
    assert index.resolve("Marlow") is None
    assert index.resolve("Anna Marlow") == "Anna Marlow"
    assert index.resolve("Peter Marlow") == "Peter Marlow"


def test_the_leading_person_of_a_family_name_owns_the_short_form() -> None:
    text = "Anna Marlow won. Anna Marlow thanked voters and her son Peter Marlow. Marlow left."
    assert NameIndex(find_names(text), text).resolve("Marlow") == "Anna Marlow"


def test_pronouns() -> None:
    text = "Mr. Oskar Brandt met Ms. Ada Lindqvist on Friday. Asked about the plan, she declined to answer. He agreed."
    index = NameIndex(find_names(text), text)
    assert index.resolve("she", at=text.index("she ")) == "Ada Lindqvist"
    assert index.resolve("He", at=text.index("He agreed")) == "Oskar Brandt"
    assert index.resolve("they", at=text.index("He agreed")) is None
    unsure = "Oskar Brandt met Nils Holm. He agreed."
    assert NameIndex(find_names(unsure)).resolve("he", at=unsure.index("He")) is None


def test_a_president_named_before_another_of_the_family() -> None:
    text = "President Marlow spoke first. His wife Anna Marlow waited. Mr. Marlow then left."
    index = NameIndex(find_names(text), text)
    first, second = index.entity("Marlow"), index.entity("Anna Marlow")
    assert first is not None
    assert second is not None
    assert first is not second


# -- titles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Maj. Gen.", "Major General", TitleRelation.SAME),
        ("Lt. Gen.", "Lieutenant-General", TitleRelation.SAME),
        ("Major General", "Lieutenant General", TitleRelation.DIFFERENT),
        ("Gen.", "Major General", TitleRelation.BROADER),
        ("Sgt.", "Staff Sgt.", TitleRelation.BROADER),
        ("Foreign Minister", "foreign minister", TitleRelation.SAME),
        ("Defence Minister", "defense minister", TitleRelation.SAME),
        ("former president", "president", TitleRelation.BROADER),
        ("minister", "foreign minister", TitleRelation.BROADER),
        ("president", "vice president", TitleRelation.DIFFERENT),
        ("Foreign Minister", "Finance Minister", TitleRelation.DIFFERENT),
    ],
)
def test_titles_compared(a: str, b: str, relation: TitleRelation) -> None:
    assert compare_titles(a, b) == relation
    assert compare_titles(b, a) == relation


def test_ranks_have_an_order() -> None:
    levels = [rank_in(t) for t in ("Brig. Gen.", "Major General", "Lieutenant-General", "Chief of Staff Gen.")]
    values = [rank.level for rank in levels if rank]
    assert len(values) == 4
    assert values == sorted(values)
    assert rank_in("Attorney General") is None
    assert rank_in("Secretary-General") is None


def test_titles_parsed() -> None:
    assert parse_title("Maj. Gen.") is not None
    assert parse_title("harbour wall") is None
    assert title_gender("Mrs.") == "f"
    assert title_gender("spokesman") == "m"
    assert title_gender("Foreign Minister") is None


def test_family_names_that_look_like_places() -> None:
    found = _found("The vote was fair, Karin Lake said. They met near Crystal Lake.")
    assert found["Karin Lake"].kind == "person"
    assert found["Crystal Lake"].kind == "place"


def test_article_of_a_family_name_in_capitals_at_a_sentence_start() -> None:
    text = "Foreign Minister Karim al-Sabhni arrived. Al-Sabhni said he was glad."
    found = _found(text)
    assert found["Al-Sabhni"].kind == "person"
    assert NameIndex(find_names(text), text).resolve("Al-Sabhni") == "Karim al-Sabhni"


def test_person_of_an_outlet_and_two_outlets_stay_apart() -> None:
    found = _found(
        "It was put to Ada Lindqvist of Harbour News and to Norland's Oskar Brandt and Coastal News on Friday."
    )
    assert {"Ada Lindqvist", "Harbour News", "Oskar Brandt", "Coastal News"} <= set(found)


def test_a_verb_before_a_known_name_is_cut_off() -> None:
    text = "They met Ada Lindqvist. Hold Ada Lindqvist to her word."
    assert [name.text for name in find_names(text)] == ["Ada Lindqvist", "Ada Lindqvist"]


def test_a_noun_before_of_at_a_sentence_start() -> None:
    assert set(_found("Criticism of Ostravia grew. Bank of Ostravia shares fell.")) == {"Ostravia", "Bank of Ostravia"}


def test_compound_adjectives() -> None:
    assert "Ostrava" in _found("She runs an Ostrava-based fund.")
    assert "Kim Sung-ho" in _found("It was told to Kim Sung-ho.")


def test_gender_needs_agreeing_pronouns() -> None:
    text = "Oskar Brandt met the press. Later she was told of it. Ada Lindqvist was not there."
    entity = NameIndex(find_names(text), text).entity("Oskar Brandt")
    assert entity is not None
    assert entity.gender is None


_PIECES = st.sampled_from(
    "Ada Maj Gen al- Al- al el- d' D'Arc of the of de del la van von den bin e y O' Poe Ph.D U.S. said was a A Z'a"
    " ash- an- lin ulm of, Roe; '-s 's ’s -based . , ; : ) \" \n & + 7 \u00a0 \u2011 \u2019 é É".split(" ")
)


@given(st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", " "])), max_size=8))
def test_the_short_way_to_plain_names_finds_what_the_long_one_finds(pieces: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in pieces)
    for at in range(len(text)):
        short = _PLAIN.match(text, at)
        if short is not None:
            long = RUN.match(text, at)
            assert long is not None
            assert long.span() == short.span()
