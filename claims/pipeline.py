"""The only module that knows every stage: read → extract → align.

Each stage works on the store, a batch at a time, and leaves it whole: stopping after any batch loses nothing, and
the next call goes on where this one ended.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from claims import resources
from claims.errors import Unfinished
from claims.models import Claim, Document, Rejection

if TYPE_CHECKING:
    from claims.settings import Settings
    from claims.store import Extracted, Store

BUILTIN = "builtin"
_READ_BATCH = 500  # documents in one transaction
_EXTRACT_BATCH = 100
_BATCH_CHARACTERS = 4_000_000
_WORTH_PROCESSES = 300  # documents below which starting processes costs more than it saves

T = TypeVar("T")


class Progress:
    """What a caller may want to hear of while the stages work. This one hears nothing."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage starts; `total` is the number of its items, where it is known."""

    def advance(self, items: int, **counts: float) -> None:
        """`items` more are done; `counts` are running totals worth showing (claims, rejected, cost)."""

    def stopping(self) -> bool:
        """Whether the caller wants the work to end after what is in flight."""
        return False


@dataclass
class Summary:
    """What one execution did, and what it could not do."""

    documents: int = 0  # asked for, each text once
    extracted: int = 0  # of these, extracted now
    run_id: str | None = None  # None when nothing was left to extract
    extractor: str = BUILTIN
    claims: int = 0  # of the whole store
    rejected: int = 0
    facts: int = 0
    discrepancies: int = 0
    problems: list[str] = field(default_factory=list)  # what could not be read
    notes: list[str] = field(default_factory=list)
    failures: dict[str, int] = field(default_factory=dict)  # kind of failure: documents or windows
    interrupted: bool = False

    def complete(self) -> bool:
        """Whether everything asked for was done."""
        return not (self.problems or self.failures or self.interrupted)


def read_documents(
    store: Store, paths: Iterable[str | os.PathLike[str]], summary: Summary, progress: Progress
) -> list[str]:
    """Stores the documents of `paths`, a batch at a time; returns their ids, each once, in the order of reading."""
    from claims.documents import Reading, read
    from claims.store import read_parquet

    reading = Reading()
    ids: dict[str, None] = {}
    progress.stage("Reading", None)
    for batch in _batches(read(paths, reading, parquet=read_parquet), _READ_BATCH):
        with store.connection.transaction():
            for path, before in store.documents.known([document.path for document in batch]).items():
                now = next(document.id for document in batch if document.path == path)
                if now not in before:
                    reading.notes.append(
                        f"{path}: changed since it was read; the text read then stays as document {before[0]} "
                        f"(`claims forget {before[0]}` removes it)"
                    )
            ids.update(dict.fromkeys(store.documents.add(batch)))
        progress.advance(len(batch))
    summary.problems += reading.problems
    summary.notes += reading.notes
    summary.documents = len(ids)
    return list(ids)


def extract(store: Store, ids: Sequence[str], settings: Settings, summary: Summary, progress: Progress) -> None:
    """Extracts what is not yet extracted of the documents `ids`, and makes it what is aligned."""
    if settings.uses_model:
        from claims.extraction.run import extract_with_model

        extract_with_model(store, ids, settings, summary, progress)
        return
    config = builtin_config()
    summary.extractor = BUILTIN
    pending = store.extractions.pending(config, ids)
    if pending:
        summary.run_id = store.ledger.begin(
            "run", config, extractor=BUILTIN, version=_version(), documents=len(pending), options={"model": BUILTIN}
        )
        status = "failed"
        try:
            progress.stage("Extracting", len(pending))
            claims = rejected = 0
            for batch in _extracted(store, pending, summary.run_id, _jobs(settings, len(pending)), progress):
                store.extractions.save(config, summary.run_id, batch)
                summary.extracted += len(batch)
                claims += sum(len(item.claims) for item in batch)
                rejected += sum(len(item.rejections) for item in batch)
                progress.advance(len(batch), claims=claims, rejected=rejected)
            summary.interrupted = summary.extracted < len(pending)
            status = "interrupted" if summary.interrupted else "complete"
        except KeyboardInterrupt:
            status = "interrupted"
            raise
        finally:
            store.ledger.end(summary.run_id, status, summary.extracted)
    store.extractions.activate(config, ids)


def align(store: Store, summary: Summary, progress: Progress) -> bool:
    """Aligns the claims of the whole store; returns whether the facts changed. Does nothing when no claim changed."""
    from claims.alignment import align as align_claims

    signature = store.extractions.signature() + ":" + code_hash("alignment", "normalisation", "text")
    changed = False
    if store.facts.aligned() != signature:
        claims = list(store.extractions.active())
        progress.stage("Aligning", len(claims))
        documents = list(store.documents.stream(sorted({claim.document_id for claim in claims})))
        facts = align_claims(claims, documents)
        changed = store.facts.replace(facts, [], signature)
        progress.advance(len(claims))
    counts = store.queries.counts()
    summary.claims, summary.rejected = counts["claims"], counts["rejected"]
    summary.facts, summary.discrepancies = counts["facts"], counts["discrepancies"]
    return changed


def run(
    store: Store,
    paths: Iterable[str | os.PathLike[str]],
    settings: Settings,
    progress: Progress | None = None,
) -> Summary:
    """The main job: reads `paths` into `store`, extracts what is new, aligns, and says what was done."""
    progress = progress or Progress()
    summary = Summary()
    ids = read_documents(store, paths, summary, progress)
    extract(store, ids, settings, summary, progress)
    align(store, summary, progress)
    return summary


def finish(summary: Summary) -> None:
    """Raises Unfinished or InputError, with one line, when something asked for was not done."""
    if summary.interrupted:
        raise Unfinished("stopped before the end; what is done is kept: run the same command again to go on")
    if summary.failures:
        reasons = ", ".join(f"{count} × {kind}" for kind, count in sorted(summary.failures.items()))
        raise Unfinished(f"not all was extracted ({reasons}); run the same command again, or `claims retry`")
    if summary.problems:
        from claims.errors import InputError

        number = len(summary.problems)
        raise InputError(f"{number} of the inputs could not be read (see above); the rest is done")


def extract_document(document: Document, run_id: str = "") -> tuple[list[Claim], list[Rejection]]:
    """The grounded claims of one document by the built-in extractor, and what grounding rejected."""
    from claims.builtin import extract as drafts_of
    from claims.grounding import ground

    claims: dict[str, Claim] = {}
    rejections = []
    for draft in drafts_of(document):
        result = ground(document, draft, run_id=run_id)
        if isinstance(result, Claim):
            claims.setdefault(result.id, result)
        else:
            rejections.append(result)
    return list(claims.values()), rejections


@cache
def code_hash(*packages: str) -> str:
    """A hash of the code of `packages`: results of other code are other results."""
    digest = sha256()
    for package in packages:
        for name, content in resources.sources(package):
            digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]


def builtin_config() -> str:
    """The configuration hash of the built-in extractor, as it is in this version."""
    return f"{BUILTIN}-{code_hash('builtin', 'grounding', 'text', 'normalisation')}"


def _extract_batch(documents: list[Document], run_id: str) -> list[Extracted]:
    from claims.store import Extracted

    return [Extracted(document.id, *extract_document(document, run_id)) for document in documents]


def _extracted(
    store: Store, pending: Sequence[str], run_id: str, jobs: int, progress: Progress
) -> Iterator[list[Extracted]]:
    """Batches of extracted documents, as they are done; ends early when the caller wants to stop."""
    batches = _batches(
        (document for chunk in _batches(iter(pending), 1000) for document in store.documents.stream(chunk)),
        _EXTRACT_BATCH,
    )
    if jobs <= 1:
        for batch in batches:
            if progress.stopping():
                return
            yield _extract_batch(batch, run_id)
        return
    import multiprocessing
    from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait

    # Not fork: the store's threads would not survive it. The window of batches in flight bounds memory.
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        flying: set[Future[list[Extracted]]] = set()
        for batch in batches:
            if progress.stopping():
                break
            flying.add(pool.submit(_extract_batch, batch, run_id))
            if len(flying) > 2 * jobs:
                done, flying = wait(flying, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        while flying:
            done, flying = wait(flying, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def _batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    """Lists of up to `size` items; of documents, fewer when they are long."""
    while batch := list(islice(items, 1)):
        characters = len(getattr(batch[0], "text", ""))
        while len(batch) < size and characters < _BATCH_CHARACTERS and (more := list(islice(items, 1))):
            batch += more
            characters += len(getattr(more[0], "text", ""))
        yield batch


def _jobs(settings: Settings, documents: int) -> int:
    jobs = getattr(settings, "jobs", None)
    if jobs is not None:
        return int(jobs)
    return 1 if documents < _WORTH_PROCESSES else os.cpu_count() or 1


def _version() -> str:
    from claims import __version__

    return __version__


__all__ = [
    "Progress",
    "Summary",
    "align",
    "extract",
    "extract_document",
    "finish",
    "read_documents",
    "run",
]
