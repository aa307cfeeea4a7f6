"""Quantities of `claims` in the conventions of the labelled sentences: their values, comparators and unit names.

The labels spell units in full singular ("percentage", "dollar", "mile per hour"), name what is counted by its lemma
("different product"), write a vague number as one order of magnitude ("dozens": 12-120), leave out ranks, scores,
ratios and most ages, and take each figure of "two hours and 15 minutes" by itself. That is a matter of labelling, so
it lives here and not in the product.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from claims.models import Comparator, Quantity, QuantityKind
from claims.normalisation.currencies import CURRENCIES
from claims.normalisation.quantities import find_quantities
from claims.normalisation.quantities.lexicon import CHANGE, CHANGE_NOUNS, PARTICLES

K, C = QuantityKind, Comparator
Row = dict[str, str | float]

_SIGNS = {
    C.EQUAL: "=",
    C.RANGE: "=",
    C.ABOUT: "~",
    C.ALMOST: "~",
    C.MORE: ">",
    C.AT_LEAST: ">",
    C.LESS: "<",
    C.AT_MOST: "<",
}
_UNITS = {
    "percent": "percentage",
    "tonne": "metric ton",
    "degree celsius": "celsius",
    "degree fahrenheit": "fahrenheit",
    "revolution per minute": "revolutions per minute",
    "pound": "pound-mass",
    "light year": "light-year",
    "ampere hour": "ampere-hour",
    "milliampere hour": "milliampere-hour",
    "fluid ounce": "ounce",
    "troy ounce": "ounce",
    "nautical mile": "mile",
    "metric horsepower": "horsepower",
    "cubic centimetre": "millilitre",
    "millimetre of mercury": "millimeter of mercury",
    "atmosphere": "standard atmosphere",
    "nit": "candela per square metre",
    "kilotonne": "kiloton",
    "megatonne": "megaton",
    "gigatonne": "gigaton",
    "million british thermal units": "mega british thermal unit",
}
#: Units that the labels tell apart by how they are written.
_AS_WRITTEN = {
    "pound-foot": (r"lb.?ft|ft.?lb|foot", "foot pound-force"),
    "horsepower": ("bhp|brake", "brake horsepower"),
}
_CURRENCIES = {
    "GBP": "pound sterling",
    "USD": "dollar",
    "ILS": "shekel",
    "PLN": "polish złoty",
    "CRC": "costa rican colón",
    "AED": "united arab emirates dirham",
}
_PARTS = {"ppm": "parts-per-million", "ppb": "parts-per-billion", "ppt": "parts-per-trillion"}
_MINOR = re.compile(r"(?:\b(?:cents?|pence|penny|pennies|sen|paisa|paise|kopecks?|centavos?)|(?<=\d)[pc])\b|¢")
_LEMMAS = dict(
    pair.split(":")
    for pair in (
        "men:man women:woman children:child feet:foot teeth:tooth mice:mouse geese:goose wives:wife lives:life"
        " knives:knife halves:half wolves:wolf leaves:leaf shelves:shelf thieves:thief criteria:criterion"
        " phenomena:phenomenon viruses:virus buses:bus campuses:campus statuses:status bonuses:bonus gases:gas"
        " lenses:lens movies:movie shoes:shoe cookies:cookie ties:tie rookies:rookie zombies:zombie goalies:goalie"
        " calories:calorie heroes:hero potatoes:potato tomatoes:tomato crises:crisis analyses:analysis"
        " series:series species:species people:people data:data media:media police:police news:news sports:sport"
        " policemen:policeman gunmen:gunman firemen:fireman businessmen:businessman congressmen:congressman"
        " best:good better:good worst:bad worse:bad bigger:big biggest:big realest:real latest:late earliest:early"
        " easiest:easy happiest:happy busiest:busy wealthiest:wealthy deadliest:deadly costliest:costly"
        " largest:large larger:large finest:fine closest:close safest:safe wisest:wise rarest:rare nicest:nice"
        " simplest:simple hottest:hot fittest:fit saddest:sad thinnest:thin most: more: td:touch_down"
        " smaller:small newer:new older:old higher:high lower:low younger:young longer:long shorter:short faster:fast"
        " slower:slow cheaper:cheap stronger:strong weaker:weak richer:rich poorer:poor smarter:smart safer:safe"
        " selfies:selfie hoodies:hoodie brownies:brownie smoothies:smoothie birdies:birdie newbies:newbie"
        " diagnoses:diagnosis hypotheses:hypothesis theses:thesis indices:index"
        " tds:touch_down"
    ).split(" ")
)
_NO_SUPERLATIVE = (
    "west", "interest", "forest", "harvest", "protest", "request", "contest", "conquest", "inquest", "manifest",
    "digest", "honest", "earnest", "arrest", "tempest", "guest", "modest", "invest", "behest", "suggest",
)  # fmt: skip
#: Ends of stems that lost an "e" before "est".
_SILENT = ("rg", "rang", "fin", "clos", "saf", "wis", "rar", "nic", "mpl", "bl", "rc", "av", "lat", "wid", "ens", "pur",
           "tl", "cut", "rud", "sever", "tru", "vagu", "whit", "pal")  # fmt: skip
_USES = frozenset("uses muses fuses ruses abuses excuses refuses".split())
_PERCENT = re.compile(r"%|per ?cent|pct|pc\b", re.I)
#: A unit that a hyphen joins to a number in words: "five-year", "ten-point".
_WORD_COMPOUND = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|teen|ty)-"
    r"(?!(?:one|two|three|four|five|six|seven|eight|nine)\b|[a-z]*(?:ths?|rds?|nd|st|quarters?|hal(?:f|ves))\b)[a-z]+",
    re.I,
)
#: A measure of rank before a count, which the labels keep: "a record 32 goals", "a career-best 19 goals".
_RANKED = re.compile(r"\b(record|[a-z]+-(?:best|high|low|record|worst))(?:-\w+)? $", re.I)
_SCORED = frozenset("lead win victory loss defeat record vote deficit advantage draw".split())
_SMALL = frozenset("the a an of in for to and that its their his her my our your".split())


def predict(data: Path) -> list[list[Row]]:
    """One list of rows per sentence of `quantities.json` in the folder."""
    sentences = json.loads((data / "quantities.json").read_text(encoding="utf-8"))
    return [rows(sentence["text"]) for sentence in sentences]


def rows(text: str) -> list[Row]:
    """The rows of one sentence."""
    quantities = [q for q in find_quantities(text, whole=False) if labelled(q, text)]
    return merged(text, quantities)


def labelled(q: Quantity, text: str) -> bool:
    """Whether the labels hold figures of this sort."""
    if (
        q.kind is K.AGE
        and not re.search(r"old|years", q.as_written)
        and re.search(r"(?:,|\(|age[ds]?(?: between| from| \d+ (?:and|or))?) $|\($", text[: q.start])
    ):
        return False
    if q.kind is K.RANK or (q.kind is K.RATIO and not q.as_written.endswith("times")):
        return False
    if re.search(r"\ba (?:decade|century|millennium|fortnight)", q.as_written):
        return False  # "more than a decade"
    if re.search(r"-(?:year|month|week|day)", q.as_written) and q.kind is K.DURATION:
        return False  # "a five-year award"
    if q.kind is not K.AGE and _WORD_COMPOUND.search(q.as_written):
        return False  # "a ten-minute walk"
    joined = text[q.end : q.end + 1] == "-" and text[q.end + 1 : q.end + 2].isalpha()
    return not (q.kind is K.COUNT and joined and not re.search(r"-,? (?:and|or) $", text[: q.start]))


def merged(text: str, quantities: list[Quantity]) -> list[Row]:
    """Rows; "from A (in 2008) to B (in 2020)" is one range in the labels."""
    out: list[Row] = []
    i = 0
    while i < len(quantities):
        q = quantities[i]
        if i + 1 < len(quantities):
            r = quantities[i + 1]
            between = text[q.end : r.start]
            before = text[max(0, q.start - 12) : q.start]
            if (
                re.search(r"\bfrom (?:about |up )?$", before)
                and re.fullmatch(r"[^,;.]{0,25}?\bto ", between)
                and q.value is not None
                and r.value is not None
                and not (re.search(r"\bup from ", before) and r.value < q.value)
                and not (re.search(r"\bdown from ", before) and r.value > q.value)
                and (q.unit == r.unit or q.unit is None or r.unit is None)
            ):
                out.append(
                    {
                        "value": f"{number(q.value)}-{number(r.value)}",
                        "change": "=" if q.comparator is C.AT_MOST else sign(q, text),
                        "unit": unit(q if q.per or not (r.unit or r.of) else r),
                    }
                )
                i += 2
                continue
        named = "age" if q.kind is K.AGE and re.search(r"the age of $", text[: q.start]) else unit(q)
        if q.kind is K.SCORE:
            noun = re.match(r" ([a-z]+)", text[q.end :])
            named = noun[1] if noun and noun[1] in _SCORED else "-"
        if q.kind is K.COUNT and q.of and (ranked := _RANKED.search(text[max(0, q.start - 30) : q.start])):
            named = f"{ranked[1].lower()} {named}"
        out.append({"value": value(q), "change": sign(q, text), "unit": named})
        i += 1
    return out


def number(value: float | None) -> str:
    return f"{value:.10g}" if value is None or abs(value) < 1e10 else f"{value:.0f}"


def value(q: Quantity) -> float | str:
    factor = 100 if minor(q) else 1
    if q.kind is K.SCORE:
        return "-".join(re.findall(r"\d+", q.as_written)[:2])
    if q.value is not None:
        if q.kind is K.SHARE and not _written_in_percent(q):
            return q.value / 100
        return q.value * factor
    if q.high_open or q.low is None or q.high is None:
        base = q.precision if q.low is None else q.low / 2
        return f"{number(base)}-{number(base * 10)}"
    return f"{number(q.low * factor)}-{number(q.high * factor)}"


def _written_in_percent(q: Quantity) -> bool:
    """Whether a share is written with its sign or word, or takes it over ("40 percent, down from 60")."""
    return bool(_PERCENT.search(q.as_written)) or q.as_written.replace(".", "").isdigit()


def minor(q: Quantity) -> bool:
    return q.kind is K.MONEY and bool(_MINOR.search(q.as_written))


def sign(q: Quantity, text: str) -> str:
    """The labels give a direction where a verb or "up" and "down" says it, not for "a 5% increase"."""
    if q.change is not None and q.comparator in (C.EQUAL, C.ABOUT, C.ALMOST):
        words = re.findall(r"[a-z]+", text[max(0, q.start - 60) : q.start].lower())[-5:]
        noun = len(words) > 1 and words[-1] == "of" and words[-2] in CHANGE_NOUNS
        noun |= words[-1:] in (["just"], ["only"])  # "grew by just 3%" has "=" in the labels
        verb = any(word in CHANGE or word in PARTICLES for word in words) or words[-2:] == ["put", "on"]
        return q.change if verb and not noun else "="
    if q.kind in (K.SHARE, K.MONEY) and q.value is not None and q.value < 0:
        return "down"
    if q.as_written.startswith("+") and q.kind in (K.SHARE, K.POINTS, K.NUMBER):
        return "up"
    if q.as_written.lower().startswith("within"):
        return "="
    if (
        q.comparator in (C.ABOUT, C.ALMOST)
        and text[q.start - 1 : q.start] == "("
        and not re.match(r"[a-z~≈]", q.as_written, re.I)
    ):
        return "="  # a conversion in brackets
    if q.as_written.lower().startswith(("as many as", "as much as", "as few as", "as little as", "as low as")):
        return q.change or "="
    if q.kind is K.DURATION and re.search(r"\bover $", text[: q.start]):
        return ">"
    if re.match(r"\S+ more ", text[q.start : q.end + 20]) and q.kind is K.COUNT:
        return ">"
    return _SIGNS[q.comparator]


def unit(q: Quantity) -> str:
    """The unit's name in the labels."""
    name = main_unit(q)
    return f"{name} per {_UNITS.get(q.per, q.per)}" if q.per and name != "-" else name


def main_unit(q: Quantity) -> str:
    if q.kind is K.MONEY and q.unit is not None:
        if q.unit == "INR" and not minor(q) and not re.search("₹|INR|ndia", q.as_written):
            return "rupee"
        if not minor(q):
            return _CURRENCIES.get(q.unit, CURRENCIES[q.unit].name)
        if re.search(r"\dp$", q.as_written):
            return "point"  # so the labels read "118p"
        return "sen" if "sen" in q.as_written else CURRENCIES[q.unit].minor
    if q.kind is K.AGE:
        return f"{q.unit} of age"
    if q.kind is K.RATIO:
        return "time"
    if q.kind is K.SHARE and not _written_in_percent(q):
        return f"% {lemma(q.of)}" if q.of else "-"
    if q.unit in _AS_WRITTEN:
        pattern, name = _AS_WRITTEN[q.unit]
        if re.search(pattern, q.as_written):
            return name
    if q.unit is not None:
        name = _PARTS.get(q.as_written[-3:]) or _UNITS.get(q.unit, q.unit)
        return f"{name} of {lemma(q.of)}" if q.unit == "barrel" and q.of else name
    return lemma(q.of) if q.of else "-"


def lemma(words: str | None) -> str:
    """What is counted, by the lemmas of its words."""
    proper = re.match(r"(?:[A-Z][\w-]*(?<!n|h|e|i) (?:-\d+ )?)+(?=[a-z])", words or "")
    words = words[proper.end() :] if words and proper else words  # the labels leave out the names of makers
    parts = [singular(word) for word in (words or "").split(" ") if word.lower() not in _SMALL]
    return " ".join(part for part in parts if part).replace("_", " ") or "-"


def singular(word: str) -> str:
    """The lemma of one word of a noun phrase: singulars of nouns, positives of adjectives."""
    low = word.lower()
    if low in _LEMMAS:
        return _LEMMAS[low]
    if word.endswith("s") and word[:-1].isupper() and len(word) > 2:
        return word[:-1]
    if low.endswith("est") and len(low) > 5 and not low.endswith(_NO_SUPERLATIVE):
        return _positive(word[:-3])
    if low.endswith("men") and len(low) > 4 and low not in ("specimen", "regimen", "abdomen"):
        return word[:-2] + "an"
    if low.endswith("ies") and len(low) > 4:
        return word[:-3] + "y"
    if low.endswith("oes") and len(low) > 5 and not low.endswith(("shoes", "canoes")):
        return word[:-2]
    if low.endswith("uses") and low[-5:-4] not in ("a", "o", "") and low not in _USES:
        return word[:-2]
    if low.endswith(("sses", "shes", "ches", "xes", "zzes")) and not low.endswith("aches"):
        return word[:-2]
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _positive(stem: str) -> str:
    """The adjective whose superlative is the stem with "est"."""
    if stem.endswith("i"):
        return stem[:-1] + "y"
    if stem[-1] == stem[-2] and stem[-1] in "bdgmnpt":
        return stem[:-1]
    return stem + "e" if stem.endswith(_SILENT) else stem
