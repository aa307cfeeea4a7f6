"""Which pairs of slots are looked at: those that share a key. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from claims.alignment.features import Profile
from claims.alignment.intervals import figure_of
from claims.alignment.words import light

# A key that more slots share proposes no pair.
MOST_PER_KEY = 400
# The words closest to a value that may propose a partner.
NEAREST = 4
# Figures of a sort that a story states so often at most are all looked at: two sums, two lengths.
FEW = 40


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
        if profile.slot == "quantity" and profile.sort != "count":
            by_sort[profile.sort].append(number)
    by_key |= {f"*|{sort}": few for sort, few in by_sort.items() if len(few) <= FEW}
    seen: set[tuple[int, int]] = set()
    for key in sorted(by_key):
        if len(by_key[key]) > MOST_PER_KEY:
            continue
        for pair in combinations(by_key[key], 2):
            if pair not in seen:
                seen.add(pair)
                x, y = ordered[pair[0]], ordered[pair[1]]
                if y.document_id in partners[x.document_id]:
                    yield x, y


def keys(profile: Profile) -> frozenset[str]:
    """What two slots must share, one at least, to be compared: a value, or a word close to the value."""
    kind = f"{profile.slot}|{profile.sort}|"
    figure = f"{profile.slot}|{profile.sort.removesuffix(':change')}|={profile.value}"
    close = sorted(profile.near, key=lambda t: (-profile.near[t], t))[:NEAREST]
    words = {*close, *profile.head, *profile.subject}
    return frozenset({figure, *(f"{kind}{w}" for w in words if not light(w))} | _rough(profile, kind))


def _rough(profile: Profile, kind: str) -> set[str]:
    """Keys that a figure shares with its roundings and its complement, and a day with its week and month."""
    if profile.time is not None:
        day = profile.time.earliest
        return set() if day is None else {f"{kind}~{day.year}-{day.month}"}
    quantity = profile.quantity
    figure = figure_of(quantity) if quantity is not None else None
    if quantity is None or figure is None or figure == 0:
        return set()
    found = {f"{kind}~{math.floor(math.log10(abs(figure)) * 8 + shift):d}" for shift in (0.0, 0.5)}
    if profile.sort == "share":
        found |= {f"{kind}%{round(min(figure, 100 - figure)):d}"}
    return found
