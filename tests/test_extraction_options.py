"""Estimates before a run, and attributes of the user's own."""

from __future__ import annotations

import asyncio
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from servers import FaultyServer, Request

from claims.errors import SettingsError
from claims.extraction import Kept, WindowResult, extract, options, schema
from claims.extraction.estimate import estimate
from claims.extraction.extension import load
from claims.llm import Client
from claims.models import Document, Span
from claims.settings import resolve

TEXT = "Notes\n\nThe bakery sold 40 loaves on Friday. It closed early.\n"
DECLARED = """
[sector]
description = "The branch of trade"
values = ["baking", "fishing"]

[doubtful]
description = "Whether the article casts doubt on it"
type = "boolean"
"""


def document(number: int = 0) -> Document:
    return Document(id=f"d{number}", path=f"{number}.txt", text=TEXT)


def test_an_estimate_counts_what_would_be_sent() -> None:
    settings = resolve(
        environment={}, model="m", base_url="http://127.0.0.1/v1", profile="small", price_input=1.0, price_output=10.0
    )
    found = estimate((document(n) for n in range(3)), settings)
    assert (found.documents, found.calls) == (3, 3)
    assert 3 * 300 < found.prompt_tokens < 3 * 2000
    assert found.cost == pytest.approx((found.prompt_tokens + 10 * found.completion_tokens) / 1e6)
    first = Span(TEXT.index("The"), TEXT.index(" It"))
    assert estimate([document()], settings, done=lambda _: {first}).calls == 1


def test_an_unknown_price_is_none_and_not_nothing() -> None:
    settings = resolve(environment={}, model="no-such-model", base_url="http://127.0.0.1/v1")
    assert estimate([document()], settings).cost is None


@pytest.fixture
def extension(tmp_path: Path) -> Path:
    path = tmp_path / "own.toml"
    path.write_text(DECLARED)
    return path


@pytest.mark.parametrize("profile", ["small", "strong"])
def test_attributes_of_ones_own_are_asked_for_typed_and_kept(profile: str, extension: Path) -> None:
    def respond(request: Request) -> str:
        shown = json.dumps(request.body)
        assert "The branch of trade" in shown
        fact: dict[str, Any] = {"quote": "The bakery sold 40 loaves on Friday", "subject": "The bakery"}
        fact |= {"predicate": "sold", "speaker": "", "attributes": {"sector": "baking", "doubtful": None}}
        return json.dumps({"facts": [fact] if "40 loaves" in request.body["messages"][-1]["content"] else []})

    async def run(server: FaultyServer) -> list[WindowResult]:
        settings = resolve(
            environment={}, model="m", base_url=server.url, profile=profile, extension=extension, max_reasks=0
        )
        keeper = Kept()
        async with Client(settings, ledger=keeper) as client:
            return [r async for r in extract([document()], client, options(settings), keeper)]

    with FaultyServer(respond) as server:
        results = asyncio.run(run(server))
    (claim,) = [claim for result in results for claim in result.claims]
    assert claim.attributes == {"sector": "baking"}


def test_an_extension_makes_another_configuration(extension: Path) -> None:
    plain = resolve(environment={}, model="m", base_url="http://127.0.0.1/v1")
    own = plain.model_copy(update={"extension": extension})
    assert options(plain).config != options(own).config


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[sector]\n", "sector.description"),
        ("[Sector]\ndescription = 'x'\n", "Sector"),
        ("[a]\ndescription = 'x'\ntype = 'list'\n", "a.type"),
        ("[a]\ndescription = 'x'\nmore = 1\n", "a.more"),
        ("", "no attribute"),
        ("[a", "cannot be read"),
    ],
)
def test_a_wrong_extension_is_named(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text)
    with pytest.raises(SettingsError) as caught:
        load(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_hash_of_what_is_asked_is_that_of_the_types() -> None:
    shapes: list[type[BaseModel]] = [schema.Facts, schema.StrongFacts, schema.for_sentences([["1"]]).type]
    text = json.dumps([shape.model_json_schema() for shape in shapes], sort_keys=True)
    assert (
        options(resolve(environment={}, model="m", base_url="http://127.0.0.1:9/v1")).schema_hash
        == hashlib.sha256(text.encode()).hexdigest()[:16]
    )
