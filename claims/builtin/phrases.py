"""Small pieces of phrases: what is counted, where, and where a quote begins and ends."""

from __future__ import annotations

from bisect import bisect_left

from claims.builtin.clauses import Clause
from claims.builtin.tokens import Token, Tokens
from claims.models import Quantity, QuantityKind, Span
from claims.text.lexicon import SUBORDINATORS

_new = tuple.__new__
_EDGE_START = " \n\t,;:.-)]}!?"
_EDGE_END = " \n\t,;:-([{"
_NOUNISH = "NDO#sbIA-"
_PLACE_WORDS = frozenset("in at near outside inside across".split())
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october "
    "november december spring summer autumn winter early late mid".split()
)


def squeeze(text: str) -> str:
    """One space for every run of white space."""
    return " ".join(text.split())


def trim_quote(text: str, start: int, end: int) -> Span:
    """[start, end) of a folded text without marks at its edges or a quotation mark whose partner is outside."""
    while True:
        before = (start, end)
        while start < end and text[start] in _EDGE_START:
            start += 1
        while end > start and text[end - 1] in _EDGE_END:
            end -= 1
        piece = text[start:end]
        marks = piece.count('"')
        if piece.startswith('"') and (marks % 2 == 1 or (marks == 2 and piece.rstrip(".,").endswith('"'))):
            start += 1
        elif piece.endswith('"') and marks % 2 == 1:
            end -= 1
        elif piece.endswith(('",', '".')) and marks % 2 == 1:
            end -= 2
        elif piece.endswith(('?"', '!"', '."', ',"')) and marks == 1:
            end -= 1
        if (start, end) == before:
            return _new(Span, (start, end))


def noun_phrase_after(tokens: Tokens, position: int, *, limit: int | None = None) -> Span | None:
    """The noun phrase that begins right after `position`, an "of" passed over; ends at a verb, a mark or `limit`."""
    found: list[Token] = []
    for token in tokens[bisect_left(tokens.starts, position) :]:
        if limit is not None and token.end > limit:
            break
        if not found and token.low in ("of", "%"):
            continue
        if found and token.low in ("of", "in", "at") and limit is not None:
            found.append(token)
            continue
        if token.tag not in _NOUNISH or (not found and token.tag in "A-"):
            break
        found.append(token)
        if len(found) >= 8:
            break
    while found and (found[-1].tag in "DPA-" or found[-1].low in ("of", "in", "at")):
        found.pop()
    if not found or all(t.tag == "#" for t in found):
        return None
    return Span(found[0].start, found[-1].end)


def counted(tokens: Tokens, quantity: Quantity) -> Span | None:
    """What a figure counts, where the figure itself does not say: the noun phrase after it, at most three words."""
    found: list[Token] = []
    for token in tokens[bisect_left(tokens.starts, quantity.end) :]:
        if not found and token.low == "of":
            continue
        if token.tag not in "NDOsbI" or len(found) >= 3 or (token.tag in "sb" and found):
            break
        if not found and token.tag == "b" and quantity.kind is QuantityKind.COUNT and quantity.value != 1:
            break  # "twelve remain in hospital"
        found.append(token)
    while found and found[-1].tag in "DO":
        found.pop()
    return Span(found[0].start, found[-1].end) if found else None


def place_in(tokens: Tokens, clause: Clause | None, text: str) -> str | None:
    """The first "in Geneva" after the clause's verb: a preposition of place and a capitalised phrase."""
    if clause is None:
        return None
    first = -1
    lows = tokens.lows
    for number in range(clause.after, len(lows)):
        if lows[number] not in _PLACE_WORDS:
            continue
        if tokens[number].end > clause.end:
            break
        first = number + 1
        last = first
        while (
            last < len(tokens)
            and tokens[last].end <= clause.end
            and (
                tokens[last].upper
                or tokens[last].low in ("the", "of")
                or (tokens[last].tag in "N-" and last > first and tokens[last - 1].upper)
            )
            and tokens[last].low not in SUBORDINATORS
        ):
            last += 1
        while last > first and tokens[last - 1].low in ("the", "of"):
            last -= 1
        words = tokens[first:last]
        if words and any(t.upper for t in words) and not any(t.low in _CALENDAR for t in words):
            return squeeze(text[words[0].start : words[-1].end])
    return None
