"""Bytes → text and metadata: encodings, HTML, front matter."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import Any

from claims.errors import InputError

ARTICLE_LIMIT = 20_000_000
"""The most bytes that one article may have; longer files are collections or mistakes."""

_SNIFF = 200_000  # bytes that decide an encoding: more adds time, not certainty
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BOMS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a zip archive or Office file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "an SQLite database",
    b"{\\rtf": "an RTF file",
    b"\xd0\xcf\x11\xe0": "an Office file",
}
_YAML_LINE = re.compile(r"([A-Za-z_][\w-]*(?: [\w-]+){0,2})\s*:(?:\s+(.*))?$")


def decode(data: bytes, path: str) -> tuple[str, str]:
    """The text of `data` and the name of its encoding. Raises InputError for what is not text."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"{path}: {what}, not text; convert it to text or HTML first")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{path}: not text in {encoding}, which its first bytes announce; save it as UTF-8"
                ) from error
    try:
        text = data.decode("utf-8-sig")
        encoding = "utf-8"
    except UnicodeDecodeError:
        text, encoding = _guess(data, path)
    sample = text[:_SNIFF]
    if len(_CONTROL.findall(sample)) > max(8, len(sample) // 50):
        raise InputError(f"{path}: binary, not text; convert it to text or HTML first")
    return text, encoding


def _guess(data: bytes, path: str) -> tuple[str, str]:
    if data[:_SNIFF].count(0) > 2:
        raise InputError(f"{path}: binary, not text; convert it to text or HTML first")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SNIFF]).best()
    for encoding in ([best.encoding] if best is not None else []) + ["cp1252"]:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise InputError(f"{path}: its encoding cannot be told; save it as UTF-8")


def looks_like_html(text: str) -> bool:
    """Whether an unnamed text is an HTML page."""
    head = text[:1000].lstrip().lower()
    return head.startswith(("<!doctype html", "<html"))


def html_article(page: str, path: str) -> tuple[str, dict[str, Any]]:
    """The article of an HTML page and what the page says of it (title, date, source, url, author).

    Only a date that the page declares is taken: the day of saving or crawling is not a publication date.
    """
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    text = getattr(found, "text", None)
    if not text:
        raise InputError(f"{path}: no article found in this HTML page; save the article's text as .txt")
    names = {"title": "title", "date": "date", "source": "sitename", "url": "url", "author": "author"}
    fields = {field: getattr(found, name, None) for field, name in names.items()}
    return text, {key: value for key, value in fields.items() if value}


def front_matter(text: str, path: str) -> tuple[str, dict[str, Any]]:
    """(the article, its metadata) of a text that may start with YAML (---) or TOML (+++) front matter.

    Of YAML only flat `key: value` lines and simple lists are read. A block that is not front matter is text.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for fence in ("---", "+++"):
        if not text.startswith(fence + "\n"):
            continue
        end = text.find(f"\n{fence}\n", len(fence))
        if end < 0 and text.endswith(f"\n{fence}"):
            end = len(text) - len(fence) - 1
        if end < 0:
            return text, {}
        block = text[len(fence) + 1 : end + 1]
        fields = _toml(block, path) if fence == "+++" else _yaml(block)
        if fields is None:
            return text, {}
        return text[end + len(fence) + 1 :].lstrip("\n"), fields
    return text, {}


def _toml(block: str, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(block)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: its TOML front matter is broken: {error}; mend or remove it") from error


def _yaml(block: str) -> dict[str, Any] | None:
    """Flat YAML. None when a line is neither `key: value`, a list item, a comment nor a continuation."""
    fields: dict[str, Any] = {}
    key: str | None = None
    for line in block.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _YAML_LINE.match(line)
        if match:
            key = match[1].strip()
            fields[key] = _scalar(match[2] or "")
        elif key is not None and line.lstrip().startswith("- "):
            items = fields[key] if isinstance(fields[key], list) else []
            fields[key] = [*items, _scalar(line.lstrip()[2:])]
        elif key is not None and line[:1] in " \t" and isinstance(fields[key], str):
            fields[key] = f"{fields[key].removeprefix('>').removeprefix('|')} {line.strip()}".strip()
        else:
            return None
    return fields


def _scalar(value: str) -> Any:
    value = value.strip()
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace("''", "'") if value[0] == "'" else inner.replace('\\"', '"').replace("\\\\", "\\")
    if value.startswith("[") and value.endswith("]"):
        return [_scalar(item) for item in value[1:-1].split(",") if item.strip()]
    value = re.sub(r"\s+#.*$", "", value)
    if value in ("null", "~"):
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value
