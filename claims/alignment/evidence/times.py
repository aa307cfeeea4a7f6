"""Features of two times."""

from __future__ import annotations

from claims.alignment.evidence.pair import Evidence, Features, register
from claims.alignment.words import light

# Days between two dates that may be of one event.
_NEXT = 4

FEATURES: Features = {}
feature = register(FEATURES)


@feature
def period(e: Evidence) -> float:
    """One is a period named from the article's date."""
    return 1.0 if e.x.period or e.y.period else 0.0


@feature
def part_one(e: Evidence) -> float:
    """One time names a part of a day, the other does not."""
    return 1.0 if e.x.hour != e.y.hour else 0.0


@feature
def remote(e: Evidence) -> float:
    """Both times lie weeks from their articles."""
    return 1.0 if e.one.remote and e.two.remote else 0.0


@feature
def remote_day(e: Evidence) -> float:
    """Both are single days weeks from their articles."""
    return 1.0 if e.one.remote and e.two.remote and e.one.day and e.two.day else 0.0


@feature
def event_told(e: Evidence) -> float:
    """The event that one time is attached to is told of in the other's clause."""
    x, y = e.x, e.y
    return 1.0 if x.event & (y.clause or y.sentence) or y.event & (x.clause or x.sentence) else 0.0


@feature
def event(e: Evidence) -> float:
    """Both times are attached to one event."""
    return 1.0 if e.x.event & e.y.event else 0.0


@feature
def apart(e: Evidence) -> float:
    """Both days were named for what happened on them."""
    return 1.0 if e.one.apart and e.two.apart else 0.0


@feature
def main(e: Evidence) -> float:
    """How much of the times of both articles is this one."""
    return min(e.one.dominance, e.two.dominance)


@feature
def calendar(e: Evidence) -> float:
    """Both days are written by month and number."""
    return 1.0 if e.one.calendar and e.two.calendar else 0.0


@feature
def day(e: Evidence) -> float:
    """Both are single days."""
    return 1.0 if e.one.day and e.two.day else 0.0


@feature
def near_dates(e: Evidence) -> float:
    """Both days are written by month and number, and lie next to each other; a word that is no name is in both."""
    if not (e.one.calendar and e.two.calendar and e.one.day and e.two.day and e.differs):
        return 0.0
    if all(t in e.x.names or t in e.y.names or light(t) for t in e.shared):
        return 0.0
    days = [p.time.earliest for p in (e.x, e.y) if p.time is not None and p.time.earliest is not None]
    return 1.0 if len(days) == 2 and abs((days[0] - days[1]).days) <= _NEXT else 0.0
