"""The options that decide how and with what is extracted, for every command that extracts."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ParamSpec, TypeVar

import typer

if TYPE_CHECKING:
    from claims.settings import Settings

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


# Of the commands that align.
SECOND_READER: dict[str, Any] = {
    "adjudicate": _option(
        bool,
        "--adjudicate/--no-adjudicate",
        "Let a model, as second reader, judge pairs of claims that are not clearly one fact or two, and statements "
        "that seem to contradict each other. It never overrides arithmetic. What it said counts until --no-adjudicate. "
        "[default: as before]",
    ),
    "second_reader": _option(
        str,
        "--second-reader",
        "The model that judges, where it is not the one that extracts: --model may then be builtin. "
        "[env: CLAIMS_SECOND_READER; default: --model]",
    ),
    "max_adjudications": _option(
        int, "--max-adjudications", "Pairs that are put to it, the most promising first. [default: 50]", min=0
    ),
}
# What a second reader alone needs, where nothing is extracted.
_OF_CALLS = (
    *("db", "model", "base_url", "concurrency", "max_cost", "max_tokens", "profile", "max_reasks"),
    *("max_output_tokens", "temperature", "requests_per_minute", "tokens_per_minute", "timeout", "max_attempts"),
    *("give_up_after", "price_input", "price_cached", "price_output"),
)
ALIGNING: dict[str, Any] = {name: OPTIONS[name] for name in _OF_CALLS} | {
    "model": _option(str, "--model", "The second reader, as --second-reader. [env: CLAIMS_MODEL]"),
    **SECOND_READER,
}


def resolve_for_alignment(**flags: Any) -> Settings:
    """Settings of a command that extracts nothing: only a second reader needs a model with its endpoint."""
    from claims.settings import BUILTIN, resolve

    settings = resolve(**(flags | {"model": BUILTIN}))
    return resolve(**flags) if settings.adjudicate else settings


def with_settings(command: Callable[..., R]) -> Callable[..., R]:
    """`command` with the options above, which it gets resolved as its keyword argument `settings`."""
    return with_options(OPTIONS)(command)


def with_options(
    options: Mapping[str, Any], resolver: Callable[..., Settings] | None = None
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """`with_settings` for other options, or another way of resolving them."""
    return lambda command: _decorated(command, options, resolver)


def _decorated(
    command: Callable[..., R], options: Mapping[str, Any], resolver: Callable[..., Settings] | None
) -> Callable[..., R]:
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
        for name, annotation in options.items()
    ]

    @functools.wraps(command)
    def wrapper(*args: Any, **kwargs: Any) -> R:
        from claims.settings import resolve

        flags = {name: kwargs.pop(name, None) for name in options}
        return command(*args, settings=(resolver or resolve)(**flags), **kwargs)

    wrapper.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapper.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return wrapper
