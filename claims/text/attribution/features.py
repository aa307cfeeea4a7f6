"""What the scorer looks at: words of general English and shapes, never names."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.attribution.lexicon import Cue
from claims.text.attribution.phrases import Range, kind_of
from claims.text.attribution.subjects import Subject
from claims.text.attribution.units import Unit


class Option(NamedTuple):
    """One reading of what is said: its parts as token ranges, in order. `shape`: what `option_features` takes;
    `around`: what `cut_features` takes, or () where they would be none."""

    content: tuple[Range, ...]
    shape: tuple[str, str, str, str, bool, bool]
    around: tuple[str, str, str, tuple[str, ...]] | tuple[()]

    @property
    def features(self) -> list[str]:
        """All its features."""
        return [*option_features(*self.shape), *(cut_features(*self.around) if self.around else ())]


class Candidate(NamedTuple):
    """A cue with its speaker and the contents that it may have, in token indices of its unit. `shape`: what
    `candidate_features` takes; `around`: what `place_features` takes; `order`: what `order_features` takes, nothing for
    what is no cue."""

    unit: int
    cue: Range
    cue_word: Cue
    speaker: Range | None
    subject: Subject
    frame: str  # how the content stands to the cue
    options: list[Option]
    shape: tuple[str, str, str, str, str, str, str, str]
    around: tuple[str, str, str, str, str, str, str, str, str, bool, bool, str]
    order: list[tuple[str, int, str]]
    direct: bool
    passive: bool
    kind: str  # of words the speaker is, see `kind_of`
    determined: bool  # the speaker begins with "the", "a", "his" …
    via: Range | None = None  # who carries the words: "X quoted the speaker as saying"

    @property
    def features(self) -> list[str]:
        """All its features, without those of its options."""
        order = [feature for item in self.order for feature in order_features(*item)]
        return [*candidate_features(*self.shape), *place_features(*self.around), *order]


def option_features(end: str, frame: str, size: str, opens: str, speech: bool, quoted: bool) -> list[str]:
    """The features of an option that are the same wherever its shape is."""
    features = [f"end={end}+{frame}", f"size={size}", f"size+frame={size}+{frame}", f"size+end={size}+{end}"]
    if opens:
        features += ["opens=" + opens, f"opens+frame={opens}+{frame}"]
    if speech:
        features += ["speech", "speech+frame=" + frame]
    if quoted:
        features.append("quoted")
    return features


def candidate_features(
    lemma: str, group: str, form: str, family: str, frame: str, kind: str, how: str, helpers: str
) -> list[str]:
    """The features of a candidate that are the same wherever its shape is."""
    return [
        "bias",
        "lemma=" + lemma,
        "group=" + group,
        "family=" + family,
        "frame=" + frame,
        "kind=" + kind,
        "how=" + how,
        f"group+frame={group}+{frame}",
        f"family+frame={family}+{frame}",
        f"family+kind={family}+{kind}",
        f"family+form={family}+{form}",
        f"lemma+frame={lemma}+{frame}",
        f"kind+frame={kind}+{frame}",
        f"kind+group={kind}+{group}",
        f"kind+how={kind}+{how}",
        f"form+how={form}+{how}",
        f"form+group={form}+{group}",
        f"helpers+form={helpers}+{form}",
        f"helpers+group={helpers}+{group}",
        f"how+group={how}+{group}",
        f"how+frame={how}+{frame}",
    ]


def cut_features(frame: str, follows: str, word: str, passed: tuple[str, ...]) -> list[str]:
    """The features of what an option leaves out, of the word it opens with, and of the ends that it passes by."""
    features: list[str] = []
    for name in sorted(set(passed)):
        features += [f"past={name}+{frame}", f"past={name}"]
    if follows:
        features.append("follows=" + follows)
    if word:
        features.append("word=" + word)
    return features


def place_features(
    lemma: str,
    group: str,
    frame: str,
    kind: str,
    how: str,
    particle: str,
    antecedent: str,
    chain: str,
    agree: str,
    passive: bool,
    title: bool,
    before: str,
) -> list[str]:
    """The features of what stands around a candidate's cue and speaker. `before`: the tag of the token before the
    speaker, "first" where there is none, "" for no speaker."""
    features: list[str] = []
    if particle:
        features += [f"particle={group}+{particle}", f"lemma+particle={lemma}+{particle}"]
    if antecedent:
        features.append("antecedent=" + antecedent)
    if chain:
        features.append("chain=" + chain)
    if agree:
        features.append("agree=" + agree)
    if passive:
        features += ["passive+group=" + group, "passive+frame=" + frame]
    if title:
        features += ["title", "title+group=" + group]
    if before == "first":
        features += ["first", "first+kind=" + kind]
    elif before:
        features += ["before=" + before, f"before+how={before}+{how}"]
    return features


def order_features(before: str, number: int, group: str) -> list[str]:
    """The features of a candidate's place among those of its unit: what the one before it was, and how many were."""
    return ["after=" + before, f"order={number}+{group}"]


_new = tuple.__new__  # what a named tuple calls in the end; a third of the time
_DIRECT = frozenset(("colon-upper", "next", "next-plain", "dash", "dash-under"))
_SIZES = "011222333333" + "4" * 13  # number of tokens → class of length; longer ones are "5"


def option(unit: Unit, content: tuple[Range, ...], frame: str, end: str, passed: list[str] | None = None) -> Option:
    """An option whose end was chosen for the reason `end`."""
    tags, tagline = unit.tags, unit.tagline
    length = 0
    quoted = speech = False
    for first, last in content:
        length += last - first
        if unit.quotes:
            speech = speech or tagline.find("Q", first, last) >= 0
            quoted = quoted or tagline.find("q", first, last) >= 0
    size = _SIZES[length] if length < 25 else "5"
    opens = follows = word = ""
    if content:
        after = content[-1][1]
        if end != "end" and after + 1 < len(tags):
            if tags[after] not in "PSCRTAI":
                after += 1
            follows = unit.lows[after] if tags[after] in "PSCRTAI" else tags[after]
        first = content[0][0]
        opens = tags[first]
        if opens in "DOHTS":
            word = unit.lows[first]
    around = (frame, follows, word, tuple(passed or ())) if passed or follows or word else ()
    return _new(Option, (content, (end, frame, size, opens, speech, quoted), around))


def candidate(
    unit: Unit,
    number: int,
    cue: Range,
    word: Cue,
    subject: Subject,
    frame: str,
    options: list[Option],
    particle: str,
    passive: bool,
    via: Range | None = None,
) -> Candidate:
    """A candidate with its features."""
    tags = unit.tags
    speaker = subject.span
    kind = kind_of(unit, speaker)
    lemma, group, form, family = word
    how, helpers = subject.how, subject.helpers
    if len(helpers) > 1:
        helpers = "".join(sorted(set(helpers)))
    shape = (lemma, group, form, family or group, frame, kind, how, helpers)
    antecedent = "" if subject.antecedent is None else kind_of(unit, subject.antecedent)
    agree = before = ""
    if speaker is not None:
        if form in ("base", "present") and not helpers:
            agree = f"{form}+{group}+{unit.lows[speaker[1] - 1].endswith('s')}"
        before = tags[speaker[0] - 1] if speaker[0] else "first"
    around = (
        lemma, group, frame, kind, how, particle, antecedent, subject.chain, agree, passive, unit.title, before,
    )  # fmt: skip
    determined = speaker is not None and tags[speaker[0]] not in "Nw"
    direct = frame in _DIRECT
    if not direct and options and unit.quotes:
        for first, _ in options[0].content:
            if tags[first] in "Qq":
                direct = True
                break
    return _new(
        Candidate,
        (
            number,
            cue,
            word,
            speaker,
            subject,
            frame,
            options,
            shape,
            around,
            [],
            direct,
            passive,
            kind,
            determined,
            via,
        ),
    )
