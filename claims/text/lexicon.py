"""Word lists of general English that the shallow grammar needs: closed classes and common verbs.

The closed classes are complete for news prose; the verbs are the frequent ones, with their irregular forms. A verb that
is missing is still recognised by its ending in most places (`claims.text.grammar`).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


DETERMINERS = _words(
    "the a an this that these those my your his her its our their some any each every no another both either "
    "neither all many much few several most more fewer less such what which whose half"
)
PREPOSITIONS = _words(
    "of in on at by for with from to into onto over under above below between among amongst through during before "
    "after against about around across along behind beside besides beyond near off out outside inside within "
    "without toward towards upon via per than like unlike despite amid amidst except since until till as "
    "throughout alongside following including excluding concerning regarding versus"
)
SUBJECT_PRONOUNS = _words(
    "i you he she it we they who this that these those there someone anyone everyone nobody something nothing "
    "everything everybody somebody anybody none"
)
PRONOUNS = SUBJECT_PRONOUNS | _words(
    "me him her us them himself herself itself themselves myself ourselves yourself whom"
)
COORDINATORS = _words("and but or nor so yet")
SUBORDINATORS = _words(
    "because although though while whereas if unless when whenever where wherever since until till before after "
    "as once that whether than lest provided"
)
RELATIVES = _words("who whom whose which that where when")
MODALS = _words("will would shall should can could may might must ca wo cannot")
BE = _words("be is are was were am been being 's 're")
HAVE = _words("have has had having")
DO = _words("do does did")
AUXILIARIES = MODALS | BE | HAVE | DO
FINITE_AUXILIARIES = MODALS | DO | _words("is are was were am have has had")
NEGATIONS = _words("not n't never no none nobody nothing neither nor nowhere without hardly scarcely barely cannot")
ADVERBS = _words(
    "also always already again almost altogether apparently allegedly barely certainly clearly completely "
    "constantly currently definitely directly earlier easily effectively entirely especially eventually ever "
    "exactly far finally first formally frequently fully generally gradually hardly immediately initially just "
    "largely last later likely mainly maybe merely mostly nearly never next not now nowhere officially often once "
    "only originally partly perhaps possibly previously primarily probably publicly quickly quietly rarely really "
    "recently repeatedly reportedly seldom separately seriously shortly significantly simply slightly slowly so "
    "sometimes soon specifically steadily still strongly subsequently suddenly then there thereby therefore "
    "though thus together too twice typically ultimately unanimously unfortunately usually very well widely yet "
    "here however instead meanwhile moreover nevertheless nonetheless otherwise rather today tomorrow yesterday "
    "tonight elsewhere additionally furthermore similarly n't n’t"
)

# base, past, participle; the present (-s) and -ing forms are regular
_IRREGULAR = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun|bend
bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke
broken|breed bred bred|bring brought brought|broadcast broadcast broadcast|build built built|burn burnt burnt|burst
burst burst|buy bought bought|cast cast cast|catch caught caught|choose chose chosen|cling clung clung|come came
come|cost cost cost|cut cut cut|deal dealt dealt|dig dug dug|do did done|draw drew drawn|drink drank drunk|drive
drove driven|eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee
fled fled|fly flew flown|forbid forbade forbidden|forecast forecast forecast|forget forgot forgotten|forgive forgave
forgiven|freeze froze frozen|get got gotten| give gave given|go went gone|grow grew grown|hang hung hung|have had
had|hear heard heard|hide hid hidden|hit hit hit| hold held held|hurt hurt hurt|keep kept kept|know knew known|lay
laid laid|lead led led|leave left left|lend lent lent| let let let|lie lay lain|light lit lit|lose lost lost|make
made made|mean meant meant|meet met met|mislead misled misled| overcome overcame overcome|overthrow overthrew
overthrown|oversee oversaw overseen|overtake overtook overtaken|pay paid paid|prove proved proven|put put put|quit
quit quit|read read read|rebuild rebuilt rebuilt|rid rid rid|ride rode ridden| ring rang rung|rise rose risen|run
ran run|say said said|see saw seen|seek sought sought|sell sold sold|send sent sent| set set set|shake shook
shaken|shed shed shed|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung|sink sank
sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken|spend spent spent|split split split|spread
spread spread|spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck|strike struck struck|swear
swore sworn|sweep swept swept|swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore
torn|tell told told|think thought thought|throw threw thrown|undergo underwent undergone|understand understood
understood| undertake undertook undertaken|uphold upheld upheld|wake woke woken|wear wore worn|win won won|withdraw
withdrew withdrawn|withhold withheld withheld|write wrote written
"""

_REGULAR = """
abandon abolish absorb abuse accelerate accept accompany accuse achieve acknowledge acquire acquit act adapt add address
adjust administer admit adopt advance advise advocate affect affirm afford aid aim air alarm alert allege allocate
allow alter amend amount analyse analyze announce annul answer anticipate apologise apologize appeal appear applaud
apply appoint approach approve argue arm arrange arrest arrive ask assassinate assault assemble assert assess assign
assist assume assure attach attack attempt attend attract attribute authorise authorize avert avoid await award back
ban bar base battle believe belong benefit blame block boast bolster bomb boost borrow boycott brief broaden brush
bury calculate call calm campaign cancel capture care carry cause caution cease celebrate challenge change
characterise characterize charge chase cheer circulate cite claim clarify clash classify clear climb close collapse
collect combat combine comfort command commemorate commence comment commit compare compete compile complain complete
comply comprehend comprise concede conceive concentrate concern conclude condemn conduct confess confirm confront
congratulate connect consider consist constitute consult contact contain contend contest continue contract
contradict contribute control convene convert convict convince cooperate coordinate cope correct counter count cover
crack crash create criticise criticize cross crush cure damage dance dare date debate decide declare decline
decrease dedicate deem deepen defeat defect defend defer define defuse defy delay delete deliver demand demonstrate
demolish denounce deny depart depend deploy deport deprive describe deserve design designate destroy detain detect
deteriorate determine devastate develop devise die differ diminish direct disagree disappear disappoint disclose
discover discuss dismantle dismiss display disrupt distribute divide document dominate donate double doubt downgrade
downplay draft drag drop drown dump earn ease edge elaborate elect elevate eliminate embark embrace emerge emphasise
emphasize employ enable enact encounter encourage end endanger endorse enforce engage enhance enjoy enlist ensure
enter entitle erect erupt escalate escape establish estimate evacuate evade evaluate evolve examine exceed exchange
exclude execute exercise exist expand expect expel experience expire explain explode explore export expose express
extend extradite face facilitate fail fear feature fend file fill finalise finalize finance fine finish fire fix
flag flood focus follow force form foster found free fuel fulfil fulfill function fund gain gather gauge generate
govern grant greet grill ground guarantee guard guide hail halt hand handle happen harass harm head heal heat help
highlight hire honor honour hope host hunt identify ignore illustrate imagine impact impeach implement implicate
imply import impose impress imprison improve include increase indicate indict infect inflict influence inform
inherit initiate injure inquire insist inspect inspire install instruct intend intensify intercept interpret
interrupt intervene interview introduce invade invalidate invent invest investigate invite involve isolate issue jail
join judge jump justify kick kidnap kill kiss knock label lack land last laud laugh launch leak lean learn legalise
legalize liberate lift like limit line link liquidate list listen live load lobby locate lock look loom loot lower
maintain manage mandate march mark match matter measure mediate mention merge migrate mobilise mobilize monitor mount
mourn move murder name narrow near need negotiate nominate normalise normalize note notice notify obey object oblige
observe obtain occupy occur offer open operate oppose opt order organise organize originate oust outlaw outline
overhaul overlook override overrule owe own pack participate pass patrol pause peak penalise penalize permit persist
persuade pick pioneer place plague plan plant play plead please pledge plot plunge point pose position possess
postpone pound pour power practise praise pray predict prefer prepare present preserve preside press pressure
presume prevail prevent print probe proceed proclaim procure produce profit progress prohibit project promise
promote prompt propose prosecute protect protest provide provoke publish pull pump punish purchase pursue push
qualify quarantine question quote race raid raise rally range rank rate ratify reach react reaffirm realise realize
reassure rebel rebuff recall receive reckon recognise recognize recommend reconcile reconsider record recover
recruit recycle reduce refer reflect reform refuse refute regain regard register regret regulate reinforce reinstate
reiterate reject relate relax release relocate rely remain remark remember remind remove rename render renew
renounce reopen repair repay repeal repeat repel replace reply report represent request require rescue resemble
resettle reshape resign resist resolve resort respect respond rest restore restrict result resume retain retaliate
retire retreat retrieve return reunite reveal reverse review revise revive revoke reward rock rule rush sack
sacrifice sail salute sanction save scale scare schedule score scramble scrap scrutinise scrutinize seal search
secure seem seize select sentence separate serve settle shape share shell shelter shift shock shorten shout shrug
sign signal sketch slam slash slip slow smash smuggle soar solve sort sound spark specify spell spur stabilise
stabilize stage stall start starve state station stay stem step stop storm strengthen stress stretch strip struggle
study submit succeed sue suffer suggest suit summon supervise supply support suppose suppress surge surpass surprise
surrender surround survey survive suspect suspend sustain switch sympathise sympathize tackle talk target tax tempt
tend term terminate terrorise terrorize test testify thank threaten thrive tie tighten top topple torture total
touch tour trace track trade trail train transfer transform translate transmit transport trap travel treat trend
trigger triple trust try turn tweet unearth underline undermine underscore unify unite unleash unveil update upgrade
urge use vacate value vanish vary veto view violate visit voice volunteer vote vow wait walk want warn wash waste
watch weaken weigh welcome widen wield wish witness wonder work worry worsen wound wrap yield zero accommodate
accumulate activate allot ambush amass annex appease arouse assemble bail barricade beg behead berate besiege betray
bid blast boil bounce brace brand bribe bust cater cheat clinch cling coincide collide compel compensate complicate
conceal condense confer confine confiscate conspire consume contemplate converge convey corroborate cripple curb
curtail decry deem degrade delve depict deploy derail descend detonate dictate dig dilute dispatch disperse dispute
dissolve diverge divert divulge drift dwindle eclipse embarrass embed empower encompass endure engulf envisage equip
erase erode espouse exacerbate exaggerate exhaust exile exonerate falter ferry flank flatten flatter flourish
fluctuate forge forgo formulate fracture frustrate garner grapple groom harbor harbour hamper harvest hinder hijack
hover hug impede incite incorporate incur induce infer infiltrate infringe innovate instigate insult integrate
invoke irk jeopardise jeopardize jolt juggle lament languish legislate linger loosen lure manipulate manufacture
meddle mend mingle minimise minimize mitigate mock modify mull muster navigate nurture obstruct offset omit
outnumber outpace overshadow overturn pardon paralyse paralyze perceive perish perpetrate pinpoint plummet ponder
portray preach precede preclude prescribe prevail privatise privatize profess prolong propel purge quash quell
ravage rebound rebuke recede reclaim reconvene recount rectify redeem refrain refurbish rehearse rein rejoice relay
relent relieve relinquish relish remedy renege repatriate replenish reprimand resent reside restrain resurface revel
revere revolve ridicule rig rip rival roam rout sabotage scold scour scuttle sever shatter shelve shield shun side
sideline siege skip skyrocket smear solidify spare spawn spearhead spill spiral squander squeeze stab stagger steer
stigmatise stigmatize stipulate stir strain strand strive subdue subsidise subsidize substantiate subvert sweep
swell tally taper taunt thwart topple tout trample transcend traverse tumble unfold unravel uproot usher utilise
utilize agree miss book bother bump camp click cook crawl dress dub echo email evict fetch gut hack hammer joke lash
license lodge mail map mask nod notch paint park peg phone pin pitch poll prop quiz rain rake reap restart roll row
screen scrub ship smile smoke snap sponsor stun swap tap tape tilt toss tow type uncover unlock vet wave whip wipe
wrestle disapprove reopen overrun outpoll sign renew arise rein vaccinate validate venture vie vilify vindicate
withstand wreck
"""


def _double(base: str) -> bool:
    """True when the last consonant doubles before -ed and -ing: stop → stopped (one closed syllable)."""
    vowels = sum(1 for a, b in zip(" " + base, base, strict=False) if b in "aeiou" and a not in "aeiou")
    return (
        len(base) >= 3 and base[-1] in "bdglmnprt" and base[-2] in "aeiou" and base[-3] not in "aeiou" and vowels == 1
    )


_DOUBLING = _words(
    "admit commit compel confer control defer expel incur infer occur omit permit prefer rebel refer regret repel "
    "submit transfer kidnap propel cancel level travel label signal acquit annul"
)


def _present(base: str) -> str:
    if base.endswith(("s", "x", "z", "ch", "sh", "o")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


def _ing(base: str) -> str:
    if base.endswith("ie"):
        return base[:-2] + "ying"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    if base in _DOUBLING or _double(base):
        return base + base[-1] + "ing"
    return base + "ing"


def _past(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    if base in _DOUBLING or _double(base):
        return base + base[-1] + "ed"
    return base + "ed"


def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
    base: dict[str, str] = {}
    present: dict[str, str] = {}
    past: dict[str, str] = {}
    participle: dict[str, str] = {}
    ing: dict[str, str] = {}
    for entry in _IRREGULAR.replace("\n", " ").split("|"):
        verb, was, been = entry.split()
        past[was], participle[been] = verb, verb
        base[verb], present[_present(verb)], ing[_ing(verb)] = verb, verb, verb
    for verb in _REGULAR.split():
        was = _past(verb)
        past[was], participle[was] = verb, verb
        base[verb], present[_present(verb)], ing[_ing(verb)] = verb, verb, verb
        if verb in {"cancel", "travel", "level", "label", "signal"}:
            past[verb + "ed"], participle[verb + "ed"], ing[verb + "ing"] = verb, verb, verb
    for form, verb in {"has": "have", "does": "do", "goes": "go"}.items():
        present[form] = verb
    for form in ("is", "are", "am"):
        present[form] = "be"
    for form in ("was", "were"):
        past[form] = "be"
    base["be"], participle["been"], ing["being"] = "be", "be", "be"
    participle["got"], participle["proved"], participle["showed"] = "get", "prove", "show"
    return base, present, past, participle, ing


BASE, PRESENT, PAST, PARTICIPLE, ING = _tables()
"""Each maps an inflected form to its verb: {"held": "hold"}. One form may stand in several tables."""

_PAST_OF = {verb: form for form, verb in PAST.items()}
_PARTICIPLE_OF = {verb: form for form, verb in PARTICIPLE.items()}


def inflections(base: str) -> tuple[str, str, str, str]:
    """Present in -s, past, past participle and -ing form of a verb, irregular ones included."""
    return _present(base), _PAST_OF.get(base) or _past(base), _PARTICIPLE_OF.get(base) or _past(base), _ing(base)


_BASE_OF = {**ING, **PRESENT, **PARTICIPLE, **PAST}  # of two readings the later table's holds


def base_of(form: str) -> str:
    """The base form of a lower-case verb form; the form itself when it is not known."""
    return _BASE_OF.get(form, form)


#: Verbs that report what somebody says, writes, finds or holds to be so.
REPORTING = _words(
    "say tell add announce claim state note stress report warn argue insist explain confirm declare deny reply "
    "respond write tweet retweet ask admit acknowledge assert allege maintain contend reveal disclose testify "
    "predict estimate indicate suggest show find conclude point underline underscore emphasise emphasize "
    "reiterate repeat recall remark comment observe mention cite quote boast complain concede confess caution "
    "assure inform notify promise vow pledge project forecast rule think believe hope fear doubt dispute refute "
    "dismiss suspect calculate post publish hint imply signal speculate recount joke quip elaborate clarify "
    "continue read affirm reaffirm assess outline detail stipulate advise remind shout interject opine"
)

#: Of these, the verbs that tell a deed when a mere noun follows: "conceded defeat", "found a comet".
DEEDS = _words("concede admit confess find show read observe continue recall")

# Base or -s forms that are a noun more often than a verb: verbs only where the context leaves no choice.
NOUN_LIKE = _words(
    "act acts aid aim aims air alarm alert answer answers appeal appeals approach attack attacks attempt attempts "
    "award awards back ban bans bar bars base bases battle battles benefit benefits bid bids block blocks blast "
    "blasts bomb bombs boost break breaks broadcast burst call calls campaign campaigns care cause causes "
    "challenge challenges change changes charge charges claim claims clash clashes collapse comment comments "
    "command concern concerns conduct contact contacts contest contests contract contracts control controls cost "
    "costs count counts cover crash crashes cut cuts damage damages date dates deal deals debate debates decline "
    "declines decrease defeat defeats delay delays demand demands design document documents doubt doubts draft "
    "drive drop end estimate estimates exercise exercises experience export exports face faces fear fears feature "
    "features fight fights figure figures file files fine fines finance fire fires flood floods focus force "
    "forces forecast forecasts form forms fuel function fund funds gain gains ground grounds group guard guards "
    "guide hand hands head heads heat help hope hopes host hunt impact import imports increase increases "
    "influence interview interviews issue issues judge judges label lack land lands lead leads leak leaks lift "
    "light like limit limits line lines link links list lists load look looks march mark marks match matches "
    "matter matters measure measures mount move moves name names need needs note notes notice object objects "
    "offer offers order orders pack pass patrol patrols pause peak people place places plan plans plant plants "
    "play plays pledge pledges plot point points position positions post posts power powers practise present "
    "press pressure print probe probes profit profits progress project projects promise promises prompt protest "
    "protests purchase push question questions quote quotes race races raid raids rally rallies range ranges rank "
    "ranks rate rates reach record records reform reforms regard regards release releases remark remarks repair "
    "repairs reply report reports request requests rescue research reserve reserves resort respect rest result "
    "results retreat return returns review reviews reward ride ring rise rises rock rule rules run runs rush "
    "sacrifice sanction sanctions scale schedule score scores search seal sentence sentences set sets shape share "
    "shares shelter shift shifts shock shot shots show shows side sides sign signal signals signs slide sort "
    "sound spark split spot spread spring stage stand stands start state states station stations stay step steps "
    "stock stop storm storms stress stretch strike strikes struggle study studies suit supply supplies support "
    "surge surprise survey surveys suspect suspects switch talk talks target targets tax taxes term terms test "
    "tests tie ties top total touch tour tours trace track trade trail train trains transfer transfers transport "
    "trap travel treat trend trends trial trigger trust try turn tweet tweets update updates use uses value "
    "values view views visit visits voice voices volunteer volunteers vote votes vow wait walk wants warning "
    "warrant wash waste watch welcome will wind wish witness witnesses wonder work works worry wound wounds yield "
    "zero found left well leaves lives thought saw bound felt ground wounded born shell shells side sides raise "
    "house water field email emails text texts poll polls map maps book books phone park parks ship ships type "
    "types screen camp camps tap tape paint mail prop quiz rain license smile swap pitch"
)
