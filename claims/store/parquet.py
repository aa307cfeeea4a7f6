"""Parquet files as records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from claims.errors import InputError


def read_parquet(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a Parquet file, one dictionary each, a batch at a time in memory."""
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    try:
        result = connection.execute("SELECT * FROM read_parquet($1)", [str(path)])
        names = [column[0] for column in result.description or []]
        while rows := result.fetchmany(500):
            for row in rows:
                yield dict(zip(names, row, strict=True))
    except duckdb.Error as error:
        raise InputError(f"{path}: not a readable Parquet file: {str(error).splitlines()[0]}") from error
    finally:
        connection.close()
