"""What a run with a model would take, from the prompts that it would send. Nothing is sent, nothing is stored."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.documents import Reading, read
from claims.extraction import options as options_of
from claims.extraction.estimate import estimate as estimate_calls
from claims.models import Document, Span
from claims.store import read_parquet

if TYPE_CHECKING:
    from claims.settings import Settings
    from claims.store import Store


@dataclass
class Estimate:
    """Calls are exact but for those asked again; tokens are estimated; `cost` is None where no price is known."""

    documents: int = 0
    done: int = 0  # documents that are extracted already
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: float | None = None
    problems: list[str] = field(default_factory=list)


def estimate(paths: Iterable[str | os.PathLike[str]], settings: Settings, store: Store | None) -> Estimate:
    """The calls, tokens and US dollars that extracting `paths` would take, without what `store` has already."""
    config = options_of(settings).config
    found, reading, seen = Estimate(), Reading(), set()

    def pending() -> Iterator[Document]:
        for document in read(paths, reading, parquet=read_parquet):
            if document.id in seen:
                continue
            seen.add(document.id)
            found.documents += 1
            if store is not None and not store.extractions.pending(config, [document.id]):
                found.done += 1
            else:
                yield document

    def done(document_id: str) -> set[Span]:
        return store.windows.done(config, [document_id]).get(document_id, set()) if store is not None else set()

    calls = estimate_calls(pending(), settings, done=done)
    found.calls, found.cost = calls.calls, calls.cost
    found.prompt_tokens, found.completion_tokens = calls.prompt_tokens, calls.completion_tokens
    found.problems = reading.problems
    return found
