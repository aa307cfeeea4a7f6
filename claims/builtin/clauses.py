"""Clauses of one sentence: who does what, found from closed word classes, verb forms and order.

No parser: English news order (subject, verb, rest) and the few words that open and close clauses carry far enough for
claims, at a microsecond a word. Where the signs are weak a clause is left whole; a clause too long is better than one
torn apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from claims.builtin.tokens import Token, Tokens, tokenise
from claims.builtin.verbs import Group, verb_groups
from claims.models import Modality, Polarity, Span
from claims.text.lexicon import (
    BE,
    REPORTING,
)

_new = tuple.__new__


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


def clauses(text: str, start: int, end: int, tokens: Tokens | None = None) -> list[Clause]:
    """The clauses of text[start:end) with a finite verb, in order. `text` should be folded; spans are in it."""
    tokens = tokenise(text, start, end) if tokens is None else tokens
    groups = verb_groups(tokens)
    found: list[Clause] = []
    closed = 0  # first token after the clause before
    complement = False
    opening, kind = _opening(tokens, 0, groups[0].first) if groups else (0, "")
    for number, group in enumerate(groups):
        after = groups[number + 1] if number + 1 < len(groups) else None
        next_opening, next_kind = _opening(tokens, group.last + 1, after.first) if after else (0, "")
        closing = _closing(tokens, group.last + 1, after, next_opening, next_kind)
        clause = _clause(tokens, group, opening, closing, kind, found, start, end)
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
            and ((next_kind == "" and next_opening == closed) or (next_kind == "that" and tokens[closed].low == "that"))
        )
    _stand_alone(tokens, found, start, end)
    return found


_OPENING = frozenset(");:(-\nRSC")
_CLAUSAL = frozenset("after before since until as".split())


def _opening(tokens: Tokens, low: int, verb: int) -> tuple[int, str]:
    """Where the clause of the verb begins (token number), and what opens it: "", coordinate, subordinate, relative."""
    depth = 0
    tags, lows = tokens.tags, tokens.lows
    for position in range(verb - 1, low - 1, -1):
        tag = tags[position]
        if tag not in _OPENING and lows[position] not in _CLAUSAL:
            continue
        token = tokens[position]
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
            if token.low in ("where", "when", "how", "why", "what"):
                return position + 1, "subordinate"
            if token.low == "that" and position + 1 < verb and tokens[position + 1].tag in "NEDO#":
                return position + 1, "that"
            return position + 1, "relative" if position + 1 >= verb or token.low in (
                "who",
                "which",
                "that",
            ) else "subordinate"
        if tag == "S" or (token.low in _CLAUSAL and _clausal(tokens, position, verb)):
            return position + 1, "condition" if token.low in _CONDITION else "subordinate"
        if tag == "C":
            between = tokens[position + 1 : verb]
            if not [t for t in between if t.tag != "A"]:
                return position + 1, "coordinate"
            if position > low and tokens[position - 1].tag == ",":
                return position + 1, "coordinate"
            if low and _own_subject(between) and not _list_before(tokens, low, position):
                return position + 1, "coordinate"
    return low, ""


#: Verbs that take a clause without "that"; after any other, "the plan she backed" is a noun with a clause to it.
_TAKING = REPORTING | frozenset(
    "mean ensure feel wish guess pray demand recommend propose request require see hear".split()
)


def _contact_subject(tokens: list[Token], verb: int) -> Span | None:
    """The subject of a clause that follows its noun with no word between: "she" in "the plan she backed"."""
    first = verb
    while first > 0 and tokens[first - 1].tag == "A":
        first -= 1
    last = first
    while first > 0 and (tokens[first - 1].upper or tokens[first - 1].tag == "E") and last - first < 5:
        first -= 1
        if tokens[first].tag == "E":
            break
    return Span(tokens[first].start, tokens[last - 1].end) if last > first else None


def _clausal(tokens: list[Token], position: int, verb: int) -> bool:
    """Whether "after", "as" … here opens a clause with this verb: its subject comes at once and no comma between."""
    inner = tokens[position + 1 : verb]
    if not inner or inner[0].tag not in "DEN#Os":
        return False
    commas = sum(t.tag == "," for t in inner)
    return commas == 0 or (commas == 2 and inner[-1].tag == ",")


def _own_subject(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].tag in "DEN#O" and not any(t.tag == "," for t in tokens)


def _list_before(tokens: list[Token], low: int, coordinator: int) -> bool:
    """Nothing but nouns between the last comma (or the start) and the coordinator: "…, X and Y said" is one subject."""
    if low == 0:
        return True
    for position in range(coordinator - 1, low - 1, -1):
        tag = tokens[position].tag
        if tag == ",":
            return position < coordinator - 1
        if tag not in "NDO#'sb":
            return tag in "RS" and position < coordinator - 1
    return False


_MARKS = re.compile('[,"-]')


def _closing(tokens: Tokens, first: int, after: Group | None, opening: int, kind: str) -> int:
    """The token after the last of the clause whose verb group ends before `first`.

    `after` is the next verb group, whose clause begins at `opening` and is opened as `kind` says.
    """
    if after is None:
        last = len(tokens)
        while last > first and tokens[last - 1].tag in ".!?;\n":
            last -= 1
        return last
    following = after.first
    if kind:
        opening -= 1
        while opening > first and tokens[opening - 1].tag in ',-"':
            opening -= 1
        return max(first, opening)
    if opening > first:
        return max(first, opening - 1)
    marks = [match.start() for match in _MARKS.finditer(tokens.tags, first, following)]
    if not marks:
        return first
    return marks[-1] if after.head in REPORTING else marks[0]


_STOP_OBJECT = frozenset(
    "in on at during after before since amid despite following while when because although though if as until by "
    "who which "
    "where adding saying".split()
)


def _clause(
    tokens: Tokens,
    group: Group,
    opening: int,
    closing: int,
    kind: str,
    earlier: list[Clause],
    start: int,
    end: int,
) -> Clause:
    inserted = not kind and bool(earlier) and earlier[-1].relative and tokens[group.first - 1].tag == ","
    subject = (
        None
        if inserted
        else _subject(
            tokens, opening, group.first, after_verb=not kind and bool(earlier), reporting=group.head in REPORTING
        )
    )
    relative = kind == "relative" and subject is None
    shared = False
    if subject is None and relative:
        subject = _antecedent(tokens, opening - 1)
    elif subject is None and earlier:
        subject, shared = earlier[-1].subject, True
    stop = _object_end(tokens, group.last + 1, closing)
    rest = _new(Span, (tokens[group.last + 1].start, tokens[stop - 1].end)) if stop > group.last + 1 else None
    negated = group.negated
    if subject is not None and not shared:
        first = bisect_left(tokens.starts, subject.start, min(opening, group.first), group.first)
        negated |= first < group.first and tokens.lows[first] in _NO_SUBJECT
    if (group.head in _UNDOING and any(t.tag == "T" for t in tokens[group.first : group.last])) or (
        group.head == "deny" and rest is not None
    ):
        negated = not negated
    if not negated and group.last + 2 < closing:
        negated = tokens[group.last + 1].low == "no" and tokens[group.last + 2].low not in _COMPARED
    clause_start = start if opening == 0 else tokens[min(opening, group.first)].start
    if relative or shared:
        clause_start = tokens[group.first].start
    elif subject is not None and not kind and earlier:
        clause_start = min(subject.start, tokens[group.first].start)
    clause_end = tokens[closing - 1].end if closing > group.last else tokens[group.last].end
    return Clause(
        start=clause_start,
        end=clause_end,
        verb=_new(Span, (tokens[group.first].start, tokens[group.last].end)),
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
        after=group.last + 1,
    )


_HEARSAY = frozenset({"allegedly", "reportedly", "purportedly"})
_LINKING = BE | {"look", "seem"}
_COMPARED = frozenset("more less fewer later earlier longer sooner doubt".split())


def _modality(tokens: list[Token], group: Group, kind: str) -> Modality:
    if kind == "condition":
        return Modality.CONDITIONAL
    modal = group.modal.removesuffix("n't").removesuffix("n’t")
    if modal in _PLANNED or modal == "won":
        return Modality.PLANNED
    if modal in _POSSIBLE:
        return Modality.POSSIBLE
    if modal in _CONDITIONAL:
        return Modality.CONDITIONAL
    if group.last > group.first:
        words = {t.low for t in tokens[group.first : group.last + 1]}
        if words & _HEARSAY:
            return Modality.REPORTED
        if "to" in words and (group.head in _PLAN_VERBS or group.head == "be"):
            return Modality.PLANNED
    if group.head == "expect":
        return Modality.PLANNED
    if group.head not in _LINKING:
        return Modality.ACTUAL
    after = tokens[group.last + 1 : group.last + 4]
    if [t.low for t in after[:2]] in (["due", "to"], ["set", "to"]):
        return Modality.PLANNED
    if any(t.low in ("likely", "unlikely", "possible") for t in after):
        return Modality.POSSIBLE
    return Modality.ACTUAL


_PARTING = re.compile(r'[(\[)\],;:"\n-]')


def _subject(tokens: Tokens, opening: int, verb: int, *, after_verb: bool, reporting: bool) -> Span | None:
    """The noun phrase before the verb: leading adverbials and what commas enclose left out, lists kept whole.

    `after_verb`: the words up to the first comma still belong to the clause before ("…, local media reported").
    """
    parts: list[list[Token]] = [[]]
    depth = 0
    at = opening
    for match in _PARTING.finditer(tokens.tags, opening, verb):
        if not depth:
            parts[-1] += tokens[at : match.start()]
        at = match.end()
        mark = match[0]
        if mark in "([":
            depth += 1
        elif mark in ")]":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append([])
    if not depth:
        parts[-1] += tokens[at:verb]
    if after_verb and len(parts) > 1:
        parts = parts[-1:] if reporting else parts[1:]
    parts = [trimmed for part in parts if (trimmed := _trim(part))]
    if parts and len(parts[0]) > 1 and parts[0][0].tag == "P" and parts[0][-1].tag == "E":
        parts[0] = parts[0][-1:]  # "At 43 she will be …"
    while len(parts) > 1 and _adverbial(parts[0]):
        parts.pop(0)
    if parts and _adverbial(parts[0]):
        return None
    if not parts:
        return None
    if len(parts) >= 2 and _listed(parts):
        return Span(parts[0][0].start, parts[-1][-1].end)
    return _new(Span, (parts[0][0].start, parts[0][-1].end))


def _listed(parts: list[list[Token]]) -> bool:
    return any(t.low in ("and", "or") for t in parts[-1]) and all(len(part) <= 8 for part in parts)


def _trim(part: list[Token]) -> list[Token]:
    first, last = 0, len(part)
    while first < last and (part[first].tag in "AC'" or part[first].tag == "S"):
        first += 1
    while last > first and (part[last - 1].tag in "AC'" or part[last - 1].low in ("both", "all", "each")):
        last -= 1
    return part[first:last]


def _adverbial(part: list[Token]) -> bool:
    first = part[0]
    if first.low in ("more", "less") and any(t.low in ("in", "within") for t in part[2:3]):
        return True
    if first.low in (
        "more",
        "less",
        "fewer",
        "over",
        "under",
        "about",
        "around",
        "up",
        "at",
        "nearly",
        "almost",
    ) and any(t.tag == "#" for t in part[1:5]):
        return False
    return first.tag in "PISTGR" or (first.tag == "A" and len(part) <= 2)


def _antecedent(tokens: list[Token], relative: int) -> Span | None:
    """The noun phrase right before a relative word."""
    last = relative - 1
    while last >= 0 and tokens[last].tag in ",-":
        last -= 1
    if last < 0:
        return None
    first = last
    while first > 0 and tokens[first - 1].tag in "NDO#'I" and tokens[first].tag != "D":
        first -= 1
    return Span(tokens[first].start, tokens[last].end)


_ENDS_OBJECT = re.compile(r"[;:(\n,]")


def _object_end(tokens: Tokens, first: int, closing: int) -> int:
    """The token after the object: it ends at a mark or at a word that opens a circumstance."""
    if first >= closing:
        return first
    tags, lows = tokens.tags, tokens.lows
    if tags[first] == "C":
        return first
    position = closing
    for number in range(first + 1, closing):
        if lows[number] in _STOP_OBJECT:
            position = number
            break
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


def _stand_alone(tokens: list[Token], found: list[Clause], start: int, end: int) -> None:
    """Mark the clauses whose own characters read as a sentence: own subject inside, no subordinator cut off."""
    for clause in reversed(found):
        if clause.complement >= 0:
            inner = found[clause.complement]
            if clause.object is None and clause.after < len(tokens):
                clause.object = Span(tokens[clause.after].start, max(inner.end, tokens[clause.after].end))
            clause.end = max(clause.end, inner.end)
            if inner.modality is Modality.ACTUAL:
                inner.modality = clause.modality
        own = (
            clause.subject is not None
            and clause.start <= clause.subject.start
            and clause.subject.end <= clause.verb.start
        )
        clause.alone = own and not clause.relative and not clause.shared and not clause.subordinate
