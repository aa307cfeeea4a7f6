"""The options that decide how and with what is extracted, for every command that extracts."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

P = ParamSpec("P")
R = TypeVar("R")


def _option(kind: Any, name: str, help: str, **limits: Any) -> Any:
    return Annotated[kind | None, typer.Option(name, help=help, show_default=False, **limits)]


# {field of claims.settings.Settings: its option}
OPTIONS: dict[str, Any] = {
    "db": _option(Path, "--db", "The store, a DuckDB file. [env: CLAIMS_DB; default: claims.duckdb]"),
    "model": _option(
        str,
        "--model",
        "A model of an OpenAI-compatible endpoint, the path of a .gguf file, or builtin (no model). "
        "[env: CLAIMS_MODEL; default: builtin]",
    ),
    "base_url": _option(str, "--base-url", "Address of the endpoint. [env: OPENAI_BASE_URL]"),
    "jobs": _option(int, "--jobs", "Processes of the built-in extractor. [default: by the work]", min=1),
    "concurrency": _option(int, "--concurrency", "Calls to the model in flight. [default: 8]", min=1),
    "max_cost": _option(float, "--max-cost", "Stop before this many US dollars are spent.", min=0),
    "max_tokens": _option(int, "--max-tokens", "Stop before this many tokens are used.", min=0),
    "profile": _option(str, "--profile", "Prompts for a small or a strong model. [default: by the endpoint]"),
    "window": _option(int, "--window", "Sentences that one call extracts from. [default: by the profile]", min=1),
    "extension": _option(Path, "--extension", "A file that declares attributes of your own to extract."),
    "max_reasks": _option(
        int, "--max-reasks", "How often to ask again for claims that their text does not license. [default: 1]", min=0
    ),
    "max_output_tokens": _option(int, "--max-output-tokens", "Of one answer. [default: by the profile]", min=16),
    "temperature": _option(float, "--temperature", "Of the model. [default: 0]", min=0, max=2),
    "requests_per_minute": _option(float, "--requests-per-minute", "Never send more. [default: as the endpoint says]"),
    "tokens_per_minute": _option(float, "--tokens-per-minute", "Never use more. [default: as the endpoint says]"),
    "timeout": _option(float, "--timeout", "Seconds that one call may take. [default: 120]"),
    "max_attempts": _option(int, "--max-attempts", "Of one call, before it counts as failed. [default: 5]", min=1),
    "give_up_after": _option(
        float, "--give-up-after", "Seconds of nothing but failures after which the run ends. [default: 30]", min=0
    ),
    "price_input": _option(
        float, "--price-input", "US dollars for a million prompt tokens. [default: looked up]", min=0
    ),
    "price_cached": _option(
        float, "--price-cached", "US dollars for a million prompt tokens from the cache. [default: looked up]", min=0
    ),
    "price_output": _option(
        float, "--price-output", "US dollars for a million answer tokens. [default: looked up]", min=0
    ),
}


def with_settings(command: Callable[..., R]) -> Callable[..., R]:
    """`command` with the options above, which it gets resolved as its keyword argument `settings`."""
    own = inspect.signature(command)
    space = {**getattr(command, "__globals__", {})}
    parameters = [
        # Annotations are text here; those of the options proper stand in the command's module.
        parameter.replace(annotation=eval(parameter.annotation, space))
        for parameter in own.parameters.values()
        if parameter.name != "settings"
    ]
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation)
        for name, annotation in OPTIONS.items()
    ]

    @functools.wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> R:
        from claims.settings import resolve

        flags = {name: kwargs.pop(name, None) for name in OPTIONS}
        return command(*args, settings=resolve(**flags), **kwargs)

    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return wrapper
