"""What two runs give, side by side, and whether the store is what the program would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from claims.models import Claim, Document, Fact

if TYPE_CHECKING:
    from claims.store import Store
    from claims.store.upkeep import Fault

Row = dict[str, Any]


def faults(store: Store) -> Iterator[Fault]:
    """Everything that is wrong in the store: what it shows itself, and every fact that aligning now would not give."""
    from claims.alignment import align
    from claims.pipeline.adjudicating import known_readings
    from claims.store.upkeep import Fault

    yield from store.upkeep.faults()
    claims = list(store.extractions.active())
    documents = store.documents.get(sorted({claim.document_id for claim in claims}))
    if any(claim.document_id not in documents for claim in claims):
        return
    wanted = {fact.id: fact for fact in align(claims, documents, known_readings(store, claims, documents))}
    stored = {fact.id: fact for fact in store.facts.all()}
    for identity in sorted(wanted.keys() | stored.keys()):
        if identity not in stored:
            yield Fault("fact", identity, "missing: aligning the claims anew gives it; run `claims align`")
        elif identity not in wanted:
            yield Fault("fact", identity, "stale: aligning the claims anew does not give it; run `claims align`")
        elif stored[identity] != wanted[identity]:
            yield Fault("relation", identity, "aligning the claims anew gives other relations; run `claims align`")


def difference(store: Store, run_a: str, run_b: str) -> list[Row]:
    """What changed from one run to another: claims and facts that appeared, vanished or changed.

    Compared are the documents that both runs' configurations extracted; facts are aligned for each side from its own
    claims alone.
    """
    from claims.alignment import align

    config_a, config_b = store.extractions.config_of(run_a), store.extractions.config_of(run_b)
    shared = store.extractions.shared(config_a, config_b)
    documents = store.documents.get(shared)
    before = list(store.extractions.of(config_a, shared))
    after = list(store.extractions.of(config_b, shared))
    return [
        *_claims(before, after, documents),
        *_facts(align(before, documents), align(after, documents), {c.id: c for c in (*before, *after)}),
    ]


def _claims(before: Sequence[Claim], after: Sequence[Claim], documents: Mapping[str, Document]) -> Iterator[Row]:
    old, new = _by_place(before), _by_place(after)
    for place in sorted(old.keys() | new.keys()):
        gone = [c for c in old.get(place, []) if _content(c) not in map(_content, new.get(place, []))]
        come = [c for c in new.get(place, []) if _content(c) not in map(_content, old.get(place, []))]
        for index in range(max(len(gone), len(come))):
            one = gone[index] if index < len(gone) else None
            two = come[index] if index < len(come) else None
            known = two or one
            assert known is not None
            yield {
                "what": "claim",
                "change": "changed" if one and two else "appeared" if two else "vanished",
                "id": known.id,
                "document": documents[known.document_id].path,
                "text": known.text,
                "fields": _changed(one, two),
            }


def _by_place(claims: Iterable[Claim]) -> dict[tuple[str, int, int, str], list[Claim]]:
    places: dict[tuple[str, int, int, str], list[Claim]] = {}
    for claim in claims:
        places.setdefault((claim.document_id, claim.start, claim.end, claim.kind.value), []).append(claim)
    return places


def _content(claim: Claim) -> Row:
    return claim.model_dump(mode="json", exclude={"id", "run_id", "extractor"})


def _changed(one: Claim | None, two: Claim | None) -> Row:
    """{field: [before, after]} of the fields that differ."""
    if one is None or two is None:
        return {}
    a, b = _content(one), _content(two)
    return {name: [a[name], b[name]] for name in a if a[name] != b[name]}


def _facts(before: Sequence[Fact], after: Sequence[Fact], claims: Mapping[str, Claim]) -> Iterator[Row]:
    old, new = _by_members(before, claims), _by_members(after, claims)
    for members in sorted(old.keys() | new.keys(), key=sorted):
        one, two = old.get(members), new.get(members)
        fields = {}
        if one and two:
            a, b = (fact.model_dump(mode="json", include={"relation", "discrepancy", "reason"}) for fact in (one, two))
            fields = {name: [a[name], b[name]] for name in a if a[name] != b[name]}
            if not fields:
                continue
        known = two or one
        assert known is not None
        yield {
            "what": "fact",
            "change": "changed" if one and two else "appeared" if two else "vanished",
            "id": known.id,
            "document": None,
            "text": known.about,
            "fields": fields,
        }


def _by_members(facts: Iterable[Fact], claims: Mapping[str, Claim]) -> dict[frozenset[tuple[str, int]], Fact]:
    """Facts by the places of their members: ids of claims differ from one extractor to another."""
    return {frozenset((claims[m].document_id, claims[m].start) for m in fact.members): fact for fact in facts}
