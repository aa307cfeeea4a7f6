"""Grounding: what a text licenses becomes a claim with the text's own characters; everything else is refused."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.grounding import ground
from claims.grounding.locate import locate, normalise
from claims.grounding.view import DocumentView
from claims.models import (
    Attribution,
    Claim,
    ClaimKind,
    Comparator,
    Document,
    Draft,
    Modality,
    Polarity,
    Quantity,
    QuantityKind,
    Rejection,
    Span,
    TimeRef,
)
from claims.normalisation.quantities import find_quantities

TEXT = (
    "Norland port reopens after storm\n\n"
    "WESTHAVEN, May 5 (Nordwire) — More than 12 percent of the harbour’s cranes were damaged, the port authority "
    "said on "
    "Tuesday.\n\n"
    "“We did not lose a single ship,” harbour master Ingrid Solberg said. She added that repairs would cost $1.5m.\n\n"
    "Fisheries minister Olav Berg denied that the ministry had ignored warnings.\n\n"
    "Solberg criticised Berg after the meeting. The union said that 1,500,000 containers pass through the port "
    "each year.\n\n"
    "A spokesman for the insurer, Karl Moen, put the losses at 21 million kroner. He spoke in Westhaven.\n"
)
OTHER = "The council of Eastbrook approved a budget of 40 million crowns on Friday.\n"


def document(text: str = TEXT, published: date | None = date(2020, 5, 6)) -> Document:
    return Document(id="d1", path="d1.txt", text=text, published_at=published)


def statement(quote: str, **fields: object) -> Draft:
    return Draft(quote=quote, kind=fields.pop("kind", ClaimKind.STATEMENT), extractor="some-model", **fields)  # type: ignore[arg-type]


def figure(words: str) -> Quantity:
    return find_quantities(words)[0]


def accepted(draft: Draft, text: str = TEXT, window: Span | None = None) -> Claim:
    result = ground(document(text), draft, run_id="r1", window=window)
    assert isinstance(result, Claim), result
    assert text[result.start : result.end] == result.quote
    return result


def refused(draft: Draft, text: str = TEXT) -> str:
    result = ground(document(text), draft, run_id="r1")
    assert isinstance(result, Rejection), result
    assert result.reason.endswith((".", "”.", "?"))
    assert "\n" not in result.reason
    return result.code


# ---------------------------------------------------------------- the quote


def test_the_stored_quote_is_the_documents_own_characters() -> None:
    assert accepted(statement('"We did not lose a single ship,"')).quote == "“We did not lose a single ship,”"
    assert accepted(statement("'We did not lose a single ship'")).quote == "We did not lose a single ship"


def test_quote_marks_dashes_and_spaces_do_not_matter() -> None:
    claim = accepted(statement("More than 12 percent of the harbour's  cranes\nwere damaged"))
    assert claim.quote == "More than 12 percent of the harbour’s cranes were damaged"


def test_an_invented_quote_is_refused() -> None:
    assert refused(statement("The port will close for ever")) == "quote_not_found"


def test_a_quote_of_another_document_is_refused() -> None:
    assert refused(statement("approved a budget of 40 million crowns on Friday")) == "quote_not_found"
    assert ground(document(OTHER), statement("approved a budget of 40 million crowns on Friday"), run_id="r")


def test_a_quote_with_swapped_words_is_refused() -> None:
    assert refused(statement("Berg criticised Solberg after the meeting")) == "quote_not_found"


def test_a_quote_that_cuts_a_number_is_widened_or_refused() -> None:
    assert refused(statement("5m")) == "quote_not_found"
    claim = accepted(statement("12 percent of the harbour’s cranes were damaged"))
    assert claim.quote.startswith("More than 12 percent")


def test_a_lost_article_leads_to_the_true_span() -> None:
    claim = accepted(statement("Solberg criticised Berg after meeting"))
    assert claim.quote == "Solberg criticised Berg after the meeting"


def test_a_lost_negation_does_not() -> None:
    assert refused(statement("We did lose a single ship")) == "quote_not_found"


def test_the_place_inside_the_window_comes_first() -> None:
    text = "The bridge is closed. It rained.\n\nLater that week it was said again: The bridge is closed.\n"
    at = text.rindex("The bridge")
    claim = accepted(statement("The bridge is closed"), text, Span(at - 5, len(text)))
    assert claim.start == at
    assert accepted(statement("The bridge is closed", start=at), text).start == at


def test_decomposed_letters_and_invisible_characters_keep_the_way_back() -> None:
    text = "Minister Jose\u0301 Garci\u0301a resi\u200bgned on Monday.\n"
    claim = accepted(statement("Minister José García resigned on Monday"), text)
    assert claim.quote == text[: text.index(".")]


# ---------------------------------------------------------------- numbers


def test_a_true_figure_takes_the_texts_comparator() -> None:
    wanted = figure("12 percent")
    claim = accepted(
        statement("More than 12 percent of the harbour's cranes were damaged", kind=ClaimKind.QUANTITY, quantity=wanted)
    )
    assert claim.quantity is not None
    assert claim.quantity.comparator is Comparator.MORE
    assert TEXT[claim.quantity.start : claim.quantity.end] == claim.quantity.as_written


@pytest.mark.parametrize("lie", ["21 percent", "1.2 percent", "120 percent"])
def test_swapped_digits_are_refused(lie: str) -> None:
    draft = statement(
        "More than 12 percent of the harbour's cranes were damaged", kind=ClaimKind.QUANTITY, quantity=figure(lie)
    )
    assert refused(draft) == "number"


def test_numbers_are_compared_by_value() -> None:
    draft = statement("repairs would cost $1.5m", kind=ClaimKind.QUANTITY, quantity=figure("$1,500,000"))
    claim = accepted(draft)
    assert claim.quantity is not None
    assert claim.quantity.value == pytest.approx(1.5e6)


def test_a_number_of_another_sentence_is_no_licence() -> None:
    draft = statement(
        "More than 12 percent of the harbour's cranes were damaged",
        kind=ClaimKind.QUANTITY,
        quantity=figure("21 million"),
    )
    assert refused(draft) == "number"


def test_another_bound_is_refused() -> None:
    wanted = figure("less than 12 percent")
    draft = statement(
        "More than 12 percent of the harbour's cranes were damaged", kind=ClaimKind.QUANTITY, quantity=wanted
    )
    assert refused(draft) == "number"


def test_another_unit_is_refused() -> None:
    wanted = figure("$1.5m").model_copy(update={"unit": "EUR", "as_written": "€1.5m"})
    assert refused(statement("repairs would cost $1.5m", kind=ClaimKind.QUANTITY, quantity=wanted)) == "unit"


def test_numbers_in_the_wording_need_a_licence() -> None:
    quote = "put the losses at 21 million kroner"
    assert refused(statement(quote, text="Karl Moen put the losses at 12 million kroner")) == "number"
    assert refused(statement(quote, object="losses of 12 million kroner")) == "number"


# ---------------------------------------------------------------- time


def test_a_day_is_licensed_by_its_words_or_its_value() -> None:
    quote = "the port authority said on Tuesday"
    time = TimeRef(as_written="Tuesday", start=0, end=7)
    claim = accepted(statement(quote, time=time))
    assert claim.time is not None
    assert claim.time.earliest == date(2020, 5, 5)
    assert refused(statement(quote, time=TimeRef(as_written="Friday", start=0, end=6))) == "date"
    wrong = TimeRef(as_written="Tuesday", start=0, end=7, earliest=date(2019, 5, 5), latest=date(2019, 5, 5))
    assert refused(statement(quote, time=wrong)) == "date"


# ---------------------------------------------------------------- negation


def test_a_dropped_negation_in_the_wording_is_refused() -> None:
    assert refused(statement("We did not lose a single ship", text="The port lost a single ship")) == "negation"


def test_an_added_negation_is_refused() -> None:
    assert refused(statement("Solberg criticised Berg after the meeting", polarity=Polarity.NEGATED)) == "negation"


def test_a_quote_that_leaves_out_its_negation_is_refused() -> None:
    assert refused(statement("lose a single ship")) == "negation"


def test_what_was_denied_never_becomes_what_was_said() -> None:
    claim = accepted(
        statement(
            "the ministry had ignored warnings", subject="the ministry", predicate="had ignored", object="warnings"
        )
    )
    assert claim.polarity is Polarity.NEGATED
    assert claim.attribution is not None
    assert claim.attribution.stance == "denies"


def test_negation_in_the_quote_makes_the_claim_negated() -> None:
    claim = accepted(statement("We did not lose a single ship", subject="We", predicate="lose", object="a single ship"))
    assert claim.polarity is Polarity.NEGATED


@pytest.mark.parametrize(
    ("quote", "predicate", "modality"),
    [
        ("The council may close the bridge", "close", Modality.POSSIBLE),
        ("The council will close the bridge", "close", Modality.PLANNED),
        ("The council plans to close the bridge", "close", Modality.PLANNED),
        ("The council would close the bridge", "would close", Modality.CONDITIONAL),
        ("The council closed the bridge", "closed", Modality.ACTUAL),
        ("The council will vote, and it closed the bridge", "closed", Modality.ACTUAL),
    ],
)
def test_an_auxiliary_of_the_quote_is_not_lost(quote: str, predicate: str, modality: Modality) -> None:
    draft = statement(quote, subject="The council", predicate=predicate, object="the bridge")
    assert accepted(draft, quote + " in June.\n").modality is modality


# ---------------------------------------------------------------- names and roles


def test_another_name_is_refused() -> None:
    assert refused(statement("Solberg criticised Berg after the meeting", subject="Lars Vik")) == "name"
    assert (
        refused(
            statement("She added that repairs would cost $1.5m", text="Lars Vik added that repairs would cost $1.5m")
        )
        == "name"
    )


def test_swapped_roles_are_refused() -> None:
    quote = "Solberg criticised Berg after the meeting"
    accepted(statement(quote, subject="Solberg", predicate="criticised", object="Berg"))
    assert refused(statement(quote, subject="Berg", predicate="criticised", object="Solberg")) == "roles"


def test_the_passive_turns_roles_round() -> None:
    text = "The rebels were defeated by the army in May, a spokesman said.\n"
    quote = "The rebels were defeated by the army in May"
    accepted(statement(quote, subject="the army", predicate="defeated", object="The rebels"), text)
    accepted(statement(quote, subject="The rebels", predicate="were defeated by", object="the army"), text)
    assert refused(statement(quote, subject="The rebels", predicate="defeated", object="the army"), text) == "roles"


# ---------------------------------------------------------------- who says it


def said_by(name: str) -> Attribution:
    return Attribution(speaker=name, speaker_as_written=name)


def test_the_right_speaker_is_kept_with_its_place() -> None:
    claim = accepted(statement("We did not lose a single ship", attribution=said_by("Ingrid Solberg")))
    assert claim.attribution is not None
    assert claim.attribution.speaker is not None
    assert "Solberg" in claim.attribution.speaker
    start, end = claim.attribution.speaker_start, claim.attribution.speaker_end
    assert start is not None
    assert end is not None
    assert TEXT[start:end] == claim.attribution.speaker_as_written


def test_an_absent_speaker_is_refused() -> None:
    assert refused(statement("We did not lose a single ship", attribution=said_by("Lars Vik"))) == "speaker"


def test_a_wrong_speaker_is_refused() -> None:
    assert refused(statement("We did not lose a single ship", attribution=said_by("Olav Berg"))) == "speaker"
    assert refused(statement("the ministry had ignored warnings", attribution=said_by("Ingrid Solberg"))) == "speaker"


def test_words_with_a_speaker_are_never_the_articles_own() -> None:
    claim = accepted(statement("We did not lose a single ship"))
    assert claim.attribution is not None


# ---------------------------------------------------------------- the wording


def test_a_pronoun_may_become_the_name_it_stands_for() -> None:
    claim = accepted(statement("He spoke in Westhaven", text="Karl Moen spoke in Westhaven"))
    assert claim.text == "Karl Moen spoke in Westhaven"


def test_a_name_with_a_figure_in_it_brings_no_figure_that_the_quote_has_not() -> None:
    told = document("The Falcon 9 Society met in Westhaven. It opened a museum, said its head, Karl Moen.")
    draft = Draft(quote="It opened a museum", kind=ClaimKind.EVENT, text="The Falcon 9 Society opened a museum")
    claim = ground(told, draft, run_id="r")
    assert isinstance(claim, Claim)
    assert claim.text == "It opened a museum"


def test_any_other_rewrite_falls_back_to_the_quote() -> None:
    claim = accepted(
        statement("Solberg criticised Berg after the meeting", text="Solberg praised Berg after the meeting")
    )
    assert claim.text == "Solberg criticised Berg after the meeting"
    claim = accepted(
        statement("Solberg criticised Berg after the meeting", text="Berg criticised Solberg after the meeting")
    )
    assert claim.text == "Solberg criticised Berg after the meeting"


# ---------------------------------------------------------------- layout and identity


def test_a_headline_or_caption_states_nothing() -> None:
    assert refused(statement("port reopens after storm")) == "not_body"


def test_the_id_depends_on_what_is_said_not_on_the_run() -> None:
    draft = statement("repairs would cost $1.5m", kind=ClaimKind.QUANTITY, quantity=figure("$1.5m"))
    one = ground(document(), draft, run_id="r1")
    two = ground(document(), draft, run_id="r2")
    assert isinstance(one, Claim)
    assert isinstance(two, Claim)
    assert one.id == two.id
    other = accepted(statement("He spoke in Westhaven"))
    assert other.id != one.id


# ---------------------------------------------------------------- properties

_PIECES = st.sampled_from(
    ["More than 12 percent", "twelve ships", "did not", "Anna Lie", "“said”", "on Monday", "—", "\u200b", "e\u0301",
     "\n\n", " ", ". ",
     "$3.5bn", "denied that", "the minister", "\u00a0", "İ", "ß", "\ud800", "\u202e"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_PIECES, min_size=1, max_size=40), st.data())
def test_every_accepted_quote_is_a_piece_of_the_document(pieces: list[str], data: Any) -> None:
    text = "".join(piece + " " for piece in pieces) + "they agreed on Friday to pay 40 crowns."
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = unicodedata.normalize("NFC", text[start:end]).replace("“", '"').replace("—", "-")
    result = ground(document(text), statement(quote), run_id="r")
    if isinstance(result, Claim):
        assert text[result.start : result.end] == result.quote
        assert result.quote.strip()


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_normalise_keeps_the_way_back(text: str) -> None:
    normal = normalise(text)
    assert len(normal.text) == len(normal.starts) == len(normal.ends)
    for start, end in zip(normal.starts, normal.ends, strict=True):
        assert 0 <= start < end <= len(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab 12.,\n“é", min_size=1, max_size=60), st.data())
def test_a_piece_of_whole_words_is_found_where_it_stands(text: str, data: Any) -> None:
    words = text.split()
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    spans = locate(text, word)
    for span in spans:
        assert text[span.start : span.end]


def test_a_money_claim_of_kind_quantity_keeps_its_kind() -> None:
    claim = accepted(statement("repairs would cost $1.5m", kind=ClaimKind.QUANTITY, quantity=figure("$1.5m")))
    assert claim.quantity is not None
    assert claim.quantity.kind is QuantityKind.MONEY


@given(st.lists(st.lists(st.integers(0, 40), min_size=2, max_size=6, unique=True), max_size=12), st.data())
def test_who_says_a_place_is_found_as_by_looking_at_every_content(bounds: list[list[int]], data: Any) -> None:
    said = []
    for ends in bounds:
        parts = [Span(*pair) for pair in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)]
        said.append(
            Attribution(
                speaker="A",
                content_start=parts[0].start,
                content_end=parts[-1].end,
                content_parts=tuple(parts) if len(parts) > 1 else (),
            )
        )
    seen = DocumentView("x" * 41, None, None)
    seen.__dict__["attributions"] = said
    start = data.draw(st.integers(0, 39))
    end = data.draw(st.integers(start + 1, 40))
    found = seen.attributions_of(start, end)
    wanted = [a for a in said if (a.content_start or 0) < end and (a.content_end or 0) > start]
    assert sorted(map(repr, found)) == sorted(map(repr, wanted))
    for one in said:
        spans = one.content_parts or (Span(one.content_start or 0, one.content_end or 0),)
        assert seen.holds(one, start, end) == any(s <= start and end <= e for s, e in spans)
