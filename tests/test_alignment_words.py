"""Statements without figures: which gainsay each other, which say the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.alignment import align, compare_sentences
from claims.alignment.assertions import assertion_of
from claims.alignment.opposites import ADJECTIVES, OPPOSED_TERMS, ROWS, VERBS, Course, against, opposed
from claims.alignment.statements import claims_of
from claims.models import Claim, Document, Fact
from claims.models import RelationKind as R

CONFLICTS = [
    # negated inside the object
    ("The jury found her guilty.", "The jury found her not guilty."),
    ("He pleaded guilty to fraud.", "He pleaded not guilty to fraud."),
    ("The bridge is closed to lorries.", "The bridge is no longer closed to lorries."),
    # a verb and its opposite
    ("The jury found him guilty.", "The jury acquitted him."),
    ("The defendant was convicted of fraud.", "The judge cleared the defendant of fraud."),
    ("The mayor was acquitted.", "The jury found the mayor guilty."),
    ("The union rejected the offer.", "The union accepted the offer."),
    ("The union turned the offer down.", "The union accepted the offer."),
    ("Lawmakers voted to reject the bill.", "Lawmakers passed the bill."),
    ("The government approved the pipeline.", "The government blocked the pipeline."),
    ("The pipeline was approved by the government.", "The government blocked the pipeline."),
    ("The senator voted for the bill.", "The senator voted against the bill."),
    ("The senator voted in favour of the bill.", "The senator voted against the bill."),
    ("The court upheld the ban on rallies.", "The court struck down the ban on rallies."),
    ("The hostages have been freed.", "The hostages are still being held."),
    ("The climber survived the fall.", "The climber died in the fall."),
    ("The pilot is alive, the airline said.", "The pilot is dead, the airline said."),
    ("The pilot is alive, the airline said.", "The airline confirmed that the pilot had died."),
    ("Norway won the match.", "Norway lost the match."),
    ("The match was won by Norway.", "Norway lost the match."),
    ("The factory has opened.", "The factory has closed."),
    ("The museum has reopened.", "The museum is still shut."),
    ("The bridge remains closed to lorries.", "The bridge is open to lorries."),
    ("The ceasefire was extended.", "The ceasefire has ended."),
    ("The talks succeeded.", "The talks failed."),
    ("The dam is safe.", "Inspectors declared the dam unsafe."),
    ("The company confirmed that its data had been stolen.", "The company denied that its data had been stolen."),
    ("The company will close the plant.", "The company will open the plant."),
    # nobody and some
    ("No workers were injured in the blast.", "Three workers were injured in the blast."),
    ("No injuries were reported in the blast.", "The blast injured five people."),
    ("None of the passengers was hurt in the crash.", "Two passengers were hurt in the crash."),
    ("The fire caused no deaths.", "Two people died in the fire."),
    ("No climbers died on the ridge.", "Two climbers died on the ridge."),
    ("The climbers were found alive.", "None of the climbers was found alive."),
    # a deed, not a denial
    ("The ministry granted the firm a permit.", "The ministry denied the firm a permit."),
    # an adjective that looks like a verb
    ("The chapel was damaged in the storm.", "The chapel was undamaged in the storm."),
]
SAME = [
    ("The government approved the pipeline.", "The pipeline was approved by the government."),
    ("The government approved the pipeline.", "The government approved the pipeline."),
    ("The reactor was shut down.", "The reactor has been shut down."),
    ("The bank may raise its rates.", "The bank may raise its rates."),
    ("No one was injured in the blast.", "There were no injuries in the blast, officials said."),
    ("The firm apologised for the leak.", "The firm apologised for the leak but has not answered questions about it."),
    ("The jury acquitted the mayor.", "The jury found the mayor not guilty."),
]
NEITHER = [
    # another does it, or it is done to another
    ("The airline sued the bank.", "The bank sued the airline."),
    ("Norway won the match.", "Sweden lost the match."),
    ("The match was won by Norway.", "The match was lost by Sweden."),
    ("The union rejected the offer.", "The company accepted the offer."),
    ("The union rejected the offer.", "The union accepted the apology."),
    ("The gunman killed the officer.", "The gunman survived."),
    ("Rebels did not attack the soldiers.", "The soldiers attacked the rebels."),
    # another verb
    ("The minister did not meet the banker.", "The minister praised the banker."),
    ("The ministry denied the report.", "The ministry published the report."),
    # what may be, or what is only wanted
    ("The company threatened to close the plant.", "The company opened the plant."),
    ("The union may accept the offer.", "The union rejected the offer."),
    ("The union will accept the offer.", "The union rejected the offer."),
    ("The factory almost closed.", "The factory opened."),
    # two things under one verb
    ("The shares opened lower.", "The shares closed higher."),
    ("Police arrested the suspect.", "Police released the suspect."),
    ("The suspect was held.", "The suspect was released."),
    # other times
    ("The strike began on Monday.", "The strike ended on Friday."),
    # of others
    ("No one else was hurt in the crash.", "Three people were hurt in the crash."),
    ("No further injuries were reported in the crash.", "Three people were hurt in the crash."),
    ("No soldiers were killed in the raid.", "Three villagers were killed in the raid."),
    ("No one was injured in the blast at the market.", "Three people were killed in the blast at the market."),
    ("Four officers were struck by gunfire.", "No officer was there in time."),
    # both are said by one
    ("The council raised doubts but did not reject the plan.", "The council rejected the merger."),
    # nearly the same words
    ("The army seized the eastern town after a week.", "The army seized the western town after a week."),
    ("Some schools closed in the north.", "Most schools closed in the north."),
    ("The court fined the company before the trial.", "The court fined the company after the trial."),
    ("The union rejected the offer.", "The mayor opened the bridge."),
]


@pytest.mark.parametrize(("a", "b"), CONFLICTS)
def test_two_sentences_of_which_one_takes_the_other_back(a: str, b: str) -> None:
    for one, two in ((a, b), (b, a)):
        relation = compare_sentences(one, two)
        assert (relation.relation, relation.discrepancy) == (R.CONFLICT, True)
        assert relation.reason.endswith("both cannot be true.")


@pytest.mark.parametrize(("a", "b"), SAME)
def test_two_sentences_that_say_the_same(a: str, b: str) -> None:
    for one, two in ((a, b), (b, a)):
        relation = compare_sentences(one, two)
        assert (relation.relation, relation.discrepancy) == (R.AGREE, False)
        assert relation.reason.endswith("they say the same.")


@pytest.mark.parametrize(("a", "b"), NEITHER)
def test_two_sentences_that_do_neither(a: str, b: str) -> None:
    for one, two in ((a, b), (b, a)):
        assert compare_sentences(one, two).relation not in (R.CONFLICT, R.AGREE, R.DIFFERENT_SPEAKER_VIEW)


def test_of_statements_without_values_none_is_said_to_lack_a_fact_for_them() -> None:
    assert "value" not in compare_sentences("The union rejected the offer.", "The mayor opened the bridge.").reason


def test_what_somebody_denies_and_the_text_asserts_is_a_dispute() -> None:
    relation = compare_sentences("The minister denied ordering the raid.", "The minister ordered the raid.")
    assert (relation.relation, relation.rule) == (R.DIFFERENT_SPEAKER_VIEW, "denied")


def test_two_speakers_dispute_with_opposites() -> None:
    a, b = "The airline said the pilot survived the crash.", "The coroner said the pilot died in the crash."
    assert compare_sentences(a, b).relation is R.DIFFERENT_SPEAKER_VIEW


def test_figures_come_before_words_that_are_the_same() -> None:
    a = "The army attacked the town at dawn, killing 12 people."
    b = "The army attacked the town at dawn, killing 31 people."
    assert compare_sentences(a, b).relation is R.CONFLICT


# --- in a corpus ---

DAY = date(2021, 5, 3)
HEAD = "Dockers weigh pay offer\n\nDockers of the Sella yard in Port Quill met on a pay offer by the owner.\n\n"


def gainsaid(first: str, second: str, days: int = 0) -> list[tuple[R, bool]]:
    """The facts in words of two articles of one invented story, the second some days later."""
    documents, claims = {}, []
    for name, text, day in (("first", first, DAY), ("second", second, DAY + timedelta(days=days))):
        documents[name] = Document(id=name, path=name, source=name, text=HEAD + text, published_at=day)
        claims += extracted(documents[name])
    facts: list[Fact] = align(claims, documents)
    return [(f.relation, f.discrepancy) for f in facts if f.about.startswith("whether")]


def extracted(document: Document) -> list[Claim]:
    from claims.builtin import extract
    from claims.grounding import ground

    found = [ground(document, draft, run_id="test") for draft in extract(document)]
    return [claim for claim in found if isinstance(claim, Claim)]


REJECTED = "The dockers' union rejected the pay offer of the yard."
ACCEPTED = "The dockers' union accepted the pay offer of the yard."


def test_opposites_of_one_day_contradict_each_other_and_later_ones_are_an_update() -> None:
    assert gainsaid(REJECTED, ACCEPTED) == [(R.CONFLICT, True)]
    assert gainsaid(REJECTED, ACCEPTED, 1) == [(R.UPDATE, False)]
    assert gainsaid(REJECTED, ACCEPTED, 9) == []


def test_an_outcome_does_not_change() -> None:
    guilty, not_guilty = "The court convicted yard owner Ana Reuss.", "The court acquitted yard owner Ana Reuss."
    assert gainsaid(guilty, not_guilty, 1) == [(R.CONFLICT, True)]


def test_the_dead_are_not_alive_again() -> None:
    died = "The yard foreman Ivo Brandt died in the crane fall."
    survived = "The yard foreman Ivo Brandt survived the crane fall."
    assert gainsaid(survived, died, 1) == [(R.UPDATE, False)]
    assert gainsaid(died, survived, 1) == [(R.CONFLICT, True)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # what comes and goes in the common run of things
        ("The ferry terminal of the yard opened.", "The ferry terminal of the yard closed."),
        ("Output of the Port Quill yard rose.", "Output of the Port Quill yard fell."),
        # of another, or with more beside than is shared
        (REJECTED, "The crane drivers accepted the pay offer of the yard."),
        (REJECTED, "The dockers' union accepted the mediator whom the town had named."),
        (REJECTED, "They accepted the pay offer of the yard."),
        # both are said by one
        (*["The yard raised doubts about the union's figures but did not reject the pay offer of the union."] * 2,),
        ("The dockers' union rejected the pay offer but accepted the mediator.", "The dockers' union rejected it all."),
    ],
)
def test_opposites_in_a_corpus_that_need_not_contradict(first: str, second: str) -> None:
    assert gainsaid(first, second) == []


def test_what_is_so_still_contradicts_what_has_changed() -> None:
    freed, held = (
        "The hostages of the Sella yard have been freed.",
        "The hostages of the Sella yard are still being held.",
    )
    assert gainsaid(freed, held) == [(R.CONFLICT, True)]
    assert gainsaid(held, freed, 1) == [(R.UPDATE, False)]
    assert gainsaid(freed, held, 1) == [(R.CONFLICT, True)]


def test_statements_that_agree_make_no_facts_in_a_corpus() -> None:
    documents = {n: Document(id=n, path=n, source=n, text=HEAD + REJECTED, published_at=DAY) for n in ("one", "two")}
    claims = [claim for document in documents.values() for claim in extracted(document)]
    assert not [f for f in align(claims, documents) if f.about.startswith("whether")]


# --- pure parts ---

_SENTENCES = [sentence for pair in (*CONFLICTS, *SAME, *NEITHER) for sentence in pair]


@given(st.sampled_from(_SENTENCES), st.sampled_from(_SENTENCES))
def test_comparing_is_symmetric(a: str, b: str) -> None:
    one, two = compare_sentences(a, b), compare_sentences(b, a)
    assert (one.relation, one.discrepancy, one.rule) == (two.relation, two.discrepancy, two.rule)


@given(st.sampled_from(_SENTENCES))
def test_nothing_contradicts_itself(a: str) -> None:
    assert compare_sentences(a, a).relation not in (R.CONFLICT, R.DIFFERENT_SPEAKER_VIEW, R.UPDATE)


_MARKS = st.frozensets(st.sampled_from([(row.number, side) for row in ROWS for side in (0, 1)]), max_size=4)


@given(_MARKS, _MARKS)
def test_opposition_is_mutual(a: frozenset[tuple[int, int]], b: frozenset[tuple[int, int]]) -> None:
    assert opposed(a, b) == opposed(b, a)
    assert all(row.course in Course for row in opposed(a, frozenset(map(against, a))))


def test_no_word_stands_on_both_sides_of_a_row() -> None:
    for word, marks in (*VERBS.items(), *ADJECTIVES.items()):
        assert not opposed(marks, marks), word
    assert all(term not in others for term, others in OPPOSED_TERMS.items())
    assert all(term in OPPOSED_TERMS[other] for term, others in OPPOSED_TERMS.items() for other in others)


def test_the_rest_of_an_assertion_is_what_it_says_beside_its_verb() -> None:
    (claim,) = claims_of("The jury found her guilty of theft.", "A")
    found = assertion_of(claim)
    assert found is not None
    assert found.rest == {"juri", "theft"}
