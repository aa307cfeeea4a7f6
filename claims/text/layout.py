"""What each paragraph of a page is: the article's own sentences, or something around them.

Scraped articles carry captions, menus, keyword lists, teasers of other articles and repeated pull quotes. Only `body`
states what the article claims; the `headline` is context. Where the signs are weak, a paragraph is body: losing a real
sentence is worse than reading a stray line. Pure, linear in the length of the text.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from enum import StrEnum
from itertools import compress, repeat
from typing import NamedTuple

from claims.models import Span
from claims.normalisation.words import Known
from claims.text.characters import fold
from claims.text.furniture import (
    AGENCY_TAIL,
    BOILERPLATE,
    BOILERPLATE_START,
    BOILERPLATE_STARTS,
    BULLET,
    BYLINE,
    BYLINE_STARTS,
    CAPITALISED_FREE,
    CREDIT,
    DATELINE_END,
    ENDS_IN_DATE,
    FIGURE,
    LINK,
    LINK_STARTS,
    NAVIGATION,
    OPENERS,
    PLACE_TOKEN,
    SIDES,
    TAG_LINE,
    WORDS,
)
from claims.text.lexicon import BASE, FINITE_AUXILIARIES, NOUN_LIKE, PAST, PRESENT

_new = tuple.__new__  # what a named tuple calls in the end; a third of the time


class BlockKind(StrEnum):
    HEADLINE = "headline"
    DATELINE = "dateline"  # a date line, a byline, or "LONDON, May 3 (Agency) -" before the first sentence
    BODY = "body"
    HEADING = "heading"  # between sections of the body
    CAPTION = "caption"
    NAVIGATION = "navigation"
    TAGS = "tags"
    LINK = "link"  # "Read: …"
    RELATED = "related"  # headlines of other articles
    BOILERPLATE = "boilerplate"
    PULL_QUOTE = "pull_quote"  # words of the body, shown a second time, and the name below them


class Block(NamedTuple):
    span: Span
    kind: BlockKind


LONG = 600  # characters; a longer paragraph is never furniture
_PLAIN = 80  # characters; shorter paragraphs are looked at closely
_SHORT_WORD = 5  # characters; longer words tell what a paragraph is about
_CLOSERS = "\"'”’»)]*"
# No line of its own ends in one of these.
_LEADING = frozenset(
    "the a an of in on at to from for with by and or but that which who whose his her its their as than into".split()
)
_TERMINAL = ".!?…。！？؟।"


_Signs = list[tuple[str, re.Pattern[str]]]


class _Hinted(NamedTuple):
    """Those signs of furniture whose hint stands anywhere in the text: of most texts few do."""

    boilerplate: _Signs
    credit: _Signs


_HINTS = tuple(dict.fromkeys(hint for hint, _ in BOILERPLATE + CREDIT))


def _hinted(lower: str) -> _Hinted:
    found = [hint for hint in _HINTS if hint in lower]
    if not found:
        return _Hinted([], [])
    return _Hinted([sign for sign in BOILERPLATE if sign[0] in found], [sign for sign in CREDIT if sign[0] in found])


def _hints_at(lower: str, signs: _Signs) -> bool:
    for hint, _ in signs:  # noqa: SIM110 - a loop, since most lists are empty
        if hint in lower:
            return True
    return False


def _shows(text: str, lower: str, signs: _Signs) -> bool:
    """Whether one of the signs stands in the text."""
    for hint, pattern in signs:  # noqa: SIM110 - a loop, since most lists are empty
        if hint in lower and pattern.search(text):
            return True
    return False


class _Paragraph:
    """One paragraph with the signs that decide what it is."""

    __slots__ = ("_words", "end", "follows_gap", "kind", "last", "start", "text")

    def __init__(self, folded: str, start: int, end: int, follows_gap: bool) -> None:
        self.start, self.end, self.follows_gap = start, end, follows_gap
        self.text = folded[start:end] if end - start <= LONG else ""
        self._words: list[str] | None = None
        self.kind: BlockKind | None = None
        stripped = folded[max(start, end - 12) : end].rstrip(_CLOSERS + " ")
        self.last = stripped[-1:] if stripped else folded[end - 1]

    @property
    def words(self) -> list[str]:
        if self._words is None:
            self._words = WORDS.findall(self.text)
        return self._words

    @property
    def long(self) -> bool:
        return self.end - self.start > LONG

    @property
    def ends_sentence(self) -> bool:
        return self.last in _TERMINAL

    @property
    def has_verb(self) -> bool:
        return any(has_finite_verb(word) for word in self.words[1:])

    @property
    def title_like(self) -> bool:
        """Most words of more than three letters are capitalised, as in a headline or a name."""
        heads = [w for w in self.words if len(w) > 3 and w.lower() not in CAPITALISED_FREE]
        return bool(heads) and sum(w[0].isupper() or w[0].isdigit() for w in heads) * 10 >= len(heads) * 7


def has_finite_verb(word: str) -> bool:
    """Whether the word alone is most likely a finite verb ("said", "has", "rises" is too often a noun)."""
    low = word.lower()
    if low in FINITE_AUXILIARIES:
        return True
    if low in NOUN_LIKE or word[0].isupper():
        return False
    return low in PAST or low in PRESENT or (low.endswith("ed") and len(low) > 4) or low in BASE


def blocks(text: str) -> list[Block]:
    """The paragraphs of the text in order, each with its kind; white space between them belongs to none.

    Spans do not overlap. A dateline in front of the first sentence ("LONDON, May 3 (Agency) -") is a block of its own.
    """
    folded = fold(text)
    paragraphs = _paragraphs(folded)
    _classify_alone(paragraphs, _hinted(folded.lower()))
    _classify_captions(paragraphs)
    _classify_titles(paragraphs)
    _classify_repeats(paragraphs)
    found: list[Block] = []
    datelines = 2
    for paragraph in paragraphs:
        start = paragraph.start
        kind = paragraph.kind or BlockKind.BODY
        if kind is BlockKind.BODY and datelines:
            datelines -= 1
            cut = _inline_dateline(folded, start, paragraph.end)
            if cut > start:
                found.append(Block(Span(start, _strip_end(folded, start, cut)), BlockKind.DATELINE))
                start, datelines = cut, 0
        found.append(_new(Block, (_new(Span, (start, paragraph.end)), kind)))
    return found


def body_spans(text: str) -> list[Span]:
    """The spans of the blocks whose sentences the article states."""
    return [block.span for block in blocks(text) if block.kind is BlockKind.BODY]


def _strip_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _paragraphs(folded: str) -> list[_Paragraph]:
    """Lines, where hard-wrapped lines of one paragraph are joined."""
    found: list[_Paragraph] = []
    group: list[tuple[int, int]] = []
    position = 0
    gap = True

    def flush() -> None:
        nonlocal gap
        if not group:
            return
        wrapped = _wrapped(folded, group)
        if wrapped:
            found.append(_Paragraph(folded, group[0][0], group[-1][1], True))
        else:
            for number, (start, end) in enumerate(group):
                found.append(_Paragraph(folded, start, end, number == 0))
        group.clear()
        gap = True

    for line in folded.split("\n"):
        start, end = position, position + len(line)
        position = end + 1
        stripped = line.strip()
        if not stripped:
            flush()
            continue
        if len(stripped) < len(line):
            start += len(line) - len(line.lstrip())
        group.append((start, start + len(stripped)))
    flush()
    return found


def _wrapped(folded: str, group: list[tuple[int, int]]) -> bool:
    """Whether the lines of one group run on into each other: typeset at a common width."""
    if len(group) < 2:
        return False
    longest = max(end - start for start, end in group)
    if not 40 <= longest <= 140:
        return False
    running = 0
    for (start, end), (after, _) in itertools.pairwise(group):
        if end - start < longest * 0.55:
            return False
        if folded[end - 1] not in ".!?:\"'" and (folded[after].islower() or _runs_on(folded[start:end])):
            running += 1
    return running * 2 >= len(group) - 1


def _runs_on(line: str) -> bool:
    """The line ends in a word that another must follow."""
    return line[line.rfind(" ") + 1 :] in _LEADING


def _classify_alone(paragraphs: list[_Paragraph], hinted: _Hinted) -> None:
    """What a paragraph shows by itself. Its words are counted only where their number decides."""
    for paragraph in paragraphs:
        if paragraph.long:
            paragraph.kind = BlockKind.BODY
            continue
        text, ends = paragraph.text, paragraph.ends_sentence
        lower = text.lower()
        opener = WORDS.search(text)
        first = opener[0].lower() if opener else ""
        if ends and len(text) >= _PLAIN and first not in OPENERS and _is_plain(lower, hinted):
            paragraph.kind = BlockKind.BODY
            continue
        if (first in BOILERPLATE_STARTS and BOILERPLATE_START.match(text)) or _shows(text, lower, hinted.boilerplate):
            paragraph.kind = BlockKind.BOILERPLATE
        elif (
            (_shows(text, lower, hinted.credit) and len(paragraph.words) <= 60)
            or ("(" in text and SIDES.search(text))
            or (not ends and ("/" in text or "|" in text) and AGENCY_TAIL.search(text) and len(paragraph.words) <= 40)
        ):
            paragraph.kind = BlockKind.CAPTION
        elif first in LINK_STARTS and LINK.match(text) and len(paragraph.words) <= 30:
            paragraph.kind = BlockKind.LINK
        elif ":" in text and TAG_LINE.match(text):
            paragraph.kind = BlockKind.TAGS
        elif first in BYLINE_STARTS and BYLINE.match(text) and len(paragraph.words) <= 20:
            paragraph.kind = BlockKind.DATELINE
        elif ends:
            if opener and WORDS.search(text, opener.end()):  # two words
                paragraph.kind = BlockKind.BODY
        elif _is_dated(paragraph):
            paragraph.kind = BlockKind.DATELINE
        elif len(paragraph.words) <= 15 and NAVIGATION.search(text):
            paragraph.kind = BlockKind.NAVIGATION
        elif _is_tag_list(paragraph):
            paragraph.kind = BlockKind.TAGS
        elif paragraph.last in ",:;-" and len(paragraph.words) >= 5:
            paragraph.kind = BlockKind.BODY
        if paragraph.kind is None and BULLET.match(text) and len(paragraph.words) >= 4:
            paragraph.kind = BlockKind.BODY


def _is_plain(lower: str, hinted: _Hinted) -> bool:
    """A paragraph of full sentences in which no pattern can find anything."""
    return not ("(" in lower or ":" in lower or _hints_at(lower, hinted.boilerplate) or _hints_at(lower, hinted.credit))


def _is_dated(paragraph: _Paragraph) -> bool:
    """Whether a line that ends no sentence is a byline or a date."""
    count, text = len(paragraph.words), paragraph.text
    if count <= 8 and BYLINE.match(text):
        return True
    return count <= 10 and bool(FIGURE.search(text) and ENDS_IN_DATE.match(text)) and not paragraph.has_verb


def _is_tag_list(paragraph: _Paragraph) -> bool:
    if paragraph.text.count(",") < 2 or paragraph.has_verb:
        return False
    items = [item.split() for item in paragraph.text.split(",")]
    return all(1 <= len(item) <= 4 for item in items) and not any(item[0] in ("and", "or") for item in items)


def _classify_captions(paragraphs: list[_Paragraph]) -> None:
    """A short line beside a credit that repeats its words, or stands right above it, is its caption."""
    if not any(paragraph.kind is BlockKind.CAPTION for paragraph in paragraphs):
        return
    for one, two in itertools.pairwise(paragraphs):
        for line, credit in ((one, two), (two, one)):
            if line.kind is None and credit.kind is BlockKind.CAPTION and len(line.words) <= 15:
                words = set(line.words)
                beside = not two.follows_gap and line is one
                if not line.has_verb and (beside or (words and words <= set(credit.words))):
                    line.kind = BlockKind.CAPTION


def _classify_titles(paragraphs: list[_Paragraph]) -> None:
    """Lines that end in no full stop: headline, section heading, menu, teaser, or a body that was cut."""
    bodies = [number for number, paragraph in enumerate(paragraphs) if paragraph.kind is BlockKind.BODY]
    open_lines = [number for number, paragraph in enumerate(paragraphs) if paragraph.kind is None]
    if not bodies:
        _classify_without_body(paragraphs, open_lines)
        return
    first, last = bodies[0], bodies[-1]
    for number in open_lines:
        paragraph = paragraphs[number]
        count = len(paragraph.words)
        sentence_like = count >= 6 and paragraph.has_verb and not paragraph.title_like
        if number < first:
            if count <= 3 or (
                count <= 5
                and number + 2 < first
                and paragraphs[number + 1].kind in (None, BlockKind.NAVIGATION)
                and not paragraph.has_verb
                and len(open_lines) > 4
            ):
                paragraph.kind = BlockKind.NAVIGATION
            else:
                paragraph.kind = BlockKind.BODY if count >= 25 and sentence_like else BlockKind.HEADLINE
        elif number > last:
            cut = number == len(paragraphs) - 1 or all(p.kind is not None for p in paragraphs[number + 1 :])
            if sentence_like and (count >= 12 or (cut and count >= 8)):
                paragraph.kind = BlockKind.BODY
            else:
                paragraph.kind = BlockKind.RELATED if count >= 4 else BlockKind.NAVIGATION
        elif sentence_like and count >= 10:
            paragraph.kind = BlockKind.BODY
        else:
            paragraph.kind = BlockKind.HEADING if count <= 14 else BlockKind.RELATED
    _rejoin_cut_tail(paragraphs, last)


def _rejoin_cut_tail(paragraphs: list[_Paragraph], last: int) -> None:
    """A first line after the last full stop, in ordinary letters and with a verb, is a sentence that was cut off."""
    if last + 1 < len(paragraphs):
        tail = paragraphs[last + 1]
        if tail.kind is BlockKind.RELATED and len(tail.words) >= 8 and tail.has_verb and not tail.title_like:
            tail.kind = BlockKind.BODY


def _classify_without_body(paragraphs: list[_Paragraph], open_lines: list[int]) -> None:
    """Nothing ends in a full stop: a bare sentence, a list of headlines, or text without punctuation."""
    worth = [number for number in open_lines if len(paragraphs[number].words) >= 3]
    for position, number in enumerate(worth):
        alone = len(worth) == 1
        paragraphs[number].kind = BlockKind.HEADLINE if position == 0 and not alone else BlockKind.BODY
    for number in open_lines:
        if paragraphs[number].kind is None:
            paragraphs[number].kind = BlockKind.NAVIGATION


_TELLING: Known[bool] = Known(lambda word: len(word) > _SHORT_WORD or word[0].isdigit())


def _classify_repeats(paragraphs: list[_Paragraph]) -> None:
    """A body paragraph whose words stand, nearly all, in another one is a pull quote; so is the name below it.

    Runs of three words tell, of which the first is long or a figure.
    """
    first: dict[tuple[str, str, str], int] = {}
    shared: dict[tuple[str, str, str], list[int]] = {}  # those that occur again, with all their paragraphs
    own: dict[int, list[tuple[str, str, str]]] = {}
    open_kinds = (BlockKind.BODY, BlockKind.HEADING, BlockKind.RELATED)
    numbers = [n for n, p in enumerate(paragraphs) if p.kind in open_kinds and not p.long and len(p.text) >= 30]
    for number in numbers:
        words = paragraphs[number].text.split()
        runs = zip(words, words[1:], words[2:], strict=False)
        marks = own[number] = list(compress(runs, map(_TELLING.__getitem__, words)))
        before = len(first)
        earlier = list(map(first.setdefault, marks, repeat(number)))
        if len(first) - before == len(marks):
            continue
        fresh: set[tuple[str, str, str]] = set()
        for mark, at in zip(marks, earlier, strict=True):
            if at == number and mark not in fresh:
                fresh.add(mark)
            else:
                shared.setdefault(mark, [at]).append(number)
    if not shared:
        return
    gone: set[int] = set()
    for number in reversed(numbers):
        marks = own[number]
        if sum(map(shared.__contains__, marks)) * 2 < len(marks):
            continue
        twins = Counter(
            [n for mark in marks if mark in shared for n in shared[mark][:4] if n != number and n not in gone]
        )
        if not twins:
            continue
        twin, common = twins.most_common(1)[0]
        if common * 2 >= len(marks) and _repeats(paragraphs[number].words, paragraphs[twin].words):
            gone.add(number)
            _mark_pull_quote(paragraphs, number)


def _repeats(words: list[str], twin: list[str]) -> bool:
    """Whether nearly all three-word runs of one paragraph, and all its figures, stand in the other."""
    one = [word.lower() for word in words]
    two = [word.lower() for word in twin]
    marks = set(zip(one, one[1:], one[2:], strict=False))
    shared = marks & set(zip(two, two[1:], two[2:], strict=False))
    return len(marks) >= 5 and len(shared) * 10 >= len(marks) * 7 and _digits(words) <= _digits(twin)


def _mark_pull_quote(paragraphs: list[_Paragraph], number: int) -> None:
    paragraphs[number].kind = BlockKind.PULL_QUOTE
    if number + 1 < len(paragraphs):
        name = paragraphs[number + 1]
        if not name.follows_gap and not name.ends_sentence and len(name.words) <= 15 and not name.long:
            name.kind = BlockKind.PULL_QUOTE


def _digits(words: list[str]) -> set[str]:
    return {word for word in words if word[0].isdigit()}


def _inline_dateline(folded: str, start: int, end: int) -> int:
    """Where the first sentence begins after "LONDON, May 3 (Agency) -", or `start` when there is no such opening."""
    head = folded[start : min(end, start + 100)]
    match = DATELINE_END.search(head)
    while match:
        prefix = head[: match.start()]
        after = head[match.end() :].lstrip("- ")
        if not prefix or not after or not PLACE_TOKEN.match(prefix):
            return start
        if PLACE_TOKEN.sub("", prefix).strip():
            return start
        opener = after.lstrip("\"'[(")
        if opener[:1].isupper() or opener[:1].isdigit():
            marked = match[0].strip() not in ("-", "--")
            inserted = " - " in folded[start + match.end() : min(end, start + match.end() + 160)]
            if (
                marked
                or prefix.isupper()
                or any(c in prefix for c in ",(")
                or (len(prefix.split()) <= 2 and not inserted)
            ):
                following = DATELINE_END.match(head, match.end() - 1) if marked else None
                cut = following.end() if following else match.end()
                while cut < len(head) and head[cut] in "- ":
                    cut += 1
                return start + cut
        match = DATELINE_END.search(head, match.end())
    return start
