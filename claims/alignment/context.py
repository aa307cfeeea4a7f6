"""What the documents of one story share, and what follows from one slot among them: worked out once, when asked for."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar, overload

from claims.alignment.elapsed import ELAPSED
from claims.alignment.features import Profile, is_vague
from claims.alignment.intervals import Interval, close, interval_of
from claims.alignment.lexicon import other_role
from claims.alignment.rarity import Rarity
from claims.alignment.words import light

# The weight of a name that stands beside an age: the person whose age it is.
_BESIDE = 0.4
# Figures up to this are sums of others by chance.
_FEW = 4

# Days between an article and a time from which the time is remote, and a figure is of former times.
_WEEKS = 21
_LONG_AGO = 60

_CALENDAR = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}\b(?!:)"
    r"|\b\d{1,2}(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)

V = TypeVar("V")


class lazy(Generic[V]):
    """An attribute that is computed when first asked for. `functools.cached_property` takes a lock each time."""

    def __init__(self, function: Callable[[Any], V]) -> None:
        self._function = function
        self._name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> lazy[V]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> V: ...

    def __get__(self, owner: object | None, kind: type) -> lazy[V] | V:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._function(owner)
        return value


class Weights(dict[str, float]):
    """Term → weight, computed when first asked for."""

    def __init__(self, weight: Callable[[str], float]) -> None:
        super().__init__()
        self._weight = weight

    def __missing__(self, term: str) -> float:
        value = self[term] = self._weight(term)
        return value


def length(weights: Iterable[float]) -> float:
    """Euclidean; exact summation, so that the order of terms changes no bit."""
    return math.sqrt(math.fsum([w * w for w in weights]))


class Side:
    """One slot in its story: what features need of it, whatever the other slot is."""

    def __init__(self, profile: Profile, weights: Weights, repeats: int, times: int) -> None:
        self.profile = profile
        quantity = profile.quantity
        self.figure = None if quantity is None else quantity.figure  # the written figure in base units
        self.vague = quantity is not None and quantity.vague  # the value is an order of magnitude in words
        self._weights = weights
        self.repeats = repeats  # in how many sentences of its document the value occurs
        self._times = times  # how many sentences of its document hold a time

    @lazy
    def near(self) -> float:
        """Length of the vector of the words near the value."""
        weights = self._weights
        return length([v * weights[t] for t, v in self.profile.near.items()])

    @lazy
    def sentence(self) -> float:
        """Length of the vector of the words of the sentence."""
        return length(map(self._weights.__getitem__, self.profile.sentence))

    @lazy
    def clause(self) -> float:
        """Length of the vector of the words of the quote."""
        return length(map(self._weights.__getitem__, self.profile.clause))

    @lazy
    def telling_near(self) -> list[str]:
        """The terms near the value, the weightiest first."""
        return self._weighed(self.profile.near)

    @lazy
    def telling(self) -> list[str]:
        """The terms of the sentence, the weightiest first."""
        return self._weighed(self.profile.sentence)

    def _weighed(self, terms: Iterable[str]) -> list[str]:
        weights = self._weights
        return [term for _, term in sorted([(-weights[term], term) for term in terms])]

    @lazy
    def digits(self) -> int:
        """Figures written, without zeros at the ends."""
        written = self.profile.quantity.as_written if self.profile.quantity else ""
        return len("".join(c for c in written if c.isdigit()).strip("0"))

    @lazy
    def small(self) -> bool:
        """A bare count of a few: shared by chance more often than not."""
        quantity = self.profile.quantity
        count = self.profile.sort == "count" and quantity is not None and quantity.value is not None
        return count and quantity is not None and quantity.value is not None and quantity.value <= 10

    @lazy
    def middle(self) -> float:
        """The middle of the interval; 0 where there is no figure."""
        return _middle(interval_of(self.profile.quantity)) if self.profile.quantity is not None else 0.0

    @lazy
    def day(self) -> bool:
        """The value is one day."""
        time = self.profile.time
        return time is not None and time.earliest is not None and time.earliest == time.latest

    @lazy
    def calendar(self) -> bool:
        """The value is written by month and number ("March 3")."""
        time = self.profile.time
        return time is not None and _CALENDAR.search(time.as_written) is not None

    @lazy
    def apart(self) -> bool:
        """A day that is neither that of the article nor the one before: it was named for what happened on it."""
        gap = self.profile.gap
        return gap is not None and not -2 < gap <= 0

    @lazy
    def subject(self) -> frozenset[str]:
        """The words of the subject that say something."""
        return frozenset(t for t in self.profile.subject if not light(t))

    @lazy
    def names(self) -> frozenset[str]:
        """The names of the clause."""
        return self.profile.names & self.profile.clause

    @lazy
    def remote(self) -> bool:
        """A time weeks from the article's date, and not named from it: two articles hardly name it by chance."""
        gap = self.profile.gap
        return gap is not None and abs(gap) > _WEEKS and not self.profile.period

    @lazy
    def former(self) -> bool:
        """The figure is of a time long before the article."""
        days, published = self.profile.days, self.profile.published
        return days is not None and published is not None and published - days[1] > _LONG_AGO

    @lazy
    def dominance(self) -> float:
        """The share of the times of a document that are this one: the day of the main event is named most."""
        return self.repeats / self._times if self.profile.slot == "time" and self._times else 0.0


class StoryContext:
    """What the documents of one story share: how often each term and each value occurs in them.

    Nothing in it points back at it, so that it goes with its story and waits for no collector.
    """

    def __init__(self, rarity: Rarity, sentences: Iterable[frozenset[str]], profiles: Sequence[Profile]) -> None:
        number = 0
        counts: Counter[str] = Counter()
        for terms in sentences:
            number += 1
            counts.update(terms)

        def weight(term: str) -> float:
            """Rarity in the corpus, damped for a term that stands in most sentences of the story."""
            local = math.log((number + 2.0) / (counts[term] + 0.5))
            return math.sqrt(max(0.0, local) * rarity(term))

        def central(term: str) -> float:
            """How much of the story the term runs through: its share of the sentences, times three, at most 1."""
            return min(1.0, 3.0 * counts[term] / max(1, number))

        weights = Weights(weight)
        self.rarities = Weights(rarity)
        self.weights = weights
        self.squares = Weights(lambda term: weights[term] ** 2)
        self.central = Weights(central)
        self._values: Counter[tuple[str, str, str]] = Counter()
        self._holders: defaultdict[tuple[str, str, str], list[Profile]] = defaultdict(list)
        self._figures: defaultdict[tuple[str, str], list[Profile]] = defaultdict(list)
        self._beside: defaultdict[tuple[str, str, int], list[Profile]] = defaultdict(list)
        for profile in profiles:
            self._figures[profile.document_id, profile.sort].append(profile)
            self._beside[profile.document_id, profile.sort, profile.place].append(profile)
            self._holders[profile.document_id, profile.sort, profile.value].append(profile)
        for key in {(p.document_id, p.sort, p.value, p.place) for p in profiles}:
            self._values[key[:3]] += 1
        self._times = Counter(key[0] for key in {(p.document_id, p.place) for p in profiles if names_time(p)})
        self._sides: dict[tuple[str, str], Side] = {}
        self._overlaps: dict[tuple[frozenset[str], frozenset[str]], float] = {}

    def side(self, profile: Profile) -> Side:
        """The slot in this story."""
        key = profile.claim_id, profile.slot
        found = self._sides.get(key)
        if found is None:
            repeats = max(1, self._values[profile.document_id, profile.sort, profile.value])
            found = self._sides[key] = Side(profile, self.weights, repeats, self._times[profile.document_id])
        return found

    def overlap(self, a: frozenset[str], b: frozenset[str]) -> float:
        """The share of the lighter set's rarity that lies in both."""
        if a.isdisjoint(b):
            return 0.0
        found = self._overlaps.get((a, b))
        if found is None:
            rarity = self.rarities.__getitem__
            least = min(math.fsum(map(rarity, a)), math.fsum(map(rarity, b)))
            found = self._overlaps[a, b] = math.fsum(map(rarity, a & b)) / least if least else 0.0
        return found

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

    def adds_up(self, x: Profile, y: Profile) -> bool:
        """One figure is the sum of the other and one beside it: 231 persons, and 212 passengers and 19 crew."""
        if x.quantity is None or y.quantity is None:
            return False
        one, two = x.quantity.figure, y.quantity.figure
        if one is None or two is None:
            return False
        return self._sum(x, y, one, two) if one > two else self._sum(y, x, two, one)

    def _sum(self, total: Profile, part: Profile, whole: float, own: float) -> bool:
        if not max(own, _FEW) < whole:
            return False
        beside = [z for z in self._beside[part.document_id, part.sort, part.place] if z.start != part.start]
        if not beside or any(z.quantity is not None and z.quantity.bounded for z in (total, part, *beside)):
            return False  # bounds do not add up to a figure
        rests = (self.side(z).figure for z in beside)
        return any(rest is not None and rest > 0 and close(own + rest, whole) for rest in rests)


def _other_thing(x: Profile, y: Profile) -> bool:
    """Both name what they count, and it is not the same."""
    return x.sort == "count" and bool(x.head) and bool(y.head) and not measured(x, y)


def names_time(profile: Profile) -> bool:
    """The value is a time, and not a length of time counted back to one."""
    return profile.time is not None and profile.time.granularity != ELAPSED


def measured(x: Profile, y: Profile) -> bool:
    """One thing is counted or measured: the head noun, or what befell those who are counted."""
    if x.sort == "age":
        own = (x.names & y.names) | {t for t in x.subject & y.subject if not light(t)}
        return any(min(x.near.get(t, 0.0), y.near.get(t, 0.0)) >= _BESIDE for t in own)
    if x.head & y.head:
        return True
    return any(m.startswith(("harm:", "only:")) for m in x.aspects & y.aspects) and not other_role(x.head, y.head)


def _middle(interval: Interval) -> float:
    low, high = interval.low, interval.high
    if math.isinf(low) or math.isinf(high):
        return high if math.isinf(low) else low
    return math.sqrt(low * high) if low > 0 else (low + high) / 2
