"""The date of a document, from what it says of itself, and the years that other documents settle.

Sources of the rules: the forms of datelines in the stylebooks of news agencies (place, date, agency), and the
stamps that web pages carry. A clock in the header of a page says when the page was saved, not when it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from claims.models import DateBasis, TimeBasis, TimeRef
from claims.normalisation.times import periods
from claims.normalisation.times.expressions import Expression
from claims.normalisation.times.find import expressions, find_times
from claims.normalisation.times.grammar import parse
from claims.normalisation.times.resolve import FIRST_YEAR
from claims.normalisation.times.tense import FUTURE, PAST, tense
from claims.normalisation.words import Words

# How much of the start of an article is searched for its date, in characters and lines.
_HEAD = 4000
_HEAD_LINES = 40
# Of a line: how much is read, and how far into it a date of the document may stand.
_READ = 200
_LEAD = 70
_SHORT = 90  # characters of a line that may hold nothing but a date and what stands beside it
# Documents of one story lie within this many days of each other.
STORY_DAYS = 60
# A day without a year this close to a full date is of the same year.
_BESIDE = 31
_LAST_YEAR = date.today().year

_DIGIT = re.compile("[0-9]")
_CLOCK_STAMP = re.compile(r"\b\d{1,2}:\d\d\s?(?:[ap]\.?m\.?\s?)?(?:[A-Z]{2,4})?", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|updated|last\s(?:updated|modified)|date|issued|released|created|on|by)\b", re.I
)
_AGENCY_AFTER = re.compile(
    r"\.?,?\s{0,3}(?:/\s?[A-Z]|\(|\[|[-–—]{1,2}\s|[-–—]{2}|:\s|[A-Z][A-Za-z]{1,20}(?:\s[A-Z][A-Za-z]{1,20}){0,2}\.?\s?[-–—/:]|\.\s/)"
)
_PLACE_BEFORE = re.compile(
    r"^\s{0,8}(?:[A-Z][\w.'’-]{1,30}(?:[\s/,]\s?[A-Z][\w.'’-]{0,30}){0,5})?(?:\s?\([A-Z][^)]{1,30}\))?[\s,.—–-]{0,4}$"
)
_AGENCY_BEFORE = re.compile(
    r"^[^a-z\n]{0,60}\((?:[A-Z][^)]{1,30})\)\s?[-–—]{1,2}\s?$|^\s{0,8}\([A-Z][^)]{1,30}\)\s?[-–—]{0,2}\s?$"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date that a document gives for itself or for the text that it carries.

    `day` is None where the year is missing; then `month` and `day_of_month` are given. `origin` is the outlet named
    beside the date ("Press Agency, 25 September 2017"). `stamp` marks the clock of a page header.
    """

    start: int
    end: int
    day: date | None = None
    month: int = 0
    day_of_month: int = 0
    weekday: int | None = None
    origin: str | None = None
    stamp: bool = False


def datelines(text: str, *, alone: bool = False) -> list[Dateline]:
    """The dates that the head of `text` gives for the document, in order of appearance.

    `alone`: only those of short lines, which are the ones that may name an origin.
    """
    found: list[Dateline] = []
    position = 0
    content_lines = 0
    for line in text[:_HEAD].splitlines(keepends=True)[:_HEAD_LINES]:
        start, end = position, position + len(line.rstrip())
        position += len(line)
        if start == end:
            continue
        content_lines += 1
        short = len(line.strip()) <= _SHORT
        if (short or not alone) and _DIGIT.search(line, 0, _READ) is not None:
            item = _dateline(text[start:end], start, first=content_lines <= 2, short=short)
            if item:
                found.append(item)
    return found


def _dateline(line: str, start: int, *, first: bool, short: bool) -> Dateline | None:
    # In a long line only a date that stands before any prose can be the document's.
    limit = None
    if not short:
        told = _PROSE.search(line, 0, _READ)
        limit = min(_LEAD, told.end() if told else _LEAD) + 1
    for item in expressions(line[:_READ], before=limit):
        if not _is_day(item):
            continue
        before = line[: item.start]
        after = line[item.end :]
        clock = item.granularity in ("minute", "hour") or bool(
            _CLOCK_STAMP.search(before) or _CLOCK_STAMP.match(after.strip())
        )
        if (
            short
            and first
            and clock
            and not _PUBLISHED.search(before)
            and not re.search(r"[a-z]{2,}\s[a-z]{2,}", before)
        ):
            return _make(item, start, None, stamp=True)
        if short and _alone(before, after):
            return _make(item, start, _origin(before), stamp=False)
        if len(before) <= _LEAD and not prose_like(before):
            place = _PLACE_BEFORE.match(before) and re.search(r"\w", before)
            if (place and _AGENCY_AFTER.match(after)) or _AGENCY_BEFORE.match(before):
                return _make(item, start, None, stamp=False)
    return None


_PROSE = re.compile(r"\b[a-z]+\s[a-z]+\s[a-z]+\b")


def prose_like(words: str) -> bool:
    """Three words in small letters in a row."""
    return _PROSE.search(words) is not None


_ORIGIN = re.compile(
    r"^[\s\-–—•*|(]*(?:(?:Source|From|Via|By)\s?:?\s)?([A-Za-z][\w.&'’ -]{1,40}?)\s?[,|–—:-]\s?(?:\w+day,?\s)?$", re.I
)
_ALONE_BEFORE = re.compile(r"^[\s\-–—•*|(\[]*(?:[A-Za-z][\w.&'’/ -]{0,40}[,|:–—-]?\s{0,3}){0,2}[\s|,:–—(-]*$")


def _alone(before: str, after: str) -> bool:
    if prose_like(before) and not _PUBLISHED.search(before):
        return False
    if not re.fullmatch(r"[\s.|,)\]–—-]*(?:(?:at\s)?\d{1,2}[:.]\d\d.{0,20}|\|.{0,30}|[A-Z]{2,4})?", after):
        return False
    if re.search(r"\b(?:on|in|at|since|until|the|of)\s$", before, re.I) and not _PUBLISHED.search(before):
        return False
    return _ALONE_BEFORE.match(before) is not None


def _origin(before: str) -> str | None:
    match = _ORIGIN.match(before)
    if match is None or _PUBLISHED.search(match[1]) or parse(match[1], 0):
        return None
    return match[1].strip() or None


def _make(item: Expression, offset: int, origin: str | None, *, stamp: bool) -> Dateline:
    start, end = offset + item.start, offset + item.end
    if item.kind == "period":
        return Dateline(start, end, day=item.first, weekday=item.weekday, origin=origin, stamp=stamp)
    return Dateline(start, end, None, item.month, item.day, item.weekday, origin, stamp)


def _is_day(item: Expression) -> bool:
    if item.granularity not in ("day", "minute", "hour"):
        return False
    if item.kind == "period":
        return item.first == item.last
    return item.kind == "day"


def document_date(
    text: str, *, given: date | None, given_is_scrape: bool = False
) -> tuple[date | None, DateBasis, tuple[date, ...]]:
    """When the document was published, on what this rests, and the dates that fit where it stays open.

    given            the date that the file, the page or the manifest gives
    given_is_scrape  `given` is the day on which the page was saved: only an upper bound

    METADATA: given. DATELINE: a complete date in the head of the text. INFERRED: only one date fits a day and month
    with a weekday, or the article tells of a dated day in the past: then the date is the first that is possible, and
    the candidates are the days it may as well have been. OPEN: several dates fit. UNKNOWN: nothing was found.
    """
    if given is not None and not given_is_scrape:
        return given, DateBasis.METADATA, ()
    lines = datelines(text)
    starts = {line.start for line in lines}
    stamps = [line.day for line in lines if line.stamp and line.day]
    bounds = [day for day in (given, *stamps) if day]
    limit = min(bounds) if bounds else date(_LAST_YEAR, 12, 31)
    lines = [line for line in lines if not line.stamp]
    for line in lines:
        if line.day is not None and line.origin is None and line.day <= limit:
            return line.day, DateBasis.DATELINE, ()
    for line in lines:
        if line.day is not None and line.day <= limit:
            return line.day, DateBasis.DATELINE, ()
    for line in lines:
        return _open_dateline(text, line, limit)
    return _from_body(text, limit, starts)


def parse_day(words: str) -> date | None:
    """The one full date that `words` (a date field, a time stamp) gives; None when it gives none or several."""
    days = {item.first for item in expressions(words[:200]) if item.kind == "period" and _is_day(item)}
    return days.pop() if len(days) == 1 else None


def document_times(
    text: str, published: date | None, candidates: Sequence[date] = (), *, words: Words | None = None
) -> list[TimeRef]:
    """`find_times` for a whole document: counted from the date of the text that it carries, with its slack.

    `published` and `candidates` are those of `document_date`; `words`: see `find_times`.
    """
    slack = anchor_slack(published, candidates)
    return find_times(text, anchor_date(text, published), slack=slack, words=words)


def anchor_date(text: str, published: date | None) -> date | None:
    """The date from which the day names of `text` are counted.

    A repost names the date of the text that it carries: that one counts, where it is not later than `published`.
    """
    for line in datelines(text, alone=True):
        if line.origin and line.day and not line.stamp and (published is None or line.day <= published):
            return line.day
    return published


def anchor_slack(published: date | None, candidates: Sequence[date]) -> int:
    """How many days after `published` the document may have been published: for `find_times`, from `document_date`."""
    later = [(day - published).days for day in candidates if published and day > published]
    return max(later, default=0)


def _first_year(text: str, limit: date) -> int:
    """An article is not older than the years that it tells of as past."""
    years = [
        item.earliest.year
        for item in find_times(text[: 4 * _HEAD], None)
        if item.basis is TimeBasis.EXPLICIT
        and item.earliest
        and item.relation in ("at", "since")
        and item.earliest <= limit
        and item.granularity in ("day", "month", "year")
        and tense(text, item.start, item.end) == PAST
    ]
    return max([FIRST_YEAR, *years])


def _open_dateline(text: str, line: Dateline, limit: date) -> tuple[date | None, DateBasis, tuple[date, ...]]:
    """A day and month without a year: the years in which the weekday told in the article fits."""
    weekday = line.weekday
    if weekday is None:
        weekday = _told_weekday(text, line)
    first_year = _first_year(text, limit)
    days = [
        day
        for year in range(first_year, limit.year + 1)
        if (day := periods.valid(year, line.month, line.day_of_month)) and day <= limit
    ]
    if weekday is not None:
        days = [day for day in days if day.weekday() == weekday]
    if len(days) == 1:
        return days[0], DateBasis.INFERRED, ()
    return None, (DateBasis.OPEN if days else DateBasis.UNKNOWN), tuple(days)


def _told_weekday(text: str, line: Dateline) -> int | None:
    """The weekday of the first paragraphs, told as past: agencies name the day on which they file."""
    window = text[line.end : line.end + 1500]
    for item in expressions(window):
        if item.kind == "weekday" and not item.modifier and tense(window, item.start, item.end) != FUTURE:
            return item.weekday
    return None


def _from_body(text: str, limit: date, skip: set[int]) -> tuple[date | None, DateBasis, tuple[date, ...]]:
    """Without a dateline: the dates that the article tells of, where they agree with its days and day names."""
    window = text[: 4 * _HEAD]
    told: list[date] = []  # full dates of the past
    days: list[Expression] = []  # days and months of the past without a year
    future: Expression | None = None
    weekday: int | None = None
    for item in expressions(window):
        if item.granularity not in ("day", "minute", "hour") or item.start in skip:
            continue
        if item.kind not in ("period", "day", "weekday"):
            continue
        ahead = tense(window, item.start, item.end) == FUTURE
        if item.kind == "period":
            if item.first and item.first == item.last and item.first <= limit and not ahead:
                told.append(item.first)
        elif item.kind == "day":
            if ahead:
                future = future or item
            else:
                days.append(item)
        elif not ahead and weekday is None and not item.modifier:
            weekday = item.weekday
    for full in sorted(told, reverse=True):
        # A day written without its year shows that the text is of the year in which it was written.
        if any(_beside(item, full) for item in days):
            possible = tuple(later for n in range(4) if (later := periods.shift_days(full, n)) <= limit)
            return full, DateBasis.INFERRED, possible
    fits: list[date] = []
    dated = next((item for item in days if item.weekday is not None), None)
    if dated is None and (future is None or weekday is None):
        return None, DateBasis.UNKNOWN, ()
    years = range(_first_year(text, limit), limit.year + 1)
    if dated is not None:
        fits = [
            day
            for year in years
            if (day := periods.valid(year, dated.month, dated.day)) and day.weekday() == dated.weekday
        ]
    elif future is not None and weekday is not None:
        # Published between the day name and the day ahead: in the week before it.
        fits = [
            periods.on_or_before(day, weekday)
            for year in years
            if (day := periods.valid(year, future.month, future.day))
        ]
    fits = [day for day in fits if day <= limit]
    if len(fits) == 1:
        return fits[0], DateBasis.INFERRED, ()
    return None, (DateBasis.OPEN if fits else DateBasis.UNKNOWN), tuple(fits)


def _beside(item: Expression, day: date) -> bool:
    """Whether the day and month of `item`, put in the year of `day`, lies close to it and fits its own weekday."""
    other = periods.valid(day.year, item.month, item.day)
    if other is None or abs((other - day).days) > _BESIDE:
        return False
    return item.weekday is None or other.weekday() == item.weekday


def settle_years(
    candidates: Sequence[date], known: Iterable[date], *, within: int = STORY_DAYS
) -> tuple[date | None, DateBasis, tuple[date, ...]]:
    """Choose among the open dates of a document by the dates of other documents of the same story.

    `known` are the dates of those documents (or dates that they tell). The one candidate that lies within `within`
    days of their middle is taken, with basis INFERRED; with none, or more than one, the date stays open with the
    candidates that are left.
    """
    days = sorted(known)
    if not candidates:
        return None, DateBasis.UNKNOWN, ()
    if not days:
        return None, DateBasis.OPEN, tuple(candidates)
    middle = median_low(days)
    near = tuple(day for day in candidates if abs((day - middle).days) <= within)
    if len(near) == 1:
        return near[0], DateBasis.INFERRED, ()
    return None, DateBasis.OPEN, near or tuple(candidates)


def settle_time(item: TimeRef, known: Iterable[date], *, within: int = STORY_DAYS) -> TimeRef:
    """An open time of a text, settled by the dates of other documents of the story; unchanged where they do not."""
    if item.basis is not TimeBasis.OPEN or not item.candidates:
        return item
    day, _, left = settle_years(item.candidates, known, within=within)
    if day is None:
        return item.model_copy(update={"candidates": left})
    return item.model_copy(update={"earliest": day, "latest": day, "basis": TimeBasis.STORY, "candidates": ()})
