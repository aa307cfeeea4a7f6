"""Extraction without a model: deterministic, no network, knows nothing but general English."""

from __future__ import annotations

from claims.builtin.extract import extract

__all__ = ["extract"]
