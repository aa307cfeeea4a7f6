"""Documents through a model, window by window: asked, checked, asked again where that can help, and handed over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from claims.errors import BudgetExceeded, ModelError
from claims.extraction import answers, prompts, schema
from claims.extraction.options import Options
from claims.extraction.reading import Reading
from claims.extraction.windows import Window, halves, plan
from claims.grounding import ground
from claims.grounding.view import DocumentView
from claims.llm import FATAL, SMALLER_WINDOW, Answer, Client, Kind, Message, Task, Usage, prompt_hash, schema_hash
from claims.llm.modes import Fill
from claims.models import Call, Claim, Document, Rejection, Span

OUTSIDE = "other_window"  # code of a rejection
_AT_WORK = 6  # windows for each slot, with those that wait for their commit
_DEPTH = 6  # a window is halved at most so often


T = TypeVar("T", bound=BaseModel)


class Deferred(Exception):
    """The answer comes another day, as with a batch: the window is left as it is. Caught where windows are planned."""


class Model(Protocol):
    """What answers: `claims.llm.Client`, or what takes its questions down for later."""

    @property
    def model(self) -> str: ...

    async def ask(
        self,
        messages: Sequence[Message],
        response_type: type[T],
        *,
        task: Task,
        max_tokens: int,
        schema: type[BaseModel] | None = None,
        fill: Fill | None = None,
    ) -> Answer[T]: ...


class Keeper(Protocol):
    """What makes the work durable."""

    async def record(self, call: Call) -> None:
        """One attempt of a call, success or failure: on record when this returns, whatever becomes of the process."""

    def done(self, document_id: str) -> set[Span]:
        """The windows of a document that are finished under this configuration."""

    def paid(self, document_id: str, window: Span) -> Mapping[tuple[str, str], str]:
        """{(prompt hash, schema hash): answer} of answers that were paid for and not yet used, as when the process was
        killed."""

    async def commit(self, result: WindowResult) -> None:
        """A finished or failed window, with all that it gave: durable, with its calls, when this returns."""

    def hurry(self) -> None:
        """Nothing more will come before what was given to `commit` is written."""


@dataclass
class WindowResult:
    """What one window gave. `error` None: it is done. `usage` counts every call, those asked again included."""

    document_id: str
    window: Span
    windows: int  # of the document
    claims: list[Claim] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)
    calls: int = 0
    usage: Usage = field(default_factory=Usage)
    error_kind: str | None = None
    error: str | None = None

    @property
    def is_done(self) -> bool:
        return self.error_kind is None


@dataclass
class Run:
    """One run of the extraction with its shared parts. `stopping` is asked before each new window."""

    client: Model
    options: Options
    keeper: Keeper
    run_id: str = ""
    reading: Reading = field(default_factory=Reading)

    # --- a document ---

    def windows(self, seen: DocumentView) -> list[Window]:
        """All windows of a document, in order."""
        prompt = prompts.load(self.options.profile)
        return plan(
            seen,
            size=self.options.window or prompt.window,
            context=prompt.context,
            max_characters=prompt.max_characters,
        )

    async def window(self, document: Document, seen: DocumentView, window: Window, windows: int) -> WindowResult:
        """One window to its end; committed before it is returned. Raises what `asked` raises."""
        result = await self.asked(document, seen, window, windows)
        await self.keeper.commit(result)
        return result

    async def asked(self, document: Document, seen: DocumentView, window: Window, windows: int) -> WindowResult:
        """What one window gives. `seen` is the view of the document.

        Raises what ends the whole run: a rejected key, a spent quota or budget, an endpoint that only fails.
        """
        result = WindowResult(document.id, window.span, windows)
        try:
            await self._extract(document, seen, window, result, 0)
        except BudgetExceeded:
            raise
        except ModelError as error:
            if error.kind in FATAL:
                raise
            result.error_kind, result.error = error.kind, str(error)
        unique = {claim.id: claim for claim in result.claims}
        result.claims = list(unique.values())
        return result

    async def _extract(
        self, document: Document, seen: DocumentView, window: Window, result: WindowResult, depth: int
    ) -> None:
        variables = window.variables(seen)
        messages = self.options.messages(variables)
        try:
            facts, raw = await self._facts(document, seen, window, variables, messages, result, "extract")
        except ModelError as error:
            if error.kind in SMALLER_WINDOW and await self._in_halves(document, seen, window, result, depth):
                return
            raise
        if answers.repeats_itself(facts) and await self._in_halves(document, seen, window, result, depth):
            return
        claims, rejections = await self._grounded(document, seen, window, facts)
        for _ in range(self.options.max_reasks):
            if all(item.code == OUTSIDE for item in rejections):
                break  # another call is for those sentences
            rejected = [
                {"quote": item.draft.quote, "reason": item.reason} for item in rejections if item.code != OUTSIDE
            ]
            reask = prompts.load(self.options.profile).reask
            if self.options.by_sentences:
                # Only the sentences concerned: what was accepted is not paid for again.
                window = answers.concerned(window, [item.draft for item in rejections if item.code != OUTSIDE], seen)
                variables = window.variables(seen)
                messages, raw = self.options.messages(variables), ""
            again = prompts.followed(messages, raw or None, reask, {"rejected": rejected, **variables})
            try:
                facts, raw = await self._facts(document, seen, window, variables, again, result, "reask")
            except ModelError as error:
                if error.kind in FATAL or isinstance(error, BudgetExceeded):
                    raise
                break  # what was rejected stays rejected; the calls say why there is no better answer
            messages = again
            corrected, refused = await self._grounded(document, seen, window, facts)
            if not corrected and not refused:
                break  # the model takes them back: they stay on the list, with the reason
            claims += corrected
            rejections = _still_rejected(rejections, corrected, refused)
        result.claims += claims
        result.rejections += rejections

    async def _in_halves(
        self, document: Document, seen: DocumentView, window: Window, result: WindowResult, depth: int
    ) -> bool:
        """The window in two. False when it cannot be divided; raises what went wrong with one half, after the other."""
        parts = halves(window, seen) if depth < _DEPTH else None
        problem: Deferred | ModelError | None = None
        for part in parts or ():
            try:
                await self._extract(document, seen, part, result, depth + 1)
            except Deferred as later:
                problem = later  # the other part may ask as well
            except ModelError as failed:
                if failed.kind in FATAL or isinstance(failed, BudgetExceeded):
                    raise
                problem = problem or failed  # the other part may still give what it states
        if problem is not None:
            raise problem from None
        return parts is not None

    async def _grounded(
        self, document: Document, seen: DocumentView, window: Window, facts: Sequence[schema.Fact]
    ) -> tuple[list[Claim], list[Rejection]]:
        async with self.reading.turn:
            return self._ground(document, seen, window, facts)

    def _ground(
        self, document: Document, seen: DocumentView, window: Window, facts: Sequence[schema.Fact]
    ) -> tuple[list[Claim], list[Rejection]]:
        claims: list[Claim] = []
        rejections: list[Rejection] = []
        for draft in answers.drafts(facts, window, seen, self.client.model):
            found = ground(document, draft, run_id=self.run_id, window=window.span, seen=seen)
            if isinstance(found, Rejection):
                rejections.append(found)
            elif found.start < window.span.end and window.span.start < found.end:
                claims.append(found)
            else:
                reason = "The quote stands outside the sentences that were asked about."
                rejections.append(Rejection(document_id=document.id, draft=draft, code=OUTSIDE, reason=reason))
        return claims, rejections

    # --- a call ---

    async def _facts(
        self,
        document: Document,
        seen: DocumentView,
        window: Window,
        variables: Mapping[str, Any],
        messages: list[Message],
        result: WindowResult,
        purpose: str,
    ) -> tuple[tuple[schema.Fact, ...], str]:
        """The facts of an answer, and the answer as it came. Asks again for one of another schema or window."""
        wanted = self.options.wanted(variables)
        prompt = prompts.load(self.options.profile)
        task = Task(purpose, self.run_id, self.options.config, document.id, window.span)
        asked = messages
        strayed = False
        for left in range(2, -1, -1):
            if answered := self.keeper.paid(document.id, window.span):
                paid = answered.get((prompt_hash(asked), schema_hash(*wanted)))
                try:
                    if paid is not None:
                        return self.options.accepted.model_validate_json(paid).facts, paid
                except ValidationError:
                    pass  # of another version of this program: ask anew
            try:
                answer = await self.client.ask(
                    asked,
                    self.options.accepted,
                    schema=wanted.type,
                    fill=wanted.fill,
                    task=task,
                    max_tokens=self.options.max_output_tokens,
                )
            except ModelError as error:
                result.calls += error.attempts
                if error.kind != Kind.WRONG_SCHEMA or not left:
                    raise
                asked = prompts.followed(messages, None, prompt.repair, {"problem": str(error)})
                continue
            result.calls += answer.attempts
            result.usage += answer.usage
            if answers.stray(answer.value.facts, window, seen) and not strayed and purpose == "extract":
                strayed = True
                asked = prompts.followed(messages, None, prompt.repair, {"problem": "it quotes another text"})
                continue
            return answer.value.facts, answer.raw
        raise AssertionError("the last round returns or raises")


def _still_rejected(before: list[Rejection], corrected: list[Claim], refused: list[Rejection]) -> list[Rejection]:
    """What stays rejected after a round: each correction answers one earlier rejection, that of the likest quote."""
    left = list(before)
    for claim in corrected:
        if left:
            words = set(claim.quote.casefold().split())
            left.remove(max(left, key=lambda item: len(words & set(item.draft.quote.casefold().split()))))
    # A draft that fails again is one rejected draft, with its newest reason; further ones keep their own.
    return [*refused, *left[len(refused) :]]


async def extract(
    documents: Iterable[Document],
    client: Client,
    options: Options,
    keeper: Keeper,
    *,
    run_id: str = "",
    stopping: Callable[[], bool] = lambda: False,
) -> AsyncIterator[WindowResult]:
    """Extract from `documents`, a stream, and yield each window as it is committed, in order of completion.

    Windows that `keeper` knows as done are passed over. Six times as many windows are at work as the client has
    slots, so that those that wait out a failure or for their commit hold up nobody; memory is bounded by that number,
    not by the corpus.

    Raises ModelError when no further call can succeed, BudgetExceeded at the limit; what was finished is committed.
    """
    reading = Reading(lambda: client.is_moving, lambda: asking < slots)
    run = Run(client, options, keeper, run_id, reading)
    results: asyncio.Queue[WindowResult | None] = asyncio.Queue()
    slots = client.settings.concurrency
    free = asyncio.Semaphore(_AT_WORK * slots + 8)
    ending: list[ModelError] = []

    asking = 0  # windows that are not yet handed to the keeper; fewer than there are slots, and one waits for a text
    is_last = False  # no window comes after those

    async def keep(result: WindowResult) -> None:
        # What came before the last calls is written while they are out: at the very end there is little left to write.
        if is_last and asking in (0, slots // 4, slots):
            asyncio.get_running_loop().call_soon(keeper.hurry)  # when it has this one
        await keeper.commit(result)
        results.put_nowait(result)

    async def work(document: Document, seen: DocumentView, window: Window, windows: int) -> None:
        nonlocal asking
        try:
            result = await run.asked(document, seen, window, windows)
        except ModelError as error:
            # What is in flight is paid for: it goes on to its end, and only nothing new begins.
            ending.append(error)
            free.release()
            keeper.hurry()
            return
        finally:
            asking -= 1
        await keep(result)

    async def room() -> None:
        if asking >= slots:
            await reading.ahead()
        await free.acquire()

    async def feed() -> None:
        nonlocal asking, is_last
        async with asyncio.TaskGroup() as group:
            async for document, seen in reading.read(documents):
                windows = run.windows(seen)
                done = keeper.done(document.id)
                if not windows and Span(0, 0) not in done:
                    await room()
                    group.create_task(keep(WindowResult(document.id, Span(0, 0), 0)))
                wanted = [window for window in windows if window.span not in done]
                if wanted:
                    reading.later(seen)
                for window in wanted:
                    await room()
                    if stopping() or ending:
                        break
                    asking += 1
                    group.create_task(work(document, seen, window, len(windows)))
                    await asyncio.sleep(0)  # it is on its way before the next is planned
                if stopping() or ending:
                    break
            is_last = True
            if not asking:
                keeper.hurry()
            await reading.ahead()

    feeder = asyncio.create_task(feed())
    feeder.add_done_callback(lambda _: results.put_nowait(None))
    try:
        while (item := await results.get()) is not None:
            yield item
            free.release()
        try:
            await feeder
        except BaseExceptionGroup as group:
            raise _first(group) from None
        if ending:
            raise ending[0]
    finally:
        feeder.cancel()
        await asyncio.gather(feeder, return_exceptions=True)


def _first(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
