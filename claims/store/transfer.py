"""A whole store as Parquet or JSON lines, out and in again without loss."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal

from claims.errors import InputError, StoreError
from claims.store.connection import Connection
from claims.store.facts import Facts

FORMATS = ("parquet", "jsonl")
TABLES = (
    "documents",
    "locations",
    "runs",
    "calls",
    "extractions",
    "windows",
    "batches",
    "batch_requests",
    "claims",
    "rejected",
    "verdicts",
    "facts",
    "fact_members",
    "relations",
    "settled_documents",
    "settled_times",
)
_WITHOUT_INDEX = ("claims", "facts", "fact_members", "relations")
_OF_ALIGNMENT = ("facts", "fact_members", "relations", "settled_documents", "settled_times")
LABEL = "store.json"
KIND = "claims store"
_LARGEST = 400_000_000  # bytes of one JSON line: the longest article, escaped, with room


class Transfer:
    """Export and import of all tables."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def export(self, folder: Path, form: Literal["parquet", "jsonl"]) -> dict[str, int]:
        """Writes each table as `<table>.<form>` into `folder`; returns {table: rows}. A file is whole or not there."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be made: {error.strerror}; give another folder") from error
        counts = {}
        for table in TABLES:
            target = folder / f"{table}.{form}"
            part = target.with_suffix(".part")
            kind = "parquet, COMPRESSION zstd" if form == "parquet" else "json"
            self._db.execute(f"COPY (FROM store.{table} ORDER BY ALL) TO {quoted(part)} (FORMAT {kind})")
            os.replace(part, target)
            counts[table] = int(self._db.value(f"SELECT count(*) FROM store.{table}"))
        label = {"kind": KIND, "version": self._version(), "format": form, "rows": counts}
        (folder / LABEL).write_text(json.dumps(label, indent=2) + "\n", encoding="utf-8")
        return counts

    def load(self, folder: Path) -> tuple[dict[str, int], bool]:
        """Reads what `export` wrote, in one transaction; rows that are there already are left as they are.

        Returns {table: rows that are new}, and whether facts must be aligned anew, as they must when the store held
        documents before. Raises InputError when the folder is not such an export.
        """
        try:
            label = json.loads((folder / LABEL).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{folder}: not an export of a store: no readable {LABEL} in it") from error
        if not isinstance(label, dict) or label.get("kind") != KIND or label.get("format") not in FORMATS:
            raise InputError(f"{folder}: not an export of a store; give a folder that `claims export` wrote")
        if label.get("version") != self._version():
            raise InputError(
                f"{folder}: exported from store version {label.get('version')}, this one has {self._version()}; "
                "export it again with this version of claims"
            )
        form = label["format"]
        found = _files(folder, form, in_parts := label.get("layout") == "parts")
        missing = [table for table in TABLES if table not in found]
        if missing and not in_parts:
            raise InputError(f"{folder}: {missing[0]}.{form} is missing; export the store again")
        fresh = bool(label.get("aligned", True)) and not self._db.value("SELECT count(*) FROM store.documents")
        counts = {}
        with self._db.transaction():
            for table in TABLES:
                if table not in found or (table in _OF_ALIGNMENT and not fresh):
                    continue
                before = int(self._db.value(f"SELECT count(*) FROM store.{table}"))
                known = (
                    " WHERE (config, id) NOT IN (SELECT (config, id) FROM store.claims)" if table == "claims" else ""
                )
                conflict = "" if table in _WITHOUT_INDEX else "OR IGNORE"
                self._db.execute(
                    f"INSERT {conflict} INTO store.{table} BY NAME "
                    f"SELECT * FROM {self._reader(table, found[table], form)}{known}"
                )
                counts[table] = int(self._db.value(f"SELECT count(*) FROM store.{table}")) - before
            # Two stores may each have an active extraction of one document: the newer one stays active.
            self._db.execute(
                "UPDATE store.extractions SET active = false WHERE active AND (document_id, config) NOT IN "
                "(SELECT (e.document_id, max_by(e.config, (coalesce(r.started_at, TIMESTAMPTZ 'epoch'), e.config))) "
                "FROM store.extractions e LEFT JOIN store.runs r ON r.id = e.run_id WHERE e.active "
                "GROUP BY e.document_id)"
            )
            if fresh and counts.get("facts"):
                Facts(self._db).show_all()
        return counts, not fresh

    def _reader(self, table: str, file: Path, form: str) -> str:
        path = quoted(file)
        if form == "parquet":
            return f"read_parquet({path})"
        columns = ", ".join(f'"{name}": {_text(kind)}' for name, kind in self._db.columns(f"store.{table}").items())
        return f"read_json({path}, format = 'nd', columns = {{{columns}}}, maximum_object_size = {_LARGEST})"

    def _version(self) -> int:
        return int(self._db.value("SELECT max(number) FROM store.migrations"))


def _files(folder: Path, form: str, in_parts: bool) -> dict[str, Path]:
    """{table: its file, or the pattern of its parts}, of the tables that are there."""
    if in_parts:
        return {table: folder / table / "*.parquet" for table in TABLES if any((folder / table).glob("*.parquet"))}
    return {table: file for table in TABLES if (file := folder / f"{table}.{form}").is_file()}


def quoted(path: Path) -> str:
    """A path as an SQL literal."""
    return _text(str(path))


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
