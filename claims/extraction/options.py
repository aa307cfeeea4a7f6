"""What decides the answers: model, prompt, schema and parameters, and one hash of it all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from claims import resources
from claims.extraction import prompts, schema
from claims.extraction.extension import Extension
from claims.extraction.extension import load as load_extension
from claims.llm import Message
from claims.settings import Settings


@dataclass(frozen=True, slots=True)
class Options:
    """How a model extracts. Make it with `options`."""

    model: str
    profile: str
    window: int | None
    max_output_tokens: int
    max_reasks: int
    temperature: float | None
    prompt_hash: str
    schema_hash: str
    config: str
    extension: Extension | None = None

    def wanted(self, variables: Mapping[str, Any]) -> schema.Wanted:
        """What the endpoint is asked to give for a window with these variables."""
        own = self.extension.type if self.extension else None
        if self.by_sentences:
            return schema.for_sentences(variables["numbers_of"], own)
        return schema.fixed(own)

    @property
    def by_sentences(self) -> bool:
        """Whether an answer gives the facts of each sentence under its number."""
        return prompts.load(self.profile).schema_ == "sentences"

    @property
    def accepted(self) -> type[schema.Facts]:
        """What is accepted as an answer."""
        return schema.accepted(self.extension.type if self.extension else None)

    def messages(self, variables: Mapping[str, Any]) -> list[Message]:
        """The first question about a window with these variables."""
        return prompts.messages(self.profile, variables, self.extension.instructions if self.extension else "")


def profile_of(settings: Settings) -> str:
    """The profile as set; else "small" for a model on this machine, "strong" for any other."""
    if settings.profile is not None:
        return settings.profile
    if settings.local_model is not None:
        return "small"
    host = urlsplit(settings.base_url or "").hostname or ""
    return "small" if host in ("localhost", "::1") or host.startswith("127.") else "strong"


def options(settings: Settings) -> Options:
    """The options that `settings` ask for. Raises ResourceError when the profile's prompt cannot be used."""
    profile = profile_of(settings)
    prompt = prompts.load(profile)
    model = settings.local_model.stem if settings.local_model else settings.model
    parts: dict[str, Any] = {
        "model": model,
        "profile": profile,
        "window": settings.window,
        "max_output_tokens": settings.max_output_tokens or prompt.max_output_tokens,
        "max_reasks": settings.max_reasks,
        "temperature": settings.temperature,
        "prompt_hash": prompts.digest(f"extract_{profile}.toml"),
        "schema_hash": _schema_hash(),
    }
    extension = load_extension(settings.extension) if settings.extension else None
    text = json.dumps(parts, sort_keys=True) + (extension.digest if extension else "")
    return Options(**parts, extension=extension, config=f"{profile}-{hashlib.sha256(text.encode()).hexdigest()[:12]}")


def config_hash(settings: Settings) -> str:
    """Names all that decides what a model gives: work done under the same hash is not done again."""
    return options(settings).config


@cache
def _schema_hash() -> str:
    # To make the first two from their types takes longer than to read them: schemas/ holds what the types give.
    fixed = [json.loads(resources.schema(name)) for name in ("answer_accepted.json", "answer_strong.json")]
    text = json.dumps([*fixed, schema.for_sentences([["1"]]).type.model_json_schema()], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
