"""Which person or body the words of a speaker stand for, in the fullest form that the text gives."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from claims.models import Span
from claims.normalisation.names import Entity, Name, NameIndex, find_names, parse_title
from claims.text.attribution.lexicon import SPEAKERS
from claims.text.characters import fold

_PRONOUNS = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f", "hers": "f"}
_SINGULAR_ONLY = frozenset(_PRONOUNS)
_REACH = 900  # characters back to the speaker that a pronoun may mean
_JOINED = re.compile(r"\s(?:and|&)\s(?:the\s)?[A-Z]")  # "Ada Poe and Ben Roe"
_ROLE_ENDS = re.compile(r"\s(?:of|for|at|from|in|on|with|to|and|&|who|whose|under|over|against|about)\s|,|\(")
_SENTENCE_ENDS = re.compile(r"[.!?][\"”’')\]]*\s|\n")
# At the start of a sentence, with at most three words (a title, "Meanwhile") before what follows.
_OPENS = re.compile(r"(?:\A|[.!?][\"”’')\]]*\s+|\n\s*)(?:[\w'’.-]+,?\s){0,3}\Z")
_HEAD_ENDS = re.compile(r"\s(?:of|for|at|from|in|on|with|and|&|who|whose)\s|,|\(")
_DEFINITE = re.compile(r"(?:the|that|this)\s", re.IGNORECASE)  # "his lawyer" is anybody's
_ONE_OF_A_KIND = re.compile(r"(?:an?|the|one|another)\s", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an|its|their)\s+", re.IGNORECASE)
_ARTICLE_OR_OWNER = re.compile(r"^(?:the|a|an|his|her|their|its)\s+", re.IGNORECASE)
_START = attrgetter("start")
_BEFORE_ANOTHER = frozenset("of for at from in on with and & by to the a an".split())


class Speaker(NamedTuple):
    """The speaker as resolved, with the role that the text gives; `person` when it is one person."""

    name: str | None
    role: str | None
    gender: str | None = None
    person: bool = False


class Resolver:
    """Resolves the speakers of one text, in the order of the text: a pronoun looks back to the speakers before it."""

    def __init__(self, text: str, names: Sequence[Name] | None = None, index: NameIndex | None = None) -> None:
        self._text = text
        self._names = sorted(find_names(text) if names is None else names, key=_START)
        self._starts = list(map(_START, self._names))
        self._index = NameIndex(self._names, text) if index is None else index
        self._latest: tuple[Span, Speaker] | None = None  # the last speaker who is no "it" or "they"
        self._genders: dict[str, str] = {}  # of those whom a pronoun meant already
        self._last: tuple[int, Speaker] | None = None  # the last person who spoke, and where

    def speaker(self, span: Span, antecedent: Span | None = None) -> Speaker:
        """Who the words [start, end) of the text stand for. `antecedent`: what a relative pronoun stands for."""
        place = antecedent or span
        written = self._text[place.start : place.end]
        low = fold(written).lower().split("'")[0]
        if low in ("it", "they"):
            return self._body(low, place, written)
        found = self._pronoun(low, place) if low in _PRONOUNS else self._phrase(place, written)
        self._latest = (place, found)
        if found.person:
            self._last = (place.start, found)
            if low in _PRONOUNS and found.name is not None:
                self._genders.setdefault(found.name, _PRONOUNS[low])
        return found

    def _pronoun(self, low: str, place: Span) -> Speaker:
        gender = _PRONOUNS[low]
        last = self._last
        if last is not None and place.start - last[0] <= _REACH and last[1].gender in (None, gender):
            if last[1].gender is None and (others := self._leading(last[0], place.start, last[1], gender)):
                return self._nearest(others, place, gender)
            return last[1]._replace(gender=gender)
        entity = self._index.resolve_entity(low, place.start)
        if entity is None and last is not None and (others := self._leading(last[0], place.start, last[1], gender)):
            return self._nearest(others, place, gender)
        if entity is None or self._genders.get(entity.fullest, gender) != gender:
            return Speaker(self._text[place.start : place.end], None, gender, False)
        return Speaker(entity.fullest, role_of(entity), gender, True)

    def _body(self, low: str, place: Span, written: str) -> Speaker:
        """ "It" is the organisation, "they" the several that spoke last, in the sentence before or in this one."""
        if self._latest is not None:
            before, found = self._latest
            between = self._text[before.end : place.start][:_REACH]
            near = place.start - before.end < _REACH and len(_SENTENCE_ENDS.findall(between)) < 2
            words = self._text[before.start : before.end]
            several = bool(_JOINED.search(words)) or (words[-1:] == "s" and words.split()[-1].islower())
            entity = self._index.entity(found.name) if found.name is not None else None
            is_body = entity is not None and entity.kind == "organisation" and not several
            if near and found.name is not None and (several if low == "they" else is_body):
                return found
        return Speaker(written, None)

    def _leading(self, start: int, end: int, speaker: Speaker, gender: str) -> list[tuple[int, Name]]:
        """Other persons whom the pronoun may mean, with whom a sentence between the offsets begins, and where."""
        found = []
        for name in self._fitting(start, end, gender):
            entity = self._index.entity(name.text)
            first = name.start if name.title_start is None else min(name.start, name.title_start)
            if (name.text if entity is None else entity.fullest) != speaker.name and _OPENS.search(
                self._text, max(start, first - 60), first
            ):
                found.append((first, name))
        return found

    def _nearest(self, leading: list[tuple[int, Name]], place: Span, gender: str) -> Speaker:
        """The one of them who may be meant, if the sentence before begins with that name and names no other."""
        at, name = leading[-1]
        entity = self._index.entity(name.text)
        named = [*(other for _, other in leading), *self._fitting(name.end, place.start, gender)]
        if (
            entity is None
            or any(self._index.entity(other.text) is not entity for other in named)
            or len(_SENTENCE_ENDS.findall(self._text[at : place.start])) > 1
        ):
            return Speaker(self._text[place.start : place.end], None, gender, False)
        return Speaker(entity.fullest, role_of(entity), gender, True)

    def _fitting(self, start: int, end: int, gender: str) -> Iterator[Name]:
        """The persons who are named between the offsets and may be of that gender."""
        for name in self._names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            if name.kind != "person" or name.gender not in (None, gender):
                continue
            entity = self._index.entity(name.text)
            known = None if entity is None else entity.gender or self._genders.get(entity.fullest)
            if known in (None, gender):
                yield name

    def _phrase(self, place: Span, written: str) -> Speaker:
        folded = fold(written)
        if _JOINED.search(folded) and not self._one_name(place):
            return Speaker(written, None)  # two speakers are not the first of them
        cut = _HEAD_ENDS.search(folded)
        head_end = place.start + (cut.start() if cut and cut.start() else len(written))
        name = self._name_at_end(place.start, head_end)
        inserted = self._inserted(place, written) if name is None else None
        if inserted is not None:
            return inserted
        last = self._name_at_end(place.start, place.end)
        if last is not None and last is not name and last.kind == "person" and self._is_head(place.start, last):
            name = last
        if name is not None:
            entity = self._index.entity(name.text)
            title = None if name.title is None or _is_address(name.title) else name.title
            role = title or self._before(place.start, name) or name.role
            if role is None and entity is not None:
                role = role_of(entity)
            fullest = entity.fullest if entity is not None else name.text
            person = (entity.kind if entity is not None else name.kind) in ("person", "unknown")
            return Speaker(fullest, role, entity.gender if entity is not None else name.gender, person)
        described = self._described(folded) if _DEFINITE.match(folded) else None
        if described is not None:
            return described
        single = folded.lower() not in ("they", "we", "i", "you", "it", "who", "which", "that") and bool(
            _ONE_OF_A_KIND.match(folded)
        )
        return Speaker(written, None, None, single and folded.split()[-1].lower() in SPEAKERS and folded[-1] != "s")

    def _name_at_end(self, start: int, end: int) -> Name | None:
        """The name with which the words [start, end) end."""
        position = bisect_left(self._starts, start)
        found: Name | None = None
        while position < len(self._names) and self._names[position].start < end:
            name = self._names[position]
            if name.end >= end - 1 and name.end <= end + 2:
                found = name
            position += 1
        return found

    def _inserted(self, place: Span, written: str) -> Speaker | None:
        """ "The union's leader, Ada Poe, said": the office is written first, its holder between commas."""
        if not self._text.startswith(", ", place.end) or not written[-1].islower():
            return None
        number = bisect_left(self._starts, place.end)
        if number >= len(self._names):
            return None
        name = self._names[number]
        first = name.start if name.title_start is None else min(name.start, name.title_start)
        if first != place.end + 2 or name.kind != "person" or not self._text.startswith(",", name.end):
            return None
        entity = self._index.entity(name.text)
        role = _ARTICLE.sub("", written)
        gender = entity.gender if entity is not None else name.gender
        return Speaker(entity.fullest if entity is not None else name.text, role, gender, True)

    def _one_name(self, place: Span) -> bool:
        """Whether one name holds the "and" of the words: "the Trade and Industry Commission"."""
        inside = self._names[bisect_left(self._starts, place.start) : bisect_left(self._starts, place.end)]
        return any(_JOINED.search(name.text) for name in inside) or len(inside) < 2

    def _is_head(self, start: int, name: Name) -> bool:
        """Whether the phrase that begins at `start` is about the person it ends with: "Chief of the Union Ada Poe",
        not "a spokesman for Ada Poe"."""
        begin = name.start if name.title_start is None else min(name.start, name.title_start)
        words = self._text[start:begin].split()
        return begin <= start or (
            bool(words) and fold(words[-1]).lower() not in _BEFORE_ANOTHER and "'" not in words[-1]
        )

    def _before(self, start: int, name: Name) -> str | None:
        """The words that describe a person before the name: "company lawyer" in "the company lawyer Ada Poe"."""
        words = self._text[start : name.title_start if name.title_start is not None else name.start].strip()
        words = _ARTICLE_OR_OWNER.sub("", words)
        last = words.split()[-1].lower() if words.split() else ""
        if last and (last in SPEAKERS or last.endswith(("er", "or", "ist", "man", "woman"))):
            return words
        return None

    def _described(self, folded: str) -> Speaker | None:
        """ "The mayor": the one entity whose title or role ends in that word."""
        head = folded.split()[-1].lower()
        if len(head) < 4:
            return None
        fitting = self._heads.get(head, [])
        if len({id(entity) for entity, _ in fitting}) != 1:
            return None
        entity, role = fitting[0]
        return Speaker(entity.fullest, role, entity.gender, entity.kind == "person")

    @cached_property
    def _heads(self) -> dict[str, list[tuple[Entity, str]]]:
        """Head word of a title or role → those who bear it: "adviser" of "a senior adviser to the campaign"."""
        found: dict[str, list[tuple[Entity, str]]] = {}
        for entity in self._index.entities:
            for role in (*entity.titles, *entity.roles):
                folded = fold(role).lower()
                cut = _ROLE_ENDS.search(folded)
                words = (folded[: cut.start()] if cut else folded).split()
                if words:
                    found.setdefault(words[-1], []).append((entity, role))
        return found


def role_of(entity: Entity) -> str | None:
    """The first title or role that is more than a form of address."""
    return next((role for role in (*entity.titles, *entity.roles) if not _is_address(role)), None)


def _is_address(title: str) -> bool:
    """ "Mr.", "Ms.": says nothing of what somebody is."""
    parsed = parse_title(title)
    return parsed is not None and parsed.kind == "honorific" and len(title.split()) == 1
