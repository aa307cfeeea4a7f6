"""Clauses of one sentence: who does what, found from closed word classes, verb forms and order.

No parser: English news order (subject, verb, rest) and the few words that open and close clauses carry far enough for
claims, at a microsecond a word. Where the signs are weak a clause is left whole; a clause too long is better than one
torn apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress

from claims.builtin.tokens import Tokens
from claims.builtin.verbs import Group
from claims.models import Modality, Polarity, Span
from claims.text.lexicon import (
    BE,
    REPORTING,
)


@dataclass(slots=True)
class Clause:
    """One verb with what belongs to it. Spans are in the coordinates of the text that was given; None: not there."""

    start: int
    end: int
    verb: Span
    head: str  # base form of the main verb
    subject: Span | None
    object: Span | None
    polarity: Polarity
    modality: Modality
    passive: bool
    relative: bool  # its subject stands before a relative word, outside [start, end)
    shared: bool  # its subject is that of the clause before
    subordinate: bool  # opened by because, although, if …
    alone: bool  # [start, end) reads as a sentence of its own
    within: bool = False  # it is what another clause's verb takes: "X means (that) …"
    after: int = 0  # number of the token after the verb
    complement: int = -1  # number of the clause that this one's verb takes


_CONDITION = frozenset("if unless provided lest".split())
_PLANNED = frozenset("will wo shall 'll".split())
_POSSIBLE = frozenset("may might could".split())
_CONDITIONAL = frozenset(("would",))
_PLAN_VERBS = frozenset(
    "plan expect schedule intend propose aim hope seek prepare vow pledge promise set agree want threaten".split()
)
_UNDOING = frozenset("refuse decline fail".split())  # with "to" and a verb: what follows did not happen
_NO_SUBJECT = frozenset("no nobody none neither nothing".split())


def clauses(tokens: Tokens, groups: list[Group], start: int) -> list[Clause]:
    """The clauses of a sentence with a finite verb, in order. `groups`: its verb groups; `start`: its offset."""
    found: list[Clause] = []
    closed = 0  # first token after the clause before
    complement = False
    opening, kind = _opening(tokens, 0, groups[0].first) if groups else (0, "")
    for number, group in enumerate(groups):
        after = groups[number + 1] if number + 1 < len(groups) else None
        next_opening, next_kind = _opening(tokens, group.last + 1, after.first) if after else (0, "")
        closing = _closing(tokens, group.last + 1, after, next_opening, next_kind)
        clause = _clause(tokens, group, opening, closing, kind, found, start)
        opening, kind = next_opening, next_kind
        if complement and clause.subject is not None and not clause.shared:
            found[-1].complement = len(found)
            clause.subordinate = clause.within = True
            if found[-1].head not in _TAKING:
                clause.subject = _contact_subject(tokens, group.first)
        found.append(clause)
        closed = group.last + 1
        complement = (
            after is not None
            and closing == closed
            and not (tokens.tags[closed] == "," and after.head in REPORTING)  # "was held, police said"
            and (
                (next_kind == "" and next_opening == closed) or (next_kind == "that" and tokens.lows[closed] == "that")
            )
        )
    _stand_alone(tokens, found)
    return found


_OPENING = frozenset(");:(-\nRSC")
_CLAUSAL = frozenset("after before since until as".split())


def _opening(tokens: Tokens, low: int, verb: int) -> tuple[int, str]:
    """Where the clause of the verb begins (token number), and what opens it: "", coordinate, subordinate, relative."""
    depth = 0
    tags, lows = tokens.tags, tokens.lows
    if _OPENING.isdisjoint(tags[low:verb]) and _CLAUSAL.isdisjoint(lows[low:verb]):
        return low, ""
    for position in range(verb - 1, low - 1, -1):
        tag, word = tags[position], lows[position]
        if tag not in _OPENING and word not in _CLAUSAL:
            continue
        if tag == ")":
            depth += 1
        elif tag == "(":
            if depth == 0:
                return position + 1, ""
            depth -= 1
        if depth:
            continue
        if tag in ";:" or (tag == "-" and position > low) or tag == "\n":
            return position + 1, ""
        if tag == "R":
            if word in ("where", "when", "how", "why", "what"):
                return position + 1, "subordinate"
            if word == "that" and position + 1 < verb and tags[position + 1] in "NEDO#":
                return position + 1, "that"
            relative = position + 1 >= verb or word in ("who", "which", "that")
            return position + 1, "relative" if relative else "subordinate"
        if tag == "S" or (word in _CLAUSAL and _clausal(tags[position + 1 : verb])):
            return position + 1, "condition" if word in _CONDITION else "subordinate"
        if tag == "C":
            between = tags[position + 1 : verb]
            if not between.strip("A"):
                return position + 1, "coordinate"
            if position > low and tags[position - 1] == ",":
                return position + 1, "coordinate"
            if low and _own_subject(between) and not _list_before(tags, low, position):
                return position + 1, "coordinate"
    return low, ""


#: Verbs that take a clause without "that"; after any other, "the plan she backed" is a noun with a clause to it.
_TAKING = REPORTING | frozenset(
    "mean ensure feel wish guess pray demand recommend propose request require see hear".split()
)


def _contact_subject(tokens: Tokens, verb: int) -> Span | None:
    """The subject of a clause that follows its noun with no word between: "she" in "the plan she backed"."""
    tags = tokens.tags
    first = verb
    while first > 0 and tags[first - 1] == "A":
        first -= 1
    last = first
    while first > 0 and (tokens.uppers[first - 1] or tags[first - 1] == "E") and last - first < 5:
        first -= 1
        if tags[first] == "E":
            break
    return tokens.span(first, last - 1) if last > first else None


def _clausal(inner: str) -> bool:
    """Whether "after", "as" … opens a clause, by the tags between it and the verb: its subject comes at once and no
    comma stands between."""
    if not inner or inner[0] not in "DEN#Os":
        return False
    commas = inner.count(",")
    return commas == 0 or (commas == 2 and inner[-1] == ",")


def _own_subject(tags: str) -> bool:
    return bool(tags) and tags[0] in "DEN#O" and "," not in tags


def _list_before(tags: str, low: int, coordinator: int) -> bool:
    """Nothing but nouns between the last comma (or the start) and the coordinator: "…, X and Y said" is one subject."""
    if low == 0:
        return True
    for position in range(coordinator - 1, low - 1, -1):
        tag = tags[position]
        if tag == ",":
            return position < coordinator - 1
        if tag not in "NDO#'sb":
            return tag in "RS" and position < coordinator - 1
    return False


_MARK = re.compile('[,"-]')


def _closing(tokens: Tokens, first: int, after: Group | None, opening: int, kind: str) -> int:
    """The token after the last of the clause whose verb group ends before `first`.

    `after` is the next verb group, whose clause begins at `opening` and is opened as `kind` says.
    """
    tags = tokens.tags
    if after is None:
        last = len(tags)
        while last > first and tags[last - 1] in ".!?;\n":
            last -= 1
        return last
    if kind:
        opening -= 1
        while opening > first and tags[opening - 1] in ',-"':
            opening -= 1
        return max(first, opening)
    if opening > first:
        return max(first, opening - 1)
    if after.head in REPORTING:
        last = max([tags.rfind(mark, first, after.first) for mark in ',"-'])
        return max(first, last)
    mark = _MARK.search(tags, first, after.first)
    return mark.start() if mark else first


_STOP_OBJECT = frozenset(
    "in on at during after before since amid despite following while when because although though if as until by "
    "who which "
    "where adding saying".split()
)


def _clause(
    tokens: Tokens, group: Group, opening: int, closing: int, kind: str, earlier: list[Clause], start: int
) -> Clause:
    lows, tags, starts, ends = tokens.lows, tokens.tags, tokens.starts, tokens.ends
    inserted = not kind and bool(earlier) and earlier[-1].relative and tags[group.first - 1] == ","
    subject = (
        None
        if inserted
        else _subject(
            tokens,
            opening,
            group.first,
            # What follows "said" is the clause itself: "said the captain, 54, was ill".
            after_verb=not kind and bool(earlier) and (earlier[-1].head not in REPORTING or group.head in REPORTING),
            reporting=group.head in REPORTING,
        )
    )
    relative = kind == "relative" and subject is None
    shared = False
    if subject is None and relative:
        subject = _antecedent(tokens, opening - 1)
    elif subject is None and earlier:
        subject, shared = earlier[-1].subject, True
    behind = group.last + 1
    stop = _object_end(tokens, behind, closing)
    rest = tokens.span(behind, stop - 1) if stop > behind else None
    negated = group.negated
    if subject is not None and not shared:
        first = bisect_left(starts, subject.start, min(opening, group.first), group.first)
        negated |= first < group.first and lows[first] in _NO_SUBJECT
    if (group.head in _UNDOING and "T" in tags[group.first : group.last]) or (
        group.head == "deny" and rest is not None
    ):
        negated = not negated
    if not negated and behind + 1 < closing:
        negated = lows[behind] == "no" and lows[behind + 1] not in _COMPARED
    verb = tokens.span(group.first, group.last)
    clause_start = start if opening == 0 else starts[min(opening, group.first)]
    if relative or shared:
        clause_start = verb.start
    elif subject is not None and not kind and earlier:
        clause_start = min(subject.start, verb.start)
    return Clause(
        start=clause_start,
        end=ends[closing - 1] if closing > group.last else verb.end,
        verb=verb,
        head=group.head,
        subject=subject,
        object=rest,
        polarity=Polarity.NEGATED if negated else Polarity.ASSERTED,
        modality=_modality(tokens, group, kind),
        passive=group.passive,
        relative=relative,
        shared=shared,
        subordinate=kind in ("subordinate", "condition", "that"),
        alone=False,
        after=behind,
    )


_HEARSAY = frozenset({"allegedly", "reportedly", "purportedly"})
_LINKING = BE | {"look", "seem"}
_CHANCE = frozenset({"likely", "unlikely", "possible"})
_COMPARED = frozenset("more less fewer later earlier longer sooner doubt".split())


def _modality(tokens: Tokens, group: Group, kind: str) -> Modality:
    if kind == "condition":
        return Modality.CONDITIONAL
    if group.modal:
        modal = group.modal.removesuffix("n't").removesuffix("n’t")
        if modal in _PLANNED or modal == "won":
            return Modality.PLANNED
        if modal in _POSSIBLE:
            return Modality.POSSIBLE
        if modal in _CONDITIONAL:
            return Modality.CONDITIONAL
    if group.last > group.first:
        words = tokens.lows[group.first : group.last + 1]
        if not _HEARSAY.isdisjoint(words):
            return Modality.REPORTED
        if "to" in words and (group.head in _PLAN_VERBS or group.head == "be"):
            return Modality.PLANNED
    if group.head == "expect":
        return Modality.PLANNED
    if group.head not in _LINKING:
        return Modality.ACTUAL
    after = tokens.lows[group.last + 1 : group.last + 4]
    if after[:2] in (["due", "to"], ["set", "to"]):
        return Modality.PLANNED
    if not _CHANCE.isdisjoint(after):
        return Modality.POSSIBLE
    return Modality.ACTUAL


_PARTING = re.compile(r'[(\[)\],;:"\n-]')


def _subject(tokens: Tokens, opening: int, verb: int, *, after_verb: bool, reporting: bool) -> Span | None:
    """The noun phrase before the verb: leading adverbials and what commas enclose left out, lists kept whole.

    `after_verb`: the words up to the first comma still belong to the clause before ("…, local media reported").
    """
    tags = tokens.tags
    if tags[opening:verb].isalpha():  # no mark parts it
        part = _trim(tokens, range(opening, verb))
        if len(part) > 1 and tags[part[0]] == "P" and tags[part[-1]] == "E":
            part = part[-1:]  # "At 43 she will be …"
        return tokens.span(part[0], part[-1]) if part and not _adverbial(tokens, part) else None
    parts = _parts(tags, opening, verb)
    if after_verb and len(parts) > 1:
        parts = parts[-1:] if reporting else parts[1:]
    parts = [trimmed for part in parts if (trimmed := _trim(tokens, part))]
    if not parts:
        return None
    opener = parts[0]
    if len(opener) > 1 and tags[opener[0]] == "P" and tags[opener[-1]] == "E":
        parts[0] = opener[-1:]
    while len(parts) > 1 and _adverbial(tokens, parts[0]):
        parts.pop(0)
    if _adverbial(tokens, parts[0]):
        return None
    if len(parts) >= 2 and _listed(tokens, parts):
        return tokens.span(parts[0][0], parts[-1][-1])
    return tokens.span(parts[0][0], parts[0][-1])


def _parts(tags: str, first: int, last: int) -> list[Sequence[int]]:
    """The numbers of the tokens [first, last), parted at marks, without what stands in brackets."""
    parts: list[list[int]] = [[]]
    depth = 0
    for match in _PARTING.finditer(tags, first, last):
        if not depth:
            parts[-1] += range(first, match.start())
        first = match.end()
        mark = match[0]
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append([])
    if not depth:
        parts[-1] += range(first, last)
    return [*parts]


def _listed(tokens: Tokens, parts: list[Sequence[int]]) -> bool:
    return any(tokens.lows[n] in ("and", "or") for n in parts[-1]) and all(len(part) <= 8 for part in parts)


def _trim(tokens: Tokens, part: Sequence[int]) -> Sequence[int]:
    lows, tags = tokens.lows, tokens.tags
    first, last = 0, len(part)
    while first < last and tags[part[first]] in "AC'S":
        first += 1
    while last > first and (tags[part[last - 1]] in "AC'" or lows[part[last - 1]] in ("both", "all", "each")):
        last -= 1
    return part[first:last]


def _adverbial(tokens: Tokens, part: Sequence[int]) -> bool:
    low, tag = tokens.lows[part[0]], tokens.tags[part[0]]
    if low in ("more", "less") and len(part) > 2 and tokens.lows[part[2]] in ("in", "within"):
        return True
    if low in _ABOUT and any(tokens.tags[n] == "#" for n in part[1:5]):
        return False
    return tag in "PISTGR" or (tag == "A" and len(part) <= 2)


_ABOUT = frozenset("more less fewer over under about around up at nearly almost".split())


def _antecedent(tokens: Tokens, relative: int) -> Span | None:
    """The noun phrase right before a relative word."""
    tags = tokens.tags
    last = relative - 1
    while last >= 0 and tags[last] in ",-":
        last -= 1
    if last < 0:
        return None
    first = last
    while first > 0 and tags[first - 1] in "NDO#'I" and tags[first] != "D":
        first -= 1
    return tokens.span(first, last)


_ENDS_OBJECT = re.compile(r"[;:(\n,]")


def _object_end(tokens: Tokens, first: int, closing: int) -> int:
    """The token after the object: it ends at a mark or at a word that opens a circumstance."""
    if first >= closing:
        return first
    tags, lows = tokens.tags, tokens.lows
    if tags[first] in "C,":
        return first
    stops = map(_STOP_OBJECT.__contains__, lows[first + 1 : closing])
    position = next(compress(range(first + 1, closing), stops), closing)
    if not tags[first:position].isalpha():
        for match in _ENDS_OBJECT.finditer(tags, first, position):
            if match[0] != "," or not _comma_in_list(tokens, match.start(), closing):
                position = match.start()
                break
        if tags.count('"', first, position) % 2:
            position = tags.rindex('"', first, position)
    while position > first and tags[position - 1] in "CPA,":
        position -= 1
    return position


def _comma_in_list(tokens: Tokens, position: int, closing: int) -> bool:
    tags, lows = tokens.tags, tokens.lows
    if position + 1 >= closing or tags[position + 1] not in "ND#O":
        return False
    for after in range(position + 1, min(closing, position + 8)):
        if lows[after] in ("and", "or"):
            return True
        if tags[after] in "VXRSP;":
            return False
    return False


def _stand_alone(tokens: Tokens, found: list[Clause]) -> None:
    """Mark the clauses whose own characters read as a sentence: own subject inside, no subordinator cut off."""
    for clause in reversed(found):
        if clause.complement >= 0:
            inner = found[clause.complement]
            if clause.object is None and clause.after < len(tokens.lows):
                clause.object = Span(tokens.starts[clause.after], max(inner.end, tokens.ends[clause.after]))
            clause.end = max(clause.end, inner.end)
            if inner.modality is Modality.ACTUAL:
                inner.modality = clause.modality
        own = (
            clause.subject is not None
            and clause.start <= clause.subject.start
            and clause.subject.end <= clause.verb.start
        )
        clause.alone = own and not clause.relative and not clause.shared and not clause.subordinate
