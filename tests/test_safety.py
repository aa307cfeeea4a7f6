"""A planted key, through the whole program: it must be in nothing that the program prints, logs or keeps."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from mixture import honest
from servers import FaultyServer, Reply, Request, completion, error
from typer.testing import CliRunner

from claims.cli.app import app

KEY = "sk-planted-4711-abcdefghijklmnop"
PASSWORD = "hunter-planted-42"
BASIC = b64encode(f"user:{PASSWORD}".encode()).decode()
ARTICLES = {
    "one": "About 40 beekeepers met in the hall on Friday. They agreed to plant 300 lime trees.",
    "two": "The ferry carried 512 passengers in its first week. Tickets cost 9 euros.",
}


def talkative(request: Request) -> Reply | str:
    """An endpoint that repeats the key in errors, headers and answers."""
    sent = request.headers.get("authorization", "")
    if "ferry" in json.dumps(request.body["messages"]):
        return error(400, f"You sent {sent}", x_echo=sent)
    answer = json.loads(honest(request))
    answer["facts"] = [{"quote": f"My key is {KEY}.", "subject": KEY, "predicate": KEY, "speaker": KEY}]
    return Reply(completion(json.dumps(answer), request=request), headers={"x-request-id": "r1", "x-echo": sent})


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer(talkative) as running:
        yield running


@pytest.mark.parametrize("login", ["", f"user:{PASSWORD}@"], ids=["key", "password"])
def test_a_planted_secret_is_nowhere(
    server: FaultyServer, tmp_path: Path, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in ARTICLES.items():
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    for name, value in {
        "OPENAI_API_KEY": KEY,
        "CLAIMS_DB": str(tmp_path / "s.duckdb"),
        "CLAIMS_BACKOFF": "0.01",
        "CLAIMS_MAX_BACKOFF": "0.01",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    url = server.url.replace("://", f"://{login}")
    sent = f"Basic {BASIC}" if login else f"Bearer {KEY}"
    printed = ""
    for arguments in (
        ["run", str(articles), "--model", "test", "--base-url", url, "-vv", "--max-attempts", "2"],
        ["run", str(articles), "--model", "test", "--base-url", url, "--dry-run"],
        ["retry", "--model", "test", "--base-url", url, "-vv"],
        ["runs", "--format", "json"],
        ["rejected", "--format", "json"],
        ["prompts", str(articles), "--model", "test", "--base-url", url],
        ["sql", "SELECT * FROM calls", "--format", "json"],
        ["report", "--out", str(tmp_path / "report.html")],
        ["export", str(tmp_path / "export"), "--format", "jsonl"],
        ["run", str(articles), "--model", "test", "--base-url", "http://127.0.0.1:9/v1", "--give-up-after", "0"],
    ):
        result = CliRunner().invoke(app, arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert "Traceback" not in result.stderr
        printed += result.stdout + result.stderr
    assert server.requests
    assert all(request.headers["authorization"] == sent for request in server.requests)
    assert len(list((tmp_path / "export").iterdir())) > 3
    for secret in (KEY, PASSWORD, BASIC) if login else (KEY,):
        assert secret not in printed, printed[max(0, printed.index(secret) - 300) :][:600]
        for path in tmp_path.rglob("*"):
            if path.is_file():
                assert secret.encode() not in path.read_bytes(), path
