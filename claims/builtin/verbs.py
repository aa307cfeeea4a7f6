"""Finite verb groups of a sentence: auxiliaries, negation, main verb, and "to" with what follows."""

from __future__ import annotations

import re
from typing import NamedTuple

from claims.builtin.tokens import Token, Tokens
from claims.text.lexicon import (
    BASE,
    BE,
    DO,
    HAVE,
    MODALS,
    NOUN_LIKE,
    PARTICIPLE,
    PAST,
    PRONOUNS,
    REPORTING,
    base_of,
)


class Group(NamedTuple):
    """A verb group: tokens [first, last], its main verb's form."""

    first: int
    last: int
    head: str
    sure: bool  # an auxiliary or a form that is nothing but a finite verb
    negated: bool
    modal: str
    passive: bool


_new = tuple.__new__
_VERBAL = re.compile("[XVGsb]")


def verb_groups(tokens: Tokens) -> list[Group]:
    """The finite verb groups, in order: "has refused to deploy" is one."""
    found: list[Group] = []
    done = 0
    for match in _VERBAL.finditer(tokens.tags):
        position = match.start()
        if position < done:
            continue
        tag = match[0]
        group = None
        if tag == "X":
            group = _auxiliary_group(tokens, position)
        elif tag == "V" or (
            tag in "Gsb" and _finite_here(tokens, position) and not _participle(tokens, position, found)
        ):
            group = _extend(
                tokens, position, position, sure=tag == "V", modal="", negated=_negated_before(tokens, position)
            )
        if group is not None:
            found.append(group)
            done = group.last + 1
    return _drop_reduced(tokens, found)


def _negated_before(tokens: Tokens, position: int) -> bool:
    return position > 0 and tokens.lows[position - 1] in ("never", "not", "hardly", "barely", "scarcely")


def _auxiliary_group(tokens: Tokens, first: int) -> Group | None:
    """From an auxiliary on: further auxiliaries, adverbs, negation, then the main verb if there is one."""
    last, main = first, first
    negated = _negated_before(tokens, first)
    modal = ""
    passive = False
    seen_be = False
    expects = ""
    position = first
    while position < len(tokens) and position - first < 9:
        token = tokens[position]
        low = token.low
        if token.tag == "X" or low in ("be", "been", "being"):
            if low in ("be", "been", "being", "is", "are", "was", "were", "am", "'re", "'m") or low.startswith(
                ("isn", "aren", "wasn", "weren")
            ):
                seen_be = True
                expects = "GHIi"
            elif low.startswith(("ha", "'ve", "'s", "'d")):
                seen_be = False
                expects = "GHV" if low != "'s" else "GHVI"
            else:
                expects = "b"
                if low in MODALS or low.startswith(
                    ("would", "could", "should", "might", "won", "can", "may", "must", "will")
                ):
                    modal = modal or low
            negated |= low.endswith(("n't", "n’t")) or low == "cannot"
            last = main = position
        elif token.tag == "A" or low in ("not", "never", "no longer"):
            only = position + 1 < len(tokens) and tokens[position + 1].low in ("only", "just", "necessarily", "merely")
            negated |= low in ("not", "never", "hardly", "barely", "scarcely") and not only
            if low == "not" or low == "never":
                last = position
        elif expects and (token.tag in "GHVIsb" or token.tag == "B"):
            takes = (
                token.tag in expects
                or (expects == "b" and (token.tag in "bs" or low in BASE))
                or (token.tag in "GHV" and "G" in expects)
            )
            if token.tag == "s" and expects != "b":
                takes = False
            if token.tag == "V" and low not in PARTICIPLE and seen_be:
                takes = False
            if not takes:
                break
            if token.tag == "I" and not seen_be:
                break
            passive = seen_be and token.tag in "GH"
            last = main = position
            return _extend(tokens, first, position, sure=True, modal=modal, negated=negated, passive=passive)
        elif token.tag == "E" and position == first + 1:
            pass  # a question: "did he say"
        else:
            break
        position += 1
    low = tokens[main].low
    head = "be" if low in BE or seen_be else ("have" if low in HAVE else ("do" if low in DO else low))
    return Group(first, last, head, True, negated, modal, False)


def _extend(
    tokens: list[Token], first: int, main: int, *, sure: bool, modal: str, negated: bool, passive: bool = False
) -> Group:
    """With "to" and a base form after it ("agreed to boost"), and with a particle ("kicked off")."""
    last = main
    head = base_of(tokens[main].low)
    position = main + 1
    size = len(tokens)
    if (
        position < size
        and tokens[position].low in _PARTICLES
        and not (position + 1 < size and tokens[position + 1].tag in "#")
    ):
        last = position
        position += 1
    if (
        position + 1 < size
        and tokens[position].tag == "T"
        and (tokens[position + 1].low in BASE or tokens[position + 1].low == "be")
    ):
        last = position + 1
        if tokens[last].low == "be" and last + 1 < size and tokens[last + 1].tag in "GH":
            last += 1
    return _new(Group, (first, last, head, sure, negated, modal, passive))


_PARTICLES = frozenset("off out up down away back over apart forward ahead".split())


def _before(tokens: list[Token], position: int) -> Token | None:
    """The token before, adverbs passed over."""
    position -= 1
    while position >= 0 and tokens[position].tag == "A":
        position -= 1
    return tokens[position] if position >= 0 else None


def _finite_here(tokens: list[Token], position: int) -> bool:
    """Whether a form that may be a participle or a noun is the verb of a clause here."""
    token = tokens[position]
    before = _before(tokens, position)
    if before is None:
        return False
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    tag = before.tag
    if token.tag == "G":
        if tag == "#" and after is not None and after.tag in 'DTE"O' and token.low in PAST:
            return True
        if (
            tag in "DPO#XT"
            or before.low in ("a", "an", "the")
            or (tag in ",;" and position >= 2 and not _resumes(tokens, position))
        ):
            return False
        if (
            after is not None
            and after.tag == "N"
            and not after.upper
            and tag in "NA"
            and before.low.endswith(_ADJECTIVAL)
        ):
            return False  # "a controversial planned vote"
        if tokens[position - 1].tag == "N" and "-" in tokens[position - 1].low and not tokens[position - 1].upper:
            return False  # "foreign-backed armed groups"
        if (
            tag == "C"
            and after is not None
            and (after.tag == "N" or after.upper)
            and position >= 3
            and (tokens[position - 2].tag in "GNI" and tokens[position - 3].tag in "DA")
        ):
            return False  # "a unified and integrated country"
        if (
            after is not None
            and after.tag == "N"
            and tag in "Nb"
            and not after.upper
            and token.low not in PAST
            and before.low not in PRONOUNS
        ):
            return False
        if token.low in NOUN_LIKE and tag not in "ERN":
            return False
        if tag == '"' and not (position >= 2 and tokens[position - 2].tag in ",.?!"):
            return False
        return tag in "NER)\"'#C,-]sbG"
    if after is None:
        return False
    # present or base form: only between a subject and what a verb takes
    opens = after.tag in 'DTEPR"A' or after.tag in "ON" or after.upper or after.tag == "#" or after.tag == "I"
    if token.tag == "s":
        if tag == "E":
            return True
        if tag == "R":
            return before.low in ("who", "which", "that")
        if token.low in NOUN_LIKE:
            if after.tag == "T" and token.low in _WANTING and tag in "N)":
                return True
            return tag == "N" and before.upper and (after.tag in 'DER"' or after.low == "that")
        return tag in "N)C,\"'" and opens
    if before.low in ("i", "you", "we", "they", "who", "which") and tag in "ER":
        return True
    if tag == "N" and before.upper and position >= 2 and tokens[position - 2].low == "and" and after.tag == "D":
        return True
    if tag == "N" and token.low not in NOUN_LIKE and (before.low.endswith("s") or before.upper):
        return after.tag in "DTER" or after.upper
    return False


_ADJECTIVAL = ("al", "ive", "ous", "ful", "ic", "ible", "able", "ary", "ish", "less", "ern", "-led", "ent", "ant")
_WANTING = frozenset("plans wants hopes aims claims pledges promises refuses threatens".split())


def _participle(tokens: list[Token], position: int, found: list[Group]) -> bool:
    """Whether an -ed form after earlier verbs only describes a noun: "a device shared by …"."""
    if tokens[position].tag != "G":
        return False
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    if (
        after is not None
        and after.low == "by"
        and not (position + 2 < len(tokens) and tokens[position + 2].tag in "#A")
    ):
        return True
    paired = (
        after is not None and after.low == "and" and position + 3 < len(tokens) and tokens[position + 2].tag in "GH"
    )
    if paired and tokens[position + 3].low == "by":
        return True
    if not found:
        return False
    last = found[-1]
    if last.last == position - 1:
        return True
    if not last.sure and tokens[last.last + 1].tag == "P":
        return False  # "the talks held in May ended": the first one may be the participle
    if len(found) == 1 and last.first > 0 and tokens[last.first - 1].low in ("who", "which", "that"):
        return False  # "leaders who were there called for it": the verb after the relative clause
    between = tokens[last.last + 1 : position]
    if between[-1].tag == ",":
        comma = next((n for n in range(position - 2, -1, -1) if tokens[n].tag == ","), -1)
        return not (comma >= 0 and comma < last.first and tokens[comma + 1].tag in "RP")
    if last.head in REPORTING:
        return False
    for t in between:
        if t.tag in ',;:CRS"-()' or t.low in ("after", "before", "since", "as", "until"):
            return False
    return after is not None and after.tag in "PT"


def _resumes(tokens: list[Token], position: int) -> bool:
    """After a comma, a verb continues its subject only where the comma closes an insertion: "X, who …, said"."""
    for back in range(position - 2, -1, -1):
        if tokens[back].tag in ",(;":
            return True
    return (
        tokens[position].low in PAST
        and tokens[position - 1].tag == ","
        and tokens[position].low not in ("based", "compared", "given")
    )


def _drop_reduced(tokens: list[Token], groups: list[Group]) -> list[Group]:
    """In "the talks held in May ended", "held" is no finite verb: a surer verb follows with nothing between clauses."""
    kept: list[Group] = []
    for number, group in enumerate(groups):
        if not group.sure and tokens[group.first].tag == "G" and number + 1 < len(groups):
            after = groups[number + 1]
            between = tokens[group.last + 1 : after.first]
            opened = any(
                t.tag in ',;:CSR"(' or t.low in ("as", "before", "after", "since", "than", "until") for t in between
            )
            first = tokens[group.last + 1] if group.last + 1 < len(tokens) else None
            participle = first is not None and (first.tag in "P" or first.low in ("by", "in", "on", "at", "to"))
            own = bool(between) and between[-1].tag == "E"
            if not opened and not own and participle and after.first - group.last <= 12 and between:
                continue
        kept.append(group)
    return kept
