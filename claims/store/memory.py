"""Short facts that the program remembers between runs, such as what an endpoint can do."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from claims.store.connection import Connection


class Memory(MutableMapping[str, str]):
    """A mapping kept in the store under one topic."""

    def __init__(self, connection: Connection, topic: str) -> None:
        self._db = connection
        self._prefix = f"{topic}:"

    def __getitem__(self, key: str) -> str:
        value = self._db.value("SELECT value FROM store.meta WHERE key = $1", [self._prefix + key])
        if value is None:
            raise KeyError(key)
        return str(value)

    def __setitem__(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO store.meta VALUES ($1, $2)", [self._prefix + key, value])

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        self._db.execute("DELETE FROM store.meta WHERE key = $1", [self._prefix + key])

    def __iter__(self) -> Iterator[str]:
        rows = self._db.rows("SELECT key FROM store.meta WHERE starts_with(key, $1) ORDER BY key", [self._prefix])
        return iter([str(row[0]).removeprefix(self._prefix) for row in rows])

    def __len__(self) -> int:
        return len(list(iter(self)))
