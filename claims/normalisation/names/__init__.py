"""Names: find them, take titles off, and tell whether two spellings are one entity."""

from claims.normalisation.names.same import fold_name, name_key, name_similarity, same_name

__all__ = ["fold_name", "name_key", "name_similarity", "same_name"]
