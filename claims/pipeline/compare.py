"""Two statements, side by side."""

from __future__ import annotations

import asyncio

from claims.alignment import compare_all, compare_sentences
from claims.errors import ModelUnavailable
from claims.models import Claim, Document, Relation
from claims.settings import Settings


def compare(a: str, b: str, settings: Settings) -> Relation:
    """The relation of two statements, "A" and "B", by the built-in extractor or by the model that is set."""
    if not settings.uses_model:
        return compare_sentences(a, b)
    from claims.llm.local import serve

    with serve(settings) as served:
        one, two = asyncio.run(_extracted([a, b], served))
    return compare_all(one, two)


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
