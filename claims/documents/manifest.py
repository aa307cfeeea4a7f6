"""A manifest file beside the articles: what it says of each file."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from claims.documents.records import csv_records, json_records, jsonl_records
from claims.errors import InputError

MANIFESTS = ("manifest.csv", "manifest.json", "manifest.jsonl")
_FILE = ("file", "path", "filename", "file_name")
_LIMIT = 50_000_000


@dataclass(frozen=True)
class Manifest:
    """Metadata by the absolute path of the file that it speaks of."""

    rows: dict[Path, dict[str, Any]]

    def of(self, path: Path) -> dict[str, Any]:
        return self.rows.get(Path(os.path.abspath(path)), {})


def find_manifest(folder: Path, problems: list[str]) -> Manifest | None:
    """The manifest of `folder`, if it has one."""
    for name in MANIFESTS:
        if (folder / name).is_file():
            # A single file was asked for: what the manifest says of other files is no concern of this call.
            return read_manifest(folder / name, [])
    return None


def read_manifest(path: Path, problems: list[str]) -> Manifest:
    """Reads `path`. Rows that name no file, a missing one, or one outside the folder, are added to `problems`."""
    folder = Path(os.path.abspath(path.parent))
    rows: dict[Path, dict[str, Any]] = {}
    try:
        if path.suffix == ".csv":
            records = csv_records(path, None, problems)
        elif path.suffix == ".json":
            records = json_records(path, _LIMIT)
        else:
            records = jsonl_records(path, _LIMIT, problems)
        for number, record in records:
            key = next((key for key in record if str(key).strip().lower() in _FILE), None)
            name = record[key] if key is not None else None
            if not isinstance(name, str) or not name.strip():
                problems.append(f"{path}#{number}: names no file; give a column file")
                continue
            target = Path(os.path.normpath(folder / name.strip()))
            if not target.is_relative_to(folder):
                problems.append(f"{path}#{number}: {name!r} leaves the folder of the manifest; it is not read")
                continue
            if not target.is_file():
                problems.append(f"{path}#{number}: {name!r} is not in the folder of the manifest")
                continue
            rows[target] = {str(k): v for k, v in record.items() if k != key}
    except InputError as error:
        problems.append(str(error))
    except OSError as error:
        problems.append(f"{path}: cannot be read: {error.strerror or error}")
    return Manifest(rows)
