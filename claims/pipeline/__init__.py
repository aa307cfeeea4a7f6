"""The only module that knows every stage: read → extract → align.

Stopping after any batch loses nothing, and the next call goes on where this one ended.
"""

from __future__ import annotations

from claims.pipeline.builtin import extract_document
from claims.pipeline.progress import BUILTIN, Progress, Summary
from claims.pipeline.run import align, extract, finish, read_documents, run
from claims.pipeline.upkeep import difference, faults

__all__ = [
    "BUILTIN",
    "Progress",
    "Summary",
    "align",
    "difference",
    "extract",
    "extract_document",
    "faults",
    "finish",
    "read_documents",
    "run",
]
