"""Two statements, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.alignment import compare_all
from claims.alignment.adjudicate import RULE, Reading
from claims.alignment.pairs import Pair, pair_of_sentences, relation_of_values
from claims.alignment.statements import claims_of
from claims.errors import ModelUnavailable
from claims.models import Claim, Document, Relation, RelationKind
from claims.pipeline.loop import run
from claims.settings import Settings

if TYPE_CHECKING:
    from claims.pipeline.adjudicating import Judged, SecondReader


def compare(a: str, b: str, settings: Settings) -> Relation:
    """The relation of two statements, "A" and "B", by the built-in extractor or by the model that is set.

    A model is the second reader as well: where arithmetic leaves open whether both are about one fact, and where
    nothing can be calculated. With `settings.adjudicate` it is so too when the built-in extractor extracts.
    """
    if settings.uses_model:
        from claims.llm.local import serve

        with serve(settings) as served:
            one, two = run(_extracted([a, b], served))
    else:
        one, two = claims_of(a, "A"), claims_of(b, "B")
    relation = compare_all(one, two)
    if not (settings.uses_model or settings.adjudicate):
        return relation
    return _second_reading(a, b, one, two, relation, settings)


def _second_reading(
    a: str, b: str, one: Sequence[Claim], two: Sequence[Claim], relation: Relation, settings: Settings
) -> Relation:
    from claims.pipeline.adjudicating import second_reader

    reader = second_reader(settings)
    pair = pair_of_sentences(a, b, one, two, relation)
    if pair is None:
        return relation
    outcome = run(_judged(reader, pair))
    if outcome.reading is None:
        return relation.model_copy(
            update={"evidence": (*relation.evidence, f"second reader {reader.model}: rejected, {outcome.problem}")}
        )
    return _read(pair, outcome.reading, relation)


async def _judged(reader: SecondReader, pair: Pair) -> Judged:
    from claims.llm import Client, Task
    from claims.llm.local import serve
    from claims.pipeline.adjudicating import judge

    with serve(reader.settings) as served:
        async with Client(served) as client:
            return await judge(client, reader, pair.question, Task("adjudicate"))


def _read(pair: Pair, reading: Reading, relation: Relation) -> Relation:
    """`relation` as a verdict changes it. Values stay as arithmetic has them."""
    evidence = (f"second reader {reading.reader}: {reading.reason}",)
    if reading.same_fact == "undecidable":
        return relation.model_copy(update={"evidence": (*relation.evidence, *evidence)})
    kind = reading.relation
    if reading.same_fact == "no":
        kind = kind if kind is RelationKind.DIFFERENT_SCOPE else RelationKind.UNRELATED
        reason = f"They are not about one fact, as {reading.reader} reads them: {reading.reason}"
    elif pair.values is not None:
        return relation_of_values(pair, evidence)
    else:
        quotes = dict(zip((reading.a, reading.b), reading.quotes, strict=True))
        reason = f"A says “{quotes['A']}”, B says “{quotes['B']}”, as {reading.reader} reads them: {reading.reason}"
    return Relation(
        a="A",
        b="B",
        relation=kind,
        discrepancy=kind is RelationKind.CONFLICT and reading.same_fact == "yes",
        reason=reason,
        evidence=evidence,
        rule=RULE,
        score=relation.score,
    )


async def _extracted(texts: list[str], settings: Settings) -> list[list[Claim]]:
    from claims.documents import make_document
    from claims.extraction import extract, options
    from claims.extraction.keeping import Kept
    from claims.llm import Client

    found: list[list[Claim]] = []
    async with Client(settings) as client:
        for name, text in zip("AB", texts, strict=True):
            document: Document = make_document(text, name).model_copy(update={"id": name})
            claims: list[Claim] = []
            async for result in extract([document], client, options(settings), Kept()):
                if result.error_kind is not None:
                    raise ModelUnavailable(f"statement {name}: the model gave no usable answer: {result.error}")
                claims += result.claims
            found.append(claims)
    return found
