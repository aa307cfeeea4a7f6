"""Which predicted claim is which gold claim: one to one, the best assignment of each document. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from claims.evaluation.gold import GoldClaim
from claims.models import Claim, Quantity

SHARED = 0.5  # part of the shorter quote that both quotes must share


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Characters that two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def similarity(gold: GoldClaim, claim: Claim) -> float:
    """How well `claim` covers `gold`: 0 when it is another claim, else up to 3.

    Two claims that both hold a figure are one claim if it is the same occurrence of it, and two if it is not. Else
    both quotes must share at least half of the shorter one.
    """
    shared = overlap((gold.start, gold.end), (claim.start, claim.end))
    lengths = (gold.end - gold.start, claim.end - claim.start)
    figures = gold.quantity is not None, claim.quantity is not None
    bonus = 0.5 if figures == (False, False) else 0.0
    if gold.quantity is not None and claim.quantity is not None:
        if not overlap((gold.quantity.start, gold.quantity.end), figure_span(claim.quantity)):
            return 0.0
        bonus = 1.0
    elif not shared or shared < SHARED * min(lengths):
        return 0.0
    return 2 * shared / sum(lengths) + bonus + (0.25 if gold.kind == claim.kind else 0.0)


def figure_span(quantity: Quantity) -> tuple[int, int]:
    """The span of a figure in the document."""
    return quantity.start, quantity.end


def match(gold: Sequence[GoldClaim], claims: Sequence[Claim]) -> dict[int, int]:
    """Gold index → claim index; the one-to-one assignment with the greatest total similarity.

    Ties go to the earlier claim, so that the result depends on nothing but the input.
    """
    edges: dict[int, dict[int, float]] = {}
    for i, label in enumerate(gold):
        row = {j: score for j, claim in enumerate(claims) if (score := similarity(label, claim)) > 0}
        if row:
            edges[i] = row
    found: dict[int, int] = {}
    for rows in _components(edges):
        columns = sorted({j for i in rows for j in edges[i]})
        weights = [[edges[i].get(j, 0.0) for j in columns] for i in rows]
        for r, c in _assign(weights).items():
            if weights[r][c] > 0:
                found[rows[r]] = columns[c]
    return found


def _components(edges: dict[int, dict[int, float]]) -> list[list[int]]:
    """Rows grouped so that no two groups share a column: each group is a small problem of its own."""
    by_column: dict[int, list[int]] = {}
    for i, row in edges.items():
        for j in row:
            by_column.setdefault(j, []).append(i)
    groups: list[list[int]] = []
    seen: set[int] = set()
    for first in edges:
        if first in seen:
            continue
        group, queue = [], [first]
        seen.add(first)
        while queue:
            i = queue.pop()
            group.append(i)
            for j in edges[i]:
                for other in by_column[j]:
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)
        groups.append(sorted(group))
    return groups


def _assign(weights: list[list[float]]) -> dict[int, int]:
    """Row → column of the assignment with the greatest sum (Kuhn 1955, in the O(n²m) form with potentials)."""
    rows, columns = len(weights), max(len(weights), len(weights[0]))
    cost = [[-(row[j] if j < len(row) else 0.0) for j in range(columns)] for row in weights]
    u, v = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner, way = [0] * (columns + 1), [0] * (columns + 1)
    for i in range(1, rows + 1):
        owner[0] = i
        at = 0
        least = [float("inf")] * (columns + 1)
        used = [False] * (columns + 1)
        while owner[at]:
            used[at] = True
            row, step, following = owner[at], float("inf"), 0
            for j in range(1, columns + 1):
                if used[j]:
                    continue
                reduced = cost[row - 1][j - 1] - u[row] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, at
                if least[j] < step:
                    step, following = least[j], j
            for j in range(columns + 1):
                if used[j]:
                    u[owner[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            at = following
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    width = len(weights[0])
    return {owner[j] - 1: j - 1 for j in range(1, columns + 1) if owner[j] and j <= width}
