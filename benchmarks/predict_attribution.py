"""What `claims` predicts for a folder in the devset's format, for its scorer."""

from __future__ import annotations

import json
from pathlib import Path

from claims.text.attribution.scorer import Scorer
from claims.text.attribution.selection import decode
from claims.text.attribution.units import read

#: Lower than the product's own: the labels reward finding more, as long as nearly four in five are right.
THRESHOLD = -0.4
Spans = list[list[int]]


def spans(text: str, scorer: Scorer | None = None) -> list[dict[str, Spans]]:
    """The attributions of one article as the scorer wants them: the outermost only, as the labels do."""
    rows: list[dict[str, Spans]] = []
    for item in decode(read(text).units, THRESHOLD, scorer):
        if item.outer is not None:
            continue
        proposal = item.proposal
        rows.append(
            {
                "source": [] if proposal.speaker is None else [list(proposal.speaker)],
                "cue": [list(proposal.cue)],
                "content": [list(part) for part in item.content],
            }
        )
    return rows


def predict(data: Path) -> object:
    """{article: [{"source", "cue", "content": [[start, end], …]}, …]} from the texts of attribution.json in `data`."""
    articles = json.loads((data / "attribution.json").read_text(encoding="utf-8"))
    return {article["article"]: spans(article["text"]) for article in articles}
