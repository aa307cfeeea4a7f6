"""The store: one DuckDB file, and the only place that knows DuckDB.

Tables live in schema `store`; the views that people query in `main` (docs/sql.md).
"""

from __future__ import annotations

from claims.store.connection import Connection
from claims.store.documents import label
from claims.store.extractions import Extracted
from claims.store.parquet import read_parquet
from claims.store.store import Store, open_store
from claims.store.verdicts import StoredVerdict

__all__ = ["Connection", "Extracted", "Store", "StoredVerdict", "label", "open_store", "read_parquet"]
