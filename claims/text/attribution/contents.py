"""What is said: where the content to the right of a cue begins, and where it may end."""

from __future__ import annotations

import re

from claims.text.attribution.lexicon import CUES, TIME_WORDS, Cue
from claims.text.attribution.phrases import is_finite, is_verb, phrase_right
from claims.text.attribution.units import Unit

CITES = frozenset(("citing", "quoting"))
# Adverbs that begin what is said where a noun follows: "said further rises …", "said only three …".
_OF_THE_NOUN = frozenset("further only even just all both almost very much perhaps maybe merely simply".split())
PARTICLES = frozenset("out up down off back on forward away through over".split())


def skip_adverbial(unit: Unit, index: int) -> int:
    """Past "on Monday", "in a statement", "at a rally in the capital", as far as one may follow a verb of saying."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    while index < size:
        tag = tags[index]
        low = lows[index]
        if tag == "A" or low in TIME_WORDS or (tag == "w" and low.endswith("ly")):
            index += 1
        elif tag == "D" and index + 1 < size and lows[index + 1] in TIME_WORDS:
            index += 2
        elif (tag == "P" and low not in ("as", "than")) or (tag == "I" and index + 1 < size and tags[index + 1] != "w"):
            phrase = phrase_right(unit, index + 1)
            if phrase is None:
                break
            index = phrase[1]
        else:
            break
    return index


def trim_end(unit: Unit, first: int, last: int) -> int:
    """The end without closing punctuation."""
    while last > first and unit.tags[last - 1] in ",.;:!-":
        last -= 1
    return last


def right_start(unit: Unit, after: int, cue: Cue) -> tuple[int, str]:
    """Where the content on the right of a cue begins, and its frame: that, to, wh (whether, how), quote, colonquote,
    colon, clause (no "that"), np, np-to, np-that, pp, hearer-…, comma or empty (nothing there), next (it follows in
    the next sentence)."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    if after >= size:
        return size, "empty"
    if lows[after] in PARTICLES and after + 1 < size and tags[after + 1] in "TQqS:":
        after += 1
    plain = found_frame(unit, after)
    if plain is not None:
        return plain
    tag = tags[after]
    if tag == "I" and not (cue.group in ("say", "tell") and after + 1 < size and tags[after + 1] in "DNHO"):
        return after, "to"
    if tag == "S":
        return after, "wh"
    if tag in ".!?;)":
        return size, "empty"
    says = cue.group in ("say", "tell")
    if says and tag == "w" and lows[after].endswith("ing"):
        return after, "comma"  # "…, X said opening the talks"
    skipped = skip_adverbial(unit, after) if says or cue.group in ("think", "show") else after
    if skipped > after:
        if skipped >= size or tags[skipped] in ".!?;":
            return (size, "empty") if says else (after + (tag == "P"), "pp")
        found = found_frame(unit, skipped)
        if found is not None:
            return found
        if tags[skipped] == ",":
            if skipped + 1 < size and tags[skipped + 1] in "QqT":
                return skipped + 1, "that" if tags[skipped + 1] == "T" else "quote"
            if says:
                return skipped, "comma"
        if cue.group == "say" and tags[skipped] in "DNwH":
            return after if lows[after] in _OF_THE_NOUN else skipped, "clause"
    if tag == "," and says and after + 1 < size and lows[after + 1] in CITES:
        source = phrase_right(unit, after + 2)
        if source is not None and source[1] + 1 < size and tags[source[1]] == ",":
            return found_frame(unit, source[1] + 1) or (source[1] + 1, "clause")
    if tag == ",":
        if after + 1 < size and tags[after + 1] in "QqT":
            return after + 1, "that" if tags[after + 1] == "T" else "quote"
        return after, "comma"
    if cue.group in ("tell", "urge") or cue.lemma in _HEARER:
        found = _after_hearer(unit, after, cue)
        if found is not None:
            return found
    if tag == "P":
        phrase = phrase_right(unit, after + 1)
        if phrase is not None:
            found = found_frame(unit, phrase[1])
            if found is not None and found[1] in ("that", "quote", "colonquote"):
                return found
        return min(after + 1, size), "pp"
    if lows[after] in PARTICLES:
        return min(after + 1, size), "particle"
    if tag == "H":
        return after, "clause"
    if tag in "NDwdO":
        phrase = phrase_right(unit, after)
        if phrase is not None and phrase[1] < size:
            m = _past_insertion(unit, phrase[1]) if says else phrase[1]
            while m < size and tags[m] == "A":
                m += 1
            if m < size:
                if tags[m] == "M" or (tags[m] == "w" and is_finite(lows[m])):
                    return after, "clause"
                if tags[m] == "I":
                    return after, "np-to"
                if tags[m] == "T":
                    return after, "np-that"
                if lows[m] == "as":
                    return after, "np-as"
        if says and phrase is not None and any(is_verb(lows[m]) for m in range(after + 1, phrase[1])):
            return after, "clause"  # "said Clinton reached out"
        return after, "np"
    if lows[after] in ("having", "being"):
        return after, "np"  # "denied having met him": what a noun would be
    return after, "other"


def _past_insertion(unit: Unit, index: int) -> int:
    """Past ", 54," and ", the mayor of the town," before a verb."""
    tags = unit.tags
    if index < len(tags) and tags[index] == ",":
        close = unit.tagline.find(",", index + 1, index + 14)
        if index + 1 < close < len(tags) - 1 and (
            tags[close + 1] == "M" or (tags[close + 1] == "w" and is_finite(unit.lows[close + 1]))
        ):
            return close + 1
    return index


_HEARER = frozenset("tell warn advise write text email caution remind".split())


def _after_hearer(unit: Unit, after: int, cue: Cue) -> tuple[int, str] | None:
    tags = unit.tags
    size = len(tags)
    phrase = phrase_right(unit, after)
    if phrase is None:
        return None
    end = phrase[1]
    skipped = skip_adverbial(unit, end) if end < size and tags[end] != "I" else end
    for m in (end, skipped):
        found = found_frame(unit, m)
        if found is not None:
            return found
    if end < size and tags[end] == "I":
        return end, "hearer-to"
    plain = cue.lemma in ("tell", "inform", "remind", "assure")
    if skipped >= size or tags[skipped] in ".!?;,":
        if skipped + 1 < size and tags[skipped] == "," and tags[skipped + 1] in "Qq":
            return skipped + 1, "quote"
        if plain:
            return skipped, "comma" if skipped < size and tags[skipped] == "," else "empty"
    elif plain and tags[end] in "HDNw":
        return end, "hearer-clause"
    return None


def found_frame(unit: Unit, index: int) -> tuple[int, str] | None:
    """The frame when token `index` opens the content unmistakably: "that", a quotation, a colon, "whether"."""
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
    if unit.lows[index] in ("whether", "how", "why", "what", "if"):
        return index, "wh"
    return None


def hard_end(unit: Unit, first: int, cue: Cue, relative: bool) -> int:
    """The token before which the content that begins at `first` must have ended."""
    tags, lows = unit.tags, unit.lows
    size = len(tags)
    for match in _MAY_END.finditer(unit.tagline, first + 1):
        k = match.start()
        tag = tags[k]
        if tag == ";":
            return k
        if tag == "C":
            m = _past_adverbs(unit, k + 1)
            if m < size and _same_form(lows[m], cue):
                return k
        elif k + 1 < size:
            after = lows[k + 1]
            follows = tags[k + 1]
            if relative and follows in "wMA" and k - first > 1:
                return k
            if after == "according":
                return k
            if follows == "C":
                m = _past_adverbs(unit, k + 2)
                if m < size and (
                    _same_form(lows[m], cue)
                    or (after == "but" and has_own_cue(unit, m))
                    or (after == "and" and _speaks_on(unit, m, cue))
                ):
                    return k
            elif follows == "w":
                readings = CUES.get(after)
                if readings is not None and readings[0].form == "ing" and readings[0].group in _SPOKEN:
                    return k
            elif after in ("while", "whereas", "although", "though") and has_own_cue(unit, k + 2):
                return k
    return size


_MAY_END = re.compile("[;,C]")
_SPOKEN = frozenset(("say", "tell", "judge", "urge"))


def _past_adverbs(unit: Unit, index: int) -> int:
    while index < len(unit) and unit.tags[index] == "A":
        index += 1
    return index


def _same_form(low: str, cue: Cue) -> bool:
    readings = CUES.get(low)
    if readings is None or cue.form not in ("past", "present"):
        return False
    return readings[0].form == cue.form and readings[-1].group not in ("noun", "adj")


def has_own_cue(unit: Unit, first: int) -> bool:
    """Whether a noun phrase and a finite cue begin at `first`."""
    readings = CUES.get(_verb_of(unit, first))
    return readings is not None and readings[0].form in ("past", "present")


def _speaks_on(unit: Unit, first: int, cue: Cue) -> bool:
    """Whether a noun phrase and a cue of speech in the form of `cue` begin at `first`: ", and the union accused …"."""
    word = _verb_of(unit, first)
    readings = CUES.get(word)
    return readings is not None and readings[0].group in _VOICES and _same_form(word, cue)


def _verb_of(unit: Unit, first: int) -> str:
    """The word behind the noun phrase at `first` and its adverbs; "" for none."""
    phrase = phrase_right(unit, first)
    if phrase is None:
        return ""
    m = phrase[1]
    while m < len(unit) and unit.tags[m] in "AM":
        m += 1
    return unit.lows[m] if m < len(unit) else ""


_VOICES = frozenset(("say", "tell", "judge", "urge"))
#: Options cut only where they leave out at least this share of the content: a smaller cut changes little.
_WORTH = 0.2
_PREPOSITIONS_THAT_CUT = frozenset(
    "during after before in at on by for with over from amid following since until despite when while".split()
)


def ends(unit: Unit, first: int, last: int, frame: str) -> list[tuple[int, str, list[str]]]:
    """Where the content [first, last) may end: the token, the name of the reason, and the names of the reasons to end
    earlier that it passes by; the hard end last."""
    found: list[tuple[int, str, list[str]]] = []
    passed: list[str] = []
    if last - first < 4:
        return [(last, "end", passed)]
    tags, lows, starts = unit.tags, unit.lows, unit.starts
    begin = starts[first]
    latest = begin + (1 - _WORTH) * (unit.ends[last - 1] - begin)
    pattern = _CUTS_NOUN if frame in _NOUN_FRAMES else _CUTS
    for match in pattern.finditer(unit.tagline, first + 1, last):
        k = match.start()
        if starts[k] > latest or len(found) == 3:
            break
        tag = tags[k]
        name = ""
        if tag == ",":
            if k + 1 < last:
                follows = tags[k + 1]
                name = _COMMAS.get(follows) or ("comma-ing" if lows[k + 1].endswith("ing") else "comma-x")
        elif tag == "-":
            name = "dash"
        elif tag == "S":
            name = "sub" if k > first + 1 else ""
        elif tag == "C":
            if lows[k] in ("but", "and") and k + 1 < last and tags[k + 1] in "HMw" and k > first + 1:
                name = "and-" + tags[k + 1]
        elif tag == "P":
            name = "prep" if lows[k] in _PREPOSITIONS_THAT_CUT else ""
        elif tag == "A":
            name = "adv"
        elif tag == "N":
            name = "time" if lows[k] in TIME_WORDS else ""
        else:
            name = "rel"
        if name in _MAY_OPEN and has_own_cue(unit, k + 1 + (tag == ",")):
            name += "-cue"  # ", and the union accused …": another speaker has his own
        if name:
            if name not in passed:
                found.append((k, name, passed.copy()))
            passed.append(name)
    found.append((last, "end", passed))
    return found


_CUTS = re.compile("[-,SC]")
_CUTS_NOUN = re.compile("[-,SCPRTAN]")
_NOUN_FRAMES = frozenset("np pp particle np-as np-to np-that other quote".split())
#: Ends behind which another clause may have its own speaker.
_MAY_OPEN = frozenset(("comma-C", "comma-S", "sub", "and-H", "and-w"))
_COMMAS = {"C": "comma-C", "R": "comma-R", "S": "comma-S", "P": "comma-S", "H": "comma-H"}
