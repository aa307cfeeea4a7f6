"""General English words that help to tell names from other capitalised words."""

from __future__ import annotations

# Particles that join the parts of a person's name and are written small.
PARTICLES = frozenset(
    "al el bin ibn ben bint abu umm van von der den de del della di da dos das du la le ter ten zu af av y e".split()
)

# Arabic articles, also assimilated to the following letter.
ARTICLES = frozenset("al el ul an ar as ash at az ad adh aţ es er ed en".split())

SUFFIXES = {
    "jr": "jr",
    "jnr": "jr",
    "junior": "jr",
    "sr": "sr",
    "snr": "sr",
    "senior": "sr",
    "ii": "ii",
    "iii": "iii",
    "iv": "iv",
    "v": "v",
}

# Words that end the name of an organisation.
ORG_HEADS = frozenset(
    "administration government regime cabinet collective agency association authority bank board bureau center "
    "centre church club co coalition college commission committee company confederation conference congress "
    "consortium corp corporation corps council court courthouse department directorate enterprise exchange "
    "federation force forces foundation forum front fund game games group guard guards holdings hospital house "
    "inc industries initiative institute institution journal league limited llc ltd ministry mission monitor "
    "movement museum network news observatory office organisation organization parliament party police post press "
    "project radio register school secretariat senate service services society source studio studios syndicate "
    "team television times today tribune tv union united university watch channel airlines airways motors energy "
    "bancorp tribunal trust union's army navy registry alliance partnership plc gmbh ag sa spa nv".split()
)
# Words that make the name of a place.
PLACE_HEADS = frozenset(
    "airport avenue base bay beach boulevard bridge canal cape city coast county creek desert district falls "
    "field forest gulf harbor harbour heights hill hills island islands isle lake mount mountain mountains ocean "
    "park peninsula plaza port province region republic ridge river road sea square strait street territory town "
    "township valley village capitol prison stadium station kingdom emirates federation east west south north".split()
)
# Heads of place names that are common family names too.
FAMILY_HEADS = frozenset("hill hills lake park field fields lane river rivers forest day ford port banks".split())
DIRECTIONS = frozenset(
    "middle north south east west northern southern eastern western central new upper lower greater saint san "
    "santa el los las".split()
)

# Words that make the name of a thing: "X Tower", "X Act" is not X.
THING_HEADS = frozenset(
    "code war wars penal line tower towers hotel act bill law plan deal treaty accord agreement pact award prize "
    "cup report doctrine era campaign festival show day week rule effect open classic trophy bowl series fair "
    "memorial monument palace castle mosque temple cathedral farm farms ranch mall market building complex "
    "compound rally dossier memo tape papers files amendment declaration convention protocol constitution summit "
    "championship championships marathon conference state states".split()
)

# Capitalised words that open sentences and are no names, and words that are capitalised by convention only.
NOT_NAMES = frozenset(
    """
    a about above according across after afterwards again against ahead all almost along already also although
    always amid among amongst an and another any anybody anyone anything apart are aren't around as aside ask at
    away back be because been before behind being below beside besides between beyond both but by can can't cannot
    certainly clearly come compared considering contrary could couldn't critics currently dear despite did didn't
    do does doesn't don't down due during each earlier early either else elsewhere enough especially even
    eventually ever every everybody everyone everything evidence except experts facing far few fewer figures
    finally first following for former formerly fortunately four from further furthermore generally get given go
    good government had hadn't half hardly has hasn't have haven't having he he'd he'll he's hello hence her here
    here's hers herself him himself his historically how however hundreds i i'd i'll i'm i've if imagine in
    including indeed initially initial inside instead is isn't it it'd it'll it's its itself just last late lately
    later latest least less let let's like likewise listen local long look looking many maybe me meanwhile media
    members men might mine more moreover most mostly much must my myself near nearly neither never nevertheless
    next nine no nobody none nonetheless nor not note nothing notably now nowhere obviously of off officials often
    oh ok okay on once one ones only opponents opposite or other others otherwise our ours ourselves out outside
    over overall part people per perhaps please plus police previously prior probably prosecutors put quite rather
    read really recent recently regarding regardless reporters representatives rescuers researchers residents
    respectively sadly said same say says scientists second see seven several shall she she'd she'll she's should
    shouldn't similarly simply since six so some somebody someone something sometimes somewhere soon sources
    speaking specifically still such suddenly supporters sure take ten than thank thanks that that's the their
    theirs them themselves then there there's therefore these they they'd they'll they're they've thing things
    think this those though thousands three through throughout thus to today together tomorrow tonight too top
    toward towards twelve twenty two ultimately under unfortunately unless unlike until up update upon us usually
    very via was wasn't watch way we we'd we'll we're we've well were weren't what what's whatever when whenever
    where where's whereas wherever whether which while who who's whoever whom whose why will with within without
    witnesses women won't workers would wouldn't yes yesterday yet you you'd you'll you're you've young your yours
    yourself analysts authorities lawmakers protesters activists investigators doctors students voters soldiers
    troops rebels militants photo photos video image images file caption advertisement comments share related
    story continue newsletter subscribe sign opinion analysis editorial breaking exclusive live updated published
    posted copyright rights reserved asked based both born called citing coming concerning depending described
    describing during eight eighty fifteen fifty five forty hundred million billion ninety seventy sixty thirty
    thousand tens dozens nearly roughly talks results reports polls initial votes voting nations leaders leader
    official officer spokesman spokeswoman
    """.split()
)

# Words of address and time that are never names.
CALENDAR = frozenset(
    """
    january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur
    thurs fri sat sun est edt pst pdt gmt utc cet bst am pm
    """.split()
)

# Common given-name short forms in English.
NICKNAMES: dict[str, frozenset[str]] = {}  # a given name → the full forms it may stand for
for _line in """
alexander alex al sasha
andrew andy drew
anthony tony
benjamin ben benny
charles charlie chuck
christopher chris
daniel dan danny
david dave davey
deborah debbie deb
donald don donnie
douglas doug
edward ed eddie ted teddy ned
elizabeth liz beth betsy betty lizzie
eugene gene
frederick fred freddie
gerald gerry jerry
gregory greg
harold harry hal
henry hank harry
james jim jimmy jamie
jeffrey jeff
jennifer jen jenny
john jack johnny jon
joseph joe joey
joshua josh
katherine kate kathy katie cathy
kenneth ken kenny
lawrence larry
leonard leo len
margaret maggie meg peggy
matthew matt
michael mike mick mickey
mitchell mitch
nancy nan
nathaniel nathan nate
nicholas nick
patricia pat patty tricia
patrick pat paddy
peter pete
philip phil
raymond ray
rebecca becky
richard rick dick rich richie
robert bob rob bobby robbie
ronald ron ronnie
rudolph rudy
samuel sam sammy
stephen steve
susan sue susie
theodore ted teddy theo
thomas tom tommy
timothy tim
victoria vicky
vincent vince
walter walt
william bill will billy willy
zachary zach zack
""".strip().splitlines():
    _words = _line.split()
    for _word in _words:
        NICKNAMES[_word] = NICKNAMES.get(_word, frozenset()) | {_words[0]}

# Country | adjective and people | other names. The adjective stands for the country in "the Norwegian minister".
_COUNTRIES = """
Afghanistan|Afghan
Albania|Albanian
Algeria|Algerian
Angola|Angolan
Argentina|Argentine,Argentinian
Armenia|Armenian
Australia|Australian
Austria|Austrian
Azerbaijan|Azerbaijani,Azeri
Bahamas|Bahamian
Bahrain|Bahraini
Bangladesh|Bangladeshi
Belarus|Belarusian
Belgium|Belgian
Belize|Belizean
Benin|Beninese
Bhutan|Bhutanese
Bolivia|Bolivian
Bosnia and Herzegovina|Bosnian|Bosnia
Botswana|Botswanan
Brazil|Brazilian
Brunei|Bruneian
Bulgaria|Bulgarian
Burkina Faso|Burkinabe
Burundi|Burundian
Cambodia|Cambodian
Cameroon|Cameroonian
Canada|Canadian
Chad|Chadian
Chile|Chilean
China|Chinese
Colombia|Colombian
Congo|Congolese
Costa Rica|Costa Rican
Croatia|Croatian,Croat
Cuba|Cuban
Cyprus|Cypriot
Czech Republic|Czech|Czechia
Denmark|Danish,Dane
Djibouti|Djiboutian
Dominican Republic|Dominican
Ecuador|Ecuadorian,Ecuadorean
Egypt|Egyptian
El Salvador|Salvadoran
Eritrea|Eritrean
Estonia|Estonian
Ethiopia|Ethiopian
Fiji|Fijian
Finland|Finnish,Finn
France|French
Gabon|Gabonese
Gambia|Gambian
Georgia|Georgian
Germany|German
Ghana|Ghanaian
Greece|Greek
Guatemala|Guatemalan
Guinea|Guinean
Guyana|Guyanese
Haiti|Haitian
Honduras|Honduran
Hungary|Hungarian
Iceland|Icelandic,Icelander
India|Indian
Indonesia|Indonesian
Iran|Iranian
Iraq|Iraqi
Ireland|Irish
Israel|Israeli
Italy|Italian
Ivory Coast|Ivorian
Jamaica|Jamaican
Japan|Japanese
Jordan|Jordanian
Kazakhstan|Kazakh
Kenya|Kenyan
Kosovo|Kosovar
Kuwait|Kuwaiti
Kyrgyzstan|Kyrgyz
Laos|Laotian
Latvia|Latvian
Lebanon|Lebanese
Lesotho|Basotho
Liberia|Liberian
Libya|Libyan
Lithuania|Lithuanian
Luxembourg|Luxembourgish
Madagascar|Malagasy
Malawi|Malawian
Malaysia|Malaysian
Maldives|Maldivian
Mali|Malian
Malta|Maltese
Mauritania|Mauritanian
Mauritius|Mauritian
Mexico|Mexican
Moldova|Moldovan
Mongolia|Mongolian
Montenegro|Montenegrin
Morocco|Moroccan
Mozambique|Mozambican
Myanmar|Burmese|Burma
Namibia|Namibian
Nepal|Nepalese,Nepali
Netherlands|Dutch|Holland
New Zealand|New Zealander
Nicaragua|Nicaraguan
Niger|Nigerien
Nigeria|Nigerian
North Korea|North Korean|DPRK
North Macedonia|Macedonian|Macedonia
Norway|Norwegian
Oman|Omani
Pakistan|Pakistani
Palestine|Palestinian
Panama|Panamanian
Paraguay|Paraguayan
Peru|Peruvian
Philippines|Philippine,Filipino
Poland|Polish,Pole
Portugal|Portuguese
Qatar|Qatari
Romania|Romanian
Russia|Russian|Russian Federation
Rwanda|Rwandan
Saudi Arabia|Saudi|KSA
Senegal|Senegalese
Serbia|Serbian,Serb
Sierra Leone|Sierra Leonean
Singapore|Singaporean
Slovakia|Slovak
Slovenia|Slovenian
Somalia|Somali
South Africa|South African
South Korea|South Korean
South Sudan|South Sudanese
Spain|Spanish,Spaniard
Sri Lanka|Sri Lankan
Sudan|Sudanese
Suriname|Surinamese
Sweden|Swedish,Swede
Switzerland|Swiss
Syria|Syrian
Taiwan|Taiwanese
Tajikistan|Tajik
Tanzania|Tanzanian
Thailand|Thai
Togo|Togolese
Trinidad and Tobago|Trinidadian|Trinidad
Tunisia|Tunisian
Turkey|Turkish,Turk|Turkiye
Turkmenistan|Turkmen
Uganda|Ugandan
Ukraine|Ukrainian
United Arab Emirates|Emirati|UAE
United Kingdom|British,Briton|UK,U.K.,Britain,Great Britain
United States|American|US,U.S.,USA,U.S.A.,United States of America,America
Uruguay|Uruguayan
Uzbekistan|Uzbek
Venezuela|Venezuelan
Vietnam|Vietnamese
Yemen|Yemeni
Zambia|Zambian
Zimbabwe|Zimbabwean
European Union|European|EU
United Nations||UN,U.N.
England|English
Scotland|Scottish,Scot
Wales|Welsh
"""
COUNTRIES: dict[str, str] = {}  # any name of a country, in lower case → its usual name
DEMONYMS: dict[str, str] = {}  # adjective or people, in lower case → the country
for _line in _COUNTRIES.strip().splitlines():
    _name, _adjectives, *_others = _line.split("|")
    for _word in (_name, *(_others[0].split(",") if _others else ())):
        COUNTRIES[_word.lower()] = _name
    for _word in filter(None, _adjectives.split(",")):
        DEMONYMS[_word.lower()] = _name

# States of federations, continents and regions that news names without a country.
REGIONS = frozenset(
    line.strip()
    for line in """
alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|hawaii|idaho|illinois|indiana|iowa
kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada
new hampshire|new jersey|new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island
south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|wisconsin|wyoming
puerto rico|ontario|quebec|alberta|manitoba|saskatchewan|british columbia|new south wales|queensland|tasmania
europe|asia|africa|antarctica|north america|south america|latin america|oceania|middle east|scandinavia|caribbean
bavaria|catalonia|crimea|siberia|punjab|kashmir|sindh|kerala|gujarat|maharashtra
""".replace("\n", "|").split("|")
    if line.strip()
)
