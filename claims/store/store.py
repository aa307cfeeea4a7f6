"""One open store, with its parts."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any

from claims.store.batches import Batches
from claims.store.connection import Connection
from claims.store.corpus import Corpus
from claims.store.documents import Documents
from claims.store.extractions import Extractions
from claims.store.facts import Facts
from claims.store.journal import Journal
from claims.store.ledger import Ledger
from claims.store.links import Links
from claims.store.memory import Memory
from claims.store.parts import Parts
from claims.store.queries import Queries
from claims.store.transfer import Transfer
from claims.store.upkeep import Upkeep
from claims.store.verdicts import Verdicts
from claims.store.windows import Windows


class Store:
    """A DuckDB file of documents, claims and facts. Use it as a context manager.

    `documents`, `extractions`, `windows`, `batches`, `ledger`, `verdicts` and `facts` write, `journal` before them;
    `queries` gives the rows that people and programs read; `upkeep` forgets and checks; `transfer` exports and
    imports, `parts` does so for a part of a folder.
    Raises StoreError (locked, damaged, of a newer version, not writable) with one line that says what to do.
    """

    def __init__(self, path: str | Path, *, read_only: bool = False, sandbox: bool = False) -> None:
        self.connection = Connection(path, read_only=read_only, sandbox=sandbox)
        self.documents = Documents(self.connection)
        self.extractions = Extractions(self.connection)
        self.ledger = Ledger(self.connection)
        self.windows = Windows(self.connection, self.extractions)
        self.batches = Batches(self.connection)
        self.corpus = Corpus(self.connection)
        self.links = Links(self.connection)
        self.verdicts = Verdicts(self.connection)
        self.facts = Facts(self.connection)
        self.queries = Queries(self.connection)
        self.upkeep = Upkeep(self.connection, self.extractions)
        self.transfer = Transfer(self.connection)
        self.parts = Parts(self.connection)
        self.journal = Journal(self.connection.path)

    def memory(self, topic: str) -> Memory:
        """What the program remembers between runs about `topic`."""
        return Memory(self.connection, topic)

    @property
    def path(self) -> Path:
        return self.connection.path

    def sql(self, query: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """(column names, rows) of a query. Open the store with `sandbox=True` for SQL that somebody else wrote."""
        return self.connection.table(query)

    def close(self) -> None:
        self.journal.close()
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(path: str | Path = "claims.duckdb", *, read_only: bool = False) -> Store:
    """Opens (and, unless `read_only`, makes or migrates) the store at `path`."""
    return Store(path, read_only=read_only)
