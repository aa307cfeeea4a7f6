"""The words for numbers, with their values."""

from __future__ import annotations

UNITS = {
    "zero": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "lakh": 1e5, "crore": 1e7}
PLURAL_SCALES = {
    "tens": 1e1, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9, "trillions": 1e12, "lakhs": 1e5,
    "crores": 1e7,
}  # fmt: skip
#: Scales that may follow digits, apart or glued. Signs of one letter need more care: see `figures`.
DIGIT_SCALES = {
    **SCALES, "hundred": 1e2, "mln": 1e6, "mn": 1e6, "mio": 1e6, "mil": 1e6, "bn": 1e9, "bln": 1e9, "bil": 1e9,
    "tn": 1e12, "trn": 1e12, "tln": 1e12, "lac": 1e5, "cr": 1e7, "millions": 1e6, "billions": 1e9, "thousands": 1e3,
    "crores": 1e7, "lakhs": 1e5, "trillions": 1e12,
}  # fmt: skip
LETTER_SCALES = {"k": 1e3, "K": 1e3, "m": 1e6, "M": 1e6, "b": 1e9, "B": 1e9, "t": 1e12, "T": 1e12}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20,
}  # fmt: skip
DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4,
    "fourth": 4, "fourths": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8, "ninth": 9, "ninths": 9, "tenth": 10,
    "tenths": 10,
}  # fmt: skip
#: Long times that one word counts: "more than a decade", "a century-old mill".
AGES = frozenset("decade century millennium fortnight".split())
STARTERS = frozenset(
    AGES
    | UNITS.keys()
    | TENS.keys()
    | SCALES.keys()
    | PLURAL_SCALES.keys()
    | ORDINALS.keys()
    | DENOMINATORS.keys()
    | {"hundred", "dozen", "dozens", "scores", "couple"}
)
RATIO_WORDS = {
    "twice": 2.0, "double": 2.0, "doubled": 2.0, "doubles": 2.0, "triple": 3.0, "tripled": 3.0, "triples": 3.0,
    "quadruple": 4.0, "quadrupled": 4.0, "quintupled": 5.0, "halved": 0.5, "twofold": 2.0, "threefold": 3.0,
    "fourfold": 4.0, "fivefold": 5.0, "sixfold": 6.0, "tenfold": 10.0,
}  # fmt: skip
#: Words that bound a length of time which an article counts: "more than a year", "within a week".
LENGTH_BOUNDS = frozenset({"than", "nearly", "almost", "within"})
#: Words for ten years of a life, and the first of these.
DECADES = {
    "teens": 10, "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
#: Every word in which a figure may begin.
OPENING = STARTERS | RATIO_WORDS.keys() | LENGTH_BOUNDS | DECADES.keys()
