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
_PLACE_WORDS = frozenset("in at near outside inside across off".split())
# What stands between the preposition and the name of a place.
_LEADING = frozenset(
    "the a an north south east west central northern southern eastern western northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern upper lower inner outer downtown rural suburban "
    "outskirts suburb suburbs edge coast border".split()
)
_SORTS = frozenset(
    "city town village port capital resort state province region county district island country republic "
    "municipality township neighborhood neighbourhood borough emirate".split()
)
_SHORTENED = frozenset(("st", "ste", "mt", "ft"))  # of names: "St. Petersburg"
_REGION = 4  # words
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
    """The first "in Geneva" after the clause's verb, or the "In Geneva," that opens the clause.

    A preposition of place and a name: "the northern city of Arbil" is "Arbil", "eastern Congo" and "outskirts of Split"
    stay as they are, and a country or region behind a comma goes with it ("Aspen, Colorado").
    """
    lows = tokens.lows
    size = bisect_right(tokens.ends, clause.end)  # tokens up to the end of the clause
    if not _PLACE_WORDS.isdisjoint(lows[clause.after : size]):
        for number in range(clause.after, size):
            if lows[number] in _PLACE_WORDS and (found := _name_of_place(tokens, number + 1, size, text)) is not None:
                return found
    opening = bisect_left(tokens.starts, clause.start)
    if opening < clause.after and lows[opening] in _PLACE_WORDS:
        return _name_of_place(tokens, opening + 1, clause.after, text)
    return None


def _name_of_place(tokens: Tokens, first: int, size: int, text: str) -> str | None:
    """The name that begins at token `first`, behind words that say what sort of place it is, or which side of it."""
    lows, uppers, tags = tokens.lows, tokens.uppers, tokens.tags
    lead = first
    while lead < size and (lows[lead] in _LEADING or (lead > first and lows[lead] == "of")):
        lead += 1
    for number in range(lead, min(lead + 4, size - 1)):  # "the Indian state of Kerala", "the fishing village of Nes"
        if lows[number] in _SORTS and lows[number + 1] == "of":
            first = lead = number + 2
            break
        if tags[number] not in "NsbIA-" and not uppers[number]:
            break
    if lead < size and lows[lead] == "the":
        lead += 1
    if first < size and lows[first] in ("a", "an") and lows[lead - 1] != "of":
        return None  # "in a Boston school"
    last = lead
    while last < size and lows[last] not in SUBORDINATORS:
        if not uppers[last] and not (
            lows[last] in ("of", "the")
            or (lows[last] == "." and last > lead and lows[last - 1] in _SHORTENED)
            or (tags[last] in "N-" and last > lead and uppers[last - 1])
        ):
            break
        last += 1
    while last > lead and lows[last - 1] in ("the", "of", "."):
        last -= 1
    if not any(uppers[lead:last]) or not _CALENDAR.isdisjoint(lows[lead:last]):
        return None
    return squeeze(text[tokens.starts[first] : tokens.ends[_with_region(tokens, lead, last, text) - 1]])


def _with_region(tokens: Tokens, lead: int, last: int, text: str) -> int:
    """The end of the name of tokens [lead, last), with the country or region behind a comma."""
    lows, uppers = tokens.lows, tokens.uppers
    mark = lows[last] if last < len(lows) else ""
    if mark not in (",", "and"):
        return last
    end = last + 1
    while end < len(lows) and (uppers[end] or (lows[end] == "of" and end > last + 1)) and end <= last + _REGION:
        end += 1
    if end == last + 1:
        return last
    if end < len(lows) and (lows[end] in ("and", "or") or (lows[end] == "," and any(uppers[end + 1 : end + 2]))):
        return last  # "in Guinea, Liberia and Mali"
    from claims.normalisation.places import names_region  # its table is read only where a comma asks for it

    first = last + 1 if mark == "," else lead  # Colorado; Trinidad and Tobago
    return end if names_region(text[tokens.starts[first] : tokens.ends[end - 1]]) else last
