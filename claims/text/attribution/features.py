"""What the scorer looks at: words of general English and shapes, never names."""

from __future__ import annotations

from typing import NamedTuple

from claims.text.attribution.lexicon import Cue
from claims.text.attribution.phrases import Range, kind_of
from claims.text.attribution.subjects import Subject
from claims.text.attribution.units import Unit


class Option(NamedTuple):
    """One reading of what is said: its parts as token ranges, in order, and its own features."""

    content: tuple[Range, ...]
    features: list[str]


class Candidate(NamedTuple):
    """A cue with its speaker and the contents that it may have, in token indices of its unit."""

    unit: int
    cue: Range
    cue_word: Cue
    speaker: Range | None
    subject: Subject
    frame: str  # how the content stands to the cue
    options: list[Option]
    features: list[str]
    direct: bool
    passive: bool
    kind: str  # of words the speaker is, see `kind_of`
    determined: bool  # the speaker begins with "the", "a", "his" …
    via: Range | None = None  # who carries the words: "X quoted the speaker as saying"


_DIRECT = frozenset(("colon-upper", "next", "next-plain", "dash", "dash-under"))


def option(unit: Unit, content: tuple[Range, ...], frame: str, end: str, passed: list[str] | None = None) -> Option:
    """An option whose end was chosen for the reason `end`."""
    tags = unit.tags
    length = 0
    quoted = speech = False
    for first, last in content:
        length += last - first
        part = tags[first:last]
        speech = speech or "Q" in part
        quoted = quoted or "q" in part
    size = (
        "0"
        if not length
        else "1"
        if length < 3
        else "2"
        if length < 6
        else "3"
        if length < 12
        else "4"
        if length < 25
        else "5"
    )
    features = [f"end={end}+{frame}", f"size={size}", f"size+frame={size}+{frame}", f"size+end={size}+{end}"]
    for name in sorted(set(passed)) if passed else ():
        features.append(f"past={name}+{frame}")
        features.append(f"past={name}")
    if content and end != "end" and content[-1][1] + 1 < len(tags):
        after = content[-1][1]
        follows = (
            unit.lows[after]
            if tags[after] in "PSCRTAI"
            else unit.lows[after + 1]
            if tags[after + 1] in "PSCRTAI"
            else tags[after + 1]
        )
        features.append(f"follows={follows}")
    if content:
        first = content[0][0]
        features.append("opens=" + tags[first])
        features.append(f"opens+frame={tags[first]}+{frame}")
        if tags[first] in "DOHTS":
            features.append("word=" + unit.lows[first])
    if speech:
        features.append("speech")
        features.append("speech+frame=" + frame)
    if quoted:
        features.append("quoted")
    return Option(content, features)


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
    family = family or group
    how = subject.how
    helpers = "".join(sorted(set(subject.helpers)))
    features = [
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
    if particle:
        features.append(f"particle={group}+{particle}")
        features.append(f"lemma+particle={lemma}+{particle}")
    if subject.antecedent is not None:
        features.append("antecedent=" + kind_of(unit, subject.antecedent))
    if subject.chain:
        features.append("chain=" + subject.chain)
    if passive:
        features.append("passive+group=" + group)
        features.append("passive+frame=" + frame)
    if unit.title:
        features.append("title")
        features.append("title+group=" + group)
    if speaker is not None:
        if speaker[0] == 0:
            features.append("first")
            features.append(f"first+kind={kind}")
        else:
            features.append("before=" + tags[speaker[0] - 1])
            features.append(f"before+how={tags[speaker[0] - 1]}+{how}")
    determined = speaker is not None and tags[speaker[0]] not in "Nw"
    direct = frame in _DIRECT or any(tags[first] in "Qq" for item in options[:1] for first, _ in item.content)
    return Candidate(
        number, cue, word, speaker, subject, frame, options, features, direct, passive, kind, determined, via
    )
