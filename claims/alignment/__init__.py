"""Claims → facts and relations. The core is pure; nothing here touches the store."""

from claims.alignment.align import Aligner, align

__all__ = ["Aligner", "align"]
