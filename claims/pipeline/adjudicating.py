"""A model as second reader: its verdicts on pairs that the alignment leaves open, asked once and kept in the store."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from claims import __version__
from claims.alignment.adjudicate import Answer, Question, Reading, Readings, Side, questions, read, readings_of
from claims.alignment.align import aligners
from claims.alignment.batches import aligner_of, answers_of
from claims.alignment.incremental import all_stories
from claims.errors import BudgetExceeded, ModelError
from claims.extraction.options import profile_of
from claims.extraction.prompts import Wording, digest, followed, render
from claims.extraction.prompts import read as read_prompt
from claims.llm import FATAL, Client, Kind, Message, Task, schema_hash
from claims.llm.local import serve
from claims.models import Call, Claim, Document, Span
from claims.pipeline.loop import run
from claims.pipeline.progress import Progress, Summary
from claims.store.verdicts import StoredVerdict

if TYPE_CHECKING:
    from claims.settings import Settings
    from claims.store import Store

_OF_THE_ANSWER = frozenset(
    {Kind.WRONG_SCHEMA, Kind.CUT, Kind.CUT_JSON, Kind.REFUSED, Kind.FILTERED, Kind.TOO_LONG, Kind.EMPTY}
)
"""Failures that the same question would meet again: kept as rejected verdicts."""


def load(profile: str) -> Wording:
    """The prompt of a profile, "small" or "strong"."""
    found: Wording = read_prompt(f"adjudicate_{profile}.toml", Wording)
    return found


@cache
def head(profile: str) -> tuple[Message, ...]:
    """The fixed messages of a profile, rendered once."""
    return tuple(load(profile).head())


@dataclass(frozen=True, slots=True)
class SecondReader:
    """A model with its prompt. `config` names all that decides its verdicts."""

    settings: Settings
    model: str
    profile: str
    max_output_tokens: int
    prompt_hash: str
    schema_hash: str
    config: str

    def messages(self, question: Question) -> list[Message]:
        """The first question about a pair: the fixed part, then both passages as JSON."""
        kind = "statement" if question.slot == "statement" else "value"
        a, b = (shown(side) for side in question.sides)
        rendered = render(load(self.profile).user, {"question": kind, "a": a, "b": b})
        return [*head(self.profile), {"role": "user", "content": rendered}]


def shown(side: Side) -> dict[str, str]:
    """What is known of a side, in the order in which it is shown."""
    return {name: value for name, value in side.model_dump(mode="json").items() if value}


def second_reader(settings: Settings) -> SecondReader:
    """The second reader that `settings` name. Raises SettingsError when they name none."""
    own = settings.for_second_reader()
    profile = profile_of(own)
    prompt = load(profile)
    parts: dict[str, Any] = {
        "model": own.local_model.stem if own.local_model else own.model,
        "profile": profile,
        "max_output_tokens": own.max_output_tokens or prompt.max_output_tokens,
        "prompt_hash": digest(f"adjudicate_{profile}.toml"),
        "schema_hash": schema_hash(Answer),
    }
    decisive = {**parts, "temperature": own.temperature, "max_reasks": own.max_reasks}
    text = json.dumps(decisive, sort_keys=True)
    return SecondReader(own, **parts, config=f"second-{profile}-{hashlib.sha256(text.encode()).hexdigest()[:12]}")


# --- verdicts that are there ---


def known_readings(store: Store, claims: Sequence[Claim], documents: Mapping[str, Document]) -> Readings:
    """What the active verdicts of the store say of the undecided pairs of `claims`."""
    answers = answers_of(store.verdicts.accepted())
    return readings_of(questions(aligners(claims, documents)), answers) if answers else {}


# --- asking ---


def adjudicate(store: Store, reader: SecondReader, summary: Summary, progress: Progress) -> bool:
    """Puts the most promising undecided pairs to `reader`, those that it has not judged before; stores its verdicts.

    Returns whether all of them have their verdict. When the endpoint fails, `summary.error` says so, and what was
    judged is kept.
    """
    most = reader.settings.max_adjudications
    everything = questions(aligner_of(story) for story in all_stories(store))
    chosen = everything[:most]
    if len(everything) > len(chosen):
        summary.notes.append(
            f"second reader: {len(everything)} pairs are undecided, {len(chosen)} of them, the most promising, are put "
            "to it; raise --max-adjudications for more"
        )
    before = store.verdicts.of(reader.config)
    pending = [question for question in chosen if question.key(reader.config) not in before]
    counts = {"pairs": len(chosen), "known": len(chosen) - len(pending), "accepted": 0, "rejected": 0}
    summary.adjudicated = dict(counts)
    if not pending:
        return True
    claims = store.extractions.get(sorted({claim for question in pending for claim in question.shown}))
    told = {claim.document_id for claim in claims.values()}
    run_id = store.ledger.begin(
        "adjudicate",
        reader.config,
        extractor=reader.model,
        version=__version__,
        documents=len(told),
        prompt_hash=reader.prompt_hash,
        schema_hash=reader.schema_hash,
        options={
            "model": reader.model,
            "endpoint": reader.settings.endpoint,
            "profile": reader.profile,
            "max_adjudications": most,
            "max_reasks": reader.settings.max_reasks,
            "temperature": reader.settings.temperature,
        },
    )
    progress.stage("Second reader", len(pending))
    desk = _Desk(store, reader, run_id, claims, progress)
    status = "failed"
    try:
        with serve(_with_what_is_left(reader.settings, summary)) as served:
            run(desk.work(pending, served))
        status = "complete" if desk.judged == len(pending) else "interrupted" if desk.error is None else "incomplete"
    except ModelError as error:
        desk.error = desk.error or error
    except KeyboardInterrupt:
        status = "interrupted"
        raise
    finally:
        store.ledger.end(run_id, status, len(told) if status == "complete" else 0, desk.failures)
        spent = store.ledger.spent(run_id)
        summary.adjudicated = {**counts, **desk.counts, **spent}
    for one, two, problem in store.verdicts.rejected(run_id):
        summary.notes.append(f"second reader: its verdict on {one} and {two} is rejected: {problem}")
    if desk.error is not None:
        left = len(pending) - desk.judged
        kind = type(desk.error)
        summary.error = summary.error or kind(
            f"second reader: {desk.error}; {left} of {len(chosen)} pairs stay as the alignment alone has them: run "
            "again to go on"
        )
    elif desk.judged < len(pending):
        summary.interrupted = True
    return desk.judged == len(pending)


def _with_what_is_left(settings: Settings, summary: Summary) -> Settings:
    """The limits on cost and tokens are of the whole run, extraction included."""
    cost, tokens = settings.max_cost, settings.max_tokens
    return settings.model_copy(
        update={
            "max_cost": None if cost is None else max(0.0, cost - summary.spent.get("cost", 0.0)),
            "max_tokens": None if tokens is None else max(0, tokens - int(summary.spent.get("tokens", 0))),
        }
    )


class Judged(NamedTuple):
    """How one question ended: the answer, and why it is rejected if it is. Both may be missing, not at once."""

    answer: Answer | None
    problem: str | None
    reading: Reading | None


async def judge(client: Client, reader: SecondReader, question: Question, task: Task) -> Judged:
    """Asks one question; again, with what is wrong, where the answer cannot be accepted.

    Raises ModelError when no answer came; an answer that cannot be used is no error.
    """
    prompt = load(reader.profile)
    messages = asked = reader.messages(question)
    answer: Answer | None = None
    problem: str | None = None
    for left in range(reader.settings.max_reasks, -1, -1):
        try:
            got = await client.ask(asked, Answer, task=task, max_tokens=reader.max_output_tokens)
        except ModelError as error:
            if error.kind not in _OF_THE_ANSWER:
                raise
            problem = str(error)
            if error.kind != Kind.WRONG_SCHEMA or not left:
                return Judged(None, problem, None)
            asked = followed(messages, None, prompt.repair, {"problem": problem})
            continue
        answer = got.value
        found = read(question, answer, reader.model)
        if isinstance(found, Reading):
            return Judged(answer, None, found)
        problem = found
        asked = followed(messages, got.raw, prompt.reask, {"problem": problem})
    return Judged(answer, problem, None)


class _Desk:
    """The calls of one run, their rows and their verdicts."""

    def __init__(
        self, store: Store, reader: SecondReader, run_id: str, claims: Mapping[str, Claim], progress: Progress
    ) -> None:
        self._store, self._reader, self._run_id = store, reader, run_id
        self._claims, self._progress = claims, progress
        self.error: ModelError | None = None
        self.failures: dict[str, int] = {}
        self.judged = 0
        self.counts = {"accepted": 0, "rejected": 0}
        self._ending = False

    async def record(self, call: Call) -> None:
        """The ledger of the client: a row is durable before its answer is used."""
        self._store.verdicts.record([call])

    async def work(self, pending: Iterable[Question], settings: Settings) -> None:
        """Judges `pending` in order, as many at once as the settings allow."""
        todo = iter(pending)
        async with Client(settings, ledger=self, memory=self._store.memory("mode")) as client:

            async def worker() -> None:
                for question in todo:
                    if self._ending or self._progress.stopping():
                        return
                    await self._one(client, question)

            async with asyncio.TaskGroup() as group:
                for _ in range(settings.concurrency):
                    group.create_task(worker())

    async def _one(self, client: Client, question: Question) -> None:
        claim = self._claims[question.shown[0]]
        task = Task("adjudicate", self._run_id, self._reader.config, claim.document_id, Span(claim.start, claim.end))
        try:
            outcome = await judge(client, self._reader, question, task)
        except ModelError as error:
            self.failures[str(error.kind)] = self.failures.get(str(error.kind), 0) + 1
            self.error = self.error or error
            self._ending = self._ending or error.kind in FATAL or isinstance(error, BudgetExceeded)
            return
        self._store.verdicts.save([self._row(question, outcome)])
        self.judged += 1
        self.counts["accepted" if outcome.reading else "rejected"] += 1
        cost = {"cost": client.budget.cost} if client.price else {}
        self._progress.advance(1, **self.counts, **cost)

    def _row(self, question: Question, outcome: Judged) -> StoredVerdict:
        documents = [self._claims[claim].document_id for claim in question.shown]
        return StoredVerdict(
            key=question.key(self._reader.config),
            config=self._reader.config,
            run_id=self._run_id,
            model=self._reader.model,
            document_a=documents[0],
            document_b=documents[1],
            slot=question.slot,
            shown=[shown(side) for side in question.sides],
            status="accepted" if outcome.reading else "rejected",
            problem=outcome.problem if outcome.reading is None else None,
            **(outcome.answer.model_dump() if outcome.answer else {}),
            active=True,
            answered_at=datetime.now(UTC),
        )
