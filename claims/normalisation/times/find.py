"""Find the times that a text names, and the days they stand for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress

from claims.models import TimeBasis, TimeRef
from claims.normalisation.times import periods
from claims.normalisation.times.expressions import Expression
from claims.normalisation.times.grammar import STARTS, TOKEN, parse
from claims.normalisation.times.lexicon import MONTHS, UNITS, WEEKDAYS
from claims.normalisation.times.resolve import Resolved, resolve
from claims.normalisation.times.tense import FUTURE, Tense, bounded
from claims.normalisation.words import Known, Wanted, Words

# Without one of these words and without a digit a text names no time.
_SIGNS = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(UNITS)
    | frozenset(
        "today yesterday tomorrow tonight overnight eve spring summer autumn fall winter christmas halloween boxing "
        "noon midnight valentine fy fiscal quarter half morning evening afternoon".split()
    )
)
# Ends of lines and of sentences, which no time crosses; abbreviations of months have fewer small letters.
_BOUNDARY = re.compile(r"\n|(?<=[a-z]{4}[.?!])\s")
_NO_SIGNS = STARTS - _SIGNS  # words that may open a time and are no sign of one


def marks_time(word: str) -> bool:
    """Whether a word may open a time or is a sign of one, as a figure is."""
    return word in STARTS or word in _SIGNS or not word.isalpha()


_MARKS: Known[bool] = Known(marks_time)
_MARKING = Wanted(marks_time)
_NEAR = 10  # words from the first of a time to its first sign

_RELATIONS = {
    "since": "since",
    "by": "before",
    "before": "before",
    "until": "until",
    "till": "until",
    "after": "after",
    "during": "during",
    "throughout": "during",
    "through": "until",
    "from": "since",
    "within": "during",
}
_RELATION = re.compile(
    r"\b(?:(since|by|before|until|till|after|during|throughout|through|from|within)|(prior\sto|ahead\sof|no\slater\sthan)"
    r"|(following)|(as\sof))\s(?:the\s|at\sleast\s|about\s|around\s|on\s|as\slate\sas\s|as\searly\sas\s|the\send\sof\s)?$",
    re.IGNORECASE,
)
_STARTING = re.compile(r"\b(?:starting|beginning|effective|as\sof)\s(?:in|on|from)?\s?$", re.IGNORECASE)
_JOIN = re.compile(r"\s?[-–—]\s?|\s(?:to|through|until|till|and)\s(?:the\s)?")
_BETWEEN = re.compile(r"\b(between|from)\s(?:the\s)?$", re.IGNORECASE)
_BETWEEN_NUMBER = re.compile(
    r"\b(?:from|between)\s(?:the\s)?([0-3]?\d)(?:st|nd|rd|th)?\s(?:to|and|until|through)\s(?:the\s)?$", re.IGNORECASE
)

# Readings that the tense of the sentence decides.
_TENSED = frozenset({"weekday", "day", "month", "quarter", "season", "unit"})
# How far back "a day earlier" looks for the time it is counted from.
_CONTEXT_REACH = 400
_LAST_YEAR = date.today().year + 1


@dataclass(slots=True)
class _Found:
    expression: Expression
    start: int
    end: int
    resolved: Resolved
    relation: str
    granularity: str


def find_times(text: str, anchor: date | None, *, slack: int = 0, words: Words | None = None) -> list[TimeRef]:
    """The times that `text` names, in order of appearance, not overlapping.

    `anchor` is the date that relative words are counted from (the document's date); without it they stay open.
    A day name is the last such day up to and including the anchor, unless the sentence speaks of the future.
    `slack`: the true date of the document may lie up to so many days after `anchor` (a date inferred as the first
    that is possible). A time that would then be another day stays open, with its readings as candidates.
    The span holds the words of the time, without the preposition, which `relation` keeps.
    `words`: `sign_words(text)`, when the caller has them.
    """
    found: list[_Found] = []
    tense = Tense(text)
    for expression in expressions(text, words):
        if expression.kind == "ahead" and tense.at(expression.start, expression.end) != FUTURE:
            continue  # "in two weeks" of the past is a duration
        found.append(_resolve_one(text, expression, anchor, found, tense, slack))
    return [_time_ref(text, item) for item in _join_ranges(text, found, anchor)]


def resolve_times(text: str, times: Sequence[TimeRef], anchor: date | None, *, slack: int = 0) -> list[TimeRef]:
    """`times`, as found in `text` with no anchor, resolved now that the anchor is known.

    Times that are already resolved from the text alone are returned as they are.
    """
    if anchor is None or all(item.basis is TimeBasis.EXPLICIT for item in times):
        return list(times)
    again = {(item.start, item.end): item for item in find_times(text, anchor, slack=slack)}
    return [again.get((item.start, item.end), item) for item in times]


def expressions(text: str, words: Words | None = None, *, before: int | None = None) -> list[Expression]:
    """The time expressions of `text`, unresolved, in order of appearance, not overlapping.

    `words`: `sign_words(text)`, when the caller has them. `before`: only those that start before this offset.
    """
    numbers, low, starts = _MARKING.words_of(text) if words is None else words
    marks = list(compress(range(len(low)), map(_MARKS.__getitem__, low)))
    found: list[Expression] = []
    if not marks or all(low[mark] in _NO_SIGNS for mark in marks):
        return found
    limit = len(text) if before is None else before
    end = 0
    for mark, sign in zip(marks, _signs_behind(low, marks), strict=True):
        word, start = low[mark], starts[mark]
        if start >= limit:
            break
        if sign is None or numbers[sign] - numbers[mark] > _NEAR:
            continue
        if start + len(word) <= end or (word in _SIGNS and word not in STARTS):
            continue
        if sign == mark or _BOUNDARY.search(text, start, starts[sign]) is None:
            end = _expressions_in(text, word, start, end, found)
    return found


def _signs_behind(low: list[str], marks: list[int]) -> list[int | None]:
    """For each mark the first sign at or behind it; None where none follows."""
    following: list[int | None] = []
    sign: int | None = None
    for mark in reversed(marks):
        if low[mark] not in _NO_SIGNS:
            sign = mark
        following.append(sign)
    following.reverse()
    return following


def _expressions_in(text: str, word: str, first: int, end: int, found: list[Expression]) -> int:
    """Append the expressions that start in the word at `first`; returns where the last one ends."""
    last = first + len(word)
    whole = text[first:last]
    if whole.isalpha() and whole.isascii():  # one token
        if first < end or word not in STARTS:
            return end
        tokens = [(first, whole)]
    else:
        tokens = [(match.start(), match[0]) for match in TOKEN.finditer(text, first, last)]
    for start, token in tokens:
        if start < end:
            continue
        if token[0] <= "9":
            if len(token) > 4:
                continue
        elif token.lower() not in STARTS:
            continue
        if start and text[start - 1].isalnum() and not (token[0] <= "9" and text[start - 3 : start] in ("GMT", "UTC")):
            continue  # but "GMT22 June" is the header of a page, glued together
        expression = parse(text, start)
        if expression is not None and expression.end > start:
            if expression.end < len(text) and text[expression.end].isalnum() and text[expression.end - 1].isalnum():
                continue
            found.append(expression)
            end = expression.end
    return end


def _resolve_one(
    text: str, expression: Expression, anchor: date | None, earlier: list[_Found], tense: Tense, slack: int = 0
) -> _Found:
    base = None
    direction = 0
    if expression.kind == "context":
        base = _context_base(expression, earlier)
    elif anchor is not None and expression.kind in _TENSED:
        direction = tense.at(expression.start, expression.end)
        direction = bounded(text, expression.start, direction)
        if direction != FUTURE and _STARTING.search(text, max(0, expression.start - 24), expression.start):
            direction = 0
    resolved = resolve(expression, anchor, direction, base, _LAST_YEAR)
    if slack and anchor is not None and resolved.basis is TimeBasis.DOCUMENT:
        resolved = _over_slack(expression, anchor, direction, resolved, slack)
    relation = _relation(text, expression)
    return _Found(expression, expression.start, expression.end, resolved, relation, expression.granularity)


def _over_slack(expression: Expression, anchor: date, direction: int, first: Resolved, slack: int) -> Resolved:
    """`first` where every possible date of the document gives the same days; else open, with the readings."""
    readings = {first.earliest or first.latest}
    for days in range(1, slack + 1):
        other = resolve(expression, periods.shift_days(anchor, days), direction, None, _LAST_YEAR)
        readings.add(other.earliest or other.latest)
    if len(readings) == 1:
        return first
    return Resolved(TimeBasis.OPEN, candidates=tuple(sorted(day for day in readings if day)))


def _context_base(expression: Expression, earlier: list[_Found]) -> Resolved | None:
    for item in reversed(earlier):
        if expression.start - item.end > _CONTEXT_REACH:
            return None
        if item.resolved.earliest is not None and item.resolved.latest is not None:
            return item.resolved
    return None


def _relation(text: str, expression: Expression) -> str:
    match = _RELATION.search(text, max(0, expression.start - 32), expression.start)
    if match is None:
        if expression.kind in ("window", "recent", "coming"):
            return "during"
        return "at"
    if match[1]:
        word = match[1].lower()
        if word in ("by", "from", "through", "within") and (
            text.startswith(("'s", "’s"), expression.end) or expression.kind == "context"
        ):
            return "at"  # "disappointed by Monday's vote"
        if word == "from" and expression.granularity == "span":
            return "during"
        return _RELATIONS[word]
    return "before" if match[2] else "after" if match[3] else "at"


def _join_ranges(text: str, found: list[_Found], anchor: date | None) -> list[_Found]:
    """Two times joined by "to", a dash, or "between … and …" are one span."""
    joined: list[_Found] = []
    for item in found:
        if joined:
            pair = _range(text, joined[-1], item, anchor)
            if pair is not None:
                joined[-1] = pair
                continue
        joined.append(item)
    return joined


_RANGE_KINDS = ("period", "day", "month", "weekday", "offset", "quarter", "season", "unit", "readings")


def _range(text: str, first: _Found, second: _Found, anchor: date | None) -> _Found | None:
    gap = text[first.end : second.start]
    if len(gap) > 16 or not _JOIN.fullmatch(gap):
        return None
    if first.expression.kind not in _RANGE_KINDS or second.expression.kind not in _RANGE_KINDS:
        return None
    opener = _BETWEEN.search(text, max(0, first.start - 14), first.start)
    word = gap.strip().split(" ")[0].lower()
    if word == "and" and (opener is None or opener[1].lower() != "between"):
        return None
    if word not in ("and", "to", "through", "until", "till") and first.expression.kind != second.expression.kind:
        return None
    start, end = first.resolved, second.resolved
    # The first half borrows the year of the second: "between March and June 2018".
    if start.earliest is None or first.expression.kind in ("day", "month"):
        start = _borrow(first.expression, second) or start
    earliest, latest = start.earliest, end.latest
    basis = end.basis if start.basis is TimeBasis.EXPLICIT else start.basis
    if earliest is None or latest is None:
        earliest = latest = None
        basis = TimeBasis.OPEN
    elif latest < earliest:
        return None
    return _Found(second.expression, first.start, second.end, Resolved(basis, earliest, latest), "during", "span")


def _borrow(expression: Expression, second: _Found) -> Resolved | None:
    limit = second.resolved.earliest
    if limit is None or second.expression.kind not in ("period", "day", "month"):
        return None
    if expression.kind == "day":
        for year in (limit.year, limit.year - 1):
            day = periods.valid(year, expression.month, expression.day)
            if day and day <= limit:
                return Resolved(second.resolved.basis, day, day)
    if expression.kind == "month":
        for year in (limit.year, limit.year - 1):
            if year >= 1 and periods.month(year, expression.month)[0] <= limit:
                return Resolved(second.resolved.basis, *periods.month(year, expression.month))
    return None


def _time_ref(text: str, item: _Found) -> TimeRef:
    resolved = item.resolved
    start, relation, granularity = item.start, item.relation, item.granularity
    earliest = resolved.earliest
    expression = item.expression
    lead = _BETWEEN_NUMBER.search(text, max(0, start - 24), start) if expression.kind in ("day", "period") else None
    if lead and granularity == "day" and earliest is not None:
        # "from 3 to 7 May": the month and year of the second number serve the first.
        day = int(lead[1])
        if 1 <= day < earliest.day:
            earliest = earliest.replace(day=day)
            start, relation, granularity = lead.start(1), "during", "span"
    return TimeRef.made(
        {
            "as_written": text[start : item.end],
            "start": start,
            "end": item.end,
            "earliest": earliest,
            "latest": resolved.latest,
            "granularity": "day" if granularity == "night" else granularity,
            "basis": resolved.basis,
            "candidates": resolved.candidates,
            "relation": relation,
        }
    )
