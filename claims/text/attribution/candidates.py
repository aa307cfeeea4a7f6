"""Candidates: every cue of a unit with the speaker and the content that the words around it suggest.

Generous on purpose; `score` decides which of them to believe.
"""

from __future__ import annotations

from typing import NamedTuple

from claims.text.attribution.lexicon import BE, CUES, HAVE, MODAL, NEGATIVE, SPEAKERS, TIME_WORDS, Cue
from claims.text.attribution.units import Unit

Range = tuple[int, int]  # token indices [first, last + 1)

_NP = frozenset("Nwdq")  # what a noun phrase is made of, besides a determiner
_OF = frozenset("of for from at in on with".split())
_END = frozenset(".!?;:")
_CLOSERS = frozenset(",.;:!?)-")


class Candidate(NamedTuple):
    """One possible attribution, in token indices of its unit. `content` may hold several ranges, in order."""

    unit: int
    cue: Range
    lemma: str
    speaker: Range | None
    content: tuple[Range, ...]
    frame: str  # how the content stands to the cue
    features: list[str]
    direct: bool
    passive: bool = False
    follow: int = 0  # how many whole units after this one the content runs on over


class Subject(NamedTuple):
    """A noun phrase to the left of a verb, with how it was reached."""

    span: Range | None
    how: str  # plain, apposition, shared, relative, participle, gerund, infinitive, none
    first: int  # where the verb group begins
    helpers: str  # auxiliaries met, as letters: b(e) h(ave) m(odal) n(egation) t(o)


def candidates(unit: Unit, number: int) -> list[Candidate]:
    """All candidates of one unit, in the order of their cues."""
    found: list[Candidate] = []
    colon = _colon(unit, number)
    if colon is not None:
        found.append(colon)
    previous: Range | None = None  # the subject of the cue before
    size = len(unit)
    tags, lows = unit.tags, unit.lows
    for index in range(size):
        low = lows[index]
        readings = CUES.get(low)
        if readings is None:
            if low == "according" and index + 1 < size and lows[index + 1] == "to":
                candidate = _according(unit, number, index)
                if candidate is not None:
                    found.append(candidate)
            continue
        tag = tags[index]
        if tag == "N" and index and not unit.title:
            continue
        candidate = _verb_or_noun(unit, number, index, readings, previous)
        if candidate is not None:
            found.append(candidate)
            if candidate.speaker is not None and readings[0].group != "noun":
                previous = candidate.speaker
    return found


# ---------------------------------------------------------------- noun phrases


def noun_phrase_left(unit: Unit, last: int) -> Range | None:
    """The noun phrase whose last token is `last`, with what "of", "for", "in" … hang on to it before."""
    tags, lows = unit.tags, unit.lows
    tag = tags[last]
    if tag in "HO":
        return (last, last + 1)
    if tag == "R":
        return (last, last + 1)
    if tag == "T":
        return (last, last + 1)
    if tag == "D":
        return (last, last + 1)
    if tag not in _NP:
        return None
    first = last
    while True:
        while first > 0 and tags[first - 1] in _NP and lows[first - 1] not in TIME_WORDS:
            if tags[first - 1] == "q" and (first < 2 or tags[first - 2] not in "ND"):
                break
            reading = CUES.get(lows[first - 1])
            if reading and reading[0].form in ("past", "present", "ing") and tags[first - 1] == "w" and (
                reading[-1].group != "noun"
            ):
                break
            first -= 1
        if first > 0 and tags[first - 1] == "D":
            first -= 1
            if first > 0 and tags[first - 1] == "D":
                first -= 1
        if first > 1 and lows[first - 1] in _OF and tags[first - 2] in _NP and lows[first - 2] not in TIME_WORDS:
            if lows[first - 1] != "of" and (last - first > 6):
                break
            first -= 2
            continue
        if first > 1 and lows[first - 1] in ("and", "&") and tags[first - 2] in "N" and tags[first] in "ND":
            first -= 2
            continue
        if first > 2 and tags[first - 1] == ")":
            opened = _back_to(unit, first - 1, "(")
            if opened is not None and opened > 0 and tags[opened - 1] in _NP:
                first = opened - 1
                continue
        break
    return (first, last + 1)


def _back_to(unit: Unit, index: int, mark: str) -> int | None:
    """The nearest token `mark` before `index`, within 12 tokens."""
    for position in range(index - 1, max(-1, index - 13), -1):
        if unit.tags[position] == mark:
            return position
    return None


def noun_phrase_right(unit: Unit, first: int) -> Range | None:
    """The noun phrase that begins at `first`, with its prepositional parts."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    index = first
    if index < size and tags[index] in "HO":
        return (index, index + 1)
    while index < size and tags[index] == "D":
        index += 1
    seen = index > first
    while index < size:
        tag = tags[index]
        if tag in _NP:
            if lows[index] in TIME_WORDS and seen:
                break
            seen = True
            index += 1
        elif tag == "(":
            close = next((k for k in range(index + 1, min(size, index + 8)) if tags[k] == ")"), None)
            if close is None:
                break
            index = close + 1
        elif seen and lows[index] in ("of", "for", "at", "from", "in") and index + 1 < size:
            if tags[index + 1] in "DNw" and lows[index + 1] not in TIME_WORDS:
                index += 2
            else:
                break
        elif (seen and tag == "C" and index + 1 < size and tags[index + 1] in "N" and lows[index] == "and") or (tag == "D" and tags[index - 1] in "P"):
            index += 1
        else:
            break
    return (first, index) if seen and index > first else None


# ---------------------------------------------------------------- subjects


def _subject(unit: Unit, index: int, cue: Cue, previous: Range | None) -> Subject:
    tags, lows = unit.tags, unit.lows
    j = index - 1
    helpers = ""
    chain = 0
    how = "plain"
    while j >= 0:
        low = lows[j]
        tag = tags[j]
        if low in NEGATIVE:
            helpers += "n"
        if low in BE:
            helpers += "b"
        elif low in HAVE:
            helpers += "h"
        elif low in MODAL:
            helpers += "m"
        elif tag == "I" and chain < 3:
            # "refused to say": the verb before "to" carries the subject
            helpers += "t"
            k = j - 1
            while k >= 0 and (tags[k] == "A" or (tags[k] == "w" and lows[k].endswith("ly"))):
                k -= 1
            if k < 0 or tags[k] not in "wM":
                return Subject(None, "infinitive", j, helpers)
            if tags[k] == "M":
                j = k
                continue
            chain += 1
            how = "infinitive"
            j = k - 1
            continue
        elif not (tag == "A" or (tag == "w" and low.endswith("ly") and low not in ("ally", "family", "assembly"))):
            break
        j -= 1
    first = j + 1
    ing = cue.form == "ing" and "b" not in helpers
    if j < 0:
        if ing or cue.form in ("past", "participle"):
            right = _after_comma_subject(unit, index)
            return Subject(right, "participle", first, helpers)
        return Subject(None, "none", first, helpers)
    tag = tags[j]
    low = lows[j]
    if ing and chain == 0:
        if tag == "P" or low == "to":
            return Subject(previous or _main_subject(unit, j), "gerund", first, helpers)
        if tag in ",-":
            return Subject(previous or _main_subject(unit, j), "participle", first, helpers)
        if tag in "SC":
            return Subject(previous or _main_subject(unit, j), "participle", first, helpers)
    if tag in _NP or tag in "HODRT":
        if lows[j] in TIME_WORDS and tag in "NwA":
            k = j - 1
            if k >= 0 and tags[k] == "P":
                k -= 1
            if k >= 0 and tags[k] in _NP:
                j = k
        if tags[j] == "w" and lows[j] in CUES and CUES[lows[j]][0].form == "past" and ing:
            return Subject(previous or _main_subject(unit, j), "gerund", first, helpers)
        span = noun_phrase_left(unit, j)
        if tags[j] in "RT":
            return Subject(span, "relative", first, helpers)
        return Subject(span, how, first, helpers)
    if tag == "C":
        return Subject(previous or _main_subject(unit, j), "shared", first, helpers)
    if tag == ")":
        opened = _back_to(unit, j, "(")
        if opened is not None and opened > 0:
            left = noun_phrase_left(unit, opened - 1)
            if left is not None:
                return Subject((left[0], j + 1), "plain", first, helpers)
        return Subject(None, "none", first, helpers)
    if tag in ",-":
        for k in range(j - 1, max(-1, j - 26), -1):
            if tags[k] == tag:
                if k > 0:
                    left = noun_phrase_left(unit, k - 1)
                    if left is not None:
                        return Subject((left[0], left[1]), "apposition", first, helpers)
                return Subject(previous, "comma", first, helpers)
            if tags[k] in "Qq" and k > 0 and tags[k - 1] not in "ND":
                break
        return Subject(previous, "comma", first, helpers)
    return Subject(None, "none", first, helpers)


def _main_subject(unit: Unit, before: int) -> Range | None:
    """The subject of the first clause of the unit: the noun phrase before its first finite verb."""
    tags, lows = unit.tags, unit.lows
    for index in range(1, before):
        tag = tags[index]
        finite = tag == "M" or (tag == "w" and (_is_past(lows[index]) or _finite_cue(lows[index])))
        if finite:
            j = index - 1
            while j > 0 and tags[j] == "A":
                j -= 1
            if tags[j] in _NP or tags[j] in "H":
                return noun_phrase_left(unit, j)
            if tags[j] in ",)":
                k = _back_to(unit, j, "," if tags[j] == "," else "(")
                if k is not None and k > 0:
                    return noun_phrase_left(unit, k - 1)
    return None


def _is_past(low: str) -> bool:
    return len(low) > 4 and low.endswith("ed")


def _finite_cue(low: str) -> bool:
    reading = CUES.get(low)
    return reading is not None and reading[0].form in ("past", "present")


def _after_comma_subject(unit: Unit, index: int) -> Range | None:
    """'Asked about the plan, the minister said …': the noun phrase after the comma."""
    for k in range(index + 1, min(len(unit), index + 30)):
        if unit.tags[k] == ",":
            return noun_phrase_right(unit, k + 1)
    return None


# ---------------------------------------------------------------- content


def _skip_adverbial(unit: Unit, index: int) -> int:
    """Past "on Monday", "in a statement", "at a rally in the capital", as far as one may follow a verb of saying."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    while index < size:
        tag = tags[index]
        if tag == "A" or lows[index] in TIME_WORDS or (tag == "w" and lows[index].endswith("ly")):
            index += 1
        elif tag == "P" and lows[index] not in ("as", "that", "than"):
            phrase = noun_phrase_right(unit, index + 1)
            if phrase is None:
                break
            index = phrase[1]
        else:
            break
    return index


def _trim_end(unit: Unit, first: int, last: int) -> int:
    while last > first and unit.tags[last - 1] in ",.;:!-":
        last -= 1
    return last


def _clause_end(unit: Unit, first: int, cue: Cue, subject: Subject) -> int:
    """Where the content that begins at `first` ends, within the unit."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    for k in range(first + 1, size):
        tag = tags[k]
        if tag == ";":
            return k
        if tag == "," and k + 1 < size:
            after = lows[k + 1]
            if subject.how == "relative" and k - first > 1 and _closes_relative(unit, k):
                return k
            if after == "according":
                return k
            reading = CUES.get(after)
            if reading is not None and reading[0].form == "ing" and reading[0].group in ("say", "tell", "judge", "urge"):
                return k
            if tags[k + 1] == "C" and k + 2 < size:
                m = k + 2
                while m < size and tags[m] == "A":
                    m += 1
                if m < size and _same_form(lows[m], cue):
                    return k
                if lows[k + 1] == "but" and _has_own_cue(unit, m):
                    return k
            if after in ("while", "whereas", "although", "though") and _has_own_cue(unit, k + 2):
                return k
        elif tag == "C" and k + 1 < size:
            m = k + 1
            while m < size and tags[m] == "A":
                m += 1
            if m < size and _same_form(lows[m], cue):
                return k
    return size


def _closes_relative(unit: Unit, comma: int) -> bool:
    return comma + 1 < len(unit) and unit.tags[comma + 1] in "wMA"


def _same_form(low: str, cue: Cue) -> bool:
    reading = CUES.get(low)
    if reading is None or cue.form not in ("past", "present"):
        return False
    return reading[0].form == cue.form and reading[0].group in ("say", "tell", "urge", "judge", "think", "will")


def _has_own_cue(unit: Unit, first: int) -> bool:
    """Whether a noun phrase and a cue of saying begin at `first`."""
    phrase = noun_phrase_right(unit, first)
    if phrase is None:
        return False
    m = phrase[1]
    while m < len(unit) and unit.tags[m] in "AM":
        m += 1
    return m < len(unit) and _finite_cue(unit.lows[m])


# ---------------------------------------------------------------- candidates of each kind


def _verb_or_noun(
    unit: Unit, number: int, index: int, readings: tuple[Cue, ...], previous: Range | None
) -> Candidate | None:
    tags, lows = unit.tags, unit.lows
    cue = readings[0]
    if readings[-1].group == "noun":
        before = tags[index - 1] if index else ""
        nominal = before == "D" or before == "P" or (index > 0 and lows[index - 1].endswith(("'s", "s'")))
        if cue.group == "noun" or nominal or (before in "w" and before and cue.form in ("base", "present")
                                              and index > 1 and tags[index - 2] == "D"):
            return _noun(unit, number, index, readings[-1])
    return _verb(unit, number, index, cue, previous)


def _verb(unit: Unit, number: int, index: int, cue: Cue, previous: Range | None) -> Candidate | None:
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    before = tags[index - 1] if index else ""
    if before == "D" and cue.form != "past":
        return None
    subject = _subject(unit, index, cue, previous)
    start = subject.first
    speaker = subject.span
    passive = cue.form in ("past", "participle") and "b" in subject.helpers
    left_end = (speaker[0] if speaker is not None and subject.how in ("plain", "apposition", "infinitive") else start)

    # quotation or clause on the left, speaker after the verb: '"…," said X'
    inverted = False
    if (index and (before in ("Q", "q") or (before == "," and cue.form in ("past", "present")))) or (
        before == "A" and index > 1 and tags[index - 2] in "Qq"
    ):
        phrase = noun_phrase_right(unit, index + 1)
        if phrase is not None and cue.group in ("say", "think", "tell", "urge", "judge", "show"):
            stop = phrase[1]
            if stop >= size or tags[stop] in ",.:;!?-PASRI" or tags[stop] in "Qq" or lows[stop] in TIME_WORDS or (
                tags[stop] == "w" and lows[stop].endswith(("ing", "ly"))
            ):
                inverted = True
                speaker = phrase
                left_end = index
                passive = False
    if inverted and speaker is not None:
        return _left_content(unit, number, index, cue, speaker, subject, left_end, speaker[1], "inverted")

    # what follows the verb
    after = index + 1
    particle = ""
    if (after < size and tags[after] in "P" and lows[after] in (
        "for", "on", "of", "against", "about", "to", "with", "out", "at", "as", "over", "into", "from", "in", "by", "up"
    )) or (after < size and lows[after] in ("out", "up", "down", "off", "back")):
        particle = lows[after]
    content_start, frame = _right_start(unit, after, cue)
    quote_left = start > 0 and _quote_before(unit, left_end)
    if quote_left and (frame in ("empty", "comma", "quote", "colonquote") or content_start >= size):
        return _left_content(unit, number, index, cue, speaker, subject, left_end, after, "quote-left")
    if frame in ("empty", "comma") and left_end > 1 and tags[left_end - 1] in ",-":
        return _left_content(unit, number, index, cue, speaker, subject, left_end, after, "clause-left")
    if content_start >= size and frame != "next":
        if passive and left_end > 0:
            return None
        return None
    end = _trim_end(unit, content_start, _clause_end(unit, content_start, cue, subject))
    if frame == "next":
        return _make(unit, number, (start, index + 1), cue, speaker, (), "next", subject, particle, passive, quote_left)
    if end <= content_start:
        return None
    return _make(
        unit, number, (start, index + 1), cue, speaker, ((content_start, end),), frame, subject, particle, passive, quote_left
    )


def _right_start(unit: Unit, after: int, cue: Cue) -> Range | tuple[int, str]:
    """Where the content on the right begins, and the frame: that, to, whether, quote, colonquote, clause, np, pp …"""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    if after >= size:
        return size, "empty"
    tag = tags[after]
    if tag in "Qq":
        return after, "quote"
    if tag == "T":
        return after, "that"
    if tag == "I":
        return after, "to"
    if tag == "S":
        return after, "wh"
    if tag == ":":
        if after + 1 >= size:
            return size, "next"
        return after + 1, "colonquote" if tags[after + 1] in "Qq" else "colon"
    if tag in ".!?;)":
        return after, "empty"
    skipped = _skip_adverbial(unit, after) if cue.group in ("say", "tell", "think", "show") else after
    if skipped >= size or tags[skipped] in ".!?;":
        return size, "empty" if cue.group in ("say", "tell") else "pp"
    if skipped > after:
        found = _found_frame(unit, skipped)
        if found is not None:
            return found
        if tags[skipped] == ",":
            if skipped + 1 < size and tags[skipped + 1] in "Qq":
                return skipped + 1, "quote"
            if skipped + 1 < size and tags[skipped + 1] == "T":
                return skipped + 1, "that"
            return skipped, "comma"
        if cue.group == "say" and tags[skipped] in "DNwH" and tag != "P":
            return skipped, "clause"
    if tag == ",":
        if after + 1 < size and tags[after + 1] in "Qq":
            return after + 1, "quote"
        return after, "comma"
    if cue.group in ("tell", "urge") or cue.lemma in ("tell", "warn", "advise", "write", "text", "email"):
        phrase = noun_phrase_right(unit, after)
        if phrase is not None:
            after_hearer = _skip_adverbial(unit, phrase[1])
            for m in (phrase[1], after_hearer):
                found = _found_frame(unit, m)
                if found is not None:
                    return found
            if phrase[1] < size and tags[phrase[1]] == "I":
                return phrase[1], "hearer-to"
            if after_hearer >= size or tags[after_hearer] in ".!?;,":
                if after_hearer + 1 < size and tags[after_hearer] == "," and tags[after_hearer + 1] in "Qq":
                    return after_hearer + 1, "quote"
                if cue.lemma in ("tell", "inform", "remind", "assure"):
                    return after_hearer, "comma" if after_hearer < size and tags[after_hearer] == "," else "empty"
            elif cue.lemma in ("tell", "remind", "assure", "inform") and tags[phrase[1]] in "HDNw":
                return phrase[1], "hearer-clause"
    if tag == "P":
        phrase = noun_phrase_right(unit, after + 1)
        if phrase is not None:
            found = _found_frame(unit, phrase[1])
            if found is not None and found[1] in ("that", "quote", "colonquote"):
                return found
        return min(after + 1, size), "pp"
    if tag in "HNDwdO":
        if tag == "H":
            return after, "clause"
        phrase = noun_phrase_right(unit, after)
        if phrase is not None and phrase[1] < size:
            m = phrase[1]
            while m < size and tags[m] == "A":
                m += 1
            if m < size:
                if tags[m] == "M" or (tags[m] == "w" and _finite_cue(lows[m])):
                    return after, "clause"
                if tags[m] == "I":
                    return after, "np-to"
                if tags[m] == "T":
                    return after, "np-that"
        return after, "np"
    return after, "other"


def _found_frame(unit: Unit, index: int) -> tuple[int, str] | None:
    tags = unit.tags
    size = len(tags)
    if index >= size:
        return None
    tag = tags[index]
    if tag == "T":
        return index, "that"
    if tag in "Qq":
        return index, "quote"
    if tag == ":":
        if index + 1 >= size:
            return size, "next"
        return index + 1, "colonquote" if tags[index + 1] in "Qq" else "colon"
    if tag == "S" and unit.lows[index] in ("whether", "how", "why", "what", "if"):
        return index, "wh"
    return None


def _quote_before(unit: Unit, index: int) -> bool:
    """Whether a quotation, perhaps with a comma or dash, stands right before token `index`."""
    tags = unit.tags
    j = index - 1
    if j >= 0 and tags[j] in ",-":
        j -= 1
    return j >= 0 and tags[j] in "Qq"


def _left_content(
    unit: Unit,
    number: int,
    index: int,
    cue: Cue,
    speaker: Range | None,
    subject: Subject,
    left_end: int,
    right_start: int,
    frame: str,
) -> Candidate | None:
    """Content before the speaker and the cue, and what of it goes on after them."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    end = _trim_end(unit, 0, left_end)
    start = 0
    if end <= 0:
        return None
    while start < end and (tags[start] == "C" and tags[min(start + 1, size - 1)] in "Q,"):
        start += 1
    quoted = tags[end - 1] in "Qq"
    parts: list[Range] = [(start, end)]
    # a quotation that goes on: '"…," X said, "…"'; or a clause: 'The plan, X said, will fail'
    k = right_start
    m = k
    while m < size and m < k + 30 and tags[m] not in ",:;.":
        if tags[m] in "Qq":
            break
        m += 1
    if m < size and tags[m] in ",:" and m + 1 < size and tags[m + 1] in "Qq":
        stop = _trim_end(unit, m + 1, size)
        parts.append((m + 1, stop))
    elif m < size and tags[m] in "Qq" and quoted:
        parts.append((m, _trim_end(unit, m, size)))
    elif frame in ("clause-left",) and m < size and tags[m] == "," and m == k and m + 2 < size:
        reading = CUES.get(lows[m + 1])
        if not (reading is not None and reading[0].form == "ing") and tags[m + 1] not in "CR":
            parts.append((m + 1, _trim_end(unit, m + 1, size)))
    start_cue = subject.first if frame != "inverted" else index
    return _make(
        unit, number, (start_cue, index + 1), cue, speaker, tuple(parts), frame, subject, "", False, quoted
    )


def _noun(unit: Unit, number: int, index: int, cue: Cue) -> Candidate | None:
    """'X's claim that …', 'the report of …', 'a call to …'."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    after = index + 1
    if after >= size:
        return None
    tag = tags[after]
    if tag == "T":
        frame = "n-that"
    elif tag == "I":
        frame = "n-to"
    elif tag == "P" and lows[after] in ("of", "for", "about", "on", "against", "by"):
        frame = "n-" + lows[after]
    elif tag in "Qq":
        frame = "n-quote"
    else:
        return None
    speaker: Range | None = None
    how = "none"
    j = index - 1
    while j >= 0 and tags[j] in "wdNA" and not lows[j].endswith(("'s", "s'")):
        j -= 1
        if index - j > 4:
            break
    if j >= 0 and lows[j].endswith(("'s", "s'")) and tags[j] in "Nw":
        speaker = noun_phrase_left(unit, j)
        how = "possessive"
    elif j >= 0 and lows[j] in ("his", "her", "their", "its", "my", "our", "your", "whose"):
        speaker = (j, j + 1)
        how = "possessive"
    elif frame == "n-by":
        phrase = noun_phrase_right(unit, after + 1)
        if phrase is None:
            return None
        speaker = phrase
        how = "by"
        after = phrase[1]
        if after >= size or tags[after] not in "TI":
            return None
        frame = "n-that"
    elif j >= 0 and tags[j] == "D" and index - j > 1 and tags[j + 1] == "N":
        speaker = (j, index)
        how = "attributive"
    first = after + 1 if frame in ("n-of", "n-for", "n-about", "n-on", "n-against") else after
    subject = Subject(speaker, how, index, "")
    end = _trim_end(unit, first, _clause_end(unit, first, cue, subject))
    if end <= first:
        return None
    return _make(unit, number, (index, index + 1), cue, speaker, ((first, end),), frame, subject, "", False, False)


def _according(unit: Unit, number: int, index: int) -> Candidate | None:
    """'According to X, …' and '…, according to X'."""
    tags = unit.tags
    size = len(tags)
    speaker = noun_phrase_right(unit, index + 2)
    if speaker is None:
        return None
    cue = Cue("according", "say", "ing")
    subject = Subject(speaker, "plain", index, "")
    before = _trim_end(unit, 0, index)
    if before > 0 and not (before <= 1 and tags[0] in "CA"):
        start = 0
        parts = [(start, before)]
        stop = speaker[1]
        if stop < size and tags[stop] == "," and stop + 2 < size and tags[index - 1] == "," and tags[stop + 1] not in "NRD":
            parts.append((stop + 1, _trim_end(unit, stop + 1, size)))
        frame = "acc-left"
    else:
        stop = speaker[1]
        while stop < size and tags[stop] != ",":
            stop += 1
        if stop + 1 >= size:
            return None
        parts = [(stop + 1, _trim_end(unit, stop + 1, size))]
        frame = "acc-right"
    if parts[0][1] <= parts[0][0]:
        return None
    return _make(unit, number, (index, index + 2), cue, speaker, tuple(parts), frame, subject, "", False, False)


def _colon(unit: Unit, number: int) -> Candidate | None:
    """'Minister: Taxes will fall', 'SMITH: We agree', '"…" — Smith'."""
    tags = unit.tags
    size = len(tags)
    cue = Cue(":", "say", "none")
    for k in range(1, min(size - 1, 9)):
        if tags[k] == ":":
            if not all(tag in "NwDPQd(),-" for tag in tags[:k]) or tags[k - 1] not in "NwQd)":
                return None
            subject = Subject((0, k), "plain", k, "")
            upper = unit.words[0].isupper() and len(unit.words[0]) > 2
            frame = "colon-upper" if upper else "colon-title" if unit.title else "colon"
            end = size
            return _make(unit, number, (k, k + 1), cue, (0, k), ((k + 1, end),), frame, subject, "", False, False)
        if tags[k] not in "NwDPQd(),-":
            break
    if size >= 3 and tags[0] in "Qq" and tags[1] == "-" and all(tag in "NDPwd,()" for tag in tags[2:]):
        subject = Subject((2, size), "plain", 1, "")
        return _make(unit, number, (1, 2), cue, (2, size), ((0, 1),), "dash", subject, "", False, True)
    return None


# ---------------------------------------------------------------- features


def _kind(unit: Unit, speaker: Range | None) -> str:
    """What sort of words the speaker is."""
    if speaker is None:
        return "none"
    first, last = speaker
    low = unit.lows[last - 1]
    tag = unit.tags[last - 1]
    if last - first == 1:
        if low in ("he", "she", "he's", "she's", "he'd", "she'd", "he'll", "she'll"):
            return "he"
        if tag in "HORTD":
            base = low.split("'")[0]
            if base in ("i", "we", "you", "it", "they", "who", "which", "that", "this", "those", "these", "his", "her", "their"):
                return base
            return "pronoun"
    if tag == "N":
        return "name"
    if low in SPEAKERS or low.rstrip(".") in SPEAKERS:
        return "speaker"
    if low.endswith(("er", "or", "ist", "man", "men", "ers", "ors", "ists", "ian", "ians", "ents", "ants", "ates")):
        return "agent"
    if any(tag == "N" for tag in unit.tags[first:last]):
        return "noun+name"
    if unit.tags[first] == "D":
        return "the-noun"
    return "noun"


def _make(
    unit: Unit,
    number: int,
    cue_range: Range,
    cue: Cue,
    speaker: Range | None,
    content: tuple[Range, ...],
    frame: str,
    subject: Subject,
    particle: str,
    passive: bool,
    quoted: bool,
) -> Candidate:
    tags, lows = unit.tags, unit.lows
    kind = _kind(unit, speaker)
    lemma = cue.lemma
    helpers = "".join(sorted(set(subject.helpers)))
    length = sum(b - a for a, b in content)
    size_bucket = "0" if length == 0 else "1" if length < 3 else "2" if length < 6 else "3" if length < 12 else "4" if length < 25 else "5"
    first_tag = tags[content[0][0]] if content else ""
    has_quote = any("Q" in tags[a:b] or "q" in tags[a:b] for a, b in content)
    group = cue.group
    features = [
        "bias",
        "lemma=" + lemma,
        "group=" + group,
        "form=" + cue.form,
        "frame=" + frame,
        "kind=" + kind,
        "how=" + subject.how,
        "helpers=" + helpers,
        "len=" + size_bucket,
        "first=" + first_tag,
        f"group+frame={group}+{frame}",
        f"lemma+frame={lemma}+{frame}",
        f"kind+frame={kind}+{frame}",
        f"kind+group={kind}+{group}",
        f"form+how={cue.form}+{subject.how}",
        f"helpers+form={helpers}+{cue.form}",
        f"how+frame={subject.how}+{frame}",
        f"frame+len={frame}+{size_bucket}",
    ]
    if particle:
        features.append("particle=" + particle)
        features.append(f"lemma+particle={lemma}+{particle}")
    if has_quote:
        features.append("quoted")
        features.append("quoted+group=" + group)
    if passive:
        features.append("passive")
        features.append("passive+group=" + group)
    if unit.title:
        features.append("title")
        features.append("title+frame=" + frame)
    if speaker is not None and speaker[0] == 0:
        features.append("speaker-first")
        features.append("speaker-first+group=" + group)
    before = tags[speaker[0] - 1] if speaker is not None and speaker[0] > 0 else "^"
    features.append("before=" + before)
    direct = (bool(content) and any(tags[a] in "Qq" for a, _ in content)) or frame in ("colon-upper", "next", "dash")
    return Candidate(number, cue_range, lemma, speaker, content, frame, features, direct, passive)
