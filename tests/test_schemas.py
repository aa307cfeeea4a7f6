"""`schemas/` holds what the code's types say."""

from __future__ import annotations

import importlib.util
import json
from typing import Any

from conftest import ROOT

from claims import resources


def generator() -> Any:
    spec = importlib.util.spec_from_file_location("docs_schemas", ROOT / "docs" / "schemas.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_schema_has_drifted() -> None:
    assert generator().drifted() == [], "run `make docs`"


def test_schemas_ship_with_the_package() -> None:
    assert json.loads(resources.schema("claim.json"))["title"] == "Claim"


def test_schemas_asked_of_a_model_are_strict() -> None:
    """What OpenAI's strict mode wants: no other property than those named, and each of them required."""
    for name in ("answer_strong.json", "answer_small_example.json", "answer_adjudicate.json"):
        found = json.loads(resources.schema(name))
        for node in [found, *found.get("$defs", {}).values()]:
            if node.get("type") == "object":
                assert node["additionalProperties"] is False
                assert sorted(node["required"]) == sorted(node["properties"])
