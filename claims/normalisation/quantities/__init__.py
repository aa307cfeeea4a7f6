"""Figures in news text as intervals: `find_quantities`.

The rules work on tokens around digits and number words, with tables of general English. Layers: `tokens` (characters
to tokens), `numerals` (tokens to values), `nouns` (what is counted), `lexicon` (the words), `finder` (the rules).
"""

from claims.normalisation.quantities.finder import find_quantities

__all__ = ["find_quantities"]
