"""Times that are counted from another: "two days ago", "last week", "the previous month", "the third quarter"."""

from __future__ import annotations

import re

from claims.normalisation.times import periods
from claims.normalisation.times.expressions import Expression, count_of, month_number, year_of
from claims.normalisation.times.lexicon import UNITS, WEAK_WEEKDAYS, WEEKDAYS
from claims.normalisation.times.patterns import EVENT

_BOUND = re.compile(r"\b(?:for|more than|over|at least|less than|under)\s$", re.IGNORECASE)


_BOUNDS = {
    "more than": "at least",
    "over": "at least",
    "at least": "at least",
    "less than": "at most",
    "under": "at most",
}


def relative(match: re.Match[str]) -> Expression | None:
    unit = UNITS[match["unit"].lower()]
    count = count_of(match["n"])
    if match["unit"].lower() == "fortnight":
        count *= 2
    direction = " ".join(match["dir"].lower().split())
    vague = match["vague"] is not None
    lead = _BOUND.search(match.string, max(0, match.start() - 14), match.start())
    if lead and lead[0].strip().lower() == "for" and direction not in ("ago", "from now"):
        return None  # "for three years before leaving": a duration
    event = direction in ("before", "after", "prior", "previously") and EVENT.match(match.string, match.end())
    if event:
        return Expression(*match.span(), "event", unit, unit=unit)
    if direction in ("ago", "from now", "hence"):
        sign = -1 if direction == "ago" else 1
        bound = _BOUNDS.get(lead[0].strip().lower(), "") if lead else ""
        return Expression(*match.span(), "ago", unit, unit=unit, count=sign * count, vague=vague, modifier=bound)
    sign = -1 if direction in ("earlier", "before", "previously", "prior", "in advance") else 1
    if lead:
        return Expression(*match.span(), "event", unit, unit=unit)
    return Expression(*match.span(), "context", unit, unit=unit, count=sign * count, vague=vague, modifier=direction)


def modified(match: re.Match[str]) -> Expression | None:
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
            return Expression(start, end, "context", "span", unit=unit, count=sign * count_of(match["n"]))
        return Expression(start, end, "window", "span", unit=unit, count=sign * count_of(match["n"]))
    if match["wd"]:
        if modifier in ("same", "recent", "current"):
            return None
        if modifier == "following" and not match.string[max(0, start - 4) : start].lower().endswith("the "):
            return None  # "following Wednesday's decision": a preposition
        short = match["wd"].lower().rstrip(".")
        if short in WEAK_WEEKDAYS:
            return None
        name = {"past": "last", "previous": "last", "preceding": "last", "coming": "next"}.get(modifier, modifier)
        return Expression(start, end, "weekday", weekday=WEEKDAYS[short], modifier=name)
    if match["month"]:
        if modifier in ("same", "recent", "current") or match["month"].islower():
            return None
        name = {"past": "last", "previous": "last", "preceding": "last", "coming": "next"}.get(modifier, modifier)
        return Expression(start, end, "month", "month", month=month_number(match["month"]), modifier=name)
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


def quarter(match: re.Match[str]) -> Expression | None:
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
    year = year_of(match)
    if year is not None:
        first, last = periods.months(year, month, length)
        return Expression(*match.span(), "period", granularity, first=first, last=last)
    modifier = (match["mod"] or ("this" if match["the"] else "")).lower()
    return Expression(*match.span(), "quarter", granularity, month=month, count=length, modifier=modifier)


def contextual(match: re.Match[str]) -> Expression:
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
    if match["dir"] and modifier in ("before", "after") and EVENT.match(match.string, end):
        return Expression(start, end, "event", unit, unit=unit)
    return Expression(start, end, "context", unit, unit=unit, count=count, modifier=modifier)


def simple(match: re.Match[str]) -> Expression:
    word = " ".join(match[0].lower().split())
    count = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
    return Expression(*match.span(), "offset", count=count, vague=word == "overnight")
