"""Where a quote stands in its document: exactly, after a reversible normalisation, or nowhere.

The normalisation is Unicode NFC, one form of quote marks and dashes, no invisible characters, one space for a run of
white space. It only finds the place; the stored quote is always the document's own characters.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_left, bisect_right
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from claims.models import Span
from claims.text.characters import fold, visible

MAX_OCCURRENCES = 64
MAX_GAP = 12  # words that "…" may stand for
_NEAR = 4_000  # characters searched around the believed place for a quote with small slips
_SPACES = re.compile(r"\s+")
_CLUSTER = re.compile(
    r"[^\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u1160-\u11ff\u3099\u309a]"
    r"[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f\u1160-\u11ff\u3099\u309a]+"
)
_WORD = re.compile(r"\w+(?:['.,:/-]\w+)*%?|[%$€£]")
_EDGE = " \t\n\"'.,;:…-"
_ELLIPSIS = re.compile(r"\s*(?:\[?…\]?|\[?\.{3,}\]?)\s*")

#: Words that a quote may lack or add without another meaning.
_LIGHT = frozenset(
    "the a an that and of to in on at for by with from is was are were be been has had have as its their his "
    "her".split()
)


class Normalised(NamedTuple):
    """A text in its normal form; character i stands for the original characters [starts[i], ends[i])."""

    text: str
    starts: range | list[int]
    ends: range | list[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self.starts[start], self.ends[end - 1])


def normalise(text: str) -> Normalised:
    """The normal form with its way back. Linear in the length of the text."""
    seen = visible(text)
    plain = seen.text
    if unicodedata.is_normalized("NFC", plain):
        starts: range | list[int] = seen.offsets[: len(plain)]
        ends: range | list[int] = [o + 1 for o in starts] if not isinstance(starts, range) else range(1, len(plain) + 1)
    else:
        plain, starts, ends = _compose(plain, seen.offsets)
    plain = fold(plain)
    if _SPACES.search(plain) is None or ("  " not in plain and plain.replace(" ", "").isprintable()):
        return Normalised(plain, starts, ends)
    parts: list[str] = []
    new_starts: list[int] = []
    new_ends: list[int] = []
    last = 0
    for match in _SPACES.finditer(plain):
        s, e = match.span()
        parts.append(plain[last:s])
        new_starts.extend(starts[last:s])
        new_ends.extend(ends[last:s])
        parts.append(" ")
        new_starts.append(starts[s])
        new_ends.append(ends[e - 1])
        last = e
    parts.append(plain[last:])
    new_starts.extend(starts[last:])
    new_ends.extend(ends[last:])
    return Normalised("".join(parts), new_starts, new_ends)


def _compose(plain: str, offsets: range | list[int]) -> tuple[str, list[int], list[int]]:
    """NFC cluster by cluster: all characters of a composed cluster stand for the whole of it."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def take(chunk: str, first: int, last: int, *, whole: bool) -> None:
        composed = unicodedata.normalize("NFC", chunk)
        parts.append(composed)
        if whole or len(composed) != last - first:
            starts.extend([offsets[first]] * len(composed))
            ends.extend([offsets[last - 1] + 1] * len(composed))
        else:
            starts.extend(offsets[first:last])
            ends.extend(offset + 1 for offset in offsets[first:last])

    position = 0
    for match in _CLUSTER.finditer(plain):
        for number in range(position, match.start()):
            take(plain[number], number, number + 1, whole=True)
        take(match[0], match.start(), match.end(), whole=True)
        position = match.end()
    for number in range(position, len(plain)):
        take(plain[number], number, number + 1, whole=True)
    return "".join(parts), starts, ends


_new = tuple.__new__


@lru_cache(maxsize=16)
def _normalised(text: str) -> Normalised:
    return normalise(text)


def locate(text: str, quote: str, *, near: int | None = None, window: Span | None = None) -> list[Span]:
    """The places of the quote in the text, the likeliest first; empty when it is not there.

    Places inside `window` come before others, then those nearest to `near`. A quote with small slips (a lost article,
    an ellipsis, another case of its first letter) is led to the one true span near by; words that carry meaning,
    numbers and negations must be the same and in the same order.
    """
    if not quote.strip() or len(quote) > len(text) + 200:
        return []
    if near is not None and near >= 0:
        behind = near + len(quote)
        # Not `startswith`, which compares character by character where only the text has characters beyond Latin-1.
        if text[near:behind] == quote and _whole_words(text, near, behind):
            return [_trim(text, near, behind)]
    found = _find_all(text, quote)
    spans = [_trim(text, at, at + len(quote)) for at in found]
    if not spans:
        spans = _normal_places(text, quote)
    if not spans:
        slip = _nearest(text, quote, near=near, window=window)
        spans = [slip] if slip else []
    return sorted(spans, key=lambda span: _distance(span, near, window))


def _distance(span: Span, near: int | None, window: Span | None) -> tuple[bool, int]:
    outside = window is not None and not (window.start <= span.start and span.end <= window.end)
    return outside, abs(span.start - near) if near is not None else span.start


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return _new(Span, (start, end))


def _find_all(text: str, quote: str) -> list[int]:
    found: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(found) < MAX_OCCURRENCES:
        if _whole_words(text, at, at + len(quote)):
            found.append(at)
        at = text.find(quote, at + max(1, len(quote)))
    return found


def _whole_words(text: str, start: int, end: int) -> bool:
    """False where the span cuts a word or a number: "12 percent" does not stand in "512 percent"."""
    before, after = text[start - 1 : start] or " ", text[end : end + 1] or " "
    parts = before.isalnum() or before in _JOINING
    if parts and _spells(text[start]) and (_spells(before) or _joins(text, start - 1)):
        return False
    parts = after.isalnum() or after in _JOINING
    return not (parts and _spells(text[end - 1]) and (_spells(after) or _joins(text, end)))


_JOINING = ".,"


def _spells(character: str) -> bool:
    """A letter or digit of a script that writes spaces between words."""
    return character.isalnum() and character < "\u2e80"


def _joins(text: str, position: int) -> bool:
    """Whether the mark at the position holds one number together: the comma of 1,500 or the point of 2.5."""
    if text[position] not in _JOINING:
        return False
    return text[position - 1 : position].isdigit() and text[position + 1 : position + 2].isdigit()


def _normal_places(text: str, quote: str) -> list[Span]:
    normal = _normalised(text)
    wanted = normalise(quote).text.strip()
    for form in _forms(wanted):
        spans = [normal.span(at, at + len(form)) for at in _find_all(normal.text, form)]
        if spans:
            return spans
    return []


def _forms(wanted: str) -> list[str]:
    """The quote, without marks around it, and with its first letter in the other case."""
    bare = wanted.strip(_EDGE)
    forms = [wanted]
    if bare and bare != wanted:
        forms.append(bare)
    if bare[:1].isalpha():
        swapped = bare[0].swapcase() + bare[1:]
        if len(swapped) == len(bare):
            forms.append(swapped)
    return forms


def _nearest(text: str, quote: str, *, near: int | None, window: Span | None) -> Span | None:
    """The span whose words are those of the quote but for light words and what an ellipsis leaves out."""
    normal = _normalised(text)
    low, high = _search_range(normal, near, window)
    pieces = _ELLIPSIS.split(normalise(quote).text.strip(_EDGE))
    wanted = [m[0].casefold() for piece in pieces for m in _WORD.finditer(piece)]
    if not 4 <= len(wanted) <= 120:
        return None
    gapped = len(pieces) > 1
    have = [(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(normal.text, low, high)]
    words = [word for word, _, _ in have]
    matches = [m for m in SequenceMatcher(None, words, wanted, autojunk=False).get_matching_blocks() if m.size]
    if not matches:
        return None
    missing = set(range(len(wanted)))
    for match in matches:
        missing -= set(range(match.b, match.b + match.size))
    if any(wanted[n] not in _LIGHT for n in missing) or len(missing) > max(1, len(wanted) // 8):
        return None
    for one, two in itertools.pairwise(matches):
        skipped = words[one.a + one.size : two.a]
        if len(skipped) > (MAX_GAP if gapped else 2) or (not gapped and any(w not in _LIGHT for w in skipped)):
            return None
    first, last = matches[0].a, matches[-1].a + matches[-1].size - 1
    return normal.span(have[first][1], have[last][2])


def _search_range(normal: Normalised, near: int | None, window: Span | None) -> tuple[int, int]:
    """The part of the normal form to search for a quote with slips: the window, or what lies around `near`."""
    if window is not None:
        low, high = window
    else:
        middle = near or 0
        low, high = max(0, middle - _NEAR // 2), middle + _NEAR
    starts = normal.starts
    first, last = bisect_left(starts, low), bisect_right(starts, high)
    return first, min(last, first + 2 * _NEAR)
