"""Claims → facts and relations. The core is pure; nothing here touches the store."""

from claims.alignment.align import Aligner, align
from claims.alignment.sources import SourceStatistics, source_statistics
from claims.alignment.statements import compare_all, compare_claims, compare_sentences
from claims.alignment.voices import fact_voices

__all__ = [
    "Aligner",
    "SourceStatistics",
    "align",
    "compare_all",
    "compare_claims",
    "compare_sentences",
    "fact_voices",
    "source_statistics",
]
