"""Paths → a stream of documents, and a list of what could not be read."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from claims.documents.article import make_document
from claims.documents.formats import ARTICLE_LIMIT, decode, front_matter, html_article, looks_like_html
from claims.documents.manifest import MANIFESTS, Manifest, find_manifest, read_manifest
from claims.documents.records import csv_records, json_records, jsonl_records
from claims.errors import InputError, UsageError
from claims.models import Document

Records = Callable[[Path], Iterator[dict[str, Any]]]
"""Reads the rows of a Parquet file, one dictionary each."""

ARTICLES = (".txt", ".md", ".markdown", ".text", ".html", ".htm")
STORES = (".duckdb", ".duckdb.wal", ".duckdb.calls1", ".duckdb.calls2")
"""What this program itself may have written beside the articles."""
RECORDS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")


@dataclass
class Reading:
    """What one call of `read` met, filled while its documents are consumed.

    `problems` are one line each (a file that is no article); `notes` are things worth saying that stop nothing.
    """

    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    read: int = 0


def read(
    paths: Iterable[str | os.PathLike[str]],
    reading: Reading,
    *,
    parquet: Records | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document]:
    """The documents of `paths` (files, folders, "-" for standard input), one at a time, in the order of the names.

    What cannot be read is added to `reading.problems`, and the rest goes on. A path that does not exist is such a
    problem too. Nothing but the article at hand is held in memory.
    """
    for given in paths:
        name = os.fspath(given)
        if name == "-":
            yield from _stdin(reading, stdin or sys.stdin.buffer)
            continue
        path = Path(name)
        if path.is_dir():
            yield from _folder(path, reading, parquet)
        elif path.exists():
            manifest = find_manifest(path.parent, reading.problems)
            yield from _file(path, reading, parquet, manifest)
        else:
            reading.problems.append(f"{name}: no such file or folder; check the path")


def _stdin(reading: Reading, stream: BinaryIO) -> Iterator[Document]:
    data = stream.read(ARTICLE_LIMIT + 1)
    if len(data) > ARTICLE_LIMIT:
        reading.problems.append(f"standard input: {_too_large(ARTICLE_LIMIT + 1)}")
        return
    # Two different articles from standard input must not pass for two versions of one.
    name = "stdin:" + hashlib.sha256(data).hexdigest()[:8]
    try:
        yield _article(data, name, None, {}, reading)
    except InputError as error:
        reading.problems.append(str(error).replace(name, "standard input", 1))


def _folder(root: Path, reading: Reading, parquet: Records | None) -> Iterator[Document]:
    before = reading.read + len(reading.problems)
    inside = root.resolve()
    manifests: dict[Path, Manifest] = {}

    def failed(error: OSError) -> None:
        reading.problems.append(f"{error.filename}: cannot be listed: {error.strerror}")

    for folder_name, folders, files in os.walk(root, onerror=failed):
        folder = Path(folder_name)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if (folder / name).is_symlink():
                reading.notes.append(f"{folder / name}: a link to a folder is not followed; name it to read it")
        local = next((name for name in MANIFESTS if name in files), None)
        if local is not None:
            manifests[folder] = read_manifest(folder / local, reading.problems)
        manifest = next((manifests[up] for up in (folder, *folder.parents) if up in manifests), None)
        for name in sorted(files):
            path = folder / name
            if name.startswith(".") or name == local or name.endswith(STORES):
                continue
            if path.is_symlink() and not _within(path, inside):
                reading.problems.append(f"{path}: a link that leaves its folder; copy the article into the folder")
                continue
            yield from _file(path, reading, parquet, manifest)
    if reading.read + len(reading.problems) == before:
        reading.problems.append(f"{root}: no article in this folder; it reads {', '.join(ARTICLES + RECORDS)}")


def _within(path: Path, folder: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(folder)
    except OSError:
        return False


def _file(path: Path, reading: Reading, parquet: Records | None, manifest: Manifest | None) -> Iterator[Document]:
    suffix = path.suffix.lower()
    try:
        if suffix in RECORDS:
            yield from _records(path, suffix, reading, parquet)
        elif suffix in ARTICLES:
            size = path.stat().st_size
            if size > ARTICLE_LIMIT:
                raise InputError(f"{path}: {_too_large(size)}")
            metadata = manifest.of(path) if manifest is not None else {}
            document = _article(path.read_bytes(), str(path), suffix, metadata, reading)
            reading.read += 1
            yield document
        else:
            raise InputError(f"{path}: not an article format; it reads {', '.join(ARTICLES + RECORDS)}")
    except InputError as error:
        reading.problems.append(str(error))
    except OSError as error:
        reading.problems.append(f"{path}: cannot be read: {error.strerror or error}")


def _too_large(size: int) -> str:
    return (
        f"{size / 1e6:.0f} MB is more than one article can be ({ARTICLE_LIMIT / 1e6:.0f} MB); "
        "split it, or give many articles as .jsonl"
    )


def _article(data: bytes, path: str, suffix: str | None, metadata: dict[str, Any], reading: Reading) -> Document:
    if not data.strip():
        raise InputError(f"{path}: empty; nothing to read")
    text, encoding = decode(data, path)
    if encoding not in ("utf-8", "ascii"):
        reading.notes.append(f"{path}: not UTF-8, read as {encoding}")
    if suffix in (".html", ".htm") or (suffix is None and looks_like_html(text)):
        text, found = html_article(text, path)
        return make_document(text, path, {**found, **metadata})
    text, found = front_matter(text, path)
    return make_document(text, path, {**found, **metadata})


def _records(path: Path, suffix: str, reading: Reading, parquet: Records | None) -> Iterator[Document]:
    if suffix == ".parquet":
        if parquet is None:
            raise UsageError(f"{path}: no reader for Parquet was given")
        rows: Iterator[tuple[str, dict[str, Any]]] = (
            (str(number), row) for number, row in enumerate(parquet(path), start=1)
        )
    elif suffix in (".csv", ".tsv"):
        rows = csv_records(path, "\t" if suffix == ".tsv" else None, reading.problems)
    elif suffix == ".json":
        rows = json_records(path, ARTICLE_LIMIT)
    else:
        rows = jsonl_records(path, ARTICLE_LIMIT, reading.problems)
    empty = True
    for number, record in rows:
        empty = False
        place = f"{path}#{number}"
        try:
            document = _record(record, place)
        except InputError as error:
            reading.problems.append(str(error))
            continue
        reading.read += 1
        yield document
    if empty:
        raise InputError(f"{path}: empty; no record in it")


def _record(record: dict[str, Any], place: str) -> Document:
    from claims.documents.article import split_fields

    known, _ = split_fields(record)
    text = known.get("text")
    if not isinstance(text, str):
        raise InputError(f"{place}: no text; a record needs a column text (or content, body, article)")
    if len(text) > ARTICLE_LIMIT:
        raise InputError(f"{place}: {_too_large(len(text))}")
    given = known.get("id")
    rest = {
        key: value
        for key, value in record.items()
        if value is not text
        and not (given is not None and key.strip().lower() in ("id", "document_id", "doc_id", "uuid"))
    }
    path = " ".join(str(given).split()) if given is not None else place
    return make_document(text, path or place, rest)
