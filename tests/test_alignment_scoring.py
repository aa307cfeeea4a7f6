"""Scoring: which features are asked, and what stays in memory."""

from __future__ import annotations

import gc
from functools import cache

from claims.alignment import Aligner, align
from claims.alignment.batches import Batch, story_facts
from claims.alignment.evidence import FEATURES, concerns
from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, Document

TEXTS = (
    "At least 40 people died and 120 were hurt on Monday. The repairs cost $3 million, 12 percent of the budget.",
    "Some 42 people died on Monday, and 118 were injured. Repairs cost $3.1 million or 15 percent of the budget.",
    "The bridge of 80 metres, the 22nd of its sort, closed for six weeks. Anna Roe, 43, was one of 42 dead.",
    "The bridge of 90 metres, the 22nd of its sort, closed for two months. Anna Roe, 44, was among 40 killed.",
)


@cache
def corpus() -> tuple[list[Claim], dict[str, Document]]:
    documents = {}
    claims: dict[str, Claim] = {}
    for number, text in enumerate(TEXTS):
        item = Document(id=f"d{number}", path=f"{number}.txt", text=text, source=f"outlet {number}")
        documents[item.id] = item
        for draft in extract(item):
            claim = ground(item, draft, run_id="r")
            if isinstance(claim, Claim):
                claims[claim.id] = claim
    return list(claims.values()), documents


def test_features_of_other_sorts_are_nothing() -> None:
    seen: set[str] = set()
    for x, _, _, values in Aligner(*corpus()).evidence():
        seen.add(x.sort)
        for name, value in values.items():
            assert value == 0.0 or concerns(FEATURES[name], x.sort), (name, x.sort)
    assert {"count", "age", "rank", "share"} <= seen


def test_alignment_leaves_no_cycles() -> None:
    align(*corpus())  # what is kept for good
    gc.collect()
    gc.disable()
    try:
        assert align(*corpus())
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_collector_is_left_as_it_was() -> None:
    nothing = Batch([], [], {}, [], {}, 0, [])
    story_facts(nothing)
    assert gc.isenabled()
    gc.disable()
    try:
        story_facts(nothing)
        assert not gc.isenabled()
    finally:
        gc.enable()
