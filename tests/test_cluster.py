"""The cluster's stages against the local engine: in this process, and on two Ray nodes of which one dies."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from servers import FaultyServer, Reply, Request, completion
from test_extraction import KEY, OTHER, TEXT, echo

from claims.errors import BudgetExceeded, InputError, StoreError, UsageError
from claims.llm import Price, Usage
from claims.models import Fact
from claims.pipeline import Progress, Summary, run
from claims.pipeline.cluster import aligning, commands
from claims.pipeline.cluster.engine import Engine, Local, Ref
from claims.pipeline.cluster.extracting import extract_part
from claims.pipeline.cluster.job import Job, bucket_of, code
from claims.pipeline.cluster.limiter import Limiter
from claims.pipeline.cluster.reading import read_unit, units
from claims.settings import Settings, resolve
from claims.store import open_store

sys.path.append(str(Path(__file__).parent.parent / "benchmarks"))

PARTS = 4
_LITTLE = 3000  # tokens: enough for some calls of 1,200, each set aside at what it may take


def corpus(folder: Path, claims: int = 240) -> Path:
    """Generated articles in three files; two of them stand there twice, and one tells ranks of one person alone."""
    from corpus import records

    documents = list({r.document.id: r.document for r in records(claims)}.values())
    rows = [
        {"id": d.path, "text": d.text, "source": d.source, "title": d.title, "date": str(d.published_at)}
        for d in documents
    ]
    rows += [{**rows[0], "id": "0000", "date": "2019-05-05"}, {**rows[3], "id": "zzzz", "source": "Other"}]
    alone = "Major General Odo Lunt spoke in Hullton. Lieutenant-General Odo Lunt then left for the coast."
    rows.append({"id": "alone", "text": alone, "source": "Alone", "date": "2019-01-02"})
    folder.mkdir()
    for number in range(3):
        lines = "".join(json.dumps(row) + "\n" for row in rows[number::3])
        (folder / f"{number}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def local(folder: Path, articles: Path, settings: Settings | None = None) -> list[Fact]:
    with open_store(folder / "local.duckdb") as store:
        run(store, [articles], settings or Settings())
        return store.facts.all()


def on(engine: Engine, articles: Path, out: Path, settings: Settings | None = None) -> Summary:
    summary = Summary()
    commands.extract([articles], out, settings or Settings(), engine, summary, Progress(), parts=PARTS)
    if summary.complete():
        commands.align(out, engine, summary, Progress())
    return summary


def imported(folder: Path, out: Path) -> list[Fact]:
    with open_store(folder / "imported.duckdb") as store:
        counts, stale = store.transfer.load(out)
        assert not stale
        assert counts["documents"] == store.documents.count()
        return store.facts.all()


def test_the_stages_give_the_facts_of_the_local_engine(tmp_path: Path) -> None:
    articles = corpus(tmp_path / "in", 300)
    wanted = local(tmp_path, articles)
    summary = on(Local(), articles, tmp_path / "out")
    assert imported(tmp_path, tmp_path / "out") == wanted
    assert summary.facts == len(wanted) > 20
    assert summary.discrepancies == sum(fact.discrepancy for fact in wanted) > 1
    with open_store(tmp_path / "local.duckdb") as one, open_store(tmp_path / "imported.duckdb") as two:
        for table, columns in {
            "documents": "*",
            "locations": "*",
            "claims": "* EXCLUDE run_id",
            "rejected": "* EXCLUDE run_id",
            "extractions": "* EXCLUDE run_id",
        }.items():
            query = f"SELECT {columns} FROM store.{table} ORDER BY ALL"
            assert one.sql(query) == two.sql(query)
    again = on(Local(), articles, tmp_path / "out")
    assert (again.extracted, again.documents, again.facts) == (0, summary.documents, summary.facts)
    assert not list((tmp_path / "out" / "work").iterdir())


def test_a_part_that_a_lost_worker_left_is_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from claims.pipeline.cluster import extracting

    articles = corpus(tmp_path / "in", 60)
    job = Job(tmp_path / "out", 1, code(), "r")
    lines: list[str] = [line for unit in units([articles]) for line in read_unit(job, unit)[0]]
    save, saved = extracting._drop, []

    def die(*arguments: Any) -> None:
        saved.append(arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(extracting, "_drop", die)
    with pytest.raises(KeyboardInterrupt):
        extract_part(job, 0, None, lines)
    monkeypatch.setattr(extracting, "_drop", save)
    done = extract_part(job, 0, None, lines)
    assert (len(saved), done.extracted, done.documents) == (1, 0, len({json.loads(line)["id"] for line in lines}))


def test_an_unfinished_folder_is_not_aligned(tmp_path: Path) -> None:
    articles = corpus(tmp_path / "in", 60)
    with pytest.raises(InputError, match=r"cluster\.json"):
        commands.align(tmp_path, Local(), Summary(), Progress())
    on(Local(), articles, tmp_path / "out")
    next((tmp_path / "out" / "documents").glob("*.parquet")).unlink()
    with pytest.raises(InputError, match="is missing; run the same"):
        commands.align(tmp_path / "out", Local(), Summary(), Progress())
    with pytest.raises(InputError, match="another --out"):
        on(Local(), articles, articles)
    (tmp_path / "file").touch()
    with pytest.raises((StoreError, InputError)):
        on(Local(), articles, tmp_path / "file" / "out")


def test_a_folder_before_alignment_is_aligned_by_the_store(tmp_path: Path) -> None:
    articles = corpus(tmp_path / "in", 60)
    commands.extract([articles], tmp_path / "out", Settings(), Local(), Summary(), Progress(), parts=2)
    with open_store(tmp_path / "x.duckdb") as store:
        assert store.transfer.load(tmp_path / "out")[1]


def test_keys_fall_evenly_and_for_ever() -> None:
    assert [bucket_of(key, 7) for key in ("a", "b", "term", "\ud800")] == [4, 4, 0, 1]


def test_equal_code_is_asked_of_every_node(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="another version"):
        read_unit(Job(tmp_path, 1, "other"), "x")


# --- a model ---


def model(server: FaultyServer, **values: Any) -> Settings:
    return resolve(environment={}, profile="small", model="test", base_url=server.url, api_key=KEY, **values)


def two(folder: Path) -> Path:
    folder.mkdir()
    for name, text in (("a", TEXT), ("b", OTHER), ("c", OTHER.replace("30", "40"))):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_model_on_the_cluster_gives_what_it_gives_here(tmp_path: Path) -> None:
    articles = two(tmp_path / "in")
    with FaultyServer(echo) as server:
        wanted = local(tmp_path, articles, model(server))
        asked = sum(not request.is_probe for request in server.requests)
        summary = on(Local(), articles, tmp_path / "out", model(server, concurrency=2))
        assert sum(not request.is_probe for request in server.requests) == 2 * asked
        assert sum(request.is_probe for request in server.requests) == 2  # one for each engine, not for each part
        again = on(Local(), articles, tmp_path / "out", model(server))
        assert sum(not request.is_probe for request in server.requests) == 2 * asked
    assert imported(tmp_path, tmp_path / "out") == wanted
    assert summary.spent["calls"] == asked + 1
    assert (summary.windows, again.windows) == (asked, 0)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert KEY.encode() not in kept


def test_a_budget_is_of_the_cluster_and_the_next_run_goes_on(tmp_path: Path) -> None:
    articles = two(tmp_path / "in")
    with FaultyServer(lambda request: Reply(completion(echo(request), usage=(900, 300)))) as server:
        on(Local(), articles, tmp_path / "probe", model(server, max_tokens=10))
        summary = on(Local(), articles, tmp_path / "out", model(server, max_tokens=_LITTLE))
        assert isinstance(summary.error, BudgetExceeded)
        assert 0 < summary.windows < 3
        assert summary.spent["tokens"] <= _LITTLE
        before = len([r for r in server.requests if not r.is_probe])
        finished = on(Local(), articles, tmp_path / "out", model(server))
        assert finished.complete()
        assert finished.windows == 3 - summary.windows
        assert len([r for r in server.requests if not r.is_probe]) == before + finished.windows


# --- the limiter ---


def test_what_a_lost_worker_held_comes_back_and_counts_as_spent() -> None:
    async def work() -> None:
        limiter = Limiter(2, None, None, 1000, None, Price(1.0, 1.0, 1.0))
        await limiter.enter("p a")
        for _ in range(2):
            await limiter.acquire("p a")
        await limiter.reserve("p a", Usage(100, 200))
        waiting = asyncio.ensure_future(limiter.acquire("p a"))
        await asyncio.sleep(0)
        assert await limiter.spent() == (0, 0.0, 2)
        await limiter.enter("p b")
        await waiting  # of nobody any more: it takes no slot
        assert await limiter.spent() == pytest.approx((300, 0.0003, 0))
        for _ in range(2):
            await asyncio.wait_for(limiter.acquire("p b"), 1)
        with pytest.raises(BudgetExceeded):
            await limiter.reserve("p b", Usage(500, 201))
        number, _ = await limiter.reserve("p b", Usage(500, 200))
        await limiter.settle("p b", number, Usage(10, 10))
        await limiter.release("p b")
        await limiter.leave("p b", {"x": "y"})
        assert (await limiter.spent())[::2] == (320, 0)
        assert await limiter.enter("q a") == (None, {"x": "y"})

    asyncio.run(work())


# --- Ray ---


class Nodes:
    """Two Ray nodes on this machine, and a head that runs nothing."""

    def __init__(self) -> None:
        from ray.cluster_utils import Cluster

        usual = {"node_ip_address": "127.0.0.1", "object_store_memory": 150_000_000}
        self.cluster = Cluster(
            initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False, **usual}
        )
        self.nodes = [self.cluster.add_node(num_cpus=1, **usual) for _ in range(2)]

    def kill(self) -> None:
        """Ends a node without a word, once."""
        if len(self.nodes) == 2:
            self.cluster.remove_node(self.nodes.pop(), allow_graceful=False)


@contextmanager
def nodes(monkeypatch: pytest.MonkeyPatch) -> Iterator[Nodes]:
    # Ray reads it when it is imported: all addresses are loopback.
    monkeypatch.setenv("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    pytest.importorskip("ray", reason="Ray is not installed: pip install 'claims[ray]'")
    both = Nodes()
    try:
        yield both
    finally:
        both.cluster.shutdown()


class Killer(Progress):
    """Ends a node when the first part is written."""

    def __init__(self, kill: Callable[[], None]) -> None:
        self._kill = kill

    def advance(self, items: float, **counts: float) -> None:
        self._kill()


def test_two_ray_nodes_of_which_one_dies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = corpus(tmp_path / "in", 60)
    wanted = local(tmp_path, articles)
    with nodes(monkeypatch) as both:
        from claims.pipeline.cluster import on_ray

        class Dying(on_ray.Cluster):
            def spread(self, function: Any, calls: Sequence[Sequence[Any]], returns: int) -> list[list[Ref]]:
                if function is aligning.give:
                    both.kill()
                return super().spread(function, calls, returns)

        summary = Summary()
        with on_ray.connected(both.cluster.address, None):
            commands.extract([articles], tmp_path / "out", Settings(), Dying(), summary, Progress(), parts=PARTS)
            commands.align(tmp_path / "out", Dying(), summary, Progress())
    assert len(both.nodes) == 1
    assert imported(tmp_path, tmp_path / "out") == wanted


def test_a_ray_node_that_dies_costs_a_model_what_it_had_in_flight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "in"
    articles.mkdir()
    for number in range(24):
        (articles / f"{number:02}.txt").write_text(OTHER.replace("30", str(30 + number)), encoding="utf-8")

    with nodes(monkeypatch) as both:
        from claims.pipeline.cluster import on_ray

        def answer(request: Request) -> str:
            if request.number == 20:
                both.kill()
            return echo(request)

        with FaultyServer(answer) as server:
            summary = Summary()
            settings = model(server, concurrency=3, max_tokens=1_000_000)
            with on_ray.connected(both.cluster.address, None) as cluster:
                commands.extract([articles], tmp_path / "out", settings, cluster, summary, Progress(), parts=PARTS)
            asked = [request for request in server.requests if not request.is_probe]
            assert server.most_at_once <= 3
    assert summary.complete()
    different = len({json.dumps(request.body) for request in asked})
    assert different == 48 // 2
    assert different <= len(asked) <= different + 3


def test_options_of_the_other_engine_are_refused(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from claims.cli.app import app

    for arguments in (["extract", "x", "--out", "y"], ["align", "y"], ["extract", "x", "--engine", "ray"]):
        result = CliRunner().invoke(app, [*arguments, *(["--db", str(tmp_path / "s.duckdb")])])
        assert result.exit_code == UsageError.exit_code
