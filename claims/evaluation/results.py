"""What an evaluation gives: scores by field, and what was missed, invented, repeated or wrong."""

from __future__ import annotations

from typing import Literal

from claims.evaluation.scores import Counts, FieldScore
from claims.models import Frozen, RelationKind

CLAIM_FIELDS = (
    "claims",
    "quotes",
    "kind",
    "quantity value",
    "quantity value+comparator",
    "quantity value+unit",
    "quantity all",
    "speaker",
    "time words",
    "time resolved",
    "negation",
    "modality",
)
PAIR_FIELDS = ("aligned pairs", "relation", "discrepancy")
ABOUT = {
    "claims": "a claim of the gold is found: the same figure, or half of the shorter quote shared",
    "quotes": "found, and the quotes share four fifths of their joint length",
    "kind": "found, with the right kind",
    "quantity value": "found, with the right figure",
    "quantity value+comparator": "… and the right bound and direction of change",
    "quantity value+unit": "… and the right unit, currency or thing counted",
    "quantity all": "… and both",
    "speaker": "found, and given to the right speaker",
    "time words": "found, with a time at the right words",
    "time resolved": "… that stands for the right days",
    "negation": "found, and known to be negated or denied",
    "modality": "found, and known to be planned, possible, conditional or reported",
    "aligned pairs": "two claims of different articles are known to be about one fact",
    "relation": "of these, the relation is right",
    "discrepancy": "a pair is flagged as a discrepancy, and is one",
}
Verdict = Literal["missed", "invented", "repeated", "wrong"]
QUOTE_SHARED = 0.8
NOT_ALIGNED = (RelationKind.DIFFERENT_SCOPE, RelationKind.UNRELATED)


class Difference(Frozen):
    """One thing that the extractor missed, invented, said twice, or got wrong."""

    verdict: Verdict
    field: str
    document: str
    gold: str | None = None
    predicted: str | None = None
    quote: str | None = None


class Report(Frozen):
    """The result of an evaluation. Scores are in [0, 1]; `table` and `differences` are what people read."""

    name: str
    corpus_hash: str
    documents: int
    gold_claims: int
    claims: int
    rejected: int
    gold_pairs: int
    resamples: int
    seed: int
    fields: tuple[FieldScore, ...]
    differences: tuple[Difference, ...]

    def score(self, field: str) -> FieldScore:
        """The score of one field by its name."""
        return next(score for score in self.fields if score.field == field)

    def table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Headers and rows of the score table, as text: percent with one decimal, the interval in brackets."""
        headers = ("field", "precision", "recall", "F1", "95% interval of F1", "right", "wrong", "missed")
        rows: list[tuple[str, ...]] = [
            (
                s.field,
                _percent(s.precision),
                _percent(s.recall),
                _percent(s.f1),
                f"{_percent(s.f1_interval.low)} to {_percent(s.f1_interval.high)}" if s.f1_interval else "",
                str(s.right),
                str(s.wrong),
                str(s.missed),
            )
            for s in self.fields
        ]
        return headers, rows

    def difference_table(self) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """Headers and rows of what was missed, invented and wrong, in the order of the gold file."""
        headers = ("verdict", "field", "document", "gold", "predicted", "quote")
        return headers, [
            (d.verdict, d.field, d.document, d.gold or "", d.predicted or "", d.quote or "") for d in self.differences
        ]


class Tally:
    """Counts and differences of one document or story."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.differences: list[Difference] = []
        self._counts: dict[str, list[int]] = {}

    def counts(self, field: str) -> Counts:
        right, wrong, missed = self._counts.get(field, (0, 0, 0))
        return Counts(right=right, wrong=wrong, missed=missed)

    def add(self, field: str, *, gold: bool, predicted: bool, right: bool) -> None:
        """Count one item: `right` when both are there and agree; else wrong if predicted, missed if in the gold."""
        row = self._counts.setdefault(field, [0, 0, 0])
        if right:
            row[0] += 1
            return
        row[1] += predicted
        row[2] += gold

    def note(
        self,
        field: str,
        gold: str | None,
        predicted: str | None,
        quote: str | None,
        document: str | None = None,
        verdict: Verdict | None = None,
    ) -> None:
        """Keep a difference for the table; the verdict follows from what is there, unless given."""
        if verdict is None:
            verdict = "invented" if gold is None else "missed" if predicted is None else "wrong"
        self.differences.append(
            Difference(
                verdict=verdict,
                field=field,
                document=document or self.name,
                gold=gold,
                predicted=predicted,
                quote=quote,
            )
        )


def _percent(value: float | None) -> str:
    return "" if value is None else f"{100 * value:.1f}"
