"""What a run of capitalised words names: a person, an organisation or a place, with what stands beside it."""

from __future__ import annotations

import re

from claims.normalisation.names.lexicon import (
    COUNTRIES,
    DEMONYMS,
    DIRECTIONS,
    FAMILY_HEADS,
    ORG_HEADS,
    PLACE_HEADS,
    REGIONS,
    SUFFIXES,
    THING_HEADS,
)
from claims.normalisation.names.mentions import (
    ORGANISATION,
    PERSON,
    PLACE,
    UNKNOWN,
    Name,
    Token,
    opens,
    word_before,
)
from claims.normalisation.names.roles import OFFICE_HEADS, PROFESSIONS, QUALIFIERS, RELATIONS, parse_title, title_gender

_ACRONYM_AFTER = re.compile(r"\s\(\s?(?:the\s|or\s)?[\"“]?([A-Z][A-Za-z&/.-]{1,10})[\"”]?(?:[,;][^()]{0,60})?\)")


_LAST_WORD = re.compile(r"[A-Za-z][\w.'’-]*\Z")


_ROLE = re.compile(
    r",[ ](?P<role>(?:(?:who\s(?:is|was)\s)?(?:the|a|an|its|his|her|their|one\sof|then|now|also)\s)?"
    r"[^,.;:()\n\"“”—]{2,90}?)"
    r"(?=[,.;:()\n\"“”—]|\s(?:and\s(?:he|she|they|who)|who|whom|whose|which|that|where|when|while|told|said)\b|$)"
)


PERSON_AFTER = re.compile(
    r"(?:,\s\d{1,3},|\s\(\d{2}\)|\s(?:said|says|told|added|tweeted|wrote|argued|insisted|noted|warned|recalled|testified|replied|resigned|married|who|whose)\b)"
)


_PLACE_BEFORE = frozenset(
    "in at near outside around across inside toward towards throughout visit visited visiting capital via into".split()
)


_new = tuple.__new__
_NOTHING = (None,) * (len(Name._fields) - 4)
_OF_PLACES = DIRECTIONS | {"mount", "lake", "cape", "fort", "port", "gulf"}


def make(text: str, tokens: list[Token]) -> Name:
    start, end = tokens[0].start, tokens[-1].end
    last = tokens[-1]
    if last.text.endswith(".") and not _keeps_point(last):
        end -= 1
    words = text[start:end]
    kind = _kind_of_form(text, tokens, words, end)
    before = word_before(text, start) if kind is None or kind in _OPEN_KINDS else ""
    if kind is None:
        kind = _kind_in_place(text, tokens, start, end, before)
    name = _new(Name, (words, start, end, kind, *_NOTHING))
    acronym = _ACRONYM_AFTER.match(text, end) if text.startswith(" (", end) else None
    if acronym and (len(tokens) > 1) and sum(c.isupper() for c in acronym[1]) >= 2:
        name = name._replace(alias=acronym[1], kind=ORGANISATION if kind in (UNKNOWN, PERSON) else kind)
    if name.kind in _OPEN_KINDS:
        if before:
            name = _with_lower_title(text, name, before)
        if text.startswith(",", end):
            name = _with_role(text, name)
    return name


_OPEN_KINDS = (UNKNOWN, PERSON)  # those of which a title or a role may tell more


def _keeps_point(token: Token) -> bool:
    return token.text.count(".") > 1 or token.low in SUFFIXES or token.low in ("inc", "corp", "ltd", "co", "bros")


def _kind_of_form(text: str, tokens: list[Token], words: str, end: int) -> str | None:
    """The kind that the words tell; None where what stands before them must."""
    first, last = tokens[0].low, tokens[-1].low
    low = words.lower()
    if low in COUNTRIES or low in REGIONS:
        return PLACE
    if last in ORG_HEADS or first in _ORG_STARTS:
        return ORGANISATION if not (last in PLACE_HEADS and last not in ("federation",)) else PLACE
    if len(tokens) == 1:
        return PLACE if last in PLACE_HEADS else None
    of = False
    for token in tokens:
        if token.link[:2] == "of":
            of = True
            break
    if of and any(t.low in ORG_HEADS for t in tokens[:-1]):
        return ORGANISATION
    if last in FAMILY_HEADS and len(tokens) == 2 and PERSON_AFTER.match(text, end):
        return PERSON
    if last in PLACE_HEADS or first in _OF_PLACES:
        return PLACE
    if last in SUFFIXES:
        return PERSON
    if len(tokens) > 2 and first in _STATE_STARTS:
        return PLACE
    if of or last in THING_HEADS or first in DEMONYMS or first in COUNTRIES:
        return UNKNOWN
    return None


_ORG_STARTS = frozenset("university ministry department bank court office bureau house council".split())
_STATE_STARTS = frozenset("republic kingdom state islamic province city gulf democratic".split())


def _kind_in_place(text: str, tokens: list[Token], start: int, end: int, before: str) -> str:
    """The kind by the neighbours; `before`: the word before the name."""
    if len(tokens) == 1:
        word = tokens[0].text
        if word.replace(".", "").isupper() and 2 <= len(word.replace(".", "")) <= 6:
            if re.match(r"\s?(?:\(|[—–-]|,\s[A-Z][a-z]{2})", text[end : end + 6]) and opens(text, start):
                return PLACE
            return ORGANISATION
        if word.isupper() and opens(text, start):
            return PLACE
        if PERSON_AFTER.match(text, end):
            return PERSON
        return PLACE if _in_place(text, start, before) else UNKNOWN
    if _in_place(text, start, before) and not text.startswith(("'s", "’s"), end):
        return PLACE
    if PERSON_AFTER.match(text, end):
        return PERSON
    if len(tokens) <= 4 and not any(t.text.isupper() and len(t.text) > 2 for t in tokens):
        return PERSON if _could_be_person(text, tokens, start) else UNKNOWN
    return UNKNOWN


def _in_place(text: str, start: int, word: str) -> bool:
    if word == "the":
        word = word_before(text, start - 4)
    if word == "of":
        return word_before(text, start - 3) in ("city", "town", "province", "village", "capital", "region", "state")
    return word in _PLACE_BEFORE


def _could_be_person(text: str, tokens: list[Token], start: int) -> bool:
    if text[max(0, start - 4) : start].lower() == "the ":
        return False
    return not any(t.low in ORG_HEADS or t.low in PLACE_HEADS or t.low in QUALIFIERS for t in tokens)


def _words_before(text: str, start: int) -> list[tuple[str, int]]:
    """Up to six words with single spaces between them that end at `start`, the last first, each with its offset."""
    found: list[tuple[str, int]] = []
    limit = max(0, start - 80)
    end = start
    while len(found) < 6 and end > limit and text[end - 1] in " \u00a0":
        stop = end - 1
        begin = max(limit, text.rfind(" ", limit, stop) + 1, text.rfind("\u00a0", limit, stop) + 1)
        word = text[begin:stop]
        if not (word.isascii() and word.isalpha()):
            last = _LAST_WORD.search(word)
            if last is None:
                break
            begin, word = begin + last.start(), last[0]
        end = begin
        found.append((word, end))
    return found


def _with_lower_title(text: str, name: Name, word: str) -> Name:
    """A title in small letters before the name: "foreign minister A B"; `word`: the one right before it."""
    if word in RELATIONS:
        return name._replace(kind=PERSON, gender=RELATIONS[word])
    if word not in OFFICE_HEADS and word not in PROFESSIONS and parse_title(word) is None:
        return name
    words = _words_before(text, name.start)
    if not words:
        return name
    number = 0
    while number + 1 < len(words):
        candidate = words[number + 1][0].lower().rstrip(".")
        if candidate in QUALIFIERS or candidate in OFFICE_HEADS or candidate in PROFESSIONS:
            if candidate in ("the", "and", "for", "of"):
                break
            number += 1
        else:
            break
    start = words[number][1]
    end = name.start - 1
    nationality = DEMONYMS.get(words[number + 1][0].lower()) if number + 1 < len(words) else None
    title = text[start:end]
    return name._replace(
        kind=PERSON,
        title=title,
        title_start=start,
        title_end=end,
        nationality=nationality,
        gender=title_gender(title),
    )


_NO_ROLE = frozenset("said which where but and as when while told after including like such especially".split())


def _with_role(text: str, name: Name) -> Name:
    """A role in apposition: "A B, the foreign minister of Norland,"."""
    if name.kind != PERSON and " " not in name.text:
        return name
    match = _ROLE.match(text, name.end)
    if match is None:
        return name
    words = re.findall(r"[A-Za-z][\w'’-]*", match["role"])
    heads = [w for w in words[:9] if w.lower() in OFFICE_HEADS or w.lower() in PROFESSIONS]
    if not heads or words[0].lower() in _NO_ROLE:
        return name
    start, end = match.span("role")
    return name._replace(kind=PERSON, role=text[start:end], role_start=start, role_end=end)
