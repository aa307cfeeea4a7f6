"""Documents and the places where they were found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from claims.errors import UsageError
from claims.models import Document
from claims.store.connection import Connection

_COLUMNS = "path, source, origin, title, url, published_at, date_basis, date_candidates, metadata"
_DOCUMENT = (
    "to_json(struct_pack(id := id, path := path, text := text, source := source, origin := origin, title := title, "
    "url := url, published_at := published_at, date_basis := date_basis, date_candidates := date_candidates, "
    "metadata := metadata))"
)

_PART = 50  # documents
_FEW = 1000  # ids that an index is asked for


def _matters(table: str) -> str:
    """What an extraction rests on besides the text: a change of it asks for a new one."""
    names = ("source", "origin", "title", "published_at", "date_basis", "date_candidates")
    return "(" + ", ".join(f"{table}.{name}" for name in names) + ")"


class Documents:
    """The documents of a store."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def add(self, documents: Sequence[Document]) -> list[str]:
        """Stores `documents`; returns their ids in order, each once.

        A text that is known already is no second document: its new place is kept beside the first. Where the new
        place comes first in order, it gives the document its date and source, and what was extracted under the old
        ones is taken up again. Call inside a transaction.
        """
        rows = [{**document.model_dump(mode="json"), "document_id": document.id} for document in documents]
        ids = list(dict.fromkeys(document.id for document in documents))
        unique = list({row["id"]: row for row in rows}.values())
        self._db.insert("store.documents", unique, "OR IGNORE")
        self._db.insert("store.locations", list({(r["id"], r["path"]): r for r in rows}.values()), "OR REPLACE")
        self._db.execute(
            f"CREATE OR REPLACE TEMP TABLE moved AS SELECT document_id AS id, {_COLUMNS} FROM "
            "(SELECT l.*, row_number() OVER (PARTITION BY document_id ORDER BY l.path) AS place "
            "FROM store.locations l WHERE list_contains($1::VARCHAR[], document_id)) WHERE place = 1",
            [ids],
        )
        changed = self._db.rows(
            "SELECT d.id FROM store.documents d JOIN moved m USING (id) "
            f"WHERE {_matters('d')} IS DISTINCT FROM {_matters('m')}"
        )
        assignments = ", ".join(f"{name} = m.{name}" for name in _COLUMNS.split(", "))
        self._db.execute(
            f"UPDATE store.documents AS d SET {assignments} FROM moved m WHERE d.id = m.id AND (d.path <> m.path OR "
            f"(d.url, d.metadata::VARCHAR) IS DISTINCT FROM (m.url, m.metadata::VARCHAR) OR "
            f"{_matters('d')} IS DISTINCT FROM {_matters('m')})"
        )
        if changed:
            self._db.execute(
                "UPDATE store.extractions SET complete = false WHERE list_contains($1::VARCHAR[], document_id)",
                [[row[0] for row in changed]],
            )
        return ids

    def known(self, paths: Iterable[str]) -> dict[str, list[str]]:
        """{path: ids of the documents found there} for those `paths` that the store knows."""
        found: dict[str, list[str]] = {}
        for path, document in self._db.rows(
            "SELECT path, document_id FROM store.locations WHERE list_contains($1::VARCHAR[], path) ORDER BY ALL",
            [list(paths)],
        ):
            found.setdefault(path, []).append(document)
        return found

    def count(self) -> int:
        return int(self._db.value("SELECT count(*) FROM store.documents"))

    def stream(self, ids: Sequence[str] | None = None) -> Iterator[Document]:
        """The documents with `ids`, or all, in the order of their ids."""
        if ids is None:
            ids = [row[0] for row in self._db.rows("SELECT id FROM store.documents")]
        wanted = sorted(set(ids))
        # A part at a time: to put all in order, DuckDB would hold every text at once.
        for first in range(0, len(wanted), _PART):
            for (row,) in self._db.stream(
                f"SELECT {_DOCUMENT} FROM store.documents WHERE list_contains($1::VARCHAR[], id) ORDER BY id",
                [wanted[first : first + _PART]],
                size=20,
            ):
                yield Document.model_validate_json(row)

    def lines_of(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """(id, the document as JSON) of the documents with `ids`, all at once."""
        # Of a few, their places are looked up in the index of ids; a join would look through all.
        few = len(ids) <= _FEW
        some = ", ".join(f"${number}" for number in range(1, len(ids) + 1)) if few else "SELECT unnest($1::VARCHAR[])"
        rows = self._db.rows(
            f"SELECT id, {_DOCUMENT} FROM store.documents WHERE id IN ({some})", list(ids) if few else [list(ids)]
        )
        return [(row[0], row[1]) for row in rows]

    def get(self, ids: Sequence[str]) -> dict[str, Document]:
        """{id: document} for `ids`."""
        return {document.id: document for document in self.stream(ids)}

    def find(self, name: str) -> str:
        """The id of the document that `name` (its id, path, file name or stem) means.

        Raises UsageError when it means none, or several.
        """
        rows = self._db.rows(
            "SELECT DISTINCT document_id, path FROM store.locations WHERE document_id = $1 OR path = $1 "
            "OR parse_filename(path) = $1 OR parse_filename(path, true) = $1 ORDER BY ALL",
            [name],
        )
        ids = sorted({row[0] for row in rows})
        if not ids:
            rows = self._db.rows(
                "SELECT DISTINCT document_id, path FROM store.locations "
                "WHERE starts_with(document_id, $1) OR starts_with(parse_filename(path), $1) ORDER BY ALL",
                [name],
            )
            ids = sorted({row[0] for row in rows})
        if not ids:
            raise UsageError(f"no document {name!r} in the store; `claims list --format csv` shows what there is")
        if len(ids) > 1:
            raise UsageError(f"{name!r} means {len(ids)} documents ({', '.join(ids[:4])}); give one id")
        return str(ids[0])


def label(path: str) -> str:
    """The name by which people see a document: the stem of its file, or the id that the caller gave."""
    name = PurePath(path).name or path
    stem, dot, ending = name.rpartition(".")
    return stem if dot and stem and ending.isalnum() and len(ending) <= 8 else name
