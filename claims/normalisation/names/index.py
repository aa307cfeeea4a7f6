"""The names of one document: which mentions are one entity, its fullest form, and whom a pronoun may mean."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter

from claims.normalisation.names.mentions import PERSON, UNKNOWN, Name
from claims.normalisation.names.roles import expand, title_gender
from claims.normalisation.names.same import SAME, name_key, name_similarity

_SINGULAR = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})
_HE_SHE = re.compile(r"[HhSs](?:[Ee]\b(?<=\b[Hh][Ee])|[Hh][Ee]\b(?<=\b[Ss][Hh][Ee]))")
# How far back a pronoun looks for its name, in characters.
_REACH = 1200
# Entities that a new name is compared with. Articles need 5; a list of ten thousand people would need all of them.
_MOST = 16


_START = attrgetter("start")


@dataclass(slots=True)
class Entity:
    """The mentions of one entity, its fullest form, its titles and roles as written, and its gender if told."""

    fullest: str
    kind: str
    mentions: list[Name] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    gender: str | None = None
    aliases: set[str] = field(default_factory=set)


class NameIndex:
    """Clusters of the names of one document.

    `text`, the document's text, is only needed to learn genders from the pronouns that follow a name.
    """

    def __init__(self, names: Sequence[Name], text: str | None = None) -> None:
        self.entities: list[Entity] = []
        self._text = text or ""
        self._by_key: dict[str, list[int]] = {}
        self._by_keys: dict[tuple[str, ...], list[int]] = {}
        self._by_name: dict[str, int | None] = {}
        self._mentions: list[tuple[int, int]] = []  # (start, entity)
        ordered = sorted(names, key=lambda name: (-len(name.text.split()), -len(name.text), name.start))
        for name in ordered:
            self._add(name)
        for number, entity in enumerate(self.entities):
            if len(entity.mentions) > 1:
                entity.mentions.sort(key=_START)
            self._mentions += [(name.start, number) for name in entity.mentions]
        self._mentions.sort()
        self._starts = [start for start, _ in self._mentions]
        if text is not None:
            self._learn_genders(text)

    def _add(self, name: Name) -> None:
        text, title, role, alias = name.text, name.title, name.role, name.alias
        number = self._by_name.get(text)
        if number is None:  # not seen before, or ambiguous
            matches = self._matches(name)
            if len(matches) > 1 and title:
                matches = self._by_title(matches, name) or matches
            if len(matches) > 1:
                # Two entities share this short form: it stays ambiguous and belongs to neither.
                self._by_name[text] = None
                return
            number = matches[0] if matches else self._new_entity(name)
            self._by_name.setdefault(text, number)
        entity = self.entities[number]
        entity.mentions.append(name)
        if entity.kind == UNKNOWN:
            entity.kind = name.kind
        if title and expand(title) not in {expand(t) for t in entity.titles}:
            entity.titles.append(title)
        entity.gender = entity.gender or name.gender
        if role and role not in entity.roles:
            entity.roles.append(role)
        if alias and alias not in entity.aliases:
            entity.aliases.add(alias)
            self._by_name.setdefault(alias, number)

    def _new_entity(self, name: Name) -> int:
        number = len(self.entities)
        self.entities.append(Entity(name.text, name.kind))
        keys = name_key(name.text)
        for key in keys:
            self._by_key.setdefault(key, []).append(number)
        self._by_keys.setdefault(keys, []).append(number)
        return number

    def _matches(self, name: Name) -> list[int]:
        candidates = self._candidates(name.text)
        if not candidates:
            return []
        scored = [(name_similarity(name.text, self.entities[n].fullest), n) for n in candidates]
        good = [(score, n) for score, n in scored if score >= SAME and self._compatible(name, self.entities[n])]
        if not good:
            return []
        best = max(score for score, _ in good)
        left = [n for score, n in good if score >= best - 0.05]
        return self._leading(left) if len(left) > 1 and " " not in name.text else left

    def _candidates(self, name: str) -> Collection[int]:
        """The entities that share a key with the name, at most _MOST: of very many the likeliest.

        These are the ones with all the same keys, then those of the rarest key, since few are called so.
        """
        keys = name_key(name)
        found = [self._by_key[key] for key in keys if key in self._by_key]
        if sum(map(len, found)) > _MOST:
            found.sort(key=len)
            found.insert(0, self._by_keys.get(keys, []))
            return list(dict.fromkeys(chain.from_iterable(entities[:_MOST] for entities in found)))[:_MOST]
        return dict.fromkeys(chain.from_iterable(found))

    def _leading(self, matches: list[int]) -> list[int]:
        """One of several persons of a family name, where the text leaves no doubt whom the name alone means.

        The first to be named in full, and at least twice as often as all others together.
        """

        def full(number: int) -> list[int]:
            return [m.start for m in self.entities[number].mentions if " " in m.text]

        counts = {n: len(full(n)) for n in matches}
        top = max(matches, key=lambda n: counts[n])
        others = sum(counts.values()) - counts[top]
        first = min(matches, key=lambda n: min(full(n), default=sys.maxsize))
        return [top] if top == first and counts[top] >= 2 * max(others, 1) else matches

    def _by_title(self, matches: list[int], name: Name) -> list[int]:
        gender = name.gender or title_gender(name.title)
        if gender:
            left = [n for n in matches if self.entities[n].gender == gender]
            if left:
                return left
        wanted = expand(name.title or "")
        return [n for n in matches if wanted in {expand(t) for t in self.entities[n].titles}]

    def _compatible(self, name: Name, entity: Entity) -> bool:
        if name.title and " " not in name.text and " " in entity.fullest:
            # "President X" before "Y X" is ever named, and Y X is never called president: another person.
            first = min(mention.start for mention in entity.mentions)
            known = {word for title in entity.titles for word in expand(title).split()}
            if name.start < first and not known & set(expand(name.title).split()):
                return False
            words = entity.fullest.split()
            if name.text == words[0] and f" {words[-1].lower()}" in self._text:
                return False  # "Mr. X" is not "X Speech", as a heading calls his speech
        if UNKNOWN in (name.kind, entity.kind) or name.kind == entity.kind:
            gender = name.gender or title_gender(name.title)
            return not (gender and entity.gender and gender != entity.gender)
        return " " not in name.text or name.text == entity.fullest

    def entity(self, mention: str) -> Entity | None:
        """The entity that `mention` names, or None when it is unknown or stands for more than one."""
        number = self._by_name.get(mention, -1)
        if number is None:
            return None
        if number >= 0:
            return self.entities[number]
        matches = self._matches(Name(mention, 0, len(mention)))
        return self.entities[matches[0]] if len(matches) == 1 else None

    def resolve(self, mention: str, at: int | None = None, *, gender: str | None = None) -> str | None:
        """The fullest name for a short form or a pronoun at offset `at`; None when unknown or ambiguous."""
        found = self.resolve_entity(mention, at, gender=gender)
        return found.fullest if found else None

    def resolve_entity(self, mention: str, at: int | None = None, *, gender: str | None = None) -> Entity | None:
        """As `resolve`, giving the entity.

        A pronoun means the last person named before `at`. It is ambiguous, and None, when two persons of a fitting
        gender stand close together before it and nothing else tells.
        """
        low = mention.lower().strip()
        if low in _PLURAL:
            return None
        if low in _SINGULAR:
            return self._pronoun(at, gender or _SINGULAR[low])
        return self.entity(mention.strip())

    def _pronoun(self, at: int | None, gender: str) -> Entity | None:
        if at is None:
            return None
        fitting: list[tuple[int, int]] = []
        for position in range(bisect_left(self._starts, at) - 1, -1, -1):
            start, number = self._mentions[position]
            if at - start > _REACH:
                break
            entity = self.entities[number]
            if entity.kind != PERSON or (entity.gender and entity.gender != gender):
                continue
            fitting.append((start, number))
            if len(fitting) >= 6:
                break
        if not fitting:
            return None
        last = fitting[0][1]
        others = [start for start, number in fitting if number != last]
        if others and fitting[0][0] - others[0] < 60 and self.entities[last].gender != gender:
            return None
        return self.entities[last]

    def _learn_genders(self, text: str) -> None:
        """From "he" and "she" where only one person was named shortly before, when they agree."""
        votes: dict[int, dict[str, int]] = {}
        for match in _HE_SHE.finditer(text):
            last = bisect_left(self._starts, match.start()) - 1
            near: set[int] = set()
            for position in range(last, -1, -1):
                start, number = self._mentions[position]
                if match.start() - start > 250:
                    break
                if self.entities[number].kind == PERSON:
                    near.add(number)
            if len(near) == 1:
                tally = votes.setdefault(near.pop(), {"m": 0, "f": 0})
                tally[_SINGULAR[match[0].lower()]] += 1
        persons = sum(entity.kind == PERSON for entity in self.entities)
        for number, tally in votes.items():
            entity = self.entities[number]
            top, other = max(tally.values()), min(tally.values())
            if entity.gender is None and top > 4 * other and (top >= 2 or persons == 1):
                entity.gender = max(tally, key=lambda gender: tally[gender])
