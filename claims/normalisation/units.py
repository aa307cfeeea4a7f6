"""Units of measurement: from the words and signs of news to one name each, and between units.

A unit's name is its full English name in the singular ("kilometre", "pound-foot"). Factors follow the SI brochure
(BIPM, 9th edition) and NIST Special Publication 811, appendix B.

Everything is built once at import from the tables below and only read afterwards. Nothing here raises.
"""

from __future__ import annotations

from dataclasses import dataclass

from claims.models import QuantityKind

MEASURE, DURATION, SHARE, POINTS = (
    QuantityKind.MEASURE,
    QuantityKind.DURATION,
    QuantityKind.SHARE,
    QuantityKind.POINTS,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `factor` leads to the base of its `dimension` (metre, kilogram, second, …); None: no conversion."""

    name: str
    kind: QuantityKind
    dimension: str
    factor: float | None = None


# name: dimension, factor to the base, words besides the name and its plural, signs (case matters)
_TABLE: dict[str, tuple[str, float | None, str, str]] = {
    # length, in metres
    "metre": ("length", 1.0, "meter", "m"),
    "kilometre": ("length", 1e3, "kilometer|klick", "km kms KM"),
    "centimetre": ("length", 1e-2, "centimeter", "cm"),
    "millimetre": ("length", 1e-3, "millimeter", "mm"),
    "micrometre": ("length", 1e-6, "micrometer|micron", "μm µm um"),
    "nanometre": ("length", 1e-9, "nanometer", "nm"),
    "inch": ("length", 0.0254, "", "in ″"),
    "foot": ("length", 0.3048, "", "ft ′"),
    "yard": ("length", 0.9144, "", "yd yds"),
    "mile": ("length", 1609.344, "", "mi"),
    "nautical mile": ("length", 1852.0, "", "nmi"),
    "furlong": ("length", 201.168, "", ""),
    "fathom": ("length", 1.8288, "", ""),
    "light year": ("length", 9.4607304725808e15, "", "ly"),
    "astronomical unit": ("length", 149597870700.0, "", "AU"),
    "hectometre": ("length", 1e2, "hectometer", "hm"),
    "decimetre": ("length", 0.1, "decimeter", "dm"),
    "cubit": ("length", None, "", ""),
    "parsec": ("length", 3.0856775814913673e16, "", ""),
    # mass, in kilograms
    "kilogram": ("mass", 1.0, "kilo|kilogramme", "kg kgs KG"),
    "gram": ("mass", 1e-3, "gramme", "g"),
    "milligram": ("mass", 1e-6, "milligramme", "mg"),
    "microgram": ("mass", 1e-9, "microgramme", "μg µg mcg"),
    "tonne": ("mass", 1e3, "metric ton|metric tonne", "t mt"),
    "ton": ("mass", None, "", ""),
    "short ton": ("mass", 907.18474, "", ""),
    "long ton": ("mass", 1016.0469088, "imperial ton", ""),
    "solar mass": ("mass", 1.98841e30, "", "M☉"),
    "atomic mass unit": ("mass", 1.66053906892e-27, "dalton", "Da"),
    "kilotonne": ("mass", 1e6, "kiloton", ""),
    "megatonne": ("mass", 1e9, "megaton", "Mt MT MMT"),
    "gigatonne": ("mass", 1e12, "gigaton", "Gt"),
    "pound": ("mass", 0.45359237, "", "lb lbs"),
    "ounce": ("mass", 0.028349523125, "", "oz"),
    "stone": ("mass", 6.35029318, "", ""),
    "carat": ("mass", 2e-4, "", "ct"),
    "troy ounce": ("mass", 0.0311034768, "", ""),
    "dram": ("mass", 0.0017718451953125, "", ""),
    # area, in square metres
    "acre": ("area", 4046.8564224, "", ""),
    "hectare": ("area", 1e4, "", "ha"),
    "acre foot": ("volume", 1233.48183754752, "", ""),
    # volume, in cubic metres
    "billion cubic metre": ("volume", 1e9, "billion cubic meter", "bcm"),
    "billion cubic foot": ("volume", 28316846.592, "", "bcf"),
    "trillion cubic foot": ("volume", 28316846592.0, "", "tcf"),
    "litre": ("volume", 1e-3, "liter", "l L"),
    "millilitre": ("volume", 1e-6, "milliliter", "ml mL"),
    "centilitre": ("volume", 1e-5, "centiliter", "cl cL"),
    "decilitre": ("volume", 1e-4, "deciliter", "dl dL"),
    "hectolitre": ("volume", 0.1, "hectoliter", "hl hL"),
    "megalitre": ("volume", 1e3, "megaliter", "ML"),
    "gigalitre": ("volume", 1e6, "gigaliter", "GL"),
    "gallon": ("volume", 0.003785411784, "", "gal"),
    "quart": ("volume", 0.000946352946, "", "qt"),
    "pint": ("volume", 0.000473176473, "", ""),
    "cup": ("volume", None, "", ""),
    "fluid ounce": ("volume", 2.95735295625e-05, "", "fl oz"),
    "barrel": ("volume", 0.158987294928, "", "bbl bbls bpd b/d bbl/d bopd"),
    "bushel": ("volume", 0.03523907016688, "", ""),
    "tablespoon": ("volume", None, "", "tbsp"),
    "teaspoon": ("volume", None, "", "tsp"),
    "cord": ("volume", 3.624556363776, "", ""),
    # speed, in metres per second
    "kilometre per hour": (
        "speed",
        1 / 3.6,
        "kilometer per hour|kilometer an hour|kilometre an hour",
        "km/h km/hr kph kmh kmph",
    ),
    "mile per hour": ("speed", 0.44704, "mile an hour", "mph MPH"),
    "metre per second": ("speed", 1.0, "meter per second", "m/s"),
    "kilometre per second": ("speed", 1e3, "kilometer per second", "km/s"),
    "foot per second": ("speed", 0.3048, "", "ft/s"),
    "knot": ("speed", 1852 / 3600, "", "kt kts"),
    # acceleration, in metres per second squared
    "metre per square second": (
        "acceleration",
        1.0,
        "meter per square second|metre per second squared|meter per second squared",
        "m/s² m/s2 m/s^2",
    ),
    "foot per square second": ("acceleration", 0.3048, "foot per second squared", "ft/s² ft/s2 ft/s^2"),
    # fuel economy
    "mile per gallon": ("fuel economy", 1.0, "", "mpg MPG MPGe mpge"),
    "litre per 100 kilometres": (
        "fuel use",
        1.0,
        "liter per 100 kilometers|litre per 100 km|liter per 100 km|l per 100 km",
        "l/100km L/100km",
    ),
    # temperature: not a factor alone
    "degree celsius": ("temperature", None, "degree centigrade|degree c|celsius|centigrade", "°C ℃ C"),
    "degree fahrenheit": ("temperature", None, "degree f|fahrenheit", "°F ℉"),
    "kelvin": ("temperature", None, "", "K"),
    "degree": ("angle", 1.0, "", "° deg"),
    # power, in watts; energy, in joules; force, torque, pressure
    "watt": ("power", 1.0, "", "W"),
    "milliwatt": ("power", 1e-3, "", "mW"),
    "kilowatt": ("power", 1e3, "", "kW KW"),
    "megawatt": ("power", 1e6, "", "MW MWs"),
    "gigawatt": ("power", 1e9, "", "GW GWs"),
    "terawatt": ("power", 1e12, "", "TW"),
    "horsepower": ("power", 745.6998715822702, "horse power", "hp HP bhp BHP"),
    "metric horsepower": ("power", 735.49875, "", "PS"),
    "joule": ("energy", 1.0, "", "J"),
    "gigajoule": ("energy", 1e9, "", "GJ"),
    "kilojoule": ("energy", 1e3, "", "kJ"),
    "megajoule": ("energy", 1e6, "", "MJ"),
    "calorie": ("energy", None, "", "cal"),
    "british thermal unit": ("energy", 1055.05585262, "", "BTU Btu btu BTUs"),
    "kilocalorie": ("energy", 4184.0, "", "kcal"),
    "million british thermal units": ("energy", 1055055852.62, "", "MMBtu mmBtu MMBTU mmbtu"),
    "erg": ("energy", 1e-7, "", ""),
    "watt hour": ("energy", 3600.0, "", "Wh"),
    "kilowatt hour": ("energy", 3.6e6, "", "kWh KWh KWH kwh"),
    "megawatt hour": ("energy", 3.6e9, "", "MWh MWH"),
    "gigawatt hour": ("energy", 3.6e12, "", "GWh GWH"),
    "terawatt hour": ("energy", 3.6e15, "", "TWh"),
    "electronvolt": ("energy", 1.602176634e-19, "electron volt", "eV"),
    "newton": ("force", 1.0, "", "N"),
    "kilonewton": ("force", 1e3, "", "kN"),
    "dyne": ("force", 1e-5, "", "dyn"),
    "kilogram-force": ("force", 9.80665, "kilogram force", "kgf"),
    "newton metre": ("torque", 1.0, "newton meter", "Nm"),
    "pound-foot": ("torque", 1.3558179483314004, "foot pound|pounds foot", "lb-ft ft-lb lb-ft lb ft"),
    "pascal": ("pressure", 1.0, "", "Pa"),
    "hectopascal": ("pressure", 1e2, "", "hPa"),
    "kilopascal": ("pressure", 1e3, "", "kPa"),
    "megapascal": ("pressure", 1e6, "", "MPa"),
    "gigapascal": ("pressure", 1e9, "", "GPa"),
    "millibar": ("pressure", 1e2, "", "mbar"),
    "atmosphere": ("pressure", None, "", "atm"),
    "inch of mercury": ("pressure", 3386.389, "", "inHg"),
    "pound per square inch": ("pressure", 6894.757293168361, "", "psi"),
    "kilopound per square inch": ("pressure", 6894757.293168361, "", "ksi"),
    # electricity, frequency, light, sound, radiation
    "volt": ("voltage", 1.0, "", "V"),
    "millivolt": ("voltage", 1e-3, "", "mV"),
    "kilovolt": ("voltage", 1e3, "", "kV"),
    "ampere": ("current", 1.0, "amp", "A"),
    "milliampere": ("current", 1e-3, "milliamp", "mA"),
    "milliampere hour": ("charge", 3.6, "milliamp hour", "mAh mah"),
    "ampere hour": ("charge", 3600.0, "amp hour", "Ah"),
    "coulomb": ("charge", 1.0, "", ""),
    "ohm": ("resistance", 1.0, "", "Ω \u2126"),
    "siemens": ("conductance", 1.0, "", ""),
    "weber": ("flux", 1.0, "", "Wb"),
    "farad": ("capacitance", 1.0, "", "F"),
    "tesla": ("flux density", 1.0, "", "T"),
    "henry": ("inductance", 1.0, "", "H"),
    "hertz": ("frequency", 1.0, "", "Hz"),
    "kilohertz": ("frequency", 1e3, "", "kHz KHz"),
    "megahertz": ("frequency", 1e6, "", "MHz"),
    "gigahertz": ("frequency", 1e9, "", "GHz Ghz"),
    "terahertz": ("frequency", 1e12, "", "THz"),
    "revolution per minute": ("rotation", 1.0, "", "rpm RPM"),
    "frame per second": ("frame rate", 1.0, "", "fps FPS"),
    "beat per minute": ("pulse", 1.0, "", "bpm"),
    "decibel": ("sound", None, "", "dB db"),
    "lumen": ("luminous flux", 1.0, "", "lm"),
    "candela": ("luminous intensity", 1.0, "", "cd"),
    "lux": ("illuminance", 1.0, "", "lx"),
    "nit": ("luminance", 1.0, "", ""),
    "sievert": ("dose", 1.0, "", "Sv"),
    "millisievert": ("dose", 1e-3, "", "mSv"),
    "microsievert": ("dose", 1e-6, "", ""),
    "becquerel": ("activity", 1.0, "", "Bq"),
    # data, in bytes; rates, in bits per second
    "bit": ("data", 0.125, "", "b"),
    "byte": ("data", 1.0, "", ""),
    "kilobyte": ("data", 1e3, "", "kB KB kb"),
    "kibibyte": ("data", 2.0**10, "", "KiB"),
    "mebibyte": ("data", 2.0**20, "", "MiB"),
    "gibibyte": ("data", 2.0**30, "", "GiB"),
    "tebibyte": ("data", 2.0**40, "", "TiB"),
    "zettabyte": ("data", 1e21, "", "ZB"),
    "megabyte": ("data", 1e6, "", "MB"),
    "gigabyte": ("data", 1e9, "gig", "GB gb"),
    "terabyte": ("data", 1e12, "", "TB tb"),
    "petabyte": ("data", 1e15, "", "PB"),
    "exabyte": ("data", 1e18, "", "EB"),
    "megabit": ("data", 125e3, "", "Mb Mbit"),
    "gigabit": ("data", 125e6, "", "Gb Gbit"),
    "bit per second": ("data rate", 1.0, "", "bps"),
    "kilobit per second": ("data rate", 1e3, "", "kbps Kbps"),
    "megabit per second": ("data rate", 1e6, "", "Mbps Mb/s Mbit/s"),
    "gigabit per second": ("data rate", 1e9, "", "Gbps Gb/s Gbit/s"),
    "megabyte per second": ("data rate", 8e6, "", "MB/s MBps"),
    "gigabyte per second": ("data rate", 8e9, "", "GB/s"),
    "pixel": ("pixel", 1.0, "", "px"),
    "megapixel": ("pixel", 1e6, "", "MP Mp"),
    "pixel per inch": ("pixel density", 1.0, "", "ppi"),
    "dot per inch": ("dot density", 1.0, "", "dpi"),
    # concentration
    "part per million": ("concentration", 1e-6, "", "ppm"),
    "part per billion": ("concentration", 1e-9, "", "ppb"),
    "part per trillion": ("concentration", 1e-12, "", "ppt"),
    "mole": ("amount", 1.0, "", "mol"),
    "gauss": ("flux density", 1e-4, "", "Gs"),
    "oersted": ("magnetic field", 1.0, "", "Oe"),
    "maxwell": ("flux", 1e-8, "", "Mx"),
    "poise": ("viscosity", 0.1, "", ""),
    "centipoise": ("viscosity", 1e-3, "", "cP"),
    "stokes": ("kinematic viscosity", 1e-4, "", ""),
    "centistokes": ("kinematic viscosity", 1e-6, "", "cSt"),
    "katal": ("catalytic activity", 1.0, "", "kat"),
    "roentgen": ("exposure", 2.58e-4, "", ""),
    "jansky": ("flux per frequency", 1e-26, "", "Jy"),
    "steradian": ("solid angle", 1.0, "", "sr"),
    "baud": ("symbol rate", 1.0, "", "Bd"),
    "curie": ("activity", 3.7e10, "", "Ci"),
    "gray": ("absorbed dose", 1.0, "", "Gy"),
    "radian": ("angle", 57.29577951308232, "", "rad"),
    "arc minute": ("angle", 1 / 60, "arcminute", ""),
    "arc second": ("angle", 1 / 3600, "arcsecond", ""),
    "bar": ("pressure", 1e5, "", ""),
    "torr": ("pressure", 101325 / 760, "", ""),
    "millimetre of mercury": ("pressure", 133.322387415, "millimeter of mercury", "mmHg"),
    "therm": ("energy", 105505585.262, "", ""),
    "volt-ampere": ("apparent power", 1.0, "volt ampere", "VA"),
    "pound-force": ("force", 4.4482216152605, "pound force", "lbf"),
    "cubic metre per second": ("flow", 1.0, "cubic meter per second", "m³/s m3/s cumecs"),
    "cubic foot per second": ("flow", 0.028316846592, "", "cfs"),
    "ångström": ("length", 1e-10, "angstrom", "Å"),
    "standard deviation": ("deviation", None, "", ""),
    "magnitude": ("magnitude", None, "", ""),  # of earthquakes: no unit, but only compared with its like
}

_DURATIONS: dict[str, tuple[str, float, str, str]] = {
    # exact multiples of a second, and of a month; nothing leads from one group to the other
    "nanosecond": ("time", 1e-9, "", "ns"),
    "microsecond": ("time", 1e-6, "", "μs µs"),
    "millisecond": ("time", 1e-3, "", "ms"),
    "second": ("time", 1.0, "", "s sec secs"),
    "minute": ("time", 60.0, "", "min mins"),
    "hour": ("time", 3600.0, "", "h hr hrs"),
    "day": ("time", 86400.0, "", ""),
    "weekday": ("time", 86400.0, "", ""),
    "night": ("time", 86400.0, "", ""),
    "week": ("time", 604800.0, "", "wk wks"),
    "fortnight": ("time", 1209600.0, "", ""),
    "month": ("calendar", 1.0, "", "mo mos mth mths"),
    "year": ("calendar", 12.0, "", "yr yrs"),
    "decade": ("calendar", 120.0, "", ""),
    "century": ("calendar", 1200.0, "", ""),
    "millennium": ("calendar", 12000.0, "", ""),
}

_IRREGULAR = {
    "foot": "feet",
    "inch": "inches",
    "century": "centuries",
    "millennium": "millennia",
    "hertz": "hertz",
    **{prefix + "hertz": prefix + "hertz" for prefix in ("milli", "kilo", "mega", "giga", "tera")},
    "gauss": "gauss",
    "bar": "bar",
    "siemens": "siemens",
    "stokes": "stokes",
    "centistokes": "centistokes",
    "mass": "masses",
    "units": "units",
    "torr": "torr",
    "horsepower": "horsepower",
    "celsius": "celsius",
    "fahrenheit": "fahrenheit",
    "centigrade": "centigrade",
    "kelvin": "kelvin",
    "lux": "luxes",
    "henry": "henries",
    "stone": "stone",
}
_SQUARE = ("metre", "kilometre", "centimetre", "millimetre", "inch", "foot", "yard", "mile")

UNIT_WORDS: dict[str, Unit] = {}  # lower case, words joined by one space; singular and plural
UNIT_SIGNS: dict[str, Unit] = {}  # as written: case matters
UNITS: dict[str, Unit] = {}  # by name


def _plural(word: str) -> str:
    """The plural of a unit's words: the noun before "per" or "an" takes it; "degrees celsius" is led by its first."""
    head, joint, rest = word.partition(" per ") if " per " in word else word.partition(" an ")
    if joint:
        return _plural(head) + joint + rest
    if word.startswith("degree "):
        return "degrees " + word[7:]
    if " of " in word:
        head, _, rest = word.partition(" of ")
        return _plural(head) + " of " + rest
    *modifiers, noun = word.replace("-", " ").split(" ")
    return " ".join([*modifiers, _IRREGULAR.get(noun) or (noun + "s")])


def _add(unit: Unit, words: list[str], signs: list[str]) -> None:
    UNITS[unit.name] = unit
    for word in words:
        for form in {word, _plural(word)}:
            UNIT_WORDS.setdefault(form.replace("-", " "), unit)
    for sign in signs:
        UNIT_SIGNS.setdefault(sign, unit)


_PREFIXES = {"nano": ("n", 1e-9), "micro": ("μ", 1e-6), "milli": ("m", 1e-3), "kilo": ("k", 1e3), "mega": ("M", 1e6),
             "giga": ("G", 1e9), "tera": ("T", 1e12), "peta": ("P", 1e15), "exa": ("E", 1e18)}  # fmt: skip
#: Units that take prefixes, with their sign and the prefixes that occur (by sign).
_PREFIXED = {
    "watt": ("W", "nμmkMGTP"), "joule": ("J", "nμmkMGTPE"), "volt": ("V", "nμmkM"), "ampere": ("A", "nμmk"),
    "ohm": ("Ω", "mkM"), "hertz": ("Hz", "mkMGT"), "pascal": ("Pa", "μmkMGT"), "newton": ("N", "μmkM"),
    "byte": ("B", "kMGTPE"), "bit": ("bit", "kMGTPE"), "becquerel": ("Bq", "mkMGTPE"), "sievert": ("Sv", "nμm"),
    "gray": ("Gy", "μmk"), "electronvolt": ("eV", "mkMGT"), "farad": ("F", "nμm"), "henry": ("H", "μm"),
    "tesla": ("T", "nμm"), "mole": ("mol", "nμmk"), "gram": ("g", "nμmk"), "metre": ("m", "nμmk"),
    "second": ("s", "nμm"), "litre": ("l", "μmkMG"), "watt hour": ("Wh", "mkMGTP"), "coulomb": ("C", "μm"),
    "parsec": ("pc", "kMG"), "curie": ("Ci", "μmk"), "lumen": ("lm", "km"), "volt-ampere": ("VA", "kM"),
    "bar": ("bar", "mk"),
    "pixel": ("px", "MG"), "bit per second": ("bps", "kMGT"), "tonne": ("t", ""), "calorie": ("cal", "k"),
}  # fmt: skip


def _prefixed() -> None:
    """The decimal multiples of the units that take prefixes, where the tables above do not name them."""
    for name, (sign, allowed) in _PREFIXED.items():
        base = UNITS[name]
        for prefix, (letter, factor) in _PREFIXES.items():
            if letter not in allowed or prefix + name in UNITS:
                continue
            unit = Unit(prefix + name, base.kind, base.dimension, base.factor * factor if base.factor else None)
            words = [prefix + name, *([prefix + name[:-2] + "er"] if name in ("metre", "litre") else [])]
            _add(unit, words, [letter + sign, *(["µ" + sign, "u" + sign] if letter == "μ" else [])])


def _build() -> None:
    for table, kind in ((_TABLE, MEASURE), (_DURATIONS, DURATION)):
        for name, (dimension, factor, words, signs) in table.items():
            _add(Unit(name, kind, dimension, factor), [name, *filter(None, words.split("|"))], signs.split())
    _prefixed()
    for name in _SQUARE:
        side = UNITS[name]
        assert side.factor is not None
        spellings = [name, *([name[:-2] + "er"] if name.endswith("re") else [])]
        shorts = {"metre": "m", "kilometre": "km", "centimetre": "cm", "millimetre": "mm", "inch": "in", "foot": "ft",
                  "yard": "yd", "mile": "mi"}  # fmt: skip
        square = Unit(f"square {name}", MEASURE, "area", side.factor**2)
        cubic = Unit(f"cubic {name}", MEASURE, "volume", side.factor**3)
        short = shorts[name]
        _add(square, [f"square {s}" for s in spellings], [f"{short}²", f"{short}2"])
        _add(cubic, [f"cubic {s}" for s in spellings], [f"{short}³", f"{short}3"])
        for form in (f"sq {short}", f"sq. {short}", f"sq {name}", *(f"sq {_plural(s)}" for s in spellings)):
            UNIT_WORDS[form] = square
        UNIT_WORDS[f"cu {short}"] = cubic
    UNIT_SIGNS["sqft"] = UNIT_SIGNS["sqf"] = UNITS["square foot"]
    UNIT_WORDS["mm hg"] = UNITS["millimetre of mercury"]
    UNIT_SIGNS["sqm"] = UNITS["square metre"]
    UNIT_WORDS["pounds feet"] = UNIT_WORDS["pounds force feet"] = UNITS["pound-foot"]
    UNIT_SIGNS["cc"] = UNITS["cubic centimetre"]
    for word in ("percent", "per cent", "pct", "percentage", "percents"):
        UNIT_WORDS[word] = PERCENT
    UNIT_SIGNS["%"] = UNIT_SIGNS["pc"] = PERCENT
    UNIT_WORDS["percentage point"] = UNIT_WORDS["percentage points"] = PERCENTAGE_POINT
    UNIT_WORDS["percent point"] = UNIT_WORDS["percent points"] = PERCENTAGE_POINT
    UNIT_WORDS["basis point"] = UNIT_WORDS["basis points"] = BASIS_POINT
    UNIT_SIGNS["bps"] = UNIT_SIGNS["bp"] = BASIS_POINT
    UNIT_WORDS["point"] = UNIT_WORDS["points"] = POINT
    UNIT_SIGNS["pts"] = UNIT_SIGNS["pt"] = POINT
    for unit in (PERCENT, PERCENTAGE_POINT, BASIS_POINT, POINT):
        UNITS[unit.name] = unit


PERCENT = Unit("percent", SHARE, "share", 1.0)
PERCENTAGE_POINT = Unit("percentage point", POINTS, "points", 1.0)
BASIS_POINT = Unit("basis point", POINTS, "points", 0.01)
POINT = Unit("point", QuantityKind.NUMBER, "point", 1.0)
_build()
#: Words of the longest unit ("pounds per square inch").
LONGEST_UNIT = max(len(words.split(" ")) for words in UNIT_WORDS)
#: First words of units of several words, so that most words are dismissed with one look.
UNIT_STARTS = frozenset(words.split(" ")[0] for words in UNIT_WORDS)


def unit_named(words: str) -> Unit | None:
    """The unit that the words or the sign name ("miles per hour", "km/h"), or None. White space and hyphens are one."""
    plain = " ".join(words.replace("-", " ").split())
    return UNIT_SIGNS.get(words.strip()) or UNIT_WORDS.get(plain.lower())


def convert(value: float, unit: str, other: str) -> float | None:
    """`value`, given in `unit`, in the unit named `other`; None when no exact factor leads from one to the other.

    A month is not turned into days, nor a ton into tonnes, nor dollars into euros: the text does not say at what rate.
    """
    if unit == other:
        return value
    one, two = UNITS.get(unit), UNITS.get(other)
    if one is None or two is None or one.dimension != two.dimension:
        return None
    if one.dimension == "temperature":
        return _temperature(value, unit, other)
    if one.factor is None or two.factor is None:
        return None
    return value * one.factor / two.factor


def _temperature(value: float, unit: str, other: str) -> float:
    kelvin = {
        "kelvin": value,
        "degree celsius": value + 273.15,
        "degree fahrenheit": (value - 32) * 5 / 9 + 273.15,
    }[unit]
    return {
        "kelvin": kelvin,
        "degree celsius": kelvin - 273.15,
        "degree fahrenheit": (kelvin - 273.15) * 9 / 5 + 32,
    }[other]
