"""The words of a claim as comparable terms: stems, with a table of everyday synonyms of news English.

A term is what two outlets would share: "detained" and "arrested" are one term, "injured" and "killed" are two.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

import Stemmer  # type: ignore[import-not-found]

_STEMMER = Stemmer.Stemmer("english", 0)  # without a cache of its own
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][^\W_]*(?:['’](?=[^\W\d_])[^\W_]*)*|\d[\d.,:]*\d|\d")
_INNER = re.compile(rf" (?=[^\W\da-z_])(?:(?<=[^\W_] )|(?<=, ))({_WORD.pattern})")

# Words that tie nothing together: the closed classes, and words that any article may hold.
FUNCTION_WORDS = frozenset(
    """
    a an the this that these those my your his her its our their some any each every no another both either
    neither all of in on at by for with from to into onto over under above below between among through during
    before after against about around across along behind beside near off out outside inside within without
    toward towards upon via per than like unlike despite amid since except until till as and but or nor so yet
    because although though while whereas if unless when whenever where wherever whether who whom whose which
    what why how there here then thus i you he she it we they me him us them himself herself itself themselves
    be is are was were am been being has have had having do does did doing done will would shall should can
    could may might must not n't none never also just only even still already too very more most less least much
    many few several such same other others own again ever once now s t re ve ll d m mr mrs ms dr said say says
    saying told tell tells telling according added adding one two it's that's
    """.split()
)
# Words that carry little: half weight is given to them whatever the corpus says.
LIGHT_WORDS = frozenset(
    """
    new year month week day time people person make made take took get got go went come came give gave last first next
    call called use used part way number amount total report reported reporting announce statement official officials
    country state states government group member members news include including included make makes want need
    know think see seen look put set back down up well long good big large high low great major early late earlier later
    monday tuesday wednesday thursday friday saturday sunday january february april may june july august september
    october november december today yesterday tomorrow morning evening night afternoon hour hours percent per cent
    million billion trillion hundred thousand dozen hundreds thousands millions dozens dollar dollars roughly nearly
    almost approximately least
    """.split()
)
# One line, one meaning. General English of the news; the first word names the group.
_SYNONYMS = """
die dead death deaths died dies dying fatality fatalities killed kill kills killing toll perish perished slain drowned
injure injured injuries injury hurt wound wounded wounds hospitalised hospitalized
arrest arrested arrests detain detained detains detention custody apprehended
miss missing unaccounted
evacuate evacuated evacuation evacuees displaced homeless flee fled fleeing
vote voted votes voter voters voting ballot ballots poll polls polling cast
support supported supports supporting back backed backs backing favour favor favoured favored endorse endorsed approval
oppose opposed opposes opposing opposition object objected against
win won wins winning victory victorious triumph triumphed
lose lost loses losing loss losses defeat defeated defeats
elect elected election elections electoral reelected midterm midterms
law laws legislation bill bills act legislative statute measure measures
rule ruled rules ruling rulings decide decided decides decision decisions judgment judgement verdict
court courts justice justices judge judges tribunal judicial
attack attacks attacked assault assaulted strike struck strikes raid raided offensive
shoot shot shooting shootings gunfire gunned
bomb bombing bombings explosion explode exploded blast blasts detonated
crash crashed crashes collision collided
company companies firm firms business businesses corporation enterprise enterprises
job jobs employment payroll payrolls employed
volunteer volunteers participant participants
worker workers employee employees staff workforce labor labour personnel
unemployed unemployment jobless joblessness
wage wages salary salaries
gdp economy
rent rents
student students pupil pupils schoolchildren
school schools classroom classrooms
child children kid kids pediatric paediatric minor minors youngster
doctor doctors physician physicians medic medics
hospital hospitals clinic clinics
troop troops soldier soldiers servicemen
police officer officers policeman policemen cops
protest protests protested protester protesters demonstration demonstrations demonstrators rally rallies march marched
migrant migrants immigrant immigrants refugee refugees asylum immigration migration
citizen citizens citizenship
talk talks negotiate negotiated negotiation negotiations discuss discussed discussions
meet met meeting meetings summit gathering
conference conferences briefing briefings presser
call calls phone telephone phoned
announce announced announcement announces unveil unveiled unveils unveiling reveal revealed reveals disclose disclosed
launch launched launches open opens opened opening begin began begins begun start started starts commence kicked kick
end ended ends finish finished conclude concluded stop stopped halt halted halts cease ceased suspend suspended
cancel cancelled canceled scrap scrapped abandon abandoned
delay delayed delays postpone postponed defer deferred
ban bans banned prohibit prohibits prohibited prohibition outlaw outlawed
allow allowed allows permit permitted permits authorize authorized authorizes authorization authorise authorised approve
approved approves approval
block blocked blocks blocking bar barred
reject rejected rejects rejection refuse refused refuses deny denied denies decline declined
order ordered orders command commanded instruct instructed directive
resign resigned resigns resignation quit stepped
sack sacked fired dismiss dismissed oust ousted
appoint appointed appointment name named nominate nominated nomination nominee nominees
charge charged charges indict indicted indictment prosecute prosecuted
sentence sentenced jail jailed imprison imprisoned prison
accuse accused accuses allege alleged alleges allegation allegations claim claimed claims
investigate investigated investigation investigations investigating investigators probe probes inquiry
spend spent spending expenditure cost costs costing price priced prices worth
pay paid pays payment payments
donate donated donating donation donations contribute contributed contribution philanthropic
fund funds funded funding finance financed financing
invest invested investment investing infusion
buy bought buys purchase purchased acquire acquired acquisition takeover
sell sold sells sale sales
earn earned earnings profit profits income
revenue revenues turnover
rise rose rises risen increase increased increases increasing grow grew growth climb climbed surge surged jump jumped
fall fell falls fallen decrease decreased decreases decline declined drop dropped drops plunge plunged cut cuts reduce
reduced reduction lower lowered
debt debts deficit deficits borrowing
tax taxes taxation levy
vaccine vaccines vaccinate vaccinated vaccination vaccinations shot shots dose doses jab jabs inoculated immunization
virus coronavirus covid pandemic epidemic outbreak
infection infected infections case cases
patient patients
flood floods flooding flooded
fire fires wildfire wildfires blaze blazes
quake earthquake earthquakes tremor
storm hurricane typhoon cyclone storms
home homes house houses household households residence residences
kilometre kilometres kilometer kilometers km
president presidential presidency
minister ministers ministry
lawmaker lawmakers legislator legislators congressman congressmen congresswoman representative representatives
senate senator senators
congress congressional
leader leaders head chief
require required requires requirement requirements mandate mandated mandatory mandates
limit limits limited limiting cap capped restrict restricted restriction restrictions restricts
agreement agreements deal deals pact accord treaty
plan plans planned planning proposal proposals propose proposed
expect expected expects expecting anticipate anticipated forecast forecasts predict predicted project projected
deadline deadlines due
release released releases publish published publication
leave left departs depart departed withdraw withdrew withdrawn withdrawal
arrive arrived arrives arrival
retire retired retirement retires retiring
serve served serves service
study studies research researchers trial trials
victim victims casualty casualties
age aged ages older old
rank ranked ranking
record records
letter letters email emails e-mail
car cars vehicle vehicles
plane planes aircraft jet jets airliner flight flights
ship ships vessel vessels boat boats
train trains rail railway
oil crude petroleum
share shares stock stocks
bank banks banking lender lenders
customer customers client clients consumer consumers
hack hacked hacker hackers cyberattack cyberattacks breach breached
weapon weapons arms gun guns firearm firearms
war wars conflict fighting battle
peace ceasefire truce
"""


# Words that share the stem of a word above, and not its meaning: public (to publish), residents (residence).
_APART = """
accord accordance accordingly accords act acted acting acts airline airlines allowance allowances arm author authored
authorities authority authors bars brief briefly briefs busy case casing caste castes casting casts clinical
clinically command commandant commander commanders commandment commandments commands consume consumed consumes
consuming cop corporal costly courting custom customize customized customization customs decidedly decisive decisively
demonstrate demonstrated demonstrates denis department departments direct directed directing direction directional
directions directly directs dismissive doctoral doctorate dues firmly hospitality housed housing increasingly
instructive instructional judging judgmental kidding lettering levi measurable measured measurement measurements
measuring medical medically medication medications minor minorities minority miss missed misses namely names nominal
nominally object objective objectively objectives objectivity objects offense offenses office offices openly openness
opposite opposites orderly patiently prisoner prisoners project projects protestant protestants public publicist
publicity publicized publicly publisher publishers publishing quite railed railing railings recorded recorder
recorders recording recordings represent represented representing represents reside resided residency resident
residents resides residing roses schooling scraps shared sharing step steps stepping stocked stocking stockings
stormed storming strikingly trained training tribune
"""


# Words of one row exclude each other as the measure of one figure: the injured are not the dead, a turnout is no
# approval, a profit no revenue. A row is named by what it tells apart.
_CONTRASTS = """
harm: die injure missing arrested evacuated infected hospitalised rescued vaccinated displaced sentenced
side: support oppose abstained undecided
who: men women children boys girls
money: revenue earnings debt invest spend tax loan saved fined donated raised
trade: import export
indicator: wages inflation unemployed gdp rents productivity
move: hired laid-off retired resigned
floor: minimum maximum average median total
"""


# A figure beside one of these is of nothing else: the other figure must stand beside it too.
EXCLUSIVE = frozenset({"count"})
# Heads that stand for any group of persons.
_ANYBODY = "people person persons individuals others human humans participants citizens residents"


# Nouns for what takes place on a day.
_EVENTS = """
meeting conference talks call vote election referendum ruling hearing trial attack shooting bombing crash collision
protest race match game speech debate interview session visit ceremony funeral inauguration announcement signing
fire flood earthquake storm raid strike arrest resignation appointment deadline order letter statement report release
sentence verdict merger summit parade concert festival landing exercise explosion massacre execution coup
"""


class Token(NamedTuple):
    """A word of a text with its term (None for a function word). `name` tells a capitalised word."""

    start: int
    end: int
    word: str
    term: str | None
    name: bool


_new = tuple.__new__  # of a Token: its own constructor costs as much as the rest of finding one


@lru_cache(maxsize=1000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-case word."""
    return str(_STEMMER.stemWord(word))


def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Word → term, for words that are listed above; stem → term, for others."""
    of_word: dict[str, str] = {}
    of_stem: dict[str, str] = {}
    for line in _SYNONYMS.strip().splitlines():
        words = line.split()
        for word in words:
            of_word.setdefault(word, stem(words[0]))
            of_stem.setdefault(stem(word), stem(words[0]))
    groups = set(of_stem.values())
    for word in _APART.split():
        root = stem(word)
        of_word[word] = f"{root}." if root in groups else root
    return of_word, of_stem


_OF_WORD, _OF_STEM = _tables()
# The terms of all words listed here: general English, frequent in any news.
EVERYDAY = frozenset(_OF_WORD.values())


_MARCH = "march."  # the term of the month


def plain(word: str) -> str:
    """The word in lower case, without its genitive and full stops, but not stemmed."""
    return word.lower().replace("’", "'").replace(".", "").removesuffix("'s").removesuffix("'")


@lru_cache(maxsize=50_000)
def term_of(word: str) -> str | None:
    """The term of a word as written; None for function words and single letters."""
    low = plain(word)
    if low in FUNCTION_WORDS or len(low) < 2:
        return None
    if word[0] == "M" and low == "march":
        return _MARCH  # not the protest
    return _term(low)


def _term(word: str) -> str:
    """The term of a word in lower case."""
    root = stem(word)
    return _OF_WORD.get(word) or _OF_STEM.get(root, root)


def _contrasts() -> dict[str, str]:
    """Term → "row:term", for terms that exclude the others of their row."""
    found: dict[str, str] = {}
    for line in _CONTRASTS.strip().splitlines():
        row, words = line.split(": ")
        for word in words.split():
            term = _term(word)
            found.setdefault(term, f"{row}:{term}")
    return found


CONTRASTS = _contrasts()


ANYBODY = frozenset(map(_term, _ANYBODY.split()))

EVENTS = frozenset(map(_term, _EVENTS.split()))


@lru_cache(maxsize=50_000)
def light(term: str) -> bool:
    """A term that says little about what a sentence is about."""
    return term in LIGHT


# The words themselves, not what they also stand for: "back" says little, "support" does not.
LIGHT = frozenset(stem(w) for w in LIGHT_WORDS) | {_MARCH}


def tokens(text: str) -> list[Token]:
    """The words and figures of a text, in order."""
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        start, end = match.span()
        term, name = _read(word)
        found.append(_new(Token, (start, end, word, term, name)))
    return found


@lru_cache(maxsize=50_000)
def _read(word: str) -> tuple[str | None, bool]:
    """The term of a word or figure, None for a figure, and whether it is capitalised."""
    return (None, False) if word[0].isdigit() else (term_of(word), word[0].isupper())


def counted_terms(text: str) -> Counter[str]:
    """The terms of a text, in the order of their first places, with their numbers."""
    found: Counter[str] = Counter()
    for word, number in Counter(_WORD.findall(text)).items():
        term = _read(word)[0]
        if term:
            found[term] += number
    return found


def inner_names(text: str) -> list[str]:
    """The words with a capital letter that no start of a sentence explains: a letter or a comma stands before them."""
    return [word for word in _INNER.findall(text) if word[0].isupper()]


@lru_cache(maxsize=20_000)
def terms(text: str) -> frozenset[str]:
    """The terms of a short text: subjects and the like, which many claims share."""
    return frozenset([term for word in _WORD.findall(text) if (term := _read(word)[0])])
