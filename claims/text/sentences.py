"""Where the sentences of a news text begin and end. Pure, linear in the length of the text.

A full stop ends a sentence unless the word before it is an abbreviation that does not end one here. The rules need
only the word before and the word after, so no model and no library is needed: see the commit for the comparison.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from claims.models import Span

#: Before a name or a number: these never end a sentence.
_TITLES = frozenset(
    "mr mrs ms mx messrs mme mlle dr prof rev hon fr sr sra srta gen lt col maj brig capt cmdr cpl sgt pvt adm adml"
    " vice-adm sen sens rep reps gov govs pres supt insp det const pfc spc ssgt msgt cpt ltc gens cols lts amb atty"
    " sec secy min st ste mt ft rt pte msgr bro sis brig.-gen lt.-gen maj.-gen lt-gen maj-gen brig-gen vs v"
    " lt.gen maj.gen cf viz approx ca no nos art arts fig figs sec secs vol vols pp para ch al-hajj hrh".split()
)
#: These end a sentence only when the next word looks like the start of one.
_SHORT = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun inc corp co cos ltd"
    " llc plc bros dept univ assn ave blvd rd hwy est etc jr sr esq ph.d m.d b.a m.a d.c u.s u.k u.n e.u a.m p.m"
    " e.g i.e dist gov't int'l nat'l ala ariz ark calif colo conn del fla ga ill ind kan ky la md mich minn miss mo"
    " mont neb nev okla ore pa penn tenn tex vt va wash wis wyo ont que alta s.p.a s.a a.g n.v b.v al et".split()
)
#: Of the short forms, those that run on into what follows even when it is a capital or "the": "e.g. The", "et al. The".
_RUN_ON = frozenset("e.g i.e".split())
_NUMBERED = frozenset("no nos art arts fig figs sec secs vol vols pp para ch approx ca".split())
_STARTERS = frozenset(
    "the a an this that these those there here he she it they we i you his her its their our my your who what when"
    " where why how which if as at by in on of to for from with without after before while although though because"
    " since but and or nor so yet not no some many most more much all both each every another other such one two three"
    " during under over about between among against despite instead however meanwhile still also then now even only"
    " once until unless whether according asked earlier later last next officials police critics experts"
    " mr mrs ms dr".split()
)
_SAID = (
    r"(?:said|says|asked|asks|added|adds|replied|wrote|writes|told|shouted|wondered|tweeted|declared|exclaimed|cried"
    r"|demanded|continued|insisted|joked|responded)"
)

# Patterns that are searched for in whole texts begin with a set of characters: `re` skips to the next of them.
_MARK = re.compile(r"[.!?…。！？؟।\n](?:(?<=\n)|[.!?…。！？؟।]*+[\"'”’»)\]›]*+)")
_OPENERS = '"“”([‘/—–'  # marks that stand before a word without being part of it
_SPACE = re.compile(r"\s*")
_BLANK_LINE = re.compile(r"[^\S\n]*(?:\n|\Z)")
_NEXT_WORD = re.compile(r"[\"'“‘«(\[‹]*+([^\W_](?:[\w'’-]*\w)?)")
_LIST_NUMBER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z")
_SPEAKS = re.compile(rf"(?:[A-Z][\w.'’-]*\s){{1,4}}{_SAID}\b")
_NAME_PARTICLE = re.compile(
    r"(?:(?:al|el|ad|an|ar|as|at|ash)[-‑–]['’]?[A-Z]|(?:von|van|de|bin|ibn|ben)\s[A-Z]|[a-z][A-Z])"
)
_new = tuple.__new__
_LONGEST_WORD = 40  # nothing longer is an abbreviation; keeps the look back constant


def sentences(text: str) -> list[Span]:
    """The sentences of the text, in order, without the white space around them.

    A blank line always ends a sentence; a single line break does too, unless the text is hard-wrapped
    (its lines break in the middle of sentences at a common width). A sentence that ends inside a quotation ends there
    together with its closing mark; a question or exclamation followed by its speaker ('"Why?" asked Ms. Ray') does not.
    """
    wrapped = is_hard_wrapped(text)
    found: list[Span] = []
    start = 0
    for match in _MARK.finditer(text):
        end = match.end()
        if end <= start:
            continue
        mark = text[match.start()]
        if mark == "\n":
            if wrapped and not _blank_follows(text, end):
                continue
            _add(found, text, start, match.start())
            start = end
        elif _ends(text, start, match.start(), end):
            _add(found, text, start, end)
            start = end
    _add(found, text, start, len(text))
    return found


@lru_cache(maxsize=4)
def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks are only typesetting: lines of a common width that run on in mid-sentence."""
    if text.count("\n") < 3:
        return False
    single = running = 0
    longest = 0
    lines = [line.strip() for line in text[:20_000].split("\n")]
    for line, after in pairwise(lines):
        if not line or not after:
            continue
        single += 1
        longest = max(longest, len(line))
        if line[-1] not in ".!?…:;\"'”’" and after[0].islower() and len(line) >= 40:
            running += 1
    return single >= 3 and longest <= 140 and running * 3 >= single


def _blank_follows(text: str, position: int) -> bool:
    """Whether the line that begins here is blank."""
    return _BLANK_LINE.match(text, position) is not None


def _add(found: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(_new(Span, (start, end)))


def _ends(text: str, start: int, mark: int, end: int) -> bool:
    """Whether the marks text[mark:end] end the sentence that began at `start`."""
    if end >= len(text):
        return True
    marks = text[mark:end]
    if marks[0] in "。！？।":
        return True
    after = text[end]
    if not after.isspace():
        return _glued(text, mark, end, marks, after)
    gap = _SPACE.match(text, end)
    follow = gap.end() if gap else end
    if follow >= len(text) or "\n" in text[end:follow]:
        # The line ends here: for the line break to decide, unless this is a plain full stop of a wrapped text.
        return follow >= len(text) or not _abbreviated(text, start, mark, marks, "", follow)
    first = text[follow]
    if first == "/" or first in ",;:)]”’":
        return False
    word_match = _NEXT_WORD.match(text, follow)
    word = word_match[1] if word_match else ""
    if word_match and word[0].islower():
        named = marks[0] == "." and _NAME_PARTICLE.match(text, word_match.start(1)) is not None
        return named and not _abbreviated(text, start, mark, marks, "", follow)
    if marks[0] in "!?" and marks[-1] in "\"'”’»":
        return _SPEAKS.match(text, follow) is None
    if marks[0] != ".":
        return True
    return not _abbreviated(text, start, mark, marks, word, follow)


def _glued(text: str, mark: int, end: int, marks: str, after: str) -> bool:
    """No space after the mark: a sentence ends only in 'said.The', which scraped text is full of."""
    if marks[0] not in ".?!" or not after.isupper() or mark < 3:
        return False
    if not (text[mark - 1].islower() and text[mark - 2].islower() and text[mark - 3].islower()):
        return len(marks) > 1 and marks[-1] in "”»" and text[mark - 1].islower()
    nearby = text[end + 1 : end + 2]
    return (nearby.islower() or nearby.isspace()) and text[end + 1 : end + 4].lower() not in ("om ", "et ", "rg ")


def _abbreviated(text: str, start: int, mark: int, marks: str, word: str, follow: int) -> bool:
    """Whether the full stop at `mark` belongs to the word before it and ends nothing. `word`: the next word, or ""."""
    if len(marks) > 1 and marks[1] == ".":
        return False
    low = max(start, mark - _LONGEST_WORD)
    pieces = text[low:mark].rsplit(None, 1)
    if not pieces or text[mark - 1].isspace():
        return False
    before = pieces[-1]
    if not before.isalnum():
        for opener in _OPENERS:
            before = before.rpartition(opener)[2]
        if not before:
            return False
    if mark - start <= 6 and _LIST_NUMBER.match(text[start:mark]) and word:
        return True  # "1. Item"
    closed = len(marks) > 1
    key = before.lower()
    starter = word.lower() in _STARTERS and not (len(word) == 1 and text[follow + 1 : follow + 2] == ".")
    if key in _NUMBERED:
        return bool(word) and word[0].isdigit()
    if closed:
        return key in _TITLES
    if key in _TITLES:
        return bool(word)
    if key in _RUN_ON:
        return True
    if len(before) == 1 and before.isalpha():
        return before.isupper() and bool(word) and not starter
    if key in _SHORT or ("." in before and _ACRONYM.match(before)):
        return bool(word) and not starter
    return False
