"""A draft becomes a claim only where the text licenses every part of it; else a rejection with the reason."""

from __future__ import annotations

import hashlib
from bisect import bisect_right

from claims.grounding.figures import quantity_of, time_of
from claims.grounding.locate import locate
from claims.grounding.negation import check_left_out, modality_of, polarity_of
from claims.grounding.place import BUILTIN, Place, Refused, place_of
from claims.grounding.speakers import attribution_of
from claims.grounding.view import DocumentView, view
from claims.grounding.wording import check_fields, wording_of
from claims.models import Claim, ClaimKind, Document, Draft, Quantity, Rejection, Span, TimeRef
from claims.text.layout import BlockKind

MAX_TRIES = 8  # places of one quote that are checked
_MAX_QUOTE = 4_000
_SILENT = frozenset(
    {
        BlockKind.CAPTION,
        BlockKind.NAVIGATION,
        BlockKind.TAGS,
        BlockKind.LINK,
        BlockKind.RELATED,
        BlockKind.BOILERPLATE,
        BlockKind.PULL_QUOTE,
        BlockKind.DATELINE,
        BlockKind.HEADLINE,
        BlockKind.HEADING,
    }
)


def ground(
    document: Document,
    draft: Draft,
    *,
    run_id: str,
    window: Span | None = None,
    seen: DocumentView | None = None,
) -> Claim | Rejection:
    """The claim that a draft makes, or why the text does not bear it.

    `seen` is the view of the document, where the caller has it. `window` is the part of the document that the extractor
    was shown; a quote is sought there first. The result's `quote` is always `document.text[start:end]`; quantity, time
    and attribution are as code reads them at that place, with offsets in the document. Rejection codes:
    quote_not_found, not_body, number, unit, date, negation, name, roles, speaker.
    """
    seen = seen or view(document)
    spans = (
        locate(document.text, draft.quote, near=draft.start, window=window) if len(draft.quote) <= _MAX_QUOTE else []
    )
    if not spans:
        shown = draft.quote if len(draft.quote) <= 80 else draft.quote[:77] + "..."
        return _reject(document, draft, "quote_not_found", f"The words “{shown}” do not stand in the document.")
    refused: Refused | None = None
    for span in spans[:MAX_TRIES]:
        try:
            return _check(document, seen, draft, span, run_id)
        except Refused as problem:
            refused = refused or problem
    assert refused is not None
    return _reject(document, draft, refused.code, refused.reason)


def _reject(document: Document, draft: Draft, code: str, reason: str) -> Rejection:
    return Rejection(document_id=document.id, draft=draft, code=code, reason=reason)


def _check(document: Document, seen: DocumentView, draft: Draft, span: Span, run_id: str) -> Claim:
    place = place_of(seen, span)
    _check_block(place, draft)
    if draft.extractor != BUILTIN:
        check_left_out(place)  # the built-in extractor widens its quotes by the same rule
    quantity = quantity_of(draft, place)
    time = time_of(draft, place)
    attribution = attribution_of(draft, place)
    polarity = polarity_of(draft, place, attribution)
    check_fields(draft, place, attribution)
    quote = document.text[place.start : place.end]
    text = wording_of(draft, place, quote)
    claim_id = _identity(document, draft, place, quantity, time)
    return Claim.made(
        {
            "id": claim_id,
            "document_id": document.id,
            "run_id": run_id,
            "text": text,
            "quote": quote,
            "start": place.start,
            "end": place.end,
            "kind": draft.kind,
            "subject": draft.subject,
            "predicate": draft.predicate,
            "object": draft.object,
            "quantity": quantity,
            "time": time,
            "place": draft.place,
            "polarity": polarity,
            "modality": modality_of(draft, place),
            "attribution": attribution,
            "attributes": draft.attributes,
            "extractor": draft.extractor,
        }
    )


_HASH = hashlib.sha256()  # a copy takes half the time of a new one


def _identity(document: Document, draft: Draft, place: Place, quantity: Quantity | None, time: TimeRef | None) -> str:
    """A name for the claim that does not depend on order or run: what is said where, and by which extractor."""
    figure = f"{quantity.start}\x1f{quantity.end}" if quantity else "\x1f"
    day = f"{time.start}\x1f{time.end}" if time else "\x1f"
    identity = (
        f"{document.id}\x1f{draft.kind}\x1f{place.start}\x1f{place.end}\x1f{draft.extractor}\x1f{figure}\x1f{day}"
        f"\x1f{draft.subject or ''}\x1f{draft.predicate or ''}\x1f{draft.object or ''}"
    )
    digest = _HASH.copy()
    digest.update(identity.encode("utf-8", "surrogatepass"))
    return "c" + digest.hexdigest()[:16]


def _check_block(place: Place, draft: Draft) -> None:
    """Only the body states claims; how a caption styles a person ("Major General …") is the outlet's wording too."""
    blocks = place.view.blocks
    number = bisect_right(place.view.block_starts, place.start) - 1
    if number >= 0 and place.start < blocks[number].span.end and blocks[number].kind in _SILENT:
        if draft.kind is ClaimKind.ATTRIBUTE and blocks[number].kind is BlockKind.CAPTION:
            return
        kind = blocks[number].kind.value.replace("_", " ")
        raise Refused("not_body", f"The quote stands in a {kind}, which states nothing of its own.")
