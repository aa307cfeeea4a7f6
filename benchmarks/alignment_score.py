"""Scores facts against pairs of sentences that people labelled.

    python benchmarks/alignment_score.py DIR [DIR ...]

Each DIR is in the format of alignment_data.py. Two sentences of different articles are aligned when some fact pairs a
value of the one with a value of the other, in any relation but `different_scope`. Labels that are not required count
neither way; where labels name several relations, each is right. Prints one line for each folder.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from alignment_data import ALIGNED, Label, documents, extract_claims, labels, sentence_of, topic_of

from claims.alignment import Aligner
from claims.models import Claim, Document, Fact, RelationKind

Pair = tuple[str, str, str]  # topic, sentence of article 0, sentence of article 1
_VALUE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundreds?|thousands?|millions?|billions?|trillions?"
    r"|half|third|quarter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_AS_LABELLED = {RelationKind.APPROXIMATE: "agree_approx", RelationKind.OVERLAP: "compatible"}


@dataclass
class Tally:
    """What was found of what is labelled, in pairs of sentences."""

    required: int = 0
    right: int = 0
    wrong: int = 0
    relations: int = 0
    discrepancies: int = 0
    discrepancies_right: int = 0
    discrepancies_wrong: int = 0
    false_conflicts: int = 0
    unlabelled: int = 0
    across: int = 0

    def line(self) -> str:
        """All of it, as percentages."""

        def percent(part: int, whole: int) -> str:
            return f"{100 * part / whole:5.1f}" if whole else "    -"

        return (
            f"P {percent(self.right, self.right + self.wrong)}  R {percent(self.right, self.required)}  "
            f"relation {percent(self.relations, self.right)}  discrepancies "
            f"P {percent(self.discrepancies_right, self.discrepancies_right + self.discrepancies_wrong)} "
            f"R {percent(self.discrepancies_right, self.discrepancies)} of {self.discrepancies}  "
            f"false conflicts {self.false_conflicts} of {self.unlabelled}  across topics {self.across}"
        )


def paired(
    facts: Iterable[Fact], claims: Mapping[str, Claim], found: Mapping[str, Document]
) -> tuple[dict[Pair, set[tuple[str, bool]]], int]:
    """({pair of sentences: its relations in the labels' terms, each with its discrepancy}, pairs across topics)."""
    pairs: defaultdict[Pair, set[tuple[str, bool]]] = defaultdict(set)
    across = 0
    for fact in facts:
        for relation in fact.relations:
            one, two = sorted(
                ((found[claim.document_id], claim) for claim in (claims[relation.a], claims[relation.b])),
                key=lambda side: side[0].path,
            )
            if topic_of(one[0]) != topic_of(two[0]):
                across += 1
            elif one[0].path != two[0].path:
                name = _AS_LABELLED.get(relation.relation, relation.relation.value)
                if relation.relation is RelationKind.REFINE:
                    name = "refine_a" if relation.finer == one[1].id else "refine_b"
                places = [sentence_of(document, claim.start) for document, claim in (one, two)]
                pairs[topic_of(one[0]), places[0], places[1]].add((name, relation.discrepancy))
    return dict(pairs), across


def tally(
    pairs: Mapping[Pair, set[tuple[str, bool]]],
    known: Mapping[Pair, Label],
    sentences: Mapping[str, Sequence[Sequence[str]]],
    across: int = 0,
) -> Tally:
    """Counts `pairs` against the labels. `sentences`: topic → the sentences of its articles."""
    aligned = {key for key, found in pairs.items() if any(name in ALIGNED for name, _ in found)}
    required = {key for key, label in known.items() if label.required and label.relations & ALIGNED}
    right = aligned & required
    said = {key for key, found in pairs.items() if any(discrepancy for _, discrepancy in found)}
    must = {key for key, label in known.items() if label.required and label.discrepancy == {"yes"}}
    may = {key for key, label in known.items() if label.discrepancy & {"yes", "maybe"}}
    spaces = 0
    for articles in sentences.values():
        with_value = [sum(1 for sentence in article if _VALUE.search(sentence)) for article in articles]
        spaces += with_value[0] * with_value[1]
    return Tally(
        required=len(required),
        right=len(right),
        wrong=sum(1 for key in aligned if key not in known or not known[key].relations & ALIGNED),
        relations=sum(1 for key in right if {name for name, _ in pairs[key]} & known[key].relations),
        discrepancies=len(must),
        discrepancies_right=len(said & must),
        discrepancies_wrong=len(said - may),
        false_conflicts=sum(
            1 for key, found in pairs.items() if key not in known and any(name == "conflict" for name, _ in found)
        ),
        unlabelled=spaces - sum(1 for key in known),
        across=across,
    )


def sentences_of(found: Mapping[str, Document]) -> dict[str, list[list[str]]]:
    """Topic → the sentences of its articles."""
    split: defaultdict[str, list[list[str]]] = defaultdict(list)
    for document in sorted(found.values(), key=lambda d: d.path):
        split[topic_of(document)].append(document.text.rstrip("\n").split("\n\n"))
    return dict(split)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="+")
    for folder in parser.parse_args().data:
        found = documents(folder)
        aligner = Aligner(extract_claims(found), found)
        pairs, across = paired(aligner.facts(), aligner.claims, found)
        result = tally(pairs, labels(folder), sentences_of(found), across)
        sys.stdout.write(f"{folder.name:10} {result.line()}\n")


if __name__ == "__main__":
    main()
