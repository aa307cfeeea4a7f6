"""Pairs of slots that are about one fact → facts: groups whose members belong together on the average.

Average linkage rather than connected components: one doubtful pair must not join two facts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

Key = tuple[str, str]  # (claim id, slot)


def group(
    accepted: Mapping[tuple[Key, Key], float],
    score: Callable[[Key, Key], float | None],
    may_join: Callable[[Key, Key], bool],
) -> list[list[Key]]:
    """Groups of two or more keys, each sorted, in order of their first key. Independent of the order of `accepted`.

    `accepted` holds the pairs (smaller key first) that pass on their own, `score` rates any pair (None: says nothing).
    Two groups merge along an accepted pair when the mean score of the pairs across them reaches three quarters of that
    of the pair itself, and when `may_join` holds for all pairs across.
    """
    home: dict[Key, int] = {}
    groups: dict[int, list[Key]] = {}
    for key in sorted({k for pair in accepted for k in pair}):
        home[key] = len(groups)
        groups[len(groups)] = [key]
    for a, b in sorted(accepted, key=lambda p: (-round(accepted[p], 9), p)):
        one, two = home[a], home[b]
        if one == two:
            continue
        across = [(x, y) for x in groups[one] for y in groups[two]]
        values = [score(x, y) for x, y in across]
        if not all(may_join(x, y) for x, y in across):
            continue
        rated = [v for v in values if v is not None]
        if sum(rated) / max(1, len(rated)) < 0.75 * accepted[a, b]:
            continue
        for key in groups[two]:
            home[key] = one
        groups[one] += groups.pop(two)
    found: defaultdict[int, list[Key]] = defaultdict(list)
    for key, number in home.items():
        found[number].append(key)
    return sorted(sorted(keys) for keys in found.values() if len(keys) > 1)


def members(keys: Sequence[Key]) -> tuple[str, ...]:
    """The claim ids of a group, sorted, once each."""
    return tuple(sorted({claim for claim, _ in keys}))
