"""The built-in extractor on invented sentences: what an editor would list as the claims of a text."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, ClaimKind, Comparator, Document, Draft, Modality, Polarity


def drafts(text: str, *, published: date | None = date(2020, 5, 6)) -> list[Draft]:
    return extract(Document(id="d", path="d.txt", text=text, published_at=published))


def one(text: str, kind: ClaimKind, **wanted: object) -> Draft:
    found = [d for d in drafts(text) if d.kind is kind and all(getattr(d, k) == v for k, v in wanted.items())]
    assert found, [(d.kind.value, d.subject, d.predicate, d.object, d.quote) for d in drafts(text)]
    return found[0]


def test_a_share_with_its_population_and_speaker() -> None:
    text = "More than 70% of members backed the merger with Eastbank, the union's election board announced."
    draft = one(text, ClaimKind.QUANTITY)
    assert draft.quantity is not None
    assert draft.quantity.comparator is Comparator.MORE
    assert draft.quantity.of == "members"
    assert draft.subject == "members"
    assert draft.predicate == "backed"
    assert draft.quote == "More than 70% of members backed the merger with Eastbank"
    assert draft.attribution is not None
    assert draft.attribution.speaker is not None
    assert "election board" in draft.attribution.speaker


def test_a_figure_inside_a_relative_clause_of_an_act_is_the_articles_own() -> None:
    text = (
        "Norland and Sudland have agreed to open the bridge after the vote in which more than 70 percent of "
        "members backed it."
    )
    draft = one(text, ClaimKind.QUANTITY)
    assert draft.attribution is None


def test_a_figure_before_every_verb_is_no_part_of_a_relative_clause() -> None:
    text = "Two of the wounded remain in care after the raid, which began on Monday, officials said."
    draft = one(text, ClaimKind.QUANTITY)
    assert draft.quantity is not None
    assert (draft.quantity.of, draft.subject, draft.predicate) == ("wounded", None, None)


def test_what_a_count_without_noun_does_not_count() -> None:
    draft = one("Twenty-eight remain in hospital.", ClaimKind.QUANTITY)
    assert draft.quantity is not None
    assert draft.quantity.of is None


def test_a_dated_event() -> None:
    text = "On 4 May, Prime Minister Olav Berg, who leads the Centre Party, ordered the navy to secure the strait."
    draft = one(text, ClaimKind.EVENT, predicate="ordered")
    assert draft.subject == "Prime Minister Olav Berg"
    assert draft.object is not None
    assert "navy" in draft.object
    dated = [d for d in drafts(text) if d.time is not None and d.time.earliest == date(2020, 5, 4)]
    assert dated


def test_a_date_of_a_noun_is_that_nouns() -> None:
    draft = one("The town joined the May 3 strike.", ClaimKind.EVENT, subject="strike")
    assert draft.time is not None
    assert draft.time.earliest == date(2020, 5, 3)


def test_two_clauses_are_two_quotes() -> None:
    text = "The council approved the budget on Monday, but the mayor vetoed it on Tuesday."
    quotes = {d.quote for d in drafts(text) if d.kind is ClaimKind.EVENT}
    assert quotes == {"The council approved the budget on Monday", "the mayor vetoed it on Tuesday"}


def test_a_shared_subject_stays_in_the_quote() -> None:
    text = "Engineers closed the dam on Monday and opened it again on Friday."
    draft = one(text, ClaimKind.EVENT, predicate="opened")
    assert draft.subject == "Engineers"
    assert draft.quote.startswith("Engineers")


def test_killed_and_injured_are_two_claims() -> None:
    text = "Police said 12 people were killed and 30 others injured when a bus plunged into a river."
    figures = {d.predicate: d.quantity.value for d in drafts(text) if d.kind is ClaimKind.QUANTITY and d.quantity}
    assert figures == {"were killed": 12, "injured": 30}


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The company did not sign the contract with Norland.", Polarity.NEGATED),
        ("The company has never signed the contract with Norland.", Polarity.NEGATED),
        ("No one signed the contract with Norland.", Polarity.NEGATED),
        ("The company refused to sign the contract with Norland.", Polarity.NEGATED),
        ("The company rejected the contract with Norland.", Polarity.ASSERTED),
        ("The company not only signed the contract with Norland.", Polarity.ASSERTED),
        ("The company failed as predicted in the report.", Polarity.ASSERTED),
    ],
)
def test_polarity(text: str, polarity: Polarity) -> None:
    assert one(text, ClaimKind.EVENT).polarity is polarity


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The tunnel costs $85 billion this year.", "The tunnel"),
        ("The plan costs about 3 million euros.", "The plan"),
        ("The reserve covers 40 square miles.", "The reserve"),
        ("Labor costs rose 3 percent.", "Labor costs"),
    ],
)
def test_a_verb_of_measure_before_its_figure(text: str, subject: str) -> None:
    assert one(text, ClaimKind.QUANTITY).subject == subject


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The ministry will close the mine in June.", Modality.PLANNED),
        ("The ministry plans to close the mine in June.", Modality.PLANNED),
        ("The ministry is expected to close the mine in June.", Modality.PLANNED),
        ("The ministry may close the mine in June.", Modality.POSSIBLE),
        ("The ministry would close the mine in June.", Modality.CONDITIONAL),
        ("The ministry closed the mine in June.", Modality.ACTUAL),
    ],
)
def test_modality(text: str, modality: Modality) -> None:
    assert one(text, ClaimKind.EVENT).modality is modality


def test_a_denied_statement_is_negated_and_keeps_its_speaker_in_the_quote() -> None:
    text = "Fisheries minister Olav Berg denied that the ministry had ignored the warnings."
    draft = one(text, ClaimKind.STATEMENT)
    assert draft.polarity is Polarity.NEGATED
    assert "denied" in draft.quote
    assert draft.attribution is not None
    assert draft.attribution.stance == "denies"


def test_ranks_and_offices() -> None:
    text = (
        "Major General Ivar Lind met Norwegian Foreign Minister Olav Berg on Monday. Anna Lie, the mayor of "
        "Westhaven, was there."
    )
    found = {(d.subject, d.predicate, d.object) for d in drafts(text) if d.kind is ClaimKind.ATTRIBUTE}
    assert ("Ivar Lind", "rank", "Major General") in found
    assert ("Foreign Minister of Norway", "held by", "Olav Berg") in found
    assert ("mayor of Westhaven", "held by", "Anna Lie") in found


def test_two_ranks_of_one_person_are_both_kept() -> None:
    text = (
        "Colonel Ivar Lind (L) and Major Per Dahl (R) inspect the troops. (Photo by Nordwire)\n\n"
        "Brigadier General Ivar Lind arrived in Westhaven on Monday with 300 soldiers.\n\n"
        "He inspected the harbour and left the same day.\n"
    )
    ranks = {d.object for d in drafts(text) if d.predicate == "rank" and d.subject == "Ivar Lind"}
    assert ranks == {"Colonel", "Brigadier General"}


def test_a_caption_yields_nothing_else() -> None:
    text = (
        "Fishermen land 40 tonnes of cod in Westhaven on Monday. (Photo by Nordwire)\n\n"
        "The catch was the largest of the year, the port authority said.\n\nPrices fell.\n"
    )
    assert all("40 tonnes" not in d.quote for d in drafts(text))


def test_a_pull_quote_and_its_sentence_are_one_claim() -> None:
    sentence = "We lost 14 boats in one night and nobody came to help us before noon"
    text = f"“{sentence},” Karl Moen said.\n\n{sentence}\nKarl Moen, fisherman\n\nThe storm came on Sunday.\n"
    figures = [d for d in drafts(text) if d.quantity is not None and d.quantity.value == 14]
    assert len(figures) == 1


def test_an_insertion_does_not_cut_the_subject_off() -> None:
    draft = one(
        "The minister Ada Poe ordered an inquiry and said the captain, 54, was being questioned.", ClaimKind.QUANTITY
    )
    assert (draft.subject, draft.quote) == ("the captain", "the captain, 54, was being questioned")
    assert draft.attribution is not None
    assert draft.attribution.speaker == "Ada Poe"


def test_an_age_before_its_bearer_is_one_word() -> None:
    text = "The 27-year-old Stella Mira had 214 passengers on board."
    draft = one(text, ClaimKind.QUANTITY, subject="The 27-year-old Stella Mira")
    assert draft.quote == text.rstrip(".")
    assert one(text, ClaimKind.QUANTITY, subject="Stella Mira")


def test_who_says_it_is_no_object() -> None:
    assert one("The captain, 56, has been arrested, police said.", ClaimKind.QUANTITY).object is None
    assert one("He has not been arrested, the police said.", ClaimKind.STATEMENT).object is None


def test_a_pronoun_subject_is_named_where_the_text_leaves_no_doubt() -> None:
    text = "Karl Moen founded the yard in 1987. He sold it for 3 million crowns in 2004."
    draft = one(text, ClaimKind.QUANTITY)
    assert draft.subject == "Karl Moen"
    assert draft.text == "Karl Moen sold it for 3 million crowns in 2004"


def test_a_pronoun_with_two_candidates_stays() -> None:
    text = "The crew thanked Karl Moen for the visit of Per Dahl. He spent 3 million crowns on the yard in 2004."
    assert all(d.text is None for d in drafts(text))


def test_the_same_document_gives_the_same_drafts() -> None:
    text = "Norland exported 40,000 tonnes of fish in May, up 5% from April, the ministry said on Monday."
    assert drafts(text) == drafts(text)


def test_an_anaphoric_pair_is_not_counted() -> None:
    text = "The ministers of Norland and Sudland met on Monday. The two countries signed a treaty on fish."
    assert all(d.quantity is None for d in drafts(text))


def test_every_draft_of_real_looking_text_is_grounded() -> None:
    text = (
        "Norland votes to leave the fish pact\n\n"
        "WESTHAVEN, May 5 (Nordwire) — Norland's parliament voted 61-38 on Tuesday to leave the fish pact, which "
        "it joined in "
        "1994, after a debate of nine hours.\n\n"
        "“We did not take this step lightly,” Prime Minister Olav Berg told reporters. “It will cost us $40m a "
        "year, and we "
        "will pay it.”\n\n"
        "Opposition leader Anna Lie denied that her party had supported the plan, and said that almost a third "
        "of its members "
        "had threatened to resign.\n\n"
        "If the pact ends in June, fish prices could rise by 5 to 7 percent, according to the statistics office. "
        "It refused to say how many of the 1,200 boats would be affected.\n"
    )
    document = Document(id="d", path="d.txt", text=text, published_at=date(2020, 5, 6))
    for draft in extract(document):
        result = ground(document, draft, run_id="r")
        assert isinstance(result, Claim), result
        assert text[result.start : result.end] == result.quote


def test_drafts_and_claims_made_without_validation_are_what_validation_gives() -> None:
    document = Document(id="d", path="d", text="Ada Poe said on Monday that 12 of 30 boats sank. The port closed.")
    drafts = extract(document)
    claims = [result for draft in drafts if isinstance(result := ground(document, draft, run_id="r"), Claim)]
    assert drafts
    assert claims
    made: list[Draft | Claim] = [*drafts, *claims]
    for item in made:
        assert list(item.__dict__) == list(type(item).model_fields)
        assert type(item).model_validate(item.model_dump()) == item
        assert pickle.loads(pickle.dumps(item)) == item
        assert item.model_copy(update={"place": "Norland"}).place == "Norland"
