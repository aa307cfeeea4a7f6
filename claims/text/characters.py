"""Characters that mean the same and are written differently, made equal without moving any offset."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

SINGLE_QUOTES = "‘’‚‛`´ʼʻʹ′‵＇ꞌ‹›"
DOUBLE_QUOTES = "“”„‟«»″‶＂〝〞〟❝❞"
DASHES = "‐‑‒–—―−﹘﹣－⸺⸻"
SPACES = "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
LINE_ENDS = "\r\u000b\u000c\u001c\u001d\u001e\u0085\u2028\u2029"

#: Characters that show nothing: soft hyphen, zero-width spaces and joiners, direction marks, byte order mark,
#: variation selectors. `fold` leaves them where they are (an offset must hold); `visible` leaves them out.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f"
)

_FOLD = {
    **dict.fromkeys(SINGLE_QUOTES, "'"),
    **dict.fromkeys(DOUBLE_QUOTES, '"'),
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(SPACES, " "),
    **dict.fromkeys(LINE_ENDS, "\n"),
}
_FOLDED = re.compile(f"[{re.escape(SINGLE_QUOTES + DOUBLE_QUOTES + DASHES + SPACES + LINE_ENDS)}]")
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


def squeeze(text: str) -> str:
    """One space for every run of white space, and none at the edges."""
    if text.isprintable() and "  " not in text:  # no white space but single spaces
        return text.strip()
    return " ".join(text.split())


class Visible(NamedTuple):
    """A text without its invisible characters; `offsets[i]` is where character i stood, and its last item is the
    length of the original, so that [s, e) here is [offsets[s], offsets[e - 1] + 1) there."""

    text: str
    offsets: range | list[int]


def fold(text: str) -> str:
    """The text with every quote mark, dash, space and line end in its plain ASCII form.

    One character stands for one: `len(fold(text)) == len(text)`, so an offset means the same in both.
    Single marks become ', double marks ", dashes -, spaces of any width " ", line ends "\\n".
    """
    if text.isascii() and text.isprintable() and "`" not in text:
        return text
    return _folded(text) if len(text) > _SHORT else _replaced(text)


_SHORT = 400  # characters; longer texts are whole documents, which several readers fold


@lru_cache(maxsize=2)
def _folded(text: str) -> str:
    return _replaced(text)


def _replaced(text: str) -> str:
    # A text holds few of these characters: replacing each in turn is several times faster than str.translate.
    for character in set(_FOLDED.findall(text)):
        text = text.replace(character, _FOLD[character])
    return text


def visible(text: str) -> Visible:
    """The text without invisible characters, with the way back to the original offsets."""
    if text.isascii() or _INVISIBLE.search(text) is None:
        return Visible(text, range(len(text) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    last = 0
    for match in _INVISIBLE.finditer(text):
        parts.append(text[last : match.start()])
        offsets.extend(range(last, match.start()))
        last = match.end()
    parts.append(text[last:])
    offsets.extend(range(last, len(text) + 1))
    return Visible("".join(parts), offsets)
