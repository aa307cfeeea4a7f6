"""What a small model on a real server says, as second reader, of one pair of the seeds: recorded, replayed offline."""

from __future__ import annotations

import asyncio
import json
import os

import pytest
from conftest import CASSETTES, SEEDS

from claims.alignment.adjudicate import Question, Reading, questions
from claims.alignment.align import align, aligners
from claims.api import read
from claims.llm import Client, Task
from claims.models import Claim, Document, RelationKind
from claims.pipeline import extract_document
from claims.pipeline.adjudicating import Judged, judge, second_reader
from claims.settings import Settings, resolve

RECORDED = CASSETTES / "test_second_reader_model" / "recorded_with.json"
RECORDING = "CLAIMS_RECORD_MODEL" in os.environ


def endpoint() -> Settings:
    """The model that the cassette holds; while recording, the one that the environment names, and it is noted."""
    if RECORDING:
        model, url = os.environ["CLAIMS_RECORD_MODEL"], os.environ["CLAIMS_RECORD_BASE_URL"]
        RECORDED.parent.mkdir(parents=True, exist_ok=True)
        RECORDED.write_text(json.dumps({"model": model}) + "\n", encoding="utf-8")
        key = os.environ.get("CLAIMS_RECORD_KEY", "local")
        return resolve(environment={}, second_reader=model, base_url=url, api_key=key, profile="small", timeout=600)
    model = json.loads(RECORDED.read_text(encoding="utf-8"))["model"]
    return resolve(environment={}, second_reader=model, base_url="http://127.0.0.1:9/v1", profile="small")


def articles() -> tuple[list[Claim], dict[str, Document]]:
    """The claims of the seeds, and the seeds."""
    documents = {document.id: document for document in read([SEEDS])}
    return [claim for document in documents.values() for claim in extract_document(document)[0]], documents


def refusal_then_order() -> Question:
    """The pair of the seeds in which a minister refuses to deploy, and later orders forces."""
    claims, documents = articles()
    (found,) = [
        question
        for question in questions(aligners(claims, documents))
        if question.slot == "statement"
        and "refused to deploy" in question.sides[0].statement
        and "ordered government forces" in question.sides[1].statement
    ]
    return found


def test_the_pair_is_a_question() -> None:
    question = refusal_then_order()
    assert question.sides[0].published == "2017-09-27"
    assert (question.sides[1].published or "") > "2017-10-16"


@pytest.mark.vcr
def test_a_refusal_then_an_order() -> None:
    reader = second_reader(endpoint())

    async def ask() -> Judged:
        async with Client(reader.settings) as client:
            return await judge(client, reader, refusal_then_order(), Task("adjudicate"))

    outcome = asyncio.run(ask())
    assert isinstance(outcome.reading, Reading), outcome
    # It takes both for one matter, and calls it a conflict; three weeks lie between them, so it is an update.
    assert (outcome.reading.same_fact, outcome.reading.relation) == ("yes", RelationKind.CONFLICT)
    found = articles()
    reading = outcome.reading
    facts = [f for f in align(*found, {(reading.a, reading.b, reading.slot): reading}) if f.slot == "statement"]
    assert [(fact.relation, fact.discrepancy) for fact in facts] == [(RelationKind.UPDATE, False)]
