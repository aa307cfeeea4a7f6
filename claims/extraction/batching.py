"""What a batch is asked: of each window that is not done, the next question that has no answer yet.

The windows run as in a live extraction, over answers that were collected before; the first question without one is
taken down instead of being sent. So a re-ask, a repair or a half window goes into the next batch by itself.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from claims.extraction.options import Options
from claims.extraction.run import Deferred, Keeper, Run, WindowResult
from claims.grounding import view
from claims.llm import SMALLER_WINDOW, Answer, Client, Kind, Message, Task, prompt_hash
from claims.llm.batch import BatchRequest, request
from claims.llm.failures import failure
from claims.llm.modes import Fill, shape
from claims.models import Document, Span

T = TypeVar("T", bound=BaseModel)

Asked = tuple[str, Span, str, str]
"""Document id, window, prompt hash, schema hash: one question."""

ANOTHER_WAY = SMALLER_WINDOW | {Kind.WRONG_SCHEMA, Kind.BAD_REQUEST}
"""Kinds of failure after which the same question is not asked again as it was."""


@dataclass
class Notepad:
    """Takes questions down. `failed` holds what became of those that had an answer of no use: (kind, message)."""

    client: Client
    mode: str
    parameters: dict[str, Any]
    failed: Mapping[Asked, tuple[str, str]]
    requests: list[BatchRequest] = field(default_factory=list)

    @property
    def model(self) -> str:
        return self.client.model

    async def ask(
        self,
        messages: Sequence[Message],
        response_type: type[T],
        *,
        task: Task,
        max_tokens: int,
        schema: type[BaseModel] | None = None,
        fill: Fill | None = None,
    ) -> Answer[T]:
        """Raises the failure that the question met before where it should be asked in another way, else Deferred."""
        wanted = shape(schema or response_type, self.mode, fill)
        before = self.failed.get((task.document_id, task.window, prompt_hash(messages), wanted.schema_hash))
        if before is not None and before[0] in ANOTHER_WAY:
            raise failure(Kind(before[0]), before[1])
        parameters = {**self.parameters}
        for name in ("max_tokens", "max_completion_tokens"):
            if name in parameters:
                parameters[name] = max_tokens
        self.requests.append(request(self.client, self.mode, parameters, messages, wanted, task))
        raise Deferred


async def outstanding(
    documents: Iterable[Document],
    client: Client,
    options: Options,
    keeper: Keeper,
    *,
    run_id: str,
    failed: Mapping[Asked, tuple[str, str]],
    waiting: Mapping[str, set[Span]],
) -> AsyncIterator[BatchRequest | WindowResult]:
    """The questions still to be asked of `documents`, and the windows that collected answers have completed.

    Windows that `keeper` knows as done, and those in `waiting` (in a batch that is still out), are passed over.
    Completed windows are committed before they are yielded.
    """
    mode, parameters = await client.form(Task("probe", run_id, options.config), options.max_output_tokens)
    for document in documents:
        notepad = Notepad(client, mode, parameters, failed)
        run = Run(notepad, options, keeper, run_id)
        seen = view(document)
        windows = run.windows(seen)
        passed = keeper.done(document.id) | waiting.get(document.id, set())
        if not windows and Span(0, 0) not in passed:
            await keeper.commit(empty := WindowResult(document.id, Span(0, 0), 0))
            yield empty
        for window in windows:
            if window.span in passed:
                continue
            notepad.requests.clear()
            try:
                yield await run.window(document, seen, window, len(windows))
            except Deferred:
                for item in notepad.requests:
                    if item.task.window not in passed:  # half of a window may be out already
                        yield item
