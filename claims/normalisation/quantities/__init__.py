"""Figures in news text as intervals: `find_quantities`.

The rules work on tokens around digits and number words, with tables of general English. A module imports only from
those before it: `words` and `lexicon` (tables), `tokens` (characters to tokens), `numerals` (tokens to values), `nouns`
(what is counted), `names` and `figures` (sign, currency, unit), `idle` (numbers that count nothing), `ages`, `bounds`
(comparators, direction, interval), `pairs` (ranges, scores), `context` (what a figure takes over from the one before),
`record` (what was found), `compounds` (lengths of time in several units), `finder` (all of it, from left to right).
"""

from claims.normalisation.quantities.finder import find_quantities

__all__ = ["find_quantities"]
