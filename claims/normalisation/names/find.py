"""Find the names of persons, organisations and places in English text by their form and their neighbours.

No list of persons or organisations is used: capitals, titles, roles, particles, heads ("… Agency", "… River") and
the other mentions in the same text decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from operator import attrgetter

from claims.normalisation.names.kinds import PERSON_AFTER, make
from claims.normalisation.names.lexicon import (
    ARTICLES,
    CALENDAR,
    COUNTRIES,
    DEMONYMS,
    DIRECTIONS,
    NOT_NAMES,
    ORG_HEADS,
    PLACE_HEADS,
    SUFFIXES,
    THING_HEADS,
)
from claims.normalisation.names.mentions import (
    AND_RUN,
    PERSON,
    PLACE,
    RUN,
    UNKNOWN,
    UPPER,
    Name,
    Token,
    is_title,
    is_title_word,
    opens,
    split_run,
)
from claims.normalisation.names.roles import QUALIFIERS, title_gender

_BEFORE_JOIN = re.compile(r"(?:\b(?:the|its|his|her|their|a)|['’]s)\s$", re.IGNORECASE)


_new = tuple.__new__  # `_replace` takes five times as long
_LINE = re.compile(r"[^\n]+")
_CAPITAL = re.compile(f"[{UPPER}]")


_NEVER = (NOT_NAMES | {word for word in CALENDAR if word not in ("april", "may", "june", "august")}) - {
    "us",
    "who",
    "it",
    "un",
}


def find_names(text: str) -> list[Name]:
    """The names in `text`, in order of appearance, not overlapping."""
    # Each step for all runs, then the next one: a part of the code at a time, which the processor holds at hand.
    runs = _runs(text)
    openings = [opens(text, start) for start, _ in runs]
    tokens = [split_run(text, start, end) for start, end in runs]
    headlines = _headline_spans(text)
    found: list[Name] = []
    doubtful: list[Name] = []
    middle: set[str] = set()  # words written with a capital inside sentences
    line = 0
    for (start, _), opening, words in zip(runs, openings, tokens, strict=True):
        while line < len(headlines) and headlines[line][1] <= start:
            line += 1
        in_headline = line < len(headlines) and headlines[line][0] <= start
        for name, sure in _names_of(text, words, opening, in_headline):
            if sure:
                found.append(name)
                if not in_headline:
                    middle.update(name.text.split()[1:] if opening and name.start == start else name.text.split())
            else:
                doubtful.append(name)
    known = _known_words(found)
    for name in doubtful:
        if name.text in middle or name.text in known or name.text.title() in known:
            found.append(name)
        elif " " in name.text:
            found.extend(_known_parts(text, name, known))
    found = [_without_opening_word(text, name, known, middle) if name.text.count(" ") > 1 else name for name in found]
    found.sort(key=attrgetter("start"))
    return _settle_kinds(found)


def _runs(text: str) -> list[tuple[int, int]]:
    """The runs of capitalised words, in order, without those that are one word which names nothing."""
    found: list[tuple[int, int]] = []
    position = 0
    for capital in _CAPITAL.finditer(text):
        at = capital.start()
        if at < position:
            continue
        run = _run_at(text, at, position)
        if run is None:
            continue
        start, position = run.span()
        if run[0].lower() in _NEVER:
            continue
        if text.startswith((" and ", " & "), position):
            position = _joined(text, start, position)
        found.append((start, position))
    return found


# The shortest way to plain words that no other one can join: what `RUN` finds there too.
_PLAIN = re.compile(
    r"(?<![\w&@#])[A-Z][a-z]++(?: [A-Z][a-z]++)*+(?=[,;:)\n\"]|['’]s\b"
    r"| (?!(?:of|del?|la|della|d[iu]|da|dos|van|von|zu|de[rn]|te[rn]|bin|ibn|bint|[ae]l|ul|e|y)[ \u00a0]"
    r"|(?:[ae]l|a[nrtzsd]|ash|[dl])[-'’‑])[a-z])"
)
# What a name may hold before its first capital: "al-Nuri", "d'Arc".
_SMALL_STARTS = frozenset("al el an ar at az as ad ash d l".split())
_JOINING = "-'’‑"


def _run_at(text: str, at: int, floor: int) -> re.Match[str] | None:
    """The run of capitalised words whose first capital stands at `at`, if one begins there; none before `floor`."""
    if at > floor and text[at - 1] in _JOINING:
        for first in range(max(floor, at - 4), at - 1):
            if text[first : at - 1] in _SMALL_STARTS and (run := RUN.match(text, first)) is not None:
                return run
    return _PLAIN.match(text, at) or RUN.match(text, at)


def _joined(text: str, start: int, end: int) -> int:
    """The end of "the Trade and Industry Commission", where one head serves both parts."""
    more = AND_RUN.match(text, end)
    if more is None:
        return end
    right = more[1].split()
    left = text[start:end].split()
    if right[-1].lower() not in ORG_HEADS or len(right) > 3 or left[-1].lower() in ORG_HEADS:
        return end
    words = [w.lower() for w in (*left, *right)]
    if any(w in COUNTRIES or w in CALENDAR for w in words) or words[len(left)] in DEMONYMS:
        return end
    if any(w.isupper() and len(w) > 1 for w in (*left, *right)):
        return end
    opener = _BEFORE_JOIN.search(text, max(0, start - 6), start) or left[0].lower() in ("the", *DEMONYMS)
    if not opener:
        return end
    # Two words that are neither plural nor a field of work may well be a person: "X's Ada Lindqvist and Harbour News".
    joins = len(left) == 1 or left[-1].endswith("s") or left[-1].lower() in QUALIFIERS
    return more.end() if joins else end


def _headline_spans(text: str) -> list[tuple[int, int]]:
    """Lines in capitals or in title case, where a capital says nothing."""
    spans = []
    for match in _LINE.finditer(text):
        line = match[0]
        if len(line) > 240:
            continue
        upper, stopped = line.isupper(), line.rstrip().endswith((",", ";", "."))
        if stopped and not upper:
            continue
        words = [w for w in line.split() if w[0].isalpha()]
        if words and upper:
            spans.append(match.span())
            continue
        if len(words) < 4 or (words[1].islower() and words[2].islower()) or stopped:
            continue
        long = [w for w in words if len(w) > 3]
        if len(long) >= 3 and sum(w[0].isupper() for w in long) >= 0.8 * len(long):
            spans.append(match.span())
    return spans


def _names_of(text: str, tokens: list[Token], opening: bool, headline: bool) -> list[tuple[Name, bool]]:
    """The names in one run of capitalised words; the flag is False where only other mentions can confirm it."""
    if len(tokens) == 1:
        return _alone(text, tokens[0], opening, headline)
    result: list[tuple[Name, bool]] = []
    for index, part in enumerate(_split(tokens)):
        at_start = opening and index == 0 and part[0] is tokens[0]
        trimmed = _trim(part)
        if not trimmed:
            continue
        opens_here = at_start and trimmed[0] is part[0]
        if len(trimmed) == 1:
            result.extend(_alone(text, trimmed[0], opens_here, headline))
        else:
            result.extend(_several(text, trimmed, opens_here, headline))
    return result


_ZONE = re.compile(r"(?:GMT|UTC)\d*")


# Months and days that are given names or abbreviations of other things: they cut a run only at its start, or never.
_NAMELIKE = frozenset({"april", "may", "june", "august"})


_SHORT = frozenset({"jan", "dec", "sun", "mar", "sat"})


def _split(tokens: list[Token]) -> list[list[Token]]:
    """Cut at days, months and small words that only a headline or a sentence start writes with a capital."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        current, low = parts[-1], token.low
        if low in CALENDAR:
            cuts = low not in _NAMELIKE and (not current or low not in _SHORT)
        elif low in NOT_NAMES:
            kept = low in QUALIFIERS or low in ("news", "police", "media")
            cuts = bool(current) and token.link == "" and not kept
        else:
            cuts = low[:3] in ("gmt", "utc") and _ZONE.fullmatch(token.text) is not None
        if cuts:
            parts.append([])
        elif token.link.startswith("of") and _person_before_of(current):
            parts.append([token])
        else:
            current.append(token)
    return [part for part in parts if part]


def _person_before_of(tokens: list[Token]) -> bool:
    """ "Ada Lindqvist of Harbour News": two plain words, not plural, before "of"."""
    if len(tokens) not in (2, 3) or tokens[-1].low.endswith("s") or any(token.link for token in tokens):
        return False
    return not any(
        t.low in ORG_HEADS
        or t.low in PLACE_HEADS
        or t.low in THING_HEADS
        or t.low in QUALIFIERS
        or t.low in DEMONYMS
        or t.low in NOT_NAMES
        or is_title_word(t)
        or (t.text.isupper() and len(t.text) > 2)
        for t in tokens
    )


def _trim(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[0].low in NOT_NAMES and not (tokens[0].text.isupper() and len(tokens[0].text) > 1):
        tokens = tokens[1:]
    if tokens and len(tokens) == 1 and tokens[0].low in CALENDAR:
        return []
    return tokens


@lru_cache(maxsize=16384)
def _nameable(word: str, low: str) -> tuple[str, str] | None:
    """The part of a single capitalised word that may be a name, as written and in lower case; None for a word that
    names nothing."""
    upper = len(word) > 1 and word.isupper()
    if low in CALENDAR or (low in NOT_NAMES and not upper) or _ZONE.fullmatch(word):
        return None
    stem, _, tail = word.rpartition("-")
    if tail in _COMPOUNDS and len(stem) > 1:
        word, low = stem, stem.lower()
    if low not in COUNTRIES:
        if low in DEMONYMS or low.removesuffix("s") in DEMONYMS:
            return None  # "Norwegian Parliament" keeps its adjective, "Norwegian" alone is no name
        if low.endswith("s") and low[:-1] in COUNTRIES and len(low) > 4:
            word, low = word[:-1], low[:-1]
    if not (len(word) > 1 and word.isupper()) and (low in QUALIFIERS or low in DEMONYMS or is_title(word, low)):
        return None
    return word, low


def _alone(text: str, token: Token, opening: bool, headline: bool) -> list[tuple[Name, bool]]:
    """The name that a single capitalised word is, if it is one."""
    found = _nameable(token.text, token.low)
    if found is None or (token.low == "staff" and token.link):
        return []
    word, low = found
    if len(word) < len(token.text):
        token = token._replace(text=word, end=token.start + len(word), low=low)
    if low.endswith(("ish", "ese")) and low not in COUNTRIES and _SMALL_NEXT.match(text, token.end):
        return []
    name = make(text, [token])
    country = name.text.lower() in COUNTRIES
    if headline:
        short = word.isupper() and 2 <= len(word) <= 5
        return [(name, country or (short and not _line_is_upper(text, token.start)))]
    return [(name, not opening or country or _plausible_opening(text, token))]


_SMALL_NEXT = re.compile(" [a-z]")


def _several(text: str, tokens: list[Token], opening: bool, headline: bool) -> list[tuple[Name, bool]]:
    """The names in several words that stand together."""
    first, last = tokens[0], tokens[-1]
    titled = None if headline and first.text.isupper() and _line_is_upper(text, first.start) else _titled(text, tokens)
    if titled is not None:
        return titled
    stem, _, tail = last.text.rpartition("-")
    if tail in _COMPOUNDS and len(stem) > 1:
        last = last._replace(text=stem, end=last.start + len(stem), low=stem.lower())
        tokens = [*tokens[:-1], last]
    if last.low not in ORG_HEADS and all(
        t.low in QUALIFIERS or t.low in DEMONYMS or is_title_word(t) or (t.low == "staff" and t.link) for t in tokens
    ):
        return []
    name = make(text, tokens)
    if headline:
        return [(name, name.text.lower() in COUNTRIES)]
    if opening and (
        (tokens[1].link.startswith("of") and _COMMON_OPENING.search(first.low))  # "Criticism of X": only X is a name
        or (first.low in _OPENING_QUALIFIERS and last.low not in ORG_HEADS)
    ):
        name = make(text, tokens[1:])
    return [(name, True)]


_OPENING_QUALIFIERS = QUALIFIERS - ORG_HEADS - DIRECTIONS


# "Norland-based": the name is the part before the hyphen.
_COMPOUNDS = frozenset(
    "based backed led aligned born style era linked controlled owned made funded run wide area bound trained allied "
    "appointed only like educated listed speaking occupied held sponsored friendly supporting leaning related inspired "
    "affiliated dominated brokered imposed mandated supplied built raised".split()
)


def _line_is_upper(text: str, start: int) -> bool:
    left = text.rfind("\n", max(0, start - 200), start) + 1
    right = text.find("\n", start, start + 200)
    line = text[left : right if right >= 0 else start + 200]
    return line.isupper()


_COMMON_OPENING = re.compile(
    r"(?:ly|ing|ed|ers|ors|ists|ians|ants|ents|men|women|ies|ees|ness|tion|tions|ment|ments|ity|ities|ages|ances|ism|isms)$"
)


# What follows the subject of a sentence, where that is a name more often than a bare noun.
_SUBJECT_AFTER = re.compile(
    r" (?:(?:also |has |have |had |is |was |will |would |did |does |may |must |[a-z]+ly ){1,2}[a-z]"
    r"|(?!need|seed|speed)[a-z]{2,}ed\b|and (?:the )?[A-Z])"
)


def _plausible_opening(text: str, token: Token) -> bool:
    """A single word that opens a sentence: a name when it is followed as one is."""
    if token.text.isupper() and len(token.text) > 1:
        return True
    if text.startswith(("'s", "’s"), token.end):
        return True
    if _COMMON_OPENING.search(token.low):
        return False
    if text.find(f" {token.low} ", 0, 20000) >= 0:
        return False
    return PERSON_AFTER.match(text, token.end) is not None or _SUBJECT_AFTER.match(text, token.end) is not None


def _titled(text: str, tokens: list[Token]) -> list[tuple[Name, bool]] | None:
    """A run that holds a title before a name: the title, the name, and what stands before the title."""
    head = -1
    for index, token in enumerate(tokens[:-1]):
        if is_title_word(token) and not (token.low in SUFFIXES and index > 0):
            head = index
    if head < 0:
        return None
    after = head + 1
    if tokens[after].link.startswith("of"):
        # "Secretary of the Security Council A B", "Secretary of State A B": the office reaches to its head noun.
        end = after
        while end < len(tokens) and tokens[end].low not in ORG_HEADS and tokens[end].low not in ("state", "staff"):
            end += 1
        if end >= len(tokens) - 1:
            office = tokens[after:]
            if all(is_title_word(t) or t.low in ("staff", "state") for t in office):
                return []
            return [(make(text, office), True)]
        after = end + 1
    person = tokens[after:]
    rest: list[Token] = []
    for index, token in enumerate(person[1:], start=1):
        if token.link.startswith("of"):
            # "Senator A B of Norland": the place is a name of its own.
            person, rest = person[:index], person[index:]
            break
    if not person or any(t.low in ORG_HEADS for t in person) or len(person) > 5:
        return None
    if all(t.low in COUNTRIES or t.low in DEMONYMS for t in person):
        return None
    first = head
    while (
        first > 0
        and tokens[first - 1].low not in DEMONYMS
        and (
            tokens[first - 1].low in QUALIFIERS
            or is_title_word(tokens[first - 1])
            or (tokens[first - 1].low == "staff" and tokens[first - 1].link == "of")
        )
    ):
        first -= 1
    result: list[tuple[Name, bool]] = []
    nationality = None
    before = tokens[:first]
    if before and before[-1].low in DEMONYMS:
        nationality = DEMONYMS[before[-1].low]
        before = before[:-1]
    elif before and (country := COUNTRIES.get(before[-1].text.lower())):
        nationality = country
        before = before[:-1]
    if before and not all(t.low in NOT_NAMES or t.low in QUALIFIERS for t in before):
        result.append((make(text, before), True))
    title = text[tokens[first].start : tokens[after - 1].end]
    name = make(text, person)
    name = name._replace(
        kind=PERSON,
        title=title,
        title_start=tokens[first].start,
        title_end=tokens[after - 1].end,
        nationality=nationality,
        gender=title_gender(title) or name.gender,
    )
    result.append((name, True))
    if rest:
        result.append((make(text, rest), True))
    return result


def _known_words(names: list[Name]) -> set[str]:
    known: set[str] = set()
    for name in names:
        known.add(name.text)
        if name.kind == PERSON:
            known.add(name.text.split()[-1])
    return known


def _without_opening_word(text: str, name: Name, known: set[str], middle: set[str]) -> Name:
    """ "Hold Ada Lindqvist to it": the first word is no part of a name that the text knows without it."""
    first, _, rest = name.text.partition(" ")
    if " " not in rest or rest not in known or first in middle or name.title or not opens(text, name.start):
        return name
    return name._replace(text=rest, start=name.end - len(rest))


def _known_parts(text: str, name: Name, known: set[str]) -> list[Name]:
    """The words of a headline that the article knows as names, the longest first."""
    words = list(re.finditer(r"\S+", name.text))
    found = []
    index = 0
    while index < len(words):
        for last in range(min(len(words), index + 4), index, -1):
            start, end = words[index].start(), words[last - 1].end()
            part = name.text[start:end]
            if part in known or part.title() in known or part.lower() in COUNTRIES:
                found.append(Name(part, name.start + start, name.start + end))
                index = last
                break
        else:
            index += 1
    return found


def _settle_kinds(names: list[Name]) -> list[Name]:
    """A short form takes the kind of the full name whose last word it is; a place in one mention is one in all."""
    families: set[str] = set()
    kinds: dict[str, set[str]] = {}
    for name in names:
        if name.kind == UNKNOWN:
            continue
        kinds.setdefault(name.text, set()).add(name.kind)
        if name.kind == PERSON and (" " in name.text or name.title):
            families.add(_family(name.text).lower())
    result = []
    for name in names:
        kind = name.kind
        if kind == UNKNOWN or " " not in name.text:
            seen = kinds.get(name.text, ())
            low = name.text.lower()
            if " " not in name.text and low not in COUNTRIES:
                if low in families:
                    kind = PERSON
                elif PLACE in seen:
                    kind = PLACE
            if kind == UNKNOWN and len(seen) == 1:
                kind = next(iter(seen))
            if kind != name.kind:
                name = _new(Name, (*name[:3], kind, *name[4:]))
        result.append(name)
    return result


def _family(name: str) -> str:
    words = name.split()
    if len(words) > 2 and words[-2].lower() in ARTICLES:
        return " ".join(words[-2:])
    if len(words) > 1 and words[-1].lower().rstrip(".") in SUFFIXES:
        return words[-2].rstrip(",")
    return words[-1]
