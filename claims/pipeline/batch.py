"""Extraction through an endpoint's Batch API: submit today, collect tomorrow, from whatever process."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from claims import __version__
from claims.errors import BudgetExceeded, SettingsError, UsageError
from claims.extraction import GroupCommit, WindowResult
from claims.extraction import options as options_of
from claims.extraction.batching import outstanding
from claims.extraction.schema import Facts
from claims.llm import Client, Kind
from claims.llm.batch import DISCOUNT, BatchApi, BatchRequest, BatchResult, BatchState, File
from claims.models import Call
from claims.pipeline.loop import run
from claims.pipeline.progress import Progress, Summary
from claims.store.batches import BatchRow, Waiting

if TYPE_CHECKING:
    from claims.extraction import Options
    from claims.llm.money import Budget, Usage
    from claims.settings import Settings
    from claims.store import Store

_LOST = "the batch ended without an answer to this request"


@dataclass
class Outcome:
    """What a batch command did: batches touched, requests sent, windows completed, and requests still to be sent."""

    batches: list[BatchRow]
    sent: int = 0
    completed: int = 0
    answers: int = 0
    failed: int = 0
    to_send: int = 0
    limit: BudgetExceeded | None = None  # what kept more from being sent


def submit(store: Store, ids: Sequence[str], settings: Settings, summary: Summary, progress: Progress) -> Outcome:
    """Hands what is not done of the documents `ids` to the Batch API, in as many batches as their size asks for."""
    return run(_submit(store, ids, _checked(settings), summary, progress))


def status(store: Store, settings: Settings) -> list[BatchRow]:
    """Every batch of the store, with what the endpoint says of those that are open."""
    run(_status(store, _checked(settings)))
    return store.batches.all()


def collect(store: Store, settings: Settings, summary: Summary, progress: Progress) -> Outcome:
    """Takes in the answers of all batches that have ended, and completes the windows that they complete."""
    return run(_collect(store, _checked(settings), summary, progress))


def cancel(store: Store, settings: Settings, batch_id: str) -> BatchRow:
    """Asks the endpoint to stop a batch; answers that it gave before can still be collected."""
    found = [batch for batch in store.batches.open() if batch.id.startswith(batch_id)]
    if len(found) != 1:
        raise UsageError(f"{batch_id}: {len(found)} open batches begin so; `claims batch status` lists them")
    run(_cancel(store, _checked(settings), found[0]))
    return next(batch for batch in store.batches.all() if batch.id == found[0].id)


def _checked(settings: Settings) -> Settings:
    if not settings.uses_model or settings.local_model is not None:
        raise SettingsError("a batch needs an endpoint with a Batch API: set --model, and --base-url or OPENAI_API_KEY")
    return settings


def _keeper(store: Store, options: Options, run_id: str, ids: Sequence[str]) -> GroupCommit:
    return GroupCommit(
        partial(store.windows.save, options.config, run_id),
        done=store.windows.done(options.config, ids),
        paid=store.windows.paid(options.config, ids),
        journal=store.journal,
    )


def _begin(store: Store, settings: Settings, documents: int) -> str:
    options = options_of(settings)
    return store.ledger.begin(
        "batch",
        options.config,
        extractor=options.model,
        version=__version__,
        documents=documents,
        prompt_hash=options.prompt_hash,
        schema_hash=options.schema_hash,
        options={"model": options.model, "endpoint": settings.endpoint, "profile": options.profile},
    )


async def _advance(
    store: Store, ids: Sequence[str], settings: Settings, client: Client, run_id: str, progress: Progress
) -> AsyncGenerator[BatchRequest | WindowResult]:
    """The requests still to be asked of `ids`, each once, and the windows that the answers at hand complete."""
    options = options_of(settings)
    keeper = _keeper(store, options, run_id, ids)
    client.ledger = keeper
    asked: set[str] = set()
    progress.stage("Planning", None)
    try:
        async for item in outstanding(
            store.documents.stream(ids),
            client,
            options,
            keeper,
            run_id=run_id,
            failed=store.batches.failed(options.config, ids),
            waiting=store.batches.waiting(options.config),
        ):
            if isinstance(item, BatchRequest):
                if item.custom_id in asked:
                    continue
                asked.add(item.custom_id)
            progress.advance(1, requests=len(asked))
            yield item
    finally:
        await keeper.close()
        store.windows.activate(options.config, ids)


@dataclass
class _Limit:
    """What requests can come to at the most, against the limits of the user."""

    settings: Settings
    budget: Budget  # of what was asked live
    tokens: int = 0
    cost: float = 0.0  # US dollars

    def check(self, most: Usage) -> BudgetExceeded | None:
        """Counts one more request, or says which limit it could pass."""
        tokens = self.tokens + most.total
        cost = self.cost + (DISCOUNT * self.budget.price.cost(most) if self.budget.price else 0.0)
        how = "collect what is out, then submit again for the rest"
        if self.settings.max_tokens is not None and tokens + self.budget.spent.total > self.settings.max_tokens:
            return BudgetExceeded(f"the next request could pass --max-tokens {self.settings.max_tokens}; {how}")
        if self.settings.max_cost is not None and cost + self.budget.cost > self.settings.max_cost:
            return BudgetExceeded(f"the next request could pass --max-cost {self.settings.max_cost:g}; {how}")
        self.tokens, self.cost = tokens, cost
        return None


async def _submit(
    store: Store, ids: Sequence[str], settings: Settings, summary: Summary, progress: Progress
) -> Outcome:
    options = options_of(settings)
    async with Client(settings, memory=store.memory("mode")) as client:
        api = BatchApi(client)
        await _reattach(store, api, settings)
        outcome = Outcome([])
        pending = store.extractions.pending(options.config, ids)
        if not pending:
            return outcome
        summary.run_id = run_id = _begin(store, settings, len(pending))
        limit, file = _Limit(settings, client.budget), File()

        async def send() -> None:
            nonlocal file
            if file.requests:
                await _send(store, api, run_id, settings, file.requests)
                outcome.sent += len(file.requests)
            file = File()

        status = "failed"
        try:
            items = _advance(store, pending, settings, client, run_id, progress)
            async with aclosing(items):
                async for item in items:
                    if isinstance(item, WindowResult):
                        outcome.completed += 1
                        continue
                    outcome.limit = limit.check(item.most)
                    if outcome.limit is not None:
                        break
                    if not file.takes(item):
                        await send()
                    file.add(item)
            await send()
            status = "incomplete" if outcome.sent or outcome.limit else "complete"
        finally:
            left = len(store.extractions.pending(options.config, pending))
            store.ledger.end(run_id, status, len(pending) - left)
        outcome.batches = [batch for batch in store.batches.open() if batch.run_id == run_id]
        return outcome


async def _send(store: Store, api: BatchApi, run_id: str, settings: Settings, requests: Sequence[BatchRequest]) -> None:
    """Starts one batch; the store knows of it before the endpoint does."""
    options = options_of(settings)
    batch_id = f"b{secrets.token_hex(6)}"
    waiting = [
        Waiting(
            item.custom_id,
            item.task.document_id,
            item.task.window,
            item.task.purpose,
            item.prompt_hash,
            item.schema_hash,
            item.mode,
        )
        for item in requests
    ]
    store.batches.prepare(batch_id, run_id, options.config, options.model, settings.endpoint, waiting)
    _note(store, batch_id, await api.submit(batch_id, requests))


async def _reattach(store: Store, api: BatchApi, settings: Settings) -> None:
    """Finds the batches whose start was not confirmed; those that the endpoint never heard of are dropped."""
    for batch in store.batches.open():
        if batch.provider_id is None and batch.endpoint == settings.endpoint:
            found = await api.find(batch.id)
            if found is None:
                store.batches.drop(batch.id)
            else:
                _note(store, batch.id, found)


async def _status(store: Store, settings: Settings) -> None:
    async with Client(settings, memory=store.memory("mode")) as client:
        api = BatchApi(client)
        for batch in store.batches.open():
            if batch.endpoint == settings.endpoint:
                state = await (api.status(batch.provider_id) if batch.provider_id else api.find(batch.id))
                if state is not None:
                    _note(store, batch.id, state)


async def _cancel(store: Store, settings: Settings, batch: BatchRow) -> None:
    async with Client(settings, memory=store.memory("mode")) as client:
        api = BatchApi(client)
        provider_id = batch.provider_id
        if provider_id is None:
            found = await api.find(batch.id)
            if found is None:
                store.batches.drop(batch.id)
                raise UsageError(f"{batch.id} never reached the endpoint; it is dropped, and nothing was paid")
            provider_id = found.provider_id
        _note(store, batch.id, await api.cancel(provider_id))


async def _collect(store: Store, settings: Settings, summary: Summary, progress: Progress) -> Outcome:
    options = options_of(settings)
    outcome = Outcome([])
    ids: set[str] = set()
    async with Client(settings, memory=store.memory("mode")) as client:
        api = BatchApi(client)
        await _reattach(store, api, settings)
        progress.stage("Collecting", None)
        for batch in store.batches.open():
            if batch.endpoint != settings.endpoint or batch.provider_id is None:
                continue
            if batch.config != options.config:
                raise SettingsError(
                    f"batch {batch.id} was made with model {batch.model} and other options ({batch.config}); "
                    "give the same --model, --profile and options to collect it"
                )
            state = await api.status(batch.provider_id)
            _note(store, batch.id, state)
            if not state.ended:
                continue
            requests = store.batches.requests(batch.id)
            found = await _results(api, state, requests, progress)
            calls = [_call(batch, item, found.get(item.custom_id), state, client) for item in requests]
            store.batches.collected(
                batch.id, calls, {item.custom_id: call.status for item, call in zip(requests, calls, strict=True)}
            )
            outcome.batches.append(next(row for row in store.batches.all() if row.id == batch.id))
            good = sum(call.status == "ok" for call in calls)
            outcome.answers += good
            outcome.failed += len(calls) - good
            ids |= {item.document_id for item in requests}
        if ids:
            summary.run_id = run_id = _begin(store, settings, len(ids))
            status = "failed"
            try:
                async for item in _advance(store, sorted(ids), settings, client, run_id, progress):
                    if isinstance(item, WindowResult):
                        outcome.completed += 1
                    else:
                        outcome.to_send += 1
                status = "incomplete" if outcome.to_send else "complete"
            finally:
                pending = len(store.extractions.pending(options.config, sorted(ids)))
                store.ledger.end(run_id, status, len(ids) - pending)
    return outcome


async def _results(
    api: BatchApi, state: BatchState, requests: Sequence[Waiting], progress: Progress
) -> dict[str, BatchResult]:
    """Results by custom id. The output file comes first: an answer is not lost to an error line of the same request."""
    found: dict[str, BatchResult] = {}
    mode = requests[0].mode if requests else "json_schema"
    async for result in api.results(state, Facts, mode):
        found.setdefault(result.custom_id, result)
        progress.advance(1)
    return found


def _note(store: Store, batch_id: str, state: BatchState) -> None:
    store.batches.update(
        batch_id,
        state.status,
        provider_id=state.provider_id,
        succeeded=state.succeeded,
        failed=state.failed,
        error=state.error,
    )


def _call(batch: BatchRow, item: Waiting, result: BatchResult | None, state: BatchState, client: Client) -> Call:
    """The row of the ledger for one request of a batch; its id is the batch's and the request's, so it is one row."""
    kind, error = None, None
    if result is None:
        kind, error = Kind.TIMEOUT if state.status == "expired" else Kind.SERVER_ERROR, state.error or _LOST
    elif result.error is not None:
        kind, error = Kind(result.error.kind), str(result.error)
    usage = result.usage if result else None
    cost = DISCOUNT * client.price.cost(usage) if usage and client.price else None
    return Call(
        id=f"{batch.id}-{item.custom_id}",
        run_id=batch.run_id,
        config=batch.config,
        document_id=item.document_id,
        window=item.window,
        attempt=1,
        purpose=item.purpose,
        prompt_hash=item.prompt_hash,
        schema_hash=item.schema_hash,
        model=batch.model,
        parameters={"mode": item.mode, "batch": batch.provider_id},
        status="ok" if kind is None else "failed",
        error_kind=kind,
        error=error,
        prompt_tokens=usage.prompt if usage else None,
        cached_tokens=usage.cached if usage else None,
        completion_tokens=usage.completion if usage else None,
        reasoning_tokens=usage.reasoning if usage else None,
        cost=cost,
        request_id=result.request_id if result else None,
        answer=result.answer if result else None,
        started_at=datetime.now(UTC),
    )
