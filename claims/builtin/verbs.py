"""Finite verb groups of a sentence: auxiliaries, negation, main verb, and "to" with what follows."""

from __future__ import annotations

import re
from typing import NamedTuple

from claims.builtin.tokens import Tokens
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
    return position > 0 and tokens.lows[position - 1] in _NEGATIVE


_NEGATIVE = frozenset("never not hardly barely scarcely".split())
_BEING = frozenset("be been being is are was were am 're 'm".split())


def _auxiliary_group(tokens: Tokens, first: int) -> Group | None:
    """From an auxiliary on: further auxiliaries, adverbs, negation, then the main verb if there is one."""
    lows, tags = tokens.lows, tokens.tags
    last, main = first, first
    negated = _negated_before(tokens, first)
    modal = ""
    seen_be = False
    expects = ""
    for position in range(first, min(len(lows), first + 9)):
        low, tag = lows[position], tags[position]
        if tag == "X" or low in ("be", "been", "being"):
            if low in _BEING or low.startswith(("isn", "aren", "wasn", "weren")):
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
        elif tag == "A" or low in ("not", "never", "no longer"):
            only = position + 1 < len(lows) and lows[position + 1] in ("only", "just", "necessarily", "merely")
            negated |= low in _NEGATIVE and not only
            if low == "not" or low == "never":
                last = position
        elif expects and tag in "GHVIsbB":
            takes = (
                tag in expects or (expects == "b" and (tag in "bs" or low in BASE)) or (tag in "GHV" and "G" in expects)
            )
            if tag == "s" and expects != "b":
                takes = False
            if tag == "V" and low not in PARTICIPLE and seen_be:
                takes = False
            if not takes:
                break
            if tag == "I" and not seen_be:
                break
            passive = seen_be and tag in "GH"
            return _extend(tokens, first, position, sure=True, modal=modal, negated=negated, passive=passive)
        elif tag == "E" and position == first + 1:
            pass  # a question: "did he say"
        else:
            break
    low = lows[main]
    head = "be" if low in BE or seen_be else ("have" if low in HAVE else ("do" if low in DO else low))
    return Group(first, last, head, True, negated, modal, False)


def _extend(
    tokens: Tokens, first: int, main: int, *, sure: bool, modal: str, negated: bool, passive: bool = False
) -> Group:
    """With "to" and a base form after it ("agreed to boost"), and with a particle ("kicked off")."""
    lows, tags = tokens.lows, tokens.tags
    size = len(lows)
    last = main
    position = main + 1
    if position < size and lows[position] in _PARTICLES and tags[position + 1 : position + 2] != "#":
        last = position
        position += 1
    if position + 1 < size and tags[position] == "T":
        low = lows[position + 1]
        if low in BASE or low == "be":
            last = position + 1
            if low == "be" and tags[last + 1 : last + 2] in ("G", "H"):
                last += 1
    return _new(Group, (first, last, base_of(lows[main]), sure, negated, modal, passive))


_PARTICLES = frozenset("off out up down away back over apart forward ahead".split())


def _finite_here(tokens: Tokens, position: int) -> bool:
    """Whether a form that may be a participle or a noun is the verb of a clause here."""
    lows, tags, uppers = tokens.lows, tokens.tags, tokens.uppers
    subject = position - 1  # the token before, adverbs passed over
    while subject >= 0 and tags[subject] == "A":
        subject -= 1
    if subject < 0:
        return False
    low, before, tag = lows[position], lows[subject], tags[subject]
    ahead = position + 1
    follows = tags[ahead : ahead + 1]  # "" at the end
    if tags[position] == "G":
        if tag == "#" and follows and follows in 'DTE"O' and low in PAST:
            return True
        if (
            tag in "DPO#XT"
            or before in ("a", "an", "the")
            or (tag in ",;" and position >= 2 and not _resumes(tokens, position))
        ):
            return False
        plain_noun = follows == "N" and not uppers[ahead]
        if plain_noun and tag in "NA" and before.endswith(_ADJECTIVAL):
            return False  # "a controversial planned vote"
        if tags[position - 1] == "N" and "-" in lows[position - 1] and not uppers[position - 1]:
            return False  # "foreign-backed armed groups"
        if (
            tag == "C"
            and follows
            and (follows == "N" or uppers[ahead])
            and position >= 3
            and (tags[position - 2] in "GNI" and tags[position - 3] in "DA")
        ):
            return False  # "a unified and integrated country"
        if plain_noun and tag in "Nb" and low not in PAST and before not in PRONOUNS:
            return False
        if low in NOUN_LIKE and tag not in "ERN":
            return False
        if tag == '"' and not (position >= 2 and tags[position - 2] in ",.?!"):
            return False
        return tag in "NER)\"'#C,-]sbG"
    if not follows:
        return False
    # present or base form: only between a subject and what a verb takes
    if tags[position] == "s":
        if tag == "E":
            return True
        if tag == "R":
            return before in ("who", "which", "that")
        if low in NOUN_LIKE:
            if follows == "T" and low in _WANTING and tag in "N)":
                return True
            noun = tag == "N" or (tag == "b" and subject > 0 and tags[subject - 1] in "DNO")
            if low in _MEASURING and noun and (follows in "#$£€¥" or lows[ahead] in _ROUGHLY):
                return True  # "the plan costs $40"
            return tag == "N" and uppers[subject] > 0 and (follows in 'DER"' or lows[ahead] == "that")
        return tag in "N)C,\"'" and (follows in 'DTEPR"AON#I' or uppers[ahead] > 0)
    if before in ("i", "you", "we", "they", "who", "which") and tag in "ER":
        return True
    if tag == "N" and uppers[subject] and position >= 2 and lows[position - 2] == "and" and follows == "D":
        return True
    if tag == "N" and low not in NOUN_LIKE and (before.endswith("s") or uppers[subject]):
        return follows in "DTER" or uppers[ahead] > 0
    return False


_ADJECTIVAL = ("al", "ive", "ous", "ful", "ic", "ible", "able", "ary", "ish", "less", "ern", "-led", "ent", "ant")
_MEASURING = frozenset("costs counts covers hits measures numbers ranks reaches runs scores tops totals".split())
_ROUGHLY = frozenset("about almost around roughly nearly some more less over under".split())
_WANTING = frozenset("plans wants hopes aims claims pledges promises refuses threatens".split())


def _participle(tokens: Tokens, position: int, found: list[Group]) -> bool:
    """Whether an -ed form after earlier verbs only describes a noun: "a device shared by …"."""
    lows, tags = tokens.lows, tokens.tags
    if tags[position] != "G":
        return False
    after = lows[position + 1] if position + 1 < len(lows) else ""
    if after == "by" and tags[position + 2 : position + 3] not in ("#", "A"):
        return True
    if after == "and" and position + 3 < len(lows) and tags[position + 2] in "GH" and lows[position + 3] == "by":
        return True
    if not found:
        return False
    last = found[-1]
    if last.last == position - 1:
        return True
    if not last.sure and tags[last.last + 1] == "P":
        return False  # "the talks held in May ended": the first one may be the participle
    if len(found) == 1 and last.first > 0 and lows[last.first - 1] in ("who", "which", "that"):
        return False  # "leaders who were there called for it": the verb after the relative clause
    if tags[position - 1] == ",":
        comma = tags.rfind(",", 0, position - 1)
        return not (0 <= comma < last.first and tags[comma + 1] in "RP")
    if last.head in REPORTING:
        return False
    between = slice(last.last + 1, position)
    if not _PARTS.isdisjoint(tags[between]) or not _PARTING.isdisjoint(lows[between]):
        return False
    return bool(after) and tags[position + 1] in "PT"


_PARTS = frozenset(',;:CRS"-()')
_PARTING = frozenset("after before since until as".split())


def _resumes(tokens: Tokens, position: int) -> bool:
    """After a comma, a verb continues its subject only where the comma closes an insertion: "X, who …, said"."""
    if not _INSERTING.isdisjoint(tokens.tags[: position - 1]):
        return True
    low = tokens.lows[position]
    return low in PAST and tokens.tags[position - 1] == "," and low not in ("based", "compared", "given")


_INSERTING = frozenset(",(;")


def _drop_reduced(tokens: Tokens, groups: list[Group]) -> list[Group]:
    """In "the talks held in May ended", "held" is no finite verb: a surer verb follows with nothing between clauses."""
    lows, tags = tokens.lows, tokens.tags
    kept: list[Group] = []
    for number, group in enumerate(groups):
        if not group.sure and tags[group.first] == "G" and number + 1 < len(groups):
            first, after = group.last + 1, groups[number + 1].first
            if first < after <= group.last + 12 and (
                tags[first] == "P" or lows[first] in ("by", "in", "on", "at", "to")
            ):
                opened = not (_OPENS.isdisjoint(tags[first:after]) and _OPENING.isdisjoint(lows[first:after]))
                if not opened and tags[after - 1] != "E":
                    continue
        kept.append(group)
    return kept


_OPENS = frozenset(',;:CSR"(')
_OPENING = _PARTING | {"than"}
