"""How good is an extractor? Scores against a gold file, field by field, with what was missed and invented.

from claims.builtin import extract
from claims.evaluation import evaluate

report = evaluate("benchmarks/gold/gold.json", extract)
headers, rows = report.table()
"""

from claims.evaluation.evaluate import evaluate, score
from claims.evaluation.gold import Gold, load_gold, validate
from claims.evaluation.results import ABOUT, Difference, Report
from claims.evaluation.scores import Counts, FieldScore

__all__ = [
    "ABOUT",
    "Counts",
    "Difference",
    "FieldScore",
    "Gold",
    "Report",
    "evaluate",
    "load_gold",
    "score",
    "validate",
]
