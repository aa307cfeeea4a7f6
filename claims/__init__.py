"""Cross-check news articles: what each source claims, in whose words, and where the sources differ.

For example:

    import claims

    article = claims.document("More than 90% of voters said yes, the commission announced.", source="Daily")
    found = claims.extract(article)                       # grounded claims, by the built-in extractor
    claims.find_quantities("about 7 to 8 million people")
    with claims.open_store("claims.duckdb") as store:
        summary = claims.run(store, ["articles/"])
        print(store.queries.facts(discrepancy=True))
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from claims.alignment import compare_claims
    from claims.api import align, document, extract, read, run
    from claims.errors import ClaimsError
    from claims.models import (
        Attribution,
        Claim,
        Document,
        Fact,
        Quantity,
        Rejection,
        Relation,
        RelationKind,
        TimeRef,
    )
    from claims.normalisation.quantities import find_quantities
    from claims.store import Store, open_store
    from claims.text.attribution import find_attributions

# Where each public name lives. Imported on first use, so that `import claims` costs next to nothing.
_HOMES = {
    "Attribution": "claims.models",
    "Claim": "claims.models",
    "ClaimsError": "claims.errors",
    "Document": "claims.models",
    "Fact": "claims.models",
    "Quantity": "claims.models",
    "Rejection": "claims.models",
    "Relation": "claims.models",
    "RelationKind": "claims.models",
    "Store": "claims.store",
    "TimeRef": "claims.models",
    "align": "claims.api",
    "compare_claims": "claims.alignment",
    "document": "claims.api",
    "extract": "claims.api",
    "find_attributions": "claims.text.attribution",
    "find_quantities": "claims.normalisation.quantities",
    "open_store": "claims.store",
    "read": "claims.api",
    "run": "claims.api",
}

__all__ = [
    "Attribution",
    "Claim",
    "ClaimsError",
    "Document",
    "Fact",
    "Quantity",
    "Rejection",
    "Relation",
    "RelationKind",
    "Store",
    "TimeRef",
    "__version__",
    "align",
    "compare_claims",
    "document",
    "extract",
    "find_attributions",
    "find_quantities",
    "open_store",
    "read",
    "run",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'claims' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
