"""What the words of a time say, before they are counted from any date."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from claims.normalisation.times import periods
from claims.normalisation.times.lexicon import (
    CARDINALS,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    UNITS,
    WEAK_MONTHS,
    WEAK_WEEKDAYS,
    WEEKDAYS,
    YEAR_HEADS,
    ZONES,
)


@dataclass(frozen=True, slots=True)
class Expression:
    """One time as the words give it. `kind` says which fields count.

    period    first, last: full dates are given
    readings  several full dates are possible (9/10/2017)
    day       month, day, maybe weekday; the year is missing
    month     month, the year is missing
    weekday   weekday, maybe with modifier last, this or next
    offset    count of days from the document's date (today 0, yesterday -1)
    unit      modifier last, this or next with a unit ("last week"); count > 0: "the past three weeks"
    ago       count units before (negative) or after the document's date
    context   count units from another time of the text ("a day earlier")
    quarter   month is the quarter's first, count its length in months; the year is missing
    season    unit names the season; the year is missing
    recent    "in recent days"
    clock     a time of day alone
    event     counted from an event that has no date of its own ("a day before the vote")
    """

    start: int
    end: int
    kind: str
    granularity: str = "day"
    first: date | None = None
    last: date | None = None
    readings: tuple[date, ...] = ()
    month: int = 0
    day: int = 0
    last_day: int = 0
    weekday: int | None = None
    unit: str = ""
    count: int = 0
    modifier: str = ""
    part: str | None = None
    vague: bool = False  # "a few days ago": the count is not known


_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_WEEKDAY = (
    r"(?:Mon(?:day|\.)?|Tue(?:s?day|s?\.|s)?|Wed(?:nesday|s?\.|s)?|Thu(?:rsday|rs?\.|rs?|\.)?|Fri(?:day|\.)?"
    r"|Sat(?:urday|\.)?|Sun(?:day|\.)?)(?![a-z])"
)
_YEAR = r"(?:1[0-9]|20|21)\d\d(?!\d|[.,]\d|%)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\dA-Za-z]|[.,:]\d|%)"
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:{_DASH}|\s(?:to|through|until|till)\s(?:the\s)?)"
_SP = r"[ \t\u00a0\u2009\u202f]{1,3}"
_GAP = r"\s{1,3}"
_PART = r"(?:earlier|early|later|late|mid)"
_UNIT = r"(?:minutes?|hours?|days?|nights?|weeks?|fortnight|weekends?|months?|quarters?|years?|decades?|century|centuries)"
_NUMBER = (
    r"(?:\d{1,3}(?![\d.,]\d)|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_VAGUE = r"(?:several|(?:a|the)\sfew|few|some|many|a\scouple\sof|a\scouple|couple\sof|a\snumber\sof|dozens\sof)"
_DAYPART = r"(?:\s(?:early\s|late\s)?(?:morning|afternoon|evening|night|midday|noon|lunchtime)\b)"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?(?:[ap]\.?\s?m\b\.?))?|(?:1[0-2]|0?[1-9])\s?[ap]\.?\s?m\b\.?)"
    rf"(?:\s?(?:\(?(?:{ZONES})\)?(?![A-Za-z])))?"
)
_STRICT_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?(?:[ap]\.?\s?m\b\.?))?"
    r"|(?:1[0-2]|0?[1-9])(?:\.[0-5]\d)?\s?[ap]\.?\s?m\b\.?)"
    rf"(?:\s?(?:\(?(?:{ZONES})\)?(?![A-Za-z])))?"
)


def _compile(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, flags)


_I = re.IGNORECASE

_ISO = _compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_ISO_SLASH = _compile(r"((?:19|20)\d\d)([/.])(\d{1,2})\2(\d{1,2})(?!\d|[/.]\d)")
_NUMERIC = _compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?!\d|[./-]\d|%)")
_DAY_MONTH = _compile(
    rf"(?P<d1>{_DAY})(?:(?:{_TO}|\s(?:and|or)\s|/)(?P<d2>{_DAY}))?{_GAP}(?:of\s)?(?P<month>{_MONTH})"
    rf"(?:,?{_GAP}(?P<year>{_YEAR})|{_SP}['’](?P<yy>\d\d)(?!\d))?",
    _I,
)
_MONTH_DAY = _compile(
    rf"(?P<month>{_MONTH}){_SP}(?:the\s)?(?P<d1>{_DAY})(?:(?:{_TO}|\s?(?:and|&|or)\s)(?P<d2>{_DAY})(?!{_SP}{_MONTH}))?"
    rf"(?:,?{_GAP}(?P<year>{_YEAR})|{_SP}['’](?P<yy>\d\d)(?!\d))?",
    _I,
)
_MONTH_YEAR = _compile(rf"(?P<month>{_MONTH})(?:,?{_SP}(?:of\s)?(?P<year>{_YEAR})|{_SP}['’](?P<yy>\d\d)(?!\d))", _I)
_MONTH_ALONE = _compile(rf"(?P<month>{_MONTH})", _I)
_MONTH_REL = _compile(rf"(?P<month>{_MONTH})\s(?:of\s)?(?P<mod>last|this|next)\syear\b", _I)
_WEEKDAY_HEAD = _compile(rf"(?P<wd>{_WEEKDAY})", _I)
_AFTER_WEEKDAY = _compile(r",?\s{1,2}\(?(?:the\s|on\s)?(?=[A-Z0-9])", 0)
_AFTER_PART = _compile(_DAYPART, _I)
_CLOCK_AFTER = _compile(rf",?\s(?:at\s|around\s|about\s|by\s)?(?:about\s|around\s)?(?P<clock>{_STRICT_CLOCK})", _I)
_CLOCK_FIRST = _compile(_STRICT_CLOCK, _I)
_CLOCK_LINK = _compile(r"(?:,?\s(?:on\s|of\s)?(?:the\s(?:evening|morning|afternoon|night)\sof\s)?|(?<=[A-Za-z)])(?=\d))", _I)
_DECADE = _compile(r"((?:1[0-9]|20)\d0)['’]?s\b(?!['’])")
_SHORT_DECADE = _compile(r"['’]([2-9]0)s\b")
_CENTURY = _compile(r"(\d{1,2})(?:st|nd|rd|th)[-\s]century\b", _I)
_WORD_CENTURY = _compile(r"([a-z]+(?:-first)?)[-\s]century\b", _I)
_YEAR_RANGE = _compile(rf"({_YEAR})\s?(?:[-–—/]|to|through)\s?((?:1[0-9]|20|21)\d\d|\d\d)(?!\d|[.,/-]\d|%|\s?[ap]\.?m\b)")
_YEAR_ONLY = _compile(rf"({_YEAR})(?![-/]\d|st\b|nd\b|rd\b|th\b)")
_BC = _compile(r"\s?(?:B\.?C\.?E?|A\.?D\.?|C\.?E)\b")
_RELATIVE = _compile(
    rf"(?:(?P<n>{_NUMBER})|(?P<vague>{_VAGUE}))[-\s](?:and\sa\shalf\s)?(?:(?:calendar|full|whole|long|short|more)\s)?"
    rf"(?P<unit>{_UNIT})(?:\sand\sa\shalf)?\s(?P<dir>ago|earlier|before|later|after|from\snow|previously|prior|hence|afterwards?|in\sadvance)\b",
    _I,
)
_HALF = _compile(r"half\sa[n]?\s(?P<unit>century|decade|year)\s(?P<dir>ago|earlier|later)\b", _I)
_MODIFIED = _compile(
    rf"(?P<mod>last|past|this|next|coming|previous|preceding|following|same|recent|current|ensuing)\s"
    rf"(?:(?P<n>{_NUMBER})\s|(?P<vague>{_VAGUE}|few|several)\s)?(?:full\s|calendar\s|fiscal\s|financial\s|consecutive\s)?"
    rf"(?:(?P<unit>{_UNIT})|(?P<part>morning|afternoon|evening)|(?P<wd>{_WEEKDAY})|(?P<month>{_MONTH})"
    r"|(?P<season>spring|summer|autumn|fall|winter))(?![A-Za-z-])",
    _I,
)
_PREFIXED = _compile(rf"(?P<part>{_PART})[-\s](?:in\s(?:the\s)?|on\s|to[-\s]late\s|to[-\s]mid[-\s])?(?P<rest>(?=\S))", _I)
_EDGE = _compile(
    r"(?P<edge>end|close|start|beginning|middle|eve|turn|first\shalf|second\shalf|dawn|outset|height)\sof\s"
    r"(?:the\s)?(?P<rest>(?=\S))",
    _I,
)
_QUARTER = _compile(
    r"(?:(?P<word>first|second|third|fourth|final|1st|2nd|3rd|4th)[-\s](?:fiscal[-\s])?(?P<span>quarter|half)"
    r"|Q(?P<q>[1-4])|(?P<q2>[1-4])Q|H(?P<h>[12]))(?![A-Za-z0-9])"
    rf"(?:(?:\s(?:of\s|in\s)?(?:the\s)?(?:(?:fiscal|financial)\s(?:year\s)?)?|[-/]|,\s)?(?:(?P<year>{_YEAR})|['’]?(?P<yy>(?<=['’])\d\d)(?!\d)"
    r"|(?P<mod>(?<=\s)(?:this|last|next))\s(?:fiscal\s|financial\s)?year\b|(?P<the>(?<=the\s)year)\b))?",
    _I,
)
_FISCAL = _compile(
    rf"(?:FY\s?['’]?|(?:fiscal|financial)\s(?:year\s)?)(?P<y1>{_YEAR}|\d\d(?!\d))(?:\s?[-–/]\s?(?P<y2>\d{{4}}|\d\d)(?!\d))?", _I
)
_SEASON = _compile(
    rf"(?P<season>spring|summer|autumn|fall|winter)(?:\s(?:of\s)?(?:(?P<year>{_YEAR})|(?P<mod>this|last|next)\syear))?(?![A-Za-z-])",
    _I,
)
_SIMPLE = _compile(r"(?:the\sday\sbefore\syesterday|the\sday\safter\stomorrow|today|yesterday|tomorrow|tonight|overnight)\b", _I)
_CONTEXTUAL = _compile(
    r"(?P<same>(?:that|the)\s(?:very\s)?same\s(?:day|night|week|month|year)|that\s(?:same\s)?(?:day|night|week|month|year|morning|evening|afternoon))\b"
    r"|(?:the\s)?(?P<prev>previous|preceding|prior)\s(?P<u1>day|night|week|month|year|quarter|evening|morning)\b"
    r"|(?:the\s)?(?P<next>following|next)\s(?P<u2>day|night|week|month|year|quarter|evening|morning)\b"
    r"|the\s(?P<u3>day|night|week|month|year|morning|evening)\s(?P<dir>before|after|earlier|later)\b"
    r"|(?:the\s|on\s)?(?P<eve>eve)\sof\b",
    _I,
)
# "a day before the vote": counted from an event, whose day the words do not give.
_EVENT = _compile(r"\s(?!and\b|but\b|when\b|as\b|he\b.{0,3}said|said\b)['\"“‘]?[A-Za-z0-9]")
_HOLIDAY = _compile(r"(?:Christmas(?:\s(?:Eve|Day))?|Boxing\sDay|New\sYear['’]s(?:\s(?:Eve|Day))?|Valentine['’]s\sDay|Halloween)\b")
_HOLIDAY_YEAR = _compile(rf",?\s(?:of\s|in\s)?(?P<year>{_YEAR})")

_EDGE_PART = {
    "end": "late",
    "close": "late",
    "start": "early",
    "beginning": "early",
    "dawn": "early",
    "outset": "early",
    "turn": "early",
    "middle": "mid",
    "height": "mid",
}


def _month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def _two_digit_year(value: int) -> int:
    return 2000 + value if value < 70 else 1900 + value


def _day_number(words: str) -> int:
    return int(words.rstrip("stndrhSTNDRH"))


def _count(words: str | None) -> int:
    if not words:
        return 1
    return int(words) if words.isdigit() else CARDINALS.get(words.lower(), 1)


def _year_of(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return int(groups["year"])
    if groups.get("yy"):
        return _two_digit_year(int(groups["yy"]))
    return None


def _month_day(match: re.Match[str]) -> Expression | None:
    month = _month_number(match["month"])
    first = _day_number(match["d1"])
    last = _day_number(match["d2"]) if match["d2"] else first
    year = _year_of(match)
    start, end = match.span()
    granularity = "day" if first == last else "span"
    if year is None:
        # 2000 is a leap year: 29 February exists in some year.
        if not (periods.valid(2000, month, first) and periods.valid(2000, month, last)) or last < first:
            return None
        return Expression(start, end, "day", granularity, month=month, day=first, last_day=last)
    a, b = periods.valid(year, month, first), periods.valid(year, month, last)
    if a is None or b is None or b < a:
        return None
    return Expression(start, end, "period", granularity, first=a, last=b)


def _numeric(match: re.Match[str]) -> Expression | None:
    a, separator, b = int(match[1]), match[2], int(match[3])
    year = int(match[4])
    if len(match[4]) == 2:
        if separator != "/" and not (len(match[1]) == 2 and len(match[3]) == 2 and separator == "."):
            return None  # 1.2.34 is a version, 52-48-10 is not a date
        year = _two_digit_year(year)
    day_first = periods.valid(year, b, a)
    month_first = periods.valid(year, a, b)
    start, end = match.span()
    if separator == "." and day_first:
        month_first = None  # points are used where the day stands first
    readings = tuple(sorted({d for d in (day_first, month_first) if d}))
    if not readings:
        return None
    if len(readings) == 1:
        return Expression(start, end, "period", first=readings[0], last=readings[0])
    return Expression(start, end, "readings", readings=readings)


def _parse_number(text: str, start: int) -> Expression | None:
    """Times that start with a figure."""
    match = _ISO.match(text, start)
    if match:
        day = periods.valid(int(match[1]), int(match[2]), int(match[3]))
        return Expression(start, match.end(), "period", first=day, last=day) if day else None
    match = _ISO_SLASH.match(text, start)
    if match:
        day = periods.valid(int(match[1]), int(match[3]), int(match[4]))
        return Expression(start, match.end(), "period", first=day, last=day) if day else None
    match = _NUMERIC.match(text, start)
    if match:
        return _numeric(match)
    match = _DAY_MONTH.match(text, start)
    if match and not (match["month"].islower() and match["month"] in WEAK_MONTHS and not match["year"]):
        found = _month_day(match)
        if found:
            return _with_clock(text, found)
    match = _CLOCK_FIRST.match(text, start)
    if match:
        return _clock(text, match)
    match = _RELATIVE.match(text, start)
    if match:
        return _relative(match)
    match = _DECADE.match(text, start)
    if match:
        first = int(match[1])
        return Expression(start, match.end(), "period", "decade", first=date(first, 1, 1), last=date(first + 9, 12, 31))
    match = _CENTURY.match(text, start)
    if match and 1 <= int(match[1]) <= 30:
        return _century(start, match.end(), int(match[1]))
    match = _QUARTER.match(text, start)
    if match:
        return _quarter(match)
    return _parse_year(text, start)


def _century(start: int, end: int, number: int) -> Expression:
    first = (number - 1) * 100 + 1
    return Expression(start, end, "period", "century", first=date(first, 1, 1), last=date(first + 99, 12, 31))


_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|since|until|till|by|before|after|during|from|of|for|to|through|between|and|or|circa|early|late|mid|year|"
    r"around|about|than|over|on|with|to|back|late-|mid-|early-)|\b(?:spring|summer|autumn|fall|winter|[A-Z][a-z]+)|[(\[–—-]|^)\s{0,2}$",
    re.I,
)
_COUNTED = re.compile(r"\s(?!['’])([a-z]+)")
_NOT_YEAR_BEFORE = re.compile(r"(?:[$€£¥#№+×=:/.,]|\b(?:No|Nos|no|number|Highway|Route|Boeing|Airbus|Flight|flight|Room|room|page|Page|Section|section|Rs|ID|Windows)\.?\s?|\d\s|-|\d)$")
_CUE_BEFORE_YEAR = re.compile(
    r"\b(?:in|since|until|till|by|before|during|year|of|from|the|his|her|its|their|our|early|late|mid|circa|after|s|"
    r"for|between|to|and|or|through|this|that|a|late-|mid-|early-)[\s-]{1,2}$",
    re.I,
)


def _parse_year(text: str, start: int) -> Expression | None:
    before = text[max(0, start - 16) : start]
    if _NOT_YEAR_BEFORE.search(before):
        return None
    match = _YEAR_RANGE.match(text, start)
    if match and len(match[1]) == 4:
        first = int(match[1])
        second = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
        if second > first and second - first < 500:
            # "2016-17" names a season or a fiscal year that lies in two years.
            return Expression(
                start, match.end(), "period", "span", first=date(first, 1, 1), last=date(second, 12, 31)
            )
    match = _YEAR_ONLY.match(text, start)
    if match is None:
        return None
    value = int(match[1])
    cue = _CUE_BEFORE_YEAR.search(before)
    if value < 1500 and not (cue and cue[0].strip().lower() in ("in", "since", "of", "year", "until", "by", "circa")):
        return None
    if value > 2100 or (value < 1900 and not cue and not before.endswith("(")):
        return None
    following = _COUNTED.match(text, match.end())
    if following:
        word = following[1]
        if word in _COUNTING or (word.endswith("s") and not word.endswith("ss") and word not in YEAR_HEADS and not (
            cue and cue[0].strip().lower() in ("the", "his", "her", "its", "their", "our", "s", "since")
        ) and len(word) > 3):
            return None
        if word == "to" and not cue:
            return None
    if _BC.match(text, match.end()):
        return None
    first_day, last_day = periods.year(value)
    return Expression(start, match.end(), "period", "year", first=first_day, last=last_day)


_COUNTING = frozenset(
    "people percent pct points dollars euros pounds yen men women children million billion trillion thousand hundred "
    "kilometers kilometres miles meters metres feet tons tonnes kg km mph rpm hp cc votes pages words square cubic "
    "barrels acres hectares gallons liters litres calories other more per times degrees volts watts megawatts".split()
)


def _clock(text: str, match: re.Match[str]) -> Expression:
    """A time of day; with a day beside it, that day."""
    start, end = match.span()
    granularity = "minute" if re.search(r"\d[:.]\d\d", match[0]) else "hour"
    link = _CLOCK_LINK.match(text, end)
    if link:
        day = parse(text, link.end(), nested=True)
        if day and day.kind in ("period", "day", "weekday", "offset", "readings") and day.granularity == "day":
            return replace(day, start=start, granularity=granularity)
    return Expression(start, end, "clock", granularity)


def _with_clock(text: str, day: Expression) -> Expression:
    """`day` with the time of day and the part of the day that follow it."""
    part = _AFTER_PART.match(text, day.end)
    if part:
        day = replace(day, end=part.end())
    clock = _CLOCK_AFTER.match(text, day.end)
    if clock and day.granularity == "day":
        granularity = "minute" if re.search(r"\d[:.]\d\d", clock["clock"]) else "hour"
        day = replace(day, end=clock.end(), granularity=granularity)
    return day


def _relative(match: re.Match[str]) -> Expression | None:
    unit = UNITS[match["unit"].lower()]
    count = _count(match["n"])
    if match["unit"].lower() == "fortnight":
        count *= 2
    direction = " ".join(match["dir"].lower().split())
    vague = match["vague"] is not None
    event = direction in ("before", "after", "prior", "previously") and _EVENT.match(match.string, match.end())
    if event:
        return Expression(*match.span(), "event", unit, unit=unit)
    if direction in ("ago", "from now", "hence"):
        sign = -1 if direction == "ago" else 1
        return Expression(*match.span(), "ago", unit, unit=unit, count=sign * count, vague=vague)
    sign = -1 if direction in ("earlier", "before", "previously", "prior", "in advance") else 1
    return Expression(*match.span(), "context", unit, unit=unit, count=sign * count, vague=vague, modifier=direction)


def _modified(match: re.Match[str]) -> Expression | None:
    start, end = match.span()
    modifier = match["mod"].lower()
    if match["vague"] or match["n"] or modifier == "recent":
        if not match["unit"] or modifier in ("this", "same"):
            return None
        unit = UNITS[match["unit"].lower()]
        if modifier == "recent" or match["vague"]:
            kind = "coming" if modifier in ("next", "coming", "following", "ensuing") else "recent"
            return Expression(start, end, kind, "span", unit=unit)
        sign = 1 if modifier in ("next", "coming", "following", "ensuing") else -1
        if modifier in ("previous", "preceding", "following", "ensuing"):
            return Expression(start, end, "context", "span", unit=unit, count=sign * _count(match["n"]))
        return Expression(start, end, "window", "span", unit=unit, count=sign * _count(match["n"]))
    if match["wd"]:
        if modifier in ("same", "recent", "current"):
            return None
        short = match["wd"].lower().rstrip(".")
        if short in WEAK_WEEKDAYS:
            return None
        name = {"past": "last", "previous": "last", "preceding": "last", "coming": "next"}.get(modifier, modifier)
        return Expression(start, end, "weekday", weekday=WEEKDAYS[short], modifier=name)
    if match["month"]:
        if modifier in ("same", "recent", "current") or match["month"].islower():
            return None
        name = {"past": "last", "previous": "last", "preceding": "last", "coming": "next"}.get(modifier, modifier)
        return Expression(start, end, "month", "month", month=_month_number(match["month"]), modifier=name)
    if match["season"]:
        name = {"past": "last", "previous": "last", "coming": "next"}.get(modifier, modifier)
        if name not in ("last", "this", "next"):
            return None
        return Expression(start, end, "season", "season", unit=match["season"].lower(), modifier=name)
    if match["part"]:
        if modifier == "this":
            return Expression(start, end, "offset", count=0)
        return None
    word = match["unit"].lower()
    unit = UNITS[word]
    if word.endswith("s"):
        return None
    if modifier in ("previous", "preceding", "following", "same", "ensuing"):
        count = {"same": 0, "previous": -1, "preceding": -1}.get(modifier, 1)
        return Expression(start, end, "context", _unit_granularity(unit), unit=unit, count=count)
    if unit in ("day", "hour", "minute"):
        # "the last day", "this hour" name no date of their own; "the past day" is a window.
        return Expression(start, end, "window", "span", unit=unit, count=-1) if modifier == "past" else None
    if unit == "night":
        return Expression(start, end, "offset", count=-1) if modifier == "last" else None
    if modifier == "past":
        return Expression(start, end, "window", "span", unit=unit, count=-1)
    name = {"current": "this", "coming": "next"}.get(modifier, modifier)
    return Expression(start, end, "unit", _unit_granularity(unit), unit=unit, modifier=name)


def _unit_granularity(unit: str) -> str:
    return {"night": "day", "weekend": "span", "minute": "minute", "hour": "hour"}.get(unit, unit)


def _quarter(match: re.Match[str]) -> Expression | None:
    word = (match["word"] or "").lower()
    if word:
        number = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}.get(word, 4)
    else:
        number = int(match["q"] or match["q2"] or match["h"])
    half = match["span"] == "half" or bool(match["h"])
    if half and (number > 2 or not (match["year"] or match["mod"] or match["the"])):
        return None  # "the second half" is of a game unless a year follows
    length = 6 if half else 3
    month = (number - 1) * length + 1
    granularity = "span" if half else "quarter"
    year = _year_of(match)
    if year is not None:
        first, last = periods.months(year, month, length)
        return Expression(*match.span(), "period", granularity, first=first, last=last)
    modifier = (match["mod"] or ("this" if match["the"] else "")).lower()
    return Expression(*match.span(), "quarter", granularity, month=month, count=length, modifier=modifier)


def _parse_month(text: str, start: int) -> Expression | None:
    """Times that start with the name of a month."""
    match = _MONTH_DAY.match(text, start)
    if match and not (match["month"].islower() and match["month"] in WEAK_MONTHS):
        found = _month_day(match)
        if found:
            return _with_clock(text, found)
    match = _MONTH_YEAR.match(text, start)
    if match and not match["month"].islower():
        first, last = periods.month(_year_of(match) or 1, _month_number(match["month"]))
        return Expression(start, match.end(), "period", "month", first=first, last=last)
    match = _MONTH_REL.match(text, start)
    if match and not match["month"].islower():
        return Expression(
            start,
            match.end(),
            "month",
            "month",
            month=_month_number(match["month"]),
            modifier=match["mod"].lower() + " year",
        )
    match = _MONTH_ALONE.match(text, start)
    if match is None or match["month"].islower() or not _month_stands_alone(text, match):
        return None
    return Expression(start, match.end(), "month", "month", month=_month_number(match["month"]))


_MONTH_CUE = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|early|late|mid|last|next|this|before|after|between|and|or|through|during|"
    r"every|each|for|its|their|the|a|end|mid-|early-|late-|around|throughout|s)[\s-]{1,2}$",
    re.I,
)
_STRONG_MONTH_CUE = re.compile(
    r"\b(?:in|since|until|till|from|early|late|mid|last|next|this|between|during|through|throughout|by|before|after)[\s-]{1,2}$", re.I
)
_NEXT_CAPITAL = re.compile(r"\s[A-Z][a-z]")


def _month_stands_alone(text: str, match: re.Match[str]) -> bool:
    word = match["month"]
    before = text[max(0, match.start() - 12) : match.start()]
    after = text[match.end() : match.end() + 3]
    if after[:1] in "-‑" and after[:1]:
        return False
    lower = word.lower().rstrip(".")
    if lower in WEAK_MONTHS:
        if len(lower) <= 3 and lower != "may" and not word.endswith("."):
            return False
        if _STRONG_MONTH_CUE.search(before):
            return not (lower in ("may", "march") and _NEXT_CAPITAL.match(text, match.end()) and before.strip().lower() == "by")
        return bool(_MONTH_CUE.search(before)) and not _NEXT_CAPITAL.match(text, match.end()) and lower != "may"
    return True


def _parse_weekday(text: str, start: int) -> Expression | None:
    """Times that start with the name of a day."""
    match = _WEEKDAY_HEAD.match(text, start)
    if match is None:
        return None
    name = match["wd"].lower().rstrip(".")
    if match["wd"].islower() and name in WEAK_WEEKDAYS:
        return None
    weekday = WEEKDAYS[name]
    end = match.end()
    link = _AFTER_WEEKDAY.match(text, end)
    if link:
        day = None
        if text[link.end()].isdigit():
            day = _DAY_MONTH.match(text, link.end()) or _NUMERIC.match(text, link.end())
        elif _is_month(text, link.end()):
            day = _MONTH_DAY.match(text, link.end())
        if day:
            found = _numeric(day) if day.re is _NUMERIC else _month_day(day)
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
    match = _MODIFIED.match(text, start)
    if match:
        found = _modified(match)
        if found and found.kind == "weekday":
            return _with_clock(text, found)
        if found and found.kind == "context":
            return found
        return found
    match = _CONTEXTUAL.match(text, start)
    return _contextual(match) if match else None


def _contextual(match: re.Match[str]) -> Expression:
    start, end = match.span()
    if match["same"]:
        word = match["same"].split()[-1].lower()
        unit = "day" if word in ("morning", "evening", "afternoon", "night") else word
        return Expression(start, end, "context", unit, unit=unit, count=0)
    if match["eve"]:
        return Expression(start, end, "context", "day", unit="day", count=-1, modifier="eve")
    word = (match["u1"] or match["u2"] or match["u3"]).lower()
    unit = "day" if word in ("morning", "evening", "night") else word
    if match["prev"]:
        count = -1
    elif match["next"]:
        count = 1
    else:
        count = -1 if match["dir"].lower() in ("before", "earlier") else 1
    modifier = (match["dir"] or "").lower()
    if match["dir"] and modifier in ("before", "after") and _EVENT.match(match.string, end):
        return Expression(start, end, "event", unit, unit=unit)
    return Expression(start, end, "context", unit, unit=unit, count=count, modifier=modifier)


def _parse_prefixed(text: str, start: int) -> Expression | None:
    """early, late, mid, earlier, later with the time that follows."""
    match = _PREFIXED.match(text, start)
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
    match = _EDGE.match(text, start)
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
    return replace(rest, start=start, part=_EDGE_PART[edge])


def _parse_the(text: str, start: int) -> Expression | None:
    match = _SIMPLE.match(text, start)
    if match:
        return _simple(match)
    match = _CONTEXTUAL.match(text, start)
    return _contextual(match) if match else None


def _simple(match: re.Match[str]) -> Expression:
    word = " ".join(match[0].lower().split())
    count = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
    return Expression(*match.span(), "offset", count=count, vague=word == "overnight")


def _parse_simple(text: str, start: int) -> Expression | None:
    match = _SIMPLE.match(text, start)
    return _with_clock(text, _simple(match)) if match else None


def _parse_count(text: str, start: int) -> Expression | None:
    match = _RELATIVE.match(text, start)
    if match:
        return _relative(match)
    match = _HALF.match(text, start)
    if match:
        unit = match["unit"].lower()
        months = {"century": 600, "decade": 60, "year": 6}[unit]
        sign = 1 if match["dir"].lower() == "later" else -1
        kind = "ago" if match["dir"].lower() == "ago" else "context"
        return Expression(*match.span(), kind, "year" if months > 12 else "month", unit="month", count=sign * months)
    return None


def _parse_ordinal(text: str, start: int) -> Expression | None:
    match = _QUARTER.match(text, start)
    if match:
        return _quarter(match)
    match = _EDGE.match(text, start)
    if match:
        return _parse_edge(text, start)
    match = _WORD_CENTURY.match(text, start)
    if match and match[1].lower() in ORDINALS and match[1].lower() not in ("final", "last"):
        return _century(start, match.end(), ORDINALS[match[1].lower()])
    if text[start : start + 5].lower() in ("last ", "final"):
        return _parse_modifier(text, start)
    return None


def _parse_fiscal(text: str, start: int) -> Expression | None:
    match = _FISCAL.match(text, start)
    if match is None:
        return None
    first = int(match["y1"])
    first = _two_digit_year(first) if first < 100 else first
    # Fiscal years start in different months in different countries: the span covers every reading.
    last = first
    if match["y2"]:
        second = int(match["y2"])
        last = second if second >= 100 else first - first % 100 + second
        if last != first + 1:
            return None
        return Expression(start, match.end(), "period", "span", first=date(first, 1, 1), last=date(last, 12, 31))
    return Expression(start, match.end(), "period", "year", first=date(first - 1, 4, 1), last=date(first, 12, 31), part="fiscal")


_SEASON_CUE = re.compile(r"\b(?:in|since|until|by|during|from|this|last|next|early|late|mid|before|after|through|over|the)\s(?:the\s)?$", re.I)


def _parse_season(text: str, start: int) -> Expression | None:
    match = _SEASON.match(text, start)
    if match is None:
        return None
    name = match["season"].lower()
    year = _year_of(match)
    if year is not None:
        first, last = periods.season(year, name)
        return Expression(start, match.end(), "period", "season", first=first, last=last)
    before = text[max(0, start - 14) : start]
    if match["mod"] is None and (name in ("fall", "spring") or not _SEASON_CUE.search(before) or before.lower().endswith("the ")):
        if not re.search(r"\b(?:in|since|by|until|this|last|next)\s(?:the\s)?$", before, re.I):
            return None
        if name == "fall" and not re.search(r"\b(?:in|since|by|until)\sthe\s$", before, re.I):
            return None
    modifier = (match["mod"] or "").lower()
    return Expression(start, match.end(), "season", "season", unit=name, modifier=modifier + " year" if modifier else "")


def _parse_holiday(text: str, start: int) -> Expression | None:
    match = _HOLIDAY.match(text, start)
    if match is None:
        return None
    month, day = HOLIDAYS[" ".join(match[0].lower().replace("’", "'").split())]
    year = _HOLIDAY_YEAR.match(text, match.end())
    if year:
        value = date(int(year["year"]), month, day)
        return Expression(start, year.end(), "period", first=value, last=value)
    return Expression(start, match.end(), "day", month=month, day=day, last_day=day)


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
    _STARTS[_word] = _parse_season
for _word in "christmas boxing new valentine halloween".split():
    _STARTS[_word] = _parse_holiday
for _word in "fiscal financial fy".split():
    _STARTS[_word] = _parse_fiscal
for _word in "q h".split():
    _STARTS[_word] = _parse_ordinal
_STARTS["the"] = _parse_the


def parse(text: str, start: int, *, nested: bool = False) -> Expression | None:
    """The time expression that starts exactly at `start`, or None."""
    if start >= len(text):
        return None
    match = TOKEN.match(text, start)
    if match is None:
        return _parse_short_decade(text, start)
    word = match[0]
    if word[0].isdigit():
        return _parse_number(text, start) if len(word) <= 4 else None
    handler = _STARTS.get(word.lower())
    if handler is None:
        return None
    found = handler(text, start)
    if found is None and nested and word.lower() == "the" and text[start + 3 : start + 4] == " ":
        return parse(text, start + 4, nested=True)
    return found


def _parse_short_decade(text: str, start: int) -> Expression | None:
    match = _SHORT_DECADE.match(text, start)
    if match is None:
        return None
    first = 1900 + int(match[1])
    return Expression(start, match.end(), "period", "decade", first=date(first, 1, 1), last=date(first + 9, 12, 31))


TOKEN = re.compile(r"[A-Za-z]+|[0-9]+")
STARTS = frozenset(_STARTS)
