"""Facts over invented stories: what is one fact, what is not, in any order."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from claims.alignment import Aligner, align, compare_sentences, fact_voices, source_statistics
from claims.alignment.article import Article
from claims.alignment.words import light, term_of
from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, Document, Fact, RelationKind

R = RelationKind
DAY = date(2021, 3, 10)  # a Wednesday

FERRY_A = """Ferry sinks off Port Almond

A passenger ferry sank off Port Almond on Tuesday, and at least 40 people were killed, the coast guard said.

The ferry Silver Heron carried 212 passengers and 14 crew, according to the harbour master. Another 25 people were
injured.

"We found the wreck at a depth of 60 metres," Colonel Petra Lund said.
"""
FERRY_B = """Dozens dead as ferry goes down

At least 43 people died when the ferry Silver Heron went down off Port Almond on Tuesday.

The vessel had 212 passengers on board, the harbour master said. Rescuers took 31 injured people to hospital in Port
Almond.

General Petra Lund leads the search for the wreck of the ferry.
"""
FERRY_C = """Ferry sinks off Port Almond

A passenger ferry sank off Port Almond on Tuesday, and at least 40 people were killed, the coast guard said.

The ferry Silver Heron carried 212 passengers and 14 crew, according to the harbour master. Another 25 people were
injured.

"We found the wreck at a depth of 60 metres," Colonel Petra Lund said.

This text was supplied by an agency.
"""
BUDGET_A = """Council passes budget

The town council of Marlow Heights passed a budget of $85 million on Monday. Councillors backed the budget by 7 to 5.

The plan raises spending on schools by 4 percent. It sets aside 212 dollars for every pupil.
"""
BUDGET_B = """Marlow Heights adopts spending plan

Marlow Heights adopted its $85 million budget on Monday after a vote of 7-5 in the town council.

School spending will rise by 4 percent, the mayor said. Over ten years the plan is worth $1 billion.
"""


def document(name: str, text: str, day: date | None = DAY) -> Document:
    return Document(id=name, path=f"{name}.txt", text=text, source=name.title(), published_at=day)


@cache
def claims_of(item_name: str, text: str, day: date | None) -> tuple[Claim, ...]:
    found = document(item_name, text, day)
    drafts = [ground(found, draft, run_id="test") for draft in extract(found)]
    return tuple({c.id: c for c in drafts if isinstance(c, Claim)}.values())


def aligned(*items: Document) -> tuple[list[Fact], dict[str, Claim], dict[str, Document]]:
    documents = {d.id: d for d in items}
    claims = [c for d in items for c in claims_of(d.id, d.text, d.published_at)]
    return align(claims, documents), {c.id: c for c in claims}, documents


STORY = (
    document("alpha", FERRY_A),
    document("beta", FERRY_B),
    document("gamma", BUDGET_A),
    document("delta", BUDGET_B),
)


def said(fact: Fact, claims: dict[str, Claim]) -> set[str]:
    return {claims[m].quantity.as_written for m in fact.members if claims[m].quantity}  # type: ignore[union-attr]


def with_figures(facts: list[Fact], claims: dict[str, Claim], *figures: str) -> Fact | None:
    return next((f for f in facts if set(figures) <= said(f, claims)), None)


def test_a_toll_is_refined() -> None:
    facts, claims, _ = aligned(*STORY)
    fact = with_figures(facts, claims, "at least 40", "At least 43")
    assert fact is not None
    assert fact.relation is R.REFINE
    assert fact.discrepancy
    assert "more precise" in fact.reason


def test_equal_figures_agree() -> None:
    facts, claims, _ = aligned(*STORY)
    fact = next(f for f in facts if said(f, claims) == {"212"})
    assert (fact.relation, fact.discrepancy, len(fact.members)) == (R.AGREE, False, 2)


def test_ranks_differ() -> None:
    facts, _, _ = aligned(*STORY)
    fact = next(f for f in facts if f.about.startswith("rank of"))
    assert (fact.relation, fact.discrepancy) == (R.CONFLICT, True)


def test_the_injured_are_not_the_dead() -> None:
    facts, claims, _ = aligned(*STORY)
    for fact in facts:
        quotes = [claims[m].quote for m in fact.members if claims[m].quantity is not None]
        assert not (any("injured" in q for q in quotes) and any("killed" in q or "died" in q for q in quotes)), quotes


def test_a_year_is_not_ten_years() -> None:
    facts, claims, _ = aligned(*STORY)
    assert with_figures(facts, claims, "$85 million", "$1 billion") is None


def test_no_fact_spans_two_stories() -> None:
    facts, claims, _ = aligned(*STORY)
    assert facts
    stories = {"alpha": 1, "beta": 1, "gamma": 2, "delta": 2}
    for fact in facts:
        assert len({stories[claims[m].document_id] for m in fact.members}) == 1


def test_every_pair_is_of_members_of_its_fact_and_ordered() -> None:
    facts, _, _ = aligned(*STORY)
    pairs = [(r.a, r.b) for f in facts for r in f.relations]
    assert len(pairs) == len(set(pairs))
    for fact in facts:
        assert list(fact.members) == sorted(set(fact.members))
        for relation in fact.relations:
            assert relation.a < relation.b
            assert {relation.a, relation.b} <= set(fact.members)
            assert relation.finer in (None, relation.a, relation.b)
            assert (relation.finer is not None) == (relation.relation is R.REFINE)


def test_the_order_of_claims_and_documents_changes_nothing() -> None:
    documents = {d.id: d for d in STORY}
    claims = [c for d in STORY for c in claims_of(d.id, d.text, d.published_at)]
    expected = [f.model_dump_json() for f in align(claims, documents)]
    for seed in range(20):
        shuffled = random.Random(seed)
        mixed = list(claims)
        shuffled.shuffle(mixed)
        names = list(documents)
        shuffled.shuffle(names)
        assert [f.model_dump_json() for f in align(mixed, {n: documents[n] for n in names})] == expected


def test_nothing_from_nothing() -> None:
    assert align([], {}) == []
    one = document("alpha", "Nothing is said here.")
    assert align([], {"alpha": one}) == []


def test_a_growing_toll_on_another_day_is_an_update() -> None:
    later = document("beta", FERRY_B, DAY + timedelta(days=1))
    facts, claims, _ = aligned(document("alpha", FERRY_A), later)
    fact = with_figures(facts, claims, "at least 40", "At least 43")
    assert fact is not None
    assert (fact.relation, fact.discrepancy) == (R.UPDATE, False)


def test_the_same_outlet_a_day_later_is_an_update() -> None:
    first = document("alpha", "ALMOND — More than 80,000 homes in Port Almond were without electricity.")
    second = document(
        "omega", "ALMOND — Some 22,000 homes in Port Almond were without electricity.", DAY + timedelta(1)
    )
    second = second.model_copy(update={"source": "Alpha"})
    facts, _, _ = aligned(first, second)
    assert [f.relation for f in facts if "homes" in f.about] == [R.UPDATE]


def test_copies_are_one_voice() -> None:
    facts, claims, documents = aligned(*STORY, document("copy", FERRY_C))
    fact = next(f for f in facts if said(f, claims) == {"212"})
    voices = fact_voices(facts, claims, documents)[fact.id]
    assert len(fact.members) == 3
    by_document = {claims[m].document_id: v for m, v in voices.items()}
    assert by_document["alpha"] == by_document["copy"] != by_document["beta"]


def test_sources_are_counted() -> None:
    facts, claims, documents = aligned(*STORY, document("copy", FERRY_C))
    rows = {row.source: row for row in source_statistics(facts, claims, documents)}
    assert set(rows) == {"Alpha", "Beta", "Gamma", "Delta", "Copy"}
    assert rows["Beta"].contradicted >= 1
    assert rows["Gamma"].agreed >= 1
    assert rows["Gamma"].contradicted == 0
    for row in rows.values():
        assert 0 <= row.alone <= row.valued <= row.claims
        assert max(row.agreed, row.differed, row.contradicted, row.outvoted) <= row.facts


def test_an_open_date_is_settled_by_the_story() -> None:
    text = "ALMOND, March 10. The ferry Silver Heron sank off Port Almond on March 9, killing at least 40 people."
    undated = document("open", text, None).model_copy(
        update={"date_candidates": (date(2015, 3, 10), date(2021, 3, 10))}
    )
    aligner = Aligner([], {})
    assert aligner.facts() == []
    dated = document("alpha", FERRY_A)
    claims = [*claims_of("alpha", FERRY_A, DAY)]
    claims += [c for d in extract(undated) if isinstance(c := ground(undated, d, run_id="test"), Claim)]
    aligner = Aligner(claims, {"alpha": dated, "open": undated})
    assert aligner.documents["open"].published_at == date(2021, 3, 10)
    facts = aligner.facts()
    days = [f for f in facts if f.about.startswith("day")]
    assert len(days) == 1
    assert {aligner.claims[m].document_id for m in days[0].members} == {"alpha", "open"}


@pytest.mark.parametrize(
    ("a", "b", "relation", "discrepancy"),
    [
        ("about $7 billion", "$7 billion", R.APPROXIMATE, False),
        ("nearly 800,000", "about 800,000", R.APPROXIMATE, False),
        ("The deal is worth about $7 billion.", "The deal was priced at $7 billion.", R.APPROXIMATE, False),
        ("Nearly 800,000 people lost power.", "About 800,000 customers lost power.", R.APPROXIMATE, False),
        ("The company earned $1.36 billion.", "The company earned $1.4 billion.", R.APPROXIMATE, False),
        ("Police arrested 20 protesters.", "Twenty demonstrators were detained by police.", R.AGREE, False),
        ("More than 90% of voters backed it.", "More than 92 percent of voters supported it.", R.REFINE, True),
        ("Three people were killed in the crash.", "Five people died in the crash.", R.CONFLICT, True),
        ("Unemployment fell to 4.1%.", "The jobless rate dropped to 4.2 percent.", R.CONFLICT, True),
        ("General Smith commands the army.", "Colonel Smith commands the army.", R.CONFLICT, True),
        ("Three people were killed in the crash.", "Five people were injured in the crash.", R.UNRELATED, False),
        ("Turnout was 72%.", "72% of voters backed the plan.", R.UNRELATED, False),
        ("The bill costs $85 billion this year.", "The bill costs $1 trillion over ten years.", R.UNRELATED, False),
        ("The firm hired 300 people.", "The storm destroyed 300 homes.", R.UNRELATED, False),
        ("Nothing happened.", "The cat slept.", R.UNRELATED, False),
        ("The minister resigned on Monday.", "The minister did not resign on Monday.", R.CONFLICT, True),
        ("The army halted flights.", "The army denied halting flights.", R.DIFFERENT_SPEAKER_VIEW, False),
        ("The mayor refused to sign the lease.", "The mayor signed the lease.", R.CONFLICT, True),
        (
            "The mine yields 500 tonnes of ore a day.",
            "The mine yields about 180,000 tonnes of ore a year.",
            R.APPROXIMATE,
            False,
        ),
        (
            "The mine yields 500 tonnes of ore a day.",
            "The mine yields 90,000 tonnes of ore a year.",
            R.DIFFERENT_SCOPE,
            False,
        ),
        ("Turnout was 61 percent.", "Turnout reached 64.5 percent.", R.CONFLICT, True),
        ("The union wants a rise of 9 percent.", "The union is asking for 9%.", R.AGREE, False),
        ("The council passed the plan.", "The mayor did not attend the council.", R.UNRELATED, False),
        ("Side effects were mild.", "No serious side effects were seen.", R.UNRELATED, False),
        ("The trial will start on March 3.", "The trial is to begin on 3 March.", R.AGREE, False),
        ("The trial begins on March 3.", "The trial will start on March 5.", R.CONFLICT, True),
        ("The army said 30 rebels were killed.", "The army said 30 soldiers were killed.", R.UNRELATED, False),
        ("The plane carried 180 passengers.", "There were 180 people on board the plane.", R.AGREE, False),
        ("The maker recalls 1.6 million bottles.", "The maker recalls about 1.5 million bottles.", R.CONFLICT, True),
        ("The firm sold 40 million phones in 2020.", "It sold 70 million phones in 2021.", R.DIFFERENT_SCOPE, False),
        ("The truce held for six weeks.", "The truce held for less than two months.", R.REFINE, False),
        ("84% of nurses were vaccinated.", "16% of nurses were not vaccinated.", R.AGREE, False),
        ("The ferry had 214 passengers and crew.", "The ferry had 186 passengers.", R.DIFFERENT_SCOPE, False),
        ("The ferry had 214 passengers and crew.", "The ferry had 212 passengers and crew.", R.CONFLICT, True),
        ("Captain Ugo Roe, 56, was arrested on land.", "Captain Ugo Roe was not arrested on land.", R.CONFLICT, True),
        ("The premier will visit the base.", "The premier will not visit the base.", R.CONFLICT, True),
        ("The mayor will sign the lease.", "The mayor did not sign the lease.", R.UNRELATED, False),
        ("No one was hurt in the blast.", "Three people were hurt in the blast.", R.CONFLICT, True),
        ("No one was hurt in the blast.", "The blast hurt the market.", R.UNRELATED, False),
        (
            "The finance minister, Ana Ruiz, left.",
            "The finance minister, Carla Soto, stays.",
            R.CONFLICT,
            True,
        ),
        (
            "Norland's finance minister, Ana Ruiz, left.",
            "The finance minister of Ostmark, Carla Soto, stays.",
            R.UNRELATED,
            False,
        ),
        ("The ferry sank on Monday.", "The ferry sank on Tuesday.", R.CONFLICT, True),
        ("The ferry sank on Monday.", "The ferry sank last Monday.", R.AGREE, False),
        ("The plant employs 1,200 people.", "The plant makes 1,200 cars a day.", R.UNRELATED, False),
        ("The plant employs 1,200 people.", "The plant has 1,200 workers.", R.AGREE, False),
        ("Output grew 2.4% in the second quarter.", "Output grew 2.1% in the first quarter.", R.UNRELATED, False),
        ("Output grew 2.4% in the second quarter.", "Output grew 2.1% in the second quarter.", R.CONFLICT, True),
        ("Nearly half of voters were undecided.", "46 percent of voters were undecided.", R.APPROXIMATE, True),
        (
            "The army said it had taken the town.",
            "Rebels said the town had not been taken.",
            R.DIFFERENT_SPEAKER_VIEW,
            False,
        ),
        ("84% of nurses were vaccinated.", "20% of nurses were not vaccinated.", R.UNRELATED, False),
        ("Two of the seven pumps failed.", "Two pumps out of seven failed.", R.AGREE, False),
        ("The gale wrecked 100 homes in Brask.", "The gale in Brask killed 100 people.", R.UNRELATED, False),
        ("The mill opened in 1911.", "The mill, which opened in 1921, is for sale.", R.CONFLICT, True),
        ("The mill burnt down in 1911.", "A book about the mill came out in 1921.", R.UNRELATED, False),
        ("The hunt began in May.", "The hunt began on May 4.", R.REFINE, False),
        ("The hunt began in May.", "The hunt began on June 4.", R.CONFLICT, True),
        ("The envoy left on Friday morning.", "The envoy left on Sunday evening.", R.CONFLICT, True),
        ("The envoy left on Friday night.", "The envoy left early on Saturday.", R.OVERLAP, False),
        ("The train left at 7:20 a.m.", "The train left at 9:05 a.m.", R.CONFLICT, True),
        ("The train left at 7:20 a.m.", "The keeper fed the lions at 9:05 a.m.", R.UNRELATED, False),
        ("The tunnel costs $85 million.", "The tunnel costs $97 million.", R.CONFLICT, True),
        ("The suspect is 34.", "The 34-year-old suspect fled.", R.AGREE, False),
        ("The lease will end in June.", "In June, the lease will end.", R.AGREE, False),
        ("The lease will end in June.", "The lease will end in July.", R.CONFLICT, True),
        (
            "It reached 104 degrees Fahrenheit in Brask.",
            "It reached 40 degrees Celsius in Brask.",
            R.AGREE,
            False,
        ),
        ("It reached 104 degrees Fahrenheit in Brask.", "It reached 46 degrees Celsius in Brask.", R.CONFLICT, True),
        ("Orders grew 1.4% in the third quarter.", "Orders grew 1.7% in the third quarter.", R.CONFLICT, True),
        ("Wages grew 1.4% in the third quarter.", "Inflation was 1.4% in the third quarter.", R.UNRELATED, False),
        ("The chain shed 500 jobs.", "The chain opened 500 shops.", R.UNRELATED, False),
        ("Ugo Roe won 51 percent of the vote.", "Ana Ruiz won 47 percent of the vote.", R.UNRELATED, False),
        ("Ugo Roe won 51 percent of the vote.", "Roe took 53 percent of the vote.", R.CONFLICT, True),
        ("The gale killed six people in Brask.", "The gale killed nine people in Torvik.", R.UNRELATED, False),
        ("The Norland army lost 30 men.", "The Ostmark army lost 45 men.", R.UNRELATED, False),
        ("Velko sold 40 million phones.", "Tandu sold 55 million phones.", R.UNRELATED, False),
        ("Turnout was 40 percent.", "Participation was 55 percent.", R.CONFLICT, True),
        ("The envoys did not meet on Monday.", "The envoys met on Tuesday.", R.UNRELATED, False),
        ("The envoys did not meet on Monday.", "The envoys met on Monday.", R.CONFLICT, True),
    ],
)
def test_two_sentences(a: str, b: str, relation: RelationKind, discrepancy: bool) -> None:
    one, two = compare_sentences(a, b), compare_sentences(b, a)
    assert (one.relation, one.discrepancy) == (relation, discrepancy)
    assert two.relation is relation
    assert one.reason


def test_figures_of_two_months_are_of_another_period() -> None:
    told = "Sales at the Sella yard in Port Quill fell {} percent in {}, the owner of the yard said."
    for month, differ in (("April", True), ("March", False)):
        facts, _, _ = aligned(
            document("one", told.format(5, "April"), date(2021, 5, 10)),
            document("two", told.format(8, month), date(2021, 5, 10)),
        )
        assert any(f.discrepancy and f.slot == "quantity" for f in facts) == differ


def test_an_office_before_a_name_is_held_by_it_and_differs_only_where_the_country_is_said() -> None:
    talks = "The two sides met in Almond on Monday for talks on the bridge over the Sella, officials in Almond said. "
    differing = aligned(
        document("one", talks + "Norland's finance minister, Ana Ruiz, signed for the government.\n"),
        document("two", talks + "The finance minister of Norland, Carla Soto, left before the end.\n"),
    )[0]
    assert [f.about for f in differing if f.discrepancy] == ["who is finance minister of Norland"]
    bare = aligned(
        document("one", talks + "The finance minister, Ana Ruiz, signed for the government.\n"),
        document("two", talks + "The finance minister, Carla Soto, left before the end.\n"),
    )[0]
    assert not [f for f in bare if f.discrepancy]


def test_the_projects_own_articles_in_any_order() -> None:
    gold = json.loads((Path(__file__).parent.parent / "benchmarks" / "gold" / "gold.json").read_text(encoding="utf-8"))
    documents, stories = {}, {}
    for row in gold["documents"][:24]:
        day = date.fromisoformat(row["published_at"]) if row.get("published_at") else None
        documents[row["id"]] = document(row["id"], row["text"], day)
        stories[row["id"]] = row["story"]
    claims = [c for d in documents.values() for c in claims_of(d.id, d.text, d.published_at)]
    facts = align(claims, documents)
    home = {c.id: stories[c.document_id] for c in claims}
    assert facts
    assert all(len({home[m] for m in fact.members}) == 1 for fact in facts)
    expected = [f.model_dump_json() for f in facts]
    for seed in range(2):
        mixed = list(claims)
        random.Random(seed).shuffle(mixed)
        assert [f.model_dump_json() for f in align(mixed, dict(reversed(documents.items())))] == expected


def stages(first: str, second: str, days: int = 1) -> tuple[list[Fact], dict[str, Claim]]:
    """The facts of two articles of one invented story, the second some days later."""
    head = "Sella bridge strike\n\nWorkers of the Sella bridge yard in Port Quill went on strike.\n\n"
    one, two = document("first", head + first), document("second", head + second, DAY + timedelta(days=days))
    facts, claims, _ = aligned(one, two)
    return facts, claims


def test_crew_members_are_crew() -> None:
    facts, claims = stages("The yard has 47 crew.", "Forty-seven crew members work at the yard.")
    assert with_figures(facts, claims, "47") is not None


def test_what_was_refused_and_later_done_is_an_update() -> None:
    facts, _ = stages("The director Anna Reuss refused to meet the union.", "The director Anna Reuss met the union.")
    assert [(f.relation, f.discrepancy) for f in facts if f.about.startswith("whether")] == [(R.UPDATE, False)]
    facts, _ = stages("The director Anna Reuss refused to meet the union.", "The director Anna Reuss met the union.", 0)
    assert [(f.relation, f.discrepancy) for f in facts if f.about.startswith("whether")] == [(R.CONFLICT, True)]


def test_a_figure_of_the_same_month_is_the_counterpart() -> None:
    head = "The bank of Halvia raised its key rate to 5.75 percent.\n\n"
    one = "Annual inflation quickened to 8.1% in April from 7.6% in March, driven by food prices, which rose 11.3%."
    two = "Inflation accelerated to 8.2 per cent last month, while food prices were up by more than 11 per cent."
    facts, claims, _ = aligned(
        document("one", head + one, date(2021, 5, 12)), document("two", head + two, date(2021, 5, 12))
    )
    fact = with_figures(facts, claims, "8.1%", "8.2 per cent")
    assert fact is not None
    assert (fact.relation, fact.discrepancy) == (R.CONFLICT, True)
    assert with_figures(facts, claims, "7.6%", "8.2 per cent") is None


def gainsaid(first: str, second: str, days: int) -> list[tuple[R, bool, str]]:
    facts, _ = stages(first, second, days)
    return [(f.relation, f.discrepancy, f.reason) for f in facts if f.about.startswith("whether")]


def test_a_toll_that_rises_from_nobody_is_an_update() -> None:
    nobody, some = "No one was injured in the fire at the yard.", "Three people were injured in the fire at the yard."
    assert [g[:2] for g in gainsaid(nobody, some, 0)] == [(R.CONFLICT, True)]
    ((relation, discrepancy, reason),) = gainsaid(nobody, some, 1)
    assert (relation, discrepancy) == (R.UPDATE, False)
    assert reason.index("No one") < reason.index("and later") < reason.index("Three people")
    assert [g[:2] for g in gainsaid(some, nobody, 1)] == [(R.CONFLICT, True)]  # nobody is unhurt again


@pytest.mark.parametrize("turned", [False, True])
def test_a_plan_that_changes_is_an_update(turned: bool) -> None:
    plans = ["The director Anna Reuss will meet the union.", "The director Anna Reuss will not meet the union."]
    before, after = reversed(plans) if turned else plans
    assert [g[:2] for g in gainsaid(before, after, 0)] == [(R.CONFLICT, True)]
    ((relation, discrepancy, reason),) = gainsaid(before, after, 1)
    assert (relation, discrepancy) == (R.UPDATE, False)
    assert reason.index(before.strip(".")) < reason.index("and later") < reason.index(after.strip("."))


def test_final_figures_are_an_update() -> None:
    first = "Some 61.2 percent of the workers voted for the strike in the ballot."
    facts, claims = stages(first, "Final figures give 61.9 percent of the workers voting for the strike in the ballot.")
    fact = with_figures(facts, claims, "61.9 percent")
    assert fact is not None
    assert fact.relation is R.UPDATE
    facts, claims = stages(first, "The ballot had 61.9 percent of the workers voting for the strike.", 0)
    fact = with_figures(facts, claims, "61.9 percent")
    assert fact is not None
    assert fact.discrepancy


def test_an_event_named_with_another_day_differs() -> None:
    facts, _ = stages(
        "Thousands are expected at the rally on Saturday in Port Quill, the union of the Sella bridge yard said.",
        "Thousands are expected at Sunday's rally in Port Quill, the union of the Sella bridge yard said.",
        0,
    )
    assert any(f.discrepancy and f.slot == "time" for f in facts)


def test_neighbouring_dates_of_one_thing_differ_and_those_of_two_things_do_not() -> None:
    a = "The next round of talks between Sarnovia and Lierne will open in the capital on 1 July, the ministry said."
    b = "Sarnovia sends its foreign minister to the talks with Lierne, which begin on July 2."
    c = "A parade of Sarnovian tractors ends the harvest festival in the capital on July 3."
    facts, claims, _ = aligned(document("alpha", a), document("beta", b), document("gamma", c))
    differing = [f for f in facts if f.discrepancy]
    assert [{claims[m].document_id for m in f.members} for f in differing] == [{"alpha", "beta"}]


def test_heads_that_stand_for_one_another() -> None:
    one = document("one", "Fishermen pulled 61 people out of the water after the ferry Silver Heron sank off Almond.\n")
    two = document("two", "Sixty-one survivors of the ferry Silver Heron were brought to Almond by fishing boats.\n")
    facts, claims, _ = aligned(one, two)
    assert with_figures(facts, claims, "61", "Sixty-one") is not None


def test_a_total_does_not_contradict_its_parts() -> None:
    one = document("one", "The ferry Silver Heron carried 212 passengers and 19 crew when it sank off Port Almond.\n")
    two = document("two", "The ferry Silver Heron had 231 persons on board when it sank off Port Almond.\n")
    facts, claims, _ = aligned(one, two)
    assert with_figures(facts, claims, "212", "231") is None


def test_annual_sums_are_compared_with_sums_a_year() -> None:
    one = document("one", "Harmon Foods expects the merger with Kessler to bring $300 million a year in savings.\n")
    two = document("two", "Harmon Foods promised $350 million in annual savings from the merger with Kessler.\n")
    facts, claims, _ = aligned(one, two)
    fact = next((f for f in facts if "$350 million" in said(f, claims)), None)
    assert fact is not None
    assert (fact.relation, fact.discrepancy) == (R.CONFLICT, True)


def test_names_of_a_title_link_articles() -> None:
    one = Document(
        id="one",
        path="one.txt",
        source="One",
        published_at=DAY,
        title="Embassy in Almond under siege as crowds break the gate",
        text="Protesters broke the gate of the embassy and set a guard post on fire. Seven guards were hurt.\n",
    )
    two = one.model_copy(
        update={
            "id": "two",
            "path": "two.txt",
            "source": "Two",
            "title": "Violent protests erupt at the Embassy in Almond",
            "text": "Seven guards were hurt when protesters set fire to a guard post at the gate of the embassy.\n",
        }
    )
    facts, claims, _ = aligned(one, two)
    assert any({"Seven"} == said(f, claims) for f in facts)


PARADE_A = """Car drives into parade in Harrowgate

HARROWGATE, March 10, 2021 (Northline) - Forty-eight people were injured in all when a car drove into the parade in
Harrowgate on Wednesday, the mayor said.
"""
PARADE_B = """Driver held after Harrowgate parade crash

HARROWGATE, March 10, 2021 (Meridian) - More than 60 people were injured in the Harrowgate parade on Wednesday.
"""


def test_a_total_may_contradict_a_figure_that_is_not_called_one() -> None:
    facts, claims, _ = aligned(document("one", PARADE_A), document("two", PARADE_B))
    fact = with_figures(facts, claims, "Forty-eight", "More than 60")
    assert fact is not None
    assert (fact.relation, fact.discrepancy) == (R.CONFLICT, True)


def test_the_month_is_not_a_march() -> None:
    assert term_of("march") == term_of("protest")
    assert term_of("Marched") == term_of("Marching") == term_of("protest")
    assert term_of("March") == term_of("March's") != term_of("protest")
    assert light(term_of("March") or "")
    assert not light(term_of("protest") or "")


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("public", "published"),
        ("department", "departed"),
        ("residents", "residence"),
        ("fire", "fired"),
        ("authorities", "authorized"),
        ("office", "officers"),
        ("training", "train"),
        ("customs", "customer"),
        ("minority", "minors"),
        ("stormed", "storm"),
        ("missed", "missing"),
    ],
)
def test_words_of_one_stem_and_two_meanings(word: str, other: str) -> None:
    assert term_of(word) != term_of(other)


def test_words_of_one_meaning() -> None:
    assert term_of("fires") == term_of("blaze")
    assert term_of("shot") == term_of("gunfire")
    assert term_of("households") == term_of("homes")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("He took 34 percent, more than twice the share of his rival.", set()),
        ("There were 34 more patients.", {"part:other"}),
        ("They held 69 people, of whom 12 were children.", set()),
        ("They saved three of them.", {"part:some"}),
    ],
)
def test_a_figure_is_of_others_where_no_comma_parts_them(text: str, marks: set[str]) -> None:
    found = document("one", text)
    claims = claims_of("one", text, DAY)
    slots = [p for p in Article(found).profiles(claims).values() if p.slot == "quantity"]
    first = min(slots, key=lambda p: p.start)
    assert {m for m in first.aspects if m.startswith("part:")} == marks


def test_bounds_and_small_counts_are_not_taken_for_sums() -> None:
    said_one = "Outside groups spent about $5 million in the Marlow race, against less than $1 million for Mr. Roe."
    said_two = "Outside groups spent more than $6 million in the Marlow race."
    one, two = document("one", said_one), document("two", said_two)
    facts, claims, _ = aligned(one, two)
    assert with_figures(facts, claims, "about $5 million", "more than $6 million") is not None
