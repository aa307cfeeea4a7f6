"""Text that others wrote, made harmless for a terminal, a CSV file or Markdown."""

from __future__ import annotations

import re

# Control characters, and the marks that reorder or hide what a reader sees.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~#])")


def visible(text: str) -> str:
    """`text` with control characters written out (\\x1b), so that it cannot write to a terminal."""
    return _UNSAFE.sub(lambda match: _escape(match[0]), text)


def line(text: str) -> str:
    """`visible` text on one line."""
    return visible(" ".join(text.split()))


def csv_cell(text: str) -> str:
    """`text` for a CSV file that a spreadsheet may open: what would run as a formula starts with an apostrophe."""
    text = visible(text)
    return "'" + text if text.startswith(_FORMULA) else text


def markdown(text: str) -> str:
    """`text` for Markdown: shown as written, whatever it holds."""
    escaped = _MARKDOWN.sub(r"\\\1", line(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
