"""Which agency or outlet a text was taken from, where its dateline or credit line says so.

Only the forms that agencies themselves use are read; a name in running text is never taken for the origin.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = 3000  # characters: a dateline stands near the top
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_PLACE = r"[^\W\d_][\w.'’ -]{1,40}(?:,\s*[^\W\d_][\w.'’ -]{1,30})?"
_NAME = r"[^\W\d_a-z][\w.&'’-]*(?:[ ][^\W\d_][\w.&'’-]*){0,3}"
_DASH = r"\s*(?:—|–|--?|―)\s"

_FORMS = (
    # PLACE, October 23. /AGENCY/.
    re.compile(rf"^[ \t]*{_PLACE}(?:,\s*{_DAY})?\.?\s*/({_NAME})/[.\s]", re.M),
    # PLACE (Agency) —   and   PLACE, Oct 3 (Agency) -
    re.compile(rf"^[ \t]*{_PLACE}(?:,\s*{_DAY})?\s*\(({_NAME})\){_DASH}", re.M),
    # Place, Oct 21, AGENCY —
    re.compile(rf"^[ \t]*{_PLACE},\s*{_DAY},\s*({_NAME}){_DASH}", re.M),
    # Name, 25 September 2017   on a line of its own
    re.compile(rf"^[ \t]*({_NAME}),\s*{_DAY}[ \t]*$", re.M),
    # Source: Name   By arrangement with: Name   on a line of its own
    re.compile(rf"^[ \t]*(?:Source|Agency|Originally published (?:by|in)|Courtesy of):?[ \t]+({_NAME})[ \t.]*$", re.M),
)


class Origin(NamedTuple):
    """The name as written, and what it rests on."""

    name: str
    basis: str


def find_origin(text: str) -> Origin | None:
    """The agency or outlet that the head of `text` names as its origin, or None."""
    head = text[:_HEAD]
    for index, form in enumerate(_FORMS):
        match = form.search(head)
        if match:
            return Origin(match[1].strip(), "dateline" if index < 4 else "credit")
    return None
