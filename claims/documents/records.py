"""Files of records (.jsonl, .json, .csv): (number or line, record) one at a time."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claims.documents.formats import decode
from claims.errors import InputError

_HEAD = 65_536

csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def jsonl_records(path: Path, limit: int, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One record a line. A broken line is added to `problems`, and the rest goes on."""
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(2 * limit):
            number += 1
            if not line.strip():
                continue
            try:
                record = json.loads(decode(line, f"{path}#{number}")[0])
            except (json.JSONDecodeError, RecursionError) as error:
                problems.append(f"{path}#{number}: not JSON: {error}")
                continue
            except InputError as error:
                problems.append(str(error))
                continue
            if isinstance(record, dict):
                yield str(number), record
            else:
                problems.append(f"{path}#{number}: not an object with a field text")


def json_records(path: Path, limit: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The records of a JSON file: an array of objects, an object, or an object that holds one array of objects."""
    size = path.stat().st_size
    if size > limit:
        raise InputError(f"{path}: {size / 1e6:.0f} MB of JSON in one value; give it as .jsonl, one record a line")
    try:
        value = json.loads(decode(path.read_bytes(), str(path))[0])
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{path}: not JSON: {error}") from error
    if isinstance(value, dict):
        lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
        value = lists[0] if len(lists) == 1 and len(value) <= 3 else [value]
    if not isinstance(value, list):
        raise InputError(f"{path}: not an object or an array of objects")
    for number, record in enumerate(value, start=1):
        if isinstance(record, dict):
            yield str(number), record


def csv_records(path: Path, delimiter: str | None, problems: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """One record a row; the first row names the columns. The delimiter is found when it is not given."""
    with path.open("rb") as raw:
        head = raw.read(_HEAD)
        if not head.strip():
            return
        # A multi-byte character cut at the end of the head must not decide the encoding.
        _, encoding = decode(head[: head.rfind(b"\n") + 1] or head, str(path))
        raw.seek(0)
        stream = io.TextIOWrapper(raw, encoding="utf-8-sig" if encoding == "utf-8" else encoding, newline="")
        first = stream.readline()
        stream.seek(0)
        if delimiter is None:
            delimiter = max(",;\t|", key=first.count)
        reader = csv.DictReader(stream, delimiter=delimiter)
        try:
            for number, row in enumerate(reader, start=1):
                yield str(number), {key: value for key, value in row.items() if key is not None}
        except (csv.Error, UnicodeDecodeError) as error:
            problems.append(f"{path}: broken near line {reader.line_num}: {error}")
