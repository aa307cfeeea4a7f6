"""The claims of one article against its labels, field by field."""

from __future__ import annotations

from collections.abc import Sequence

from claims.evaluation.agreement import same_comparator, same_speaker, same_time, same_unit, same_value
from claims.evaluation.gold import GoldAttribution, GoldClaim, GoldDocument, GoldQuantity, GoldTime
from claims.evaluation.matching import match, overlap, similarity
from claims.evaluation.results import QUOTE_SHARED, Tally
from claims.models import Attribution, Claim, Modality, Polarity, Quantity, TimeRef


def score_document(document: GoldDocument, claims: Sequence[Claim], tally: Tally) -> None:
    """Add what the claims of an article get right and wrong to `tally`."""
    matched = match(document.claims, claims)
    taken = set(matched.values())
    for i, label in enumerate(document.claims):
        claim = claims[matched[i]] if i in matched else None
        if not label.required:
            continue  # counts neither way, nor do its fields
        if claim is None:
            tally.note("claims", label.quote, None, label.quote)
        _score_claim(label, claim, tally)
    for j, claim in enumerate(claims):
        if j in taken:
            continue
        if any(similarity(label, claim) > 0 for label in document.claims):
            # Not invented, but the reader has it already. Its fields were judged with the claim that was matched.
            tally.add("claims", gold=False, predicted=True, right=False)
            tally.note("claims", None, claim.quote, claim.quote, verdict="repeated")
        else:
            tally.note("claims", None, claim.quote, claim.quote)
            _score_claim(None, claim, tally)


def _score_claim(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    both = label is not None and claim is not None
    tally.add("claims", gold=label is not None, predicted=claim is not None, right=both)
    tally.add("quotes", gold=label is not None, predicted=claim is not None, right=_same_quote(label, claim))
    same = label is not None and claim is not None and label.kind == claim.kind
    tally.add("kind", gold=label is not None, predicted=claim is not None, right=same)
    _score_quantity(label, claim, tally)
    _score_speaker(label, claim, tally)
    _score_time(label, claim, tally)
    _score_flag(
        "negation", label is not None and _negated(label), claim is not None and _negated(claim), label, claim, tally
    )
    modality = (label.modality if label else Modality.ACTUAL, claim.modality if claim else Modality.ACTUAL)
    marked = tuple(value is not Modality.ACTUAL for value in modality)
    right = both and all(marked) and modality[0] is modality[1]
    if any(marked):
        tally.add("modality", gold=marked[0], predicted=marked[1], right=right)
        if both and not right:
            tally.note("modality", modality[0].value, modality[1].value, _quote(label, claim))


def _same_quote(label: GoldClaim | None, claim: Claim | None) -> bool:
    if label is None or claim is None:
        return False
    union = max(label.end, claim.end) - min(label.start, claim.start)
    return overlap((label.start, label.end), (claim.start, claim.end)) >= QUOTE_SHARED * union


def _score_quantity(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    gold = label.quantity if label else None
    quantity = claim.quantity if claim else None
    if gold is None and quantity is None:
        return
    value = comparator = unit = False
    if gold is not None and quantity is not None:
        value = same_value(gold, quantity)
        comparator, unit = value and same_comparator(gold, quantity), value and same_unit(gold, quantity)
    for field, right in (
        ("quantity value", value),
        ("quantity value+comparator", comparator),
        ("quantity value+unit", unit),
        ("quantity all", comparator and unit),
    ):
        tally.add(field, gold=gold is not None, predicted=quantity is not None, right=right)
    if label is not None and claim is not None and not (comparator and unit):
        field = "quantity value" if not value else "quantity comparator" if not comparator else "quantity unit"
        tally.note(field, _figure(gold), _figure(quantity), _quote(label, claim))


def _score_speaker(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    gold = label.attribution if label else None
    said = claim.attribution if claim else None
    if gold is None and said is None:
        return
    right = gold is not None and said is not None and same_speaker(gold, said)
    if gold is not None and not gold.required and said is None:
        return
    tally.add("speaker", gold=gold is not None, predicted=said is not None, right=right)
    if label is not None and claim is not None and not right:
        tally.note("speaker", _speaker(gold), _speaker(said), _quote(label, claim))


def _score_time(label: GoldClaim | None, claim: Claim | None, tally: Tally) -> None:
    gold = label.time if label else None
    time = claim.time if claim else None
    if gold is None and time is None:
        return
    if gold is not None and not gold.required and time is None:
        return
    words = gold is not None and time is not None and overlap((gold.start, gold.end), (time.start, time.end)) > 0
    resolved = words and gold is not None and time is not None and same_time(gold, time)
    tally.add("time words", gold=gold is not None, predicted=time is not None, right=words)
    tally.add("time resolved", gold=gold is not None, predicted=time is not None, right=resolved)
    if label is not None and claim is not None and not resolved:
        tally.note(
            "time resolved" if words else "time words",
            _days(gold),
            _days(time),
            _quote(label, claim),
        )


def _score_flag(
    field: str, gold: bool, predicted: bool, label: GoldClaim | None, claim: Claim | None, tally: Tally
) -> None:
    if not (gold or predicted):
        return
    tally.add(field, gold=gold, predicted=predicted, right=gold and predicted)
    if label is not None and claim is not None and gold != predicted:
        tally.note(field, "yes" if gold else None, "yes" if predicted else None, _quote(label, claim))


def _negated(claim: GoldClaim | Claim) -> bool:
    denied = claim.attribution is not None and claim.attribution.stance == "denies"
    return claim.polarity is Polarity.NEGATED or denied


def _quote(label: GoldClaim | None, claim: Claim | None) -> str | None:
    return label.quote if label is not None else claim.quote if claim is not None else None


def _speaker(attribution: GoldAttribution | Attribution | None) -> str | None:
    return None if attribution is None else attribution.speaker or "nobody named"


def _days(time: GoldTime | TimeRef | None) -> str | None:
    return None if time is None else f"{time.as_written} ({time.earliest or 'open'} to {time.latest or 'open'})"


def _figure(quantity: GoldQuantity | Quantity | None) -> str | None:
    if quantity is None:
        return None
    size = f"{quantity.value:g}" if quantity.value is not None else f"{quantity.low} to {quantity.high}"
    parts = [quantity.change, f"{quantity.comparator.value} {size}", quantity.unit]
    return " ".join(part for part in parts if part) + (f" of {quantity.of}" if quantity.of else "")
