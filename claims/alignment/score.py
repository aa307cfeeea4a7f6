"""Are two slots about one fact? A small linear model over readable evidence.

The weights are in `weights.json`; `benchmarks/train_alignment.py` makes them from labelled data. Each feature lies
roughly in [0, 1], so that a weight tells what its evidence is worth.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from claims.alignment.compare import Verdict
from claims.alignment.features import Profile, is_vague
from claims.alignment.intervals import Interval, figure_of, interval_of
from claims.alignment.rarity import Rarity
from claims.alignment.words import ANYBODY, light
from claims.models import QuantityKind, RelationKind

EQUAL = frozenset({RelationKind.AGREE, RelationKind.APPROXIMATE})


def same_value(verdict: Verdict) -> bool:
    """Both say the same, one perhaps with the hour."""
    return verdict.relation in EQUAL or verdict.rule == "same_day"


# What is left of the score of two values whose sentences share no word that says anything.
_BARE = 0.3
# And of figures that are told apart by their words: the dead and the injured.
_CONTRAST = 0.3
# The weight of a name that stands beside an age: the person whose age it is.
_BESIDE = 0.4


# Rows of contrasts that leave one thing measured, for another scope.
_SCOPES = frozenset({"span", "who", "floor"})
# Figures of these kinds are close by chance: they are few and small.
_ROUND = frozenset({QuantityKind.DURATION, QuantityKind.AGE, QuantityKind.RANK, QuantityKind.SCORE})
_CLOSE = 0.05  # of the larger figure

# Days between two articles within which they tell one event at one stage.
_ONE_DAY = 3


def of_one_day(x: Profile, y: Profile) -> bool:
    """The articles are of one day, nearly: then even a value alone says something."""
    return x.published is not None and y.published is not None and abs(x.published - y.published) <= _ONE_DAY


class Decision(NamedTuple):
    """`score` in (0, 1); `evidence` names what spoke for it, strongest first."""

    score: float
    evidence: tuple[str, ...]


class Measures(NamedTuple):
    """Lengths of a profile's weighted vectors of terms."""

    near: float
    near_corpus: float
    sentence: float
    clause: float
    clause_corpus: float


def _length(weights: Iterable[float]) -> float:
    """Euclidean; exact summation, so that the order of terms changes no bit."""
    return math.sqrt(math.fsum(w * w for w in weights))


class StoryContext:
    """What the documents of one story share: how often each term and each value occurs in them."""

    def __init__(self, rarity: Rarity, sentences: Iterable[frozenset[str]], profiles: Sequence[Profile]) -> None:
        self.rarity = rarity
        self._sentences: Counter[str] = Counter()
        self._total = 0
        for terms in sentences:
            self._total += 1
            self._sentences.update(terms)
        self._values: Counter[tuple[str, str, str]] = Counter()
        self._holders: defaultdict[tuple[str, str, str], list[Profile]] = defaultdict(list)
        self._figures: defaultdict[tuple[str, str], list[Profile]] = defaultdict(list)
        for profile in profiles:
            self._figures[profile.document_id, profile.sort].append(profile)
            self._holders[profile.document_id, profile.sort, profile.value].append(profile)
        for key in {(p.document_id, p.sort, p.value, p.place) for p in profiles}:
            self._values[key[:3]] += 1
        self._times = Counter(key[0] for key in {(p.document_id, p.place) for p in profiles if p.slot == "time"})
        self._weights: dict[str, float] = {}
        self._measures: dict[tuple[str, str], Measures] = {}

    def weight(self, term: str) -> float:
        """Rarity in the corpus, damped for a term that stands in most sentences of the story."""
        weight = self._weights.get(term)
        if weight is None:
            local = math.log((self._total + 2.0) / (self._sentences[term] + 0.5))
            weight = self._weights[term] = math.sqrt(max(0.0, local) * self.rarity(term))
        return weight

    def measures(self, profile: Profile) -> Measures:
        """The lengths of the profile's vectors, computed once."""
        key = profile.claim_id, profile.slot
        found = self._measures.get(key)
        if found is None:
            found = self._measures[key] = Measures(
                near=_length((v * self.weight(t) for t, v in profile.near.items())),
                near_corpus=_length((v * self.rarity(t) for t, v in profile.near.items())),
                sentence=_length(self.weight(t) for t in profile.sentence),
                clause=_length(self.weight(t) for t in profile.clause),
                clause_corpus=_length(self.rarity(t) for t in profile.clause),
            )
        return found

    def central(self, term: str) -> float:
        """How much of the story the term runs through: its share of the sentences, times three, at most 1."""
        return min(1.0, 3.0 * self._sentences[term] / max(1, self._total))

    def dominance(self, profile: Profile) -> float:
        """The share of the times of a document that are this one: the day of the main event is named most."""
        total = self._times[profile.document_id]
        return self.repeats(profile) / total if profile.slot == "time" and total else 0.0

    def stated(self, profile: Profile, document_id: str) -> bool:
        """The profile's value stands in that document too: then a differing value there is likely another fact's."""
        if is_vague(profile):
            return False
        found = self._holders.get((document_id, profile.sort, profile.value), ())
        return any(not _other_thing(profile, other) for other in found)

    def only(self, x: Profile, y: Profile) -> bool:
        """Each is the one figure of its article, in value, that measures what the other does."""
        return not (self._rivals(x, y) or self._rivals(y, x))

    def _rivals(self, x: Profile, y: Profile) -> bool:
        """Beside `y`, its article holds another value of what `x` measures."""
        others = self._figures.get((y.document_id, y.sort), ())
        return any(z.value != y.value and measured(x, z) for z in others)

    def lone(self, x: Profile, y: Profile) -> bool:
        """Neither article holds another value of that sort."""
        return all(z.value == p.value for p in (x, y) for z in self._figures.get((p.document_id, p.sort), ()))

    def repeats(self, profile: Profile) -> int:
        """In how many sentences of its document the value occurs."""
        return max(1, self._values[profile.document_id, profile.sort, profile.value])


def features(x: Profile, y: Profile, verdict: Verdict, story: StoryContext, company: int = 0) -> dict[str, float]:
    """The evidence on a pair of slots of one sort. Symmetric in x and y.

    `company` counts the other values that the two sentences share.
    """
    one, two = story.measures(x), story.measures(y)
    common = [t for t in x.near if t in y.near]
    shared = x.sentence & y.sentence
    near = math.fsum(x.near[t] * y.near[t] * story.weight(t) ** 2 for t in common)
    near_corpus = math.fsum(x.near[t] * y.near[t] * story.rarity(t) ** 2 for t in common)
    sentence = math.fsum(story.weight(t) ** 2 for t in shared)
    clause = x.clause & y.clause
    differs = not same_value(verdict)
    scope = verdict.relation is RelationKind.DIFFERENT_SCOPE or verdict.rule == "same_rate"
    alike = measured(x, y)
    return {
        "near": _root(near, one.near * two.near),
        "near_corpus": _root(near_corpus, one.near_corpus * two.near_corpus),
        "sentence": _root(sentence, one.sentence * two.sentence),
        "shared": min(math.fsum(story.weight(t) for t in shared), 15.0) / 15.0,
        "names": min(math.fsum(story.rarity(t) for t in x.names & y.names), 10.0) / 10.0,
        "head": 1.0 if alike else 0.0,
        "other_head": _other_head(x, y),
        "repeats": math.log(min(story.repeats(x), story.repeats(y))),
        "speech_one": 1.0 if x.speech != y.speech else 0.0,
        "speech_both": 1.0 if x.speech and y.speech else 0.0,
        "period": 1.0 if x.period or y.period else 0.0,
        "company": min(company, 2) / 2,
        "central": min(1.0, math.fsum(min(x.near[t], y.near[t]) * story.central(t) for t in common)),
        "touch": max((min(x.near[t], y.near[t]) for t in common if not light(t)), default=0.0),
        "small": 1.0 if _small(x) and _small(y) else 0.0,
        "vague": 1.0 if is_vague(x) or is_vague(y) else 0.0,
        "specific": _specific(x, y),
        "elsewhere": 1.0 if story.stated(x, y.document_id) or story.stated(y, x.document_id) else 0.0,
        "bare": 1.0 if not alike and all(light(t) for t in shared) else 0.0,
        "clause": _root(math.fsum(story.weight(t) ** 2 for t in clause), one.clause * two.clause),
        "clause_corpus": _root(math.fsum(story.rarity(t) ** 2 for t in clause), one.clause_corpus * two.clause_corpus),
        "subject": _overlap(x.subject, y.subject, story.rarity),
        "topic": _overlap(x.topic, y.topic, story.rarity),
        "contrast": 1.0 if not scope and _contrast(x, y, differs) else 0.0,
        "ratio": _ratio(x, y),
        "contradicts": 1.0 if verdict.relation is RelationKind.CONFLICT else 0.0,
        "only": 1.0 if differs and alike and x.quantity is not None and story.only(x, y) else 0.0,
        "lone": 1.0 if differs and x.quantity is not None and story.lone(x, y) else 0.0,
        "part_one": 1.0 if x.hour != y.hour else 0.0,
        "mixed": 1.0 if x.sort != y.sort else 0.0,
        "named": 1.0 if differs and any(m.startswith("only:") for m in x.aspects & y.aspects) else 0.0,
        "close": _close(x, y) if differs else 0.0,
        "event": 1.0 if x.event & y.event else 0.0,
        "apart": 1.0 if _apart(x) and _apart(y) else 0.0,
        "main": min(story.dominance(x), story.dominance(y)),
        "day": 1.0 if _is_day(x) and _is_day(y) else 0.0,
    }


def decide(x: Profile, y: Profile, verdict: Verdict, story: StoryContext, company: int = 0) -> Decision:
    """The score that both slots are about one fact, with the evidence."""
    values = features(x, y, verdict, story, company)
    weights = _weights()[model_of(x.slot, verdict)]
    score = 1.0 / (1.0 + math.exp(-_dot(values, weights)))
    if values["bare"] and values["specific"] < 1 and not of_one_day(x, y):
        score *= _BARE
    if values["contrast"]:
        score *= _CONTRAST
    return Decision(score, _evidence(x, y, values, story))


def model_of(slot: str, verdict: Verdict) -> str:
    """The name of the weights that judge a pair: values that differ need other evidence than equal ones."""
    return slot if same_value(verdict) else f"{slot}_differs"


def threshold(slot: str, verdict: Verdict) -> float:
    """The score from which a pair is taken as one fact. A wrong conflict is the worst of errors: it asks for more."""
    rows = _weights()["thresholds"]
    if slot == "quantity" and verdict.relation in (RelationKind.CONFLICT, RelationKind.DIFFERENT_SCOPE):
        return rows["quantity_conflict"]
    return rows[model_of(slot, verdict)]


def _dot(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in values.items())


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = resources.files("claims.alignment").joinpath("weights.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, float]] = json.loads(text)
    return loaded


def _root(shared: float, length: float) -> float:
    """The square root of a cosine: evidence grows fast with the first shared words."""
    return math.sqrt(min(1.0, shared / length)) if shared and length else 0.0


def _overlap(a: frozenset[str], b: frozenset[str], weight: Callable[[str], float]) -> float:
    """The share of the lighter set's weight that lies in both."""
    common = a & b
    if not common:
        return 0.0
    least = min(math.fsum(weight(t) for t in a), math.fsum(weight(t) for t in b))
    return math.fsum(weight(t) for t in common) / least if least else 0.0


def _specific(x: Profile, y: Profile) -> float:
    """How unlikely it is that the figures coincide: by their significant digits and their size."""
    if x.quantity is None or y.quantity is None or x.quantity.kind is QuantityKind.DURATION:
        return 0.0  # lengths of time are round in any unit: 24 hours, 90 days, 18 months
    digits = min(_digits(x), _digits(y))
    return min(1.0, max(0.0, (digits - 1) / 2))


def _ratio(x: Profile, y: Profile) -> float:
    """How far apart two figures are: 0 for equal ones, 1 from a factor of ten."""
    if x.quantity is None or y.quantity is None:
        return 0.0
    one, two = _middle(interval_of(x.quantity)), _middle(interval_of(y.quantity))
    if one <= 0 or two <= 0:
        return 1.0
    return min(1.0, abs(math.log10(one / two)))


def _close(x: Profile, y: Profile) -> float:
    """How little two figures differ that are written with some precision: 1 from a twentieth, 0 from a tenth."""
    if x.quantity is None or y.quantity is None or x.quantity.kind in _ROUND or max(_digits(x), _digits(y)) < 2:
        return 0.0
    one, two = figure_of(x.quantity), figure_of(y.quantity)
    if one is None or two is None or one <= 0 or two <= 0:
        return 0.0
    return min(1.0, max(0.0, 2.0 - abs(one - two) / max(one, two) / _CLOSE))


def _middle(interval: Interval) -> float:
    low, high = interval.low, interval.high
    if math.isinf(low) or math.isinf(high):
        return high if math.isinf(low) else low
    return math.sqrt(low * high) if low > 0 else (low + high) / 2


def _contrast(x: Profile, y: Profile, differs: bool) -> bool:
    """The figures are told apart: one is of the dead, the other of the injured; one of a part, the other of all."""
    apart = x.aspects ^ y.aspects
    if any(mark.startswith("only:") or (differs and mark in ("part:all", "part:some")) for mark in apart):
        return True
    if differs and "part:other" in apart and _one_apart(x, y):
        return True  # "17 other films" and the one told before are 18
    rows_x = {mark.split(":")[0] for mark in x.aspects - y.aspects if not mark.startswith("part:")}
    rows_y = {mark.split(":")[0] for mark in y.aspects - x.aspects}
    return bool(rows_x & rows_y)


def other_scope(x: Profile, y: Profile) -> bool:
    """One thing is measured, of another period, population or statistic: this year and ten years, men and women."""
    if not measured(x, y):
        return False
    rows = {m.split(":")[0] for m in x.aspects - y.aspects} & {m.split(":")[0] for m in y.aspects - x.aspects}
    return bool(rows) and rows <= _SCOPES


def _one_apart(x: Profile, y: Profile) -> bool:
    one, two = (p.quantity.value if p.quantity else None for p in (x, y))
    return one is not None and two is not None and abs(one - two) == 1


def _other_thing(x: Profile, y: Profile) -> bool:
    """Both name what they count, and it is not the same."""
    return x.sort == "count" and bool(x.head) and bool(y.head) and not measured(x, y)


def measured(x: Profile, y: Profile) -> bool:
    """One thing is counted or measured: the head noun, or what befell those who are counted."""
    if x.sort == "age":
        own = (x.names & y.names) | {t for t in x.subject & y.subject if not light(t)}
        return any(min(x.near.get(t, 0.0), y.near.get(t, 0.0)) >= _BESIDE for t in own)
    return bool(x.head & y.head) or any(m.startswith(("harm:", "only:")) for m in x.aspects & y.aspects)


def _other_head(x: Profile, y: Profile) -> float:
    """Different things are counted; half where one of them is "people", who may be anybody."""
    if x.quantity is None or y.quantity is None or not x.quantity.of or not y.quantity.of:
        return 0.0
    if x.sort != "count" or measured(x, y) or not x.head or not y.head or x.head & y.head:
        return 0.0
    return 0.5 if x.head <= ANYBODY or y.head <= ANYBODY else 1.0


def _apart(profile: Profile) -> bool:
    """A day that is neither that of the article nor the one before: it was named for what happened on it."""
    return profile.gap is not None and not -2 < profile.gap <= 0


def _digits(profile: Profile) -> int:
    written = profile.quantity.as_written if profile.quantity else ""
    figures = "".join(c for c in written if c.isdigit()).strip("0")
    return len(figures)


def _small(profile: Profile) -> bool:
    """A bare count of a few: shared by chance more often than not."""
    quantity = profile.quantity
    return quantity is not None and profile.sort == "count" and quantity.value is not None and quantity.value <= 10


def _is_day(profile: Profile) -> bool:
    time = profile.time
    return time is not None and time.earliest is not None and time.earliest == time.latest


def _evidence(x: Profile, y: Profile, values: Mapping[str, float], story: StoryContext) -> tuple[str, ...]:
    shared = sorted(x.sentence & y.sentence, key=lambda t: (-story.weight(t), t))[:5]
    found = []
    if x.head & y.head:
        found.append("measured: " + " ".join(sorted(x.head & y.head)))
    close = sorted(set(x.near) & set(y.near), key=lambda t: (-story.weight(t), t))[:4]
    if close:
        found.append("near the value: " + " ".join(close))
    if shared:
        found.append("shared words: " + " ".join(shared))
    if values["specific"] > 0 and values["ratio"] == 0:
        found.append("same figure")
    return tuple(found)
