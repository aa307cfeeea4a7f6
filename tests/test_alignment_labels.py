"""Labels and reasons of facts: what an editor reads."""

from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from claims.alignment import align
from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, Document, Fact

DAY = date(2021, 3, 10)


def facts_of(*texts: str, days: tuple[int, ...] = ()) -> list[Fact]:
    documents = {}
    claims: dict[str, Claim] = {}
    for number, text in enumerate(texts):
        day = DAY.replace(day=DAY.day + (days[number] if days else 0))
        name = f"paper{number}"
        documents[name] = Document(id=name, path=f"{name}.txt", text=text, source=name.title(), published_at=day)
        for draft in extract(documents[name]):
            claim = ground(documents[name], draft, run_id="test")
            if isinstance(claim, Claim):
                claims[claim.id] = claim
    return align(list(claims.values()), documents)


@pytest.mark.parametrize(
    ("a", "b", "label"),
    [
        (
            "More than 90% of voters supported independence in the Marlow referendum.",
            "In Marlow, 92% of voters supported independence in the referendum.",
            "share of voters who supported independence",
        ),
        (
            "More than 1,100 schools would be repaired under the Marlow plan.",
            "About 1,100 schools would be repaired under the plan of Marlow.",
            "number of schools that would be repaired",
        ),
        (
            "The Marlow festival sold 96,000 tickets this year.",
            "The Marlow festival sold nearly 100,000 tickets.",
            "number of tickets that the Marlow festival sold",
        ),
        (
            "Graham Tull, 58, admitted theft at Brackwater Court.",
            "Graham Tull, 59, admitted the theft at Brackwater Court.",
            "age of Graham Tull",
        ),
        (
            "The ferry Silver Heron sank off Port Almond on Tuesday.",
            "The ferry Silver Heron sank near Port Almond on Tuesday.",
            "day on which the ferry Silver Heron sank",
        ),
    ],
)
def test_labels_say_what_is_measured(a: str, b: str, label: str) -> None:
    labels = [fact.about for fact in facts_of(a, b)]
    assert any(found.startswith(label) for found in labels), labels


def test_labels_do_not_depend_on_order_and_say_no_word_twice() -> None:
    texts = (
        "More than 12,000 people have left their homes in Sarro, the mayor said.",
        "Some 14,000 people have left homes in Sarro after the flood.",
        "As many as 15,000 people have left Sarro, a spokesman said.",
    )
    found = {tuple(sorted(fact.about for fact in facts_of(*order))) for order in permutations(texts)}
    assert len(found) == 1
    for label in found.pop():
        words = label.lower().split()
        assert len(words) == len(set(words)), label


def test_a_reason_names_each_speaker_with_his_source() -> None:
    facts = facts_of(
        "More than 90% of voters in Marlow supported independence, the electoral council said.",
        "In Marlow more than 90 percent of voters supported independence.",
        "In Marlow more than 92% of voters supported independence.",
    )
    reason = next(fact.reason for fact in facts if fact.about.startswith("share"))
    assert "Paper0 (citing the electoral council) and Paper1 say more than 90%" in reason
    assert "Paper2 is the more precise" in reason


def test_an_update_is_told_in_the_order_of_its_days() -> None:
    facts = facts_of(
        "The flood in Sarro killed at least 11 people, the mayor of Sarro said.",
        "The flood in Sarro killed at least 14 people, the mayor of Sarro said.",
        days=(0, 2),
    )
    reason = next(fact.reason for fact in facts if fact.relation == "update")
    assert reason.index("on 10 March 2021 Paper0") < reason.index("on 12 March 2021 Paper1")


def test_an_apposition_that_a_model_took_for_the_verb_is_left_out() -> None:
    facts = {}
    for predicate in ("sank", ", the pride of the port, sank"):
        documents, claims = {}, []
        for name in ("one", "two"):
            text = "The ferry Silver Heron, the pride of the port, sank off Port Almond on Tuesday."
            documents[name] = Document(id=name, path=f"{name}.txt", text=text, source=name.title(), published_at=DAY)
            for draft in extract(documents[name]):
                told = draft.model_copy(update={"subject": "The ferry Silver Heron", "predicate": predicate})
                claim = ground(documents[name], told, run_id="test")
                if isinstance(claim, Claim):
                    claims.append(claim)
        facts[predicate] = [fact.about for fact in align(claims, documents)]
    assert len(set(map(tuple, facts.values()))) == 1, facts
    assert all("pride" not in label for label in facts["sank"])


def test_round_figures_that_are_far_apart_are_said_to_differ() -> None:
    for figure, end in (("1,500", "but the figures differ."), ("1,900", "as far as the rounder figure tells.")):
        facts = facts_of(
            f"The rebel army of Marlow has about {figure} fighters in the hills.",
            "The rebel army of Marlow has roughly 2,000 fighters in the hills.",
        )
        assert [fact.reason.endswith(end) for fact in facts] == [True]
