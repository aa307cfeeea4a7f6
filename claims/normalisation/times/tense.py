"""Whether the words around a time speak of the past or of the future."""

from __future__ import annotations

import re

_REACH = 200

_ADVERBS = r"(?:\s(?:not|also|still|now|then|only|first|[a-z]+ly))?"
_FUTURE = (
    r"(?:will|won['’]t|shall|would|(?<=\w)['’]ll)"
    + _ADVERBS
    + r"(?:\s(?:be|have(?:\sbeen)?|\[be\]))?"
    + _ADVERBS
    + r"\s[a-z]+"
    r"|(?:expected|scheduled|slated|due|set|planned|poised|likely|about|projected|forecast|going|hop(?:es?|ing)|plans?|"
    r"planning|intends?|agreed|vow(?:s|ed)|pledg(?:es|ed)|promis(?:es|ed)|wants?|aims?|prepar(?:es|ing)|ready|is|are)"
    r"\s(?:to|for)" + _ADVERBS + r"(?:\sbe)?\s[a-z]+"
    r"|(?:is|are)\s(?:expected|scheduled|slated|due|planned|set)"
    r"|(?:upcoming|forthcoming|tentatively)"
    r"|to\sbe\s[a-z]+"
    r"|(?:begins|starts|opens|expires|kicks\soff|gets\sunder\s?way|takes\splace)"
)
# "As of", present perfect and plain past forms; irregular verbs are those that reports use most.
_PAST = (
    r"(?:was|were|had|did|said|told|came|took|went|made|gave|got|saw|met|held|won|lost|fell|rose|shot|hit|found|left|"
    r"began|broke|brought|built|bought|caught|chose|cut|drew|drove|felt|fought|flew|fled|grew|heard|kept|knew|laid|led|"
    r"paid|put|ran|sent|sold|shook|showed|spent|spoke|spread|stood|struck|swore|taught|thought|threw|became|withdrew|"
    r"wrote|tweeted|according\sto|[a-z]{2,}ed)"
)
_VERBS = re.compile(rf"\b(?:(?P<future>{_FUTURE})|(?P<past>{_PAST}))\b", re.IGNORECASE)
# The end of a sentence: a full stop that does not close an abbreviation or an initial.
_BREAK = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})(?<!\bSept)(?<!\.[a-z])[.!?][\"”’')\]]{0,2}\s|\n")

PAST = -1
FUTURE = 1


def tense(text: str, start: int, end: int) -> int:
    """FUTURE, PAST, or 0 when the sentence does not tell; `text[start:end]` is the time.

    The nearest verb before the time in its sentence decides, else the first verb after it.
    """
    before = text[max(0, start - _REACH) : start]
    cut = 0
    for match in _BREAK.finditer(before):
        cut = match.end()
    verdict = 0
    for match in _VERBS.finditer(before, cut):
        verdict = FUTURE if match["future"] else PAST
    if verdict:
        return verdict
    after = text[end : end + _REACH]
    stop = _BREAK.search(after)
    first = _VERBS.search(after, 0, stop.start() if stop else len(after))
    if first is None:
        return 0
    return FUTURE if first["future"] else PAST
