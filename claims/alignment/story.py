"""One story: its pairs of slots, scored, and the groups of slots that are about one fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from claims.alignment import cluster, score
from claims.alignment.adjudicate import Reading, Readings, judged
from claims.alignment.candidates import candidates
from claims.alignment.cluster import Key
from claims.alignment.compare import Verdict
from claims.alignment.evidence import Around
from claims.alignment.features import Profile, is_vague
from claims.alignment.rarity import Rarity
from claims.alignment.verdicts import APART, compare_slots
from claims.models import RelationKind


class Company:
    """What the articles hold besides each pair: the values that their sentences share, and other partners of both."""

    def __init__(self) -> None:
        self._values: defaultdict[tuple[str, int, str, int], set[str]] = defaultdict(set)
        self._partners: defaultdict[tuple[str, int, str, str], set[int]] = defaultdict(set)

    def add(self, x: Profile, y: Profile, verdict: Verdict, *, same: bool) -> None:
        """Takes note of a pair."""
        if same:
            self._values[_places(x, y)].add(f"{x.sort} {min(x.value, y.value)}")
        if same or verdict.rule == "within":
            self._partners[_towards(x, y)].add(y.start)
            self._partners[_towards(y, x)].add(x.start)

    def around(self, x: Profile, y: Profile, *, same: bool) -> Around:
        """What there is besides this pair."""
        company = len(self._values.get(_places(x, y), ())) - (1 if same else 0)
        partners = self._partners
        alone = len(partners.get(_towards(x, y), ())) == 1 and len(partners.get(_towards(y, x), ())) == 1
        return Around(company, alone)


class Pair:
    """Two slots of one sort with the relation of their values. They are scored when the score is first asked for."""

    __slots__ = ("_company", "_context", "_decision", "_evidence", "_passes", "_reading", "same", "verdict", "x", "y")

    def __init__(
        self,
        x: Profile,
        y: Profile,
        verdict: Verdict,
        context: score.StoryContext,
        company: Company,
        reading: Reading | None,
    ) -> None:
        self.x, self.y, self.verdict = x, y, verdict
        self.same = score.same_value(verdict)
        self._context, self._company, self._reading = context, company, reading
        self._evidence: score.Evidence | None = None
        self._decision: score.Decision | None = None
        self._passes: bool | None = None

    @property
    def evidence(self) -> score.Evidence:
        """What speaks for and against one fact."""
        if self._evidence is None:
            around = self._company.around(self.x, self.y, same=self.same)
            self._evidence = score.Evidence(self.x, self.y, self.verdict, self._context, around)
        return self._evidence

    @property
    def decision(self) -> score.Decision:
        """The score, and what a second reader said."""
        if self._decision is None:
            found = score.decided(self.evidence)
            self._decision = found if self._reading is None else judged(found, self._reading)
        return self._decision

    def passes(self) -> bool:
        """Its score is one of pairs about one fact."""
        if self._passes is None:
            self._passes = self.decision.score >= score.threshold(self.x.slot, self.verdict)
        return self._passes


Pairs = Mapping[tuple[Key, Key], Pair]


class Story:
    """The slots of one story, what its documents share, and which of them are linked."""

    def __init__(
        self,
        members: Sequence[Profile],
        sentences: Iterable[frozenset[str]],
        rarity: Rarity,
        links: set[tuple[str, str]],
    ) -> None:
        self.members = members
        self.profiles: dict[Key, Profile] = {(p.claim_id, p.slot): p for p in members}
        self.context = score.StoryContext(rarity, sentences, members)
        self._links = links

    def groups(self, pairs: Pairs) -> list[list[Key]]:
        """The groups of slots that are about one fact, those with a differing value first."""
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
            pair = pairs.get((x, y) if x < y else (y, x))
            verdict = compare_slots(one, two) if pair is None else pair.verdict
            return verdict.relation not in APART

        scoped = [key for key, pair in accepted.items() if pair.verdict.relation is RelationKind.DIFFERENT_SCOPE]
        scores = {key: pair.decision.score for key, pair in accepted.items() if key not in scoped}
        groups = cluster.group(scores, rate, may_join)
        # A pair of claims stands in one fact: where their figures agree and their days differ, in that of the days.
        groups.sort(key=lambda g: not _differs(g, accepted))
        return groups + [list(pair) for pair in sorted(scoped)]  # two figures, not one: no fact grows from them

    def evidence(self) -> Iterator[tuple[Profile, Profile, Verdict, dict[str, float]]]:
        """Every pair of comparable slots with its features."""
        for pair in self.pairs({}).values():
            yield pair.x, pair.y, pair.verdict, score.features(pair.evidence)

    def open_pairs(self, pairs: Pairs) -> Iterator[tuple[Profile, Profile, Verdict, float]]:
        """The pairs with their scores, without the differing ones that an equal partner settles."""
        settled = self._settled(pairs)
        for (x, y), pair in pairs.items():
            one, two = self.profiles[x], self.profiles[y]
            if pair.same or not ({(x, two.document_id), (y, one.document_id)} & settled):
                yield one, two, pair.verdict, pair.decision.score

    def pairs(self, readings: Readings) -> dict[tuple[Key, Key], Pair]:
        """The pairs of comparable slots of linked documents. `readings`: what a second reader said of pairs."""
        company, found = Company(), {}
        for x, y in candidates(self.members, self._links):
            verdict = compare_slots(x, y)
            if verdict.relation is RelationKind.UNRELATED or (verdict.discrepancy and self.context.adds_up(x, y)):
                continue
            reading = readings.get((x.claim_id, y.claim_id, x.slot)) if readings else None
            pair = Pair(x, y, verdict, self.context, company, reading)
            company.add(x, y, verdict, same=pair.same)
            found[(x.claim_id, x.slot), (y.claim_id, y.slot)] = pair
        return found

    def _settled(self, pairs: Pairs) -> set[tuple[Key, str]]:
        """(slot, other document) where the slot has an equal partner."""
        settled: set[tuple[Key, str]] = set()
        for (x, y), pair in pairs.items():
            if pair.same and pair.passes():
                settled.add((x, pair.y.document_id))
                settled.add((y, pair.x.document_id))
        return settled

    def _accepted(self, pairs: Pairs) -> dict[tuple[Key, Key], Pair]:
        """The pairs that pass, without the differing ones that have better partners in the other's article.

        An equal value is a better partner than any that differs; of these, one of the same scope, and then the one
        with the best score.
        """
        settled = self._settled(pairs)
        passing = {
            (x, y): pair
            for (x, y), pair in pairs.items()
            if (
                pair.same
                or not ((x, pair.y.document_id) in settled or (y, pair.x.document_id) in settled)
                or is_vague(pair.x)
                or is_vague(pair.y)
            )
            and pair.passes()
        }
        best: dict[tuple[str, int, str, str], tuple[bool, float, str]] = {}
        for pair in passing.values():
            if _exclusive(pair):
                of_one_scope = pair.verdict.relation is not RelationKind.DIFFERENT_SCOPE
                for one, two in ((pair.x, pair.y), (pair.y, pair.x)):
                    way = _towards(one, two)
                    best[way] = max(best.get(way, (False, 0.0, "")), (of_one_scope, pair.decision.score, two.value))

        def is_best(one: Profile, two: Profile) -> bool:
            return best[_towards(one, two)][-1] == two.value

        return {
            key: pair
            for key, pair in passing.items()
            if not _exclusive(pair) or (is_best(pair.x, pair.y) and is_best(pair.y, pair.x))
        }


def _exclusive(pair: Pair) -> bool:
    """The values differ, so that a value of an article has one counterpart in the other.

    Not so where one is vague ("hundreds") or a span of time: those hold many others.
    """
    if pair.same or pair.verdict.rule == "within":
        return False
    return not is_vague(pair.x) and not is_vague(pair.y)


def _places(x: Profile, y: Profile) -> tuple[str, int, str, int]:
    """The two sentences of a pair."""
    return x.document_id, x.place, y.document_id, y.place


def _towards(x: Profile, y: Profile) -> tuple[str, int, str, str]:
    """A slot by its place in its document, and the document of another."""
    return x.document_id, x.start, y.document_id, x.slot


def _differs(keys: Sequence[Key], accepted: Mapping[tuple[Key, Key], Pair]) -> bool:
    """Some of the values differ."""
    found = (accepted.get(pair) for pair in combinations(keys, 2))
    return any(pair is not None and pair.verdict.discrepancy for pair in found)
