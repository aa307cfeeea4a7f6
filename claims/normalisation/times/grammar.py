"""The time expression that starts at a given place of a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from claims.normalisation.times import periods
from claims.normalisation.times.expressions import (
    Expression,
    century,
    count_of,
    month_day,
    month_number,
    numeric,
    year_of,
)
from claims.normalisation.times.lexicon import (
    CARDINALS,
    MONTHS,
    ORDINALS,
    UNITS,
    WEAK_MONTHS,
    WEAK_WEEKDAYS,
    WEEKDAYS,
)
from claims.normalisation.times.months import month_stands_alone
from claims.normalisation.times.named import parse_fiscal, parse_holiday, parse_season, parse_short_decade
from claims.normalisation.times.patterns import (
    AFTER_PART,
    AFTER_WEEKDAY,
    AHEAD,
    CENTURY,
    CLOCK_AFTER,
    CLOCK_FIRST,
    CLOCK_HOURS,
    CLOCK_LINK,
    CONTEXTUAL,
    DAY_MONTH,
    DECADE,
    EDGE,
    EDGE_PART,
    HALF,
    ISO,
    ISO_SLASH,
    MODIFIED,
    MONTH_ALONE,
    MONTH_DAY,
    MONTH_REL,
    MONTH_YEAR,
    NOON,
    NUMERIC,
    ORDINAL_DAY,
    PREFIXED,
    QUARTER,
    RELATIVE,
    SIMPLE,
    WEEKDAY_HEAD,
    WORD_CENTURY,
)
from claims.normalisation.times.relative import contextual, modified, quarter, relative, simple
from claims.normalisation.times.years import parse_year

# What may stand after the first figure of a time.
_AFTER_NUMBER = frozenset(
    "to and or of through until till a p am pm calendar full whole long short more long hours hrs gmt utc".split()
) | frozenset(UNITS)
_MONTH_STARTS = frozenset(word[:3] for word in MONTHS)
_NEXT_WORD = re.compile(r"[ \t\u00a0\u2009\u202f]([A-Za-z]+)")


def _number_may_open(text: str, end: int) -> bool:
    """A cheap look at what follows a figure, before the patterns of times are tried."""
    following = text[end : end + 1]
    if following in "/.":
        return text[end + 1 : end + 2].isdigit()
    if following in ",;)%]":
        return False
    match = _NEXT_WORD.match(text, end)
    if match is None:
        return True
    word = match[1].lower()
    return word in _AFTER_NUMBER or word[:3] in _MONTH_STARTS


def _parse_number(text: str, start: int, digits: int) -> Expression | None:
    """Times that start with a figure of so many digits."""
    if digits == 4:
        return _parse_four_digits(text, start)
    if not _number_may_open(text, start + digits):
        return None
    if digits == 2 and start and text[start - 1] in "'’":
        return parse_short_decade(text, start - 1)
    if digits <= 2:
        match = NUMERIC.match(text, start)
        if match:
            return numeric(match)
        match = DAY_MONTH.match(text, start)
        if match and not (match["month"].islower() and match["month"] in WEAK_MONTHS and not match["year"]):
            found = month_day(match)
            if found:
                return _with_clock(text, found)
        match = CLOCK_FIRST.match(text, start)
        if match:
            return _clock(text, match)
    found = _parse_count(text, start)
    if found or digits > 2:
        return found
    match = CENTURY.match(text, start)
    if match and 1 <= int(match[1]) <= 30:
        return century(start, match.end(), int(match[1]))
    match = QUARTER.match(text, start)
    return quarter(match) if match else None


def _parse_four_digits(text: str, start: int) -> Expression | None:
    match = ISO.match(text, start)
    if match:
        day = periods.valid(int(match[1]), int(match[2]), int(match[3]))
        return Expression(start, match.end(), "period", first=day, last=day) if day else None
    match = ISO_SLASH.match(text, start)
    if match:
        day = periods.valid(int(match[1]), int(match[3]), int(match[4]))
        return Expression(start, match.end(), "period", first=day, last=day) if day else None
    match = CLOCK_HOURS.match(text, start)
    if match:
        return _clock(text, match)
    match = DECADE.match(text, start)
    if match:
        first = int(match[1])
        return Expression(start, match.end(), "period", "decade", first=date(first, 1, 1), last=date(first + 9, 12, 31))
    match = RELATIVE.match(text, start)
    if match:
        return relative(match)
    return parse_year(text, start)


def _clock(text: str, match: re.Match[str]) -> Expression:
    """A time of day; with a day beside it, that day."""
    start, end = match.span()
    granularity = "minute" if re.search(r"\d[:.]?\d\d", match[0]) else "hour"
    link = CLOCK_LINK.match(text, end)
    if link:
        day = parse(text, link.end(), nested=True)
        if day and day.kind in ("period", "day", "weekday", "offset", "readings") and day.granularity == "day":
            return replace(day, start=start, granularity=granularity)
    return Expression(start, end, "clock", granularity)


def _with_clock(text: str, day: Expression) -> Expression:
    """`day` with the time of day and the part of the day that follow it."""
    part = AFTER_PART.match(text, day.end)
    if part:
        day = replace(day, end=part.end())
    clock = CLOCK_AFTER.match(text, day.end)
    if clock and day.granularity == "day":
        granularity = "minute" if re.search(r"\d[:.]\d\d", clock["clock"]) else "hour"
        day = replace(day, end=clock.end(), granularity=granularity)
    return day


def _parse_month(text: str, start: int) -> Expression | None:
    """Times that start with the name of a month."""
    match = MONTH_DAY.match(text, start)
    if match and not (match["month"].islower() and match["month"] in WEAK_MONTHS):
        found = month_day(match)
        if found:
            return _with_clock(text, found)
    match = MONTH_YEAR.match(text, start)
    if match and not match["month"].islower():
        first, last = periods.month(year_of(match) or 1, month_number(match["month"]))
        return Expression(start, match.end(), "period", "month", first=first, last=last)
    match = MONTH_REL.match(text, start)
    if match and not match["month"].islower():
        return Expression(
            start,
            match.end(),
            "month",
            "month",
            month=month_number(match["month"]),
            modifier=match["mod"].lower() + " year",
        )
    match = MONTH_ALONE.match(text, start)
    if match is None or match["month"].islower() or not month_stands_alone(text, match):
        return None
    return Expression(start, match.end(), "month", "month", month=month_number(match["month"]))


_NO_DAY = re.compile(r"\b(?:every|each|Every|Each|Black|Good|Super|Ash|Bloody|Cyber|Giving|Holy|Palm|Shrove)\s$")


def _parse_weekday(text: str, start: int) -> Expression | None:
    """Times that start with the name of a day."""
    match = WEEKDAY_HEAD.match(text, start)
    if match is None:
        return None
    name = match["wd"].lower().rstrip(".")
    if match["wd"].islower() and name in WEAK_WEEKDAYS:
        return None
    if _NO_DAY.search(text, max(0, start - 12), start):
        return None  # "every Monday" recurs, "Black Friday" is a name
    weekday = WEEKDAYS[name]
    end = match.end()
    link = AFTER_WEEKDAY.match(text, end)
    if link:
        day = None
        if text[link.end()].isdigit():
            day = DAY_MONTH.match(text, link.end()) or NUMERIC.match(text, link.end())
        elif _is_month(text, link.end()):
            day = MONTH_DAY.match(text, link.end())
        if day:
            found = numeric(day) if day.re is NUMERIC else month_day(day)
            if found and found.granularity == "day":
                if found.kind == "readings":
                    fits = [d for d in found.readings if d.weekday() == weekday]
                    if len(fits) == 1:
                        found = replace(found, kind="period", first=fits[0], last=fits[0], readings=())
                close = found.end + 1 if "(" in link[0] and text[found.end : found.end + 1] == ")" else found.end
                return _with_clock(text, replace(found, start=start, end=close, weekday=weekday))
    if name in WEAK_WEEKDAYS:
        return None
    return _with_clock(text, Expression(start, end, "weekday", weekday=weekday))


def _is_month(text: str, start: int) -> bool:
    return text[start : start + 3].lower() in MONTHS or text[start : start + 3].lower() == "may"


def _parse_modifier(text: str, start: int) -> Expression | None:
    match = MODIFIED.match(text, start)
    if match:
        found = modified(match)
        if found and found.kind == "weekday":
            return _with_clock(text, found)
        return found
    return _parse_context(text, start)


def _parse_prefixed(text: str, start: int) -> Expression | None:
    """early, late, mid, earlier, later with the time that follows."""
    match = PREFIXED.match(text, start)
    if match is None:
        return None
    rest = parse(text, match.end(), nested=True)
    if rest is None or rest.kind in ("context", "ago", "clock", "recent", "window"):
        return None
    if match["part"].lower() == "mid" and rest.kind == "weekday":
        return None
    # "earlier this week" and "later this month" lie somewhere inside; "early 2016" is its first part.
    comparative = text[start : match.end()].lower().startswith(("earlier", "later"))
    part = None if comparative else match["part"].lower()
    return replace(rest, start=start, part=part)


def _parse_edge(text: str, start: int) -> Expression | None:
    match = EDGE.match(text, start)
    if match is None:
        return None
    edge = " ".join(match["edge"].lower().split())
    rest = parse(text, match.end(), nested=True)
    if edge == "eve":
        if rest is not None and rest.kind in ("period", "day", "weekday", "offset") and rest.granularity == "day":
            return replace(rest, start=start, modifier="eve")
        return Expression(start, start + 6, "context", "day", unit="day", count=-1, modifier="eve")
    if rest is None:
        word = re.compile(r"(?:the\s)?(year|month|week|decade|century)\b", re.I).match(text, match.end())
        if word is None:
            return None
        rest = Expression(match.end(), word.end(), "unit", word[1].lower(), unit=word[1].lower(), modifier="this")
    if rest.kind in ("context", "ago", "clock", "recent", "window", "weekday", "offset"):
        return None
    if edge in ("first half", "second half"):
        return replace(rest, start=start, part="first" if edge.startswith("first") else "second")
    return replace(rest, start=start, part=EDGE_PART[edge])


def _parse_the(text: str, start: int) -> Expression | None:
    match = SIMPLE.match(text, start)
    if match:
        return simple(match)
    return _parse_context(text, start)


def _parse_context(text: str, start: int) -> Expression | None:
    """What hangs on another time ("the day before", "the eve of"), and "the weekend"."""
    match = CONTEXTUAL.match(text, start)
    if match and match["eve"]:
        eve = _parse_edge(text, match.start("eve"))
        return replace(eve, start=start) if eve else None
    if match:
        return contextual(match)
    if text[start + 4 : start + 11].lower() == "weekend" and not text[start + 11 : start + 12].isalnum():
        return Expression(start, start + 11, "unit", "span", unit="weekend", modifier="the")
    return None


_NAME_BEFORE = re.compile(r"\b(?!The\b)[A-Z][A-Za-z]+\s$")


def _parse_simple(text: str, start: int) -> Expression | None:
    match = SIMPLE.match(text, start)
    if match is None or (match[0][0].isupper() and _NAME_BEFORE.search(text, max(0, start - 24), start)):
        return None  # "Ohio Today" is the name of a paper
    return _with_clock(text, simple(match))


def _parse_count(text: str, start: int) -> Expression | None:
    match = RELATIVE.match(text, start)
    if match:
        return relative(match)
    match = HALF.match(text, start)
    if match:
        unit = match["unit"].lower()
        months = {"century": 600, "decade": 60, "year": 6}[unit]
        sign = 1 if match["dir"].lower() == "later" else -1
        kind = "ago" if match["dir"].lower() == "ago" else "context"
        return Expression(*match.span(), kind, "year" if months > 12 else "month", unit="month", count=sign * months)
    match = AHEAD.match(text, start)
    if match and text[max(0, start - 3) : start].lower() == "in ":
        unit = UNITS[match["unit"].lower()]
        count = count_of(match["n"]) * (2 if match["unit"].lower() == "fortnight" else 1)
        vague = match["vague"] is not None
        return Expression(*match.span(), "ahead", unit, unit=unit, count=count, vague=vague)
    return None


def _parse_ordinal(text: str, start: int) -> Expression | None:
    match = QUARTER.match(text, start)
    if match:
        return quarter(match)
    match = EDGE.match(text, start)
    if match:
        return _parse_edge(text, start)
    match = WORD_CENTURY.match(text, start)
    if match and match[1].lower() in ORDINALS and match[1].lower() not in ("final", "last"):
        return century(start, match.end(), ORDINALS[match[1].lower()])
    match = ORDINAL_DAY.match(text, start)
    if match and not match["month"].islower():
        month, day = month_number(match["month"]), ORDINALS[match["day"].lower()]
        if match["year"]:
            full = periods.valid(int(match["year"]), month, day)
            return Expression(*match.span(), "period", first=full, last=full) if full else None
        if periods.valid(2000, month, day):
            return Expression(*match.span(), "day", month=month, day=day, last_day=day)
    return None


#: "Around midnight", not "midnight oil".
_MIDNIGHT_ALONE = re.compile(
    r"midnight(?:\s(?:GMT|UTC))?(?=[,.;:)]|\s(?:(?:and|on|when|after|before|as|that|but|in|at|to)\b|\d)|$)"
)
_BEFORE_MIDNIGHT = re.compile(
    r"\b(?:at|around|about|after|before|until|till|by|past|near|since|from|to)\s$", re.IGNORECASE
)


def _parse_noon(text: str, start: int) -> Expression | None:
    """Noon or midnight of the day that follows; midnight alone."""
    match = NOON.match(text, start)
    if match is not None:
        day = parse(text, match.end(), nested=True)
        if day and day.kind in ("period", "day", "weekday", "offset") and day.granularity == "day":
            return replace(day, start=start, granularity="hour")
    alone = _MIDNIGHT_ALONE.match(text, start)
    if alone is None or _BEFORE_MIDNIGHT.search(text, max(0, start - 10), start) is None:
        return None
    return Expression(start, alone.end(), "clock", "hour")


_STARTS: dict[str, Callable[[str, int], Expression | None]] = {}
for _word in MONTHS:
    _STARTS[_word] = _parse_month
for _word in WEEKDAYS:
    _STARTS[_word] = _parse_weekday
for _word in "last past this next coming previous preceding following same recent current prior ensuing that".split():
    _STARTS[_word] = _parse_modifier
for _word in "today yesterday tomorrow tonight overnight".split():
    _STARTS[_word] = _parse_simple
for _word in "early late mid earlier later".split():
    _STARTS[_word] = _parse_prefixed
for _word in "end close start beginning middle eve dawn outset turn height".split():
    _STARTS[_word] = _parse_edge
for _word in (*CARDINALS, "several", "few", "some", "many", "couple", "half", "dozens"):
    _STARTS[_word] = _parse_count
for _word in (*ORDINALS, "twenty"):
    if _word not in ("last",):
        _STARTS.setdefault(_word, _parse_ordinal)
for _word in "spring summer autumn fall winter".split():
    _STARTS[_word] = parse_season
for _word in "christmas boxing new valentine halloween".split():
    _STARTS[_word] = parse_holiday
for _word in ("noon", "midnight"):
    _STARTS[_word] = _parse_noon
for _word in "fiscal financial fy".split():
    _STARTS[_word] = parse_fiscal
for _word in "q h".split():
    _STARTS[_word] = _parse_ordinal
_STARTS["the"] = _parse_the


def parse(text: str, start: int, *, nested: bool = False) -> Expression | None:
    """The time expression that starts exactly at `start`, or None."""
    if start >= len(text):
        return None
    match = TOKEN.match(text, start)
    if match is None:
        return None
    word = match[0]
    if word[0].isdigit():
        return _parse_number(text, start, len(word)) if len(word) <= 4 else None
    handler = _STARTS.get(word.lower())
    if handler is None:
        return None
    found = handler(text, start)
    if found is None and nested and word.lower() == "the" and text[start + 3 : start + 4] == " ":
        return parse(text, start + 4, nested=True)
    return found


TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")
STARTS = frozenset(_STARTS)
