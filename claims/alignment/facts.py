"""Groups of claims → facts, with their relations, labels and reasons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import combinations

from claims.alignment import attributes, explain, labels, places, polarity, score, voices
from claims.alignment.adjudicate import STATEMENT, Readings, decides
from claims.alignment.adjudicated import statement_facts
from claims.alignment.article import Article
from claims.alignment.cluster import Key
from claims.alignment.features import Profile
from claims.alignment.rarity import Rarity
from claims.alignment.story import Pair, Pairs, Story
from claims.alignment.verdicts import GRAVITY, in_time
from claims.models import Claim, Document, Fact, Polarity, Relation

Seen = set[tuple[str, str]]
"""Pairs of claims that stand in a fact already: each stands in one only."""


class Writer:
    """Makes the facts of linked documents: of figures and times, of ranks and offices, and of statements."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        articles: Mapping[str, Article],
        *,
        rarity: Rarity,
        links: set[tuple[str, str]],
    ) -> None:
        self._claims = claims
        self._articles = articles
        self._documents: dict[str, Document] = {key: article.document for key, article in articles.items()}
        self._rarity, self._links = rarity, links
        self._labels = explain.labels(self._documents)
        self._copies = voices.Copies(self._documents)
        self._sayings: dict[Key, explain.Saying] = {}

    def facts(self, stories: Iterable[Story], readings: Readings) -> list[Fact]:
        """All facts, sorted by id. `readings`: what a second reader said of pairs."""
        found: dict[str, Fact] = {}
        seen: Seen = set()
        placed = list(places.groups(self._claims.values(), self._documents, self._links, self._rarity))
        elsewhere = {pair for _, verdicts in placed for pair, verdict in verdicts.items() if verdict.discrepancy}
        for story in stories:
            pairs = story.pairs(readings)
            for keys in story.groups(pairs):
                fact = self._of_values(story, keys, pairs, seen, elsewhere)
                if fact is not None:
                    found.setdefault(fact.id, fact)
        for fact in self._of_attributes():
            found.setdefault(fact.id, fact)
        for fact in self._of_places(placed, seen, readings):
            found.setdefault(fact.id, fact)
        for fact in self._of_contradictions(seen, readings):
            found.setdefault(fact.id, fact)
        for fact in statement_facts(self._claims, self._documents, self._labels, found.values(), readings):
            found.setdefault(fact.id, fact)
        return [found[key] for key in sorted(found)]

    def _of_values(self, story: Story, keys: list[Key], pairs: Pairs, seen: Seen, elsewhere: Seen) -> Fact | None:
        relations = []
        for x, y in combinations(keys, 2):
            pair = pairs.get((x, y))
            if pair is None or (x[0], y[0]) in seen or x[0] == y[0]:
                continue
            if (x[0], y[0]) in elsewhere and not pair.verdict.discrepancy:
                continue  # that their days agree is no news where their places differ
            seen.add((x[0], y[0]))
            relations.append(self._relation(pair))
        if not relations:
            return None
        involved = {r.a for r in relations} | {r.b for r in relations}
        members = [story.profiles[k] for k in keys if k[0] in involved]
        worst = min((r.relation for r in relations), key=GRAVITY.index)
        finer = next((r.finer for r in relations if r.relation is worst and r.finer), None)
        sayings = [self._saying(p) for p in members]
        ids = tuple(sorted({p.claim_id for p in members}))
        differ = any(r.discrepancy for r in relations)
        return Fact(
            id=fact_id(ids),
            about=labels.about(members, self._claims, lambda: self._shared_words(members, story)),
            relation=worst,
            discrepancy=differ,
            reason=explain.reason(
                sayings,
                worst,
                None if finer is None else self._labels[self._claims[finer].document_id],
                lambda: self._voices(ids),
                differ=differ,
            ),
            members=ids,
            slot=members[0].slot,
            relations=tuple(sorted(relations, key=lambda r: (r.a, r.b))),
        )

    def _voices(self, members: Iterable[str]) -> dict[str, str]:
        return voices.voices((self._claims[m] for m in members), self._copies)

    def _relation(self, pair: Pair) -> Relation:
        x, y = pair.x, pair.y
        verdict = in_time(x, y, pair.verdict, self._claims, self._documents)
        if verdict.discrepancy and places.elsewhere(self._claims[x.claim_id], self._claims[y.claim_id]):
            verdict = places.TWO_PLACES
        one, two = self._saying(x), self._saying(y)
        return Relation(
            a=x.claim_id,
            b=y.claim_id,
            relation=verdict.relation,
            discrepancy=verdict.discrepancy,
            reason=explain.reason(
                (one, two), verdict.relation, explain.finer_source(one, two, verdict), differ=verdict.discrepancy
            ),
            finer=None if verdict.finer is None else x.claim_id if verdict.finer == "a" else y.claim_id,
            score=round(pair.decision.score, 4),
            evidence=(*score.told(pair.evidence), *pair.decision.evidence),
            rule=verdict.rule,
        )

    def _saying(self, profile: Profile) -> explain.Saying:
        key = profile.claim_id, profile.slot
        found = self._sayings.get(key)
        if found is None:
            claim = self._claims[profile.claim_id]
            found = self._sayings[key] = explain.saying(profile, claim, self._labels[profile.document_id])
        return found

    def _shared_words(self, members: Sequence[Profile], story: Story) -> list[str]:
        """Up to four words, as the first member's sentence has them, that most members have near their value."""
        counts: defaultdict[str, int] = defaultdict(int)
        for profile in members:
            for term in profile.sentence:
                counts[term] += 1
        often = [t for t, n in counts.items() if n * 2 > len(members)]
        best = set(sorted(often, key=lambda t: (-story.context.weights[t] * counts[t], t))[:4])
        first = members[0]
        article = self._articles[first.document_id]
        told = article.words(article.sentence_of(self._claims[first.claim_id]))
        words = {t.term: t.word for t in reversed(told) if t.term in best}
        order = [t.term for t in told if t.term in best]
        return [words[t] for t in dict.fromkeys(order) if t]

    def _of_attributes(self) -> Iterator[Fact]:
        """Ranks and offices."""
        stated = [s for c in self._claims.values() if (s := attributes.attribute_of(c)) is not None]
        for members, verdicts in attributes.groups(stated, self._documents, self._links):
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
                            f"one {'person' if by_id[a].kind == attributes.RANK else 'office'}: {by_id[a].shown}",
                        ),
                        rule=verdict.rule,
                    )
                )
            worst = min((r.relation for r in relations), key=GRAVITY.index)
            ids = tuple(sorted(by_id))
            entity = max((m.shown for m in members), key=lambda e: (len(e), e))
            yield Fact(
                id=fact_id(ids),
                about=f"{'rank of' if members[0].kind == attributes.RANK else 'who is'} {entity}",
                relation=worst,
                discrepancy=any(r.discrepancy for r in relations),
                reason=explain.attribute_reason(members, self._labels, worst),
                members=ids,
                relations=tuple(relations),
            )

    def _of_places(self, placed: Iterable[places.Placed], seen: Seen, readings: Readings) -> Iterator[Fact]:
        """Events that articles put in places of which two cannot both be theirs."""
        for members, verdicts in placed:
            own = {
                pair: verdict
                for pair, verdict in verdicts.items()
                if pair not in seen and not decides(readings.get((*pair, STATEMENT)))
            }
            if not any(verdict.discrepancy for verdict in own.values()):
                continue
            seen.update(own)
            by_id = {m.id: m for m in members if any(m.id in pair for pair in own)}
            relations = tuple(
                Relation(
                    a=a,
                    b=b,
                    relation=verdict.relation,
                    discrepancy=verdict.discrepancy,
                    reason=explain.place_reason([by_id[a], by_id[b]], self._labels, verdict),
                    finer={"a": a, "b": b, None: None}[verdict.finer],
                    evidence=("one event, in nearly the same words",),
                    rule=verdict.rule,
                )
                for (a, b), verdict in sorted(own.items())
            )
            worst = min((v for v in own.values()), key=lambda v: GRAVITY.index(v.relation))
            ids = tuple(sorted(by_id))
            yield Fact(
                id=fact_id(ids),
                about=min((labels.where(m) for m in by_id.values()), key=lambda label: (len(label), label)),
                relation=worst.relation,
                discrepancy=True,
                reason=explain.place_reason(list(by_id.values()), self._labels, worst, self._voices(ids)),
                members=ids,
                relations=relations,
                slot=places.PLACE,
            )

    def _of_contradictions(self, seen: Seen, readings: Readings) -> Iterator[Fact]:
        """Statements that gainsay each other in words, but for those that a second reader has judged."""
        found = polarity.contradictions(self._claims.values(), self._documents, self._links, self._rarity)
        for first, second, verdict in found:
            a, b = sorted((first, second), key=lambda c: c.id)
            if (a.id, b.id) in seen or decides(readings.get((a.id, b.id, STATEMENT))):
                continue
            seen.add((a.id, b.id))
            reason = explain.contradiction_reason(first, second, self._labels, verdict.relation)
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
                about=f"whether {explain.clipped((second if first.polarity is Polarity.NEGATED else first).quote)}",
                relation=verdict.relation,
                discrepancy=verdict.discrepancy,
                reason=reason,
                members=(a.id, b.id),
                relations=(relation,),
            )


def fact_id(members: Iterable[str]) -> str:
    """The id of a fact: a hash of its members' ids."""
    return sha256("\n".join(sorted(members)).encode()).hexdigest()[:16]
