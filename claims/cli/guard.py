"""The one place where errors become a line and an exit code."""

from __future__ import annotations

import functools
import logging
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import typer

from claims.errors import ClaimsError

if TYPE_CHECKING:
    from claims.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")

INTERRUPTED = 130


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """`command`, whose errors a person sees as one line on standard error, without a traceback."""

    @functools.wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            result = command(*args, **kwargs)
            sys.stdout.flush()
        except ClaimsError as error:
            say(f"claims: {error}")
            raise typer.Exit(error.exit_code) from error
        except BrokenPipeError as error:
            # The reader has gone (`claims list | head`). Python would complain again when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from error
        except KeyboardInterrupt as error:
            say("claims: stopped; what was done is kept: run the same command again to go on")
            raise typer.Exit(INTERRUPTED) from error
        return result

    return wrapper


def say(text: str) -> None:
    """One line for the person, on standard error, whatever the text holds."""
    from claims.report.characters import visible

    print(visible(text), file=sys.stderr)  # noqa: T201


class _Shown(logging.Formatter):
    """A record as one line without secrets: libraries log addresses, headers and tracebacks."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    def format(self, record: logging.LogRecord) -> str:
        from claims.report.characters import line

        error = f": {record.exc_info[1]!r}" if record.exc_info else ""
        text = f"{record.levelname} {record.name}: {record.getMessage()}{error}"
        return line(self._settings.scrubbed(text))


def set_up_logging(verbose: int, settings: Settings) -> None:
    """-v shows what the program does, -vv what its libraries do as well."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Shown(settings))
    logging.basicConfig(
        level={0: logging.WARNING, 1: logging.INFO}.get(verbose, logging.DEBUG), handlers=[handler], force=True
    )
    if verbose < 2:
        for name in ("httpx2", "httpcore2", "openai", "instructor", "trafilatura", "htmldate", "charset_normalizer"):
            logging.getLogger(name).setLevel(logging.ERROR)
