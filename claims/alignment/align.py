"""Claims → facts with their relations. Pure: the same claims and documents give the same bytes, in whatever order."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from typing import NamedTuple

from claims.alignment import attributes, cluster, dates, explain, polarity, score, stories, voices
from claims.alignment.adjudicate import STATEMENT, Readings, decides, judged, statement_facts
from claims.alignment.cluster import Key
from claims.alignment.compare import Verdict, compare_quantities, compare_times, complementary
from claims.alignment.features import Profile, is_vague, profiles
from claims.alignment.intervals import figure_of
from claims.alignment.rarity import Rarity
from claims.alignment.words import light, tokens
from claims.models import Claim, Document, Fact, Polarity, Relation, RelationKind, Span
from claims.text.sentences import sentences

# Words with which a later figure is told as a change of an earlier one.
_CHANGED = re.compile(
    r"\b(?:still|remains?|remained|now|so far|no longer|as of|(?:has|have|had) (?:risen|climbed|grown|fallen|dropped"
    r"|reached|increased|decreased|doubled|tripled)|(?:rose|climbed|fell|dropped|grew|down|up) (?:to|from))\b",
    re.IGNORECASE,
)
# Words before a later figure that make it the successor of others.
_FINAL = re.compile(
    r"\b(?:final|latest|newest|revised|updated|corrected|new) (?:official )?"
    r"(?:figures?|results?|counts?|tall(?:y|ies)|data|tolls?|estimates?|numbers?)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom (?:(?:an?|the|its|their) )?(?:[a-z]+ (?:[a-z]+ )?of )?(?:[a-z]+ )?$", re.IGNORECASE)
_FROM_REACH = 40  # characters before a value
# A key that more slots share proposes no pair.
MOST_PER_KEY = 400
# The words closest to a value that may propose a partner.
NEAREST = 4

# From the gravest to the mildest: a fact bears the gravest of its pairs.
GRAVITY = (
    RelationKind.CONFLICT,
    RelationKind.DIFFERENT_SPEAKER_VIEW,
    RelationKind.OVERLAP,
    RelationKind.REFINE,
    RelationKind.UPDATE,
    RelationKind.APPROXIMATE,
    RelationKind.AGREE,
    RelationKind.DIFFERENT_SCOPE,
)
# Values that one article does not state of one thing.
_APART = frozenset({RelationKind.CONFLICT, RelationKind.UNRELATED, RelationKind.DIFFERENT_SCOPE})
# Figures that grow while an event goes on: a later, larger one is news, not a contradiction.
GROWING = frozenset("die injur arrest miss evacu infect protest".split())


class Pair(NamedTuple):
    """A scored pair of slots."""

    verdict: Verdict
    decision: score.Decision


def align(claims: Sequence[Claim], documents: Mapping[str, Document], readings: Readings | None = None) -> list[Fact]:
    """The facts that two or more claims of linked documents are about, sorted by id.

    `documents` maps document ids to documents and must hold that of every claim. Independent of the order of both.
    `readings` are the verdicts of a second reader on pairs of claims (`claims.alignment.adjudicate`).
    """
    found = [fact for aligner in aligners(claims, documents) for fact in aligner.facts(readings)]
    return sorted(found, key=lambda fact: fact.id)


def aligners(claims: Sequence[Claim], documents: Mapping[str, Document]) -> Iterator[Aligner]:
    """One for each story: nothing in a fact depends on other stories but the rarity of words in the whole corpus."""
    told = {key: documents[key] for key in sorted({c.document_id for c in claims})}
    digests = {key: stories.digest(d) for key, d in told.items()}
    rarity = Rarity.of(d.terms for d in digests.values())
    links = stories.link(digests, rarity)
    story_of = stories.stories(told, links)
    parts: defaultdict[str, tuple[list[Claim], dict[str, Document], set[tuple[str, str]]]]
    parts = defaultdict(lambda: ([], {}, set()))
    for claim in claims:
        parts[story_of[claim.document_id]][0].append(claim)
    for key, document in told.items():
        parts[story_of[key]][1][key] = document
    for pair in links:
        parts[story_of[pair[0]]][2].add(pair)
    for story in sorted(parts):
        own, articles, pairs = parts[story]
        yield Aligner(own, articles, rarity=rarity, links=pairs)


class Aligner:
    """One alignment: profiles, stories, scored pairs and facts of a set of claims.

    Of one story where `rarity` (of the whole corpus) and `links` (of its documents) are given; else of a corpus.
    """

    def __init__(
        self,
        claims: Sequence[Claim],
        documents: Mapping[str, Document],
        *,
        rarity: Rarity | None = None,
        links: set[tuple[str, str]] | None = None,
    ) -> None:
        self.claims = {c.id: c for c in sorted(claims, key=lambda c: c.id)}
        self.documents = {key: documents[key] for key in sorted({c.document_id for c in claims})}
        if rarity is None or links is None:
            digests = {key: stories.digest(d) for key, d in self.documents.items()}
            rarity = Rarity.of(d.terms for d in digests.values())
            links = stories.link(digests, rarity)
        self.rarity, self.links = rarity, links
        self.story_of = stories.stories(self.documents, self.links)
        settled = dates.settle_documents(self.documents, sorted(self.links))
        self._copies = voices.Copies(self.documents)
        self.claims = {c.id: c for c in dates.settle_claims(self.claims.values(), self.documents, settled)}
        self.documents = settled
        self._documents_of: defaultdict[str, list[str]] = defaultdict(list)
        for key, story in self.story_of.items():
            self._documents_of[story].append(key)
        self._labels = explain.labels(self.documents)
        self._sentences = {key: sentences(d.text) for key, d in self.documents.items()}
        self.profiles = self._profiles()

    def facts(self, readings: Readings | None = None) -> list[Fact]:
        """All facts, sorted by id. A pair stands in one fact only. `readings`: what a second reader said of pairs."""
        readings = readings or {}
        by_story = self._by_story()
        found: dict[str, Fact] = {}
        seen: set[tuple[str, str]] = set()
        for story in sorted(by_story):
            for fact in self._story_facts(story, by_story[story], seen, readings):
                found.setdefault(fact.id, fact)
        for fact in self._attribute_facts():
            found.setdefault(fact.id, fact)
        for fact in self._contradictions(seen, readings):
            found.setdefault(fact.id, fact)
        for fact in statement_facts(self.claims, self.documents, self._labels, found.values(), readings):
            found.setdefault(fact.id, fact)
        return [found[key] for key in sorted(found)]

    def _attribute_facts(self) -> Iterator[Fact]:
        """Ranks and offices."""
        stated = [s for c in self.claims.values() if (s := attributes.attribute_of(c)) is not None]
        for members, verdicts in attributes.groups(stated, self.documents, self.links):
            by_id = {m.claim_id: m for m in members}
            relations = []
            for (a, b), verdict in sorted(verdicts.items()):
                relations.append(
                    Relation(
                        a=a,
                        b=b,
                        relation=verdict.relation,
                        discrepancy=verdict.discrepancy,
                        reason=explain.attribute_reason([by_id[a], by_id[b]], self._labels, verdict.relation),
                        finer={"a": a, "b": b, None: None}[verdict.finer],
                        evidence=(
                            f"one {'person' if by_id[a].kind == attributes.RANK else 'office'}: {by_id[a].entity}",
                        ),
                        rule=verdict.rule,
                    )
                )
            worst = min((r.relation for r in relations), key=GRAVITY.index)
            ids = tuple(sorted(by_id))
            entity = max((m.entity for m in members), key=lambda e: (len(e), e))
            yield Fact(
                id=fact_id(ids),
                about=f"{'rank of' if members[0].kind == attributes.RANK else 'who is'} {entity}",
                relation=worst,
                discrepancy=any(r.discrepancy for r in relations),
                reason=explain.attribute_reason(members, self._labels, worst),
                members=ids,
                relations=tuple(relations),
            )

    def _contradictions(self, seen: set[tuple[str, str]], readings: Readings) -> Iterator[Fact]:
        """Statements that gainsay each other in words, but for those that a second reader has judged."""
        found = polarity.contradictions(self.claims.values(), self.documents, self.links, self.rarity)
        for a, b, verdict in found:
            if (a.id, b.id) in seen or decides(readings.get((a.id, b.id, STATEMENT))):
                continue
            seen.add((a.id, b.id))
            reason = explain.contradiction_reason(a, b, self._labels, verdict.relation)
            relation = Relation(
                a=a.id,
                b=b.id,
                relation=verdict.relation,
                discrepancy=verdict.discrepancy,
                reason=reason,
                rule=verdict.rule,
            )
            yield Fact(
                id=fact_id((a.id, b.id)),
                about=f"whether {explain.clipped(a.quote if b.polarity is Polarity.NEGATED else b.quote)}",
                relation=verdict.relation,
                discrepancy=verdict.discrepancy,
                reason=reason,
                members=(a.id, b.id),
                relations=(relation,),
            )

    def _profiles(self) -> dict[Key, Profile]:
        """One profile for each value that a document states: where several claims hold it, the best of them.

        The best is the one whose own value it is: of a time, an event rather than a figure with a date.
        """
        best: dict[tuple[str, str, int, int], tuple[bool, str]] = {}
        found: dict[Key, Profile] = {}
        for claim in self.claims.values():
            document = self.documents[claim.document_id]
            for profile in profiles(claim, document, self._sentence(claim)):
                where = (profile.document_id, profile.slot, profile.start, profile.end)
                rank = (profile.slot == "time" and claim.quantity is not None, claim.id)
                if where in best:
                    if best[where] <= rank:
                        continue
                    del found[best[where][1], profile.slot]
                best[where] = rank
                found[claim.id, profile.slot] = profile
        return found

    def _story_facts(
        self, story: str, members: list[Profile], seen: set[tuple[str, str]], readings: Readings
    ) -> Iterator[Fact]:
        context = self._context(story, members)
        pairs = self._scored(members, context, readings)
        accepted = self._accepted(pairs)

        def rate(x: Key, y: Key) -> float | None:
            if self.profiles[x].document_id == self.profiles[y].document_id:
                return None
            pair = pairs.get((x, y) if x < y else (y, x))
            return pair.decision.score if pair else 0.0

        def may_join(x: Key, y: Key) -> bool:
            one, two = self.profiles[x], self.profiles[y]
            if one.document_id != two.document_id:
                return True
            verdict = compare_slots(one, two)
            return verdict.relation not in _APART

        scoped = [key for key, pair in accepted.items() if pair.verdict.relation is RelationKind.DIFFERENT_SCOPE]
        scores = {key: pair.decision.score for key, pair in accepted.items() if key not in scoped}
        groups = cluster.group(scores, rate, may_join)
        # A pair of claims stands in one fact: where their figures agree and their days differ, in that of the days.
        for keys in sorted(groups, key=lambda g: not _differs(g, accepted)):
            fact = self._fact(keys, pairs, context, seen)
            if fact is not None:
                yield fact
        for pair in sorted(scoped):  # two figures, not one: no fact grows from them
            fact = self._fact(list(pair), pairs, context, seen)
            if fact is not None:
                yield fact

    def _context(self, story: str, members: list[Profile]) -> score.StoryContext:
        terms = []
        for key in self._documents_of[story]:
            text = self.documents[key].text
            for span in self._sentences[key]:
                terms.append(frozenset(t.term for t in tokens(text[span.start : span.end]) if t.term))
        return score.StoryContext(self.rarity, terms, members)

    def evidence(self) -> Iterator[tuple[Profile, Profile, Verdict, dict[str, float]]]:
        """Every pair of comparable slots with its features: what the weights are trained on."""
        by_story = self._by_story()
        for story in sorted(by_story):
            context = self._context(story, by_story[story])
            for x, y, verdict, company in self._compared(by_story[story]):
                yield x, y, verdict, score.features(x, y, verdict, context, company)

    def scored(self) -> Iterator[tuple[Profile, Profile, Verdict, float]]:
        """Every pair of comparable slots with its score, without the differing ones that an equal partner settles."""
        by_story = self._by_story()
        for story in sorted(by_story):
            pairs = self._scored(by_story[story], self._context(story, by_story[story]), {})
            settled = self._settled(pairs)
            for (x, y), pair in pairs.items():
                one, two = self.profiles[x], self.profiles[y]
                if score.same_value(pair.verdict) or not ({(x, two.document_id), (y, one.document_id)} & settled):
                    yield one, two, pair.verdict, pair.decision.score

    def context_of(self, claim: Claim) -> tuple[str, str, str]:
        """The sentence before the one that holds the claim's value, this one, and the one after it."""
        spans, text = self._sentences[claim.document_id], self.documents[claim.document_id].text
        own = self._sentence(claim)
        index = bisect_right(spans, (own.start, len(text))) - 1
        if index < 0 or spans[index] != own:
            return "", text[own.start : own.end], ""
        around = [text[slice(*spans[i])] if 0 <= i < len(spans) else "" for i in (index - 1, index, index + 1)]
        return around[0], around[1], around[2]

    def _by_story(self) -> dict[str, list[Profile]]:
        by_story: defaultdict[str, list[Profile]] = defaultdict(list)
        for profile in self.profiles.values():
            by_story[self.story_of[profile.document_id]].append(profile)
        return by_story

    def _compared(self, members: list[Profile]) -> list[tuple[Profile, Profile, Verdict, int]]:
        """Pairs of comparable slots of linked documents, with the number of other values their sentences share."""
        compared = []
        shared: defaultdict[tuple[str, int, str, int], set[str]] = defaultdict(set)
        for x, y in candidates(members):
            if x.document_id == y.document_id:
                continue
            if (min(x.document_id, y.document_id), max(x.document_id, y.document_id)) not in self.links:
                continue
            verdict = compare_slots(x, y)
            if verdict.relation is RelationKind.UNRELATED:
                continue
            compared.append((x, y, verdict))
            if score.same_value(verdict):
                shared[_places(x, y)].add(f"{x.sort} {min(x.value, y.value)}")
        return [(x, y, v, len(shared[_places(x, y)]) - (1 if score.same_value(v) else 0)) for x, y, v in compared]

    def _scored(
        self, members: list[Profile], context: score.StoryContext, readings: Readings
    ) -> dict[tuple[Key, Key], Pair]:
        found = {}
        for x, y, verdict, company in self._compared(members):
            decision = score.decide(x, y, verdict, context, company)
            reading = readings.get((x.claim_id, y.claim_id, x.slot))
            if reading is not None:
                decision = judged(decision, reading)
            found[(x.claim_id, x.slot), (y.claim_id, y.slot)] = Pair(verdict, decision)
        return found

    def _settled(self, pairs: Mapping[tuple[Key, Key], Pair]) -> set[tuple[Key, str]]:
        """(slot, other document) where the slot has an equal partner."""
        settled: set[tuple[Key, str]] = set()
        for (x, y), pair in pairs.items():
            slot = self.profiles[x].slot
            if score.same_value(pair.verdict) and pair.decision.score >= score.threshold(slot, pair.verdict):
                settled |= {(x, self.profiles[y].document_id), (y, self.profiles[x].document_id)}
        return settled

    def _accepted(self, pairs: Mapping[tuple[Key, Key], Pair]) -> dict[tuple[Key, Key], Pair]:
        """The pairs that pass, without the differing ones whose claims have an equal partner in the other article."""
        settled = self._settled(pairs)
        passed = {
            (x, y): pair
            for (x, y), pair in pairs.items()
            if pair.decision.score >= score.threshold(self.profiles[x].slot, pair.verdict)
        }
        return {
            (x, y): pair
            for (x, y), pair in passed.items()
            if score.same_value(pair.verdict)
            or is_vague(self.profiles[x])
            or is_vague(self.profiles[y])
            or not ((x, self.profiles[y].document_id) in settled or (y, self.profiles[x].document_id) in settled)
        }

    def _fact(
        self,
        keys: list[Key],
        pairs: Mapping[tuple[Key, Key], Pair],
        context: score.StoryContext,
        seen: set[tuple[str, str]],
    ) -> Fact | None:
        relations = []
        for x, y in combinations(keys, 2):
            pair = pairs.get((x, y))
            if pair is None or (x[0], y[0]) in seen or x[0] == y[0]:
                continue
            seen.add((x[0], y[0]))
            relations.append(self._relation(self.profiles[x], self.profiles[y], pair))
        if not relations:
            return None
        involved = {r.a for r in relations} | {r.b for r in relations}
        members = [self.profiles[k] for k in keys if k[0] in involved]
        worst = min((r.relation for r in relations), key=GRAVITY.index)
        finer = next((r.finer for r in relations if r.relation is worst and r.finer), None)
        ids = tuple(sorted({p.claim_id for p in members}))
        return Fact(
            id=fact_id(ids),
            about=explain.about(members, self._shared_words(members, context)),
            relation=worst,
            discrepancy=any(r.discrepancy for r in relations),
            reason=explain.reason(members, self.claims, self._labels, worst, finer, self._voices(ids)),
            members=ids,
            slot=members[0].slot,
            relations=tuple(sorted(relations, key=lambda r: (r.a, r.b))),
        )

    def _voices(self, members: Iterable[str]) -> dict[str, str]:
        return voices.voices((self.claims[m] for m in members), self._copies)

    def _relation(self, x: Profile, y: Profile, pair: Pair) -> Relation:
        verdict = self._in_time(x, y, pair.verdict)
        finer = {"a": x.claim_id, "b": y.claim_id, None: None}[verdict.finer]
        return Relation(
            a=x.claim_id,
            b=y.claim_id,
            relation=verdict.relation,
            discrepancy=verdict.discrepancy,
            reason=explain.reason([x, y], self.claims, self._labels, verdict.relation, finer),
            finer=finer,
            score=round(pair.decision.score, 4),
            evidence=pair.decision.evidence,
            rule=verdict.rule,
        )

    def _in_time(self, x: Profile, y: Profile, verdict: Verdict) -> Verdict:
        """Figures that differ because they are stated as of different times are an update, not a discrepancy.

        So it is when one outlet tells another figure on another day, when a count that grows with the event has grown,
        when the figures bear different times, and when the later one is said to be a state that has changed.
        """
        if verdict.relation not in (RelationKind.CONFLICT, RelationKind.REFINE, RelationKind.OVERLAP):
            return verdict
        one, two = self.documents[x.document_id], self.documents[y.document_id]
        if x.quantity is None or y.quantity is None or one.published_at is None or two.published_at is None:
            return verdict
        if one.published_at == two.published_at:
            return verdict
        earlier, later = (x, y) if one.published_at < two.published_at else (y, x)
        if one.source is not None and one.source == two.source:
            return Verdict(RelationKind.UPDATE, False, "same_outlet_later")
        low, high = _lowest(earlier), _lowest(later)
        if low is not None and high is not None and low < high and _growing(earlier) and _growing(later):
            return Verdict(RelationKind.UPDATE, False, "growing_count")
        told = self.documents[later.document_id].text[later.place : later.end]
        final = verdict.relation is RelationKind.CONFLICT and _FINAL.search(told)
        changed = final or _CHANGED.search(self.claims[later.claim_id].quote)
        if changed and not self._former(later):
            return Verdict(RelationKind.UPDATE, False, "changed_since")
        times = [self.claims[p.claim_id].time for p in (x, y)]
        days = [t.earliest for t in times if t is not None and t.earliest is not None]
        if len(days) == 2 and days[0] != days[1]:
            return Verdict(RelationKind.UPDATE, False, "other_time")
        return verdict

    def _former(self, profile: Profile) -> bool:
        """The value is told as what once was: "down from a peak of 84,000"."""
        text = self.documents[profile.document_id].text
        return _FROM.search(text, max(profile.place, profile.start - _FROM_REACH), profile.start) is not None

    def _shared_words(self, members: Sequence[Profile], context: score.StoryContext) -> list[str]:
        """Up to four words, as the first member's sentence has them, that most members have near their value."""
        counts: defaultdict[str, int] = defaultdict(int)
        for profile in members:
            for term in profile.sentence:
                counts[term] += 1
        often = [t for t, n in counts.items() if n * 2 > len(members)]
        best = set(sorted(often, key=lambda t: (-context.weight(t) * counts[t], t))[:4])
        first = members[0]
        span = self._sentence(self.claims[first.claim_id])
        text = self.documents[first.document_id].text[span.start : span.end]
        words = {t.term: t.word for t in reversed(tokens(text)) if t.term in best}
        order = [t.term for t in tokens(text) if t.term in best]
        return [words[t] for t in dict.fromkeys(order) if t]

    def _sentence(self, claim: Claim) -> Span:
        """The sentence that holds the claim's value, else its quote."""
        spans = self._sentences[claim.document_id]
        value = claim.quantity or claim.time
        position = claim.start
        if value is not None and claim.start <= value.start < claim.end:
            position = value.start
        index = bisect_right(spans, (position, len(self.documents[claim.document_id].text))) - 1
        if index >= 0 and spans[index].start <= position < spans[index].end:
            return spans[index]
        return Span(claim.start, claim.end)


def candidates(members: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """The pairs that share a key, the smaller (claim id, slot) first, each once, in order.

    A key that very many slots share tells nothing and would cost their square: it proposes no pair.
    """
    by_key: defaultdict[str, list[Profile]] = defaultdict(list)
    for profile in sorted(members, key=lambda p: (p.claim_id, p.slot)):
        for key in keys(profile):
            by_key[key].append(profile)
    seen = set()
    for key in sorted(by_key):
        if len(by_key[key]) > MOST_PER_KEY:
            continue
        for x, y in combinations(by_key[key], 2):
            mark = (x.claim_id, y.claim_id, x.slot)
            if mark not in seen:
                seen.add(mark)
                yield x, y


def keys(profile: Profile) -> frozenset[str]:
    """What two slots must share, one at least, to be compared: a value, or a word close to the value."""
    kind = f"{profile.slot}|{profile.sort}|"
    figure = f"{profile.slot}|{profile.sort.removesuffix(':change')}|={profile.value}"
    close = sorted(profile.near, key=lambda t: (-profile.near[t], t))[:NEAREST]
    words = {*close, *profile.head, *profile.subject}
    return frozenset({figure, *(f"{kind}{w}" for w in words if not light(w))} | _rough(profile, kind))


def _rough(profile: Profile, kind: str) -> set[str]:
    """Keys that a figure shares with its roundings and its complement, and a day with its week and month."""
    if profile.time is not None:
        day = profile.time.earliest
        return set() if day is None else {f"{kind}~{day.year}-{day.month}"}
    quantity = profile.quantity
    figure = figure_of(quantity) if quantity is not None else None
    if quantity is None or figure is None or figure == 0:
        return set()
    found = {f"{kind}~{math.floor(math.log10(abs(figure)) * 8 + shift):d}" for shift in (0.0, 0.5)}
    if profile.sort == "share":
        found |= {f"{kind}%{round(min(figure, 100 - figure)):d}"}
    return found


def _places(x: Profile, y: Profile) -> tuple[str, int, str, int]:
    """The two sentences of a pair."""
    return x.document_id, x.place, y.document_id, y.place


def compare_slots(x: Profile, y: Profile) -> Verdict:
    """The relation of two slots' values."""
    if x.quantity is not None and y.quantity is not None:
        if complementary(x.quantity, y.quantity):
            if x.negated != y.negated:
                return Verdict(RelationKind.AGREE, False, "complement")
            return Verdict(RelationKind.UNRELATED, False, "complement")
        if x.sort == "share" and x.negated != y.negated:
            return Verdict(RelationKind.UNRELATED, False, "negation")  # the share that did, and that which did not
        verdict = compare_quantities(x.quantity, y.quantity)
        if verdict.discrepancy and score.other_scope(x, y):
            return Verdict(RelationKind.DIFFERENT_SCOPE, False, "other_scope")
        return verdict
    if x.time is not None and y.time is not None:
        one, two = x.time, y.time
        if x.ahead is not None and x.ahead == two.earliest:
            one = one.model_copy(update={"earliest": x.ahead, "latest": x.ahead})
        if y.ahead is not None and y.ahead == x.time.earliest:
            two = two.model_copy(update={"earliest": y.ahead, "latest": y.ahead})
        return compare_times(one, two)
    return Verdict(RelationKind.UNRELATED, False, "not_comparable")


def _differs(keys: Sequence[Key], accepted: Mapping[tuple[Key, Key], Pair]) -> bool:
    """Some of the values differ."""
    found = (accepted.get(pair) for pair in combinations(keys, 2))
    return any(pair is not None and pair.verdict.discrepancy for pair in found)


def _lowest(profile: Profile) -> float | None:
    quantity = profile.quantity
    return None if quantity is None else quantity.low if quantity.low is not None else quantity.value


def _growing(profile: Profile) -> bool:
    return not GROWING.isdisjoint(profile.head) or not GROWING.isdisjoint(profile.near)


def fact_id(members: Iterable[str]) -> str:
    """The id of a fact: a hash of its members' ids."""
    return sha256("\n".join(sorted(members)).encode()).hexdigest()[:16]
