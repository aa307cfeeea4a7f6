"""Who "he", "the minister" and "the city" are, where the text leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from claims.builtin.tokens import Tokens
from claims.grounding.view import DocumentView
from claims.models import Attribution, Span
from claims.normalisation.names import Name, parse_title
from claims.text.lexicon import BASE, REPORTING, base_of

_PRONOUN = re.compile(r"\A(?:he|she)\Z", re.IGNORECASE)
_SHORT = re.compile(r"\Athe ((?:[a-z-]+ ){0,2}[a-z-]+)\Z", re.IGNORECASE)
_SHORT_FORMS = "city town village province region district state island port company club party".split()
_IN_TEXT = re.compile(  # it begins with a set of characters, so that `re` skips to the next of them
    r"[HhSsTt](?:e\b(?<=\b[Hh]e)|he\b(?<=\b[Ss]he)"
    rf"|he (?<=\b[Tt]he )(?:{'|'.join(_SHORT_FORMS)})\b(?! of\b)(?!'))"
)
_REFERRING = frozenset({"he", "she", *_SHORT_FORMS})
# "The city of X" is sought by its middle, which `re` finds at once.
_OF_NAME = re.compile(r" of ([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})")
_PLACE_NOUN = re.compile(r"\b(?:city|town|village|province|region|district|state|island|port)\Z")


def refers(tokens: Tokens) -> bool:
    """Whether a sentence may hold a pronoun or short form that `Referents.rewrite` replaces."""
    return not _REFERRING.isdisjoint(tokens.lows)


class Referents:
    """Resolves the subjects of one document, and rewrites a quote so that it stands without its context."""

    def __init__(self, seen: DocumentView) -> None:
        self.seen = seen
        self._known: dict[tuple[str, int], str | None] = {}
        self._bearers: dict[str, list[tuple[int, str]]] = {}  # noun → those it may mean

    def name_for(self, subject: Span, attribution: Attribution | None) -> str | None:
        """The name that a pronoun or short form stands for; None where it is neither, or where several names fit."""
        if subject.end - subject.start > 40:
            return None
        word = self.seen.folded[subject.start : subject.end]
        low = word.lower()
        if low == "i" and attribution is not None and attribution.direct:
            return attribution.speaker
        if low in ("he", "she") or low.startswith("the "):
            return self._resolve(low, subject.start)
        return None

    def rewrite(self, quote: Span, attribution: Attribution | None) -> str | None:
        """The quote with its pronouns and short forms replaced by names; None where nothing is, or can be, replaced."""
        if attribution is not None and attribution.direct:
            return None  # inside quotation marks "he" is the speaker's word, for someone the article may not name
        text = self.seen.folded
        found: list[tuple[int, int, str]] = []
        for match in _IN_TEXT.finditer(text, quote.start, quote.end):
            name = self._resolve(match[0].lower(), match.start())
            if name is None or name.split()[-1] in text[quote.start : quote.end]:
                continue
            found.append((match.start(), match.end(), name))
            break  # one name makes the claim stand; a second "he" then reads as the same person
        if not found:
            return None
        start, end, name = found[0]
        original = self.seen.text
        return " ".join((original[quote.start : start] + name + original[end : quote.end]).split())

    def _resolve(self, low: str, at: int) -> str | None:
        key = (low, at)
        if key not in self._known:
            self._known[key] = self._name(low, at)
        return self._known[key]

    def _name(self, low: str, at: int) -> str | None:
        if _PRONOUN.match(low):
            return self._person(low, at)
        short = _SHORT.match(low)
        if short is None:
            return None
        noun = short[1].lower()
        if noun in _PLACE_NOUNS:
            if noun not in self._bearers:
                self._bearers[noun] = _firsts((start, name) for kind, start, name in self._named_places if kind == noun)
            return _only(self._bearers[noun], at)
        return self._holder(noun, at)

    def _person(self, low: str, at: int) -> str | None:
        """Whom "he" means: the person named before it in its own sentence, else the subject of the sentence before.

        Only a name that is no possessive and no object counts, and only if no second person fits in its place.
        """
        seen = self.seen
        entity = seen.name_index.resolve_entity(low, at)
        number = seen.sentence_number(at)
        if entity is None or number < 0:
            return None
        for sentence, limit in ((number, at), (number - 1, None)):
            if sentence < 0:
                break
            start, end = seen.sentences[sentence]
            people = [
                name for name in seen.names_in(start, limit or end) if name.kind == "person" and name.start >= start
            ]
            subjects = [name for name in people if not seen.folded.startswith("'s", name.end)]
            if not people:
                continue
            if not subjects or subjects[0] != people[0] or not self._leads(subjects[0], start, seen):
                return None
            if any(seen.name_index.entity(name.text) is not entity for name in subjects[:1]):
                return None
            return entity.fullest
        return None

    @staticmethod
    def _leads(name: Name, sentence: int, seen: DocumentView) -> bool:
        """Whether the name stands as subject: no verb or preposition right before it, but for "said" turned round."""
        first = name.start if name.title_start is None else min(name.start, name.title_start)
        before = seen.folded[sentence:first].split()
        if not before:
            return True
        word = before[-1].lower()
        verb = base_of(word)
        return word not in _OBJECT_MARKS and (verb not in BASE or verb in REPORTING)

    @cached_property
    def _named_places(self) -> list[tuple[str, int, str]]:
        text = self.seen.folded
        found: list[tuple[str, int, str]] = []
        end = 0
        for match in _OF_NAME.finditer(text):
            noun = _PLACE_NOUN.search(text, max(end, match.start() - 8), match.start())
            if noun is not None:
                found.append((noun[0], noun.start(), match[1]))
                end = match.end()
        return found

    @cached_property
    def _titled(self) -> dict[str, list[tuple[int, str]]]:
        """By the last one, two and three words of each title and role: places of its names, with their fullest form.

        Three words are as many as `_SHORT` takes.
        """
        found: dict[str, list[tuple[int, str]]] = {}
        for entity in self.seen.name_index.entities:
            if entity.kind != "person":
                continue
            for mention in entity.mentions:
                for title in (mention.title, mention.role):
                    words = title.lower().split(" ") if title else ()
                    for count in range(1, min(len(words), 3) + 1):
                        found.setdefault(" ".join(words[-count:]), []).append((mention.start, entity.fullest))
        return found

    def _holder(self, noun: str, at: int) -> str | None:
        """The one person named before `at` whose title or role ends in the noun: "the minister"."""
        if parse_title(noun) is None:
            return None
        if noun not in self._bearers:
            self._bearers[noun] = _firsts(self._titled.get(noun, ()))
        return _only(self._bearers[noun], at)


def _firsts(found: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The two names that are given first, each with the offset of its first place: more are never asked for."""
    first: dict[str, int] = {}
    for start, name in found:
        first[name] = min(start, first.get(name, start))
    return sorted((start, name) for name, start in first.items())[:2]


def _only(firsts: list[tuple[int, str]], at: int) -> str | None:
    """The one name that is given before `at`; None where there is none, or a second one."""
    before = [name for start, name in firsts if start < at]
    return before[0] if len(before) == 1 else None


_OBJECT_MARKS = frozenset(
    "the of in on at by for with from to into against about over under between and or than like as via near "
    "after before told met".split()
)
_PLACE_NOUNS = frozenset("city town village province region district state island port".split())
