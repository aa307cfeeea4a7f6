"""Words → times: dates, day names, spans and the date of a document. Pure and linear in the length of the text."""

from claims.normalisation.times.documents import (
    Dateline,
    anchor_date,
    anchor_slack,
    datelines,
    document_date,
    document_times,
    parse_day,
    settle_time,
    settle_years,
)
from claims.normalisation.times.find import find_times, resolve_times

__all__ = [
    "Dateline",
    "anchor_date",
    "anchor_slack",
    "datelines",
    "document_date",
    "document_times",
    "find_times",
    "parse_day",
    "resolve_times",
    "settle_time",
    "settle_years",
]
