"""A DuckDB file: opening, locking, migrating, and turning DuckDB's errors into one line each."""

from __future__ import annotations

import re
import threading
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
from pydantic_core import to_json

from claims import resources
from claims.errors import StoreError, StoreLocked, StoreVersionError, UsageError
from claims.store import journal

_MIGRATION = re.compile(r"(\d{4})_\w+\.sql$")
_PID = re.compile(r"PID (\d+)")
_ROWS = 2000  # in one statement
_AT_HAND = 10_000  # documents whose claims are held in a table of their own
_MEGABYTES = 170  # that DuckDB may hold of a file while documents are read or extracted
_SANDBOX = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}


class Connection:
    """One open store. `read_only` neither writes nor migrates; `sandbox` keeps SQL from files and the network."""

    def __init__(self, path: str | Path, *, read_only: bool = False, sandbox: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only or sandbox
        if self.path.stem.lower() == "store":
            # DuckDB names a database after its file, and could not tell it from the schema that the tables live in.
            raise UsageError(f"{path}: a store cannot have this name; call it claims.duckdb, or anything but store")
        if self.read_only and not self.path.is_file():
            raise StoreError(f"{path}: no store here; make one with `claims run PATH`, or name another with --db")
        if self.read_only:
            self._bring_up_to_date()
        self.claims = "store.claims"  # where claims are looked for: all, or some that are at hand (`claims_at_hand`)
        self._types: dict[str, dict[str, str]] = {}
        # DuckDB's connection serves one thread at a time, and refuses a second one instead of letting it wait: a
        # model's answers are written in one thread while another reads on.
        self._lock = threading.RLock()
        self._raw = self._open(_SANDBOX if sandbox else {"autoinstall_known_extensions": "false"})
        if not self.read_only:
            try:
                self._migrate()
                self._take_journal()
            except BaseException:
                self._raw.close()
                raise

    def close(self) -> None:
        with self._lock, self._errors():
            self._raw.close()

    def execute(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> None:
        """Runs one statement to its end."""
        with self._lock, self._errors():
            self._raw.execute(sql, parameters).fetchall()

    def rows(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock, self._errors():
            return self._raw.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        """The one value of a query."""
        found = self.rows(sql, parameters)
        return found[0][0] if found else None

    def stream(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None, *, size: int = 2000
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, `size` at a time in memory, on a cursor of its own: other work may go on meanwhile."""
        with self._lock, self._errors():
            cursor = self._raw.cursor()
        try:
            with self._errors():
                cursor.execute(sql, parameters)
            while True:
                with self._errors():
                    chunk = cursor.fetchmany(size)
                if not chunk:
                    return
                yield from chunk
        finally:
            cursor.close()

    def table(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """(column names, rows) of a query that a person wrote."""
        with self._lock, self._errors():
            result = self._raw.execute(sql)
            names = [column[0] for column in result.description or []]
            return names, result.fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it, or nothing. Other threads wait until it has ended."""
        with self._lock:
            self.execute("BEGIN TRANSACTION")
            try:
                yield
            except BaseException:
                # A failed commit has already rolled back.
                if self._in_transaction():
                    self.execute("ROLLBACK")
                raise
            self.execute("COMMIT")

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]], conflict: str = "") -> None:
        """Inserts `rows` by column name; other keys are left out. `conflict` is e.g. "OR IGNORE"."""
        types = self.columns(table)
        struct = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
        names = ", ".join(f'"{name}"' for name in types)
        # One JSON text, cut into rows and then cast to structs: more than four times as fast as binding Python values,
        # and typed. To cast it whole, to a list of structs, takes three times as long. DuckDB holds it several times
        # over.
        for first in range(0, len(rows), _ROWS):
            part = [{name: row.get(name) for name in types} for row in rows[first : first + _ROWS]]
            self.execute(
                f"INSERT {conflict} INTO {table} ({names}) SELECT r.* FROM "
                f"(SELECT CAST(item AS STRUCT({struct})) AS r FROM "
                "(SELECT unnest(CAST(CAST($1 AS JSON) AS JSON[])) AS item))",
                [to_json(part).decode()],
            )

    @contextmanager
    def little_memory(self, *, linking: bool = False) -> Iterator[None]:
        """Meanwhile DuckDB keeps little of the file in memory: 170 MB, 200 bytes a document for its indexes, and room
        for the longest documents, of which it may hold some at a time. Where documents are linked, 2 KB for each: the
        terms of all of them are joined, and a join that does not fit fails.
        """
        before = self.value("SELECT current_setting('memory_limit')")
        self.execute(f"SET memory_limit = '{_MEGABYTES}MB'")  # the next query reads every text
        documents, longest = self.rows("SELECT count(*), coalesce(max(strlen(text)), 0) FROM store.documents")[0]
        most = _MEGABYTES + documents // (500 if linking else 5000) + longest // 500
        self.execute(f"SET memory_limit = '{most}MB'")
        yield
        self.execute(f"SET memory_limit = '{before}'")  # after an error, this connection does nothing large any more

    @contextmanager
    def claims_at_hand(self, documents: Sequence[str]) -> Iterator[None]:
        """Meanwhile the claims of `documents` stand in a table of their own, where they are not too many for that: it
        takes as long to look for the claims of a few documents as to look through all.
        """
        if len(documents) > _AT_HAND:
            yield
            return
        self.execute(
            # By their places: only these are then unpacked in all columns.
            "CREATE OR REPLACE TEMP TABLE at_hand AS FROM store.claims WHERE rowid IN (SELECT rowid FROM store.claims "
            "SEMI JOIN (SELECT unnest($1::VARCHAR[]) AS document_id) USING (document_id))",
            [list(documents)],
        )
        self.claims = "temp.at_hand"
        try:
            yield
        finally:
            self.claims = "store.claims"
        self.execute("DROP TABLE temp.at_hand")

    def columns(self, table: str) -> dict[str, str]:
        """{column: its type} of a table, in order."""
        if table not in self._types:
            schema, _, _ = table.rpartition(".")
            # Of all tables at once: to ask takes milliseconds, for one as for many.
            for name, column, kind in self.rows(
                "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE schema_name = $1 "
                "ORDER BY table_name, column_index",
                [schema or "main"],
            ):
                self._types.setdefault(f"{schema}.{name}" if schema else name, {})[column] = kind
        return self._types.setdefault(table, {})

    def _in_transaction(self) -> bool:
        try:
            self._raw.execute("SELECT 1").fetchall()
            self._raw.execute("BEGIN TRANSACTION")
        except duckdb.Error:
            return True
        self._raw.execute("ROLLBACK")
        return False

    def _open(self, config: dict[str, Any]) -> duckdb.DuckDBPyConnection:
        with self._errors():
            return duckdb.connect(str(self.path), read_only=self.read_only, config=config)

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise _store_error(self.path, error) from error

    def _take_journal(self) -> None:
        """Takes what a killed process left in the journal into the tables."""
        left = journal.files(self.path)
        if not left:
            return
        try:
            with self.transaction():
                self.insert("store.calls", list(journal.left_over(self.path)), "OR IGNORE")
            for path in left:
                path.unlink()
        except OSError as error:
            raise StoreError(f"{self.path}: its journal of calls cannot be taken in: {error.strerror}") from error

    def _bring_up_to_date(self) -> None:
        """Migrates a store of an older version, and takes in its journal, which reading alone cannot do."""
        with self._errors():
            raw = duckdb.connect(str(self.path), read_only=True)
        try:
            with self._errors():
                current = _applied(raw, self.path)
                old = current < max(_migrations()) or _views_hash(raw) != _current_views() or journal.files(self.path)
        finally:
            raw.close()
        if old:
            Connection(self.path).close()

    def _migrate(self) -> None:
        with self._errors():
            current = _applied(self._raw, self.path)
        for number, name in sorted(_migrations().items()):
            if number <= current:
                continue
            with self.transaction():
                self.execute("CREATE SCHEMA IF NOT EXISTS store")
                self.execute(
                    "CREATE TABLE IF NOT EXISTS store.migrations (number INTEGER PRIMARY KEY, name VARCHAR NOT NULL, "
                    "applied_at TIMESTAMPTZ NOT NULL DEFAULT now())"
                )
                with self._errors():
                    self._raw.execute(resources.sql(name)).fetchall()
                self.execute("INSERT INTO store.migrations (number, name) VALUES ($1, $2)", [number, name])
        views = resources.sql("views.sql")
        with self._errors():
            stale = _views_hash(self._raw) != _current_views()
        if stale:
            with self.transaction():
                for (name,) in self.rows(
                    "SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main' "
                    "AND database_name = current_database()"
                ):
                    self.execute(f'DROP VIEW IF EXISTS "{name}"')
                with self._errors():
                    self._raw.execute(views).fetchall()
                with self._errors():
                    self._raw.execute(self._comments()).fetchall()
                self.execute("INSERT OR REPLACE INTO store.meta VALUES ('views', $1)", [_current_views()])

    def _comments(self) -> str:
        """The statements that put the meaning of views and columns into the catalogue, in one text: it is faster."""
        meanings = tomllib.loads(resources.sql("comments.toml"))
        texts = {f'VIEW main."{view}"': meaning for view, meaning in meanings["views"].items()}
        for view, column in self.rows(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main' AND NOT internal"
        ):
            meaning = meanings["own"].get(view, {}).get(column) or meanings["columns"].get(column)
            if meaning is not None:
                texts[f'COLUMN main."{view}"."{column}"'] = meaning
        return "".join(
            f"COMMENT ON {target} IS '{text.replace(chr(39), chr(39) * 2)}';" for target, text in texts.items()
        )


def _current_views() -> str:
    """A hash of the views as this version makes them."""
    text = resources.sql("views.sql") + resources.sql("comments.toml")
    return sha256(text.encode()).hexdigest()[:16]


def _migrations() -> dict[int, str]:
    """{number: file name} of the migrations that this version knows."""
    return {int(match[1]): name for name in resources.sql_names() if (match := _MIGRATION.match(name))}


def _applied(raw: duckdb.DuckDBPyConnection, path: Path) -> int:
    """The number of the last migration applied; 0 for an empty file."""
    tables = raw.execute("SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
    if ("store", "migrations") not in tables:
        if tables:
            raise StoreError(f"{path}: a DuckDB file of another program; name another with --db")
        return 0
    row = raw.execute("SELECT max(number) FROM store.migrations").fetchone()
    current = int(row[0] or 0) if row else 0
    newest = max(_migrations())
    if current > newest:
        raise StoreVersionError(
            f"{path}: written by a newer version of claims (store version {current}, this one knows {newest}); "
            "upgrade claims, or name another store with --db"
        )
    return current


def _views_hash(raw: duckdb.DuckDBPyConnection) -> str | None:
    tables = raw.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store'").fetchall()
    if ("meta",) not in tables:
        return None
    row = raw.execute("SELECT value FROM store.meta WHERE key = 'views'").fetchone()
    return row[0] if row else None


def _store_error(path: Path, error: duckdb.Error) -> StoreError:
    message = " ".join(str(error).split("\n\n")[0].split())
    lowered = message.lower()
    if "could not set lock" in lowered:
        pid = _PID.search(message)
        who = f"process {pid[1]}" if pid else "another process"
        return StoreLocked(f"{path}: in use by {who}; wait until it ends, or name another store with --db")
    if "not a valid duckdb database file" in lowered or "could not read enough bytes" in lowered:
        return StoreError(f"{path}: damaged, or not a DuckDB file; restore a copy, or name another store with --db")
    if "no space left" in lowered or "disk full" in lowered or "out of disk" in lowered:
        return StoreError(f"{path}: the disk is full; what was committed is kept: free some space and run again")
    if "permission denied" in lowered or "read-only file system" in lowered:
        return StoreError(f"{path}: cannot be written here: permission denied; name another place with --db")
    if "no such file or directory" in lowered:
        return StoreError(f"{path}: its folder does not exist; make it, or name another place with --db")
    if "file system operations are disabled" in lowered or "external extensions is disabled" in lowered:
        return StoreError("SQL here reads the store alone; --allow-files lets it reach files and the network")
    if "read-only mode" in lowered:
        return StoreError("SQL here is read-only: SELECT, not INSERT, UPDATE, DELETE or CREATE")
    return StoreError(message)
