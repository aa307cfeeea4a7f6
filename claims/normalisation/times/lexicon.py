"""The words that name times in English news."""

from __future__ import annotations

MONTHS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "january jan",
        "february feb",
        "march mar",
        "april apr",
        "may",
        "june jun",
        "july jul",
        "august aug",
        "september sept sep",
        "october oct",
        "november nov",
        "december dec",
    ),
    start=1,
):
    for _name in _names.split():
        MONTHS[_name] = _number

WEEKDAYS: dict[str, int] = {}
for _number, _names in enumerate(
    (
        "monday mon",
        "tuesday tues tue",
        "wednesday weds wed",
        "thursday thurs thur thu",
        "friday fri",
        "saturday sat",
        "sunday sun",
    )
):
    for _name in _names.split():
        WEEKDAYS[_name] = _number

# Abbreviations that are words of their own: they name a day only beside a day of the month.
WEAK_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "thur", "fri", "sat", "sun", "weds"})
# Month names that are also words or given names: alone they need a cue.
WEAK_MONTHS = frozenset({"may", "march", "mar", "april", "june", "august", "jan", "jun", "jul", "dec", "sep", "apr"})

CARDINALS = {
    word: number
    for number, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty"
        ).split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

ORDINALS = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        start=1,
    )
} | {"twenty-first": 21, "final": 4, "last": 4}

UNITS = {
    "minute": "minute",
    "minutes": "minute",
    "hour": "hour",
    "hours": "hour",
    "day": "day",
    "days": "day",
    "night": "night",
    "nights": "night",
    "week": "week",
    "weeks": "week",
    "fortnight": "week",
    "weekend": "weekend",
    "weekends": "weekend",
    "month": "month",
    "months": "month",
    "quarter": "quarter",
    "quarters": "quarter",
    "year": "year",
    "years": "year",
    "decade": "decade",
    "decades": "decade",
    "century": "century",
    "centuries": "century",
}

# Days of the year with a fixed date everywhere.
HOLIDAYS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "christmas": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
    "new year's": (1, 1),
    "valentine's day": (2, 14),
    "halloween": (10, 31),
}

# Time zones and marks that may follow a clock time.
ZONES = "GMT|UTC|BST|CET|CEST|EET|EST|EDT|ET|CST|CDT|CT|MST|MDT|MT|PST|PDT|PT|IST|MSK|JST|AEST|AEDT|local time"

# Nouns in the plural that follow a year rather than being counted by it ("the 2016 elections").
YEAR_HEADS = frozenset(
    "elections games primaries midterms olympics talks protests riots results attacks finals championships awards "
    "accords sanctions guidelines rules levels highs lows figures sales profits earnings revenues estimates series "
    "news wildfires floods bombings killings olympians graduates hearings negotiations polls campaigns hostilities "
    "prices crisis census congress process access business business's was is has".split()
)
