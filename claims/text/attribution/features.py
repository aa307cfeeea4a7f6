"""What the scorer looks at: words of general English and shapes, never names."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.attribution.lexicon import Cue
from claims.text.attribution.phrases import Range, kind_of
from claims.text.attribution.subjects import Subject
from claims.text.attribution.units import Unit


class Option(NamedTuple):
    """One reading of what is said: its parts as token ranges, in order. `shape`: what `option_features` takes;
    `extras`: its other features."""

    content: tuple[Range, ...]
    shape: tuple[str, str, str, str, bool, bool]
    extras: tuple[str, ...]

    @property
    def features(self) -> list[str]:
        """All its features."""
        return [*option_features(*self.shape), *self.extras]


class Candidate(NamedTuple):
    """A cue with its speaker and the contents that it may have, in token indices of its unit. `shape`: what
    `candidate_features` takes; `extras`: its other features."""

    unit: int
    cue: Range
    cue_word: Cue
    speaker: Range | None
    subject: Subject
    frame: str  # how the content stands to the cue
    options: list[Option]
    shape: tuple[str, str, str, str, str, str, str, str]
    extras: list[str]
    direct: bool
    passive: bool
    kind: str  # of words the speaker is, see `kind_of`
    determined: bool  # the speaker begins with "the", "a", "his" …
    via: Range | None = None  # who carries the words: "X quoted the speaker as saying"

    @property
    def features(self) -> list[str]:
        """All its features, without those of its options."""
        return [*candidate_features(*self.shape), *self.extras]


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
        speech = speech or tagline.find("Q", first, last) >= 0
        quoted = quoted or tagline.find("q", first, last) >= 0
    size = _SIZES[length] if length < 25 else "5"
    extras: list[str] = []
    for name in sorted(set(passed)) if passed else ():
        extras.append(f"past={name}+{frame}")
        extras.append(f"past={name}")
    opens = ""
    if content:
        after = content[-1][1]
        if end != "end" and after + 1 < len(tags):
            if tags[after] not in "PSCRTAI":
                after += 1
            follows = unit.lows[after] if tags[after] in "PSCRTAI" else tags[after]
            extras.append("follows=" + follows)
        first = content[0][0]
        opens = tags[first]
        if opens in "DOHTS":
            extras.append("word=" + unit.lows[first])
    return _new(Option, (content, (end, frame, size, opens, speech, quoted), tuple(extras)))


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
    extras: list[str] = []
    if particle:
        extras.append(f"particle={group}+{particle}")
        extras.append(f"lemma+particle={lemma}+{particle}")
    if subject.antecedent is not None:
        extras.append("antecedent=" + kind_of(unit, subject.antecedent))
    if subject.chain:
        extras.append("chain=" + subject.chain)
    if form in ("base", "present") and speaker is not None and not helpers:
        extras.append(f"agree={form}+{group}+{unit.lows[speaker[1] - 1].endswith('s')}")
    if passive:
        extras.append("passive+group=" + group)
        extras.append("passive+frame=" + frame)
    if unit.title:
        extras.append("title")
        extras.append("title+group=" + group)
    if speaker is not None:
        if speaker[0] == 0:
            extras.append("first")
            extras.append("first+kind=" + kind)
        else:
            before = tags[speaker[0] - 1]
            extras.append("before=" + before)
            extras.append(f"before+how={before}+{how}")
    determined = speaker is not None and tags[speaker[0]] not in "Nw"
    direct = frame in _DIRECT
    if not direct and options:
        for first, _ in options[0].content:
            if tags[first] in "Qq":
                direct = True
                break
    return _new(
        Candidate,
        (number, cue, word, speaker, subject, frame, options, shape, extras, direct, passive, kind, determined, via),
    )
