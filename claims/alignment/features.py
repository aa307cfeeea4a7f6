"""What is kept of a claim for deciding which others are about the same fact.

A claim offers one or two *slots*: its quantity and its time. A profile describes one slot with its surroundings: the
words near the value, the sentence, the names. Profiles are computed once per claim and hold no text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache

from claims.alignment import elapsed
from claims.alignment.compare import DEGREE, within_day
from claims.alignment.intervals import Figure, Measured, figure, figure_of, one_sort, scale_of
from claims.alignment.lexicon import persons
from claims.alignment.words import ANYBODY, CONTRASTS, EVENTS, EXCLUSIVE, Token, light, term_of, tokens
from claims.alignment.words import terms as terms_of
from claims.models import Claim, Document, Polarity, Quantity, QuantityKind, Span, TimeBasis, TimeRef

# Words with which an article reports speech: a day beside one is the day of the saying, not of what is said.
SPEECH = frozenset(
    """
    say says said saying tell tells told ask asks asked add added tweet tweets tweeted wrote write writes report reports
    reported reporting comment comments commented speak speaks spoke speaking remark remarks interview interviews news
    statement conference briefing reporters explained argued insisted declined testified acknowledged
    """.split()
)
# not, no, never, none, neither, nor, cannot, n't: it begins with a set of characters, to the next of which `re` skips.
_NEGATION = re.compile(r"[nNcC](?i:(?<=\bn)(?:ot?|ever|one|either|or)\b|(?<=\bc)annot\b|(?<=n)['’]t\b)")
_PART = re.compile(r"[;:—–]\s|\s-\s")
_JOINING = frozenset("and but that which who while when because after before though".split())
_BREAK = re.compile(rf"[,;:()\[\]\"“”—–]|\s-\s|\b(?:{'|'.join(sorted(_JOINING))})\b")
_MANY_YEARS = re.compile(
    r"\b(?:over|across|during|for|in|within) (?:the )?(?:next |past |last |coming )?"
    r"(?:(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) years|(?:a|the) decade|decade)\b",
    re.IGNORECASE,
)
_ONE_YEAR = re.compile(
    r"\b(?:this|last|next|a|per|each|every|fiscal) year\b|\b(?:annual|annually|yearly)\b"
    r"|\bin the (?:year|12 months) (?:to|through|ended|ending)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_RATE = re.compile(
    r"\b(?:a|an|per|each|every) (hour|day|night|week|month)\b(?! (?:after|before|earlier|later|ago))"
    r"|\b(hourly|daily|weekly|monthly)\b",
    re.IGNORECASE,
)
_RATES = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}
_QUARTER = re.compile(r"\b(first|second|third|fourth|last|final)[ -]quarter\b")
# "214 passengers and crew": two sorts of persons, counted together.
_TOGETHER = re.compile(r"[\s-]{1,2}(?:[\w'’-]+ )?([a-z]+) and (?:the |its |her |his |their )?([a-z]+)\b")
_WHOLES = ("all", "total", "altogether", "combined")
_PERIODS = ("hour", "day", "daily", "night", "week", "month")
_OTHER = re.compile(r"[\s-]{1,2}(?:other|more|further|additional|extra)\b", re.I)
_PREPOSITION = re.compile(
    r"\b(?:of|in|on|at|for|with|without|from|by|to|around|across|near|under|over|who|that|which|whose|already|still)\b",
    re.IGNORECASE,
)
_TURNOUT = re.compile(r"\bturnout\b|\b(?:took|takes?|taking|taken) part\b|\bparticipat", re.IGNORECASE)
_SOME = re.compile(
    r"[\s-]{1,2}of (?:them|those|these|whom|which"
    r"|the (?:dead|injured|wounded|killed|missing|hurt|arrested|detained))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:in all|in total|altogether|overall|combined|all told|a total of|total)\b", re.I)
# "The number of strikers at 1,900": what is counted stands before the figure.
_COUNTED = re.compile(
    r"\b(?:numbers?|toll|total|count|tally|proportion|percentage|peak|population) of (?:the |all |its |those )?"
    r"([^\W\d_]+)(?: ([^\W\d_]+))?",
    re.IGNORECASE,
)
_COUNTED_REACH = 60  # characters before the figure
# Between a figure and what it is a figure of, where the words that name it were not found.
_OF = re.compile(r"[\s-]*(?:(?:of|in) (?:(?:the|all|its|their|his|her|total) )?)?", re.IGNORECASE)
_ATTACHED = re.compile(r"(?:['’]s)?[ \n-]{1,2}")
_ON = re.compile(r"[ \n]{1,2}(?:(?:on|of|in|held on|early|late|earlier) )?", re.IGNORECASE)
_PHRASE = 3  # words of the noun phrase after a figure
_DEAD = frozenset(t for t in map(term_of, ("bodies", "corpses", "lives")) if t)
_OFTEN = frozenset(t for t in map(term_of, ("times", "occasions")) if t)  # how often, not what
_LIVES = frozenset(t for t in map(term_of, ("lives",)) if t)
_LOST = re.compile(r"\b(?:claim|cost|tak(?:e|ing)|took|lost|losing|loss)\w*", re.IGNORECASE)
_TESTED = re.compile(r"\btested\b", re.IGNORECASE)
_SPAN_REACH = 40  # characters beside the figure
_OF_SUBJECT = 0.3  # what the figure is said of ("the number of people killed has risen to nine") counts as near
_LONG_UNITS = ("year", "decade", "century")
_CLEAR = 0.2  # the weight from which a word counts as beside the figure
_MEMBERS = frozenset({"member", "personnel"})
_LETTERS = re.compile(r"[^\W\d_]+")
_CONTRASTED = frozenset(CONTRASTS)
_NEAR = 12  # tokens on each side
_DECAY = 4.0
_CROSSING = 2.0


@dataclass(slots=True, eq=False)
class Profile:
    """One slot of a claim. Never changed, though it can be: a frozen one takes three times as long to make.

    `near` maps terms to weights in (0, 1], falling with the distance to the value.
    """

    claim_id: str
    document_id: str
    slot: str
    sort: str
    value: str
    sentence: frozenset[str]
    near: Mapping[str, float]
    head: frozenset[str]
    names: frozenset[str]
    roles: Mapping[str, frozenset[str]]  # the names of the clause by what stands beside them: {"in": {"norland"}}
    aspects: frozenset[str]  # what tells the figure apart from others of its sort: "harm:die", "span:year"
    speech: bool
    negated: bool  # of a share: that which did not
    subject: frozenset[str]
    clause: frozenset[str]  # the terms of the quote
    topic: frozenset[str]  # the terms of subject, predicate and measured thing: what the value is the value of
    published: int | None  # the article's date as an ordinal
    days: tuple[int, int] | None  # the days for which a figure is stated, as ordinals
    ahead: date | None  # for a day known by its weekday only and read as yet to come: the one a week before
    gap: float | None  # days from the article's date to the time; None for a quantity or an open time
    event: frozenset[str]  # the terms of the events that the time is attached to ("the Sunday rally")
    hour: bool  # a time that names a part of a day
    period: bool  # a year, month or week named from the article's date ("this year"): too wide to be an event's time
    start: int  # of the value in the document
    end: int
    place: int  # where its sentence starts in the document
    quantity: Figure | None = None
    time: TimeRef | None = None


def sort_of(quantity: Measured) -> str:
    """The class within which figures are compared: kind, and for money and measures the unit."""
    kind = one_sort(quantity)
    sort = kind.value
    if kind in (QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.DURATION, QuantityKind.POINTS):
        unit = scale_of(quantity)[0]
        sort += ":" + (DEGREE if unit.startswith(DEGREE) else unit)
    if quantity.change:
        sort += ":change"
    return sort


def value_of_quantity(quantity: Measured) -> str:
    """A key that equal values share: the figure, or both ends of a range."""
    figure = figure_of(quantity)
    if figure is not None:
        return f"{figure:.6g}"
    factor = scale_of(quantity)[1]
    ends = (None if x is None else x * factor for x in (quantity.low, quantity.high))
    return "..".join("" if x is None else f"{x:.6g}" for x in ends)


@lru_cache(maxsize=8192)
def _sort_and_value(measured: Figure) -> tuple[str, str]:
    return sort_of(measured), value_of_quantity(measured)


def value_of_time(time: TimeRef) -> str:
    """A key that equal times share."""
    if time.earliest is None or time.latest is None:
        return "?" + time.as_written.lower()
    return f"{time.earliest.isoformat()}..{time.latest.isoformat()}"


def locate(document: Document, claim: Claim, start: int, end: int, written: str) -> Span:
    """Where a value stands in the document: its own offsets if they hold, else its words inside the quote."""
    if document.text[start:end] == written:
        return Span(start, end)
    within = document.text.find(written, claim.start, claim.end)
    if within < 0:
        return Span(claim.start, claim.end)
    return Span(within, within + len(written))


def profiles(
    claim: Claim,
    document: Document,
    sentence: Span,
    words: Sequence[Token] | None = None,
    *,
    opens_with_name: bool = False,
) -> list[Profile]:
    """The slots of a claim, in the sentence (characters of the document) that holds its value.

    `words` are the tokens of the sentence, where they are known already. `opens_with_name`: its first word is a name,
    and not written with a capital for being the first.
    """
    first = 0 if opens_with_name else 1
    found = []
    text = document.text[sentence.start : sentence.end]
    words = tokens(text) if words is None else words
    quantity, time = claim.quantity, claim.time
    if quantity is not None:
        span = locate(document, claim, quantity.start, quantity.end, quantity.as_written)
        head = _head(quantity, text, words, span.start - sentence.start, span.end - sentence.start)
        measured = figure(quantity)
        sort, value = _sort_and_value(measured)
        found.append(
            _profile(
                document,
                claim,
                "quantity",
                sort,
                value,
                span,
                sentence,
                text,
                words,
                head,
                first,
                measured,
            )
        )
    if time is not None and (quantity is None or claim.start <= time.start < time.end <= claim.end):
        span = locate(document, claim, time.start, time.end, time.as_written)
        found.append(
            _profile(
                document, claim, "time", "time", value_of_time(time), span, sentence, text, words, frozenset(), first
            )
        )
    elif quantity is not None and time is None and (quantity.unit or "") in _LONG_UNITS:
        start, end = span.start - sentence.start, span.end - sentence.start
        begun = elapsed.began(quantity, text, start, end, document.published_at)
        if begun is not None:
            slot = _profile(
                document, claim, "time", "time", value_of_time(begun), span, sentence, text, words, frozenset(), first
            )
            found.append(replace(slot, time=begun, gap=_gap(document, begun)))
    return found


def _profile(
    document: Document,
    claim: Claim,
    slot: str,
    sort: str,
    value: str,
    span: Span,
    sentence: Span,
    text: str,
    words: Sequence[Token],
    head: frozenset[str],
    first: int,
    measured: Figure | None = None,
) -> Profile:
    start, end = span.start - sentence.start, span.end - sentence.start
    near, speech = _near(words, start, end, text)
    subject = terms_of(claim.subject or "")
    others = [t for t in words if t[3] and not (start <= t[0] < end)]
    terms = frozenset([t[3] for t in others if t[3]])
    names = frozenset([t[3] for t in others if t[4] and t[0] >= first and t[3]])
    return Profile(
        claim_id=claim.id,
        document_id=claim.document_id,
        slot=slot,
        sort=sort,
        value=value,
        sentence=terms,
        near=near,
        head=head,
        names=names,
        roles=_roles(claim, sentence, words, text, first),
        aspects=_aspects(near, subject, text, start, end, sort, head) if slot == "quantity" else frozenset(),
        speech=speech,
        negated=sort == "share" and _negated(claim, text, start, end),
        subject=subject,
        clause=terms & (clause if (clause := _clause(claim, sentence, words)) is not None else terms_of(claim.quote)),
        topic=_topic(claim, text, start, end),
        published=document.published_at.toordinal() if document.published_at else None,
        days=_days(claim.time) if slot == "quantity" else None,
        ahead=_week_before(document, claim.time) if slot == "time" else None,
        gap=_gap(document, claim.time) if slot == "time" else None,
        event=_event(words, text, start, end) if slot == "time" else frozenset(),
        hour=slot == "time" and claim.time is not None and within_day(claim.time),
        period=slot == "time" and claim.time is not None and _is_period(claim.time),
        start=span.start,
        end=span.end,
        place=sentence.start,
        quantity=measured,
        time=claim.time if slot == "time" else None,
    )


def _clause(claim: Claim, sentence: Span, words: Sequence[Token]) -> frozenset[str] | None:
    """The terms of the quote, where it begins and ends with words of the sentence."""
    if not sentence.start <= claim.start <= claim.end <= sentence.end:
        return None
    start, end = claim.start - sentence.start, claim.end - sentence.start
    return frozenset([t[3] for t in words if t[3] and start <= t[0] and t[1] <= end])


def _roles(claim: Claim, sentence: Span, words: Sequence[Token], text: str, first: int) -> dict[str, frozenset[str]]:
    """The names of a claim's quote by their roles: "^" that it begins with, "in" after it, "army" before it."""
    start, end = claim.start - sentence.start, claim.end - sentence.start
    found: dict[str, frozenset[str]] = {}
    own = [t for t in words if start <= t[0] and t[1] <= end]
    at = 0
    while at < len(own):
        token = own[at]
        if not (token.name and token.term and token.start >= first and not light(token.term)):
            at += 1
            continue
        stop = at + 1
        while stop < len(own) and own[stop].name and text[own[stop - 1].end : own[stop].start] == " ":
            stop += 1
        name = frozenset([t.term for t in own[at:stop] if t.term])
        before = own[at - 1] if at and text[own[at - 1].end : token.start] == " " else None
        after = own[stop] if stop < len(own) and text[own[stop - 1].end : own[stop].start] == " " else None
        article = before is not None and before.word.lower() == "the"
        if at == 0 or (at == 1 and article):
            found.setdefault("^", name)
        elif before is not None and before.word in _PLACED:
            found.setdefault(before.word, name)
        if after is not None and after.term and not after.name and (article or at == 0):
            found.setdefault(after.term, name)
        at = stop
    return found


_PLACED = frozenset("in of to for from against with by at near".split())


def _near(words: Sequence[Token], start: int, end: int, text: str) -> tuple[dict[str, float], bool]:
    """Terms by closeness to the value, and whether a verb of saying stands right beside it."""
    near: dict[str, float] = {}
    speech = False
    before = [t for t in words if t[1] <= start][: -_NEAR - 1 : -1]
    after = [t for t in words if t[0] >= end][:_NEAR]
    for side, neighbours in ((start, before), (end, after)):
        last = side
        distance = 0.0
        for token in neighbours:
            first, after_it, word, term, _ = token
            between = text[after_it:last] if after_it <= last else text[last:first]
            distance += 1.0
            if word in _JOINING or (between != " " and _BREAK.search(between)):
                distance += _CROSSING
            last = first if side == start else after_it
            if distance <= 4.0 and word.lower() in SPEECH:
                speech = True
            if term:
                weight = _closeness(distance)
                if weight > near.get(term, 0.0):
                    near[term] = weight
    return near, speech


@cache
def _closeness(distance: float) -> float:
    return math.exp(-(distance - 1.0) / _DECAY)


def _head(quantity: Quantity, text: str, words: Sequence[Token], start: int, end: int) -> frozenset[str]:
    """What is counted or measured: `of` and the unit, else what "the number of" names, else the words that follow."""
    if quantity.of and (found := _named_head(quantity.of)):
        return found
    before = list(_COUNTED.finditer(text, max(0, start - _COUNTED_REACH), max(0, start)))
    if before:
        terms = [t for t in (term_of(w) for w in before[-1].groups() if w) if t]
        if terms:
            return frozenset(terms[-1:] if terms[0] in ANYBODY else terms[:1])
    phrase: list[str] = []
    last = end
    for token in words:
        if token.start < end:
            continue
        between = text[last : token.start]
        if not token.term or not (_OF.fullmatch(between) if last == end else between.isspace()):
            break
        phrase.append(token.term)
        last = token.end
        if len(phrase) == _PHRASE:
            break
    return _last(phrase)


@lru_cache(maxsize=4096)
def _named_head(of: str) -> frozenset[str]:
    """The head of what a figure is said to be of: "police cruisers" are cruisers."""
    named = _LETTERS.findall(_PREPOSITION.split(of, maxsplit=1)[0])
    return _last([t for t in map(term_of, named) if t and t not in _OFTEN])


def _last(terms: list[str]) -> frozenset[str]:
    """The last of a noun phrase; "crew members" are crew."""
    if len(terms) > 1 and terms[-1] in _MEMBERS:
        return frozenset(terms[-2:-1])
    return frozenset(terms[-1:])


def _aspects(
    near: Mapping[str, float], subject: frozenset[str], text: str, start: int, end: int, sort: str, head: frozenset[str]
) -> frozenset[str]:
    """The marks near a figure that set it apart: of each row of contrasts the nearest, and the span it is given for."""
    nearest: dict[str, tuple[float, str]] = {}
    for term in _CONTRASTED.intersection(near) | _CONTRASTED.intersection(subject):
        weight = max(near.get(term, 0.0), _OF_SUBJECT if term in subject else 0.0)
        mark = CONTRASTS[term]
        if weight >= _CLEAR:
            row = mark.split(":")[0]
            nearest[row] = max(nearest.get(row, (0.0, "")), (weight, mark))
    marks = {mark for row, (_, mark) in nearest.items() if not (row == "harm" and sort.endswith(":change"))}
    marks |= {f"only:{term}" for term in EXCLUSIVE if near.get(term, 0.0) >= _CLEAR}
    around = text[max(0, start - _SPAN_REACH) : end + _SPAN_REACH]
    # Most figures have none of these words beside them: a look for their letters is cheaper than the patterns.
    low = around.lower()
    if "harm" not in nearest:
        if "tested" in low and _TESTED.search(around):
            marks.add("harm:test")
        elif not _DEAD.isdisjoint(head) and sort == "count" and (head != _LIVES or _LOST.search(around)):
            marks.add("harm:die")
    if sort == "share" and _TURNOUT.search(around):
        marks.add("only:turnout")
    timed = any(word in low for word in _PERIODS)
    if timed and (rate := _RATE.search(text, end, end + _SPAN_REACH)) is not None:
        marks.add(f"span:{_RATES.get(rate[2].lower(), '') if rate[2] else rate[1].lower()}")
    elif ("year" in low or "decade" in low) and _MANY_YEARS.search(around):
        marks.add("span:years")
    elif ("year" in low or "annual" in low) and _ONE_YEAR.search(around):
        marks.add("span:year")
    if "quarter" in low and len(named := set(_QUARTER.findall(around.lower()))) == 1:
        marks.add(f"quarter:{named.pop()}")
    if _OTHER.match(text, end):
        marks.add("part:other")
    elif _SOME.match(text, end):
        marks.add("part:some")
    elif any(word in low for word in _WHOLES) and _WHOLE.search(around):
        marks.add("part:all")
    if sort == "count" and (joint := _TOGETHER.match(text, end)) is not None:
        one, two = term_of(joint[1]), term_of(joint[2])
        if one and two and persons(frozenset({one})) and persons(frozenset({two})):
            marks.add(f"with:{two}")
    return frozenset(marks)


def _event(words: Sequence[Token], text: str, start: int, end: int) -> frozenset[str]:
    """The events that a time stands right beside: "Monday's briefing", "the rally on Monday"."""
    found: list[str] = []
    last = end
    for token in words:
        if token.start < end:
            continue
        if _ATTACHED.fullmatch(text, last, token.start) is None or not token.term:
            break
        found.append(token.term)
        last = token.end
        if len(found) == _PHRASE:
            break
    before = [t for t in words if t.end <= start and t.term]
    if before and _ON.fullmatch(text, before[-1].end, start) is not None:
        found.append(before[-1].term or "")
    return frozenset(found) & EVENTS


def _negated(claim: Claim, text: str, start: int, end: int) -> bool:
    """The claim is negated, or a word of negation stands in the part of its quote that holds the value."""
    if claim.polarity is Polarity.NEGATED:
        return True
    if _NEGATION.search(claim.quote) is None:
        return False
    if not 0 <= start <= end <= len(text):
        return True
    left = max((m.end() for m in _PART.finditer(text, 0, start)), default=0)
    right = _PART.search(text, end)
    part = text[left : right.start() if right else len(text)]
    return _NEGATION.search(part) is not None


def _topic(claim: Claim, text: str, start: int, end: int) -> frozenset[str]:
    parts = [claim.subject, claim.predicate, claim.object, claim.quantity.of if claim.quantity else None]
    own = terms_of(text[start:end]) if end > start >= 0 else frozenset()
    return frozenset().union(*[terms_of(p) for p in parts if p]) - own


def _gap(document: Document, time: TimeRef | None) -> float | None:
    if time is None or time.latest is None or document.published_at is None:
        return None
    return float((time.latest - document.published_at).days)


def _days(time: TimeRef | None) -> tuple[int, int] | None:
    if time is None or time.earliest is None or time.latest is None:
        return None
    return time.earliest.toordinal(), time.latest.toordinal()


def _week_before(document: Document, time: TimeRef | None) -> date | None:
    """Which Monday is meant hangs on the tense of a sentence, and a past one is sometimes read as the next."""
    if time is None or time.earliest is None or time.earliest != time.latest or time.basis is not TimeBasis.DOCUMENT:
        return None
    if document.published_at is None or time.earliest <= document.published_at or _NAMED.search(time.as_written):
        return None
    return time.earliest - timedelta(days=7)


def _is_period(time: TimeRef) -> bool:
    return time.basis is TimeBasis.DOCUMENT and time.earliest != time.latest and _NAMED.search(time.as_written) is None


def is_vague(profile: Profile) -> bool:
    """Its value is an order of magnitude in words."""
    return profile.quantity is not None and profile.quantity.vague
