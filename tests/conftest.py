"""Shared fixtures: cassettes that a person can read, and no network but loopback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from hypothesis import settings

from claims.settings import Settings

settings.register_profile("untimed", deadline=None)  # a busy machine is no defect
settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
CASSETTES = ROOT / "cassettes"

_NOISE = {"created", "id", "system_fingerprint", "timings", "__verbose"}
"""Parts of an answer that differ each time and that nothing here reads."""


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class Readable:
    """Cassettes as YAML with parsed JSON bodies, and of the headers only the content type."""

    @staticmethod
    def serialize(cassette: dict[str, Any]) -> str:
        interactions = []
        for item in cassette["interactions"]:
            request, response = item["request"], item["response"]
            interactions.append(
                {
                    "request": {
                        "method": request["method"],
                        "path": "/" + request["uri"].split("://", 1)[-1].partition("/")[2],
                        "body": _parsed(request["body"]),
                    },
                    "response": {
                        "status": response["status"]["code"],
                        "body": _scrubbed(_parsed(response["body"].get("string"))),
                    },
                }
            )
        # Equal parts are written once and referred to: the prompt's static part, and most of each schema.
        content = _shared({"version": 1, "interactions": interactions}, {})
        return str(yaml.dump(content, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=120))

    @staticmethod
    def deserialize(text: str) -> dict[str, Any]:
        loaded = yaml.load(text, Loader=_LOADER)
        headers = {"content-type": ["application/json"]}
        return {
            "version": 1,
            "interactions": [
                {
                    "request": {
                        "method": item["request"]["method"],
                        "uri": "http://recorded" + item["request"]["path"],
                        "body": json.dumps(item["request"]["body"]),
                        "headers": headers,
                    },
                    "response": {
                        "status": {"code": item["response"]["status"], "message": ""},
                        "headers": headers,
                        "body": {"string": _text(item["response"]["body"])},
                    },
                }
                for item in loaded["interactions"]
            ],
        }


def _parsed(body: Any) -> Any:
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
    try:
        return json.loads(text)
    except (TypeError, ValueError):
        return text


def _shared(value: Any, seen: dict[str, Any]) -> Any:
    if not isinstance(value, dict | list):
        return value
    key = json.dumps(value)
    if len(key) < 60:
        return value
    if key not in seen:
        if isinstance(value, dict):
            seen[key] = {name: _shared(item, seen) for name, item in value.items()}
        else:
            seen[key] = [_shared(item, seen) for item in value]
    return seen[key]


def _body(request: Any) -> Any:
    """The parsed body, kept on the request: each recorded one is compared with each that is made."""
    if not hasattr(request, "parsed_body"):
        request.parsed_body = _parsed(request.body)
    return request.parsed_body


def same_body(one: Any, two: Any) -> None:
    """vcrpy's matcher of JSON bodies."""
    if _body(one) != _body(two):
        # Not by an assert: pytest would describe the difference of each pair, thousands of times.
        raise AssertionError("the request's body is another")


def _scrubbed(body: Any) -> Any:
    return {key: value for key, value in body.items() if key not in _NOISE} if isinstance(body, dict) else body


def _text(body: Any) -> str:
    if not isinstance(body, dict):
        return str(body)
    return json.dumps({"id": "recorded", "created": 0, **body})


def pytest_recording_configure(config: pytest.Config, vcr: Any) -> None:
    """Called by pytest-recording for each cassette. The name is also the ending of the files."""
    vcr.register_serializer("yaml", Readable)
    vcr.register_matcher("body", same_body)


@pytest.fixture(scope="session")
def vcr_config() -> dict[str, Any]:
    # The body is part of the match: a changed prompt must not replay as if nothing had happened. The host is not:
    # what was recorded against one server replays against any.
    return {
        "serializer": "yaml",
        "match_on": ["method", "path", "body"],
        "filter_headers": ["authorization", "cookie"],
        "allow_playback_repeats": True,
        "drop_unused_requests": True,
        "decode_compressed_response": True,
    }


@pytest.fixture(scope="module")
def vcr_cassette_dir(request: pytest.FixtureRequest) -> str:
    return str(CASSETTES / request.module.__name__.rpartition(".")[2])


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests do not see the endpoint, the key and the options that a person has set for daily use."""
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", *(f"CLAIMS_{field.upper()}" for field in Settings.model_fields)):
        monkeypatch.delenv(name, raising=False)
