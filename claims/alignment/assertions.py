"""What a claim says in words: who does what to whom, whether it is so, and whether it may change.

Read from the claim alone. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from claims.alignment.lexicon import is_person, persons
from claims.alignment.opposites import ADJECTIVES, FORMS, HAPPEN_TO_SUBJECT, ONLY_STATES, VERBS, Mark
from claims.alignment.words import stem, term_of, tokens
from claims.alignment.words import terms as terms_of
from claims.models import Attribution, Claim, ClaimKind, Modality, Polarity, Quantity, QuantityKind
from claims.text.lexicon import ADVERBS, AUXILIARIES, BE, HAVE, NEGATIONS, PARTICIPLE, PREPOSITIONS, base_of

_REFUSAL = r"\b(?:refus(?:e|es|ed|ing|als?)|declin(?:e|es|ed|ing)|fail(?:s|ed|ing)?|failure) to\b"
_VERBAL = re.compile(
    rf"\bnot\b|n['’]t\b|\bnever\b|\bno longer\b|\bden(?:y|ies|ied|ying|ials?)\b|{_REFUSAL}", re.IGNORECASE
)
_REFUSED = re.compile(_REFUSAL, re.IGNORECASE)
_DENY = re.compile(r"\bden(?:y|ies|ied|ying)\b", re.IGNORECASE)
_REFUSING = frozenset(t for t in map(term_of, "refused declined failed failure".split()) if t)
_NOBODY = re.compile(
    r"\s*(?:(?:(?:no[ -]one|nobody|none)\b(?! (?:else|other))(?:(?: of| among| in) (?:the|its|their|his|her|those) )?)"
    r"|no (?!one\b))(?P<group>[\w-]*)",
    re.IGNORECASE,
)
_HARM = frozenset("death deaths fatality fatalities injury injuries casualty casualties".split())
CASUALTY = term_of("casualties") or ""
_ANYBODY = frozenset("people person persons them us".split()) | _HARM
_STATED = frozenset({Modality.ACTUAL, Modality.REPORTED})

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_REMAINING = frozenset("remain stay".split())
# Copulas, and verbs that a predicative adjective may follow: "found her guilty", "was declared unsafe".
_COPULAS = frozenset("be remain stay become prove".split())
_JUDGING = frozenset("find declare rule judge deem consider hold call certify pronounce leave keep make".split())
_PLEADING = frozenset(("plead",))
# Verbs that do not say what happens, only that it does: of "voted to reject", reject.
_LEADING = frozenset("vote decide choose move opt resolve go manage continue come refuse decline fail".split())
_PLANNING = frozenset("plan expect schedule intend agree promise vow pledge set due prepare".split())
_PARTICLES = frozenset("up down off out over away back aside ahead".split())
_NOT_THE_WORD = frozenset("only just necessarily merely yet all every many much enough so because to".split())
_PARTLY = frozenset("almost nearly partly partially temporarily briefly half narrowly initially".split())
# "The shares opened at 41" is no opening.
_QUOTED = frozenset("lower higher flat at up down with nearly mostly mixed".split())
_STILL = re.compile(r"\b(?:still|remains?|remained|stays?)\b", re.IGNORECASE)
_PRESENT = frozenset("is are 's 're".split())
_PRONOUNS = {"him": "he", "his": "he", "her": "she", "them": "they", "himself": "he", "herself": "she"} | {
    word: word for word in "he she it they".split()
}


class Phrase(NamedTuple):
    """Somebody or something: its terms, or the pronoun that stands for it."""

    terms: frozenset[str]
    pronoun: str


class Roles(NamedTuple):
    """Who does it, and whom it happens to; None: not said."""

    agent: Phrase | None
    patient: Phrase | None


class Wording(NamedTuple):
    """The verb of a claim with what stands around it."""

    verb: str | None  # the term of what happens; None where no word tells it
    marks: frozenset[Mark]  # its places in the table of opposites
    spent: frozenset[str]  # the terms that the verb and its complement take up
    subject: Phrase | None
    object: Phrase | None
    by: Phrase | None
    passive: bool
    complement: bool  # the subject is described: "is safe", "pleaded guilty"
    to_subject: bool  # it happens to its subject
    flipped: bool  # "found her not guilty"
    result: bool  # told as a state that holds: "is closed", "has closed"

    @property
    def pronouns(self) -> list[str]:
        """Whom it names by a pronoun only."""
        return [p.pronoun for p in (self.subject, self.object) if p is not None and p.pronoun]

    def roles(self, *, theme: bool) -> Roles:
        """`theme`: of a verb that tells what happens to a thing, whoever does it."""
        if self.passive:
            return Roles(self.by, self.subject)
        if self.complement or (theme and (self.to_subject or self.object is None)):
            return Roles(None, self.subject)
        return Roles(self.subject, self.object)


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a claim says in words: its terms without the words of saying, and whether it says so or not so."""

    claim: Claim
    terms: frozenset[str]
    action: frozenset[str]
    negated: bool
    wording: Wording
    refused: bool = False  # not so, because somebody would not or could not: that may change
    planned: bool = False
    nobody: bool = False  # "no one was hurt": what a count of persons contradicts
    counted: bool = False  # such a count
    group: frozenset[str] = frozenset()  # the persons of whom that is said; empty: any
    still: bool = False  # as it was before
    hedged: bool = False  # beside what is so, it says what is not

    @property
    def rest(self) -> frozenset[str]:
        """What it says beside what happens."""
        return self.terms - self.wording.spent


def assertion_of(claim: Claim, *, unsure: bool = False) -> Assertion | None:
    """The plain statement that a claim makes; None for attributes and, unless `unsure`, for possibilities.

    Of figures, only counts of persons and ages in passing leave one.
    """
    planned = claim.modality is Modality.PLANNED
    if claim.kind is ClaimKind.ATTRIBUTE or not (unsure or planned or claim.modality in _STATED):
        return None
    dated = claim.quote.replace(claim.time.as_written, "") if claim.time else claim.quote
    counted = claim.quantity is not None and _counts_persons(claim.quantity) and claim.polarity is Polarity.ASSERTED
    if claim.quantity is not None:
        if not (counted or claim.quantity.kind is QuantityKind.AGE):
            return None
        dated = dated.replace(claim.quantity.as_written, "")
    if any(c.isdigit() for c in dated):
        return None  # a negated share is another share: figures are compared as such
    said = _saying(claim.attribution)
    parts = " ".join(p for p in (claim.subject, claim.predicate, claim.object) if p)
    terms = terms_of(dated) - said
    action = frozenset(t.term for t in tokens(parts) if t.term and t.term not in said and not t.name)
    if not terms or not action:
        return None
    worded = wording(claim)
    negated = claim.polarity is Polarity.NEGATED
    group = _nobody(claim) if negated else None
    if negated and not (group is not None or _VERBAL.search(claim.quote) or denies(claim)):
        return None  # "no serious effects" denies a degree, not the thing
    if worded.flipped:
        negated = not negated or len(_VERBAL.findall(claim.quote)) < 2
    refused = negated and _REFUSED.search(claim.quote) is not None
    if refused:
        terms, action = terms - _REFUSING, action - _REFUSING
        if not terms or not action:
            return None
    if group is not None and CASUALTY in terms:
        worded = worded._replace(spent=worded.spent | {CASUALTY})
    if counted and claim.quantity is not None:
        group = terms_of(claim.quantity.of or "")
    return Assertion(
        claim=claim,
        terms=terms,
        action=action,
        negated=negated,
        wording=worded,
        refused=refused,
        planned=planned,
        nobody=negated and group is not None,
        counted=counted,
        group=group or frozenset(),
        hedged=not negated and _VERBAL.search(claim.quote) is not None,
        still=_STILL.search(f"{claim.subject} {claim.predicate} {claim.object}") is not None,
    )


def _counts_persons(quantity: Quantity) -> bool:
    """One person at least."""
    if quantity.kind is not QuantityKind.COUNT or quantity.change or not (quantity.low or 0) >= 1:
        return False
    return persons(terms_of(quantity.of or ""))


def _nobody(claim: Claim) -> frozenset[str] | None:
    """The persons none of whom it says it of, empty for anybody: "no one", "no workers", "no injuries"; or None."""
    for part in (claim.subject, claim.object):
        found = _NOBODY.match(part) if part else None
        if found is None:
            continue
        word = found["group"].lower()
        if not word or word in _ANYBODY:
            return frozenset()
        return terms_of(word) if is_person(word) else None
    return None


def _saying(attribution: Attribution | None) -> frozenset[str]:
    """The terms of who says it and of the cue: they are not what is said."""
    if attribution is None:
        return frozenset()
    words = " ".join(w for w in (attribution.cue, attribution.speaker_as_written, attribution.role) if w)
    return frozenset(t.term for t in tokens(words) if t.term) | {stem("deny"), term_of("denied") or ""}


def denies(claim: Claim) -> bool:
    """Somebody is said to deny it."""
    if claim.attribution is not None and claim.attribution.stance == "denies":
        return True
    return claim.predicate is not None and _DENY.search(claim.predicate) is not None


def speaker(claim: Claim) -> str | None:
    """Who says or denies it; None: the text."""
    if claim.attribution is not None:
        return claim.attribution.speaker
    return claim.subject if denies(claim) else None


# --- the verb ---


def wording(claim: Claim) -> Wording:
    """The verb of a claim with its complement and its roles."""
    subject, predicate, after = claim.subject or "", _words(claim.predicate or ""), _words(claim.object or "")
    told = _words(subject)
    if told and base_of(told[-1]) in _REMAINING and len(told) > 1:
        subject = subject.rstrip()[: -len(told[-1])]  # "the bridge remains closed"
    content = [w for w in predicate if not _formal(w)]
    lead, infinitive = "", "to" in content and content[-1] != "to"
    if infinitive:
        at = content.index("to")
        lead = base_of(content[at - 1]) if at else ""
        content = content[at + 1 :]
    beings = [w for w in predicate if w in BE]
    head = content[0] if content else ""
    base = FORMS.get(head) or base_of(head)
    led = not infinitive or lead in _LEADING or (claim.modality is Modality.PLANNED and lead in _PLANNING)
    if beings and head in ADJECTIVES:  # "was unharmed" is no passive
        after, content, head, base = [*content, *after], [], "", ""
    passive = bool(beings) and bool(head) and (head in PARTICIPLE or head.endswith("ed"))
    verb, marks, spent = base, frozenset[Mark](), [head, base]
    before = _words(claim.quote[: max(0, claim.quote.find(claim.predicate or ""))])[-1:]
    tail = _tail(claim, content[1:2] if len(content) > 1 and content[1] in _PARTICLES else [], after)
    if head:
        verb, marks = _verb(base, tail, after)
    complement, flipped = False, False
    copular = not head or base in _COPULAS
    if copular or base in _JUDGING or base in _PLEADING:
        found = _complement(after, anywhere=not copular)
        if found is not None:
            word, marks, flipped = found
            complement = copular or base in _PLEADING
            spent += [word]
            verb = word
        elif copular and base not in _REMAINING:
            verb = ""
    if not led or not _PARTLY.isdisjoint((*before, *predicate, *after[:1])):
        marks = frozenset()
    if not led:
        verb = f"{lead} {verb}"
    result = (bool(beings) and not _PRESENT.isdisjoint(predicate) and (passive or copular)) or (
        bool(head) and not HAVE.isdisjoint(predicate)
    )
    if base in ONLY_STATES and not result:
        marks = frozenset()
    object_ = claim.object or ""
    by = None
    if passive and after[:1] == ["by"]:
        by, object_ = _phrase(object_.lstrip()[2:]), ""
    elif after and (after[0] in PREPOSITIONS or (complement and after)):
        object_ = ""
    spent_terms = frozenset(t for w in (*spent, *_particles(tail)) if w and (t := term_of(w)))
    return Wording(
        verb=(verb if " " in verb or "_" in verb else term_of(verb) or verb) or None,
        marks=marks,
        spent=spent_terms,
        subject=_phrase(subject),
        object=_phrase(object_, spent_terms),
        by=by,
        passive=passive,
        complement=complement,
        to_subject=base in HAPPEN_TO_SUBJECT,
        flipped=flipped,
        result=result,
    )


def _words(text: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)]


def _formal(word: str) -> bool:
    """An auxiliary, an adverb or a negation."""
    return word in AUXILIARIES or word in ADVERBS or word in NEGATIONS or word.endswith(("n't", "ly")) or word == "been"


def _tail(claim: Claim, particle: Sequence[str], after: list[str]) -> list[str]:
    """What follows the verb: of the quote, since an object need not tell it ("stays on")."""
    if claim.predicate and (at := claim.quote.find(claim.predicate)) >= 0:
        end = at + len(claim.predicate)
        after = _words(claim.quote[end : end + 80])
    return [*particle, *after]


def _particles(tail: Sequence[str]) -> Sequence[str]:
    return tail[:1] if tail and tail[0] in _PARTICLES else ()


def _verb(base: str, tail: Sequence[str], after: Sequence[str]) -> tuple[str, frozenset[Mark]]:
    """The verb with its particle, and its places in the table: "turned down", "turned the offer down"."""
    for words in (tail[:2], tail[:1], after[-1:] if 1 < len(after) <= 5 else ()):
        key = "_".join((base, *words))
        if words and key in VERBS:
            return key, VERBS[key]
    if tail and tail[0] in _PARTICLES:
        return f"{base}_{tail[0]}", frozenset()  # "closed in", "won over": another verb
    if base in ("open", "close") and tail and tail[0] in _QUOTED:
        return f"{base}_{tail[0]}", frozenset()
    return base, VERBS.get(base, frozenset())


def _complement(after: Sequence[str], *, anywhere: bool) -> tuple[str, frozenset[Mark], bool] | None:
    """The adjective that describes the subject or, `anywhere`, the object, and whether "not" stands before it."""
    negated = False
    for number, word in enumerate(after[:8]):
        if word in ("not", "longer") and (word == "not" or after[number - 1] == "no"):
            following = after[number + 1] if number + 1 < len(after) else ""
            negated = bool(following) and following not in _NOT_THE_WORD and following not in PREPOSITIONS
            continue
        ends = number + 1 == len(after) or after[number + 1] in PREPOSITIONS or after[number + 1] in ("and", "but")
        if word in ADJECTIVES and ends:
            return word, ADJECTIVES[word], negated
        form = FORMS.get(word)
        if form is not None and form != word and not anywhere and ends:
            return form, VERBS.get(form, frozenset()), negated
        if not anywhere and not (_formal(word) or word in ("no", "again", "now")):
            return (word, frozenset(), True) if negated else None
    return None


@lru_cache(maxsize=20_000)
def _phrase(text: str, without: frozenset[str] = frozenset()) -> Phrase | None:
    words = _words(text)
    if not words:
        return None
    terms = terms_of(text) - without
    pronoun = next((_PRONOUNS[w] for w in words[:1] if w in _PRONOUNS), "")
    if not terms and not pronoun:
        return None
    return Phrase(terms, "" if terms else pronoun)
