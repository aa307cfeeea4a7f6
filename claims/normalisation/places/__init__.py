"""Names of places: how two of them stand. Pure, offline; the table is read at the first look-up."""

from claims.normalisation.places.relate import PlaceRelation, compare_places, names_region

__all__ = ["PlaceRelation", "compare_places", "names_region"]
