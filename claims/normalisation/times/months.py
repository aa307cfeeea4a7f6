"""Whether the name of a month, with no day or year beside it, is a time."""

from __future__ import annotations

import re

from claims.normalisation.times.lexicon import WEAK_MONTHS

_MONTH_CUE = re.compile(
    r"\b(?:in|since|until|till|by|from|to|of|early|late|mid|last|next|this|before|after|between|and|or|through|during|"
    r"every|each|for|its|their|the|a|end|mid-|early-|late-|around|throughout|s)[\s-]{1,2}$",
    re.I,
)
_STRONG_MONTH_CUE = re.compile(
    r"\b(?:in|since|until|till|from|early|late|mid|last|next|this|between|during|through|throughout|by|before|after"
    r"|(?:weeks?|days?|month|part|half|end|start|beginning|middle)\sof)[\s-]{1,2}$",
    re.IGNORECASE,
)
_NEXT_CAPITAL = re.compile(r"\s[A-Z][a-z]")


_AS_PERSON = re.compile(
    r"['’]s\b|\s(?:said|says|lost|won|has|had|is|was|will|would|did|does|told|and\s[A-Z]|[a-z]+ed)\b"
)


def month_stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the word matched as `month`, with no day or year beside it, is one: not a name ("May said"), no verb."""
    word = match["month"]
    before = text[max(0, match.start() - 16) : match.start()]
    after = text[match.end() : match.end() + 3]
    if after[:1] in "-‑" and after[:1]:
        return False
    lower = word.lower().rstrip(".")
    if lower in WEAK_MONTHS:
        if len(lower) <= 3 and lower != "may" and not word.endswith("."):
            return False
        strong = _STRONG_MONTH_CUE.search(before)
        if (
            lower == "may"
            and _AS_PERSON.match(text, match.end())
            and not (strong and strong[0].lower().startswith("in"))
        ):
            return False
        if strong:
            return not (
                lower in ("may", "march") and _NEXT_CAPITAL.match(text, match.end()) and before.strip().lower() == "by"
            )
        return bool(_MONTH_CUE.search(before)) and not _NEXT_CAPITAL.match(text, match.end()) and lower != "may"
    return True
