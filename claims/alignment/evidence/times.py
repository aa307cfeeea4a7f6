"""Features of two times."""

from __future__ import annotations

from claims.alignment.evidence.pair import Evidence, Features, register

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
