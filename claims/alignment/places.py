"""One event, two places: "was shot dead in Leeds", "was shot dead in Bradford".

Outlets tell of many alike events in many towns, so two statements must be near mirrors of each other but for the place:
one action, one participant who can only be in one place, no figure or day that differs. Looser matches are silent.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from claims.alignment.compare import Verdict, compare_quantities
from claims.alignment.words import light, plain, term_of, tokens
from claims.alignment.words import terms as terms_of
from claims.models import Claim, ClaimKind, Document, Modality, Polarity, RelationKind, TimeRef
from claims.normalisation.places import PlaceRelation, compare_places
from claims.text.lexicon import PREPOSITIONS, REPORTING

PLACE = "place"  # the slot of their facts
OTHER_PLACE = "other_place"
TWO_PLACES = Verdict(RelationKind.DIFFERENT_SCOPE, False, "two_places")  # of figures that differ
AGREEING = ("same_place", "place_within")
_STATED = frozenset({Modality.ACTUAL, Modality.REPORTED})
_ALIKE = 0.8  # of the weight of the shorter statement's terms that must stand in the other
_SHARED = 0.5  # of the weight of the terms of both
_FEWEST = 2  # terms that say something, shared
_MANY = 4  # such terms that tell an event whose participants are only "a man", "three climbers"
_IN_A_CORPUS = 3  # such terms, unless a name is among them
_ONE_STAGE = 3  # days between the articles
_NOTHING = Verdict(RelationKind.UNRELATED, False, "no_shared_fact")
# What stands between the verb and the place; "across Leeds" is no one place.
_BEFORE = re.compile(
    r"(?:^|\b(?P<word>[\w'’-]+)[,]? )(?P<how>in|at|inside|near|outside|off|around)"
    r" (?:(?!(?:in|at|near|outside|off|and|or|from|to|said)\b)[\w'’-]+ ){0,6}$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:, [A-Z][\w'’ -]+)*,? (?:and|or|to) (?:the )?[A-Z]")  # "in Guinea, Liberia and Mali"
_ABOUT = frozenset(("near", "outside", "off", "around"))
_SEVERAL = re.compile(
    r"\b(?:another|also|again|second|third|fourth|separate(?:ly)?|elsewhere|others?|similar|both|respectively|each"
    r"|every|several|across|including|various|many|multiple|series|twin|two (?:cities|towns|places)|as well"
    r"|simultaneous(?:ly)?|meanwhile|later|then|earlier|previous(?:ly)?|next|first|last)\b",
    re.IGNORECASE,
)
_DEFINITE = frozenset("the this that these those his her its their".split())
_PASSIVE = re.compile(r"(?:^|\b)(?:is|are|was|were|be|been|being)\b", re.IGNORECASE)
# Behind a verb without an object: "was shot dead", "ran aground".
_ADVERBS = frozenset(
    "dead alive born aground ablaze adrift down up off out away apart over together free missing ill unconscious home "
    "back there here early late today yesterday".split()
)


def _stems(words: str) -> frozenset[str]:
    return frozenset(term for word in words.split() if (term := term_of(word)))


# Who or what is in many places at once.
_SPREAD = _stems(
    "police army military troops forces government authorities officials rebels militants insurgents gunmen guerrillas "
    "protesters demonstrators activists strikers workers farmers students teachers doctors nurses residents citizens "
    "voters supporters crowds people migrants tourists firefighters rescuers investigators someone somebody everyone "
    "storm hurricane typhoon cyclone tornado blizzard rain snow heat heatwave drought wind flood floodwaters quake "
    "tsunami aftershock virus disease epidemic pandemic outbreak protest rally election vote war fighting violence "
    "unrest prices power electricity internet weather species bacteria strain variant bug pest gas oil defect plant "
    "animal bird company product drug"
)
# What happens to one person or thing once, and in one place. A law is criticised, a film shown, a firm fined in many.
_ONCE = _stems(
    "died killed murdered shot stabbed injured wounded arrested detained captured caught cornered held seized "
    "hijacked kidnapped abducted ambushed assassinated executed hanged beheaded poisoned drowned rescued freed found "
    "discovered recovered unearthed excavated stolen robbed burgled born buried cremated married wed crashed sank "
    "capsized collided derailed overturned collapsed burned burnt exploded erupted toppled demolished unveiled "
    "inaugurated crowned sworn baptised ordained initialled signed interrogated sentenced convicted acquitted "
    "surrendered met fainted hospitalised extradited aground"
)
# What the same persons do again within days: in a corpus it must be said to be of one day.
_REPEATED = _stems("met held hosted talked")


@dataclass(frozen=True, slots=True)
class Sighting:
    """What a claim says that happened, without the place, and where."""

    claim: Claim
    place: str
    terms: frozenset[str]
    predicate: frozenset[str]
    action: frozenset[str]
    anchors: frozenset[str]  # terms of who or what can only be in one place
    names: frozenset[str]
    figures: frozenset[str]  # digits that are neither its quantity nor its time


def sighting_of(claim: Claim) -> Sighting | None:
    """What took place where, by a claim; None for plans, negations, attributes, and places of something else.

    The place must stand in the quote behind a preposition of place: that of a dateline or of "said in Geneva" is not
    where it happened.
    """
    if claim.place is None or claim.kind is ClaimKind.ATTRIBUTE or claim.predicate is None or claim.subject is None:
        return None
    if claim.polarity is not Polarity.ASSERTED or claim.modality not in _STATED:
        return None
    attribution = claim.attribution
    if (attribution is not None and attribution.stance != "asserts") or _SEVERAL.search(claim.quote):
        return None
    place = " ".join(claim.place.split())
    quote = " ".join(claim.quote.split())
    name = place.split(",")[0]
    at = quote.rfind(name)
    before = _BEFORE.search(quote[:at]) if at >= 0 else None
    if at >= 0 and _LISTED.match(quote, at + len(name)):
        return None
    if before is None or plain(before["word"] or "") in _CUES:
        return None
    said: frozenset[str] = frozenset()
    if attribution is not None:
        words = (attribution.cue, attribution.speaker_as_written, attribution.role)
        said = terms_of(" ".join(w for w in words if w))
    rest = _without(quote, claim.time.as_written if claim.time else None, place if place in quote else name)
    told = [t for t in tokens(rest) if t.term and t.term not in said]
    located = terms_of(place)
    predicate = frozenset(t for t in terms_of(claim.predicate) if not light(t)) - said - located
    action = predicate | (terms_of(claim.object or "") - said - located)
    if not predicate and not _PASSIVE.search(claim.predicate):
        return None
    figures = _without(rest, claim.quantity.as_written if claim.quantity else None)
    return Sighting(
        claim=claim,
        place=f"near {place}" if before["how"].lower() in _ABOUT else place,
        terms=frozenset(t.term for t in told if t.term) - located,
        predicate=predicate or action,
        action=action,
        anchors=_anchors(claim) - said - located,
        names=frozenset(t.term for t in told if t.term and t.name and t.start) - located,
        figures=frozenset(re.findall(r"\d[\d.,]*", figures)),
    )


_CUES = frozenset(f"{word}{end}" for word in REPORTING for end in ("", "s", "d", "ed")) | {"said", "told", "spoke"}


def _without(text: str, *pieces: str | None) -> str:
    for piece in pieces:
        if piece:
            text = text.replace(" ".join(piece.split()), " ")
    return text


def _anchors(claim: Claim) -> frozenset[str]:
    """The terms of who or what it happened to, where that can only be in one place; else none.

    That is what is acted on, if there is such: "the company opened a plant in Leeds" is not about one plant.
    """
    object_ = (claim.object or "").split()
    passive = _PASSIVE.search(claim.predicate or "") is not None
    first = plain(object_[0]) if object_ else ""
    if passive or not first or first in PREPOSITIONS or first in ("to", "after", "before", *_ADVERBS):
        acted = (claim.subject or "").split()
    else:
        acted = object_
    phrase: list[str] = []
    for word in acted:  # up to the preposition: "the ferry from Split"
        if phrase and plain(word) in PREPOSITIONS:
            break
        phrase.append(word)
    if not phrase or not (plain(phrase[0]) in _DEFINITE or _is_name(phrase)):
        return frozenset()
    found = frozenset(t for t in terms_of(" ".join(phrase)) if not light(t))
    return frozenset() if found & _SPREAD else found


def _is_name(phrase: Sequence[str]) -> bool:
    """Words with capitals: "Ana de la Torre", but not "Passengers" at the start of a sentence."""
    if len(phrase) == 1 and phrase[0].endswith("s"):
        return False
    return all(w[:1].isupper() or (0 < n < len(phrase) - 1 and len(w) < 4) for n, w in enumerate(phrase))


def compare_sightings(a: Sighting, b: Sighting, weight: Callable[[str], float], *, corpus: bool = False) -> Verdict:
    """AGREE, REFINE or CONFLICT of the places of one event; UNRELATED where it may be two, or a place is unknown."""
    if not _one_event(a, b, weight, corpus=corpus):
        return _NOTHING
    once = not _ONCE.isdisjoint(_deeds(a, b))
    match compare_places(a.place, b.place):
        case PlaceRelation.SAME:
            return Verdict(RelationKind.AGREE, False, AGREEING[0])
        case PlaceRelation.WITHIN:
            return Verdict(RelationKind.REFINE, False, AGREEING[1], "a")
        case PlaceRelation.HOLDS:
            return Verdict(RelationKind.REFINE, False, AGREEING[1], "b")
        case PlaceRelation.APART if once and not (_tells(a.claim.quote, b, a) or _tells(b.claim.quote, a, b)):
            return Verdict(RelationKind.CONFLICT, True, OTHER_PLACE)
    return _NOTHING


def both_told(a: Claim, others_of_a: Iterable[Claim], b: Claim, others_of_b: Iterable[Claim]) -> bool:
    """One of two texts, of which a and b are claims, names the places of both: it may tell of two events."""
    one, two = _name(a.place or ""), _name(b.place or "")
    return one != two and (any(two in c.quote for c in others_of_a) or any(one in c.quote for c in others_of_b))


def elsewhere(a: Claim, b: Claim) -> bool:
    """Two claims are put in places that are apart: figures or days that differ are not those of one event."""
    if a.place is None or b.place is None or a.place == b.place:
        return False
    if compare_places(a.place, b.place) is not PlaceRelation.APART:
        return False
    return _name(a.place) not in b.quote and _name(b.place) not in a.quote


def one_place(a: Claim, b: Claim) -> bool:
    """Two claims are put in one place, or in one that holds the other: "in Leeds", "in England"."""
    if a.place is None or b.place is None:
        return False
    return compare_places(a.place, b.place) in (PlaceRelation.SAME, PlaceRelation.WITHIN, PlaceRelation.HOLDS)


def _deeds(a: Sighting, b: Sighting) -> frozenset[str]:
    """The action of both."""
    return (a.predicate & b.action) | (b.predicate & a.action)


def _one_event(a: Sighting, b: Sighting, weight: Callable[[str], float], *, corpus: bool) -> bool:
    if not _deeds(a, b):
        return False
    shared = a.terms & b.terms
    telling = [t for t in shared if not light(t)]
    if len(telling) < _FEWEST or not (
        a.anchors & b.anchors or (len(telling) >= _MANY and not (a.anchors or b.anchors))
    ):
        return False
    if a.names and b.names and not a.names & b.names:
        return False
    if corpus and len(telling) < _IN_A_CORPUS and not a.names & b.names:
        return False
    if corpus and a.predicate & _REPEATED and not (a.claim.time and b.claim.time):
        return False
    if a.figures and b.figures and not a.figures & b.figures:
        return False
    if _differ(a.claim, b.claim):
        return False
    common = sum(sorted(weight(t) for t in shared))
    least = min(sum(sorted(weight(t) for t in x.terms)) for x in (a, b))
    most = sum(sorted(weight(t) for t in a.terms | b.terms))
    return common >= _ALIKE * least and common >= _SHARED * most


def _differ(a: Claim, b: Claim) -> bool:
    """Their figures or their times are not the same."""
    if a.quantity is not None and b.quantity is not None:
        told = compare_quantities(a.quantity, b.quantity).relation
        if told not in (RelationKind.AGREE, RelationKind.APPROXIMATE):
            return True
    return a.time is not None and b.time is not None and _other_time(a.time, b.time)


def _other_time(a: TimeRef, b: TimeRef) -> bool:
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return a.as_written.lower() != b.as_written.lower()
    return a.latest < b.earliest or b.latest < a.earliest


def _tells(text: str, place: Sighting, own: Sighting) -> bool:
    """The text names the place of the other, which is not of the same name ("Portland, Maine")."""
    name = _name(place.place)
    return name != _name(own.place) and re.search(rf"\b{re.escape(name)}\b", text) is not None


def _name(place: str) -> str:
    """The name in the words of a place: "Split" of "near coast of Split, Croatia"."""
    words = place.split(",")[0].split()
    while len(words) > 1 and not words[0][:1].isupper():
        words.pop(0)
    return " ".join(words)


Placed = tuple[list[Claim], dict[tuple[str, str], Verdict]]
"""Claims of one event, and the verdicts of their pairs (smaller claim id first)."""


def groups(
    claims: Iterable[Claim],
    documents: Mapping[str, Document],
    links: set[tuple[str, str]],
    weight: Callable[[str], float],
) -> Iterator[Placed]:
    """Claims of linked articles that put one event in places of which two cannot both be its place.

    With the verdicts of their pairs (smaller claim id first). Where it happened is told in most articles and is news
    only where two differ. An article that names both places may tell of two events: it contradicts nobody.
    """
    placed: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.place is not None and claim.predicate is not None:
            placed[claim.document_id].append(claim)
    pairs = [
        (a, b) if a.id < b.id else (b, a)
        for one, two in sorted(links)
        if one in placed and two in placed and _one_stage(documents[one], documents[two])
        for a in placed[one]
        for b in placed[two]
    ]
    by_id = {claim.id: claim for own in placed.values() for claim in own}
    sighting = cache(lambda key: sighting_of(by_id[key]))

    def verdict_of(a: Claim, b: Claim) -> Verdict:
        one, two = sighting(a.id), sighting(b.id)
        if one is None or two is None:
            return _NOTHING
        found = compare_sightings(one, two, weight, corpus=True)
        if found.discrepancy and (
            _tells(_text(documents[a.document_id]), two, one) or _tells(_text(documents[b.document_id]), one, two)
        ):
            return _NOTHING
        return found

    # Most statements share no action or have one place: few pairs need more than this look.
    if not any(verdict_of(a, b).discrepancy for a, b in pairs if a.place != b.place and _share_an_action(a, b)):
        return
    verdicts = {
        (a.id, b.id): verdict for a, b in pairs if (verdict := verdict_of(a, b)).relation is not RelationKind.UNRELATED
    }
    yield from _joined(verdicts, by_id)


def _one_stage(a: Document, b: Document) -> bool:
    if a.published_at is None or b.published_at is None:
        return False
    return abs((a.published_at - b.published_at).days) <= _ONE_STAGE


def _share_an_action(a: Claim, b: Claim) -> bool:
    one, two = terms_of(a.predicate or ""), terms_of(b.predicate or "")
    if not one or not two:
        return True  # "was | born in Leeds"
    return not (
        one.isdisjoint(two) and one.isdisjoint(terms_of(b.object or "")) and two.isdisjoint(terms_of(a.object or ""))
    )


def _text(document: Document) -> str:
    return f"{document.title or ''}\n{document.text}"


def _joined(verdicts: Mapping[tuple[str, str], Verdict], claims: Mapping[str, Claim]) -> Iterator[Placed]:
    """What is connected by its pairs, where a pair differs."""
    group: dict[str, set[str]] = {}
    for a, b in sorted(verdicts):
        joined = group.get(a, {a}) | group.get(b, {b})
        for member in joined:
            group[member] = joined
    seen: set[str] = set()
    for key in sorted(group):
        members = group[key]
        if key in seen:
            continue
        seen |= members
        own = {pair: verdict for pair, verdict in sorted(verdicts.items()) if pair[0] in members}
        if any(v.discrepancy for v in own.values()):
            yield [claims[m] for m in sorted(members)], own
