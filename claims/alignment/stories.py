"""Which documents tell one story: only claims of such documents are ever compared.

Two documents are linked when their rare terms overlap enough. The nearer their dates, the less overlap is asked for:
outlets that write on one day about the same people write about one event, while the same people a year later do not.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz import fuzz, process

from claims.alignment.rarity import Rarity
from claims.alignment.words import counted_terms, inner_names, light, plain, term_of, tokens
from claims.models import Document
from claims.normalisation.names.same import skeleton

# (largest distance of the dates in days, cosine asked for, proposing terms that must be shared); beyond the last row
# documents are not linked.
LADDER: tuple[tuple[int, float, int], ...] = ((3, 0.10, 1), (14, 0.16, 1), (45, 0.24, 2), (400, 0.42, 3))
UNDATED = 0.22
MOST_DAYS = LADDER[-1][0]
# Terms per document that may propose a partner: the weightiest ones that another document holds, with their equals.
PROPOSERS = 25
# The similarity of two spellings of one name (rapidfuzz, 0 to 100).
_NEARLY = 84
# Names of at most so many letters have no other spellings.
_SHORT = 3
# Marks the consonants of a name as a term of its own, by which its spellings meet.
SPELLING = "~"
# A word of the title counts as often as this in the text.
_TITLE = 4
# Marks a figure as a term of its own.
FIGURE = "#"
_FIGURE = re.compile(
    r"(\d(?<![\w.,:-]\d)[\d,]*(?:\.\d+)?)(?![\d:])"
    r"(?:[ -]?((?:percent|per cent|million|billion|trillion|m|bn|tn)\b|%))?",
    re.IGNORECASE,
)
_SCALES = {"%": "percent", "per cent": "percent", "m": "million", "bn": "billion", "tn": "trillion"}
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_TELLING = 3  # significant digits of a figure that tells a story, one less with a unit or a comma
_CONSONANTS = re.compile(r"[^aeiou]")
# How much more two documents must share where no name stands in both.
NAMELESS = 1.5
# A term that more documents have among their rarest proposes nothing: it would cost the square of their number.
MOST_PER_TERM = 400
# Parts of one unit of weight. Weights are whole numbers, so that their sums are the same in any order, and in SQL.
SCALE = 64


class Digest(NamedTuple):
    """What is kept of a document for linking: its terms with their counts, and its date."""

    terms: Mapping[str, int]
    names: frozenset[str]
    published_at: date | None


def digest(document: Document) -> Digest:
    """The terms of title and text, and the names: words with a capital that no start of a sentence explains."""
    found = inner_names(document.text)
    terms = counted_terms(document.text)
    title = [t for t in tokens(document.title or "") if t.term]
    for token in title:
        if token.term:
            terms[token.term] += _TITLE
    if any(not t.name for t in title[1:]):  # else all of it is in capitals
        found += [t.word for t in title[1:] if t.name]
    # By their whole words: a stem may have lost the end by which spellings of a name meet.
    told = {(term, plain(word)) for word in set(found) if (term := term_of(word)) and not light(term)}
    names = {term for term, _ in told}
    for name, word in sorted(told):
        if len(word) > _SHORT:
            for key in _spellings(word):
                terms[key] += terms[name]
    figures = Counter(_figures(document.text))
    terms.update(figures)
    if names:
        names |= figures.keys()
    return Digest(terms, frozenset(names), document.published_at)


def _figures(text: str) -> list[str]:
    """The figures of a text that are rarely alike by chance, each as a term: no years, no few of anything."""
    found = []
    for number, unit in _FIGURE.findall(text):
        digits = number.replace(",", "").replace(".", "").strip("0")
        if len(digits) < _TELLING - bool(unit or not number.isdigit()) or _YEAR.fullmatch(number):
            continue
        found.append(f"{FIGURE}{number.replace(',', '')}{_SCALES.get(unit.lower(), unit.lower())}")
    return found


@lru_cache(maxsize=50_000)
def _spellings(name: str) -> tuple[str, str]:
    """What spellings of a name have in common: its consonants, or its vowels."""
    return SPELLING + skeleton(name), SPELLING + _vowels(name)


def _vowels(name: str) -> str:
    """The first letter and the vowels, capital: what is left where a consonant was dropped or put in."""
    return name[0].upper() + _CONSONANTS.sub("", name[1:]).upper()


class Vector(NamedTuple):
    """The terms of a document, weighted by count and rarity in `SCALE`ths, and the square of the vector's length."""

    weights: dict[str, int]
    square: int


def link(digests: Mapping[str, Digest], rarity: Rarity) -> set[tuple[str, str]]:
    """The linked pairs (a < b) of documents. Independent of order.

    Only documents that share one of their rarest terms are compared, so the work follows the stories, not the square
    of the corpus. `claims.store.corpus` does the same in SQL.
    """
    keys = sorted(digests)
    vectors = [vector(digests[key], rarity) for key in keys]
    proposed = [proposers(v, rarity) for v in vectors]
    postings: dict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(proposed):
        for term in terms:
            postings[term].append(number)
    found = set()
    for number, terms in enumerate(proposed):
        partners: Counter[int] = Counter()
        for term in terms:
            if len(postings[term]) <= MOST_PER_TERM:
                partners.update(postings[term])
        one = digests[keys[number]]
        for other, shared in partners.items():
            if other > number:
                two = digests[keys[other]]
                if linked(one, vectors[number], two, vectors[other], shared):
                    found.add((keys[number], keys[other]))
    return found


def linked(a: Digest, vector_a: Vector, b: Digest, vector_b: Vector, shared: int) -> bool:
    """Whether two documents tell one story: near in time, and rare terms in common, more without a common name.

    `shared` is the number of proposing terms of both.
    """
    need, least = asked(a, b)
    if need == math.inf or shared < least:
        return False
    found = cosine(vector_a, vector_b)
    return found >= need and (found >= NAMELESS * need or share_a_name(a.names, b.names))


def share_a_name(a: frozenset[str], b: frozenset[str]) -> bool:
    """Some name stands in both, in one spelling or nearly; true as well where one of them names nobody."""
    if not a or not b or not a.isdisjoint(b):
        return True
    # Of as many names, the first in order are the few: whoever asks, the answer is the same.
    few, many = sorted((a, b), key=len) if len(a) != len(b) else sorted((a, b), key=sorted)
    return any(
        process.extractOne(n, many, scorer=fuzz.ratio, score_cutoff=_NEARLY)
        for n in sorted(few)
        if len(n) > 4 and n[0] != FIGURE
    )


def asked(a: Digest, b: Digest) -> tuple[float, int]:
    """The cosine that two documents need, infinite where their dates lie too far apart, and the least number of
    proposing terms that they share."""
    if a.published_at is None or b.published_at is None:
        return UNDATED, 1
    distance = abs((a.published_at - b.published_at).days)
    if distance > MOST_DAYS:
        return math.inf, 1
    return next((need, shared) for days, need, shared in LADDER if distance <= days)


def stories(documents: Iterable[str], links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Document → the story it belongs to: the smallest id among the documents it is linked with, directly or not."""
    parent = {d: d for d in documents}

    def find(x: str) -> str:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b in links:
        ra, rb = find(a), find(b)
        if ra != rb:
            parent[max(ra, rb)] = min(ra, rb)
    return {d: find(d) for d in parent}


def cosine(a: Vector, b: Vector) -> float:
    """Of two documents, in [0, 1]; 0 where one has no terms of any weight."""
    few, many = (a.weights, b.weights) if len(a.weights) < len(b.weights) else (b.weights, a.weights)
    dot = sum([few[term] * many[term] for term in few.keys() & many.keys()])
    return dot / math.sqrt(float(a.square) * float(b.square)) if dot else 0.0


def vector(digest: Digest, rarity: Rarity) -> Vector:
    """The weights of the terms of a document; terms of no weight are left out."""
    weights = {}
    for term, count in digest.terms.items():
        weight = math.floor(SCALE * growth(count) * rarity(term) + 0.5)
        if weight:
            weights[term] = weight
    return Vector(weights, sum([w * w for w in weights.values()]))


def growth(count: int) -> float:
    """What the number of times that a document holds a term makes of the term's weight."""
    return 1 + math.log(count)


def proposers(vector: Vector, rarity: Rarity) -> list[str]:
    """The terms by which a document may propose others."""
    weights = {term: w for term, w in vector.weights.items() if rarity.documents(term) > 1}
    least = min(nlargest(PROPOSERS, weights.values()), default=0)
    return [term for term, w in weights.items() if w >= least]
