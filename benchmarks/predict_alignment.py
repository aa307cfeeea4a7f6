"""What `claims facts --format json` says of a folder in the devset's alignment format: all topics in one store."""

from __future__ import annotations

from pathlib import Path

from alignment_data import as_json, documents, extract_claims

from claims.alignment import Aligner


def predict(data: Path) -> object:
    """The facts over all articles of the folder, from the built-in extractor."""
    found = documents(data)
    aligner = Aligner(extract_claims(found), found)
    return as_json(aligner.facts(), aligner)
