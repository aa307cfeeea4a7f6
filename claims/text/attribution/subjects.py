"""Who does what a verb says: the noun phrase to its left, however it is reached."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.attribution.lexicon import BE, CUES, HAVE, MODAL, NEGATIVE, TIME_WORDS, Cue
from claims.text.attribution.phrases import PHRASE, Range, back_to, is_finite, is_verb, phrase_left, phrase_right
from claims.text.attribution.units import Unit


class Subject(NamedTuple):
    """The subject of a verb. `how` it was reached: plain, apposition, comma, shared, relative, participle, gerund,
    infinitive, none. `first`: the token where the verb group begins. `helpers`: auxiliaries met, as letters b(e),
    h(ave), m(odal), n(egation), t(o). `chain`: the verb that governs an infinitive ("refused" in "refused to say").
    `antecedent`: of a relative pronoun."""

    span: Range | None
    how: str
    first: int
    helpers: str = ""
    chain: str = ""
    antecedent: Range | None = None


def subject_of(unit: Unit, index: int, cue: Cue, previous: Range | None, settled: bool = False) -> Subject:
    """The subject of the cue at token `index`. `previous`: the speaker of the cue before it in the unit. `settled`:
    that speaker followed what he said ("…, X said, adding …"), so no earlier noun phrase can be meant."""
    tags, lows = unit.tags, unit.lows
    j = index - 1
    helpers = ""
    chain = ""
    how = "plain"
    steps = 0
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
        elif tag == "I":
            helpers += "t"
            k = j - 1
            while k >= 0 and (tags[k] == "A" or (tags[k] == "w" and lows[k].endswith("ly"))):
                k -= 1
            if k < 0 or tags[k] not in "wM" or steps == 3:
                return Subject(None, "infinitive", j, helpers, chain)
            if tags[k] == "w":
                steps += 1
                how = "infinitive"
                readings = CUES.get(lows[k])
                chain = chain or (readings[0].lemma if readings else "other")
                k -= 1
            j = k
            continue
        elif tag == "d" and j > 1 and tags[j - 1] == "P" and tags[j - 2] == "R" and len(low) == 4:
            j -= 1  # "who in 2010 said"
        elif low in TIME_WORDS and j and tags[j] in "NwA":
            j -= 1
            if lows[j] in ("this", "last", "next", "late", "early", "on", "a"):
                j -= 1
            if j > 0 and tags[j] == "P" and lows[j] in ("on", "in", "since", "during", "by", "until"):
                j -= 1
            continue
        elif not (
            tag == "A"
            or low in NEGATIVE
            or (tag == "w" and low.endswith("ly") and low not in _NOT_ADVERBS)
            or (cue.form == "adj" and low in _MAKES)
        ):
            break
        j -= 1
    first = j + 1
    ing = cue.form == "ing" and "b" not in helpers
    if j < 0:
        if ing:
            return Subject(_after_comma(unit, index), "participle", first, helpers, chain)
        return Subject(None, "none", first, helpers, chain)  # "Asked about the plan, the minister said": others asked
    tag = tags[j]
    low = lows[j]
    if ing and not chain and (tag in "P,-SC" or low == "to"):
        how = "gerund" if tag == "P" or low == "to" else "participle"
        reached = previous if settled else main_subject(unit, j) or previous
        return Subject(reached, how, first, helpers, chain)
    if tag in PHRASE or tag in "HODRT":
        if tag == "w" and ing and not chain:
            # "could not resist pointing out", "wrote a letter saying": the verb before carries the subject
            readings = CUES.get(low)
            if (
                readings is not None
                and readings[0].group not in ("noun", "adj")
                and (readings[-1].group != "noun" or (j > 0 and tags[j - 1] in "MI"))
            ):
                outer = subject_of(unit, j, readings[0], previous, settled)
                return outer._replace(how="gerund", helpers=helpers + outer.helpers, chain=readings[0].lemma)
        if tag in "RT":
            return Subject((j, j + 1), "relative", first, helpers, chain, antecedent(unit, j))
        if tag == "w" and is_verb(low) and j and tags[j - 1] in "NH":
            return Subject(None, "none", first, helpers, chain)
        return Subject(phrase_left(unit, j), how, first, helpers, chain)
    if tag == "C":
        return Subject(previous or main_subject(unit, j), "shared", first, helpers, chain)
    if tag == ")":
        opened = back_to(unit, j, "(")
        if opened is not None and opened > 0:
            left = phrase_left(unit, opened - 1)
            if left is not None:
                return Subject((left[0], j + 1), "plain", first, helpers, chain)
        return Subject(None, "none", first, helpers, chain)
    if tag in ",-":
        opening = opening_phrase(unit, j) if tag == "," else None
        if opening is not None:
            return Subject(opening, "apposition", first, helpers, chain)
        # "Smith, the mayor of the town, said": the phrase before the comma that opens the insertion
        for k in range(j - 1, max(-1, j - 26), -1):
            if tags[k] == tag:
                left = phrase_left(unit, k - 1) if k > 0 else None
                if left is not None:
                    return Subject(left, "apposition", first, helpers, chain)
                break
            if tags[k] == "Q":
                break
        return Subject(previous, "comma", first, helpers, chain)
    return Subject(None, "none", first, helpers, chain)


def opening_phrase(unit: Unit, before: int) -> Range | None:
    """The noun phrase that opens the unit where insertions follow it up to the comma at token `before`: "Smith, who
    ran the port, a town of the south, said". None where a clause or an adverbial opens it."""
    tags = unit.tags
    start = 0
    while start < before and tags[start] in "CA":
        start += 1
    comma = unit.tagline.find(",", start, before)
    if comma <= start or unit.lows[start] in _PLACING:
        return None  # but "Down in the village, the baker, Ned Pask, said"
    last = comma - 1
    if tags[last] == ")":
        opened = back_to(unit, last, "(")
        last = opened - 1 if opened is not None else -1
    phrase = phrase_left(unit, last) if last >= start and tags[last] in PHRASE else None
    if phrase is None or phrase[0] != start or "N" not in tags[slice(*phrase)]:
        return None
    return phrase


def antecedent(unit: Unit, index: int) -> Range | None:
    """The noun phrase that the relative pronoun at `index` stands for."""
    j = index - 1
    if j >= 0 and unit.tags[j] == "P":  # "of whom"
        j -= 1
    if j >= 0 and unit.tags[j] == ",":
        j -= 1
    if j >= 0 and unit.tags[j] == ")":
        opened = back_to(unit, j, "(")
        j = opened - 1 if opened else -1
    return phrase_left(unit, j) if j >= 0 and unit.tags[j] in PHRASE else None


#: Words that open an adverbial even where a capital makes a name of them.
_PLACING = (
    frozenset("down up out back off over away inside outside near nearly almost about around".split()) | TIME_WORDS
)
_NOT_ADVERBS = frozenset("ally family assembly reply supply italy july only".split())
_MAKES = frozenset("make makes made making it".split())


def main_subject(unit: Unit, before: int) -> Range | None:
    """The subject of the first clause: the noun phrase before the first finite verb ahead of `before`."""
    tags, lows = unit.tags, unit.lows
    for index in range(1, before):
        tag = tags[index]
        if tag == "M" or (
            tag == "w" and (is_finite(lows[index]) or (len(lows[index]) > 4 and lows[index][-2:] == "ed"))
        ):
            j = index - 1
            while j > 0 and tags[j] == "A":
                j -= 1
            if tags[j] in PHRASE or tags[j] == "H":
                return phrase_left(unit, j)
            if tags[j] in ",)":
                k = back_to(unit, j, "," if tags[j] == "," else "(")
                if k is not None and k > 0:
                    return phrase_left(unit, k - 1)
    return None


def _after_comma(unit: Unit, index: int) -> Range | None:
    """'Denying the report, the minister said …': the noun phrase after the comma."""
    for k in range(index + 1, min(len(unit), index + 30)):
        if unit.tags[k] == ",":
            return phrase_right(unit, k + 1)
    return None
