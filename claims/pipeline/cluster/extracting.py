"""One bucket of documents → its part of every table. A worker's unfinished part is a store, durable at each step."""

from __future__ import annotations

import asyncio
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import SecretStr

from claims.errors import StoreError, StoreLocked
from claims.models import Document
from claims.pipeline.builtin import batches, builtin_config, extracted
from claims.pipeline.cluster.job import WORK, Job
from claims.pipeline.cluster.limiter import Remote, SharedBudget, SharedFlow
from claims.pipeline.cluster.reading import flat
from claims.pipeline.progress import Progress, Summary
from claims.store import Store, open_store
from claims.store.parts import OF_DOCUMENTS

if TYPE_CHECKING:
    from claims.llm import Client

_BATCH = 500  # documents in one transaction
_SHARED = "mode"  # what is learned of an endpoint


@dataclass
class PartDone:
    """What became of one part."""

    part: str
    documents: int = 0
    extracted: int = 0  # now
    left: int = 0
    claims: int = 0
    rejected: int = 0
    windows: int = 0
    spent: Counter[str] = field(default_factory=Counter)  # calls, tokens; cost in millionths of a dollar
    failures: dict[str, int] = field(default_factory=dict)
    error: Exception | None = None


def extract_part(job: Job, bucket: int, remote: Remote | None, *pieces: Sequence[str]) -> PartDone:
    """Extracts what is not yet extracted of a bucket, and writes its part.

    What an earlier attempt has done, here or on a worker that was lost, is not done again.
    """
    job.check()
    done = PartDone(job.part(bucket))
    with _working(job, done.part) as store:
        ids: dict[str, None] = {}
        for batch in batches((Document.model_validate_json(line) for line in flat(pieces)), _BATCH):
            with store.connection.transaction():
                ids.update(dict.fromkeys(store.documents.add(batch)))
        done.documents = len(ids)
        if job.settings is not None and job.settings.uses_model:
            assert remote is not None
            _with_model(job, store, list(ids), done, remote)
        else:
            _builtin(job, store, list(ids), done)
        counts = store.queries.counts()
        done.claims, done.rejected = counts["claims"], counts["rejected"]
        store.parts.write(job.folder, done.part, OF_DOCUMENTS)
    _drop(job, done.part)
    return done


def _builtin(job: Job, store: Store, ids: Sequence[str], done: PartDone) -> None:
    config = builtin_config()
    pending = store.extractions.pending(config, ids)
    for batch in extracted(store, pending, job.run_id, 1, Progress()):
        store.extractions.save(config, job.run_id, batch)
        done.extracted += len(batch)
    store.extractions.activate(config, ids)


def _with_model(job: Job, store: Store, ids: Sequence[str], done: PartDone, remote: Remote) -> None:
    from claims.extraction import options as options_of
    from claims.pipeline.model import extract_pending

    assert job.settings is not None
    options = options_of(job.settings)
    pending = store.extractions.pending(options.config, ids)
    if not pending:
        store.windows.activate(options.config, ids)
        return
    before = store.ledger.spent(job.run_id)
    summary = Summary(run_id=job.run_id)
    holder = f"{done.part} {uuid.uuid4().hex}"

    async def work() -> None:
        settings = job.settings
        assert settings is not None
        key, known = await remote.ask("enter", holder)
        if key is not None:
            settings = settings.model_copy(update={"api_key": SecretStr(key)})
        memory = store.memory(_SHARED)
        memory.update(known)

        def share(client: Client) -> None:
            client.flow = SharedFlow(remote, holder, settings)
            client.budget = SharedBudget(remote, holder, settings, client.price)

        try:
            await extract_pending(store, pending, settings, summary, Progress(), share=share)
        finally:
            await remote.ask("leave", holder, dict(memory))

    asyncio.run(work())
    done.left = len(store.extractions.pending(options.config, pending))
    done.extracted = len(pending) - done.left
    done.windows, done.failures, done.error = summary.windows, summary.failures, summary.error
    after = store.ledger.spent(job.run_id)
    done.spent = Counter({name: int(value - before.get(name, 0)) for name, value in after.items() if name != "cost"})
    if "cost" in after:
        done.spent["cost"] = round(1e6 * (after["cost"] - before.get("cost", 0.0)))
    store.windows.activate(options.config, ids)


@contextmanager
def _working(job: Job, part: str) -> Iterator[Store]:
    """The store of a part: as a lost worker left it, else as the part was written, else empty."""
    path = job.folder / WORK / f"{part}.duckdb"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{path.parent}: cannot be made: {error.strerror}; give another --out") from error
    try:
        store = open_store(path)
    except StoreLocked as error:
        raise StoreLocked(f"{error}; two commands write {job.folder}") from error
    with store:
        if not store.documents.count():
            store.parts.read(job.folder, part, OF_DOCUMENTS)
        yield store


def _drop(job: Job, part: str) -> None:
    for ending in ("duckdb", "duckdb.wal", "duckdb.calls1", "duckdb.calls2"):
        (job.folder / WORK / f"{part}.{ending}").unlink(missing_ok=True)
