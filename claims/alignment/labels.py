"""Short labels of facts for an editor: what is measured, of whom, and what they did, in the words of the articles.

"share of voters who supported independence", "day on which the ferry sank". Every label follows from the members alone,
whatever their order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from claims.alignment.features import SPEECH, Profile
from claims.alignment.lexicon import is_person
from claims.alignment.words import EVERYDAY, FUNCTION_WORDS, light, term_of, terms, tokens
from claims.models import Claim, QuantityKind

_KIND = {
    QuantityKind.SHARE: "share",
    QuantityKind.COUNT: "number",
    QuantityKind.MONEY: "amount",
    QuantityKind.DURATION: "length of time",
    QuantityKind.AGE: "age",
    QuantityKind.MEASURE: "measure",
    QuantityKind.RANK: "rank",
    QuantityKind.SCORE: "result",
    QuantityKind.RATIO: "ratio",
    QuantityKind.POINTS: "points",
    QuantityKind.NUMBER: "number",
}
# Kinds whose figure is a number of things: "number of schools that would be repaired".
_OF_THINGS = frozenset({QuantityKind.SHARE, QuantityKind.COUNT, QuantityKind.NUMBER, QuantityKind.MONEY})
_WHEN = {"day": "day on which", "month": "month in which", "year": "year in which", "week": "week in which"}
_PRONOUN = re.compile(
    r"(?:he|she|it|they|we|i|you|this|that|these|those|there|which|who|what|one|some|others|both|overall)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:The|A|An|Some|This|That|These|Those|Its|Their|His|Her)\b")
_NUMBER = re.compile(r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?)\b", re.I)
_LEAD = re.compile(
    r"[\s,;]*(?:\b(?:late|early|earlier|later|on|in|at|by|since|until|till|before|after|during|from|to|of|for|with|around|about"
    r"|the|a|an|and|as|than|which|that|,)\s*)*$",
    re.IGNORECASE,
)
_IS = re.compile(r"(?:(?:has|have|had|will|would) )?(?:is|are|was|were|be|been|being)$", re.IGNORECASE)
_MARKS = str.maketrans("", "", '"“”')
_BESIDE = 20  # characters between a name and an age
_STARTS = re.compile(r"[\s,;:.]+")
_SUBJECT = 7  # words
_BEFORE = 4  # words between the verb and the figure
_WORDS = 9  # of what they did
_LONG = 90  # characters


def about(members: Sequence[Profile], claims: Mapping[str, Claim], shared: Callable[[], Sequence[str]]) -> str:
    """What a fact of figures or times is about. `shared` gives words that its members share, for want of a clause."""
    found = {label for profile in members for label in _labels(profile, claims[profile.claim_id])}
    for label in sorted(found, key=lambda label: (_flaws(label), len(label), label)):
        if not _told_twice(label):
            return label
    words = shared()
    return min((" of " not in (label := _plain(profile, words)), label) for profile in members)[1]


def where(claim: Claim) -> str:
    """What a fact of places is about, by one of its claims: "where the ferry sank"."""
    subject, predicate = _subject(claim.subject or ""), _predicate(claim.predicate or "")
    if not subject or not predicate:
        return f"where “{' '.join(claim.quote.split())[:_LONG]}”"
    return f"where {_joined(subject, predicate, _rest(claim, claim.place or ''))}"


def _labels(profile: Profile, claim: Claim) -> Iterator[str]:
    """The labels that one member gives, in whole clauses."""
    subject, predicate = _subject(claim.subject or ""), _predicate(claim.predicate or "")
    if profile.time is not None:
        if subject and predicate:
            clause = _joined(subject, predicate, _rest(claim, profile.time.as_written))
            yield f"{_WHEN.get(profile.time.granularity, 'time when')} {clause}"
        return
    quantity = profile.quantity
    if quantity is None:
        return
    if quantity.kind is QuantityKind.AGE:
        if subject and any(t.name for t in tokens(subject)) and _beside(subject, profile, claim):
            yield f"age of {subject}"
        return
    kind, counted = _KIND[quantity.kind], _counted(quantity.of)
    if quantity.change and quantity.kind is not QuantityKind.COUNT:
        kind = "change"
    written, own = quantity.as_written, claim.subject or ""
    if counted and quantity.kind in _OF_THINGS and predicate and _same(own, counted, written):
        who = "who" if is_person(counted.split()[-1].lower()) else "that"
        yield f"{kind} of {counted} {who} {_joined(predicate, _rest(claim, written))}"
        return
    if not subject or not predicate:
        return
    told = (claim.object or "").lstrip()
    if written not in told:
        return
    if counted and quantity.kind in _OF_THINGS and _NUMBER.match(told):
        yield f"{kind} of {counted} that {subject} {predicate}"
    elif quantity.kind is QuantityKind.MONEY and told.startswith(written) and not _IS.fullmatch(predicate):
        yield f"{kind} that {subject} {predicate}"
    else:
        of = f" of {counted}" if counted else ""
        before = _trimmed(_LEAD.sub("", told[: told.index(written)]).split())
        if len(before.split()) > _BEFORE:
            return
        verb = "" if _IS.fullmatch(predicate) and not before else predicate
        yield f"{kind}{of}: {_joined(subject, verb, before)}"


def _plain(profile: Profile, shared: Sequence[str]) -> str:
    """Kind and thing counted, with the shared words in brackets."""
    if profile.time is not None:
        label = "day" if profile.time.earliest == profile.time.latest and profile.time.earliest else "time"
    elif profile.quantity is not None:
        counted = _counted(profile.quantity.of)
        label = f"{_KIND[profile.quantity.kind]} of {counted}" if counted else _KIND[profile.quantity.kind]
    else:
        label = profile.value
    own = terms(label)
    extra = [word for word in shared if terms(word).isdisjoint(own)]
    return f"{label} ({', '.join(extra)})" if extra else label


@lru_cache(maxsize=4096)
def _subject(told: str) -> str | None:
    """Who or what does it, without a figure; None for a pronoun, or where it is long."""
    subject = " ".join(told.split())
    words = subject.split()
    if not words or _PRONOUN.fullmatch(subject) or _NUMBER.search(subject) or len(words) > _SUBJECT:
        return None
    if words[-1].lower() in FUNCTION_WORDS:
        return None
    return subject[0].lower() + subject[1:] if _ARTICLE.match(subject) or _common(words[0]) else subject


def _common(word: str) -> bool:
    """A word with a capital that is no name."""
    term = term_of(word)
    if term is None or not word[0].isupper() or word[1:] != word[1:].lower():
        return False
    return is_person(word.lower()) or (word.endswith("s") and (term in EVERYDAY or light(term)))


@lru_cache(maxsize=4096)
def _predicate(told: str) -> str | None:
    # A model's predicate may take in an apposition of the subject: ", the country's autonomous region, held".
    predicate = " ".join(told.rsplit(",", 1)[-1].split())
    if not predicate or any(word in SPEECH for word in predicate.lower().split()):
        return None
    return predicate


@lru_cache(maxsize=4096)
def _counted(of: str | None) -> str | None:
    """The thing counted, where it is short."""
    words = (of or "").split()
    return " ".join(words) if 0 < len(words) <= 4 and not _NUMBER.search(of or "") else None


def _same(subject: str, counted: str, written: str) -> bool:
    """The thing counted is the subject: "voters", "more than 90% of voters"."""
    if subject.lower() == counted.lower() or subject.lower().endswith((f" {counted.lower()}", counted.lower())):
        rest = subject[: len(subject) - len(counted)]
        return not _NUMBER.search(rest) or written in subject
    return False


def _rest(claim: Claim, written: str) -> str:
    """What follows the verb, without the value and the time, and cut where it is long."""
    told = " ".join((claim.object or "").split())
    for words in (written, claim.time.as_written if claim.time else ""):
        words = " ".join(words.split())
        if not words:
            continue
        at = told.find(words)
        if at >= 0:
            before, after = told[:at], told[at + len(words) :]
            told = f"{_LEAD.sub('', before)} {after}"
    words_left = _STARTS.sub("", told, count=1).split() if _STARTS.match(told) else told.split()
    return _trimmed(words_left[:_WORDS])


def _trimmed(words: list[str]) -> str:
    """Without words at the end that want another after them."""
    while words and (words[-1].lower().strip(",.;:") in FUNCTION_WORDS or not any(c.isalnum() for c in words[-1])):
        words.pop()
    return " ".join(words).rstrip(",;:.").translate(_MARKS)


def _beside(name: str, profile: Profile, claim: Claim) -> bool:
    """The age stands beside the name that it is of."""
    at = profile.start - claim.start
    last = name.split()[-1]
    return claim.quote.find(last, max(0, at - _BESIDE - len(last)), at + _BESIDE + len(last)) >= 0


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _told_twice(label: str) -> bool:
    found = [t.term for t in tokens(label) if t.term]
    return len(found) > len(set(found))


def _flaws(label: str) -> int:
    """A length that no line holds, and a clause that is only put beside the kind."""
    return (2 if len(label) > _LONG else 0) + (1 if ":" in label else 0)
