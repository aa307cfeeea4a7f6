"""Candidates: every cue of a unit with the speaker and the contents that the words around it suggest.

Generous on purpose; `scorer` decides which of them to believe.
"""

from __future__ import annotations

from itertools import compress

from claims.text.attribution.contents import PARTICLES, ends, hard_end, right_start, trim_end
from claims.text.attribution.features import Candidate, Option, candidate, option
from claims.text.attribution.lexicon import ACCORDING, CUES, LABELS, TIME_WORDS, Cue
from claims.text.attribution.phrases import Range, is_verb, kind_of, phrase_left, phrase_right
from claims.text.attribution.subjects import Subject, opening_phrase, subject_of
from claims.text.attribution.units import Unit

__all__ = ["Candidate", "Option", "candidates"]

_COLON = Cue(":", "mark", "none")
_DASH = Cue("-", "mark", "none")


def candidates(unit: Unit, number: int) -> list[Candidate]:
    """All candidates of one unit, in the order of their cues. `number`: of the unit in its text."""
    found: list[Candidate] = []
    colon = labelled(unit, number)
    if colon is not None:
        found.append(colon)
    previous: Range | None = None  # the speaker of the cue before
    settled = False  # and whether what he said stands before him
    tags, lows = unit.tags, unit.lows
    order = 0
    taken = 0  # tokens before this one belong to a cue already: "quoted … as saying"
    before = "^"
    for index in compress(range(len(lows)), map(CUES.__contains__, lows)):
        if index < taken:
            continue
        readings = CUES[lows[index]]
        if readings[0] is ACCORDING:
            made = _according(unit, number, index) if lows[index + 1 : index + 2] == ["to"] else None
            if made is not None:
                found.append(made)
            continue
        if tags[index] == "N" and index and not unit.cased:
            continue
        made = _cue(unit, number, index, readings, previous, settled)
        if made is not None:
            made.order.append((before, order, made.cue_word.group))
            order = min(order + 1, 3)
            before = made.cue_word.group + "+" + made.frame
            found.append(made)
            taken = made.cue[1]
            if made.speaker is not None and made.cue_word.group not in ("noun", "adj"):
                previous = made.speaker
                settled = made.frame in ("clause-left", "quote-left", "inverted", "acc-left")
    return found


def _cue(
    unit: Unit, number: int, index: int, readings: tuple[Cue, ...], previous: Range | None, settled: bool
) -> Candidate | None:
    tags, lows = unit.tags, unit.lows
    cue = readings[0]
    if readings[-1].group == "noun":
        before = tags[index - 1] if index else ""
        if (
            cue.group == "noun"
            or before in ("D", "P")
            or (index > 0 and lows[index - 1].endswith(("'s", "s'")))
            or (before == "w" and is_verb(lows[index - 1]))
            or (
                before == "w"
                and cue.form in ("base", "present")
                and ((index > 1 and tags[index - 2] == "D") or lows[index - 1].endswith("ing"))
            )
        ):
            return _noun(unit, number, index, readings[-1], previous)
    elif index and tags[index - 1] == "D" and cue.form != "past":
        return None
    return _verb(unit, number, index, cue, previous, settled)


def _verb(unit: Unit, number: int, index: int, cue: Cue, previous: Range | None, settled: bool) -> Candidate | None:
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    after = index + 1
    inverted = _inverted(unit, index, cue)
    if inverted is not None:
        subject = Subject(inverted, "inverted", index)
        return _left(unit, number, index, cue, subject, index, inverted[1], "inverted")
    subject = subject_of(unit, index, cue, previous, settled)
    speaker = subject.span
    passive = cue.form in ("past", "participle") and "b" in subject.helpers
    if cue.lemma in ("quote", "cite"):
        quoted = _quoted_as(unit, number, index, cue, subject, passive)
        if quoted is not None:
            return quoted
    if passive and speaker is not None and after < size and lows[after] == "by":
        return _passive_by(unit, number, index, cue, subject)
    if passive and speaker is not None and lows[speaker[0]] == "it" and speaker[1] - speaker[0] == 1:
        subject = subject._replace(span=None, how="agentless")  # "it was reported that"
        speaker = None
    near = speaker is not None and subject.how in ("plain", "apposition", "infinitive", "relative")
    left_end = speaker[0] if near and speaker is not None else subject.first
    start, frame = right_start(unit, after, cue)
    if (
        unit.quotes
        and _quote_before(unit, left_end)
        and (
            frame in ("empty", "comma", "quote", "colonquote")
            or start >= size
            or (cue.group in ("say", "tell") and left_end > 0 and _all_quoted(unit, left_end))  # "…," X said on …
        )
    ):
        return _left(unit, number, index, cue, subject, left_end, after, "quote-left")
    if frame == "comma" and subject.how in ("participle", "gerund") and start + 1 < size:
        start += 1  # "…, adding, the talks failed"
        frame = "clause"
    if frame in ("empty", "comma") and left_end > 1 and tags[left_end - 1] in ",-":
        return _left(unit, number, index, cue, subject, left_end, after, "clause-left")
    if frame == "empty" and cue.group in ("say", "tell") and near:
        frame = "next-plain"
    if frame in ("next", "next-plain"):
        options = [option(unit, (), frame, "end")]
    elif start >= size:
        return None
    else:
        stop = trim_end(unit, start, hard_end(unit, start, cue, subject.how == "relative"))
        if stop <= start:
            return None
        options = []
        for end, name, passed in ends(unit, start, stop, frame):
            end = trim_end(unit, start, end)
            if end > start:
                options.append(option(unit, ((start, end),), frame, name, passed))
        if passive and speaker is not None and subject.how == "plain":
            # "X was accused of fraud": X is spoken of, and does not speak
            options = [option(unit, (speaker, (start, stop)), frame, "passive")]
            subject = subject._replace(span=None, how="passive")
    particle = lows[after] if after < size and (tags[after] == "P" or lows[after] in PARTICLES) else ""
    return candidate(unit, number, (subject.first, index + 1), cue, subject, frame, options, particle, passive)


def _inverted(unit: Unit, index: int, cue: Cue) -> Range | None:
    """The speaker in '"…," said X' and in '…, said X'."""
    tags, lows = unit.tags, unit.lows
    before = tags[index - 1] if index else ""
    after_comma = before == "," and cue.form in ("past", "present")
    after_quotation = before in ("Q", "q") or (before == "A" and index > 1 and tags[index - 2] in "Qq")
    if not (after_comma or after_quotation):
        return None
    if cue.group not in ("say", "think", "tell", "urge", "judge", "show"):
        return None
    if before == "," and (cue.group == "tell" or opening_phrase(unit, index - 1) is not None):
        return None  # "Smith, the mayor, said prices …"
    phrase = phrase_right(unit, index + 1)
    if phrase is None or tags[phrase[0]] == "O" or lows[phrase[0]] in TIME_WORDS:
        return None
    stop = phrase[1]
    if stop >= len(tags) or tags[stop] in ",.:;!?-PASRIQq" or lows[stop] in TIME_WORDS:
        return phrase
    return phrase if tags[stop] == "w" and lows[stop].endswith(("ing", "ly")) else None


def _quote_before(unit: Unit, index: int) -> bool:
    """Whether a quotation, perhaps with a comma or dash, stands right before token `index`."""
    j = index - 1
    if j >= 0 and unit.tags[j] in ",-":
        j -= 1
    return j >= 0 and unit.tags[j] in "Qq"


def _left(
    unit: Unit, number: int, index: int, cue: Cue, subject: Subject, left_end: int, right: int, frame: str
) -> Candidate | None:
    """Content before the speaker and the cue, and what of it goes on after them."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    end = trim_end(unit, 0, left_end)
    start = 0
    while start < end and (tags[start] == "C" and tags[start + 1] in "Qq,"):
        start += 1
    if end <= start:
        return None
    if tags[end - 1] == "R" and right + 1 < size and tags[right] == "," and right + 1 < trim_end(unit, right + 1, size):
        # "taxes, which, the report notes, cost the farmers dear"
        inner = option(unit, ((end - 1, end), (right + 1, trim_end(unit, right + 1, size))), "clause-mid", "end")
        return candidate(unit, number, (subject.first, index + 1), cue, subject, "clause-mid", [inner], "", False)
    quoted = tags[end - 1] in "Qq"
    parts: list[Range] = [(start, end)]
    m = right
    while m < size and m < right + 30 and tags[m] not in ",:;.Qq":
        m += 1
    if m + 1 < size and tags[m] in ",:" and _quotes_on(unit, m + 1):
        parts.append((m + 1, trim_end(unit, m + 1, size)))
    elif m < size and tags[m] in "Qq" and quoted:
        parts.append((m, trim_end(unit, m, size)))
    elif frame == "clause-left" and m + 2 < size and tags[m] == "," and tags[m + 1] == "M":
        parts.append((m + 1, trim_end(unit, m + 1, size)))  # "The trouble, he told them, is that …"
    elif frame == "clause-left" and m == right and m + 2 < size and tags[m] == "," and tags[m + 1] not in "CR":
        readings = CUES.get(lows[m + 1])
        if readings is None or readings[0].form != "ing":
            parts.append((m + 1, trim_end(unit, m + 1, size)))
    parts = [part for part in parts if part[1] > part[0]]
    options = [option(unit, tuple(parts), frame, "end")]
    if quoted and end - start > 1:
        # words of the article before the quotation: with them, or the quotation alone
        first = end - 1
        if start < first:
            options.append(option(unit, ((first, end), *parts[1:]), frame, "quote-only"))
    elif not quoted:
        for k in range(end - 2, start, -1):
            if tags[k] == "," and k + 1 < end and tags[k + 1] in "CS":
                options.append(option(unit, ((k + 2 if tags[k + 1] == "C" else k + 1, end), *parts[1:]), frame, "last"))
                break
    first_cue = subject.first if frame != "inverted" else index
    return candidate(unit, number, (first_cue, index + 1), cue, subject, frame, options, "", False)


def _all_quoted(unit: Unit, end: int) -> bool:
    """Whether nothing but a quotation stands before token `end`."""
    left = unit.tagline[:end].lstrip("CA").rstrip(",-")
    return left == "Q"


def _quotes_on(unit: Unit, index: int) -> bool:
    """Whether a quotation begins at the token, perhaps after "but" or "and still"."""
    tags = unit.tags
    if index < len(tags) and tags[index] == "C":
        index += 1
        while index < len(tags) and tags[index] == "A":
            index += 1
    return index < len(tags) and tags[index] in "Qq"


def _passive_by(unit: Unit, number: int, index: int, cue: Cue, subject: Subject) -> Candidate | None:
    """'The plan was criticised by X': X speaks, the plan is what of."""
    agent = phrase_right(unit, index + 2)
    if agent is None or subject.span is None:
        return None
    options = [option(unit, (subject.span,), "passive-by", "end")]
    stop = trim_end(unit, agent[1], len(unit))
    if stop > agent[1] + 1:
        options.append(option(unit, (subject.span, (agent[1], stop)), "passive-by", "more"))
        options.append(option(unit, ((agent[1], stop),), "passive-by", "right"))
    named = subject._replace(span=agent)
    return candidate(unit, number, (subject.first, index + 2), cue, named, "passive-by", options, "by", True)


def _quoted_as(unit: Unit, number: int, index: int, cue: Cue, subject: Subject, passive: bool) -> Candidate | None:
    """'X quoted Y as saying …', 'Y was quoted (by X) as saying …': Y speaks, X carries the words."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    at = index + 1
    via: Range | None = None
    speaker = subject.span
    if passive:
        if at < size and lows[at] == "by":
            via = phrase_right(unit, at + 1)
            at = via[1] if via is not None else size
    else:
        via = subject.span
        speaker = phrase_right(unit, at)
        at = speaker[1] if speaker is not None else size
    if speaker is None or at + 1 >= size or lows[at] != "as":
        return None
    readings = CUES.get(lows[at + 1])
    if readings is None or readings[0].form != "ing" or readings[0].group == "noun":
        return None
    said = readings[0]._replace(form="past")
    start, frame = right_start(unit, at + 2, said)
    stop = trim_end(unit, start, hard_end(unit, start, said, False)) if start < size else start
    if stop <= start:
        return None
    named = Subject(speaker, "plain", subject.first if not passive else index)
    options = [option(unit, ((start, stop),), frame, "end")]
    return candidate(unit, number, (index, at + 2), said, named, frame, options, "", False, via)


def _noun(unit: Unit, number: int, index: int, cue: Cue, previous: Range | None) -> Candidate | None:
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
    elif tag == "P" and lows[after] in ("of", "for", "about", "on", "against", "by", "from"):
        frame = "n-" + lows[after]
    elif tag in "Qq":
        frame = "n-quote"
    else:
        return None
    j = index - 1
    while j >= 0 and tags[j] in "wdNA" and index - j <= 4 and not lows[j].endswith(("'s", "s'")):
        j -= 1
    speaker: Range | None = None
    how = "none"
    if j >= 0 and lows[j].endswith(("'s", "s'")) and tags[j] in "Nw":
        speaker, how = phrase_left(unit, j), "possessive"
    elif j >= 0 and lows[j] in ("his", "her", "their", "its", "my", "our", "your", "whose"):
        speaker, how = (j, j + 1), "possessive"
    elif frame in ("n-by", "n-from"):
        speaker, how = phrase_right(unit, after + 1), "by"
        if speaker is None or speaker[1] >= size or tags[speaker[1]] not in "TI":
            return None
        after = speaker[1]
        frame += "-that"
    elif j >= 0 and tags[j] == "D" and index - j > 1 and tags[j + 1] == "N":
        speaker, how = (j, index), "attributive"
    chain = ""
    if speaker is None:
        # "raised questions about", "made a decision to": the verb that has the noun as its object
        k = index - 1
        while k > 0 and (
            tags[k] in "DAd"
            or (
                tags[k] == "w"
                and index - k < 4
                and lows[k] not in _HAVING
                and not (lows[k] in CUES and CUES[lows[k]][0].group not in ("noun", "adj"))
            )
        ):
            k -= 1
        verb = CUES.get(lows[k]) if k > 0 else None
        if k > 0 and (lows[k] in _HAVING or (verb is not None and verb[0].group not in ("noun", "adj"))):
            form = verb[0] if verb is not None else Cue(lows[k], "have", "ing" if lows[k].endswith("ing") else "past")
            reached = subject_of(unit, k, form, previous)
            if reached.span is not None:
                speaker, how, chain = reached.span, "object", form.lemma
    first = after + 1 if tags[after] == "P" else after
    stop = trim_end(unit, first, hard_end(unit, first, cue, False))
    options = []
    for end, name, passed in ends(unit, first, stop, "np" if tags[after] == "P" else frame) if stop > first else []:
        end = trim_end(unit, first, end)
        if end > first:
            options.append(option(unit, ((first, end),), frame, name, passed))
    if not options:
        return None
    subject = Subject(speaker, how, index, "", chain)
    return candidate(unit, number, (index, index + 1), cue, subject, frame, options, "", False)


_HAVING = frozenset(
    "make makes made making have has had having give gave gives giving given raise reach reached take took taken taking"
    " draw drew get got hold held show showed signed sign sent send came".split()
)


def _according(unit: Unit, number: int, index: int) -> Candidate | None:
    """'According to X, …' and '…, according to X'."""
    tags = unit.tags
    size = len(tags)
    speaker = phrase_right(unit, index + 2)
    if speaker is None:
        return None
    before = trim_end(unit, 0, index)
    stop = speaker[1]
    if before > 0 and not (before == 1 and tags[0] in "CA"):
        parts = [(0, before)]
        if stop + 2 < size and tags[stop] == "," and tags[index - 1] == "," and tags[stop + 1] not in "NRDC":
            parts.append((stop + 1, trim_end(unit, stop + 1, size)))
        frame = "acc-left"
    else:
        while stop < size and tags[stop] != ",":
            stop += 1
        parts = [(stop + 1, trim_end(unit, stop + 1, size))] if stop + 1 < size else []
        frame = "acc-right"
    parts = [part for part in parts if part[1] > part[0]]
    if not parts:
        return None
    subject = Subject(speaker, "plain", index)
    options = [option(unit, tuple(parts), frame, "end")]
    if frame == "acc-left":
        for k in range(before - 2, 0, -1):
            if tags[k] == "," and tags[k + 1] in "CS":
                options.append(option(unit, ((k + 2, before), *parts[1:]), frame, "last"))
                break
    return candidate(unit, number, (index, index + 2), ACCORDING, subject, frame, options, "", False)


_TOPICS = frozenset(("noun", "the-noun", "noun+name"))  # kinds of words that say nothing before a headline's colon


def labelled(unit: Unit, number: int) -> Candidate | None:
    """'Minister: Taxes will fall', 'SMITH: We agree', '"…" — Smith', '— Smith' under a quotation."""
    head = unit.tagline[:10]
    if ":" not in head and "-" not in head[:2]:
        return None
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    if (
        size >= 2
        and tags[0] == "-"
        and tags[1] in "NDH"
        and size < 12
        and all(tag in "NDPwdCq,()." for tag in tags[1:])
    ):
        subject = Subject((1, trim_end(unit, 1, size)), "plain", 0)
        return candidate(
            unit, number, (0, 1), _DASH, subject, "dash-under", [option(unit, (), "dash-under", "end")], "", False
        )
    if size >= 3 and tags[0] in "Qq" and tags[1] == "-" and size < 14 and all(tag in "NDPwdCq,()." for tag in tags[2:]):
        subject = Subject((2, trim_end(unit, 2, size)), "plain", 1)
        options = [option(unit, ((0, 1),), "dash", "end")]
        return candidate(unit, number, (1, 2), _DASH, subject, "dash", options, "", False)
    begin = 1 if size > 3 and tags[0] == '"' else 0  # a mark that quotes a line of a transcript
    for k in range(begin + 1, min(size - 1, 9)):
        if tags[k] == ":":
            if tags[k - 1] not in "NwQqd)" or lows[k - 1] in LABELS or lows[0] in LABELS:
                return None
            named = [word for word in unit.words[begin:k] if word[0].isalpha()]
            if not named:
                return None  # a time of day: "10:45 GMT"
            upper = all(map(str.isupper, named)) and len(unit.words[begin]) > 1
            frame = "colon-upper" if upper else "colon-title" if unit.title else "colon"
            if frame == "colon-title" and kind_of(unit, (begin, k)) in _TOPICS:
                return None  # "Terror at the fair: Two die in blaze"
            subject = Subject((begin, k), "plain", k)
            options = [option(unit, ((k + 1, size),), frame, "end")]
            return candidate(unit, number, (k, k + 1), _COLON, subject, frame, options, "", False)
        if tags[k] not in "NwDPqd(),-CAI":
            break
    return None
