"""Grounding: a claim is tied to the exact words that state it, or it is rejected with the reason."""

from __future__ import annotations

from claims.grounding.ground import ground
from claims.grounding.view import DocumentView, view

__all__ = ["DocumentView", "ground", "view"]
