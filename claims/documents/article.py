"""One article's text and metadata → `Document`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from claims.documents.origin import find_origin
from claims.errors import InputError
from claims.models import Document
from claims.normalisation.times import document_date, parse_day

# The names that files give to the fields of a document, in the order in which they are looked for.
FIELDS: dict[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "articletext", "maintext", "fulltext"),
    "source": ("source", "outlet", "publisher", "publication", "site", "sitename", "site_name", "newspaper"),
    "origin": ("origin", "agency", "via", "taken_from"),
    "title": ("title", "headline"),
    "date": ("published_at", "published", "date", "publish_date", "publication_date", "pubdate", "date_published"),
    "url": ("url", "link", "canonical_url"),
    "id": ("id", "document_id", "doc_id", "uuid"),
}

_SURROGATE = re.compile("[\ud800-\udfff]")
_ISO = re.compile(r"\s*(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})\s*$")
_SLASHED = re.compile(r"\s*(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d)")


def document_id(text: str) -> str:
    """The id of a text: the same text is the same document, wherever it stands."""
    return "d" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def clean_text(text: str) -> str:
    """`text` as it is stored: one kind of line end, no byte order mark, nothing that UTF-8 cannot hold."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _SURROGATE.sub("\ufffd", text)


def parse_date(value: object) -> date | None:
    """The day that a metadata value names, or None when it names none without guessing (3/4/2020 names none)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    match = _ISO.match(value) or _SLASHED.match(value) or _COMPACT.match(value)
    if match:
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return None
    return parse_day(value)


def split_fields(record: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """(the fields of a document by their own names, everything else) of a record, whatever the case of its keys."""
    lowered = {str(key).strip().lower(): key for key in record}
    known: dict[str, Any] = {}
    used = set()
    for field, names in FIELDS.items():
        for name in names:
            key = lowered.get(name)
            if key is not None and record[key] not in (None, ""):
                known[field] = record[key]
                used.add(key)
                break
    return known, {str(key): value for key, value in record.items() if key not in used and value not in (None, "")}


def make_document(text: str, path: str, metadata: Mapping[str, Any] | None = None) -> Document:
    """A `Document` of `text`, with what `metadata` (front matter, a manifest row, a record) says of it.

    `path` is the file's path or the caller's own id. Without a date in the metadata the text is searched for one.
    Raises InputError when the text holds no word.
    """
    text = clean_text(text)
    if not any(character.isalnum() for character in text):
        raise InputError(f"{path}: no text in it; give an article with words")
    known, rest = split_fields(metadata or {})
    given = parse_date(known.get("date"))
    if given is None and "date" in known:
        rest["date_as_given"] = str(known["date"])
    published, basis, candidates = document_date(text, given=given)
    origin = _word(known.get("origin"))
    if origin is None:
        found = find_origin(text)
        if found is not None:
            origin = found.name
            rest["origin_basis"] = found.basis
    source = _word(known.get("source"))
    if origin is not None and source is not None and origin.casefold() == source.casefold():
        origin = None
    return Document(
        id=document_id(text),
        path=clean_text(path),
        text=text,
        source=source,
        origin=origin,
        title=_word(known.get("title")),
        url=_word(known.get("url")),
        published_at=published,
        date_basis=basis,
        date_candidates=candidates,
        metadata={clean_text(key): _plain(value) for key, value in rest.items() if key != "text"},
    )


def _word(value: object) -> str | None:
    """A metadata value as one line of text."""
    if value is None:
        return None
    if isinstance(value, list | tuple):
        value = ", ".join(str(item) for item in value)
    line = " ".join(clean_text(str(value)).split())
    return line or None


def _plain(value: object) -> Any:
    """A metadata value as JSON can hold it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {clean_text(str(key)): _plain(item) for key, item in value.items()}
    return clean_text(str(value))
