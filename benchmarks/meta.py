"""What every benchmark says of itself: the commit, the versions and the machine."""

from __future__ import annotations

import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path


def environment() -> dict[str, object]:
    """Commit, Python, processors and the versions of the packages that matter."""
    commit = subprocess.run(
        ["git", "-C", str(Path(__file__).parent), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    packages = ("claims", "duckdb", "openai", "instructor", "pydantic")
    versions = {}
    for name in packages:
        try:
            versions[name] = version(name)
        except ImportError:
            versions[name] = "not installed"
    return {"commit": commit, "python": platform.python_version(), "processors": os.cpu_count(), "versions": versions}
