"""What a run with a model would take, from the prompts that it would send. Nothing is sent, nothing is stored."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from claims.documents import Reading, read
from claims.extraction import options as options_of
from claims.extraction import prompts as templates
from claims.extraction.windows import plan
from claims.grounding.view import view
from claims.llm import Usage, price
from claims.store import read_parquet

if TYPE_CHECKING:
    from claims.settings import Settings
    from claims.store import Store

# Rules of thumb, said to be such wherever the figures are shown: English prose in current tokenizers, and the JSON of
# the facts of one sentence.
CHARACTERS_PER_TOKEN = 4.0
ANSWER_TOKENS_PER_SENTENCE = 120


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
    options = options_of(settings)
    prompt = templates.load(options.profile)
    found, reading, seen = Estimate(), Reading(), set()
    characters = sentences = 0
    for document in read(paths, reading, parquet=read_parquet):
        if document.id in seen:
            continue
        seen.add(document.id)
        found.documents += 1
        if store is not None and not store.extractions.pending(options.config, [document.id]):
            found.done += 1
            continue
        finished = store.windows.done(options.config, [document.id]) if store is not None else {}
        text = view(document)
        windows = plan(
            text,
            size=options.window or prompt.window,
            context=prompt.context,
            max_characters=prompt.max_characters,
        )
        for window in windows:
            if window.span in finished.get(document.id, ()):
                continue
            found.calls += 1
            sentences += len(window.sentences)
            messages = templates.messages(options.profile, window.variables(text))
            characters += sum(len(message["content"]) for message in messages)
    found.prompt_tokens = round(characters / CHARACTERS_PER_TOKEN)
    found.completion_tokens = min(sentences * ANSWER_TOKENS_PER_SENTENCE, found.calls * options.max_output_tokens)
    known = price(settings)
    if known is not None:
        found.cost = known.cost(Usage(prompt=found.prompt_tokens, completion=found.completion_tokens))
    found.problems = reading.problems
    return found
