"""How two places stand, by what all the places of their names have in common. Pure.

A name may stand for many places ("Georgia", "Paris"). Two names are one place, or one place within another, where any
two of their places are; they are apart only where no two are, or lie so near that an outlet could mean the other.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from claims.normalisation.names.same import skeleton
from claims.normalisation.places.gazetteer import Referent, country, look_up, towns_of
from claims.normalisation.places.spelling import key_of


class PlaceRelation(StrEnum):
    """Of two places a and b, as named."""

    SAME = "same"
    WITHIN = "within"  # a lies in b
    HOLDS = "holds"  # b lies in a
    APART = "apart"
    UNKNOWN = "unknown"


_SIDE = (
    r"(?:mid-?|far |deep )?(?:north|south|east|west|central|north-?east|north-?west|south-?east|south-?west)(?:ern)?"
    r"|upper|lower|inner|outer|downtown|rural|suburban"
)
_SORT = (
    r"city|town|village|port|capital|resort|state|province|region|county|district|island|country|republic"
    r"|municipality|township|suburb|neighbou?rhood|borough|emirate"
)
_NEAR = r"near|outside|off|around|(?:north|south|east|west) of|(?:the )?(?:suburbs?|outskirts|edge|coast|border) of"
# A side with a capital is part of a name: the West Bank, North Dakota.
_OPENING = re.compile(
    rf"(?P<near>(?:(?:{_NEAR}) (?:the )?)+)?(?:(?:[Tt]he|an?) )?(?P<side>(?:{_SIDE}) (?:and (?:{_SIDE}) )?)?"
    rf"(?:(?:[A-Za-z]+ ){{0,2}}?(?P<sort>{_SORT}) of )?(?:[Tt]he )?(?P<name>.+)",
    re.DOTALL,
)
_AREA = re.compile(
    r" (?:state|province|region|county|district|oblast|governorate|prefecture|department|valley|(?:metro )?area)$",
    re.IGNORECASE,
)
_REGIONS = ("oblast", "province", "region", "state", "governorate", "county", "prefecture", "district")
_OWNED = re.compile(r"(.+?)['’]s? (.+)")
_ONE_NAME = 80  # of 100: the similarity of two spellings with the same consonants
_ONE_TOWN = 10.0  # kilometres: nearer towns may be one
_SUBURBS = 50.0  # kilometres within which a town may be meant by the name of one that is
_LARGER = 3.0  # times as large
_NEARBY = 100.0  # kilometres that "near" may mean
_BORDER = 15.0  # kilometres that a town must lie from all towns of a region
_EDGE = 0.3  # degrees between what holds the towns of two small regions
_COVERED = 0.9  # of the smaller region that lies in the larger one: they may be one within the other
# What one state holds to be its own and another holds, or claims: not for us to call apart.
_CONTESTED = frozenset(
    frozenset(pair.split("-"))
    for pair in (
        "RU-UA IL-PS IL-SY IL-LB CN-TW CN-IN RS-XK RS-BA EH-MA GE-RU MD-RU JP-RU AM-AZ IN-PK CY-TR KP-KR AR-FK SD-SS"
    ).split()
)


class Named(NamedTuple):
    """A place as named: its key, what it may stand for, and whether the words only say where about it is."""

    key: str
    referents: tuple[Referent, ...]
    near: bool = False  # "near Split", "the Belgorod region"
    inside: bool = False  # of an unknown place in a known one: the referents are of that
    side: str = ""  # "northern", of a part of it
    alone: str = ""  # the key, where nothing says what it lies in


@lru_cache(maxsize=20_000)
def read_place(words: str) -> Named:
    """What the words of a place stand for: "the northern city of Arbil", "Aspen, Colorado", "outside Lyon"."""
    first, *rest = [part.strip() for part in " ".join(words.split()).split(",")]
    match = _OPENING.fullmatch(first)
    name, near, side = first.removeprefix("the ").removeprefix("The "), False, ""
    if match is not None and not look_up(key_of(name)):
        name, near = match["name"], bool(match["near"])
        # "the northern city of Arbil" is all of Arbil; a side of a town is told as the town.
        side = "" if match["sort"] else key_of(match["side"] or "")
    if (owned := _OWNED.fullmatch(name)) is not None and look_up(key_of(owned[1])):
        name, rest = owned[2], [*rest, owned[1]]
    key = key_of(name)
    referents = look_up(key)
    short = _AREA.sub("", name)
    if short != name:
        own = key_of(short)
        spellings = (own, *(f"{own} {sort}" for sort in _REGIONS))
        regions = [r for r in (*referents, *(r for s in spellings for r in look_up(s))) if r.kind in "RD"]
        near = near or not regions
        key, referents = own, tuple(dict.fromkeys(regions)) or look_up(own)
    elif not referents and key.endswith(" city"):
        key = key.removesuffix(" city")
        referents = look_up(key)
    inside = False
    for whole in rest:
        wholes = look_up(key_of(whole.removeprefix("the ")))
        if wholes:
            found = tuple([r for r in referents if any(_within(r, w) or _same(r, w) for w in wholes)])
            inside = inside or not found
            key, referents = (key, found) if found else (f"{key} {key_of(whole)}", wholes)
    if side and all(r.kind == "P" for r in referents):
        side = ""
    return Named(key, referents, near, inside, side, "" if rest else key)


def compare_places(a: str, b: str) -> PlaceRelation:
    """How two places stand, as named ("Leeds", "the northern city of Arbil", "Aspen, Colorado").

    UNKNOWN where one is in no gazetteer, or where they may be one or two. Symmetric but for which lies in which.
    """
    x, y = read_place(a), read_place(b)
    if not x.key or not y.key:
        return PlaceRelation.UNKNOWN
    if x.key == y.key and (x.referents == y.referents or not (x.referents and y.referents)):
        return _sides(x, y)
    if not x.referents or not y.referents:
        alike = _alike(x.key, y.key) and x.near == y.near and x.side == y.side
        return PlaceRelation.SAME if alike else PlaceRelation.UNKNOWN
    pairs = [(one, two) for one in x.referents for two in y.referents]
    if x.inside or y.inside:
        return _inside(x, y, pairs)
    if any(_same(one, two) for one, two in pairs):
        return _sides(x, y)
    within, holds = any(_within(one, two) for one, two in pairs), any(_within(two, one) for one, two in pairs)
    if within or holds:
        if (within and holds) or (x.near if within else y.near) or (y.side if within else x.side):
            return PlaceRelation.UNKNOWN
        return PlaceRelation.WITHIN if within else PlaceRelation.HOLDS
    near = x.near or y.near
    return PlaceRelation.APART if all(_apart(*pair, near=near) for pair in pairs) else PlaceRelation.UNKNOWN


def names_region(words: str) -> bool:
    """The words are the name of a country or a region: what may stand behind a town and a comma."""
    return any(r.kind in "CRD" for r in look_up(key_of(words)))


def _inside(x: Named, y: Named, pairs: Sequence[tuple[Referent, Referent]]) -> PlaceRelation:
    """Of two places one of which is only known by what it lies in."""
    if (x.alone and y.key.startswith(x.alone)) or (y.alone and x.key.startswith(y.alone)):
        return PlaceRelation.UNKNOWN  # "Aspen" may be that of Texas
    if all(_apart(one, two, near=False) for one, two in pairs):
        return PlaceRelation.APART
    if x.inside != y.inside and not (x.near or y.near or x.side or y.side):
        if x.inside and any(_within(one, two) or _same(one, two) for one, two in pairs):
            return PlaceRelation.WITHIN
        if y.inside and any(_within(two, one) or _same(one, two) for one, two in pairs):
            return PlaceRelation.HOLDS
    return PlaceRelation.UNKNOWN


def _sides(x: Named, y: Named) -> PlaceRelation:
    """Of two names of one place, each of which may be only a side of it, or about it."""
    if x.near != y.near or (x.side and y.side and x.side != y.side):
        return PlaceRelation.UNKNOWN
    if x.side == y.side:
        return PlaceRelation.SAME
    return PlaceRelation.WITHIN if x.side else PlaceRelation.HOLDS


def _alike(a: str, b: str) -> bool:
    """Two spellings of a name that no gazetteer has."""
    one, two = a.replace(" ", ""), b.replace(" ", "")
    return skeleton(one) == skeleton(two) and fuzz.ratio(one, two) >= _ONE_NAME


def _same(a: Referent, b: Referent) -> bool:
    if a.kind != b.kind:
        return False
    return a.box == b.box and a.code == b.code


def _within(a: Referent, b: Referent) -> bool:
    """a lies in b, and is another."""
    if b.kind == "P" or a.kind == "K":
        return False
    if b.kind == "K":
        return b.code in _continents(a)
    if b.kind == "C":
        return a.country == b.code != a.code or (a.kind != "K" and _owner(a) == b.code)
    return (a.kind == "P" and a.code == b.code) or a.code.startswith(f"{b.code}.")


def _owner(place: Referent) -> str:
    return place.owner if place.kind == "C" else country(place.country).owner


def _continents(place: Referent) -> Iterable[str]:
    return (place.continent,) if place.kind == "C" else (country(place.country).continent,)


def _apart(a: Referent, b: Referent, *, near: bool) -> bool:
    """Two places that are not one within the other cannot be one event's. `near`: one is only said to be near it."""
    if "K" in (a.kind, b.kind):
        return False  # where one ends is told in several ways
    if "C" in (a.kind, b.kind):
        contested = frozenset((a.country, b.country)) in _CONTESTED
        return not near and not contested and (_owner(a) or a.country) != (_owner(b) or b.country)
    if a.kind == b.kind == "P":
        least = _NEARBY if near else _SUBURBS if _outnumbered(a, b) else _ONE_TOWN
        return _distance(a, b) > least
    if frozenset((a.country, b.country)) in _CONTESTED:
        near = True
    if a.kind != "P" and b.kind != "P":
        return not near and a.kind == b.kind and _covered(a, b) < _COVERED and (a.kind == "R" or _gap(a, b) > _EDGE)
    town, region = (a, b) if a.kind == "P" else (b, a)
    least = _NEARBY if near else _BORDER
    return all(_distance(town, other) > least for other in towns_of(region.code))


def _outnumbered(a: Referent, b: Referent) -> bool:
    few, many = sorted((a.people, b.people))
    return many > _LARGER * few


def _distance(a: Referent, b: Referent) -> float:
    """Kilometres between two towns."""
    lat_a, lat_b = math.radians(a.box[0]), math.radians(b.box[0])
    lon = math.radians(a.box[2] - b.box[2])
    h = math.sin((lat_a - lat_b) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin(lon / 2) ** 2
    return 12_742 * math.asin(math.sqrt(min(1.0, h)))


def _gap(a: Referent, b: Referent) -> float:
    """Degrees between two boxes along the axis on which they lie farther apart; negative where they overlap."""
    (south_a, north_a, west_a, east_a), (south_b, north_b, west_b, east_b) = a.box, b.box
    return max(south_a - north_b, south_b - north_a, west_a - east_b, west_b - east_a)


def _covered(a: Referent, b: Referent) -> float:
    """The share of the smaller of two boxes that lies in the other."""
    (south_a, north_a, west_a, east_a), (south_b, north_b, west_b, east_b) = a.box, b.box
    shared = max(0.0, min(north_a, north_b) - max(south_a, south_b)) * max(
        0.0, min(east_a, east_b) - max(west_a, west_b)
    )
    least = min((north_a - south_a) * (east_a - west_a), (north_b - south_b) * (east_b - west_b))
    return shared / least if least else 1.0
