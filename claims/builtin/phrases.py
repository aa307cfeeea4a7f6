"""Small pieces of phrases: what is counted, where, and where a quote begins and ends."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from claims.builtin.clauses import Clause
from claims.builtin.tokens import Tokens
from claims.models import Quantity, QuantityKind, Span
from claims.text.characters import squeeze
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
        if not marks:
            return _new(Span, (start, end))
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
    lows, tags = tokens.lows, tokens.tags
    found: list[int] = []
    for number in range(bisect_left(tokens.starts, position), len(lows)):
        low = lows[number]
        if limit is not None and tokens.ends[number] > limit:
            break
        if not found and low in ("of", "%"):
            continue
        if found and low in ("of", "in", "at") and limit is not None:
            found.append(number)
            continue
        if tags[number] not in _NOUNISH or (not found and tags[number] in "A-"):
            break
        found.append(number)
        if len(found) >= 8:
            break
    while found and (tags[found[-1]] in "DPA-" or lows[found[-1]] in ("of", "in", "at")):
        found.pop()
    if not found or all(tags[number] == "#" for number in found):
        return None
    return tokens.span(found[0], found[-1])


def counted(tokens: Tokens, quantity: Quantity) -> Span | None:
    """What a figure counts, where the figure itself does not say: the noun phrase after it, at most three words."""
    tags = tokens.tags
    found: list[int] = []
    for number in range(bisect_left(tokens.starts, quantity.end), len(tags)):
        tag = tags[number]
        if not found and tokens.lows[number] == "of":
            continue
        if tag not in "NDOsbI" or len(found) >= 3 or (tag in "sb" and found):
            break
        if not found and tag == "b" and quantity.kind is QuantityKind.COUNT and quantity.value != 1:
            break  # "twelve remain in hospital"
        found.append(number)
    while found and tags[found[-1]] in "DO":
        found.pop()
    return tokens.span(found[0], found[-1]) if found else None


def place_in(tokens: Tokens, clause: Clause, text: str) -> str | None:
    """The first "in Geneva" after the clause's verb: a preposition of place and a capitalised phrase."""
    lows, tags, uppers = tokens.lows, tokens.tags, tokens.uppers
    size = bisect_right(tokens.ends, clause.end)  # tokens up to the end of the clause
    if _PLACE_WORDS.isdisjoint(lows[clause.after : size]):
        return None
    for number in range(clause.after, size):
        if lows[number] not in _PLACE_WORDS:
            continue
        first = last = number + 1
        while (
            last < size
            and (
                uppers[last]
                or lows[last] in ("the", "of")
                or (tags[last] in "N-" and last > first and uppers[last - 1])
            )
            and lows[last] not in SUBORDINATORS
        ):
            last += 1
        while last > first and lows[last - 1] in ("the", "of"):
            last -= 1
        if any(uppers[first:last]) and _CALENDAR.isdisjoint(lows[first:last]):
            return squeeze(text[tokens.starts[first] : tokens.ends[last - 1]])
    return None
