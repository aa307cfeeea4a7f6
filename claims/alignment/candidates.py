"""Which pairs of slots are looked at: those that share a key. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from claims.alignment.compare import hours_of
from claims.alignment.elapsed import ELAPSED, years_of
from claims.alignment.features import Profile
from claims.alignment.intervals import Figure
from claims.alignment.words import LIGHT
from claims.models import TimeRef

# A key that more slots share proposes no pair.
MOST_PER_KEY = 400
# The words closest to a value that may propose a partner.
NEAREST = 4
# Figures of a sort that a story states so often at most are all looked at: two sums, two lengths.
FEW = 40
# A count up to this is one of many in an article: it needs another key.
_FEW_THINGS = 12
_LONG_PAST = 366  # days before the article


def candidates(members: Iterable[Profile], links: Iterable[tuple[str, str]]) -> Iterator[tuple[Profile, Profile]]:
    """The pairs of linked documents that share a key, the smaller (claim id, slot) first, each once, in order.

    A key that very many slots share tells nothing and would cost their square: it proposes no pair.
    """
    partners: defaultdict[str, set[str]] = defaultdict(set)
    for a, b in links:
        partners[a].add(b)
        partners[b].add(a)
    ordered = sorted(members, key=lambda p: (p.claim_id, p.slot))
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    by_sort: defaultdict[str, list[int]] = defaultdict(list)
    for number, profile in enumerate(ordered):
        for key in keys(profile):
            by_key[key].append(number)
        if profile.slot == "quantity" and (profile.sort != "count" or _large(profile)):
            by_sort[profile.sort].append(number)
    by_key |= {f"*|{sort}": few for sort, few in by_sort.items() if len(few) <= FEW}
    documents = [profile.document_id for profile in ordered]
    after: list[set[int]] = [set() for _ in ordered]
    for holders in by_key.values():
        if 1 < len(holders) <= MOST_PER_KEY:
            for position, number in enumerate(holders, 1):
                after[number].update(holders[position:])
    for number, others in enumerate(after):
        linked = partners[documents[number]]
        for other in sorted(others):
            if documents[other] in linked:
                yield ordered[number], ordered[other]


def keys(profile: Profile) -> frozenset[str]:
    """What two slots must share, one at least, to be compared: a value, or a word close to the value."""
    kind = f"{profile.slot}|{profile.sort}|"
    near = profile.near
    close = sorted([(-weight, term) for term, weight in near.items()])[:NEAREST]
    words = {term for _, term in close}.union(profile.head, profile.subject)
    if profile.quantity is not None:
        values = _of_figure(profile.quantity, profile.sort, profile.value)
    else:
        values = _of_day(profile, kind)
    return values.union([kind + word for word in words if word not in LIGHT])


def _of_day(profile: Profile, kind: str) -> frozenset[str]:
    """The day, its month, and the hour of a clock time, whose day may be unknown."""
    day = profile.time.earliest if profile.time is not None else None
    found = {f"{kind}={profile.value}"}
    if profile.time is None:
        return frozenset(found)
    if profile.hour and (hours := hours_of(profile.time.as_written)) is not None and hours[0] == hours[1]:
        found |= {f"{kind}@{math.floor(hours[0] + shift)}" for shift in (0.0, 0.5)}
    if day is not None:
        found |= {f"{kind}~{day.year}-{day.month}"} | _years(profile, profile.time, kind)
    return frozenset(found)


def _years(profile: Profile, time: TimeRef, kind: str) -> set[str]:
    """The years that a length of time counted back may mean; of other times, those of one that is long past."""
    if time.granularity != ELAPSED and (profile.gap is None or profile.gap > -_LONG_PAST):
        return set()
    return {f"{kind}~{year}" for year in years_of(time)}


def _large(profile: Profile) -> bool:
    """Not a count of a few, of which an article has many."""
    figure = profile.quantity.figure if profile.quantity is not None else None
    return figure is not None and abs(figure) > _FEW_THINGS


@lru_cache(maxsize=8192)
def _of_figure(quantity: Figure, sort: str, value: str) -> frozenset[str]:
    """The figure, and what it shares with its roundings and its complement."""
    found = {f"quantity|{sort.removesuffix(':change')}|={value}"}
    figure = quantity.figure
    if figure:
        found |= {f"quantity|{sort}|~{math.floor(math.log10(abs(figure)) * 8 + shift):d}" for shift in (0.0, 0.5)}
        if sort == "rank":
            found.add(f"quantity|count|={value}")
        if sort == "share":
            found.add(f"quantity|{sort}|%{round(min(figure, 100 - figure)):d}")
    elif sort == "score":
        found |= {f"quantity|count|={quantity.high:.6g}"} if quantity.high is not None else set()
    return frozenset(found)
