"""What a quote licenses: numbers by value, negations by cue, names by spelling, rewrites by substitution."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from claims.models import Quantity, QuantityKind, TimeRef
from claims.text.lexicon import DETERMINERS, PREPOSITIONS

# ---------------------------------------------------------------- numbers

_SCALES = {
    "k": 1e3, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "m": 1e6, "mn": 1e6, "mln": 1e6,
    "million": 1e6, "millions": 1e6,
    "crore": 1e7, "crores": 1e7, "bn": 1e9, "b": 1e9, "bln": 1e9, "billion": 1e9, "billions": 1e9,
    "tn": 1e12, "trn": 1e12,
    "t": 1e12, "trillion": 1e12, "trillions": 1e12, "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
_SMALL = {
    word: float(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen "
        "eighteen nineteen".split()
    )
}
_TENS = {
    word: 10.0 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_ORDINALS = {
    word: float(value)
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth "
        "sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        1,
    )
}
_FRACTIONS = {
    "half": 0.5,
    "halves": 0.5,
    "quarter": 0.25,
    "quarters": 0.25,
    "thirds": 1 / 3,
    "fifths": 0.2,
    "tenths": 0.1,
}
_VAGUE = {
    "dozens": 12.0,
    "scores": 20.0,
    "hundreds": 1e2,
    "thousands": 1e3,
    "once": 1.0,
    "twice": 2.0,
    "double": 2.0,
    "triple": 3.0,
}
_PLAIN_WORDS = {**_SMALL, **_TENS, **_ORDINALS, **_FRACTIONS, **_VAGUE}
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+", re.UNICODE)
_MAX_DIGITS = 300


def numbers(text: str) -> set[float]:
    """Every number that a text writes, in digits or words, with scales multiplied out: "1.5m" gives 1500000.

    Parts of one number stand beside its whole ("twenty-one": 21, 20, 1), so the result is what a text may mention,
    not what it counts. "one" alone is left out: it is a pronoun as often as a number.
    """
    found: set[float] = set()
    previous: float | None = None
    spelled = False  # the number so far is in words, and may go on: two hundred and five
    for match in _TOKEN.finditer(text):
        word = match[0]
        if word[0].isdigit():
            previous, spelled = _digits(word), False
            if previous is not None:
                found.add(previous)
            continue
        low = word.lower()
        if low in _SCALES and previous is not None and (len(low) > 2 or text[match.start() - 1 : match.start()] != "-"):
            previous *= _SCALES[low]
            found.add(previous)
            continue
        value = _PLAIN_WORDS.get(low)
        if value is None:
            if low not in ("and", "a", "an"):
                previous = None
            continue
        if (previous is not None and previous in _TENS.values() and 1 <= value <= 9) or (
            spelled and previous is not None and previous >= 100 and value < 100 and low not in _ORDINALS
        ):
            value += previous
        found.add(value)
        previous, spelled = value, True
    found.discard(1.0)
    return found


def _digits(word: str) -> float | None:
    plain = word.replace(",", "")
    if len(plain) > _MAX_DIGITS:
        return None
    return float(plain)


def values_of(quantities: Iterable[Quantity]) -> set[float]:
    """Every value that quantities stand for, also in the other common ways to write it (half: 0.5 and 50)."""
    found: set[float] = set()
    for quantity in quantities:
        for value in (quantity.value, quantity.low, quantity.high):
            if value is None:
                continue
            found.add(value)
            if quantity.kind is QuantityKind.SHARE:
                found.update((value / 100, value * 100))
    return found


def values_of_times(times: Iterable[TimeRef]) -> set[float]:
    """Day and year numbers of the days that times resolve to: "Monday" licenses "25 September 2017"."""
    found: set[float] = set()
    for time in times:
        for day in (time.earliest, time.latest):
            if day is not None:
                found.update((float(day.year), float(day.day), float(day.month)))
    return found


def licensed(value: float, values: Iterable[float]) -> bool:
    return any(abs(value - other) <= 1e-9 * max(abs(value), abs(other), 1e-300) for other in values)


# ---------------------------------------------------------------- negation

NEGATION = re.compile(
    r"\b(?:not|cannot|never|no|none|nobody|nothing|neither|nor|nowhere|without|hardly|scarcely|barely)\b"
    r"|n't\b|\b(?:den(?:y|ies|ied|ying)|denials?|refus(?:e|es|ed|ing|al)|reject(?:s|ed|ing|ion)?|declin(?:e|es|ed"
    r"|ing) to"
    r"|fail(?:s|ed|ing)? to|failure to|rul(?:e|es|ed|ing) out|dismiss(?:es|ed|ing)?|untrue|false|falsely|lack(?:s"
    r"|ed|ing)?"
    r"|refut(?:e|es|ed|ing)|disput(?:e|es|ed|ing)|unable|few|little evidence)\b",
    re.IGNORECASE,
)
_NOT_NEGATION = re.compile(
    r"\b(?:not only|no matter|no doubt|no longer than|no (?:more|fewer|less|later|earlier) than|not (?:more|fewer"
    r"|less) than"
    r"|not just|nothing but|a few|quite a few|no\. ?\d+|number of|declin(?:e|ed|es|ing) to \d|whether or not)\b",
    re.IGNORECASE,
)
_CLASSES = (
    (
        "not",
        re.compile(
            r"\A(?:not|cannot|never|no|none|nobody|nothing|neither|nor|nowhere|without|hardly|scarcely|barely|n't)\Z",
            re.I,
        ),
    ),
    ("deny", re.compile(r"\A(?:den|refut|disput|dismiss|reject|rul|false|untrue)", re.I)),
    ("refuse", re.compile(r"\A(?:refus|declin|fail|unable)", re.I)),
)


@lru_cache(maxsize=4096)
def negations(folded: str) -> list[tuple[int, int, str]]:
    """The negation cues of a folded text: start, end, and sort ("not", "deny", "refuse", "lack")."""
    text = folded.lower()
    if not _maybe_negated(text):
        return []
    masked = [match.span() for match in _NOT_NEGATION.finditer(text)]
    found: list[tuple[int, int, str]] = []
    for match in NEGATION.finditer(text):
        start, end = match.span()
        if any(s <= start and end <= e for s, e in masked):
            continue
        sort = next((name for name, form in _CLASSES if form.match(match[0])), "lack")
        found.append((start, end, sort))
    return found


#: What ends the reach of a negation to its right.
BREAK = re.compile(
    r"[,;:\"()]|\s-\s|\b(?:and|but|because|while|whereas|although|though|which|who|as|when|after|before)\b"
)

# Every alternative begins with a letter, so that `re` skips to the next of these letters.
_HINT = re.compile(
    r"n(?:o(?:(?<=\bno)|t\b)|'t|ever|either)|with?out|hardly|scarcely|barely|d(?:en[iy]|eclin|ismiss|isput)"
    r"|r(?:e(?:fus|ject|fut)|ul(?:e|es|ed|ing) out)|f(?:ail|alse|ew)|un(?:true|able)|l(?:ack|ittle)"
)


def _maybe_negated(lower: str) -> bool:
    return _HINT.search(lower) is not None


def same_negations(quote: str, text: str) -> bool:
    """Whether a rewrite carries as many negation cues of each sort as its quote."""
    one = sorted(sort for _, _, sort in negations(quote))
    two = sorted(sort for _, _, sort in negations(text))
    return one == two


# ---------------------------------------------------------------- words and rewrites

WORD = re.compile(r"\w+(?:['.-]\w+)*", re.UNICODE)
_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs this that these those who we us our i me my you your "
    "himself herself itself themselves here there".split()
)
_POSSESSIVE = re.compile(r"'s?\Z")
_LEAD = frozenset(
    "and but or so yet however also meanwhile moreover nevertheless nonetheless still then thus therefore specifically "
    "additionally furthermore instead".split()
)


def words(folded: str) -> list[str]:
    return WORD.findall(folded)


def bare(word: str) -> str:
    """A word for comparison: lower case, no possessive."""
    return _POSSESSIVE.sub("", word.casefold())


def names_in_words(folded: str) -> list[str]:
    """Words that are written like names: a capital or a digit among letters; the first word only when it recurs so."""
    found = []
    for match in WORD.finditer(folded):
        word = match[0]
        if word[0].isupper() and bare(word) not in _ORDINARY:
            found.append(word)
    return found


_ORDINARY = (
    DETERMINERS
    | PREPOSITIONS
    | _PRONOUNS
    | _LEAD
    | frozenset(
        "if when while where because although though as no not there since after before once until both either all "
        "some most "
        "january february march april may june july august september october november december monday tuesday "
        "wednesday "
        "thursday friday saturday sunday more less many few half officials president minister people what how why "
        "which".split()
    )
)


def licensed_rewrite(quote: str, text: str, occurs_before: Callable[[str], bool]) -> bool:
    """Whether `text` is `quote` but for pronouns and definite short forms replaced by phrases that occur before.

    `quote` and `text` are folded; `occurs_before` tells whether a phrase stands earlier in the document or in its
    headline. Marks, the case of the first letter and a leading "But" or "However" make no difference. Nothing else may.
    """
    one, two = words(quote), words(text)
    if one and two and bare(one[0]) in _LEAD and bare(two[0]) != bare(one[0]):
        one = one[1:]
    left, right = [word.casefold() for word in one], [word.casefold() for word in two]
    if left == right:
        return True
    if not one or not two:
        return False
    if _is_one_substitution(one, left, two, right, occurs_before):
        return True
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if not _substitution(one, a, b, two, c, d, occurs_before):
            return False
    return True


def _is_one_substitution(
    one: list[str], left: list[str], two: list[str], right: list[str], occurs: Callable[[str], bool]
) -> bool:
    """Whether the rewrite differs from the quote in one short place, and there by a substitution: most do."""
    shorter = min(len(left), len(right))
    first = next((n for n in range(shorter) if left[n] != right[n]), shorter)
    last = next((n for n in range(shorter - first) if left[-1 - n] != right[-1 - n]), shorter - first)
    short = len(one) - last - first <= 3
    return short and _substitution(one, first, len(one) - last, two, first, len(two) - last, occurs)


def _substitution(
    one: list[str], a: int, b: int, two: list[str], c: int, d: int, occurs: Callable[[str], bool]
) -> bool:
    """Whether one[a:b] is a pronoun or short form and two[c:d] a phrase that may stand for it."""
    # A short form may share its last word with the phrase ("the city" → "the city of X"): widen to the whole of it.
    while a > 0 and c > 0 and a == b and one[a - 1].casefold() == two[c - 1].casefold():
        a, c = a - 1, c - 1
    if a == b or c == d or d - c > 12:
        return False
    old = [word.casefold() for word in one[a:b]]
    pronoun = len(old) == 1 and bare(old[0]) in _PRONOUNS
    short = len(old) <= 4 and (
        old[0] in ("the", "this", "that", "these", "those", "his", "her", "its", "their")
        or (a > 0 and one[a - 1].casefold() in ("the", "this", "that", "these", "those", "his", "her", "its", "their"))
    )
    surname = len(old) <= 2 and all(word[:1].isupper() for word in one[a:b])
    if not (pronoun or short or surname):
        return False
    new = two[c:d]
    phrase = " ".join(new)
    stripped = " ".join([*new[:-1], _POSSESSIVE.sub("", new[-1])])
    if surname and not pronoun and not {bare(word) for word in old} <= {bare(word) for word in new}:
        return False
    candidates = [phrase, stripped]
    if new[0].casefold() in ("the", "a", "an") and len(new) > 1:
        candidates.append(" ".join(stripped.split()[1:]))
    return any(occurs(candidate) for candidate in candidates if candidate)
