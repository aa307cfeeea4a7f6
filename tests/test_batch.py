"""The Batch API, against a test double written from OpenAI's public API reference: it is not the real service."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from servers import PROBE_ANSWER, asked, completion

from claims.errors import SettingsError, UsageError
from claims.pipeline import Progress, Summary, read_documents
from claims.pipeline import batch as batches
from claims.settings import Settings, resolve
from claims.store import Store, open_store

Answer = Callable[[dict[str, Any]], dict[str, Any]]


def quoted(body: dict[str, Any]) -> str:
    """The last message's sentence, quoted whole: what an honest model would give."""
    data = asked(body)
    fact = {"quote": data["sentence"], "subject": "", "predicate": "", "speaker": ""}
    facts = [{**fact, "number": number} for number in data["numbers"]]
    return json.dumps({"facts": facts or [fact]})


def ok(content: str) -> dict[str, Any]:
    return {"response": {"status_code": 200, "request_id": "req_1", "body": completion(content)}, "error": None}


def honest(body: dict[str, Any]) -> dict[str, Any]:
    return ok(quoted(body))


@dataclass
class BatchServer:
    """A test double of the files and batches endpoints. `answer` gives each request's line; `end` the last status."""

    answer: Answer = honest
    end: str = "completed"
    files: dict[str, str] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    lose_start: bool = False  # the answer to the creation of a batch never arrives
    submitted: list[list[str]] = field(default_factory=list)

    def run(self, batch: dict[str, Any]) -> None:
        """Ends a batch, as a day later."""
        lines = [json.loads(line) for line in self.files[batch["input_file_id"]].splitlines()]
        good: list[dict[str, Any]] = []
        bad: list[dict[str, Any]] = []
        if self.end != "failed":
            for line in lines:
                result = {"id": "r", "custom_id": line["custom_id"], **self.answer(line["body"])}
                (good if not result.get("error") and result["response"]["status_code"] == 200 else bad).append(result)
        else:
            batch["errors"] = {"object": "list", "data": [{"code": "invalid", "message": "line 1 is not valid JSON"}]}
        for name, rows in (("output_file_id", good), ("error_file_id", bad)):
            if rows:
                file_id = f"file-{len(self.files)}"
                self.files[file_id] = "".join(json.dumps(row) + "\n" for row in rows)
                batch[name] = file_id
        batch["status"] = self.end
        batch["request_counts"] = {"total": len(lines), "completed": len(good), "failed": len(bad)}

    def finish(self) -> None:
        for batch in self.batches.values():
            if batch["status"] in ("validating", "in_progress", "cancelling"):
                self.run(batch)


@pytest.fixture
def server() -> Iterator[tuple[BatchServer, str]]:
    state = BatchServer()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

        def send(self, value: Any, status: int = 200) -> None:
            body = value.encode() if isinstance(value, str) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if match := re.fullmatch(r"/v1/files/([\w-]+)/content", self.path):
                self.send(state.files[match[1]])
            elif match := re.fullmatch(r"/v1/batches/([\w-]+)", self.path):
                self.send(state.batches[match[1]])
            else:
                data = list(state.batches.values())
                self.send({"object": "list", "data": data, "has_more": False})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.path == "/v1/files":
                text = body.decode()
                lines = [line for line in text.splitlines() if line.startswith('{"custom_id"')]
                file_id = f"file-{len(state.files)}"
                state.files[file_id] = "\n".join(lines) + "\n"
                file = {
                    "id": file_id,
                    "object": "file",
                    "bytes": 1,
                    "created_at": 1,
                    "filename": "b",
                    "purpose": "batch",
                }
                self.send({**file, "status": "processed"})
            elif self.path == "/v1/batches":
                asked = json.loads(body)
                batch_id = f"batch_{len(state.batches)}"
                state.batches[batch_id] = {
                    "id": batch_id,
                    "object": "batch",
                    "endpoint": asked["endpoint"],
                    "input_file_id": asked["input_file_id"],
                    "completion_window": "24h",
                    "status": "validating",
                    "created_at": 1,
                    "metadata": asked["metadata"],
                }
                lines = state.files[asked["input_file_id"]].splitlines()
                state.submitted.append([json.loads(line)["custom_id"] for line in lines])
                if state.lose_start:
                    state.lose_start = False
                    self.close_connection = True
                    return
                self.send(state.batches[batch_id])
            elif match := re.fullmatch(r"/v1/batches/([\w-]+)/cancel", self.path):
                state.batches[match[1]]["status"] = "cancelling"
                state.end = "cancelled"
                self.send(state.batches[match[1]])
            else:
                self.send(completion(PROBE_ANSWER))

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield state, f"http://127.0.0.1:{http.server_address[1]}/v1"
    finally:
        http.shutdown()
        http.server_close()


ARTICLES = {
    "one.txt": "About 40 beekeepers met in the hall on Friday. They agreed to plant 300 lime trees.",
    "two.txt": "The ferry carried 512 passengers in its first week. Tickets cost 9 euros.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / name).write_text(text, encoding="utf-8")
    return articles


def settings_for(url: str, tmp_path: Path, **more: Any) -> Settings:
    return resolve(
        environment={"OPENAI_API_KEY": "planted-key"},
        folder=tmp_path,
        model="test",
        base_url=url,
        profile="small",
        window=1,
        backoff=0.01,
        price_input=1.0,
        price_output=1.0,
        **more,
    )


def submitted(store: Store, folder: Path, settings: Settings) -> batches.Outcome:
    ids = read_documents(store, [str(folder)], Summary(), Progress())
    return batches.submit(store, ids, settings, Summary(), Progress())


def collected(store: Store, settings: Settings) -> batches.Outcome:
    return batches.collect(store, settings, Summary(), Progress())


def count(store: Store, what: str) -> int:
    return int(store.sql(f"SELECT count(*) FROM {what}")[1][0][0])


def test_submit_and_collect_in_two_processes(server: tuple[BatchServer, str], folder: Path, tmp_path: Path) -> None:
    state, url = server
    settings, db = settings_for(url, tmp_path), tmp_path / "s.duckdb"
    with open_store(db) as store:
        sent = submitted(store, folder, settings)
    assert sent.sent == 4
    with open_store(db) as store:
        assert collected(store, settings).batches == []  # still out
        assert submitted(store, folder, settings).sent == 0  # what is out is not asked twice
    state.finish()
    with open_store(db) as store:
        assert [row.status for row in batches.status(store, settings)] == ["completed"]
        outcome = collected(store, settings)
        assert (outcome.answers, outcome.failed, outcome.to_send) == (4, 0, 0)
        assert count(store, "store.claims") == 4
        assert count(store, "store.extractions WHERE complete AND active") == 2
        assert count(store, "store.calls WHERE purpose = 'extract' AND status = 'ok'") == 4
        cost = store.sql("SELECT sum(cost) FROM store.calls WHERE purpose = 'extract'")[1][0][0]
        assert cost == pytest.approx(4 * 120 / 1e6 * 0.5)
    with open_store(db) as store:
        assert collected(store, settings).batches == []  # once is enough
        assert submitted(store, folder, settings).sent == 0
        assert len(state.submitted) == 1


def test_the_same_rows_as_live_calls(server: tuple[BatchServer, str], folder: Path, tmp_path: Path) -> None:
    """Claims do not tell by which way they came."""
    from servers import FaultyServer

    from claims.pipeline import extract

    state, url = server
    settings = settings_for(url, tmp_path)
    wanted = 'SELECT id, quote, "start", "end", kind, quantity, "time" FROM store.claims ORDER BY id'
    with open_store(tmp_path / "batch.duckdb") as store:
        submitted(store, folder, settings)
        state.finish()
        collected(store, settings)
        by_batch = store.sql(wanted)
    with FaultyServer(lambda request: quoted(request.body)) as live, open_store(tmp_path / "live.duckdb") as store:
        ids = read_documents(store, [str(folder)], Summary(), Progress())
        extract(store, ids, settings_for(live.url, tmp_path), Summary(), Progress())
        assert store.sql(wanted) == by_batch


def test_a_live_run_leaves_what_is_out_in_a_batch(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path
) -> None:
    from servers import FaultyServer

    from claims.errors import Unfinished
    from claims.pipeline import extract, finish

    state, url = server
    with FaultyServer(lambda request: quoted(request.body)) as live, open_store(tmp_path / "s.duckdb") as store:
        submitted(store, folder, settings_for(url, tmp_path))
        (folder / "three.txt").write_text("Nine carts left the yard.", encoding="utf-8")
        summary = Summary()
        ids = read_documents(store, [str(folder)], summary, Progress())
        extract(store, ids, settings_for(live.url, tmp_path), summary, Progress())
        assert len([request for request in live.requests if not request.is_probe]) == 1
        assert summary.waiting == 4
        with pytest.raises(Unfinished, match="4 windows are out in a batch: `claims batch collect`"):
            finish(summary)
        state.finish()
        collected(store, settings_for(url, tmp_path))
        assert count(store, "store.extractions WHERE complete AND active") == 3


def test_a_limit_keeps_requests_from_being_sent(server: tuple[BatchServer, str], folder: Path, tmp_path: Path) -> None:
    state, url = server
    settings = settings_for(url, tmp_path)
    with open_store(tmp_path / "s.duckdb") as store:
        free = submitted(store, folder, settings_for(url, tmp_path, max_tokens=1500))
        assert free.sent == 0
        assert free.limit is not None
        assert "--max-tokens 1500" in str(free.limit)
        one = 9_000
        some = submitted(store, folder, settings_for(url, tmp_path, max_tokens=one))
        assert 0 < some.sent < 4
        state.finish()
        collected(store, settings)
        spent = store.sql("SELECT sum(prompt_tokens + completion_tokens) FROM store.calls")[1][0][0]
        assert spent <= one
        cheap = submitted(store, folder, settings_for(url, tmp_path, max_cost=1e-9))
        assert (cheap.sent, str(cheap.limit).split(";")[0]) == (0, "the next request could pass --max-cost 1e-09")
        assert submitted(store, folder, settings).sent == 4 - some.sent


def test_files_keep_to_their_limits(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claims.llm import batch as api

    state, url = server
    monkeypatch.setattr(api, "MAX_REQUESTS", 3)
    with open_store(tmp_path / "s.duckdb") as store:
        outcome = submitted(store, folder, settings_for(url, tmp_path))
        assert (outcome.sent, [batch.requests for batch in outcome.batches]) == (4, [3, 1])
        state.finish()
        assert collected(store, settings_for(url, tmp_path)).answers == 4


def test_any_line_end_may_stand_in_an_answer(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JSON may hold U+2028 and others as they are; only a line feed ends a line."""
    state, url = server
    for path in folder.iterdir():
        path.unlink()
    (folder / "one.txt").write_text("The hall took in 40 guests on Friday.", encoding="utf-8")
    state.answer = lambda body: ok(quoted(body).replace('"predicate": ""', '"predicate": "\u2028"'))
    with open_store(tmp_path / "s.duckdb") as store:
        sent = submitted(store, folder, settings_for(url, tmp_path)).sent
        assert sent
        state.finish()
        for name, text in state.files.items():
            lines = [json.dumps(json.loads(line), ensure_ascii=False) for line in text.split("\n") if line]
            state.files[name] = "\n".join(lines) + "\n"
        assert any("\u2028" in text for text in state.files.values())
        outcome = collected(store, settings_for(url, tmp_path))
        assert (outcome.answers, outcome.failed) == (sent, 0)


def test_only_failures_are_submitted_again(server: tuple[BatchServer, str], folder: Path, tmp_path: Path) -> None:
    state, url = server
    settings = settings_for(url, tmp_path)

    def some_fail(body: dict[str, Any]) -> dict[str, Any]:
        if "ferry" in body["messages"][-1]["content"]:
            error = {"error": {"message": "overloaded", "code": None}}
            return {"response": {"status_code": 503, "request_id": "r", "body": error}, "error": None}
        return honest(body)

    state.answer = some_fail
    with open_store(tmp_path / "s.duckdb") as store:
        submitted(store, folder, settings)
        state.finish()
        outcome = collected(store, settings)
        assert outcome.failed >= 1
        assert outcome.to_send == outcome.failed
        state.answer = honest
        assert submitted(store, folder, settings).sent == outcome.failed
        state.finish()
        assert collected(store, settings).to_send == 0
        assert count(store, "store.claims") == 4
        kinds = store.sql("SELECT DISTINCT error_kind FROM store.calls WHERE status = 'failed'")[1]
        assert kinds == [("server_error",)]


def test_a_rejected_claim_is_asked_again_by_the_next_batch(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path
) -> None:
    state, url = server
    settings = settings_for(url, tmp_path)
    invented = json.dumps({"facts": [{"quote": "The moon is cheese.", "subject": "", "predicate": "", "speaker": ""}]})
    state.answer = lambda body: ok(invented)
    with open_store(tmp_path / "s.duckdb") as store:
        submitted(store, folder, settings)
        for _ in range(6):
            state.finish()
            if not collected(store, settings).to_send:
                break
            submitted(store, folder, settings)
        assert len(state.submitted) > 1
        assert count(store, "store.claims") == 0
        assert count(store, "store.rejected") >= 1
        assert count(store, "store.extractions WHERE complete") == 2


@pytest.mark.parametrize("end", ["expired", "failed", "cancelled"])
def test_a_batch_that_does_not_complete(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path, end: str
) -> None:
    state, url = server
    settings = settings_for(url, tmp_path)
    state.end = end

    def expired(body: dict[str, Any]) -> dict[str, Any]:
        if "trees" in body["messages"][-1]["content"]:
            return honest(body)
        return {"response": None, "error": {"code": "batch_expired", "message": "not run in 24 hours"}}

    state.answer = expired
    with open_store(tmp_path / "s.duckdb") as store:
        first = submitted(store, folder, settings)
        state.finish()
        outcome = collected(store, settings)
        assert outcome.answers + outcome.failed == first.sent
        assert outcome.to_send == outcome.failed > 0  # what was answered in time is kept
        if end == "failed":
            assert "not valid JSON" in str(outcome.batches[0].error)
        state.end, state.answer = "completed", honest
        submitted(store, folder, settings)
        state.finish()
        assert collected(store, settings).to_send == 0
        assert count(store, "store.extractions WHERE complete") == 2


def test_a_start_whose_answer_was_lost_is_not_paid_twice(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path
) -> None:
    state, url = server
    state.lose_start = True
    settings = settings_for(url, tmp_path)
    with open_store(tmp_path / "s.duckdb") as store:
        assert submitted(store, folder, settings).sent == 4
        assert len(state.batches) == 1
        assert store.batches.open()[0].provider_id == "batch_0"


def test_a_process_that_ended_before_the_start_was_noted(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path
) -> None:
    """Killed between the endpoint's start of the batch and the note of its id: it is found by our own id."""
    state, url = server
    settings = settings_for(url, tmp_path)
    with open_store(tmp_path / "s.duckdb") as store:
        submitted(store, folder, settings)
        store.connection.execute("UPDATE store.batches SET provider_id = NULL, status = 'prepared'")
    state.finish()
    with open_store(tmp_path / "s.duckdb") as store:
        assert collected(store, settings).answers == 4


def test_a_batch_that_never_reached_the_endpoint_is_asked_anew(
    server: tuple[BatchServer, str], folder: Path, tmp_path: Path
) -> None:
    state, url = server
    settings = settings_for(url, tmp_path)
    with open_store(tmp_path / "s.duckdb") as store:
        submitted(store, folder, settings)
        store.connection.execute("UPDATE store.batches SET provider_id = NULL, status = 'prepared'")
        state.batches.clear()
        assert submitted(store, folder, settings).sent == 4


def test_cancel(server: tuple[BatchServer, str], folder: Path, tmp_path: Path) -> None:
    _, url = server
    settings = settings_for(url, tmp_path)
    with open_store(tmp_path / "s.duckdb") as store:
        batch = submitted(store, folder, settings).batches[0]
        assert batches.cancel(store, settings, batch.id[:5]).status == "cancelling"
        with pytest.raises(UsageError, match="claims batch status"):
            batches.cancel(store, settings, "nothing")


def test_no_batch_without_an_endpoint(folder: Path, tmp_path: Path) -> None:
    settings = resolve(environment={}, folder=tmp_path)
    with open_store(tmp_path / "s.duckdb") as store, pytest.raises(SettingsError, match="--model"):
        submitted(store, folder, settings)


def test_the_key_is_nowhere_in_the_store(server: tuple[BatchServer, str], folder: Path, tmp_path: Path) -> None:
    state, url = server
    state.answer = lambda body: {
        "response": {"status_code": 400, "body": {"error": {"message": "key planted-key is odd"}}},
        "error": None,
    }
    db = tmp_path / "s.duckdb"
    with open_store(db) as store:
        submitted(store, folder, settings_for(url, tmp_path))
        state.finish()
        collected(store, settings_for(url, tmp_path))
        assert count(store, "store.calls WHERE error LIKE '%[key]%'") > 0
    assert b"planted-key" not in db.read_bytes()
