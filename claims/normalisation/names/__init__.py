"""Names: find them, take titles off, and tell whether two spellings are one entity. Pure; linear in the text."""

from claims.normalisation.names.find import find_names
from claims.normalisation.names.index import Entity, NameIndex
from claims.normalisation.names.mentions import Name
from claims.normalisation.names.roles import (
    Title,
    TitleRelation,
    compare_titles,
    parse_title,
    rank_in,
    title_gender,
)
from claims.normalisation.names.same import fold_name, name_key, name_similarity, same_name

__all__ = [
    "Entity",
    "Name",
    "NameIndex",
    "Title",
    "TitleRelation",
    "compare_titles",
    "find_names",
    "fold_name",
    "name_key",
    "name_similarity",
    "parse_title",
    "rank_in",
    "same_name",
    "title_gender",
]
