"""`claims` in processes of its own, started by a fork from one that has imported everything: a start costs little."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["claims.cli.app", "claims.pipeline.model", "claims.store", "claims.documents", "claims.alignment", "genai_prices",
     "openai.resources.chat.completions", "instructor.v2.providers.openai", "claims.extraction.run",
     "claims.pipeline.aligning"]
)  # fmt: skip


def start(arguments: Sequence[str | Path], output: Path) -> BaseProcess:
    """`claims` with `arguments`, as on a command line; what it prints goes to `output`."""
    process = _CONTEXT.Process(target=_run, args=([str(a) for a in arguments], str(output)))
    process.start()
    return process


def finish(arguments: Sequence[str | Path], output: Path, seconds: float = 120) -> int:
    """The exit code of `claims` with `arguments`."""
    process = start(arguments, output)
    process.join(seconds)
    if process.is_alive():
        process.kill()
        process.join()
        raise TimeoutError(f"claims did not end in {seconds} s: {output.read_text(encoding='utf-8')}")
    assert process.exitcode is not None
    return process.exitcode


def _run(arguments: list[str], output: str) -> None:
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w", buffering=1), os.fdopen(2, "w", buffering=1)
    for name in [name for name in os.environ if name.startswith(("CLAIMS_", "OPENAI_"))]:
        del os.environ[name]
    os.environ["OPENAI_API_KEY"] = "none"
    sys.argv = ["claims", *arguments]
    from claims.cli import main

    main()
