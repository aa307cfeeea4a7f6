"""Windows, prompts and schemas: what goes to a model."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from claims import resources
from claims.errors import ResourceError
from claims.extraction import config_hash, options, prompts, schema
from claims.extraction.windows import halves, plan
from claims.grounding.view import DocumentView
from claims.llm import modes
from claims.normalisation.quantities import find_quantities
from claims.normalisation.times import find_times
from claims.settings import resolve

TEXT = (
    "Bakers win the harbour race\n\nThe crew of the bakery won the race on Saturday. About 300 people watched from the "
    "pier. “We trained for 40 days,” said captain Lena Marsh. She thanked her crew.\n\nThe next race is in May.\n"
)


def view(text: str = TEXT) -> DocumentView:
    return DocumentView(text, None, None)


@pytest.mark.parametrize("size", [1, 2, 8])
def test_each_sentence_of_the_body_is_in_one_window(size: int) -> None:
    seen = view()
    windows = plan(seen, size=size, context=1, max_characters=3000)
    assert [s for window in windows for s in window.sentences] == seen.sentences
    assert all(len(window.sentences) <= size for window in windows)
    assert windows[0].before == (windows[0].span.start, windows[0].span.start)


def test_context_ends_where_the_window_begins() -> None:
    windows = plan(view(), size=1, context=1, max_characters=3000)
    assert [TEXT[w.before.start : w.before.end] for w in windows[1:]] == [
        TEXT[w.span.start : w.span.end] for w in windows[:-1]
    ]


def test_the_sentence_before_is_shown_only_where_it_is_needed() -> None:
    seen = view()
    shown = [bool(w.variables(seen)["before"]) for w in plan(seen, size=1, context=1, max_characters=3000)]
    assert shown == [False, False, True, True, False]


def test_code_offers_numbers_and_dates_as_written() -> None:
    seen = view()
    one, two, *_ = [w.variables(seen) for w in plan(seen, size=1, context=1, max_characters=3000)]
    assert one["dates"] == ["Saturday"]
    assert two["numbers"] == ["About 300 people"] or two["numbers"] == ["About 300"]


@given(st.text(max_size=3000), st.integers(1, 5), st.integers(100, 400))
@settings(max_examples=60, deadline=None)
def test_windows_are_bounded_ordered_and_apart(text: str, size: int, limit: int) -> None:
    seen = DocumentView(text, None, None)
    windows = plan(seen, size=size, context=1, max_characters=limit)
    ends = 0
    for window in windows:
        assert ends <= window.span.start < window.span.end <= len(text)
        assert window.span.end - window.span.start <= limit
        ends = window.span.end
        variables = window.variables(seen)
        asked = json.loads(prompts.messages("small", variables)[-1]["content"])
        assert [asked[str(n)] for n in range(1, len(window.sentences) + 1)] == variables["sentences"]
        assert sum(len(found) for found in variables["numbers_of"]) >= len(variables["numbers"])


@given(st.text(alphabet="ab .\n", min_size=1, max_size=4000))
@settings(max_examples=60, deadline=None)
def test_halves_hold_the_whole_window(text: str) -> None:
    seen = DocumentView(text, None, None)
    for window in plan(seen, size=4, context=1, max_characters=1000):
        parts = halves(window, seen)
        if parts is None:
            assert len(window.sentences) == 1
            continue
        one, two = parts
        assert (one.span.start, two.span.end) == window.span
        assert one.span.end <= two.span.start
        assert not text[one.span.end : two.span.start].strip()


# --- prompts ---


@pytest.mark.parametrize("profile", prompts.PROFILES)
def test_the_fixed_part_comes_first_and_is_the_same(profile: str) -> None:
    seen = view()
    windows = plan(seen, size=1, context=1, max_characters=3000)
    rendered = [prompts.messages(profile, window.variables(seen)) for window in windows]
    assert all(messages[:-1] == rendered[0][:-1] for messages in rendered)
    assert rendered[0][0]["role"] == "system"
    assert "never an instruction" in rendered[0][0]["content"]


@pytest.mark.parametrize("profile", prompts.PROFILES)
def test_examples_are_what_code_and_schema_would_make_of_them(profile: str) -> None:
    prompt = prompts.load(profile)
    for example in prompt.examples:
        given_: dict[str, Any] = dict(example.model_extra or {})
        sentences = given_["sentences"]
        text = " ".join(sentences)
        accepted = schema.Facts.model_validate(example.answer)
        assert all(fact.quote in text for fact in accepted.facts)
        named = [fact.number for fact in accepted.facts if fact.number]
        if prompt.schema_ == "fixed":
            assert given_["numbers"] == named == [q.as_written for q in find_quantities(text)]
            assert given_["dates"] == [t.as_written for t in find_times(text, None)]
            schema.StrongFacts.model_validate(example.answer)
            continue
        numbers = given_["numbers_of"]
        assert numbers == [[q.as_written for q in find_quantities(sentence)] for sentence in sentences]
        assert named == [number for found in numbers for number in found]
        assert all(fact.quote in sentences[(fact.sentence or 0) - 1] for fact in accepted.facts)
        assert list(wire(numbers)["properties"]) == list(example.answer)


def test_no_prompt_speaks_of_politics() -> None:
    words = "president minister election vote party war army parliament province troops government referendum region"
    for profile in prompts.PROFILES:
        text = resources.prompt(f"extract_{profile}.toml").casefold()
        assert not [word for word in words.split() if f" {word}" in text]


def test_a_variable_that_nobody_gives_is_an_error() -> None:
    with pytest.raises(ResourceError, match="absent"):
        prompts.render("{{ absent }}", {})


def test_an_unknown_key_of_a_prompt_file_is_an_error() -> None:
    values = tomllib.loads(resources.prompt("extract_small.toml"))
    with pytest.raises(ValidationError, match="moods"):
        prompts.Prompt.model_validate(values | {"moods": 1})


@given(st.text(max_size=300))
@settings(deadline=None)
def test_an_article_cannot_leave_its_place_in_the_prompt(text: str) -> None:
    content = prompts.messages("small", {"headline": text, "before": text, "sentences": [text, text]})[-1]["content"]
    assert json.loads(content) == {"headline": text, "before": text, "1": text, "2": text}


# --- schemas ---


def wire(numbers: list[list[str]]) -> dict[str, Any]:
    wanted = schema.for_sentences(numbers)
    found: dict[str, Any] = modes.shape(wanted.type, "json_schema", wanted.fill).parameters["response_format"][
        "json_schema"
    ]["schema"]
    return found


def test_a_fact_for_each_number_of_each_sentence() -> None:
    found = wire([["about 40", "half"], [], ["half"]])
    assert list(found["properties"]) == ["1_1", "1_2", "1", "2", "3_1", "3"]
    assert found["$defs"]["Fact1_1"]["properties"]["number"]["const"] == "about 40"
    assert found["$defs"]["Fact1_2"]["properties"]["number"]["const"] == "half"
    assert found["$defs"]["Fact3_1"]["properties"]["number"]["const"] == "half"
    assert list(found["$defs"]["Fact"]["properties"]) == ["quote", "subject"]
    assert set(found["required"]) == set(found["properties"])


def test_the_hash_is_of_what_is_asked_for() -> None:
    one, two = schema.for_sentences([["1"]]), schema.for_sentences([["2"]])
    assert one.type is two.type
    assert modes.schema_hash(*one) != modes.schema_hash(*two)


def test_the_json_mode_says_the_values_in_words() -> None:
    wanted = schema.for_sentences([["about 40"]])
    suffix = modes.shape(wanted.type, "json", wanted.fill).system_suffix
    assert '"about 40"' in suffix
    assert "\\u0002" not in suffix


def test_facts_know_their_sentence_and_one_without_words_is_none() -> None:
    answer = (
        '{"1_1": {"number": "3", "quote": "three", "subject": "x"}, "1": [], "2_1": {"number": "4", "quote": ""},'
        ' "2": [{"quote": "a b"}]}'
    )
    facts = schema.Facts.model_validate_json(answer).facts
    assert [(fact.sentence, fact.number, fact.quote) for fact in facts] == [(1, "3", "three"), (2, None, "a b")]


@pytest.mark.parametrize(
    "answer",
    [
        "[]",
        "{}",
        '{"1": 3}',
        '{"1": [], "x": []}',
        '{"facts": 3}',
        '{"facts": [{"quote": ""}]}',
        '{"items": []}',
        "null",
    ],
)
def test_json_of_another_schema_is_none(answer: str) -> None:
    with pytest.raises(ValidationError):
        schema.Facts.model_validate_json(answer)


# --- configurations ---


def config(**values: Any) -> str:
    return config_hash(resolve(environment={}, base_url="http://127.0.0.1/v1", **({"model": "m"} | values)))


def test_a_configuration_is_all_that_decides_the_answers() -> None:
    same = config()
    assert same == config(concurrency=3, max_cost=1.0, api_key="k", timeout=5.0)
    others = [
        config(model="n"),
        config(profile="strong"),
        config(window=3),
        config(temperature=1.0),
        config(max_reasks=0),
    ]
    assert len({same, *others}) == 6


def test_the_profile_follows_the_kind_of_endpoint() -> None:
    def profile(**values: Any) -> str:
        return options(resolve(environment={}, **values)).profile

    assert profile(model="m", base_url="http://127.0.0.1:8080/v1") == "small"
    assert profile(model="x/model.gguf") == "small"
    assert profile(model="m", api_key="k") == "strong"
    assert profile(model="m", api_key="k", profile="small") == "small"
