"""Words that introduce what somebody says, thinks, wants or holds: general English, no names."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.lexicon import inflections


class Cue(NamedTuple):
    """What a word form means as a cue. `form`: base, present, past, participle (where it differs from past) or ing."""

    lemma: str
    group: str
    form: str
    family: str = ""


#: Verbs by what they take, group and family. `say`: a clause, reported or quoted; `tell`: a hearer, then a clause;
#: `think`: a clause, held rather than uttered; `will`: an infinitive (plan, refuse); `urge`: a hearer and an
#: infinitive; `judge`: a thing or person spoken of (criticise, cite); `name`: a thing and what it is called; `show`:
#: evidence as the speaker; `rule`: an official act in words. The family tells the scorer what verbs are alike.
VERBS = {
    "say.plain": "say add note write announce claim state declare argue insist assert maintain contend explain warn",
    "say.own": """acknowledge admit concede confirm disclose reveal stress emphasize emphasise remark observe hint
        allege testify recall reiterate reaffirm affirm attest aver avow confess clarify specify elaborate stipulate
        underline underscore signal signify caution predict forecast proclaim profess boast brag complain lament
        bemoan concur demur""",
    "say.speech": """reply resume respond answer continue conclude joke quip tweet retweet post shout yell exclaim cry
        whisper repeat retort counter muse intone opine comment protest blurt chant chide enthuse fume gloat groan growl
        grumble gripe holler interject interrupt mumble murmur mutter rant rave rejoin scoff scream seethe sneer
        speculate sputter theorize thunder volunteer wail deadpan pronounce marvel moan plead pray chime""",
    "say.report": """report mention recount publish broadcast print summarize summarise describe text email""",
    "say.loose": """sing snap utter venture swear surmise intimate ponder preach propound cheer decry speak talk read
        spell trumpet type articulate echo second sniff assess deny dispute refute rebut""",
    "tell": "tell inform notify assure reassure remind convince persuade advise brief lecture",
    "think.believe": """believe think know feel hope fear worry expect assume suspect doubt understand realize realise
        imagine suppose guess reckon figure wonder agree disagree judge presume conceive deem regret bet fret
        foresee envision envisage anticipate""",
    "think.learn": "decide determine see consider learn hear recognise recognize remember forget sense calculate "
    "perceive accept estimate project gather",
    "think.feel": """wish dream dread love hate like dislike admire despise loathe resent relish appreciate enjoy care
        mind hold trust view regard""",
    "think.weigh": "contemplate debate deliberate weigh",
    "will.speech": "refuse decline threaten offer promise vow pledge propose",
    "will.mind": "want plan intend seek choose prefer need opt aim desire long yearn",
    "will.act": "prepare resolve undertake commit fight resist hesitate oblige vote pretend balk",
    "urge.speech": """ask urge encourage beg implore exhort press invite entreat petition recommend suggest counsel
        demand""",
    "urge.power": """order request push direct instruct command require compel challenge pressure lobby dare allow
        permit forbid prohibit summon""",
    "judge.blame": """criticize criticise blast condemn denounce attack slam ridicule deride chastise lambast lambaste
        rip rebuke scold assail berate castigate censure deplore disavow disparage excoriate fault grill hammer impugn
        insult jeer knock lampoon malign mock pan pillory pooh-pooh rap reprimand reproach repudiate scorn skewer
        slap smear spurn taunt trash vilify whack bash pounce pummel fulminate inveigh disapprove demonize admonish
        upbraid lash accuse blame""",
    "judge.praise": """praise laud hail support back endorse defend promote tout thank welcome celebrate applaud
        champion commend compliment congratulate extol extoll favor favour advocate embrace uphold admire credit""",
    "judge.oppose": "oppose reject dismiss question minimize downplay ignore avoid dodge evade sidestep duck",
    "judge.cite": """cite reference highlight quote invoke refer allude point list name document chronicle enumerate
        insinuate exaggerate overstate understate""",
    "judge.discuss": """discuss address outline detail introduce unveil present consider study review
        investigate examine explore narrate profile rehash sketch survey touch trace unpack tackle""",
    "judge.voice": """express voice convey communicate vent air register lodge level raise rail crow rage apologize
        apologise appeal bristle approve""",
    "judge.loose": """flag flaunt flay float play push single solicit pitch confront charge indict
        implicate release issue file reflect acknowledge distance hurl unleash embellish misrepresent
        distort trivialize romanticize spin pound bridle hit strike""",
    "name": """call characterize characterise portray label dub brand compare liken depict paint rate
        rank term style bill tag cast equate treat peg nickname""",
    "show": "show indicate find prove demonstrate illustrate imply mean establish discover uncover feature",
    "rule": """rule adopt overturn overrule grant appoint nominate elect authorize authorise
        sign ban bar mandate certify enact pass impose lift suspend convict sentence acquit sue award
        repeal veto block""",
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
    recommendation advice regret surprise anger satisfaction gratitude confidence question tweet speech
    letter account version explanation description interpretation""".split()

#: Adjectives of saying, thinking and wanting, after a form of "be" or "make".
ADJECTIVES = """afraid sure certain convinced confident aware worried concerned hopeful optimistic pessimistic skeptical
    sceptical doubtful unsure uncertain adamant angry furious proud happy glad pleased disappointed frustrated surprised
    shocked upset critical supportive dismissive wary reluctant willing unwilling eager ready unhappy grateful sorry
    clear opposed determined interested incensed outraged amazed ashamed bullish bearish cautious committed curious
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

#: Labels before a colon that are no speakers.
LABELS = frozenset(
    """read watch video photo photos related update updated breaking exclusive opinion analysis editorial more listen
    note warning correction source via tags topics poll quiz gallery live latest""".split()
)

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
    together reportedly allegedly publicly privately himself herself themselves itself alike""".split()
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


ACCORDING = Cue("according", "according", "ing")


def _cues() -> dict[str, tuple[Cue, ...]]:
    table: dict[str, list[Cue]] = {}
    seen: set[str] = set()
    for family, words in VERBS.items():
        group = family.split(".")[0]
        for lemma in words.split():
            if lemma in seen:
                continue
            seen.add(lemma)
            present, past, participle, ing = inflections(lemma)
            forms = {lemma: "base", present: "present", past: "past", ing: "ing"}
            forms.setdefault(participle, "participle")
            for form, name in forms.items():
                table.setdefault(form, []).append(Cue(lemma, group, name, family))
    for adjective in ADJECTIVES:
        table.setdefault(adjective, []).append(Cue(adjective, "adj", "adj"))
    for noun in NOUNS:
        plural = PLURAL_IRREGULAR.get(noun, noun[:-1] + "ies" if noun.endswith("y") else noun + "s")
        for form in (noun, plural):
            table.setdefault(form, []).append(Cue(noun, "noun", "noun"))
    table["according"] = [ACCORDING]
    return {form: tuple(cues) for form, cues in table.items()}


CUES = _cues()
"""Lower-case word form → its readings; a verb reading stands before an adjective or noun reading."""
