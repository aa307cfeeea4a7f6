"""A model on this machine: llama.cpp's server for a .gguf file, on a loopback port, for as long as it is needed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.errors import MissingExtra, ModelUnavailable, SettingsError
from claims.settings import Settings

_CONTEXT = 8192  # tokens: the longest prompt of the small profile and its answer, with room
_THREADS = 2  # more wait for each other on machines that do other work as well


@contextlib.contextmanager
def serve(settings: Settings) -> Iterator[Settings]:
    """Settings under which the model file of `settings` is an endpoint like any other; the server ends with the block.

    The model goes by its file's stem: its path is nobody's business. Without a local model, `settings` unchanged.
    Raises MissingExtra, SettingsError when the file is not there, ModelUnavailable when llama.cpp cannot load it.
    """
    path = settings.local_model
    if path is None:
        yield settings
        return
    if not path.is_file():
        raise SettingsError(f"{path}: no such model file; give the path of a .gguf file to --model")
    server = _start(path)
    try:
        yield settings.model_copy(
            update={
                "base_url": f"{str(server.listening_address).rstrip('/')}/v1",
                # One slot serves one call at a time; a second call in flight hides the time between two.
                "concurrency": min(settings.concurrency, 2),
                "timeout": max(settings.timeout, 600.0),
            }
        )
    finally:
        # The server has no stop of its own: it ends with its last reference.
        del server


def _start(path: Path) -> Any:
    try:
        import xllamacpp  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError as error:
        raise MissingExtra(f"a model file needs llama.cpp: pip install 'claims[local]' to use {path}") from error
    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(path)
    parameters.model_alias = {path.stem}
    parameters.n_ctx = _CONTEXT
    parameters.n_parallel = 1
    parameters.cpuparams.n_threads = _THREADS
    parameters.verbosity = 1  # errors only: a person's terminal is not the server's log
    try:
        return xllamacpp.Server(parameters)
    except RuntimeError as error:
        raise ModelUnavailable(f"llama.cpp cannot serve {path}: {error}; is it a whole .gguf file?") from error
