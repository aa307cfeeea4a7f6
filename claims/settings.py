"""Options resolved once into one frozen object: flags, then the environment, then `.env`, then `claims.toml`.

Every field may be given as `CLAIMS_<FIELD>` in the environment or `.env`, and under its own name in `claims.toml`.
The key and the address of the endpoint also answer to the names that the OpenAI client uses: `OPENAI_API_KEY`,
`OPENAI_BASE_URL`. The key is never shown: it is a `SecretStr`, and no message repeats a value of the environment.
"""

from __future__ import annotations

import os
import tomllib
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from dotenv import dotenv_values
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from claims.errors import SettingsError

BUILTIN = "builtin"

_ALIASES = {"api_key": "OPENAI_API_KEY", "base_url": "OPENAI_BASE_URL"}


class Settings(BaseModel):
    """What one execution is to do with which endpoint. Times are in seconds, money in US dollars."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    db: Path = Path("claims.duckdb")
    model: str = BUILTIN  # "builtin", a model's name, or the path of a .gguf file
    base_url: str | None = None
    api_key: SecretStr | None = None

    profile: str | None = None  # "small" or "strong"; None: by the kind of endpoint
    window: int | None = Field(default=None, ge=1, le=200)  # sentences per call; None: as the profile says
    extension: Path | None = None  # file that declares attributes of the user's own
    max_reasks: int = Field(default=1, ge=0, le=5)  # rounds of asking again for rejected claims, per window
    temperature: float | None = Field(default=0.0, ge=0.0, le=2.0)  # None: the endpoint's own default
    max_output_tokens: int | None = Field(default=None, ge=16)  # per call; None: as the profile says

    jobs: int | None = Field(default=None, ge=1, le=256)  # processes of the built-in extractor; None: by the work
    concurrency: int = Field(default=8, ge=1, le=1024)  # calls in flight
    requests_per_minute: float | None = Field(default=None, gt=0)
    tokens_per_minute: float | None = Field(default=None, gt=0)
    timeout: float = Field(default=120.0, gt=0)
    max_attempts: int = Field(default=5, ge=1)  # of one request, rate-limit answers not counted
    backoff: float = Field(default=0.5, ge=0)  # first wait after a failure; doubles, with jitter
    max_backoff: float = Field(default=60.0, ge=0)
    give_up_after: float = Field(default=30.0, ge=0)  # of nothing but failures

    adjudicate: bool | None = None  # a second reader judges undecided pairs; None: as it last was in the store
    second_reader: str | None = None  # the model that judges; None: `model`
    max_adjudications: int = Field(default=50, ge=0)  # pairs that are put to it

    max_cost: float | None = Field(default=None, ge=0)
    max_tokens: int | None = Field(default=None, ge=0)  # prompt and completion, of the whole run
    price_input: float | None = Field(default=None, ge=0)  # per million tokens; None: from genai-prices
    price_cached: float | None = Field(default=None, ge=0)
    price_output: float | None = Field(default=None, ge=0)

    @property
    def uses_model(self) -> bool:
        """Whether a language model extracts, and not the built-in extractor."""
        return self.model != BUILTIN

    @property
    def local_model(self) -> Path | None:
        """The file to serve in this process's care, if `model` names one."""
        return Path(self.model) if self.model.lower().endswith(".gguf") else None

    def for_second_reader(self) -> Settings:
        """These settings with the second reader as `model`. Raises SettingsError where no model is set."""
        model = self.second_reader or self.model
        if model == BUILTIN:
            raise SettingsError(
                "--adjudicate needs a model: set --second-reader, or --model (which then extracts as well)"
            )
        return _checked(self.model_copy(update={"model": model}))

    @property
    def endpoint(self) -> str:
        """The address for people and logs: without a user name or a password."""
        if self.base_url is None:
            return "the OpenAI API"
        parts = urlsplit(self.base_url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))

    def scrubbed(self, text: str) -> str:
        """`text` without the key and without the password of the address, which some endpoints repeat."""
        parts = urlsplit(self.base_url or "")
        login = parts.netloc.rpartition("@")[0]
        sent = b64encode(unquote(login).encode()).decode()  # as the header of Basic authorization holds it
        key = self.api_key.get_secret_value() if self.api_key else ""
        # The longest first: what holds another goes as a whole.
        for secret, shown in ((sent, "[login]"), (login, "[login]"), (parts.password, "[password]"), (key, "[key]")):
            text = text.replace(secret, shown) if secret else text
        return text

    def notice(self) -> str | None:
        """One line on a default that a person may not expect, or None."""
        if self.uses_model:
            return None
        return "no model is set: using the built-in extractor (set --model, or CLAIMS_MODEL, to use a language model)"


def _from_environment(values: Mapping[str, str | None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in Settings.model_fields:
        for key in (f"CLAIMS_{name.upper()}", _ALIASES.get(name, "")):
            if value := values.get(key):
                found[name] = value
                break
    return found


def _from_file(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            found = tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as settings: {error}; correct it or remove it") from error
    if "api_key" in found:
        raise SettingsError(f"{path} holds a key; keep it in the environment or in .env as OPENAI_API_KEY")
    return found


def resolve(
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    **flags: Any,
) -> Settings:
    """Settings from `flags` (None is "not given"), the environment, and `.env` and `claims.toml` of `folder`.

    Raises SettingsError with one line that names the option and never its value, as that may be a key.
    """
    folder = Path() if folder is None else folder
    environment = os.environ if environment is None else environment
    values = _from_file(folder / "claims.toml")
    dotenv = folder / ".env"
    if dotenv.is_file():
        try:
            values |= _from_environment(dotenv_values(dotenv, interpolate=False))
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{dotenv} cannot be read: {error}; correct it or remove it") from error
    values |= _from_environment(environment)
    values |= {name: value for name, value in flags.items() if value is not None}
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"]) or "settings"
        raise SettingsError(f"setting {name}: {first['msg']}; see `claims run --help`") from None
    return _checked(settings)


def _checked(settings: Settings) -> Settings:
    if settings.profile not in (None, "small", "strong"):
        raise SettingsError("setting profile: no such profile; give small or strong")
    if not settings.uses_model or settings.local_model is not None:
        return settings
    if settings.base_url is None and settings.api_key is None:
        raise SettingsError(
            f"model {settings.model} needs an endpoint: set OPENAI_API_KEY, or --base-url for a server of your own"
        )
    if settings.base_url is not None and urlsplit(settings.base_url).scheme not in ("http", "https"):
        raise SettingsError("setting base_url: not an http or https address; give it as http://host:port/v1")
    return settings
