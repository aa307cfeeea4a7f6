"""Claims → facts and relations. The core is pure; nothing here touches the store."""

from claims.alignment.align import Aligner, align
from claims.alignment.statements import compare_all, compare_claims, compare_sentences

__all__ = ["Aligner", "align", "compare_all", "compare_claims", "compare_sentences"]
