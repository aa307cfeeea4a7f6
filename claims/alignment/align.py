"""Claims → facts with their relations. Pure: the same claims and documents give the same bytes, in whatever order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from claims.alignment import dates, stories
from claims.alignment.adjudicate import Readings
from claims.alignment.article import Article
from claims.alignment.cluster import Key
from claims.alignment.compare import Verdict
from claims.alignment.facts import Writer
from claims.alignment.features import Profile
from claims.alignment.rarity import Rarity
from claims.alignment.story import Story
from claims.models import Claim, Document, Fact


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
        told = {key: documents[key] for key in sorted({c.document_id for c in claims})}
        if rarity is None or links is None:
            digests = {key: stories.digest(d) for key, d in told.items()}
            rarity = Rarity.of(d.terms for d in digests.values())
            links = stories.link(digests, rarity)
        self.links = links
        self.documents = dates.settle_documents(told, sorted(links))
        in_order = sorted(claims, key=lambda c: c.id)
        self.claims = {c.id: c for c in dates.settle_claims(in_order, told, self.documents)}
        self._articles = {key: Article(d) for key, d in self.documents.items()}
        self.rarity = rarity.within(set().union(*(terms for a in self._articles.values() for terms in a.terms)))
        self._stories = self._read()

    def facts(self, readings: Readings | None = None) -> list[Fact]:
        """All facts, sorted by id. A pair stands in one fact only. `readings`: what a second reader said of pairs."""
        writer = Writer(self.claims, self._articles, rarity=self.rarity, links=self.links)
        return writer.facts(self._stories, readings or {})

    def evidence(self) -> Iterator[tuple[Profile, Profile, Verdict, dict[str, float]]]:
        """Every pair of comparable slots with its features: what the weights are trained on."""
        for story in self._stories:
            yield from story.evidence()

    def scored(self) -> Iterator[tuple[Profile, Profile, Verdict, float]]:
        """Every pair of comparable slots with its score, without the differing ones that an equal partner settles."""
        for story in self._stories:
            yield from story.open_pairs(story.pairs({}))

    def context_of(self, claim: Claim) -> tuple[str, str, str]:
        """The sentence before the one that holds the claim's value, this one, and the one after it."""
        return self._articles[claim.document_id].around(claim)

    def _read(self) -> list[Story]:
        """The stories that have values, in order."""
        story_of = stories.stories(self.documents, self.links)
        claims: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims.values():
            claims[claim.document_id].append(claim)
        members: defaultdict[str, dict[Key, Profile]] = defaultdict(dict)
        terms: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        for key, article in self._articles.items():
            members[story_of[key]] |= article.profiles(claims[key])
            terms[story_of[key]] += article.terms
        return [
            Story(list(members[key].values()), terms[key], self.rarity, self.links)
            for key in sorted(members)
            if members[key]
        ]
