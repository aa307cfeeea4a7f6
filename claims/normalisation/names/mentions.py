"""One mention of a name, and the runs of capitalised words in which names stand."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from claims.normalisation.names.roles import ABBREVIATIONS, OFFICE_HEADS, PROFESSIONS, parse_title

PERSON, ORGANISATION, PLACE, UNKNOWN = "person", "organisation", "place", "unknown"


class Name(NamedTuple):
    """One mention of a name: `text` is the characters [start, end) of the text that was searched.

    kind         person, organisation, place or unknown: a guess from form and neighbours
    title        rank or office written before the name ("Maj. Gen.", "Foreign Minister"), with its span
    role         what stands beside it ("the foreign minister of Norland"), without the commas, with its span
    nationality  the adjective before the title, as its country ("Norwegian Foreign Minister …" → Norway)
    alias        the short form given in brackets after the name ("… News Agency (XNA)")
    gender       "m" or "f" where a title or a word such as "wife" beside the name tells it
    """

    text: str
    start: int
    end: int
    kind: str = UNKNOWN
    title: str | None = None
    title_start: int | None = None
    title_end: int | None = None
    role: str | None = None
    role_start: int | None = None
    role_end: int | None = None
    nationality: str | None = None
    alias: str | None = None
    gender: str | None = None


class Token(NamedTuple):
    text: str
    start: int
    end: int
    low: str  # lower case, without a final full stop
    link: str  # the small words between the previous token and this one ("of the"), or ""


UPPER = "A-ZÀ-ÖØ-Þ" + "".join(chr(c) for c in range(0x100, 0x250) if chr(c).isupper())


_ABBREVIATION = (
    "(?:"
    + "|".join(
        sorted(
            (
                w.capitalize()
                for w in ABBREVIATIONS
                if len(w) > 1 and w not in ("pm", "ceo", "cfo", "coo", "vp", "mp", "mep", "ag", "fm")
            ),
            key=len,
            reverse=True,
        )
    )
    + "|Mr|Mrs|Ms|Jr|Sr|Ft|Mt|No|Inc|Corp|Ltd|Co|Bros)"
)


_CAP = (
    rf"(?:(?:[{UPPER}]\.){{2,}}|{_ABBREVIATION}\.(?=[\s-])|[{UPPER}]\.(?=[ \u00a0][{UPPER}])"
    rf"|(?:[Aa]l|[Ee]l|[aA][nrtzsd]|[Aa]sh|[dDLl]|O)[-'’‑](?=[{UPPER}])(?:[{UPPER}]\w*)(?:[-'’‑](?!s\b)\w+)*"
    rf"|[{UPPER}]\w*(?:[-'’‑&](?!s\b)\w+)*(?:\+\d{{1,2}}(?!\d))?)"
)


_LINK = (
    "(?:of(?:[ \u00a0]the)?|de(?:[ ]la|[ ]los)?|la|del|della|di|du|da|dos|van(?:[ ]de[rn])?|von|zu|der|den|ter|ten"
    "|bin|ibn|bint|al|el|ul|e|y)"
)


RUN = re.compile(rf"(?<![\w&@#]){_CAP}(?:[ \u00a0\u2009](?:{_LINK}[ \u00a0]){{0,2}}{_CAP})*")


AND_RUN = re.compile(rf" (?:and|&) ({_CAP}(?: {_CAP}){{0,3}})")


_PIECE = re.compile(_CAP)


_SPACE = re.compile("[ \u00a0\u2009]")


_SENTENCE_START = re.compile(r"(?:^|[.!?:;][\"”’')\]]*\s+|[\n\r]\s*|[“\"(\[‘']\s?|[-–—•*|]\s*)$")


def word_before(text: str, start: int) -> str:
    """The word that stands directly before `start`, in lower case without a final full stop; "" when there is none."""
    if start < 2 or text[start - 1] not in " \u00a0":
        return ""
    end = start - 1
    begin = max(0, end - 24)
    word = text[max(begin, text.rfind(" ", begin, end) + 1) : end]
    if not word.isalpha():
        first = len(word)
        while first and (word[first - 1].isalnum() or word[first - 1] in ".'’-"):
            first -= 1
        word = word[first:]
    return word.lower().rstrip(".")


def opens(text: str, start: int) -> bool:
    if start > 1 and text[start - 1] == " ":
        before = text[start - 2]
        if before.isalnum() or before == ",":
            return False
        if before in ".!?:;":
            return True
    return start == 0 or _SENTENCE_START.search(text, max(0, start - 6), start) is not None


def split_run(text: str, start: int, end: int) -> list[Token]:
    """The capitalised words of a run, with the small words between them as links."""
    whole = text[start:end]
    if whole.isalpha():
        return [_new_token(Token, (whole, start, end, whole.lower(), ""))]
    if " " not in whole and _SPACE.search(whole) is None:
        return [_token(whole, start, end, "")]
    pieces = whole.split(" ")
    tokens: list[Token] = []
    at = start
    link = ""
    for piece in pieces:
        if not piece.isascii() or not piece.isalpha():
            return _split_marked(text, start, end)
        if piece[0] <= "Z":
            tokens.append(_new_token(Token, (piece, at, at + len(piece), piece.lower(), link)))
            link = ""
        elif tokens:
            link = f"{link} {piece}" if link else piece
        at += len(piece) + 1
    return tokens


_new_token = tuple.__new__


def _token(word: str, start: int, end: int, link: str) -> Token:
    return _new_token(Token, (word, start, end, word.lower().rstrip(".").replace("’", "'"), link))


def _split_marked(text: str, start: int, end: int) -> list[Token]:
    """`split_run` for words with marks, digits or letters beyond ASCII in them."""
    tokens: list[Token] = []
    previous = start
    position = start
    while position < end:
        match = _PIECE.match(text, position, end)
        if match is None:
            gap = _SPACE.search(text, position, end)
            if gap is None:
                break
            position = gap.end()
            continue
        link = " ".join(text[previous : match.start()].split()) if tokens else ""
        tokens.append(_token(match[0], match.start(), match.end(), link))
        previous = position = match.end()
        while position < end and text[position] in " \u00a0\u2009":
            position += 1
    return tokens


def is_title_word(token: Token) -> bool:
    """Whether the word is a title, an office or a profession, or a part of one."""
    return is_title(token.text, token.low)


@lru_cache(maxsize=16384)
def is_title(word: str, low: str) -> bool:
    """`is_title_word` of a word as written and in lower case."""
    return (
        (
            low in ABBREVIATIONS
            and (
                word.endswith(".")
                or len(low) > 3
                or word.isupper()
                or low in ("dr", "gen", "sen", "rep", "gov", "lt", "col", "maj", "sgt", "capt")
            )
        )
        or low in OFFICE_HEADS
        or low in PROFESSIONS
        or parse_title(low) is not None
    )
