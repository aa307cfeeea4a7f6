"""A disk that is full, a place that cannot be written, a store that is newer or damaged: one line, and nothing lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from claims.pipeline import Progress, Summary, extract, read_documents
from claims.settings import resolve
from claims.store import Store, open_store

ROOT = Path(__file__).resolve().parent.parent


def articles(folder: Path, count: int, *, filler: int = 0) -> Path:
    """A file of `count` articles; `filler` adds that many kilobytes of text to each that no compression makes small."""
    path = folder / f"articles-{count}-{filler}.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = f"About {number + 20} bakers met at pier {number} on Friday, the council said. " + "\n\n"
            file.write(json.dumps({"id": f"a{number}", "text": text + os.urandom(512 * filler).hex()}) + "\n")
    return path


def command(*arguments: str | Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """`claims` in a process of its own; `before` is Python that runs first."""
    code = f"{before}\nimport sys; sys.argv = ['claims', *sys.argv[1:]]\nfrom claims.cli import main\nmain()"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, env=environment, check=False, timeout=120,
    )  # fmt: skip


def one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """The command ended as for an error of the store, with one line that has `words`."""
    lines = [line for line in done.stderr.splitlines() if not line.startswith("claims: no model is set")]
    assert done.returncode == 4, done.stderr
    assert len(lines) == 1, done.stderr
    for word in words:
        assert word in lines[0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 6 MB, where the tests may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    made = mount and subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("mounting a small disk is not allowed here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_full_disk(small_disk: Path, tmp_path: Path) -> None:
    db = small_disk / "s.duckdb"
    assert command("extract", articles(tmp_path, 5), "--db", db, "--quiet").returncode == 0
    with Store(db, read_only=True) as store:
        before = store.sql("SELECT id, text FROM store.claims ORDER BY id")
    one_line(command("extract", articles(tmp_path, 300, filler=60), "--db", db, "--quiet"), str(db), "disk is full")
    # What was committed is there, and sound, once there is room.
    room = tmp_path / "s.duckdb"
    for name in ("s.duckdb", "s.duckdb.wal"):
        if (small_disk / name).exists():
            shutil.copy(small_disk / name, tmp_path / name)
    with open_store(room) as store:
        found = store.sql("SELECT id, text FROM store.claims ORDER BY id")
        assert set(before[1]) <= set(found[1])
        assert not list(store.upkeep.faults())


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    db = tmp_path / "s.duckdb"
    assert command("extract", articles(tmp_path, 5), "--db", db, "--quiet").returncode == 0
    limit = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (6_000_000, 6_000_000))"
    )
    one_line(command("extract", articles(tmp_path, 300, filler=60), "--db", db, "--quiet", before=limit), str(db))
    with open_store(db) as store:
        assert store.sql("SELECT count(*) >= 5 FROM store.claims")[1] == [(True,)]
        assert not list(store.upkeep.faults())


@pytest.fixture
def read_only_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk mounted read-only, with a store in it. (Root may write wherever permissions forbid it.)"""
    folder = tmp_path / "disk"
    folder.mkdir()
    with open_store(folder / "s.duckdb") as store:
        summary = Summary()
        ids = read_documents(store, [articles(tmp_path, 3)], summary, Progress())
        extract(store, ids, resolve(environment={}, folder=tmp_path), summary, Progress())
    mount = shutil.which("mount")
    done = mount and subprocess.run([mount, "--bind", folder, folder], capture_output=True, check=False)
    if not done or done.returncode:
        pytest.skip("mounting a folder read-only is not allowed here")
    subprocess.run(["mount", "-o", "remount,ro,bind", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def test_a_place_that_cannot_be_written(read_only_disk: Path, tmp_path: Path) -> None:
    path = articles(tmp_path, 4)
    one_line(command("extract", path, "--db", read_only_disk / "new.duckdb", "--quiet"), "cannot be written here")
    before = (read_only_disk / "s.duckdb").read_bytes()
    one_line(command("extract", path, "--db", read_only_disk / "s.duckdb", "--quiet"), "cannot be written here")
    assert (read_only_disk / "s.duckdb").read_bytes() == before
    listed = command("list", "--db", read_only_disk / "s.duckdb", "--format", "json")
    assert listed.returncode == 0, listed.stderr
    assert len(json.loads(listed.stdout)) >= 3


@pytest.mark.parametrize("what", ["newer", "cut", "other"])
def test_a_store_that_cannot_be_used_is_left_as_it_is(tmp_path: Path, what: str) -> None:
    db = tmp_path / "s.duckdb"
    with open_store(db) as store:
        if what == "newer":
            store.connection.execute("INSERT INTO store.migrations (number, name) VALUES (999, '0999_future.sql')")
    content = {"newer": db.read_bytes(), "cut": db.read_bytes()[:30_000], "other": b"PK\x03\x04" * 5000}[what]
    db.write_bytes(content)
    word = {"newer": "upgrade claims", "cut": "damaged", "other": "not a DuckDB file"}[what]
    for arguments in (["extract", articles(tmp_path, 2)], ["list"], ["verify"], ["forget", "a1"]):
        one_line(command(*arguments, "--db", db, *(["--quiet"] if arguments[0] == "extract" else [])), str(db), word)
        assert db.read_bytes() == content
    assert sorted(p.name for p in tmp_path.iterdir()) == ["articles-2-0.jsonl", "s.duckdb"]
