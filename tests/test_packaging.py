"""The wheel: built, installed in a new environment, run from another folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "CLAIMS", "OPENAI"))}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", folder, cwd=ROOT)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_holds_code_and_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, target in (
        ("prompts", "claims/_data/prompts"),
        ("schemas", "claims/_data/schemas"),
        ("claims", "claims"),
    ):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                assert f"{target}/{path.relative_to(ROOT / folder).as_posix()}" in names
    assert not [name for name in names if name.startswith(("tests", "seeds", "benchmarks"))]


def test_the_installed_wheel_does_the_main_job_elsewhere(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    run(sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    packages = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # The libraries come from this environment: the test is of the package, and needs no network. The checkout, which
    # an editable install puts on the path, is left out.
    here = next(path for path in sys.path if path.endswith("site-packages"))
    bare = tmp_path / "libraries"
    bare.mkdir()
    for entry in Path(here).iterdir():
        if entry.suffix != ".pth" and not entry.name.startswith("claims"):
            (bare / entry.name).symlink_to(entry)
    (Path(packages) / "libraries.pth").write_text(f"{bare}\n")
    where = run(python, "-c", "import claims; print(claims.__file__)", cwd=tmp_path).strip()
    assert where.startswith(packages)
    db = tmp_path / "s.duckdb"
    run(python, "-m", "claims", "run", ROOT / "seeds", "--db", db, "--quiet", cwd=tmp_path, HOME=str(home))
    facts = json.loads(run(python, "-m", "claims", "facts", "--db", db, "--format", "json", cwd=tmp_path))
    assert any(fact["discrepancy"] for fact in facts)
    assert "[system]" in run(python, "-m", "claims", "prompts", ROOT / "seeds", cwd=tmp_path)
    assert list(home.iterdir()) == []


def test_every_dependency_is_pinned_by_hash() -> None:
    for name in ("constraints.txt", "constraints-dev.txt"):
        text = (ROOT / name).read_text()
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert len(pins) > 20
        assert all("==" in line and line.endswith("\\") for line in pins)
        assert "--index" not in text
        assert "--find-links" not in text
