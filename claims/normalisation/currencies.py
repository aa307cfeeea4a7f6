"""Currencies: from the words and signs of news to the ISO 4217 code.

Everything is built once at import from the table below and only read afterwards. Nothing here raises.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Currency:
    """One currency. `minor` is the name of its hundredth part."""

    code: str
    name: str
    minor: str = "cent"


# code, name, words for one and many (besides the name), signs, minor unit
_CURRENCIES = """
USD|dollar|us dollar,u.s. dollar,united states dollar,american dollar,buck,greenback|$ US$ $US U.S.$ USD$|cent
EUR|euro||€ EU€|cent
GBP|british pound|pound sterling,british pound sterling,sterling,quid|£ GB£ UK£ £stg PS|penny
JPY|japanese yen|yen|¥ JP¥|sen
CNY|chinese yuan|yuan,renminbi,chinese renminbi|RMB CN¥ ￥|fen
AUD|australian dollar||A$ AU$ $A $AU AUD$|cent
CAD|canadian dollar||C$ CA$ CAD$ CDN$ $C Can$ Cdn$|cent
NZD|new zealand dollar||NZ$ $NZ NZD$|cent
HKD|hong kong dollar||HK$|cent
SGD|singapore dollar|singaporean dollar|S$ SG$ SGD$|cent
TWD|new taiwan dollar|taiwan dollar,taiwanese dollar|NT$|cent
INR|indian rupee|rupee|₹ Rs Re|paisa
PKR|pakistani rupee|pakistan rupee||paisa
LKR|sri lankan rupee||SLRs|cent
NPR|nepalese rupee|nepali rupee|NRs|paisa
CHF|swiss franc|franc|Fr SFr|centime
KRW|south korean won|won,korean won|₩|jeon
KPW|north korean won|||chon
RUB|russian ruble|ruble,rouble,russian rouble|₽|kopeck
SEK|swedish krona|krona,kronor,swedish kronor,swedish crown,crown|SKr kr|ore
NOK|norwegian krone|krone,kroner,norwegian kroner,norwegian crown|NKr|ore
DKK|danish krone|danish kroner,danish crown|DKr|ore
ISK|icelandic krona|icelandic kronur||
CZK|czech koruna|koruna,czech crown|Kč|haler
PLN|polish zloty|zloty,zlotys,zlotych|zł|grosz
HUF|hungarian forint|forint|Ft|
RON|romanian leu|leu,lei||ban
BGN|bulgarian lev|lev,leva|лв|stotinka
HRK|croatian kuna|kuna|kn|lipa
RSD|serbian dinar|||
UAH|ukrainian hryvnia|hryvnia,hryvnias|₴|kopiyka
TRY|turkish lira|lira|₺|kurus
ILS|israeli shekel|shekel,new israeli shekel|₪ NIS|agora
SAR|saudi riyal|riyal|SR|halala
QAR|qatari riyal||QR|dirham
AED|uae dirham|dirham,emirati dirham|Dh Dhs|fils
MAD|moroccan dirham|||centime
KWD|kuwaiti dinar||KD|fils
BHD|bahraini dinar||BD|fils
IQD|iraqi dinar|dinar||fils
JOD|jordanian dinar||JD|piastre
TND|tunisian dinar|||millime
DZD|algerian dinar|||
OMR|omani rial|||baisa
IRR|iranian rial|rial,toman||
EGP|egyptian pound||E£|piastre
LBP|lebanese pound|lebanese lira||piastre
SYP|syrian pound|||piastre
SDG|sudanese pound|||
ZAR|south african rand|rand|R|cent
NGN|nigerian naira|naira|₦|kobo
KES|kenyan shilling|shilling|KSh Ksh Sh|cent
UGX|ugandan shilling||USh|cent
TZS|tanzanian shilling||TSh|cent
GHS|ghanaian cedi|cedi,ghana cedi|₵ GH₵|pesewa
ETB|ethiopian birr|birr||santim
ZMW|zambian kwacha|kwacha||ngwee
BWP|botswana pula|pula||thebe
XOF|west african cfa franc|cfa franc|CFA FCFA|centime
XAF|central african cfa franc|||centime
BRL|brazilian real|real,reais,brazilian reais|R$|centavo
MXN|mexican peso|peso|Mex$ MX$ MXN$|centavo
ARS|argentine peso|argentinian peso|AR$|centavo
CLP|chilean peso||CLP$|centavo
COP|colombian peso||COL$|centavo
UYU|uruguayan peso|||centavo
PEN|peruvian sol|sol,nuevo sol|S/|centimo
BOB|bolivian boliviano|boliviano|Bs|centavo
VES|venezuelan bolivar|bolivar||centimo
CRC|costa rican colon||₡|centimo
JMD|jamaican dollar||J$|cent
TTD|trinidad and tobago dollar||TT$|cent
BBD|barbados dollar|barbadian dollar|Bds$|cent
FJD|fijian dollar|fiji dollar|FJ$|cent
ZWL|zimbabwean dollar|zimbabwe dollar|Z$|cent
PHP|philippine peso||₱|centavo
THB|thai baht|baht|฿|satang
MYR|malaysian ringgit|ringgit|RM|sen
IDR|indonesian rupiah|rupiah|Rp|
VND|vietnamese dong|dong|₫ VNĐ|
BDT|bangladeshi taka|taka|৳ Tk|poisha
KHR|cambodian riel|riel||
LAK|lao kip|kip|₭|
MMK|myanmar kyat|kyat|K|pya
MNT|mongolian tugrik|tugrik,togrog|₮|
KZT|kazakhstani tenge|tenge|₸|tiyn
UZS|uzbekistani som|||
GEL|georgian lari|lari|₾|tetri
AMD|armenian dram|||
AZN|azerbaijani manat|manat|₼|qapik
AFN|afghan afghani|afghani||
BTC|bitcoin||₿|satoshi
ETH|ether|||
"""

CURRENCIES: dict[str, Currency] = {}  # by code
CURRENCY_WORDS: dict[str, str] = {}  # lower case, words joined by one space, singular and plural → code
CURRENCY_SIGNS: dict[str, str] = {}  # as written → code
MINOR_WORDS: dict[str, str] = {  # hundredths whose name alone tells the currency, or its usual one
    "cent": "USD", "cents": "USD", "penny": "GBP", "pence": "GBP", "paisa": "INR", "paise": "INR", "sen": "MYR",
    "centavo": "MXN", "centavos": "MXN", "kopeck": "RUB", "kopecks": "RUB", "pennies": "USD",
}  # fmt: skip
_SAME_PLURAL = frozenset(
    "yen yuan renminbi won baht rand ringgit rupiah dong taka riel kip kyat tenge birr zloty sterling lei leva"
    " kuna som quid sol euro manat lari naira kwacha pula forint reais kroner kronor kronur zlotych hryvnia real"
    " afghani".split()
)


def _build_currencies() -> None:
    for line in _CURRENCIES.strip().splitlines():
        code, name, words, signs, minor = line.split("|")
        CURRENCIES[code] = Currency(code, name, minor)
        for word in (name, *filter(None, words.split(","))):
            CURRENCY_WORDS.setdefault(word, code)
            CURRENCY_WORDS.setdefault(word + "s", code)
            if word.rsplit(" ", 1)[-1] == "penny":
                CURRENCY_WORDS.setdefault(word[:-1] + "ies", code)
        CURRENCY_SIGNS[code] = code
        for sign in signs.split():
            CURRENCY_SIGNS.setdefault(sign, code)


_build_currencies()
CURRENCY_STARTS = frozenset(words.split(" ")[0] for words in CURRENCY_WORDS)
LONGEST_CURRENCY = max(len(words.split(" ")) for words in CURRENCY_WORDS)


def currency_named(words: str) -> str | None:
    """The ISO 4217 code that the words or the sign name ("Swiss francs", "A$", "EUR"), or None."""
    plain = " ".join(words.split())
    return CURRENCY_SIGNS.get(plain) or CURRENCY_WORDS.get(plain.lower())
