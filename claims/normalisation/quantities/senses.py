"""Signs and words that name several units or currencies: the one that the words around the figure speak of.

"15 kt" is a speed near a ship and a yield near a bomb; "40 crowns" are Danish near Denmark. Only figures that such a
sign follows look here, and no further than `_NEAR` tokens to each side.
"""

from __future__ import annotations

from claims.normalisation.quantities.tokens import Tokens

_NEAR = 14
_FAR = 40


def _senses(table: dict[str, dict[str, str]]) -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    return {
        sign: tuple((name, frozenset(words.split())) for name, words in senses.items())
        for sign, senses in table.items()
    }


#: Unit signs: the units that they may name, with the words that speak for each. The first that fits is taken.
UNIT_SENSES = _senses(
    {
        "kt": {
            "kilotonne": "yield explosion explosive blast bomb bombs warhead warheads nuclear tnt detonation"
            " detonated weapon output production produced copper nickel zinc lithium emissions co2 mine mined ore"
            " shipments imports exports smelter"
        },
        "kn": {
            "knot": "speed ship ships vessel boat yacht sailing sailed wind winds gusts cruise cruising cruised"
            " submarine destroyer ferry tanker aircraft knots travelling traveling sea current"
        },
        "C": {"coulomb": "coulomb coulombs electrostatic charge charges charged electrons"},
        "R": {"roentgen": "radiation exposure dose gamma roentgen roentgens x-ray x-rays ray rays"},
        "F": {"farad": "capacitor capacitors capacitance farad farads"},
        "P": {"poise": "viscosity viscous", "pixel": "resolution video screen display picture camera streaming"},
        "G": {"gauss": "magnetic magnet magnets coil gauss"},
        "T": {"tesla": "magnetic magnet magnets mri scanner coil"},
        "S": {"siemens": "conductance conductivity"},
        "St": {"stokes": "viscosity viscous"},
        "B": {"byte": "file files memory data byte bytes size storage disk packet"},
        "b": {"bit": "file files memory data bit bits storage download downloads upload packet"},
        "pt": {
            "pint": "beer ale cider milk blood cream water drank drink drinks pub pubs recipe pour poured stir brewery"
        },
        "mb": {"millibar": "pressure barometer barometric storm hurricane cyclone typhoon depression eye low"},
        "p": {"penny": "price prices cost costs stamp ticket fare pence share shares paid pay pint litre"},
    }
)
#: What a sign of the table names where no word speaks; None: nothing.
_DEFAULT = {
    "kt": "knot",
    "C": "degree celsius",
    "F": "degree fahrenheit",
    "T": "tesla",
    "pt": "point",
    "b": "bit",
    "mb": "megabyte",
}
_HEAT = frozenset("temperature temperatures degree degrees heat heated hot cold warm weather thermometer oven".split())

#: Currency words and signs that several countries use, with the names that speak for each of the rarer ones.
CURRENCY_SENSES = _senses(
    {
        "¥": {"CNY": "china china's chinese beijing shanghai shenzhen yuan renminbi guangdong"},
        "kr": {
            "NOK": "norway norway's norwegian oslo", "DKK": "denmark denmark's danish copenhagen",
            "ISK": "iceland iceland's icelandic reykjavik",
        },
        "kroner": {"DKK": "denmark denmark's danish copenhagen"},
        "crown": {
            "NOK": "norway norway's norwegian oslo", "DKK": "denmark denmark's danish copenhagen",
            "SEK": "sweden sweden's swedish stockholm", "CZK": "czech czechs prague",
            "ISK": "iceland iceland's icelandic reykjavik",
        },
        "peso": {
            "PHP": "philippine philippines philippines' filipino filipinos manila",
            "ARS": "argentina argentina's argentine argentinian argentines", "CLP": "chile chile's chilean chileans",
            "COP": "colombia colombia's colombian colombians bogota", "UYU": "uruguay uruguay's uruguayan montevideo",
        },
        "rupee": {
            "PKR": "pakistan pakistan's pakistani pakistanis karachi lahore islamabad",
            "LKR": "lanka lanka's lankan colombo", "NPR": "nepal nepal's nepali kathmandu",
        },
        "riyal": {"QAR": "qatar qatar's qatari doha", "OMR": "oman oman's omani muscat"},
        "rial": {"OMR": "oman oman's omani muscat"},
        "dirham": {"MAD": "morocco morocco's moroccan rabat casablanca"},
        "dinar": {
            "KWD": "kuwait kuwait's kuwaiti", "BHD": "bahrain bahrain's bahraini", "JOD": "jordan's jordanian amman",
            "RSD": "serbia serbia's serbian belgrade", "DZD": "algeria algeria's algerian algiers",
            "TND": "tunisia tunisia's tunisian tunis",
        },
        "shilling": {
            "UGX": "uganda uganda's ugandan ugandans kampala", "TZS": "tanzania tanzania's tanzanian",
        },
        "lira": {"LBP": "lebanon lebanon's lebanese beirut"},
        "franc": {"XOF": "cfa senegal ivory mali benin togo"},
    }
)  # fmt: skip

#: Names that speak for the usual country of a shared word, against all others.
_HOME = {
    "JPY": frozenset("japan japan's japanese tokyo osaka yen".split()),
    "MXN": frozenset("mexico mexico's mexican mexicans".split()),
    "INR": frozenset("india india's indian indians mumbai delhi".split()),
    "TRY": frozenset("turkey turkey's turkish istanbul ankara".split()),
    "SEK": frozenset("sweden sweden's swedish stockholm".split()),
    "IQD": frozenset("iraq iraq's iraqi iraqis baghdad".split()),
    "CHF": frozenset("swiss switzerland zurich geneva".split()),
    "KES": frozenset("kenya kenya's kenyan nairobi".split()),
}


def unit_sense(t: Tokens, sign: str, begin: int, stop: int) -> tuple[str | None, bool]:
    """The unit that the sign behind the figure in tokens [begin, stop) names here, if any; and whether words say so."""
    near = _around(t, begin, stop, _NEAR)
    for name, words in UNIT_SENSES[sign]:
        if not words.isdisjoint(near) and not (sign == "C" and not _HEAT.isdisjoint(near)):
            return name, True
    return _DEFAULT.get(sign), False


def currency_sense(t: Tokens, word: str, begin: int, stop: int, usual: str) -> str:
    """The currency that a shared word or sign names here: of the country that is named near it, else the usual one."""
    senses = CURRENCY_SENSES.get(word) or CURRENCY_SENSES.get(word.removesuffix("s"))
    if senses is None:
        return usual
    near = _around(t, begin, stop, _FAR)
    if not _HOME.get(usual, frozenset()).isdisjoint(near):
        return usual
    return next((code for code, words in senses if not words.isdisjoint(near)), usual)


def _around(t: Tokens, begin: int, stop: int, width: int) -> list[str]:
    return t.low[max(0, begin - width) : begin] + t.low[stop : stop + width]
