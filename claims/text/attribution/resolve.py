"""Which person or body the words of a speaker stand for, in the fullest form that the text gives."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from claims.models import Span
from claims.normalisation.names import Name, NameIndex, find_names
from claims.text.attribution.lexicon import SPEAKERS
from claims.text.characters import fold

_PRONOUNS = {"he": "m", "his": "m", "him": "m", "she": "f", "her": "f", "hers": "f"}
_SINGULAR_ONLY = frozenset(_PRONOUNS)
_REACH = 900  # characters back to the speaker that a pronoun may mean
_HEAD_ENDS = re.compile(r"\s(?:of|for|at|from|in|on|with|and|&|who|whose)\s|,|\(")
_DEFINITE = re.compile(r"(?:the|his|her|their|its|that|this)\s", re.IGNORECASE)


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
        self._names = sorted(find_names(text) if names is None else names, key=lambda name: name.start)
        self._starts = [name.start for name in self._names]
        self._index = NameIndex(self._names, text) if index is None else index
        self._last: tuple[int, Speaker] | None = None  # the last person who spoke, and where

    def speaker(self, span: Span, antecedent: Span | None = None) -> Speaker:
        """Who the words [start, end) of the text stand for. `antecedent`: what a relative pronoun stands for."""
        place = antecedent or span
        written = self._text[place.start : place.end]
        low = fold(written).lower().split("'")[0]
        found = self._pronoun(low, place) if low in _PRONOUNS else self._phrase(place, written)
        if found.person:
            self._last = (place.start, found)
        return found

    def _pronoun(self, low: str, place: Span) -> Speaker:
        gender = _PRONOUNS[low]
        last = self._last
        if last is not None and place.start - last[0] <= _REACH and last[1].gender in (None, gender):
            return last[1]._replace(gender=gender)
        entity = self._index.resolve_entity(low, place.start)
        if entity is None:
            return Speaker(self._text[place.start : place.end], None, gender, False)
        role = next(iter((*entity.titles, *entity.roles)), None)
        return Speaker(entity.fullest, role, gender, True)

    def _phrase(self, place: Span, written: str) -> Speaker:
        folded = fold(written)
        cut = _HEAD_ENDS.search(folded)
        head_end = place.start + (cut.start() if cut and cut.start() else len(written))
        name = self._name_at_end(place.start, head_end)
        last = self._name_at_end(place.start, place.end)
        if last is not None and last is not name and last.kind == "person" and self._is_head(place.start, last):
            name = last
        if name is not None:
            entity = self._index.entity(name.text)
            role = name.title or self._before(place.start, name) or name.role
            if role is None and entity is not None:
                role = next(iter((*entity.titles, *entity.roles)), None)
            fullest = entity.fullest if entity is not None else name.text
            person = (entity.kind if entity is not None else name.kind) in ("person", "unknown")
            return Speaker(fullest, role, entity.gender if entity is not None else name.gender, person)
        described = self._described(folded) if _DEFINITE.match(folded) else None
        if described is not None:
            return described
        single = folded.lower() not in ("they", "we", "i", "you", "it", "who", "which", "that") and bool(
            re.match(r"(?:an?|the|one|another)\s", folded, re.IGNORECASE)
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
        words = re.sub(r"^(?:the|a|an|his|her|their|its)\s+", "", words, flags=re.IGNORECASE)
        last = words.split()[-1].lower() if words.split() else ""
        if last and (last in SPEAKERS or last.endswith(("er", "or", "ist", "man", "woman"))):
            return words
        return None

    def _described(self, folded: str) -> Speaker | None:
        """ "The mayor": the one entity whose title or role ends in that word."""
        head = folded.split()[-1].lower()
        if len(head) < 4:
            return None
        fitting = [
            entity
            for entity in self._index.entities
            if any(head in fold(role).lower().split() for role in (*entity.titles, *entity.roles))
        ]
        if len(fitting) != 1:
            return None
        entity = fitting[0]
        role = next((r for r in (*entity.titles, *entity.roles) if head in fold(r).lower().split()), None)
        return Speaker(entity.fullest, role, entity.gender, entity.kind == "person")
