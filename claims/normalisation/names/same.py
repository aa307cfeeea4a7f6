"""Whether two names are spellings of one: transliteration, initials, short forms, titles, acronyms."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from claims.normalisation.names.lexicon import (
    ARTICLES,
    CALENDAR,
    COUNTRIES,
    DEMONYMS,
    DIRECTIONS,
    FAMILY_HEADS,
    NICKNAMES,
    ORG_HEADS,
    PARTICLES,
    PLACE_HEADS,
    SUFFIXES,
    THING_HEADS,
)
from claims.normalisation.names.roles import ABBREVIATIONS, QUALIFIERS, parse_title

# Names at least this similar are one entity.
SAME = 0.8

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n", "ħ": "h",
     "’": "'", "‘": "'", "ʼ": "'", "ʿ": "", "ʾ": "", "`": "'", "´": "'"}
)  # fmt: skip
_TOKEN = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*\.?")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "at", "to", "a", "an"})
_SPELLINGS = {
    "defence": "defense",
    "centre": "center",
    "labour": "labor",
    "organisation": "organization",
    "theatre": "theater",
    "harbour": "harbor",
    "ministries": "ministry",
    "elections": "election",
    "nations": "nation",
    "affairs": "affair",
    "forces": "force",
    "&": "and",
}
_MAX = 200  # characters of a name that are looked at; longer strings are no names


@dataclass(frozen=True, slots=True)
class _Parts:
    """A name taken apart: folded words without title, article and suffix."""

    words: tuple[str, ...]
    suffix: str | None
    acronym: str | None  # the name is one, in capitals
    initials: str  # first letters of the capitalised words
    country: str | None
    place: bool
    organisation: bool
    title: str | None
    single: bool  # one word as written, maybe with a hyphen
    bag: frozenset[str]


def fold_name(name: str) -> str:
    """Lower case without accents; letters that have no accent-free form are written out."""
    lowered = unicodedata.normalize("NFKD", name[:_MAX].lower().translate(_LETTERS))
    return "".join(c for c in lowered if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def _parts(name: str) -> _Parts:
    name = name[:_MAX].strip()
    name = (
        re.sub(r"['’]s?$", "", name)
        if name.endswith(("'s", "’s", "s'", "s’")) and not name.endswith(("s's",))
        else name
    )
    if name.endswith(("s'", "s’")):
        name = name[:-1]
    plain = name.translate(_LETTERS)
    raw = _TOKEN.findall(plain.replace("-", " ").replace("‑", " "))
    country = COUNTRIES.get(fold_name(name).removeprefix("the "))
    acronym = None
    compact = plain.replace(".", "").strip()
    if 2 <= len(compact) <= 8 and compact.isalnum() and compact.isupper() and not compact.isdigit():
        acronym = compact
    title, rest = _split_title(raw)
    suffix = None
    if len(rest) > 1 and (found := SUFFIXES.get(rest[-1].lower().rstrip("."))):
        suffix = found
        rest = rest[:-1]
    words: list[str] = []
    for index, token in enumerate(rest):
        word = fold_name(token).replace(".", "").replace("'", "")
        if not word:
            continue
        if word in ARTICLES and index < len(rest) - 1 and (token.islower() or word in ("al", "el")):
            continue
        if word in ("of", "the", "and", "for") or (word in PARTICLES and token.islower() and len(rest) > 1):
            continue
        if _is_initials(token):
            words.extend(fold_name(c) for c in token if c.isalpha())
            continue
        words.append(_SPELLINGS.get(word, word))
    initials = "".join(t[0].upper() for t in raw if t.lower() not in _SMALL and t[0].isalpha())
    bag = frozenset(words)
    organisation = acronym is not None or any(w in ORG_HEADS or w in ("ministry",) for w in (t.lower() for t in rest))
    place = country is not None or (
        len(words) > 1 and title is None and (words[0] in DIRECTIONS or (words[-1] in PLACE_HEADS - FAMILY_HEADS))
    )
    return _Parts(
        tuple(words), suffix, acronym, initials, country, place, organisation, title, len(name.split()) == 1, bag
    )


def _is_initials(token: str) -> bool:
    letters = token.replace(".", "")
    return (token.count(".") >= 2 and len(letters) <= 4 and letters.isupper()) or (
        len(letters) == 1 and letters.isupper()
    )


def _split_title(tokens: list[str]) -> tuple[str | None, list[str]]:
    """The longest run of leading words that make a title, and the rest."""
    best = 0
    for size in range(1, min(len(tokens), 8)):
        head = tokens[size - 1].rstrip(".").lower()
        known = head in ABBREVIATIONS or head in DEMONYMS or head in COUNTRIES or parse_title(head) is not None
        if size == 1 and len(tokens) < 3 and not known:
            break
        words = tokens[:size]
        if parse_title(" ".join(words)) and head not in DEMONYMS and not tokens[size].islower() and _titles_only(words):
            best = size
    # "President's Council" and "Justice Department" keep their words: what follows makes an organisation.
    if best and any(t.lower() in ORG_HEADS for t in tokens[best:]):
        return None, tokens
    return (" ".join(tokens[:best]) if best else None), tokens[best:]


def _titles_only(tokens: list[str]) -> bool:
    for token in tokens:
        word = token.rstrip(".").lower()
        if word in ABBREVIATIONS or word in QUALIFIERS or word in DEMONYMS or word in COUNTRIES or parse_title(word):
            continue
        return False
    return True


# -- words ---------------------------------------------------------------------------------------------------------

# In order. C stands for the sound of "church", S for that of "ship".
_DIGRAPHS = (
    ("tsch", "C"), ("tch", "C"), ("sch", "S"), ("sh", "S"), ("ch", "C"), ("dzh", "j"), ("zh", "j"), ("dj", "j"),
    ("ph", "f"), ("gh", "g"), ("kh", "h"), ("dh", "d"), ("th", "t"), ("ck", "k"), ("ts", "z"), ("tz", "z"), ("ks", "x"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("iy", "i"), ("ij", "i"), ("yy", "i"), ("ie", "i"), ("w", "v"),
)  # fmt: skip
_DIPHTHONG = re.compile(r"(?:ai|ay|ei|ey)(?=.)")
_LAST_DIPHTHONG = re.compile(r"(?:ei|ey|ii)$")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")


@lru_cache(maxsize=16384)
def romanised(word: str) -> str:
    """A folded word with the common variants of transliteration written one way; vowels are kept."""
    for old, new in _DIGRAPHS:
        if old in word:
            word = word.replace(old, new)
    word = _DIPHTHONG.sub("e", _LAST_DIPHTHONG.sub("i", word)).replace("y", "i")
    word = _DOUBLE.sub(r"\1", word)
    if len(word) > 3 and word.endswith("h"):
        word = word[:-1]
    return word


_ROUGH = str.maketrans({"q": "k", "g": "k", "c": "k", "z": "s", "S": "s", "x": "ks"})


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The consonants of a folded word, by which spellings of one name meet: a key, not a proof."""
    rough = romanised(word).translate(_ROUGH)
    first, rest = rough[:1], rough[1:]
    if first in "aeiou":
        first = "a"
    rest = _VOWELS.sub("", rest).replace("h", "")
    return _DOUBLE.sub(r"\1", first + rest)


_ALL_VOWELS = frozenset("aeiou")
_VOWEL_PAIRS = frozenset(frozenset(pair) for pair in ("ou", "ae", "ei", "au"))
_FIRST_VOWELS = frozenset(frozenset(pair) for pair in ("ou", "ei"))


@lru_cache(maxsize=16384)
def word_similarity(a: str, b: str) -> float:
    """Similarity of two folded words, 0 to 1; SAME or more when they are spellings of one name."""
    if a == b:
        return 1.0
    if not a or not b or len(a) < 3 or len(b) < 3:
        return 0.0
    if a in CALENDAR or b in CALENDAR:
        return 0.0
    best = 0.0
    for left in _hard(romanised(a)):
        for right in _hard(romanised(b)):
            best = max(best, _compare_words(left, right))
    return best


def _hard(word: str) -> tuple[str, ...]:
    """q is written as g or as k."""
    if "q" in word:
        return word, word.replace("q", "g"), word.replace("q", "k")
    return (word,)


def _compare_words(a: str, b: str) -> float:
    if a == b:
        return 0.98
    if min(len(a), len(b)) < 4:
        return 0.0
    if skeleton(a) == skeleton(b):
        if _vowels_agree(a, b):
            return 0.9
        return 0.6
    if min(len(a), len(b)) >= 8 and a[0] == b[0] and a[-1] == b[-1] and Levenshtein.distance(a, b, score_cutoff=1) <= 1:
        # One letter of a long name: a slip of the keyboard.
        return 0.82
    return 0.5 * JaroWinkler.similarity(a, b)


def _vowels_agree(a: str, b: str) -> bool:
    """The spellings differ by dropped vowels or by vowels that transliterations exchange, and end alike."""
    if Levenshtein.distance(a, b) > max(1, min(len(a), len(b)) // 3):
        return False
    end_a, end_b = a[-1], b[-1]
    if end_a != end_b and (end_a in "aeiou" or end_b in "aeiou"):
        return frozenset((end_a, end_b)) in (frozenset("ei"),)
    if a[0] != b[0] and (a[0] in "aeiou" or b[0] in "aeiou") and frozenset((a[0], b[0])) not in _FIRST_VOWELS:
        return False
    for operation in Levenshtein.editops(a, b):
        if operation.tag != "replace":
            continue
        pair = frozenset((a[operation.src_pos], b[operation.dest_pos]))
        if pair <= _ALL_VOWELS and pair not in _VOWEL_PAIRS:
            return False
        if "g" in pair and min(len(a), len(b)) < 6:
            return False  # a hard g and a k are one sound in some transliterations, but Gates is not Kates
    return True


# -- names ---------------------------------------------------------------------------------------------------------


def same_name(a: str, b: str) -> bool:
    """True when `a` and `b` are two spellings or forms of one entity's name. Symmetric and reflexive."""
    return name_similarity(a, b) >= SAME


@lru_cache(maxsize=16384)
def _similarity(a: str, b: str) -> float:
    left, right = _parts(a), _parts(b)
    if left.country or right.country:
        if left.country and right.country:
            return 1.0 if left.country == right.country else 0.0
        return _acronym(left, right)
    if not left.words or not right.words:
        return 0.0
    if left.words == right.words:
        if left.suffix == right.suffix:
            return 1.0
        # "A B" and "A B Jr." are father and son more often than one; "B" alone may well be "B Jr."
        return 0.2 if left.suffix and right.suffix else 0.7 if len(left.words) > 1 else 0.82
    if left.acronym or right.acronym:
        return _acronym(left, right)
    if any(w in CALENDAR for w in (*left.words, *right.words)) and min(len(left.words), len(right.words)) == 1:
        return 0.0
    if left.organisation or right.organisation or left.place or right.place:
        return _group(left, right)
    score = _person(left, right)
    if left.suffix != right.suffix:
        alone = min(len(left.words), len(right.words)) == 1
        return min(score, 0.2 if left.suffix and right.suffix else 0.82 if alone else 0.7)
    return score


def name_similarity(a: str, b: str) -> float:
    """Similarity of two names, 0 to 1; SAME (0.8) or more means one entity. Symmetric; 1 for equal names."""
    if a == b:
        return 1.0
    return _similarity(a, b) if a <= b else _similarity(b, a)


def _acronym(a: _Parts, b: _Parts) -> float:
    if a.acronym and b.acronym:
        return 1.0 if a.acronym == b.acronym else 0.0
    short, long = (a, b) if a.acronym else (b, a)
    if not short.acronym:
        return 0.0
    if len(long.initials) >= 2 and short.acronym == long.initials:
        return 0.95
    return 0.0


def _group(a: _Parts, b: _Parts) -> float:
    """Organisations and places: the same words in any order."""
    if a.bag == b.bag:
        return 1.0
    if len(a.words) == len(b.words):
        scores = [word_similarity(x, y) for x, y in zip(a.words, b.words, strict=True)]
        if min(scores) >= SAME:
            return min(scores)
    shared = a.bag & b.bag
    if shared in (a.bag, b.bag) and len(shared) >= 2:
        # "Elections Commission" for the "High Elections Commission": likely in one text, not proof across texts.
        return 0.7
    return 0.3 * len(shared) / max(len(a.bag | b.bag), 1)


def _person(a: _Parts, b: _Parts) -> float:
    short, long = (a.words, b.words) if len(a.words) <= len(b.words) else (b.words, a.words)
    longer = b if short is a.words else a
    if len(short) == 1:
        if len(short[0]) == 1:
            return 0.0
        last = word_similarity(short[0], long[-1])
        if last >= SAME:
            if longer.single and len(long) > 1:
                return 0.7
            return last if len(long) == 1 else min(last, 0.9)
        if len(long) > 1 and not longer.single and long[-1] not in THING_HEADS and long[-1] not in COUNTRIES:
            first = word_similarity(short[0], long[0])
            return 0.82 if first >= 0.95 else 0.0
        return last
    if len(short[-1]) == 1 or len(long[-1]) == 1:
        return 0.0  # an initial is no family name
    family = word_similarity(short[-1], long[-1])
    if family < SAME:
        if len(short) == len(long) and sorted(short) == sorted(long):
            return 0.9  # family name first
        return 0.3 * family
    given = _given(short[:-1], long[:-1], exact=family >= 0.95)
    return min(family, given) if given >= SAME else 0.3


def _given(short: tuple[str, ...], long: tuple[str, ...], *, exact: bool) -> float:
    """Every given name of the shorter form must be found in the longer, in order; middle names may be left out."""
    if len(short) == len(long):
        scores = [_given_word(x, y) for x, y in zip(short, long, strict=True)]
        return min(scores)
    position = 0
    worst = 1.0
    matched_first = False
    for word in short:
        while position < len(long):
            score = _given_word(word, long[position])
            position += 1
            if score >= SAME:
                worst = min(worst, score)
                matched_first = matched_first or position == 1
                break
        else:
            return 0.0
    if (
        len(short) > 1
        and len(long) > len(short)
        and all(len(w) == 1 for w in long[1:])
        and all(len(w) == 1 for w in short[1:])
    ):
        return 0.2  # other middle initials: another person
    return worst


def _given_word(a: str, b: str) -> float:
    if len(a) == 1 or len(b) == 1:
        return 0.85 if a[0] == b[0] else 0.0
    score = word_similarity(a, b)
    if score >= SAME:
        return score
    if NICKNAMES.get(a, frozenset((a,))) & NICKNAMES.get(b, frozenset((b,))):
        return 0.88
    return score


@lru_cache(maxsize=16384)
def name_key(name: str) -> tuple[str, ...]:
    """Blocking keys: two names that are the same share at least one, so candidates are found by key.

    The consonant skeletons of its words, its acronym or the acronym of its words, and the country it stands for.
    """
    parts = _parts(name)
    keys: list[str] = []
    if parts.country:
        keys.append("=" + parts.country.lower())
    if parts.acronym:
        keys.append("#" + parts.acronym.lower())
    elif len(parts.initials) >= 2:
        keys.append("#" + parts.initials.lower())
    words = [word for word in parts.words if len(word) > 1] or list(parts.words)
    keys.extend(skeleton(word) if len(word) > 2 else word for word in words)
    return tuple(dict.fromkeys(keys)) or (fold_name(name).strip(),)
