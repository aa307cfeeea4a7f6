"""Tables in parts: one Parquet file for each part and table, `<table>/<part>.parquet`, that `claims import` reads.

A part is a set of documents with all that hangs on them, so that many workers can write one folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from claims.errors import InputError, StoreError
from claims.store.connection import Connection
from claims.store.transfer import KIND, LABEL, TABLES, quoted

OF_DOCUMENTS = ("documents", "locations", "calls", "extractions", "windows", "claims", "rejected")
OF_ALIGNMENT = ("facts", "fact_members", "relations")


class Parts:
    """The tables of one store as a part of a folder, out and in."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def write(self, folder: Path, part: str, tables: Sequence[str]) -> None:
        """Writes `tables` as `part`, in place of what it was. Each file is whole and on the disk, or not there."""
        for table in tables:
            target = folder / table / f"{part}.parquet"
            unfinished = target.with_suffix(f".{os.getpid()}.part")
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                self._db.execute(
                    f"COPY (FROM store.{table} ORDER BY ALL) TO {quoted(unfinished)} (FORMAT parquet, COMPRESSION zstd)"
                )
                _flush(unfinished)
                os.replace(unfinished, target)
                _flush(target.parent)
            except OSError as error:
                raise StoreError(f"{target}: cannot be written: {error.strerror}; give another folder") from error
            finally:
                unfinished.unlink(missing_ok=True)

    def read(self, folder: Path, part: str, tables: Sequence[str]) -> bool:
        """Adds what `write` wrote, in one transaction; False when there is no such part."""
        files = {table: folder / table / f"{part}.parquet" for table in tables}
        if not files[tables[0]].is_file():
            return False
        with self._db.transaction():
            for table, file in files.items():
                if not file.is_file():
                    raise InputError(f"{file}: missing, while {tables[0]} is there; write the part again")
                self._db.execute(f"INSERT INTO store.{table} BY NAME SELECT * FROM read_parquet({quoted(file)})")
        return True

    def clear(self) -> None:
        """Empties all tables: for a store in memory that is used again and again, as making one takes time."""
        with self._db.transaction():
            for table in TABLES:
                self._db.execute(f"DELETE FROM store.{table} WHERE true")

    def label(self, folder: Path, *, aligned: bool) -> None:
        """Marks `folder` as an export in parts; `aligned` says that its facts are those of its claims."""
        version = int(self._db.value("SELECT max(number) FROM store.migrations"))
        label = {"kind": KIND, "version": version, "format": "parquet", "layout": "parts", "aligned": aligned}
        unfinished = folder / f"{LABEL}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_text(json.dumps(label, indent=2) + "\n", encoding="utf-8")
            os.replace(unfinished, folder / LABEL)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be written: {error.strerror}; give another folder") from error


def part_names(folder: Path, table: str = "documents") -> list[str]:
    """The parts of a folder, sorted."""
    return sorted(file.stem for file in (folder / table).glob("*.parquet"))


def _flush(path: Path) -> None:
    """Waits until the disk has it."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


assert set(OF_DOCUMENTS) | set(OF_ALIGNMENT) <= set(TABLES)
