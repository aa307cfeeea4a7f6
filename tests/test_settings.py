"""Settings: where they come from, and that keys stay hidden."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from claims.errors import SettingsError
from claims.settings import BUILTIN, Settings, resolve

KEY = "sk-planted-0123456789abcdef"


def test_flags_come_before_the_environment_before_dotenv_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_text(
        'model = "of-file"\nbase_url = "http://file/v1"\nconcurrency = 1\nwindow = 2\n'
    )
    (tmp_path / ".env").write_text("CLAIMS_MODEL=of-dotenv\nOPENAI_BASE_URL=http://dotenv/v1\nCLAIMS_CONCURRENCY=3\n")
    environment = {"CLAIMS_MODEL": "of-environment", "OPENAI_BASE_URL": "http://environment/v1"}
    found = resolve(environment=environment, folder=tmp_path, model="of-flag")
    assert (found.model, found.base_url, found.concurrency, found.window) == (
        "of-flag",
        "http://environment/v1",
        3,
        2,
    )


def test_without_a_model_the_builtin_extractor_is_used_and_that_is_said() -> None:
    found = resolve(environment={"OPENAI_API_KEY": KEY})
    assert found.model == BUILTIN
    assert not found.uses_model
    assert "built-in" in str(found.notice())
    assert resolve(environment={}, model="m", api_key=KEY).notice() is None


def test_empty_values_of_the_environment_are_none() -> None:
    assert resolve(environment={"CLAIMS_MODEL": "", "OPENAI_BASE_URL": ""}).model == BUILTIN


def test_the_name_of_this_program_comes_before_the_common_one() -> None:
    found = resolve(environment={"OPENAI_BASE_URL": "http://a/v1", "CLAIMS_BASE_URL": "http://b/v1"})
    assert found.base_url == "http://b/v1"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"model": "m"}, "OPENAI_API_KEY"),
        ({"model": "m", "base_url": "ftp://x"}, "base_url"),
        ({"concurrency": 0}, "concurrency"),
        ({"profile": "huge"}, "profile"),
        ({"windows": 3}, "windows"),
        ({"temperature": "warm"}, "temperature"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(values: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError, match=said) as caught:
        resolve(environment={}, **values)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_toml(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_text("model = ")
    with pytest.raises(SettingsError, match=r"claims\.toml"):
        resolve(environment={}, folder=tmp_path)


def test_a_key_does_not_belong_into_the_file(tmp_path: Path) -> None:
    (tmp_path / "claims.toml").write_text(f'api_key = "{KEY}"\n')
    with pytest.raises(SettingsError) as caught:
        resolve(environment={}, folder=tmp_path)
    assert KEY not in str(caught.value)


def test_the_key_is_never_shown() -> None:
    found = resolve(environment={"OPENAI_API_KEY": KEY}, model="m")
    shown = f"{found!r} {found} {found.model_dump()} {found.model_dump_json()} {found.notice()}"
    assert KEY not in shown
    assert found.api_key is not None
    assert found.api_key.get_secret_value() == KEY


_NUMBERS = [n for n, f in Settings.model_fields.items() if not re.search("str|Str|Path|Any", str(f.annotation))]


@given(st.sampled_from([*_NUMBERS, "profile"]))
def test_no_complaint_repeats_a_value(name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        resolve(environment={f"CLAIMS_{name.upper()}": KEY, "OPENAI_API_KEY": "k"}, model="m")
    assert name in str(caught.value)
    assert KEY not in str(caught.value)


def test_passwords_of_an_address_are_not_shown() -> None:
    found = resolve(environment={}, model="m", base_url="https://me:secret@host:8000/v1?token=abc")
    assert found.endpoint == "https://host:8000/v1"


def test_settings_are_frozen() -> None:
    found = resolve(environment={})
    with pytest.raises(ValidationError):
        found.model = "other"  # type: ignore[misc, unused-ignore]


def test_a_model_file_is_local() -> None:
    assert resolve(environment={}, model="x/Some-Model.GGUF").local_model == Path("x/Some-Model.GGUF")
    assert resolve(environment={}, model="m", api_key="k").local_model is None
