"""The quantities found so far in one region, and how one is added."""

from __future__ import annotations

from claims.models import Comparator, Quantity, QuantityKind
from claims.normalisation.quantities.tokens import Tokens

C = Comparator


class Record:
    """What was found in one region. `floor` is the offset behind the last quantity: none may begin before it."""

    def __init__(self, text: str, tokens: Tokens, floor: int) -> None:
        self.text = text
        self.t = tokens
        self.floor = floor
        self.found: list[Quantity] = []

    def words(self, first: int, stop: int) -> str | None:
        """The text of tokens [first, stop), white space as one space; None when empty."""
        return " ".join(self.text[self.t.start[first] : self.t.end[stop - 1]].split()) if stop > first else None

    def add(
        self,
        begin: int,
        stop: int,
        kind: QuantityKind,
        *,
        comparator: Comparator = C.EQUAL,
        value: float | None = None,
        low: float | None = None,
        high: float | None = None,
        low_open: bool = False,
        high_open: bool = False,
        precision: float = 1.0,
        unit: str | None = None,
        per: str | None = None,
        of: str | None = None,
        change: str | None = None,
    ) -> None:
        """Adds the quantity written in tokens [begin, stop)."""
        start, end = self.t.start[begin], self.t.end[stop - 1]
        self.found.append(
            Quantity.made(
                {
                    "as_written": self.text[start:end],
                    "start": start,
                    "end": end,
                    "kind": kind,
                    "comparator": comparator,
                    "value": tidy(value),
                    "low": tidy(low),
                    "high": tidy(high),
                    "low_open": low_open,
                    "high_open": high_open,
                    "precision": tidy(precision) or 1.0,
                    "unit": unit,
                    "per": per,
                    "of": of,
                    "change": change,
                }
            )
        )
        self.floor = end


def tidy(value: float | None) -> float | None:
    """Without what binary fractions add: 1.1 million is 1100000.0."""
    return None if value is None else float(f"{value:.12g}")
