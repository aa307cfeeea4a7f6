"""Verdicts that the texts around two values decide."""

from __future__ import annotations

from datetime import date

import pytest

from claims.alignment.article import Article
from claims.alignment.compare import Verdict
from claims.alignment.features import Profile
from claims.alignment.verdicts import compare_slots, in_time
from claims.builtin import extract
from claims.grounding import ground
from claims.models import Claim, DateBasis, Document, RelationKind

R = RelationKind
DAY = date(2018, 11, 15)


def _told(key: str, text: str) -> tuple[Document, list[Claim]]:
    document = Document(id=key, path=key, text=text, published_at=DAY, date_basis=DateBasis.METADATA)
    found = [ground(document, draft, run_id="test") for draft in extract(document)]
    return document, [claim for claim in found if isinstance(claim, Claim)]


def verdict_of(a: str, b: str, written: tuple[str, str]) -> Verdict:
    """The verdict on the two figures, of articles of one day."""
    sides: list[Profile] = []
    claims: dict[str, Claim] = {}
    documents: dict[str, Document] = {}
    for key, text, words in (("a", a, written[0]), ("b", b, written[1])):
        documents[key], found = _told(key, text)
        claims |= {claim.id: claim for claim in found}
        profiles = Article(documents[key]).profiles(found).values()
        sides.append(next(p for p in profiles if p.quantity and p.quantity.as_written == words))
    x, y = sides
    return in_time(x, y, compare_slots(x, y), claims, documents)


@pytest.mark.parametrize(
    ("a", "b", "figures", "relation"),
    [
        (
            "As of Wednesday, 56 people had died in the fire.",
            "The fire has killed 63 people.",
            ("56", "63"),
            R.UPDATE,
        ),
        (
            "Containment stood at 35 percent on Wednesday.",
            "The fire was 40 percent contained.",
            ("35 percent", "40 percent"),
            R.UPDATE,
        ),
        (
            "The fire was 16 percent contained by Tuesday morning.",
            "The fire was 18 percent contained by Tuesday night.",
            ("16 percent", "18 percent"),
            R.UPDATE,
        ),
        # A toll does not fall, and a figure of the article's own day is no earlier one.
        (
            "As of Wednesday, 63 people had died in the fire.",
            "The fire has killed 56 people.",
            ("63", "56"),
            R.CONFLICT,
        ),
        (
            "The quake killed 56 people on Wednesday.",
            "The quake killed 63 people.",
            ("56", "63"),
            R.CONFLICT,
        ),
    ],
)
def test_a_figure_as_of_an_earlier_day(a: str, b: str, figures: tuple[str, str], relation: RelationKind) -> None:
    verdict = verdict_of(a, b, figures)
    assert (verdict.relation, verdict.discrepancy) == (relation, relation is R.CONFLICT)
    assert verdict_of(b, a, (figures[1], figures[0])).relation is relation
