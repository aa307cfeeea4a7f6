"""Titles, ranks and offices that stand before or beside a person's name.

The order of military ranks follows NATO STANAG 2116 (OF-10 to OR-1), where a rank is common to English-speaking
services.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class TitleRelation(StrEnum):
    """How two titles stand to each other."""

    SAME = "same"  # equal, or one abbreviates the other
    BROADER = "broader"  # one says less: "General" and "Major General", "minister" and "foreign minister"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Title:
    """A parsed title: the words spelled out in lower case, what sort it is, and what it says of the person.

    `kind` is "rank", "office", "honorific" or "profession". `level` orders ranks of one service, higher is higher;
    0 where there is no order. `gender` is "m" or "f" where the title tells it.
    """

    text: str
    kind: str
    level: int = 0
    gender: str | None = None


# Higher is higher. Spellings of one rank share a line; levels are the NATO codes times ten.
_RANKS: dict[str, int] = {}
for _level, _names in (
    (195, "field marshal|marshal|general of the army|fleet admiral|admiral of the fleet|marshal of the air force"),
    (190, "general|admiral|army general|air chief marshal"),
    (180, "lieutenant general|vice admiral|colonel general|air marshal"),
    (170, "major general|rear admiral|air vice marshal"),
    (160, "brigadier general|brigadier|commodore|air commodore"),
    (150, "colonel|group captain"),
    (140, "lieutenant colonel|wing commander"),
    (130, "major|lieutenant commander|squadron leader"),
    (115, "first lieutenant|flight lieutenant|senior lieutenant"),
    (110, "lieutenant|second lieutenant|sub-lieutenant|flying officer|ensign"),
    (90, "chief warrant officer|warrant officer"),
    (89, "sergeant major|command sergeant major|chief master sergeant|chief petty officer|master gunnery sergeant"),
    (88, "master sergeant|first sergeant|senior chief petty officer"),
    (87, "sergeant first class|gunnery sergeant"),
    (86, "staff sergeant|technical sergeant|petty officer"),
    (85, "sergeant"),
    (84, "corporal|specialist|lance corporal|senior airman"),
    (82, "private first class|airman|seaman"),
    (81, "private"),
):
    for _name in _names.split("|"):
        _RANKS[_name] = _level
# "Captain" and "commander" differ by service, so they have no place in the order.
_UNORDERED = {"captain": 0, "commander": 0, "constable": 0, "inspector": 0, "detective": 0, "superintendent": 0}

_HONORIFICS: dict[str, str | None] = {
    "mr": "m",
    "mister": "m",
    "mrs": "f",
    "ms": "f",
    "miss": "f",
    "madam": "f",
    "madame": "f",
    "mme": "f",
    "monsieur": "m",
    "herr": "m",
    "frau": "f",
    "sir": "m",
    "dame": "f",
    "lord": "m",
    "lady": "f",
    "king": "m",
    "queen": "f",
    "prince": "m",
    "princess": "f",
    "crown prince": "m",
    "duke": "m",
    "duchess": "f",
    "emperor": "m",
    "empress": "f",
    "sultan": "m",
    "emir": "m",
    "sheikh": "m",
    "sheikha": "f",
    "imam": "m",
    "ayatollah": "m",
    "grand ayatollah": "m",
    "mullah": "m",
    "pope": "m",
    "father": "m",
    "sister": "f",
    "brother": "m",
    "cardinal": "m",
    "archbishop": None,
    "bishop": None,
    "pastor": None,
    "reverend": None,
    "rabbi": None,
    "saint": None,
    "congressman": "m",
    "congresswoman": "f",
    "chairman": None,
    "chairwoman": "f",
    "spokesman": "m",
    "spokeswoman": "f",
    "policeman": "m",
    "first lady": "f",
    "actress": "f",
    "businessman": "m",
    "businesswoman": "f",
}

ABBREVIATIONS = {
    "gen": "general",
    "lt": "lieutenant",
    "maj": "major",
    "brig": "brigadier",
    "col": "colonel",
    "cpl": "corporal",
    "sgt": "sergeant",
    "capt": "captain",
    "cmdr": "commander",
    "cdr": "commander",
    "adm": "admiral",
    "pvt": "private",
    "pfc": "private first class",
    "det": "detective",
    "insp": "inspector",
    "supt": "superintendent",
    "sen": "senator",
    "sens": "senator",
    "rep": "representative",
    "reps": "representative",
    "gov": "governor",
    "govs": "governor",
    "pres": "president",
    "prof": "professor",
    "dr": "doctor",
    "drs": "doctor",
    "rev": "reverend",
    "hon": "honorable",
    "fr": "father",
    "st": "saint",
    "atty": "attorney",
    "dep": "deputy",
    "asst": "assistant",
    "messrs": "mr",
    "pm": "prime minister",
    "ceo": "chief executive",
    "cfo": "chief financial officer",
    "coo": "chief operating officer",
    "vp": "vice president",
    "mp": "member of parliament",
    "mep": "member of the european parliament",
    "ag": "attorney general",
    "fm": "foreign minister",
    "sec": "secretary",
    "sgts": "sergeant",
    "spc": "specialist",
}
_PLURALS = {
    "presidents": "president",
    "ministers": "minister",
    "senators": "senator",
    "generals": "general",
    "governors": "governor",
    "secretaries": "secretary",
    "representatives": "representative",
    "professors": "professor",
    "judges": "judge",
    "justices": "justice",
    "lawmakers": "lawmaker",
    "democrats": "democrat",
    "republicans": "republican",
}

# Words that make an office, alone or with a qualifier before them ("foreign minister", "deputy oil minister").
OFFICE_HEADS = frozenset(
    "president minister premier chancellor secretary ambassador envoy senator representative governor mayor judge "
    "justice attorney prosecutor chief director commissioner chairman chairwoman chairperson chair speaker leader "
    "spokesman spokeswoman spokesperson deputy officer executive commander coach manager head counselor counsellor "
    "adviser advisor coordinator administrator superintendent sheriff marshal treasurer comptroller ombudsman "
    "lawmaker congressman congresswoman councilman councilwoman councillor councilor legislator delegate whip "
    "candidate nominee principal dean provost rector chief-of-staff undersecretary consul counsel solicitor general "
    "founder cofounder owner partner economist analyst strategist inspector owner captain striker "
    "goalkeeper midfielder defender quarterback pitcher goalie negotiator regent viceroy rapporteur".split()
)
PROFESSIONS = frozenset(
    "doctor professor lawyer attorney engineer scientist researcher historian journalist reporter author writer actor "
    "actress singer rapper musician director producer artist activist farmer teacher student professor economist "
    "analyst nurse surgeon physician pilot astronaut veteran columnist correspondent editor photographer cleric "
    "billionaire businessman businesswoman tycoon entrepreneur comedian comic host anchor philosopher poet novelist "
    "detective sergeant officer constable trooper deputy firefighter candidate star player defector dissident "
    "whistleblower pastor bishop archbishop democrat republican pollster chef designer architect biologist "
    "physicist chemist astronomer epidemiologist psychologist prosecutor investor banker trader broker".split()
)
QUALIFIERS = frozenset(
    "vice deputy assistant acting interim former ex-president ex late then-president then president-elect elect "
    "prime foreign defense defence finance interior health education justice energy oil trade economy economic "
    "transport transportation agriculture culture environment labor labour home security national state federal "
    "first second senior junior chief general attorney managing executive police press army navy air force supreme "
    "military white house under permanent special district house senate majority minority crown grand lieutenant "
    "major brigadier rear field staff sergeant master lance warrant communications campaign central bank treasury "
    "opposition parliament parliamentary presidential parliamentary republican democratic democrat conservative labour "
    "liberal co party provincial regional county city town world human rights legal political media public affairs "
    "incoming outgoing newly-elected longtime veteran top intelligence cabinet shadow high court circuit appeals "
    "information commerce housing planning development tourism sports science technology internal external relations "
    "petroleum industry water immigration counterterrorism operations financial operating technical marketing medical "
    "fire school athletic football head team club owner honorary retired emeritus secretary associate adjunct "
    "independent joint".split()
)

# Words that place a person beside another, and the gender they tell; they are no titles.
RELATIONS: dict[str, str | None] = {
    "counterpart": None,
    "colleague": None,
    "ally": None,
    "rival": None,
    "opponent": None,
    "successor": None,
    "predecessor": None,
    "wife": "f",
    "husband": "m",
    "son": "m",
    "daughter": "f",
    "brother": "m",
    "sister": "f",
    "mother": "f",
    "father": "m",
    "grandfather": "m",
    "grandmother": "f",
    "uncle": "m",
    "aunt": "f",
    "nephew": "m",
    "niece": "f",
    "cousin": None,
    "widow": "f",
    "girlfriend": "f",
    "boyfriend": "m",
    "spouse": None,
    "friend": None,
}

# Longest first, so that "major general" is seen before "major".
_KNOWN_RANKS = sorted({**_RANKS, **_UNORDERED}, key=lambda name: -len(name))
_NOISE = frozenset(
    {
        "the",
        "his",
        "her",
        "its",
        "their",
        "former",
        "ex",
        "then",
        "late",
        "retired",
        "acting",
        "interim",
        "incoming",
        "outgoing",
    }
)


@lru_cache(maxsize=8192)
def expand(title: str) -> str:
    """The words of a title in lower case, abbreviations spelled out: "Maj. Gen." → "major general"."""
    words = []
    for raw in re.split(r"[\s\u00a0-]+", title.strip().lower()):
        word = raw.strip(".,;:()'’\"")
        if not word:
            continue
        word = word.replace(".", "")
        word = ABBREVIATIONS.get(word, _PLURALS.get(word, word))
        words.append({"defence": "defense", "labour": "labor", "advisor": "adviser"}.get(word, word))
    return " ".join(words)


@lru_cache(maxsize=8192)
def parse_title(title: str) -> Title | None:
    """The title that the words stand for, or None when they are no title known to the lexicon."""
    words = expand(title)
    if not words:
        return None
    if words in _RANKS or words in _UNORDERED:
        return Title(words, "rank", _RANKS.get(words, 0))
    if words in _HONORIFICS:
        return Title(words, "honorific", gender=_HONORIFICS[words])
    parts = words.split()
    gender = next((_HONORIFICS[p] for p in parts if _HONORIFICS.get(p)), None)
    if parts[0] in ("retired", "former", "ex", "late") and " ".join(parts[1:]) in _RANKS:
        rest = " ".join(parts[1:])
        return Title(words, "rank", _RANKS[rest])
    if any(p in OFFICE_HEADS for p in parts):
        return Title(words, "office", gender=gender)
    if parts[-1] in PROFESSIONS:
        return Title(words, "profession", gender=gender)
    if gender:
        return Title(words, "honorific", gender=gender)
    return None


@lru_cache(maxsize=8192)
def rank_in(title: str) -> Title | None:
    """The military or police rank that a longer title holds: "chief of staff Gen." → general."""
    words = f" {expand(title)} "
    for name in _KNOWN_RANKS:
        at = words.rfind(f" {name} ")
        if at >= 0:
            if name == "general" and words[:at].endswith(
                (
                    " secretary",
                    " attorney",
                    " director",
                    " governor",
                    " consul",
                    " solicitor",
                    " surgeon",
                    " inspector",
                    " auditor",
                    " postmaster",
                )
            ):
                continue
            if name == "private" or (name in ("major", "marshal", "constable", "specialist") and words.strip() != name):
                continue
            return Title(name, "rank", {**_RANKS, **_UNORDERED}[name])
    return None


def compare_titles(a: str, b: str) -> TitleRelation:
    """Whether two titles say the same of a person.

    "Maj. Gen." and "Major General" are SAME; "General" and "Lieutenant General" are BROADER, since news writes the
    short form of address for every general; "Major General" and "Lieutenant General" are DIFFERENT.
    """
    first, second = expand(a), expand(b)
    if first == second:
        return TitleRelation.SAME
    rank_a, rank_b = rank_in(a), rank_in(b)
    if rank_a and rank_b:
        if rank_a.text == rank_b.text:
            return TitleRelation.SAME
        short, long = sorted((rank_a.text, rank_b.text), key=len)
        if long.endswith(" " + short) or (long.startswith(short + " ") and short == "brigadier"):
            return TitleRelation.BROADER
        return TitleRelation.DIFFERENT
    words_a = [w for w in first.split() if w not in _NOISE]
    words_b = [w for w in second.split() if w not in _NOISE]
    if words_a == words_b:
        # A former minister and a minister: the person may have left office between the two texts.
        return TitleRelation.BROADER
    nested = set(words_a) <= set(words_b) or set(words_b) <= set(words_a)
    below = {"vice", "deputy", "assistant"} & (set(words_a) ^ set(words_b))
    if nested and words_a and words_b and words_a[-1] == words_b[-1] and not below:
        return TitleRelation.BROADER
    return TitleRelation.DIFFERENT


def title_gender(title: str | None) -> str | None:
    """ "m" or "f" where the title tells it, else None. Names never do."""
    parsed = parse_title(title) if title else None
    return parsed.gender if parsed else None
