"""Paths → documents by bucket: the map side of the first shuffle. Equal texts meet in one bucket."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from claims.documents import Reading, read
from claims.documents.reader import RECORDS
from claims.pipeline.cluster.job import Job, bucket_of
from claims.store import read_parquet


def units(paths: Iterable[str | os.PathLike[str]]) -> list[str]:
    """What one worker reads: each path; of a folder that holds nothing but files of records, each file."""
    found: list[str] = []
    for given in paths:
        name = os.fspath(given)
        files = _records(Path(name)) if name != "-" and Path(name).is_dir() else None
        found += files or [name]
    return found


def _records(folder: Path) -> list[str] | None:
    """The files of a folder in order; None when one of them is anything but plain records."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_symlink() or path.is_dir() or path.suffix.lower() not in RECORDS or path.name.startswith("manifest"):
            return None
        found.append(str(path))
    return found


def read_unit(job: Job, path: str) -> list[Any]:
    """For each bucket the documents of `path`, as JSON; and last (problems, notes)."""
    job.check()
    reading = Reading()
    pieces: list[list[str]] = [[] for _ in range(job.buckets)]
    for document in read([path], reading, parquet=read_parquet):
        pieces[bucket_of(document.id, job.buckets)].append(document.model_dump_json())
    return [*pieces, (reading.problems, reading.notes)]


def flat(pieces: Sequence[Sequence[str]]) -> Iterable[str]:
    """The lines of all pieces, in order."""
    return (line for piece in pieces for line in piece)
