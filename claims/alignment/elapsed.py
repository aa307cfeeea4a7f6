"""Lengths of time that are counted back from the article's date: "for 36 years", told in 2018, is "since 1982".

Only constructions that say how long something has lasted, or how long it is since something last was: "has held the
seat for 36 years", "the first in 25 years", "the 81-year-old weekly". The ages of persons are none, nor is what is
still to come ("sentenced to prison for 20 years"). Pure.
"""

from __future__ import annotations

import re
from datetime import date

from claims.alignment.lexicon import is_person
from claims.models import Comparator, Quantity, QuantityKind, TimeBasis, TimeRef

ELAPSED = "elapsed"
"""The granularity of such a time: the years in which it may have begun."""

_YEARS = {"year": 1.0, "decade": 10.0, "century": 100.0}
# Shorter ones are rarely told as a year: they are the terms of plans and offices.
_SHORTEST = 5.0
# How far the year may lie from the one that is counted back: a writer counts full years, and rounds long ones.
_EXACT, _ROUND, _BOUND = 1, 0.10, 0.20
_NOUNS = 4  # words behind an age among which a person may be named
_REACH = 100  # characters before the length, in its sentence
_LEAD = re.compile(
    r"\b(for|in|over|during|after|through|(?:dat(?:e[ds]?|ing)|go(?:es|ing)?|went|reach(?:e[ds]|ing)?) back) "
    r"(?:(?:the|its|his|her|their|past|last|previous|all|just|only|some|about|around|roughly|almost|nearly"
    r"|more than|at least|close to) )*$",
    re.IGNORECASE,
)
# A length behind "in" or "over" is counted back where something is the first or greatest of that time, or has lasted.
_SINCE_THEN = re.compile(
    r"\b(?:first|only|most|least|worst|best|[a-z]{2,}est|not?|never|none|has|have|had|been|won|past|last"
    r"|previous)\b|n't\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|would|could|can|may|might|shall|should|must|next|coming|sentenced|sentences?|prison|jail|bars|terms?"
    r"|convicted|up to|within)\b|'ll\b",
    re.IGNORECASE,
)
_NO_EST = re.compile(
    r"\b(?:west|rest|test|request|interest|arrest|protest|guest|forest|invest|suggest|contest)\b", re.I
)
# What has an age and is no person.
_LASTING = frozenset(
    """
    accord act agency agreement alliance approach arena association bakery ban band bank border brand brewery bridge
    broadcaster building business canal case cathedral cemetery ceremony chain church club college compact company
    conflict constitution convention corporation courthouse cup custom daily dam department dispute doctrine dynasty
    embargo enterprise exchange factory farm festival feud firm formula foundation garden government group hospital
    hotel house industry institute institution insurer insurgency journal landmark law league library line magazine
    mall market marriage mill mine mission monarchy monastery monument mosque movement museum network newspaper
    opera orchestra order organisation organization outlet pact paper park parliament partnership party pier
    pipeline plant plaza policy practice precedent prison program programme publication publisher race railroad
    railway record refinery regime republic restaurant restriction retailer road rule ruling school settlement ship
    shipyard show shrine society stadium standoff statue statute store structure studio subway synagogue system
    taboo tavern team temple theater theatre title tower township tradition treaty tribunal truce tunnel union
    university vessel war weekly yard zoo
    """.split()
)
_WORDS = re.compile(r"[\s-]+([a-z][a-z-]*)(?:['’]s)?")
# What follows may name a person after all: "the 32-year-old school bus driver".
_AGENT = re.compile(r"[a-z]{2,}(?:er|or|ist|ian|man|woman|ess|ee|ant)")
_NO_AGENT = frozenset("after ever for however later never nor or other over rather their under whether her".split())


def began(quantity: Quantity, sentence: str, start: int, end: int, day: date | None) -> TimeRef | None:
    """The years in which what has lasted so long may have begun, for a length at `sentence[start:end]` told on `day`.

    Its candidate is the year that is counted back, where the length is not said to be about or a bound.

    None where the words do not count back from that day, and for less than five years.
    """
    factor = _YEARS.get(quantity.unit or "")
    if day is None or factor is None or quantity.value is None or quantity.change:
        return None
    length = quantity.value * factor
    if not _SHORTEST <= length < day.year or not _counts_back(quantity, sentence, start, end):
        return None
    year = round(day.year - length)
    first, last = _reach(quantity, length, factor)
    return TimeRef(
        as_written=quantity.as_written,
        start=quantity.start,
        end=quantity.end,
        earliest=date(max(1, year - first), 1, 1),
        latest=date(min(year + last, day.year), 12, 31),
        granularity=ELAPSED,
        candidates=(date(year, 1, 1),) if quantity.comparator is Comparator.EQUAL else (),
        basis=TimeBasis.DOCUMENT,
        relation="since",
    )


def _counts_back(quantity: Quantity, sentence: str, start: int, end: int) -> bool:
    if quantity.kind is QuantityKind.AGE:
        return _lasts(sentence, end)
    if quantity.kind is not QuantityKind.DURATION:
        return False
    before = sentence[max(0, start - _REACH) : start]
    lead = _LEAD.search(before)
    if lead is None or _TO_COME.search(before):
        return False
    return lead[1].lower().endswith(("for", "after", "back")) or _SINCE_THEN.search(_NO_EST.sub("", before)) is not None


def _lasts(sentence: str, end: int) -> bool:
    """What stands behind an age is a thing that lasts, and no person."""
    words: list[str] = []
    while len(words) < _NOUNS and (match := _WORDS.match(sentence, end)) is not None:
        words.append(match[1])
        end = match.end()
    return not _LASTING.isdisjoint(words[:2]) and not any(
        is_person(word) or (_AGENT.fullmatch(word) and word not in _LASTING | _NO_AGENT) for word in words
    )


def _reach(quantity: Quantity, length: float, factor: float) -> tuple[int, int]:
    """(years before, years after) the one that is counted back in which it may have begun."""
    match quantity.comparator:
        case Comparator.MORE | Comparator.AT_LEAST:
            return max(_EXACT, round(_BOUND * length)), 0
        case Comparator.LESS | Comparator.AT_MOST:
            return 0, max(_EXACT, round(_BOUND * length))
        case Comparator.ALMOST:
            return 0, max(_EXACT, round(_ROUND * length))
        case Comparator.EQUAL if factor == 1.0 and length % 10:
            return _EXACT, _EXACT
        case _:
            slack = max(_EXACT, round(_ROUND * length))
            return slack, slack


def within_reach(elapsed: TimeRef, other: TimeRef) -> bool:
    """The other time, of one year at most, lies in the years in which it may have begun.

    Of two that are counted back, the years have one in common.
    """
    if other.earliest is None or other.latest is None or elapsed.earliest is None or elapsed.latest is None:
        return False
    if other.granularity == ELAPSED:
        return elapsed.earliest <= other.latest and other.earliest <= elapsed.latest
    if other.granularity in ("span", "decade", "century") or (other.latest - other.earliest).days > 366:
        return False
    return elapsed.earliest <= other.earliest and other.latest <= elapsed.latest


def exactly(elapsed: TimeRef, other: TimeRef) -> bool:
    """The other time lies in the very year that is counted back."""
    if other.granularity == ELAPSED:
        return bool(elapsed.candidates) and elapsed.candidates == other.candidates
    return other.earliest is not None and [day.year for day in elapsed.candidates] == [other.earliest.year]


def years_of(time: TimeRef) -> range:
    """The years that the time touches; none for an open one."""
    if time.earliest is None or time.latest is None:
        return range(0)
    return range(time.earliest.year, time.latest.year + 1)
