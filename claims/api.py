"""The functions that `import claims` offers besides those of its parts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from claims.errors import InputError
from claims.models import Claim, Document, Fact
from claims.pipeline import Summary, extract_document
from claims.pipeline import run as _run
from claims.settings import Settings, resolve

if TYPE_CHECKING:
    from claims.store import Store


def document(
    text: str,
    *,
    path: str = "text",
    source: str | None = None,
    title: str | None = None,
    published_at: date | str | None = None,
    url: str | None = None,
) -> Document:
    """An article from its text. Without `published_at` the text is searched for its date.

    Raises InputError when the text holds no word.
    """
    from claims.documents import make_document

    known: dict[str, Any] = {"source": source, "title": title, "published_at": published_at, "url": url}
    return make_document(text, path, {name: value for name, value in known.items() if value is not None})


def read(paths: Iterable[str | os.PathLike[str]]) -> list[Document]:
    """The articles of files and folders, each text once. Raises InputError when one of them cannot be read."""
    from claims.documents import Reading
    from claims.documents import read as stream
    from claims.store import read_parquet

    reading = Reading()
    documents = {item.id: item for item in stream(paths, reading, parquet=read_parquet)}
    if reading.problems:
        raise InputError("; ".join(reading.problems))
    return list(documents.values())


def extract(article: Document) -> list[Claim]:
    """The claims of one article by the built-in extractor, each grounded: `text[start:end] == quote`."""
    return extract_document(article)[0]


def align(claims: Sequence[Claim], documents: Sequence[Document]) -> list[Fact]:
    """The facts that two or more of `claims` are about, with their relations. `documents` holds that of every claim."""
    from claims.alignment import align as align_claims

    return align_claims(claims, {item.id: item for item in documents})


def run(store: Store, paths: Iterable[str | os.PathLike[str]], settings: Settings | None = None) -> Summary:
    """The main job of `claims run`: reads `paths` into `store`, extracts what is new, and aligns.

    Without `settings` they come from the environment, as for the command line. What could not be done stands in the
    summary that is returned.
    """
    return _run(store, paths, settings or resolve())
