"""Ranks, titles and roles of people: claims of kind `attribute`."""

from __future__ import annotations

from collections.abc import Iterator

from claims.grounding.view import DocumentView
from claims.models import Draft


def attribute_drafts(seen: DocumentView) -> Iterator[Draft]:
    """One draft for each pair of a person and a title that the text gives, at the first place where it does."""
    return iter(())
