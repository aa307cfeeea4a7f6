"""What a run through a model would take, from the prompts as they would be sent. No call is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from claims.extraction import prompts
from claims.extraction.options import options
from claims.extraction.windows import plan
from claims.grounding.view import DocumentView
from claims.llm import Usage, price
from claims.models import Document, Span
from claims.settings import Settings

_TOKENS_PER_BYTE = 0.25  # of English, by the tokenisers in use; prompts in JSON come to a little more
_ANSWER_TOKENS = {"small": 90, "strong": 130}
"""Per sentence. Small: the mean over the recorded answers of `cassettes/`; strong: its schema has more fields."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """Calls and tokens, re-asks not counted; `cost` in US dollars without a discount for cached prompts, or None."""

    documents: int
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None


def estimate(
    documents: Iterable[Document], settings: Settings, *, done: Callable[[str], set[Span]] = lambda _: set()
) -> Estimate:
    """An estimate for `documents`, a stream. `done` tells the windows of a document that need no call any more."""
    chosen = options(settings)
    prompt = prompts.load(chosen.profile)
    number = calls = size = sentences = 0
    for document in documents:
        number += 1
        seen = DocumentView(document.text, document.published_at, document.title)
        finished = done(document.id)
        for window in plan(
            seen,
            size=chosen.window or prompt.window,
            context=prompt.context,
            max_characters=prompt.max_characters,
        ):
            if window.span in finished:
                continue
            calls += 1
            sentences += len(window.sentences)
            messages = chosen.messages(window.variables(seen))
            size += sum(len(message["content"].encode("utf-8", "replace")) for message in messages)
    usage = Usage(
        prompt=round(size * _TOKENS_PER_BYTE * 1.1),
        completion=min(sentences * _ANSWER_TOKENS[chosen.profile], calls * chosen.max_output_tokens),
    )
    listed = price(settings)
    return Estimate(number, calls, usage.prompt, usage.completion, listed.cost(usage) if listed else None)
