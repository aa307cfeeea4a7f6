"""The peer Splink on its DuckDB backend: run by alignment_speed.py in its own environment. Prints one JSON line.

Reads a Parquet file with the columns unique_id, fact, place, person, property, value, day. Links the records whose
place, person, property and day say that they are about one fact, and clusters the links.
"""

from __future__ import annotations

import json
import resource
import sys
import time

import duckdb
import splink.comparison_library as compare
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SCORES = """
WITH joined AS (SELECT fact, cluster_id FROM clusters),
     cells AS (SELECT count(*) AS n FROM joined GROUP BY fact, cluster_id),
     planted AS (SELECT count(*) AS n FROM joined GROUP BY fact),
     found AS (SELECT count(*) AS n FROM joined GROUP BY cluster_id)
SELECT (SELECT sum(n * (n - 1) / 2) FROM cells), (SELECT sum(n * (n - 1) / 2) FROM planted),
       (SELECT sum(n * (n - 1) / 2) FROM found)
"""


def main(path: str, threads: int) -> None:
    connection = duckdb.connect()
    connection.execute(f"SET threads = {threads}")
    connection.execute("CREATE TABLE records AS SELECT * FROM read_parquet(?)", [path])
    database = DuckDBAPI(connection)
    started, spent = time.perf_counter(), time.process_time()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("place", [0.95, 0.88]),
            compare.JaroWinklerAtThresholds("person", [0.95, 0.88]),
            compare.ExactMatch("property").configure(term_frequency_adjustments=True),
            compare.ExactMatch("day"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("place", "property"),
            block_on("person", "property"),
            block_on("day", "property", "substr(place, 1, 3)"),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )
    try:
        frame = database.register("records")
        linker = Linker(frame, settings)
    except (AttributeError, TypeError):
        linker = Linker("records", settings, db_api=database)
    linker.training.estimate_probability_two_random_records_match([block_on("place", "property", "day")], recall=0.8)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("place", "property"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("person", "day"))
    trained = time.perf_counter()
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    predicted = time.perf_counter()
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold_match_probability=0.9)
    ended = time.perf_counter()
    spent = time.process_time() - spent
    name = clusters.physical_name
    connection.execute(
        f"CREATE VIEW clusters AS SELECT r.fact, c.cluster_id FROM {name} c JOIN records r USING (unique_id)"
    )
    row = connection.execute(SCORES).fetchone()
    assert row is not None
    both, planted, found = (float(value or 0) for value in row)
    line = {
        "seconds": ended - started,
        "cpu_seconds": spent,
        "training": trained - started,
        "predicting": predicted - trained,
        "clustering": ended - predicted,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "precision": both / found if found else 0.0,
        "recall": both / planted if planted else 0.0,
    }
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
