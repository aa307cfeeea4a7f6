"""Where quotations begin and end. One pass over the marks, no nesting on any stack, bounded by the paragraph."""

from __future__ import annotations

import re
from typing import NamedTuple

# It begins with a set of characters, so that `re` skips to the next of them.
_MARKS = re.compile(
    r"[“”„‟«»\"〝〞＂\n'`‘’](?:(?<=[“”„‟«»\"〝〞＂\n])|(?<=')'|(?<=`)`"
    r"|(?<=(?<!\w)[‘'])(?=\w)|(?<=(?<=[,.?!…])['’])(?!\w))"
)
_OPENING = frozenset("“„‟«〝``")
_CLOSING = frozenset("”»〞")


class Quotation(NamedTuple):
    """The characters [start, end) of a quotation with its marks. `open`: its paragraph ended before a closing mark."""

    start: int
    end: int
    open: bool = False


def find_quotations(text: str) -> list[Quotation]:
    """The outermost quotations in double marks, and in single marks where these close after punctuation.

    A mark that opens inside a quotation only deepens it, and a closing one lifts that again. A quotation that its
    paragraph does not close counts only when it begins the paragraph or follows a colon or a comma; it ends with the
    paragraph, so that a stray mark cannot swallow the text.
    """
    found: list[Quotation] = []
    start = -1  # of the quotation that is open
    depth = 0
    last_close = -1  # the last closing mark seen since `start`
    single = -1  # where a single mark opened
    paragraph = 0
    length = len(text)
    for match in _MARKS.finditer(text):
        mark = match[0]
        at = match.start()
        if mark == "\n":
            if start >= 0:
                _unclosed(found, text, start, last_close, paragraph, at)
            start, depth, single, last_close, paragraph = -1, 0, -1, -1, at + 1
            continue
        end = match.end()
        if mark in "‘'’":
            if start >= 0:
                continue
            if at + 1 < length and text[at + 1].isalnum() and mark != "’":
                single = at if single < 0 else single
            elif single >= 0:
                found.append(Quotation(single, end))
                single = -1
            continue
        if mark in _OPENING:
            opens = True
        elif mark in _CLOSING:  # a closing mark that begins a paragraph can only be meant to open
            opens = start < 0 and at == paragraph and end < length and not text[end].isspace()
        else:  # a straight mark: opens before a word after white space, closes otherwise
            after = text[end] if end < length else " "
            before = text[at - 1] if at > 0 else " "
            opens = not after.isspace() and (before.isspace() or before in "([{-–—/:" or at == paragraph)
            if start < 0 and not opens and not after.isspace() and not before.isalnum():
                opens = after.isalnum()
        if start < 0:
            if opens:
                start, depth, last_close, single = at, 1, -1, -1
        elif opens:
            depth += 1
        else:
            depth -= 1
            last_close = end
            if depth <= 0:
                found.append(Quotation(start, end))
                start = -1
    if start >= 0:
        _unclosed(found, text, start, last_close, paragraph, length)
    return found


def _unclosed(found: list[Quotation], text: str, start: int, last_close: int, paragraph: int, end: int) -> None:
    """The paragraph [paragraph, end) ended inside a quotation."""
    if last_close > start:  # one mark too many was opened inside: the last closing one is the true end
        found.append(Quotation(start, last_close))
        return
    before = text[paragraph:start].rstrip()[-1:]
    if not before or before in ",:":
        stop = end
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        found.append(Quotation(start, stop, open=True))
