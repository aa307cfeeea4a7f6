"""A run that is killed at random moments ends like one that was not. `CLAIMS_KILLS=50` asks for the long version."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from processes import finish, start
from servers import FaultyServer, Reply, Request, completion

from claims.store import Store

KILLS = int(os.environ.get("CLAIMS_KILLS", "4"))
DOCUMENTS = 8 + 6 * KILLS
CONCURRENCY = 4
# The fork server listens at a Unix socket in a folder of its own.
pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1", "localhost", r".*/pymp-"])
ONSETS, VOWELS = ("B", "D", "G", "K", "L", "M", "N", "R", "S", "T"), ("a", "e", "i", "o", "u")


def article(number: int) -> dict[str, str]:
    """Two outlets for each story, whose figures differ in every third one."""
    story, outlet = divmod(number, 2)
    place = "".join(ONSETS[story // 10**i % 10].lower() + VOWELS[story // 5**i % 5] for i in range(3)).title() + "burg"
    met = story * 3 + 21 + (outlet if story % 3 == 0 else 0)
    text = (
        f"{met} bakers {('met', 'gathered')[outlet]} in the town hall of {place} on Monday. "
        f"{('They', 'All')[outlet]} agreed to repair {story * 5 + 7} lanterns in {place} before the fair."
    )
    return {"id": f"a{number}", "text": text, "source": f"Outlet {outlet}", "date": "2024-05-07"}


def answer(request: Request) -> Reply:
    """An honest answer, after a while in which the client may be killed."""
    data = request.data
    fact = {"quote": data["sentence"], "subject": "", "predicate": "", "speaker": ""}
    facts = [{**fact, "number": number} for number in data["numbers"]]
    return Reply(completion(json.dumps({"facts": facts or [fact]}), request=request), delay=0.04)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(article(n)) + "\n" for n in range(DOCUMENTS)), encoding="utf-8")
    return path


def command(url: str, articles: Path, db: Path) -> list[str | Path]:
    return [
        *("run", articles, "--db", db, "--quiet", "--format", "json"),
        *("--model", "test", "--base-url", url, "--concurrency", str(CONCURRENCY), "--profile", "small"),
        *("--window", "1"),
    ]


def content(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All that a store holds but what tells one run from another."""
    tables = {
        "documents": "SELECT * FROM store.documents",
        "claims": "SELECT * EXCLUDE (run_id) FROM store.claims",
        "rejected": "SELECT * EXCLUDE (run_id) FROM store.rejected",
        "extractions": "SELECT * EXCLUDE (run_id) FROM store.extractions",
        "windows": "SELECT * EXCLUDE (run_id) FROM store.windows",
        "facts": "SELECT * FROM store.facts",
        "fact_members": "SELECT * FROM store.fact_members",
        "relations": "SELECT * FROM store.relations",
    }
    with Store(db, read_only=True) as store:
        return {name: store.sql(f"SELECT * FROM ({sql}) ORDER BY ALL")[1] for name, sql in tables.items()}


def asked(server: FaultyServer) -> Counter[str]:
    return Counter(json.dumps(request.body) for request in server.requests if not request.is_probe)


def test_killed_again_and_again(articles: Path, tmp_path: Path) -> None:
    rng = random.Random(11)
    log = tmp_path / "log"
    with FaultyServer(answer) as server:
        undisturbed = tmp_path / "undisturbed.duckdb"
        assert finish(command(server.url, articles, undisturbed), log, 600) == 0, log.read_text()
        needed = asked(server)
        assert set(needed.values()) == {1}
        server.requests.clear()

        db, kills, in_flight = tmp_path / "killed.duckdb", 0, 0
        while kills < KILLS:
            before = len(server.requests)
            process = start(command(server.url, articles, db), log)
            if rng.random() < 0.8:
                # Anywhere from the first call to some calls on, so that the work lasts for all the kills …
                ask_for = before + rng.randrange(1, 9)
                while process.is_alive() and len(server.requests) < ask_for:
                    time.sleep(0.002)
                time.sleep(rng.random() * 0.06)
            else:
                time.sleep(rng.random())  # … or anywhere from the start: opening, reading, planning
            if process.exitcode is not None:
                break
            assert process.pid is not None
            os.kill(process.pid, signal.SIGKILL)
            process.join()
            kills += 1
            in_flight += min(CONCURRENCY, len(server.requests) - before)
        assert kills == KILLS, f"the work ended before all the kills: {log.read_text()}"
        assert finish(command(server.url, articles, db), log, 600) == 0, log.read_text()
        made = asked(server)

    assert content(db) == content(undisturbed)
    assert content(db)["facts"]
    assert set(made) == set(needed)
    assert sum(made.values()) - sum(needed.values()) <= in_flight
    with Store(db, read_only=True) as store:
        assert store.sql("SELECT count(DISTINCT config) FROM store.runs")[1] == [(1,)]
        statuses = Counter(row[0] for row in store.sql("SELECT status FROM store.runs")[1])
        assert statuses["complete"] == 1
        assert set(statuses) <= {"interrupted", "complete"}  # killed before its first write, a run leaves no row
        assert not list(store.upkeep.faults())


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c(articles: Path, tmp_path: Path, times: int) -> None:
    """Once: what is in flight is finished. Twice: it ends at once. Both say how to go on, and the next run does."""
    db, log = tmp_path / "s.duckdb", tmp_path / "log"
    delay = 0.3 if times == 1 else 20.0

    def slow(request: Request) -> Reply:
        reply = answer(request)
        reply.delay = delay
        return reply

    with FaultyServer(slow) as server:
        process = start(command(server.url, articles, db), log)
        while len([r for r in server.requests if not r.is_probe]) < CONCURRENCY:
            assert process.is_alive(), log.read_text()
            time.sleep(0.01)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGINT)
        while "Ctrl-C again" not in log.read_text():
            time.sleep(0.01)
        if times == 2:
            os.kill(process.pid, signal.SIGINT)
        began = time.monotonic()
        process.join(15)
        assert time.monotonic() - began < 12
        calls = len([r for r in server.requests if not r.is_probe])
        assert process.exitcode == (1 if times == 1 else 130)
        assert "run the same command again to go on" in log.read_text()
        assert "Traceback" not in log.read_text()
        with Store(db, read_only=True) as store:
            (row,) = store.sql("SELECT status FROM store.runs")[1]
            assert row == ("interrupted",)
            finished = store.sql("SELECT count(*) FROM store.windows WHERE status = 'done'")[1][0][0]
            rows = store.sql("SELECT count(*) FROM store.calls WHERE purpose = 'extract'")[1][0][0]
            assert rows == calls  # each call is on record, those that were ended as interrupted
            assert finished == (calls if times == 1 else 0)
        delay = 0.0
        assert finish(command(server.url, articles, db), log) == 0, log.read_text()
        assert len([r for r in server.requests if not r.is_probe]) - calls == 2 * DOCUMENTS - finished
