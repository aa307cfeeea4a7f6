"""The words that the rules look at: general English, nothing peculiar to a story or a data set."""

from __future__ import annotations

from claims.models import Comparator, QuantityKind

C = Comparator

#: Phrases directly before a figure, by their words. The longest match wins.
BEFORE: dict[tuple[str, ...], Comparator] = {
    tuple(words.split()): comparator
    for comparator, phrases in {
        C.MORE: "more than|greater than|higher than|larger than|longer than|bigger than|heavier than|taller than"
        "|faster than|better than|older than|over|above|exceeding|exceeds|exceeded|upwards of|upward of"
        "|in excess of|north of|topping|> |well over|not just|beyond|surpassing|surpassed|topped|well above"
        "|just over|just above|wider than|deeper than|stronger than|further than|farther than|later than"
        "|climbed past|rose past|surged past|soared past|jumped past|grown past|passed",
        C.AT_LEAST: "at least|no fewer than|no less than|not less than|not fewer than|a minimum of|minimum of"
        "|minimum|at minimum|a minimum|≥|at the very least|a low of|as few as|as little as|as low as",
        C.LESS: "less than|fewer than|lower than|smaller than|under|below|shorter than|shy of|short of|< |south of"
        "|younger than|cheaper than|lighter than|just under|well under|well below|not even|slower than|sub -",
        C.AT_MOST: "at most|up to|no more than|not more than|a maximum of|maximum of|at the most|≤|as much as"
        "|as many as|upto|no greater than|no higher than|no longer than|not exceeding|a high of|as high as"
        "|as long as|capped at|a cap of|within",
        C.ABOUT: "about|around|roughly|approximately|approx|approx.|some|circa|ca.|~|≈|an estimated|estimated"
        "|estimated at|in the region of|on the order of|in the order of|an approximate|more or less|something like"
        "|somewhere around|to the tune of|around about|an approximately|c.|in the neighborhood of"
        "|in the vicinity of|the equivalent of about|the better part of",
        C.ALMOST: "nearly|almost|close to|nearing|approaching|approaches|approached|close on|virtually"
        "|getting on for|not quite|closer to|near"
        "|just shy of"
        "|just short of|a little under|nearly as many as|practically",
    }.items()
    for words in phrases.split("|")
}  # fmt: skip
BEFORE |= {
    (no, *phrase): C.AT_MOST if comparator is C.MORE else C.AT_LEAST
    for phrase, comparator in tuple(BEFORE.items())
    if comparator in (C.MORE, C.LESS) and len(phrase) == 2 and phrase[0].endswith("er") and phrase[1] == "than"
    for no in ("no", "not")
}  # "no bigger than"
BEFORE_LAST = {phrase[-1] for phrase in BEFORE}
BEFORE_LONGEST = max(map(len, BEFORE))

#: Phrases directly after a figure or after its unit.
AFTER: dict[tuple[str, ...], Comparator] = {
    tuple(words.split()): comparator
    for comparator, phrases in {
        C.AT_LEAST: "or more|or higher|or above|or older|or greater|or over|or better|or longer|and above|and over"
        "|and up|and older|and counting|or upwards|and more|or larger|or later|plus|at least|at the least|minimum"
        "|or worse|or faster",
        C.AT_MOST: "or less|or fewer|or below|or lower|or under|or younger|and under|and below|and younger"
        "|or smaller|at most|max|tops|at the most|maximum|or shorter|and less|or cheaper",
        C.ABOUT: "or so|or thereabouts|give or take|odd|ish|approximately|on average or so",
    }.items()
    for words in phrases.split("|")
}

#: Words that may stand between a comparator or verb and its figure, and say nothing of the value.
FILLERS = frozenset(
    "a an the just only exactly precisely further another additional total record whopping staggering massive"
    " huge mere full combined whole modest slight sharp steep seasonally adjusted net measly cool hefty already"
    " still now even average median mean annual annualised annualized estimated".split()
)
ADVERBS = frozenset(
    "sharply slightly steeply modestly marginally significantly dramatically further again also only just even a"
    " an another additional then steadily slowly quickly rapidly unexpectedly overall still almost nearly"
    " gradually strongly".split()
)

_UP = (
    "rise rises rose risen rising gain gains gained gaining climb climbs climbed climbing jump jumps jumped"
    " jumping surge surges surged surging soar soars soared soaring increase increases increased increasing grow"
    " grows grew grown growing advance advanced advances advancing up higher leap leaped leapt leaps rally rallied"
    " rallies rallying rocketed skyrocketed spiked spike accelerated expanded expand expands swelled ballooned"
    " rebounded rebound rebounds bounced appreciated edged inched ticked hiked raised raise boosted strengthened"
    " outperformed popped warmed recovered firmed upped swells improved add adds added adding balloon lifted widened"
)
_DOWN = (
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined declining decrease"
    " decreases decreased decreasing slip slips slipped slipping slide slides slid sliding plunge plunges plunged"
    " plunging plummet plummets plummeted plummeting tumble tumbles tumbled tumbling sink sinks sank sunk sinking"
    " shrink shrinks shrank shrunk shrinking lose loses losing shed sheds shedding down lower dip dips dipped"
    " dipping slump slumps slumped slumping crash crashed crashes contracted contract contracts eased ease eases"
    " retreated retreat retreats weakened depreciated slashed slash cut cuts cutting reduce reduces reduced"
    " reducing lowered tanked dived nosedived dwindled receded trimmed narrowed pared lost slumping declining"
    " sagged diminished skidded cooled slow slows slowed slowing"
)
UP_WORDS = frozenset(_UP.split())
DOWN_WORDS = frozenset(_DOWN.split())
CHANGE = {**dict.fromkeys(UP_WORDS, "up"), **dict.fromkeys(DOWN_WORDS, "down")}
#: "edged down", "ticked up", "inched lower": the particle says the direction.
PARTICLES = {
    "up": "up", "higher": "up", "down": "down", "lower": "down", "upward": "up", "downward": "down", "upwards": "up",
    "downwards": "down", "ahead": "up", "off": "down", "back": "down",
}  # fmt: skip
#: Verbs that take a direct object, so that a bare count after them is a count ("lost 12 soldiers", "added 40 jobs").
TRANSITIVE = frozenset(
    "add adds added adding lost lose loses losing cut cuts cutting shed sheds shedding raised raise gain gains"
    " gained gaining reduce reduces reduced reducing hiked boosted slashed slash trimmed lowered lifted upped"
    " dropped drop raises contract contracts improved recovered advance expand".split()
)
#: Verbs by which somebody changes something: "raised prices 3%".
CHANGING_VERBS = frozenset(
    "raised raise raises raising hiked boosted increased increase increases lifted upped cut cuts cutting lowered"
    " reduced reduce reduces slashed trimmed".split()
)
CHANGE_NOUNS = {
    **dict.fromkeys(
        "increase increases rise rises gain gains growth jump jumps surge hike hikes climb uptick upturn boost"
        " leap rally improvement expansion upswing spike appreciation bump raise".split(),
        "up",
    ),
    **dict.fromkeys(
        "decrease decreases drop drops fall falls decline declines cut cuts reduction reductions loss losses"
        " slump plunge dip slide downturn contraction shrinkage shortfall depreciation slowdown tumble".split(),
        "down",
    ),
}  # fmt: skip

MONTHS = frozenset(
    "january february march april june july august september october november december jan feb mar apr jun jul"
    " aug sep sept oct nov dec".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun today"
    " yesterday tomorrow tonight".split()
)
CLOCK = frozenset("am pm a.m. p.m. a.m p.m o'clock hrs gmt utc est edt pst pdt et pt bst cet ist".split())
#: Words after which a bare number numbers a thing and counts none.
DESIGNATORS = frozenset(
    "no nos number numbers article articles section sections chapter chapters page pages paragraph para highway"
    " route interstate road flight channel room gate line platform phase stage level levels tier type class grade"
    " category version model series season episode week day round game match figure fig table step part volume vol"
    " issue act rule title division district ward zone sector unit block building apartment apt suite floor track"
    " lane exit pier dock terminal bus train size top formula group pool proposition prop measure bill resolution"
    " amendment exhibit item question seed vitamin step lot box form schedule appendix annex note order squadron"
    " regiment battalion brigade company precinct engine psalm verse release build generation gen mark mk pt car"
    " stall seat booth bay bed cell ref reference protocol quarter half lap hole leg heat race session hour minute"
    " year fiscal chapters appendices code postcode zip pin id iso rfc usb bluetooth wifi windows android ios"
    " covid matchday gameweek grade mission apollo day-".split()
)
#: Capitalised words that make no name of the number behind them.
NOT_A_NAME = frozenset(
    "the a an in on at of for from to by with and but or as if when while after before since until about around"
    " nearly almost over under more less at some only just all this that these those there here he she it we they"
    " i you his her its our their another last next first more than up down between among at least not no was were"
    " is are has have had will would said approximately roughly another every each both then now so because where"
    " which who what how additionally currently total today yesterday meanwhile however overall nationwide"
    " worldwide globally altogether besides includes including say says like also still yet once even though"
    " although plus minus us usd eur gbp rs rm".split()
) | DAYS  # fmt: skip

DETERMINERS = frozenset(
    "the a an its his her their our my your this that these those all such some any every each both".split()
)
#: Words at which a noun phrase ends.
STOP = frozenset(
    "a an the of in on at by for from to with and or but nor as if when while after before since until about"
    " around over under more less fewer than that which who whom whose what where why how this these those there"
    " here he she it we they i you his her its our their my your me him them us is are was were be been being am"
    " has have had having do does did done will would can could may might must shall should not no yes so then"
    " also only just even still already now once again too very ago later earlier per each every any some all both"
    " either neither between among amid against into onto out off up down through during without within across"
    " along behind beyond near toward towards upon via despite because though although unless whether however"
    " meanwhile said says say saying went came took got made gave told saw fell rose grew began ended left held"
    " paid sold bought won lost met ran led kept set put became come go get make take give need needs want wants"
    " remain remains remained include includes including compared combined apiece respectively instead alone plus"
    " minus worth due such most many much few several another other others one two three four five six seven eight"
    " nine ten eleven twelve dozen hundred thousand million billion half until yet ever never often always usually"
    " today yesterday tomorrow tonight last next straight away back together annually daily weekly monthly yearly"
    " overall nationwide worldwide altogether almost nearly till like i'm don't didn't doesn't isn't wasn't aren't"
    " weren't won't can't couldn't wouldn't he's she's it's that's there's they're we're you're according via"
    " versus vs using who's who'd i've we've they've thanks ahead apart aside further long wide tall deep high old"
    " above below inside outside throughout starting beginning based depending killed injured wounded dead missing"
    " arrested died voted were".split()
) | MONTHS | DAYS  # fmt: skip
#: Nouns whose plural has no "s".
PLURALS = frozenset(
    "people men women children police personnel staff cattle sheep fish deer mice feet teeth geese media data"
    " criteria phenomena bacteria aircraft spacecraft species series crew troops youth clergy livestock poultry"
    " alumni fungi nuclei larvae policemen policewomen firemen fishermen servicemen servicewomen businessmen"
    " gunmen lawmakers congressmen congresswomen salespeople townspeople craftsmen sportsmen spokesmen militiamen"
    " clergymen wildlife swine offspring hovercraft faithful homeless unemployed elderly infantry cavalry"
    " grandchildren stepchildren schoolchildren rpm fps mp".split()
)
#: Words in "s" that are no plural.
NOT_PLURAL = frozenset(
    "is was has his its this us as plus thus less across various previous serious famous religious dangerous"
    " consecutive bus gas class glass business process success loss cross press mass pass boss dress chess crisis"
    " basis analysis virus campus bonus status focus census corpus consensus always perhaps towards besides"
    " sometimes news politics economics physics mathematics athletics series lens tennis cancers-".split()
) - {"series"}  # fmt: skip
#: First members of compounds that stand in the plural ("sports fans", "arms deals").
PLURAL_MODIFIERS = frozenset(
    "sports arms sales women men people children news goods rights operations communications systems services"
    " savings earnings jobs drugs veterans games awards human customs securities futures bonds weapons special"
    " games clothes communications logistics electronics parts overseas premises headquarters species series data media"
    " police staff youth elections finals playoffs mathematics politics economics physics athletics homeless"
    " unemployed elderly crew".split()
)
#: What a rate may be per, after "a" or "an".
RATE_NOUNS = frozenset(
    "second minute hour day night week month quarter year decade share barrel ounce tonne ton gallon litre liter"
    " kilo kilogram pound person head household student pupil patient game match unit piece gram mile kilometre"
    " kilometer acre hectare bottle vote seat pint visit ticket copy bushel head room".split()
)
PER_ADVERBS = {
    "annually": "year", "yearly": "year", "daily": "day", "weekly": "week", "monthly": "month", "hourly": "hour",
    "nightly": "night",
}  # fmt: skip
SCORE_WORDS = frozenset(
    "win won wins beat beats beating lead leads led leading lost lose loss vote votes voted score scored victory"
    " defeat defeated draw drew record tie tied triumph thrashed ruled passed approved split trailing trail"
    " trailed rejected margin majority decision set sets result final series home away".split()
)
#: Near "pounds": words of paying, and words of weighing.
PAYING = frozenset(
    "cost costs worth pay paid pays price priced fine fined fee earn earns earned spend spent spending salary"
    " bill debt raise raised fund funding budget save saved charged charge bonus wage wages cheaper invest"
    " invested profit loss sterling tax income money bank grant cash donated owed".split()
)
WEIGHING = frozenset(
    "weigh weighs weighed weighing weight heavy heavier bag meat lb lbs kilograms kg carry load torque thrust"
    " pressure".split()
)
#: After "100m", "5k", "4K": what says metres, kilometres, pixels and not a scale.
AFTER_METRES = frozenset(
    "long tall wide high deep away above below sprint hurdles race relay freestyle butterfly backstroke"
    " breaststroke dash final finals run swim pool from to in at and across thick swell waves drop medley champion"
    " title semi-final heats".split()
)
AFTER_KILOMETRES = frozenset("run race walk".split())
AFTER_RESOLUTION = frozenset(
    "resolution video videos display displays tv tvs screen screens ultra footage camera cameras".split()
)
#: Unit signs that are also words or initials: apart from the number, nothing but the end of the phrase may follow.
SHY_SIGNS = frozenset("s h t g l A T H N J K L m sec mo pt ct b".split())
#: After "a day": then it is a time ("12 people a day earlier"), not a rate.
NOT_AFTER_RATE = frozenset("ago earlier later before after old long".split())
#: Rates that are adjectives where a noun follows: "2 million daily active users".
PER_ADJECTIVES = frozenset("daily weekly monthly yearly hourly nightly".split())
#: "The ice is up to 4 km thick" bounds; "the price went up to $4" does not.
BEING = frozenset("is are was were".split())
#: Lines of a picture, as in "1080p".
PICTURE_LINES = frozenset({360, 480, 720, 1080, 1440, 2160, 4320})
#: What people and lifts go up and down.
STOREYS = frozenset("flight flights floor floors stairs steps storey storeys story stories rungs ladders decks".split())
#: Lists with their length in the name.
LISTS = frozenset("fortune forbes ftse nikkei russell nasdaq nifty stoxx".split())
#: Verbs that "over" belongs to: "handed over millions".
OVER_VERBS = frozenset(
    "hand hands handed handing turn turns turned turning take takes took taken taking sign signs signed signing".split()
)
#: Before and after "one" where it is a pronoun.
BEFORE_PRONOUN_ONE = frozenset(
    "if when as no any every some this that which each number the other another day or - good bad new big".split()
)
AFTER_PRONOUN_ONE = frozenset("thing day way time who".split())
#: Nouns that a bare number counts even behind a capitalised word, and even when it could be a year.
SURE_NOUNS = frozenset(
    "people men women children soldiers troops officers police workers employees students civilians votes deaths"
    " cases jobs homes houses residents passengers migrants refugees prisoners protesters patients victims"
    " households families companies vehicles cars flights schools seats users customers members participants dead"
    " wounded injured voters".split()
)
#: Verbs that often open a headline and make no name of the number behind them.
OPENERS = frozenset(
    "killed injured wounded arrested found sold police officials authorities firefighters rescuers doctors".split()
)
#: Comparators of one word that must touch the figure: "over 50", not "over a 50".
ONLY_ADJACENT = frozenset(
    "past near over minimum within beyond some about around under above below topping topped surpassing surpassed"
    " exceeding exceeded exceeds passed".split()
)
#: Words that "about" belongs to: then it names a subject.
TELLING = frozenset(
    "question questions concern concerns doubt doubts details information complaint complaints claim claims"
    " allegation allegations story stories debate joke joked talks learn learned learnt more optimistic worried"
    " worries worry complained complain curious".split()
)
INTENSIFIERS = frozenset("just only slightly little well far significantly much".split())
#: Verbs that "up" and "down" belong to.
MOVING = frozenset(
    "went gone going goes go moved ticked edged inched crept shot revised closed ended finished traded trading"
    " was were is are came opened settled".split()
)
#: Kinds whose figure behind a verb of change is the size of the change.
CHANGING = frozenset(
    {QuantityKind.SHARE, QuantityKind.POINTS, QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.NUMBER}
)
#: After "twice the".
MEASURED = frozenset(
    "size number amount rate price level national average usual normal previous figure value length speed cost"
    " total population legal global original weight volume distance width height share".split()
)
#: Nouns that no ordinal ranks: names of times, streets, courts, units.
NOT_RANKED = frozenset(
    "century centuries street avenue st ave amendment congress circuit fleet army division battalion regiment"
    " district party parties world anniversary birthday".split()
) - {"anniversary", "birthday"}  # fmt: skip
# A length of time that is past is none of these: "higher than a decade ago".
OF_NO_TIME = frozenset(
    "greater higher larger bigger heavier taller better stronger lower smaller lighter cheaper".split()
)
AFTER_TIMES = frozenset("more as the higher larger bigger greater faster less that its what their".split())
#: Before "over five weeks": then it bounds ("for over five weeks"); else it means during.
BEFORE_OVER = frozenset("for lasted took just well after aged is was of spent waited last lasting".split())
#: Words that carry unit and noun of the last figure over to a bare one.
CARRYING = frozenset("including versus vs another instead".split())
#: Words before a number that could be a year, which say that it counts.
COUNTING = frozenset("than least nearly almost some estimated exceeding approximately roughly exactly exceeded".split())
#: Behind a year: "2005 levels".
AFTER_YEAR = frozenset("levels level baseline figures prices season election elections".split())
STREETS = frozenset(
    "street avenue road boulevard lane drive highway square court place parkway st ave rd blvd dr way pl".split()
)
#: People whose ages "under 5", "over 65" are.
AGED_GROUPS = frozenset(
    "children kids adults people those anyone everyone men women boys girls teenagers toddlers seniors infants"
    " youths students voters patients players drivers".split()
)
CARRIED = frozenset(
    {
        QuantityKind.COUNT,
        QuantityKind.SHARE,
        QuantityKind.MEASURE,
        QuantityKind.MONEY,
        QuantityKind.DURATION,
        QuantityKind.POINTS,
    }
)
COUNTED_ADJECTIVES = frozenset("more other additional such different new fewer extra less".split())
#: Words before a bare number that make a figure of it ("rose to 12", "scored 31").
BEFORE_BARE = frozenset(
    "to from at by of was were is are reached hit total totalled totaled up down killed injured wounded with"
    " leaving killing only just for scored and than some versus vs had has have about compared past another all"
    " rose fell beat averaged averaging between exceeded includes including x ×".split()
)
SOFTWARE = frozenset(
    "version versions v windows android ios bluetooth usb python linux chrome firefox release hdmi section rule"
    " chapter".split()
)
#: Behind a number and a hyphen: words that are not counted ("a three-way race").
NOT_COMPOUND = frozenset(
    "way time times off on to and fold sided day year old plus odd ish star deep ply something nothing".split()
)
#: Between a number and its unit: "four more years", "three straight weeks".
BEFORE_UNIT = frozenset("more additional consecutive straight full extra whole successive further long other".split())
#: Verbs whose "up" or "down" says no change: "made up 9 percent".
PHRASAL = frozenset(
    "made make makes making set sets setting gave give gives giving given ended end ends picked pick picks took take"
    " takes taking taken turned turn turns put puts bought buy buys snapped snap eats eat ate racks rack runs ran run"
    " stumped stump drew draws draw pays paying uses using splits splitting freed free frees saved saves soaks soak"
    " soaked fills filled stocks stocked served serves notched chalked clocked rung lines lined opens opened"
    " owns owned fronted "
    "racked broken"
    " broke sign signs signing line build builds built chased hunted tracked gunned mowed tore voted burned"
    " laid shut held backed come signed showed pay paid split sum coughed stood gobbled hold used".split()
)
#: Of these, the ones that say a loss before a share: "gave up 1.2 percent".
GIVING = frozenset("gave give gives giving given".split())
#: Before a person's name.
PERSON_TITLES = frozenset("mr mrs ms miss dr sir lady mr. mrs. ms. dr.".split())
#: Behind a length: where something is or happened, so that the length is no change ("sank 60 miles off the coast").
WHEREABOUTS = frozenset(
    "off north south east west northeast northwest southeast southwest offshore away outside inland upstream downstream"
    " northern southern eastern western ashore".split()
)
LOSING = frozenset("lost lose loses losing".split())
#: Behind a number without a noun: what became of those it counts.
CASUALTIES = frozenset(
    "dead injured wounded killed missing hurt arrested detained hospitalized hospitalised homeless".split()
)
#: Nouns behind "$5m in" that say what the sum is.
SUMS = frozenset(
    "damages cash debt debts aid deposits costs gains revenue revenues sales funding funds taxes tax savings "
    "fines assets loans"
    " grants stock shares investment investments profit profits losses compensation bonuses fees donations "
    "bitcoin cuts spending"
    " relief subsidies bonds wages benefits payments premiums rent royalties reparations restitution contracts "
    "contributions"
    " goods exports imports equity capital credit bribes ransom".split()
)
#: Nouns of persons behind which an age may stand between commas ("the gunman, 28,").
PERSONS = frozenset(
    "man woman boy girl gunman suspect driver victim teenager student mother father son daughter brother sister "
    "wife husband"
    " officer soldier player striker midfielder defender goalkeeper actor actress singer teacher nurse doctor "
    "pilot worker"
    " resident attacker killer accused defendant patient passenger pensioner politician lawyer journalist "
    "activist athlete"
    " star footballer businessman businesswoman farmer tourist migrant cyclist pedestrian motorist youth couple".split()
)
