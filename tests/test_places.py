"""Places: how two names stand, where an event is said to have happened, and articles that differ about it."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.alignment import align, compare_sentences
from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, Document, Fact, RelationKind
from claims.normalisation.places import PlaceRelation, compare_places
from claims.normalisation.places.gazetteer import look_up
from claims.normalisation.places.spelling import key_of
from claims.pipeline import extract_document
from claims.pipeline.aligning import align_changes
from claims.pipeline.progress import Progress
from claims.store import Extracted, open_store

P, R = PlaceRelation, RelationKind
DAY = date(2021, 3, 10)

NAMES = st.sampled_from(
    "Leeds;Bradford;England;the UK;Paris;Paris, Texas;northern France;France;near Lyon;Georgia;Atlanta;Tbilisi;Kyiv;"
    "Kiev;New York;New York City;the northern city of Erbil;Barvo;Barvo, France;Europe;the Shanxi province;St. Louis;"
    "Texas;outskirts of Madrid;Puerto Rico;San Juan;Taiwan;China;Oklahoma City;Aspen, Texas;Aspen;Cornwall;Truro".split(
        ";"
    )
)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("New York", "New York City"),
        ("Kyiv", "Kiev"),
        ("Bombay", "Mumbai"),
        ("the northern city of Arbil", "Erbil"),
        ("St. Petersburg", "Saint Petersburg"),
        ("the UK", "Britain"),
        ("downtown Portland, Oregon", "Portland"),
        ("Aspen, Colo.", "Aspen, Colorado"),
        ("Baghouz", "Baghuz"),
        ("Port-au-Prince", "Port au Prince"),
        ("LEEDS", "Leeds"),
        ("China's Shanxi province", "Shanxi"),
    ],
)
def test_one_place_in_two_spellings(a: str, b: str) -> None:
    assert compare_places(a, b) is compare_places(b, a) is P.SAME


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Leeds", "England"),
        ("Leeds", "the United Kingdom"),
        ("Atlanta", "Georgia"),
        ("Tbilisi", "Georgia"),
        ("Bavaria", "Germany"),
        ("Truro", "Cornwall"),
        ("San Juan", "Puerto Rico"),
        ("Puerto Rico", "the United States"),
        ("northern England", "England"),
        ("France", "Europe"),
        ("Barvo, France", "France"),
    ],
)
def test_a_place_within_another(a: str, b: str) -> None:
    assert compare_places(a, b) is P.WITHIN
    assert compare_places(b, a) is P.HOLDS


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Leeds", "Bradford"),
        ("France", "Spain"),
        ("Portland, Maine", "Portland, Oregon"),
        ("Texas", "Oklahoma"),
        ("Oakland", "San Francisco"),
        ("Leeds", "Scotland"),
        ("near Lyon", "near Toulouse"),
        ("Barvo, France", "Norvik, Spain"),
        ("the Belgorod region", "Moscow"),
    ],
)
def test_places_apart(a: str, b: str) -> None:
    assert compare_places(a, b) is compare_places(b, a) is P.APART


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Barvo", "Norvik"),  # in no gazetteer
        ("Barvo", "Leeds"),
        ("Pasadena", "Los Angeles"),  # a town beside a far larger one may be told as that
        ("near Leeds", "Bradford"),
        ("northern England", "Leeds"),
        ("northern England", "southern England"),
        ("Aspen", "Aspen, Texas"),
        ("Gaza", "Israel"),  # held by one state to be its own, and by another
        ("the West Bank", "Jerusalem"),
        ("Africa", "France"),  # it has parts overseas
        ("Los Angeles and San Diego", "San Diego"),
        ("Paris Hilton's house", "London"),
    ],
)
def test_what_is_not_known_is_left_open(a: str, b: str) -> None:
    assert compare_places(a, b) is compare_places(b, a) is P.UNKNOWN


@given(NAMES | st.text(max_size=30), NAMES | st.text(max_size=30))
def test_comparison_is_symmetric(a: str, b: str) -> None:
    turned = {P.WITHIN: P.HOLDS, P.HOLDS: P.WITHIN}
    found = compare_places(a, b)
    assert compare_places(b, a) is turned.get(found, found)


@given(NAMES | st.text(max_size=30))
def test_a_place_is_itself(name: str) -> None:
    assert compare_places(name, name) is (P.SAME if key_of(name.split(",")[0]) else P.UNKNOWN)


@given(st.text(max_size=40))
def test_keys_are_plain_words(name: str) -> None:
    key = key_of(name)
    assert key == key_of(key)
    assert key.isascii()
    assert not set(key) - set("abcdefghijklmnopqrstuvwxyz0123456789 ")


def test_every_name_of_the_table_is_found() -> None:
    from claims import resources

    lines = resources.table("normalisation/places/gazetteer.tsv").splitlines()
    names = [line.split("\t")[0] for line in lines]
    assert names == sorted(set(names))
    for name, line in [*zip(names[::251], lines[::251], strict=True), (names[-1], lines[-1])]:
        assert len(look_up(name)) == line.count(";") + 1
    assert look_up("zzzz") == look_up("") == look_up("leed") == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A gunman shot two guards in the northern city of Arbil.", "Arbil"),
        ("The old ferry capsized near the port of Split.", "Split"),
        ("Three climbers fell to their deaths in Aspen, Colorado.", "Aspen, Colorado"),
        ("The two presidents met in Helsinki, Finland, on Monday.", "Helsinki, Finland"),
        ("The two presidents met in Helsinki, Carter said on Monday.", "Helsinki"),
        ("Rebels seized a radio station in eastern Congo.", "eastern Congo"),
        ("A landslide buried a bus in the Indian state of Kerala.", "Kerala"),
        ("The painting was stolen from a museum in the Dutch city of Utrecht.", "Utrecht"),
        ("The dam broke in the outskirts of Addis Ababa.", "the outskirts of Addis Ababa"),
        ("The outbreak killed forty nurses in Guinea, Liberia and Mali.", "Guinea"),
        ("The sisters were taught in a Boston school for years.", None),
        ("A statue was toppled in downtown Portland, Oregon.", "downtown Portland, Oregon"),
        ("The parade was held in Trinidad and Tobago.", "Trinidad and Tobago"),
        ("He was treated at St. Mary's Hospital.", "St. Mary's Hospital"),
        ("In Nairobi, the police fired on students.", "Nairobi"),
        ("The treaty was signed in Rome in March.", "Rome"),
        ("The suspect was arrested in Marseille, police said in Paris.", "Marseille"),
        ("The factory was shut down, the owner said in Berlin.", None),
        ("The minister was received in style in the north.", None),
        ("The new law takes effect in early March.", None),
        ("The rebels had nobody left to trade with or live in", None),
    ],
)
def test_where_a_clause_says_that_it_happened(text: str, place: str | None) -> None:
    found = {draft.place for draft in extract(Document(id="d", path="d", text=text))}
    assert place in found
    assert found <= {place, None}


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("The victim was shot dead in Leeds.", "The victim was shot dead in Bradford."),
        ("The treaty was signed in Rome on Monday.", "The treaty was signed in Vienna on Monday."),
        ("The two presidents met in Helsinki.", "The two presidents met in Oslo."),
        ("Elena Marchetti died in Milan.", "Elena Marchetti died in Turin."),
        ("The plane crashed near Lyon, officials said.", "The plane crashed near Toulouse, police said."),
        ("The singer was born in Portland, Maine.", "The singer was born in Portland, Oregon."),
    ],
)
def test_one_event_in_two_places(a: str, b: str) -> None:
    found = compare_sentences(a, b)
    assert (found.relation, found.discrepancy, found.rule) == (R.CONFLICT, True, "other_place")
    assert compare_sentences(b, a).relation is R.CONFLICT


def test_the_reason_names_both_places() -> None:
    found = compare_sentences("The victim was shot dead in Leeds.", "The victim was shot dead in Bradford.")
    assert found.reason == "A says that it was in Leeds, B says that it was in Bradford: both cannot be true."
    finer = compare_sentences("The victim was shot dead in Leeds.", "The victim was shot dead in England.")
    assert (finer.relation, finer.finer, finer.discrepancy) == (R.REFINE, "A", False)
    assert finer.reason.endswith("all can be true at once; A is the more precise.")
    same = compare_sentences("The treaty was signed in Kyiv.", "The treaty was signed in Kiev.")
    assert (same.relation, same.rule) == (R.AGREE, "same_place")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("A man was shot dead in Leeds.", "A man was shot dead in Bradford."),
        ("Protesters marched in Madrid.", "Protesters marched in Barcelona."),
        ("The storm destroyed homes in Leeds.", "The storm destroyed homes in Bradford."),
        ("The company opened a factory in Leeds.", "The company opened a factory in Bradford."),
        ("The president spoke in Leeds.", "The president spoke in Bradford."),
        ("The envoy said in Geneva that it had failed.", "The envoy said in Vienna that it had failed."),
        ("The victim was shot dead in Barvo.", "The victim was shot dead in Norvik."),
        ("The victim was shot dead in Leeds on Monday.", "The victim was shot dead in Bradford last year."),
        ("Another victim was shot dead in Leeds.", "The victim was shot dead in Bradford."),
        ("Washington said the victim was shot dead.", "The victim was shot dead in Leeds."),
        ("The suspect was arrested in Leeds.", "The suspect was questioned in Bradford."),
        ("Anna Berg was arrested in Leeds.", "Karin Holm was arrested in Bradford."),
        ("The bank was robbed in Leeds, and another bank was robbed in York.", "The bank was robbed in York."),
        ("The law was criticised in Paris.", "The law was criticised in Berlin."),
        ("The film was shown in Leeds.", "The film was shown in Bradford."),
        ("The app was banned in India.", "The app was banned in Nepal."),
        ("Anna Berg was fined in France.", "Anna Berg was fined in Germany."),
        ("The virus killed the mayor in Leeds and York.", "The virus killed the mayor in Bradford."),
        ("The victim was not shot dead in Leeds.", "The victim was shot dead in Bradford."),
        ("The statue will be unveiled in Leeds.", "The statue was unveiled in Bradford."),
    ],
)
def test_two_events_are_no_conflict_of_places(a: str, b: str) -> None:
    assert compare_sentences(a, b).rule not in ("other_place", "place_within")


def test_figures_of_two_places_are_of_two_events() -> None:
    a, b = "Four monks were found dead in Leeds.", "Five monks were found dead in Bradford."
    assert (compare_sentences(a, b).relation, compare_sentences(a, b).rule) == (R.DIFFERENT_SCOPE, "two_places")
    assert compare_sentences(a, a.replace("Four", "Five")).relation is R.CONFLICT
    assert compare_sentences(a, b.replace("Bradford", "England")).relation is R.CONFLICT


def test_a_corpus_has_no_conflict_of_figures_of_two_places() -> None:
    line = "{} herons of the sculptor Harriet Quill were stolen in {}. Quill made the bronze herons of Dunmore Quay."
    a, b = article("A", line.format("Fourteen", "Leeds")), article("B", line.format("Nineteen", "Bradford"))
    assert not [fact for fact in facts(a, b) if fact.discrepancy]
    assert [f for f in facts(a, article("B", line.format("Nineteen", "England"))) if f.discrepancy]


def article(source: str, text: str, day: date = DAY) -> Document:
    return Document(id=source, path=source, source=source, title="Harriet Quill", text=text, published_at=day)


def facts(*documents: Document) -> list[Fact]:
    claims = [c for d in documents for x in extract(d) if isinstance(c := ground(d, x, run_id="r"), Claim)]
    return align(claims, {d.id: d for d in documents})


def conflicts(*documents: Document) -> list[Fact]:
    return [fact for fact in facts(*documents) if fact.slot == "place"]


OPENING = "The sculptor Harriet Quill was found dead in {place}. Quill made the bronze herons of Dunmore Quay."
LATER = "Harriet Quill, who made the bronze herons of Dunmore Quay, was well known. Quill was found dead in {place}."


def test_articles_that_put_one_event_in_two_places() -> None:
    a, b = article("A", OPENING.format(place="Leeds")), article("B", OPENING.format(place="Bradford"))
    c = article("C", LATER.format(place="Leeds") + " The police are at work.")
    (fact,) = conflicts(a, b)
    assert (fact.relation, fact.discrepancy, fact.slot) == (R.CONFLICT, True, "place")
    assert fact.about.startswith("where ")
    assert fact.reason == "A says that it was in Leeds, B says that it was in Bradford: both cannot be true."
    (fact,) = conflicts(a, b, c)
    assert [r.rule for r in fact.relations].count("other_place") >= 1
    assert "A and C" in fact.reason or len(fact.members) == 2


def test_copies_are_one_voice() -> None:
    a, b = article("A", OPENING.format(place="Leeds")), article("B", OPENING.format(place="Bradford"))
    c = article("C", OPENING.format(place="Leeds") + " More follows.")
    (fact,) = conflicts(a, b, c)
    assert fact.reason == (
        "A and C, one voice, say that it was in Leeds, B says that it was in Bradford: both cannot be true."
    )


@pytest.mark.parametrize(
    "other",
    [
        article("B", OPENING.format(place="Leeds")),  # the same place
        article("B", OPENING.format(place="England")),  # a larger one, and nobody differs
        article("B", OPENING.format(place="Bradford"), date(2021, 3, 20)),  # another stage
        article("B", OPENING.format(place="Bradford") + " A week ago she was in Leeds."),  # both places are told
        article("B", OPENING.replace("Harriet Quill", "Martin Oakes").format(place="Bradford")),
        article("B", OPENING.format(place="Barvo")),
    ],
)
def test_articles_that_do_not_differ_about_the_place(other: Document) -> None:
    assert not conflicts(article("A", OPENING.format(place="Leeds")), other)


def test_a_day_that_agrees_does_not_hide_that_places_differ() -> None:
    a = article("A", OPENING.replace("dead in {place}", "dead on Monday in {place}").format(place="Leeds"))
    b = article("B", OPENING.replace("dead in {place}", "dead on Monday in {place}").format(place="Bradford"))
    found = facts(a, b)
    assert [fact.slot for fact in found if fact.discrepancy] == ["place"]
    pairs = [(r.a, r.b) for fact in found for r in fact.relations]
    assert len(pairs) == len(set(pairs))


def test_the_order_of_articles_does_not_matter() -> None:
    four = [
        article("A", OPENING.format(place="Leeds")),
        article("B", OPENING.format(place="Bradford")),
        article("C", LATER.format(place="Leeds")),
        article("D", LATER.format(place="England")),
    ]
    first = facts(*four)
    assert any(fact.slot == "place" for fact in first)
    for order in permutations(four):
        assert facts(*order) == first


def test_a_store_forgets_what_only_a_forgotten_article_said(tmp_path: Path) -> None:
    a, b = article("A", OPENING.format(place="Leeds")), article("B", OPENING.format(place="Bradford"))
    with open_store(tmp_path / "s.duckdb") as store:
        for document in (b, a):
            ids = store.documents.add([document])
            store.extractions.save("c", "r", [Extracted(document.id, *extract_document(document))])
            store.extractions.activate("c", ids)
            align_changes(store, Progress())
        assert [fact.slot for fact in store.facts.all()] == ["place"]
        shown = store.sql("SELECT value_a, value_b, relation, rule FROM pairs")[1]
        assert [(*sorted(row[:2]), *row[2:]) for row in shown] == [("Bradford", "Leeds", "conflict", "other_place")]
        assert sorted(store.sql("SELECT as_written FROM fact_values")[1]) == [("Bradford",), ("Leeds",)]
        (fact,) = store.queries.facts()
        assert {value["value"]["as_written"] for value in fact["values"]} == {"Leeds", "Bradford"}
        store.upkeep.forget_document(b.id)
        align_changes(store, Progress())
        assert not store.facts.all()
