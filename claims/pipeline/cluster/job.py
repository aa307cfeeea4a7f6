"""What every worker is told, and how keys become buckets."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from claims import __version__
from claims.errors import InputError, SettingsError, StoreError
from claims.pipeline.builtin import builtin_config, code_hash

if TYPE_CHECKING:
    from claims.settings import Settings

_PLAN = "cluster.json"
WORK = "work"  # stores of parts that are not finished


@dataclass(frozen=True)
class Job:
    """One command. `folder` is reached under this path from every node; keys are spread over `buckets` parts."""

    folder: Path
    buckets: int
    code: str
    run_id: str = ""
    settings: Settings | None = None  # without the key: workers ask the limiter for it

    def check(self) -> None:
        """Raises SettingsError on a node that has other code: its results would be other results."""
        if self.code != code():
            raise SettingsError(
                f"a node of the cluster has another version of claims than this one ({__version__}); "
                "install the same on every node"
            )

    def part(self, bucket: int) -> str:
        """The name of the part of a bucket."""
        return f"{bucket:05d}"


def code() -> str:
    """Names the code that decides the results."""
    return f"{__version__} {builtin_config()} {code_hash('alignment', 'extraction', 'llm', 'pipeline', 'store')}"


def bucket_of(key: str, buckets: int) -> int:
    """The bucket of a key, the same in every process."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % buckets


def planned(folder: Path, wanted: int | None, default: int) -> int:
    """The number of buckets of `folder`: as it was begun; else as `wanted`, else `default`, which is then kept.

    Raises StoreError when the folder cannot be written.
    """
    file = folder / _PLAN
    try:
        if file.is_file():
            return int(json.loads(file.read_text(encoding="utf-8"))["buckets"])
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError(f"{folder}: not empty, and not begun by `claims extract --engine`; give another --out")
        file.write_text(json.dumps({"buckets": wanted or default}) + "\n", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}; give another --out") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f'{file}: damaged; write {{"buckets": N}} into it, N the number of parts') from error
    return wanted or default


def existing(folder: Path) -> int:
    """The number of buckets of a folder that `claims extract --engine` wrote. Raises InputError when it is none."""
    if not (folder / _PLAN).is_file():
        raise InputError(f"{folder}: no {_PLAN} in it; make it with `claims extract PATH --engine ray --out {folder}`")
    return planned(folder, None, 1)
