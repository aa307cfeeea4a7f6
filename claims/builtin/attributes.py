"""Ranks, offices and roles of people: claims of kind `attribute`.

A caption states nothing else that is trusted, but how it styles a person is the outlet's own wording, so these drafts
are made from captions too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from claims.grounding.view import DocumentView
from claims.models import ClaimKind, Draft, Modality, Polarity, Span
from claims.normalisation.names import Name, parse_title, rank_in
from claims.normalisation.names.roles import expand
from claims.text.characters import squeeze
from claims.text.layout import BlockKind

_STYLED = frozenset({BlockKind.BODY, BlockKind.CAPTION})
_PERSON = "person"
HELD_BY = "held by"
_LONGEST = 160  # characters from title to name; what is longer was not read rightly


def attribute_drafts(seen: DocumentView) -> Iterator[Draft]:
    """One draft for each pair of a person and a rank, office or role, at the first place where the text gives it."""
    told: dict[tuple[str, str, str], Draft] = {}
    for name in seen.names:
        if name.kind != _PERSON or not _stands(seen, name):
            continue
        if not (name.title or name.role):
            if (draft := _announced(seen, name)) is not None:
                told.setdefault((_fullest(seen, name), HELD_BY, expand(draft.subject or "")), draft)
            continue
        fullest = _fullest(seen, name)
        for draft in (_rank(seen, name), _office(seen, name), _role(seen, name)):
            if draft is not None:
                value = draft.object if draft.predicate != HELD_BY else draft.subject
                told.setdefault((fullest, draft.predicate or "", expand(value or "")), draft)
    offices = {
        (person, value.split(" of ")[0])
        for person, predicate, value in told
        if predicate == HELD_BY and " of " in value
    }
    for (person, predicate, value), draft in told.items():
        if predicate != HELD_BY or (person, value) not in offices:
            yield draft  # "foreign minister" is not told again beside "foreign minister of Norland"


def _fullest(seen: DocumentView, name: Name) -> str:
    entity = seen.name_index.entity(name.text)
    return entity.fullest if entity else name.text


def _stands(seen: DocumentView, name: Name) -> bool:
    number = bisect_right(seen.block_starts, name.start) - 1
    return number >= 0 and name.start < seen.blocks[number].span.end and seen.blocks[number].kind in _STYLED


def _draft(seen: DocumentView, span: Span, subject: str, predicate: str, value: str) -> Draft | None:
    if not 0 < span.end - span.start <= _LONGEST or "\n" in seen.text[span.start : span.end]:
        return None
    return Draft.made(
        {
            "quote": seen.text[span.start : span.end],
            "kind": ClaimKind.ATTRIBUTE,
            "text": None,
            "start": span.start,
            "subject": squeeze(subject),
            "predicate": predicate,
            "object": squeeze(value),
            "quantity": None,
            "time": None,
            "place": None,
            "polarity": Polarity.ASSERTED,
            "modality": Modality.ACTUAL,
            "attribution": None,
            "attributes": {},
            "extractor": "builtin",
        }
    )


def _rank(seen: DocumentView, name: Name) -> Draft | None:
    """ "Major General X": the rank of X is Major General."""
    if name.title is None or name.title_start is None:
        return None
    rank = rank_in(name.title)
    if rank is None:
        return None
    written = name.title.split()
    for first in range(len(written)):
        tail = " ".join(written[first:])
        found = parse_title(tail)
        if found is not None and found.kind == "rank":
            return _draft(seen, Span(name.title_start, name.end), name.text, "rank", tail)
    return None


def _without_rank(title: str) -> str:
    """ "Army Chief of Staff Lieutenant-General" is the office "Army Chief of Staff" of one who has that rank."""
    words = title.split()
    for first in range(1, len(words)):
        found = parse_title(" ".join(words[first:]))
        if found is not None and found.kind == "rank":
            return " ".join(words[:first])
    return title


def _office(seen: DocumentView, name: Name) -> Draft | None:
    """ "Foreign Minister X": the office is held by X."""
    if name.title is None or name.title_start is None:
        return None
    title = parse_title(name.title)
    if title is None or title.kind != "office":
        return None
    words = _without_rank(name.title)
    if parse_title(words) is None:
        return None
    office = f"{words} of {name.nationality}" if name.nationality else words
    if not _one_holder(office):
        return _draft(seen, Span(name.title_start, name.end), name.text, "title", words)
    return _draft(seen, Span(name.title_start, name.end), office, HELD_BY, name.text)


_MANY = re.compile(
    r"\b(?:senator|sen|representative|rep|congress(?:man|woman)|lawmaker|mp|mep|deputy|deputies|judge|justice"
    r"|nominee|candidate|member|aide"
    r"|adviser|advisor|spokes(?:man|woman|person)|officer|official|attorney|lawyer|delegate|councillor|councilman"
    r"|professor|ambassador"
    r"|executive|founder|former|then|ex)\b",
    re.IGNORECASE,
)


def _one_holder(office: str) -> bool:
    """Whether one person holds the office at a time: "foreign minister of Norland", not "senator"."""
    return len(office.split()) > 1 and _MANY.search(office) is None


# "Norland's finance minister, ", "the finance minister of Norland, ": an office before the commas that hold a name.
_BEFORE_NAME = re.compile(
    r"\b(?:[Tt]he |(?P<whose>[A-Z][\w-]*(?: [A-Z][\w-]*)?)['’]s )"
    r"(?P<office>(?:[a-z][a-z-]* ){0,3}[a-z]+(?: (?:of|for) [A-Z][\w-]*(?: [A-Z][\w-]*)?)?), $"
)
_REACH = 80  # characters before the name


def _announced(seen: DocumentView, name: Name) -> Draft | None:
    """ "The finance minister, X, ": the office is held by X."""
    if seen.text[name.end : name.end + 1] != ",":
        return None
    found = _BEFORE_NAME.search(seen.text, max(0, name.start - _REACH), name.start)
    if found is None:
        return None
    words, whose = found["office"], found["whose"]
    title = parse_title(words.split(" of ")[0].split(" for ")[0])
    office = f"{words} of {whose}" if whose else words
    if title is None or title.kind != "office" or not _one_holder(office):
        return None
    return _draft(seen, Span(found.start(), name.end), office, HELD_BY, name.text)


def _role(seen: DocumentView, name: Name) -> Draft | None:
    """ "X, the finance minister of Y": the office is held by X; "X, a carpenter": the role of X."""
    if name.role is None or name.role_start is None or name.role_end is None:
        return None
    span = Span(min(name.start, name.role_start), max(name.end, name.role_end))
    title = parse_title(name.role)
    definite = name.role.lower().startswith(("the ", "its ", "his ", "her ", "their "))
    if title is not None and title.kind == "office" and (definite or name.role[0].isupper()):
        office = name.role.removeprefix("the ").removeprefix("The ")
        if _one_holder(office):
            return _draft(seen, span, office, HELD_BY, name.text)
    return _draft(seen, span, name.text, "role", name.role)
