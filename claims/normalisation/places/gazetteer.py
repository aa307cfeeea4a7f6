"""The places of the world by their names: countries, regions, and towns of 5,000 people and more, from GeoNames.

`benchmarks/gazetteer.py` makes the table and says how to read a line of it. It is searched as it stands, sorted by
name, and read when the first place is looked up.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from claims import resources


class Referent(NamedTuple):
    """One place that a name may stand for. `code` is that of the region it lies in, or is: country.first.second."""

    kind: str  # K continent, C country, R region of the first order, D of the second, P town
    code: str
    continent: str = ""  # of a country
    owner: str = ""  # the country that a country belongs to
    box: tuple[float, float, float, float] = (
        0.0,
        0.0,
        0.0,
        0.0,
    )  # degrees: south, north, west, east; of a town a point
    people: int = 0  # thousands

    @property
    def country(self) -> str:
        """The code of its country; of a continent its own."""
        return self.code.split(".", 1)[0]


@lru_cache(maxsize=20_000)
def look_up(key: str) -> tuple[Referent, ...]:
    """The places of that name, as `spelling.key_of` writes it; none for an unknown name."""
    table = _table()
    low, high = 0, len(table)  # of the starts of lines between which the name may stand
    while low < high:
        start = table.rfind("\n", low, (low + high) // 2) + 1 or low
        start = max(start, low)
        end = table.find("\n", start)
        name, _, places = table[start:end].partition("\t")
        if name == key:
            return tuple([_referent(place) for place in places.split(";")])
        if name < key:
            low = end + 1
        else:
            high = start
    return ()


@lru_cache(maxsize=400)
def country(code: str) -> Referent:
    """A country by its code."""
    table = _table()
    at = table.find(f"C {code} ")
    end = min(e for e in (table.find(";", at), table.find("\n", at)) if e >= 0)
    return _referent(table[at:end])


@lru_cache(maxsize=400)
def towns_of(code: str) -> tuple[Referent, ...]:
    """The towns of a region by its code, in the order of the table."""
    return tuple(dict.fromkeys(map(_referent, re.findall(rf"P {re.escape(code)}[ .][^;\n]+", _table()))))


@cache
def _table() -> str:
    return resources.table("normalisation/places/gazetteer.tsv")


def _referent(written: str) -> Referent:
    kind, code, *more = written.split()
    match kind:
        case "K":
            return Referent(kind, code)
        case "C":
            return Referent(kind, code, more[0], more[1] if len(more) > 1 else "")
        case "P":
            lat, lon = float(more[0]), float(more[1])
            return Referent(kind, code, box=(lat, lat, lon, lon), people=int(more[2]))
        case _:
            south, north, west, east = map(float, more)
            return Referent(kind, code, box=(south, north, west, east))
