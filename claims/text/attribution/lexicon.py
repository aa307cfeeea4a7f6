"""Words that introduce what somebody says, thinks, wants or holds: general English, no names."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.lexicon import inflections


class Cue(NamedTuple):
    """What a word form means as a cue. `form`: base, present, past, participle (where it differs from past) or ing."""

    lemma: str
    group: str
    form: str


#: Verbs by what they take. `say`: a clause, reported or quoted; `tell`: a hearer, then a clause; `think`: a clause,
#: held rather than uttered; `will`: an infinitive (plan, refuse); `urge`: a hearer and an infinitive; `judge`: a thing
#: or person spoken of (criticise, cite); `name`: a thing and what it is called; `show`: evidence as the speaker;
#: `rule`: an official act in words.
VERBS = {
    "say": """say add note write report announce claim state declare argue insist assert maintain contend explain
        acknowledge admit concede confirm disclose reveal stress emphasize emphasise remark observe mention
        hint allege testify recall reply respond answer continue conclude joke quip tweet retweet post shout yell
        exclaim cry whisper boast brag complain lament bemoan caution predict forecast proclaim profess
        reiterate repeat retort counter muse intone opine comment elaborate clarify specify recount relate
        protest affirm reaffirm attest aver avow blurt chant chide cheer confess decry enthuse fume gloat groan
        growl grumble gripe holler interject interrupt intimate mumble murmur mutter ponder preach propound publish rant
        rave rejoin scoff scream seethe sing snap sneer speculate sputter surmise swear theorize thunder utter venture
        volunteer wail warn summarize summarise signal signify deny dispute refute rebut tell sniff deadpan email text
        assess broadcast print pronounce read speak talk underline underscore trumpet spell concur
        stipulate demur marvel moan plead pray type articulate chime echo second""",
    "tell": """inform notify assure reassure remind convince persuade advise brief lecture""",
    "think": """believe think know feel hope fear worry expect assume suspect doubt understand realize realise imagine
        suppose guess reckon figure wonder agree disagree decide determine see consider learn hear recognise
        recognize remember forget wish anticipate sense calculate judge presume perceive accept dream regret bet
        foresee envision envisage estimate project fret conceive deem trust view regard dread gather
        love hate like dislike admire despise loathe resent relish appreciate enjoy care mind hold
        contemplate debate deliberate weigh""",
    "will": """want plan intend seek refuse decline threaten offer promise vow pledge choose prefer need opt
        prepare propose resolve aim desire undertake volunteer commit fight resist hesitate oblige
        vote pretend long yearn balk""",
    "urge": """ask urge encourage order request beg implore exhort press push direct instruct command invite
        demand require compel challenge pressure entreat lobby petition dare allow permit forbid prohibit
        recommend suggest counsel summon""",
    "judge": """criticize criticise blast condemn denounce attack slam praise laud hail reject dismiss question
        support back endorse oppose defend cite reference highlight tout promote outline detail
        blame accuse credit thank mock ridicule deride chastise lambast lambaste rip rebuke scold discuss address
        approve welcome celebrate applaud assail berate castigate censure champion commend compliment congratulate
        deplore disavow disparage downplay embrace excoriate extol extoll favor favour flag flaunt flay float fault
        grill hammer impugn insult invoke jeer knock lampoon malign minimize oppose pan pillory play
        point pooh-pooh push quote raise rail rap raise refer reprimand reproach repudiate scorn single skewer slap
        smear solicit spurn taunt trash uphold vilify whack advocate preach chronicle document enumerate explore
        examine list name narrate profile rehash sketch survey touch trace unveil unpack suggest present pitch
        call push ignore avoid dodge evade sidestep duck tackle confront charge indict implicate
        propose introduce release issue file reflect acknowledge distance express voice convey communicate
        vent air register lodge level hurl unleash threaten ponder consider study review investigate admire
        exaggerate overstate understate embellish misrepresent distort trivialize romanticize spin
        bash pounce pound pummel rage fulminate bristle bridle inveigh crow appeal apologize apologise
        insinuate allude disapprove demonize admonish upbraid lash hit strike pan credit""",
    "name": """call describe characterize characterise portray label dub brand compare liken depict paint rate
        rank term style bill tag cast equate deem declare treat regard view peg nickname""",
    "show": """show indicate suggest find prove demonstrate illustrate imply mean establish discover
        uncover conclude note feature reflect warn""",
    "rule": """rule order approve adopt overturn overrule uphold grant appoint nominate elect authorize authorise
        sign ban bar mandate certify enact pass impose lift suspend convict sentence acquit sue award dismiss deny
        indict charge repeal veto block""",
}

#: Nouns that hold what is said, with "that …", "of …" or "to …" after them.
NOUNS = """claim report statement allegation accusation belief view argument assertion suggestion announcement warning
    promise pledge vow decision conclusion fear concern hope idea notion theory complaint criticism insistence denial
    admission prediction estimate evidence suspicion call demand request proposal plan opinion sense
    contention charge rumor rumour comment remark observation acknowledgment acknowledgement confession declaration
    testimony proof sign hint indication implication premise assumption worry doubt feeling conviction
    determination promise message finding ruling judgment judgement verdict speculation guess understanding
    recognition realization realisation refusal reluctance willingness desire intention intent eagerness threat offer
    effort agreement commitment attack criticism support opposition praise disdain contempt endorsement
    recommendation advice question tweet speech letter account version explanation description interpretation""".split()

#: Adjectives of saying, thinking and wanting, after a form of "be" or "make".
ADJECTIVES = """afraid sure certain convinced confident aware worried concerned hopeful optimistic pessimistic skeptical
    sceptical doubtful unsure uncertain adamant angry furious proud happy glad pleased disappointed frustrated surprised
    shocked upset critical supportive dismissive wary reluctant willing unwilling eager ready unhappy grateful sorry clear
    opposed determined interested incensed outraged amazed ashamed bullish bearish cautious committed curious
    enthusiastic excited fearful fond impressed insistent keen mindful nervous open positive prepared sympathetic
    thankful thrilled unaware unconvinced vocal mum coy silent effusive infuriated intent obvious""".split()

PLURAL_IRREGULAR = {"theory": "theories", "belief": "beliefs", "speech": "speeches"}

#: Heads of noun phrases that speak in the news. A noun ending in -er, -or, -ist, -man … counts too.
SPEAKERS = frozenset(
    """official officials spokesman spokeswoman spokesperson spokespeople spokesmen source sources police president
    minister government ministry agency department office court judge judges campaign committee commission council
    party union company group organization organisation administration authorities authority army military police
    report reports poll polls survey study paper newspaper article story memo document documents letter statement
    expert experts analyst analysts critic critics aide aides adviser advisers advisor advisors lawyer lawyers
    attorney attorneys chief chairman chairwoman chair head leader leaders member members mayor governor senator
    senators congressman congresswoman representative representatives lawmaker lawmakers candidate candidates nominee
    nominees mogul businessman businesswoman democrat democrats republican republicans conservative conservatives
    liberal liberals voter voters supporter supporters opponent opponents people witness witnesses resident residents
    man woman men women father mother son daughter wife husband brother sister friend friends family families
    professor scientist scientists researcher researchers economist economists doctor doctors nurse teacher teachers
    student students activist activists protester protesters ad video book email emails website site blog post tweet
    plan bill law rule rules ruling order speech transcript record records data figures statistics embassy bank
    firm team director secretary deputy general colonel captain lieutenant commander sheriff prosecutor prosecutors
    editor reporter reporters journalist journalists columnist host anchor author writer historian strategist
    strategists pollster pollsters insider insiders veteran veterans worker workers farmer farmers investor investors
    others many some several most one all critics pundits observers scholars allies ally panel board network nation
    country state city states house senate congress parliament king queen pope bishop priest pastor""".split()
)

#: Stance that a lemma takes toward its content.
DENIES = frozenset("deny dispute refute rebut repudiate disavow reject dismiss denial oppose disagree".split())
DOUBTS = frozenset("doubt question suspect wonder suspicion speculate speculation rumor rumour".split())
ASKS = frozenset("ask wonder question demand request urge beg implore plead exhort petition call".split())

TIME_WORDS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow tonight earlier later last
    next week month year morning afternoon evening night recently then now again afterward afterwards separately
    january february march april may june july august september october november december jan feb mar apr aug sept
    sep oct nov dec weekend ago late early""".split()
)

ADVERBS = frozenset(
    """also again now then later once still just even ever never often always already soon first finally further
    instead recently earlier repeatedly not nt too yet only sometimes long since simply merely rather all both
    perhaps maybe almost much very so however meanwhile though actually really clearly apparently
    reportedly allegedly publicly privately himself herself themselves itself alike""".split()
)

BE = frozenset("is are was were am be been being 's 're 'm isn't aren't wasn't weren't ain't".split())
HAVE = frozenset("has have had having hasn't haven't hadn't 've 'd".split())
MODAL = frozenset(
    """will would shall should can could may might must do does did to cannot can't couldn't won't wouldn't shouldn't
    don't doesn't didn't mustn't mightn't needn't 'll 'd ca wo""".split()
) - {"to"}
NEGATIVE = frozenset(
    """not never isn't aren't wasn't weren't ain't hasn't haven't hadn't can't cannot couldn't won't wouldn't shouldn't
    don't doesn't didn't mustn't hardly no nor neither""".split()
)


def _cues() -> dict[str, tuple[Cue, ...]]:
    table: dict[str, list[Cue]] = {}
    seen: set[str] = set()
    for group, words in VERBS.items():
        for lemma in words.split():
            if lemma in seen:
                continue
            seen.add(lemma)
            present, past, participle, ing = inflections(lemma)
            forms = {lemma: "base", present: "present", past: "past", ing: "ing"}
            forms.setdefault(participle, "participle")
            for form, name in forms.items():
                table.setdefault(form, []).append(Cue(lemma, group, name))
    for adjective in ADJECTIVES:
        table.setdefault(adjective, []).append(Cue(adjective, "adj", "adj"))
    for noun in NOUNS:
        plural = PLURAL_IRREGULAR.get(noun, noun[:-1] + "ies" if noun.endswith("y") else noun + "s")
        for form in (noun, plural):
            table.setdefault(form, []).append(Cue(noun, "noun", "noun"))
    return {form: tuple(cues) for form, cues in table.items()}


CUES = _cues()
"""Lower-case word form → its readings; a verb reading stands before an adjective or noun reading."""
