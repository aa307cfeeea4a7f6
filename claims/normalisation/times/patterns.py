"""The patterns of times in English news. Each is matched at a known place, never searched for in a whole text."""

from __future__ import annotations

import re

from claims.normalisation.times.lexicon import ZONES

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![a-z])"
)
_WEEKDAY = (
    r"(?:Mon(?:day|\.)?|Tue(?:s?day|s?\.|s)?|Wed(?:nesday|s?\.|s)?|Thu(?:rsday|rs?\.|rs?|\.)?|Fri(?:day|\.)?"
    r"|Sat(?:urday|\.)?|Sun(?:day|\.)?)(?![a-z])"
)
_YEAR = r"(?:1[0-9]|20|21)\d\d(?!\d|[.,]\d|%)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\dA-Za-z]|[.,:]\d|%)"
_DASH = r"\s?[-–—]\s?"
_TO = rf"(?:{_DASH}|\s(?:to|through|until|till)\s(?:the\s)?)"
_SP = r"[ \t\u00a0\u2009\u202f]{1,3}"
_GAP = r"\s{1,3}"
_PART = r"(?:earlier|early|later|late|mid)"
_UNIT = (
    r"(?:minutes?|hours?|days?|nights?|weeks?|fortnight|weekends?|months?|quarters?|years?|decades?|century|centuries)"
)
_NUMBER = (
    r"(?:\d{1,3}(?![\d.,]\d)|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
)
_VAGUE = r"(?:several|(?:a|the)\sfew|few|some|many|a\scouple\sof|a\scouple|couple\sof|a\snumber\sof|dozens\sof)"
_DAYPART = r"(?:\s(?:early\s|late\s)?(?:morning|afternoon|evening|night|midday|noon|lunchtime)\b)"
_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?(?!\d)(?:\s?(?:[ap]\.?\s?m\b\.?))?|(?:1[0-2]|0?[1-9])\s?[ap]\.?\s?m\b\.?)"
    rf"(?:\s?(?:\(?(?:{ZONES})\)?(?![A-Za-z])))?"
)
_STRICT_CLOCK = (
    r"(?:(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])(?:\s?(?:[ap]\.?\s?m\b\.?))?"
    r"|(?:1[0-2]|0?[1-9])(?:\.[0-5]\d)?\s?[ap]\.?\s?m\b\.?)"
    rf"(?:\s?(?:\(?(?:{ZONES})\)?(?![A-Za-z])))?"
)


ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?!\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?")
ISO_SLASH = re.compile(r"((?:19|20)\d\d)([/.])(\d{1,2})\2(\d{1,2})(?!\d|[/.]\d)")
NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d|\d\d)(?!\d|[./-]\d|%)")
DAY_MONTH = re.compile(
    rf"(?P<d1>{_DAY})(?:(?:{_TO}|\s(?:and|or)\s|/)(?P<d2>{_DAY}))?{_GAP}(?:of\s)?(?P<month>{_MONTH})"
    rf"(?:,?{_GAP}(?P<year>{_YEAR})|{_SP}['’](?P<yy>\d\d)(?!\d))?",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"(?P<month>{_MONTH}){_SP}(?:the\s)?(?P<d1>{_DAY})(?:(?:{_TO}|\s?(?:and|&|or)\s)(?P<d2>{_DAY})(?!{_SP}{_MONTH}))?"
    rf"(?:,?{_GAP}(?P<year>{_YEAR})|{_SP}['’](?P<yy>\d\d)(?!\d))?",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    rf"(?P<month>{_MONTH})(?:,?{_SP}(?:of\s)?(?P<year>{_YEAR})|{_SP}['’](?P<yy>\d\d)(?!\d))", re.IGNORECASE
)
MONTH_ALONE = re.compile(rf"(?P<month>{_MONTH})", re.IGNORECASE)
MONTH_REL = re.compile(rf"(?P<month>{_MONTH})\s(?:of\s)?(?P<mod>last|this|next)\syear\b", re.IGNORECASE)
WEEKDAY_HEAD = re.compile(rf"(?P<wd>{_WEEKDAY})", re.IGNORECASE)
AFTER_WEEKDAY = re.compile(r",?\s{1,2}\(?(?:the\s|on\s)?(?=[A-Z0-9])", 0)
AFTER_PART = re.compile(_DAYPART, re.IGNORECASE)
CLOCK_AFTER = re.compile(
    rf",?\s(?:at\s|around\s|about\s|by\s)?(?:about\s|around\s)?(?P<clock>{_STRICT_CLOCK})", re.IGNORECASE
)
CLOCK_FIRST = re.compile(_STRICT_CLOCK, re.IGNORECASE)
CLOCK_LINK = re.compile(
    r"(?:,?\s(?:on\s|of\s)?(?:the\s(?:evening|morning|afternoon|night)\sof\s)?|(?<=[A-Za-z)])(?=\d))", re.IGNORECASE
)
DECADE = re.compile(r"((?:1[0-9]|20)\d0)['’]?s\b(?!['’])")
SHORT_DECADE = re.compile(r"['’]([2-9]0)s\b")
CENTURY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)[-\s]century\b", re.IGNORECASE)
WORD_CENTURY = re.compile(r"([a-z]+(?:-first)?)[-\s]century\b", re.IGNORECASE)
YEAR_RANGE = re.compile(
    rf"({_YEAR})\s?(?:[-–—/]|to|through)\s?((?:1[0-9]|20|21)\d\d|\d\d)(?!\d|[.,/-]\d|%|\s?[ap]\.?m\b)"
)
YEAR_ONLY = re.compile(rf"({_YEAR})(?![-/]\d|st\b|nd\b|rd\b|th\b)")
BC = re.compile(r"\s?(?:B\.?C\.?E?|A\.?D\.?|C\.?E)\b")
RELATIVE = re.compile(
    rf"(?:(?P<n>{_NUMBER})|(?P<vague>{_VAGUE}))[-\s](?:and\sa\shalf\s)?(?:(?:calendar|full|whole|long|short|more)\s)?"
    rf"(?P<unit>{_UNIT})(?:\sand\sa\shalf)?\s(?P<dir>ago|earlier|before|later|after|from\snow|previously|prior|hence|afterwards?|in\sadvance)\b",
    re.IGNORECASE,
)
HALF = re.compile(r"half\sa[n]?\s(?P<unit>century|decade|year)\s(?P<dir>ago|earlier|later)\b", re.IGNORECASE)
MODIFIED = re.compile(
    rf"(?P<mod>last|past|this|next|coming|previous|preceding|following|same|recent|current|ensuing)\s"
    rf"(?:(?P<n>{_NUMBER})\s|(?P<vague>{_VAGUE}|few|several)\s)?(?:full\s|calendar\s|fiscal\s|financial\s|consecutive\s)?"
    rf"(?:(?P<unit>{_UNIT})|(?P<part>morning|afternoon|evening)|(?P<wd>{_WEEKDAY})|(?P<month>{_MONTH})"
    r"|(?P<season>spring|summer|autumn|fall|winter))(?![A-Za-z-])",
    re.IGNORECASE,
)
PREFIXED = re.compile(
    rf"(?P<part>{_PART})[-\s](?:in\s(?:the\s)?|on\s|to[-\s]late\s|to[-\s]mid[-\s])?(?P<rest>(?=\S))", re.IGNORECASE
)
EDGE = re.compile(
    r"(?P<edge>end|close|start|beginning|middle|eve|turn|first\shalf|second\shalf|dawn|outset|height)\sof\s"
    r"(?:the\s)?(?P<rest>(?=\S))",
    re.IGNORECASE,
)
QUARTER = re.compile(
    r"(?:(?P<word>first|second|third|fourth|final|1st|2nd|3rd|4th)[-\s](?:fiscal[-\s])?(?P<span>quarter|half)"
    r"|Q(?P<q>[1-4])|(?P<q2>[1-4])Q|H(?P<h>[12]))(?![A-Za-z0-9])"
    rf"(?:(?:\s(?:of\s|in\s)?(?:the\s)?(?:(?:fiscal|financial)\s(?:year\s)?)?|[-/]|,\s)?(?:(?P<year>{_YEAR})|['’]?(?P<yy>(?<=['’])\d\d)(?!\d)"
    r"|(?P<mod>(?<=\s)(?:this|last|next))\s(?:fiscal\s|financial\s)?year\b|(?P<the>(?<=the\s)year)\b))?",
    re.IGNORECASE,
)
FISCAL = re.compile(
    rf"(?:FY\s?['’]?|(?:fiscal|financial)\s(?:year\s)?)(?P<y1>{_YEAR}|\d\d(?!\d))(?:\s?[-–/]\s?(?P<y2>\d{{4}}|\d\d)(?!\d))?",
    re.IGNORECASE,
)
SEASON = re.compile(
    rf"(?P<season>spring|summer|autumn|fall|winter)(?:\s(?:of\s)?(?:(?P<year>{_YEAR})|(?P<mod>this|last|next)\syear))?(?![A-Za-z-])",
    re.IGNORECASE,
)
SIMPLE = re.compile(
    r"(?:the\sday\sbefore\syesterday|the\sday\safter\stomorrow|today|yesterday|tomorrow|tonight|overnight)\b",
    re.IGNORECASE,
)
CONTEXTUAL = re.compile(
    r"(?P<same>(?:that|the)\s(?:very\s)?same\s(?:day|night|week|month|year)|that\s(?:same\s)?(?:day|night|week|month|year|morning|evening|afternoon))\b"
    r"|(?:the\s)?(?P<prev>previous|preceding|prior)\s(?P<u1>day|night|week|month|year|quarter|evening|morning)\b"
    r"|(?:the\s)?(?P<next>following|next)\s(?P<u2>day|night|week|month|year|quarter|evening|morning)\b"
    r"|the\s(?P<u3>day|night|week|month|year|morning|evening)\s(?P<dir>before|after|earlier|later)\b"
    r"|(?:the\s|on\s)?(?P<eve>eve)\sof\b",
    re.IGNORECASE,
)
# "a day before the vote": counted from an event, whose day the words do not give.
EVENT = re.compile(r"\s(?!and\b|but\b|when\b|as\b|he\b.{0,3}said|said\b)['\"“‘]?[A-Za-z0-9]")
HOLIDAY = re.compile(
    r"(?:Christmas(?:\s(?:Eve|Day))?|Boxing\sDay|New\sYear['’]s(?:\s(?:Eve|Day))?|Valentine['’]s\sDay|Halloween)\b"
)
HOLIDAY_YEAR = re.compile(rf",?\s(?:of\s|in\s)?(?P<year>{_YEAR})")

EDGE_PART = {
    "end": "late",
    "close": "late",
    "start": "early",
    "beginning": "early",
    "dawn": "early",
    "outset": "early",
    "turn": "early",
    "middle": "mid",
    "height": "mid",
}

CLOCK_HOURS = re.compile(rf"(?:[01]\d|2[0-3])[0-5]\d\s?(?:{ZONES}|hours|hrs)(?![A-Za-z])")
AHEAD = re.compile(
    rf"(?:(?P<n>{_NUMBER})|(?P<vague>{_VAGUE}))\s(?P<unit>{_UNIT})(?P<time>['’]?s?['’]?\stime)?(?![A-Za-z'’-])",
    re.IGNORECASE,
)
NOON = re.compile(r"(?:noon|midnight)(?:\sGMT|\sUTC)?,?\s(?:on\s)?", re.IGNORECASE)
ORDINAL_DAY = re.compile(
    r"(?P<day>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth"
    r"|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth)\s(?:day\s)?of\s"
    rf"(?P<month>{_MONTH})(?:,?\s(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
