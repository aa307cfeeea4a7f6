"""The marks of what stands around an article: boilerplate, credits, links, menus, tag lines, bylines and datelines."""

from __future__ import annotations

import re

from claims.text.lexicon import PREPOSITIONS

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTH}(?:,?\s\d{{4}})?|{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s\d{{4}})?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})"
)


def _signs(*groups: tuple[str, str]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Pairs of a hint and a pattern, from groups of hints, parted by "|", with theirs."""
    return tuple((hint, re.compile(pattern, re.IGNORECASE)) for hints, pattern in groups for hint in hints.split("|"))


# Each pattern with the words of which one must stand in what it matches: without one it is not looked for.
BOILERPLATE = _signs(
    ("responsible for", r"(?:is|are) not responsible for the content"),
    ("reserved", r"all rights reserved"),
    ("copyright", r"\bcopyright (?:©|\(c\)|\d{4})"),
    (
        "not necessarily|not reflect|not represent",
        r"(?:do|does) not (?:necessarily )?(?:reflect|represent) the (?:views?|opinions?|position|policy)",
    ),
    (
        "may not be",
        r"may not be (?:published|reproduced|copied|broadcast)[\w\s,]{0,80}(?:permission|redistributed|consent)",
    ),
    (
        "this article|this story|this report|this post|this piece",
        r"\bthis (?:article|story|report|post|piece) (?:was |is |has been )?(?:originally |first )?"
        r"(?:published|appeared|republished|produced|translated|updated)\b",
    ),
    ("cookies", r"\bwe use cookies\b"),
    ("privacy policy", r"\b(?:our|you agree to [\w ]{0,20}) privacy policy\b"),
    ("javascript", r"\benable javascript\b"),
    ("download ", r"\bdownload (?:our|the) app\b"),
    ("our standards", r"\bour standards: "),
)
#: How a paragraph of boilerplate may begin, and the words that it then begins with.
BOILERPLATE_START = re.compile(
    r"\A\W*(?:(?:sign up|subscribe) (?:to|for|now|here|today)\b|(?:follow|join|find|like) us (?:on|at)\b"
    r"|(?:click|tap) here\b|support our (?:journalism|work)\b|terms (?:of|and) |advertisement\W*\Z"
    r"|(?:additional )?(?:reporting|writing|editing) by\b[^.]{0,200}(?:edit|report|writ)"
    r"|(?:reporting|editing|writing) by [A-Z])",
    re.IGNORECASE,
)
BOILERPLATE_STARTS = frozenset(
    "sign subscribe follow join find like click tap support terms advertisement additional reporting writing"
    " editing".split()
)
CREDIT = _signs(
    (
        "photo|image|picture|credit|file|illustration",
        r"\((?:[\w\s]{0,30}\b)?(?:photo|image|picture|photograph|credit|file|ap photo|illustration)s?\b[^()]{0,80}\)",
    ),
    (
        "photo|image|picture|pic:|pics:|illustration|credit|caption",
        r"\A\s*(?:file\s?-?\s?)?(?:photo|image|picture|photograph|pic|illustration|credit|photo credit|image credit"
        r"|caption)s?(?:\s(?:by|credit))?\s?:",
    ),
    ("file", r"\A\s*(?:file photo|file picture|file -)"),
    ("©|(c)", r"\A\s*(?:©|\(c\) )"),
    (
        "getty|afp|reuters|/epa|photo|via |shutterstock",
        r"(?:\bgetty images|\bafp|/reuters|\breuters/(?-i:[A-Z]\w+ [A-Z]\w+)|/epa|\bap photo|\bvia (?:reuters|ap"
        r"|afp)|\bshutterstock)"
        r"(?:/\w+|/file| file)?[.)\]\s]*\Z",
    ),
    (
        "photo|picture",
        r"\bphoto(?:graph)? by (?-i:[A-Z])|\bphoto courtesy\b|\bpictured (?:above|below|here)\b",
    ),
)
SIDES = re.compile(
    r"\((?:l|left|2nd l|2l)\)[^\n]*\((?:r|right|2nd r|c|2r)\)|\((?:r|right|c)\)[^\n]*\((?:l"
    r"|left)\)",
    re.IGNORECASE,
)
AGENCY_TAIL = re.compile(r"[A-Z][\w.'-]+\s+[A-Z][\w.'-]+\s?[/|]\s?[A-Z][A-Z]{1,}[\w ]{0,20}\Z")
LINK = re.compile(
    r"\A\W*(?:read(?: more| also| next| full story)?|also read|see(?: also| more)?|related(?: stories| articles"
    r"| news)?|watch(?: live)?"
    r"|listen|more(?: on this)?|more from [\w ]{1,30}|video|photos|gallery|in pictures|don't miss|recommended"
    r"|you may also like|go deeper"
    r"|learn more|further reading|source|via)\s?(?::|>+|»)|\A\W*(?:https?://|www\.)\S+\s*\Z"
    r"|\A\W*(?:read more|see also|also read|read also|related stories|related articles|most read|most popular"
    r"|trending|more stories"
    r"|editor's picks?|recommended for you|you might also like|continue reading)\b[^.]{0,80}\Z",
    re.IGNORECASE,
)
NAVIGATION = re.compile(
    r"\A[\W\d_]*\Z|\A\W*\d{1,2}:\d{2}\b[^.]{0,40}\Z|\([\d,]{1,7}\)\s*\Z|\s(?:>|»|›|\|)\s|"
    r"\A\W*(?:home|menu|search|share|print|e-?mail|facebook|twitter|whatsapp|telegram|linkedin|reddit|copy link"
    r"|get short url"
    r"|comments?|log ?in|sign in|register|listen live|live|all news|news|world|politics|business|sports?|opinion"
    r"|latest|top stories"
    r"|breaking|save|bookmark|listen|skip to [\w ]{1,20}|back to top|load more|show more|next|previous|close|discussion"
    r"|community standards\w*)\W*(?:\d+)?\W*\Z|\A\W*\d[\d,.]*k?\s(?:shares?|comments?|views?|likes?"
    r"|min(?:ute)?s? read)\W*\Z"
    r"|\A\W*(?:\d+ )?(?:hours?|minutes?|days?) ago\W*\Z",
    re.IGNORECASE,
)
TAG_LINE = re.compile(
    r"\A\W*(?:tags?|topics?|keywords?|filed under|categories|category"
    r"|more about)\s?:",
    re.IGNORECASE,
)
BYLINE = re.compile(
    rf"\A\W*(?:by|from|words by|story by)\s(?-i:[A-Z])[\w.'-]+(?:\s[\w.'-]+){{0,5}}(?:,[^.]{{0,80}})?\Z"
    rf"|\A\W*(?:published|updated|posted|last (?:updated|modified)|created|first published|issued"
    rf"|modified)\b[^.]{{0,80}}\d[^.]{{0,40}}\Z"
    rf"|\A\W*(?:\w+day,?\s)?{_DATE}(?:\W+\d{{1,2}}[:.]\d{{2}}.{{0,20}})?\W*\Z",
    re.IGNORECASE,
)
ENDS_IN_DATE = re.compile(rf"\A[^.!?]{{0,50}}[,\s|-]\s?{_DATE}\W*\Z", re.IGNORECASE)
FIGURE = re.compile(r"\d")
DATELINE_END = re.compile(
    r"\s-{1,2}\s|(?<=[)\d.])\s?-{1,2}\s?(?=[A-Z\"'])|\s?/[A-Z][\w ]{1,24}/[.:-]?\s|\([A-Z][\w ./]{1,30}\)[.:]?\s"
)
PLACE_TOKEN = re.compile(r"[A-Z][\w.'-]*|\d[\d./-]*|de|del|la|el|al|of|and|the|[,./()|:-]+")
BULLET = re.compile(r"\A\s*(?:[•·*▪●◦‣■–]|-\s)\s*")
WORDS = re.compile(r"\w+(?:['-]\w+)*")
CAPITALISED_FREE = PREPOSITIONS | {"a", "an", "the", "and", "or", "but", "as", "is", "are", "to"}


LINK_STARTS = frozenset(
    "read also see related watch listen more video photos gallery in don't recommended you go learn further source via "
    "http https www most popular trending editor's continue".split()
)
BYLINE_STARTS = frozenset("by from words story published updated posted last created first issued modified".split())


OPENERS = LINK_STARTS | BYLINE_STARTS | BOILERPLATE_STARTS
