"""Writes schemas/*.json from the Pydantic models. `--check` says what has drifted."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import BaseModel

from claims import models
from claims.alignment import adjudicate
from claims.extraction import schema
from claims.llm import modes

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"


def schemas() -> dict[str, str]:
    """{file name: text}: the types that stages exchange, what a model is asked for, and what is accepted."""
    types: dict[str, type[BaseModel]] = {
        "document": models.Document,
        "draft": models.Draft,
        "claim": models.Claim,
        "rejection": models.Rejection,
        "relation": models.Relation,
        "fact": models.Fact,
        "call": models.Call,
        "answer_accepted": schema.Facts,
        "answer_strong": schema.StrongFacts,
        "answer_adjudicate": adjudicate.Answer,
    }
    found = {name: type_.model_json_schema() for name, type_ in types.items()}
    # The small profile's schema is built for each window; this is the one of two sentences, the first with two numbers.
    wanted = schema.for_sentences([["about 40", "more than half"], []])
    asked = modes.shape(wanted.type, "json_schema", wanted.fill).parameters
    found["answer_small_example"] = asked["response_format"]["json_schema"]["schema"]
    return {
        f"{name}.json": json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        for name, value in found.items()
    }


def drifted() -> list[str]:
    """The names of the files that are missing, old, or no longer made."""
    wanted = schemas()
    there = {path.name: path.read_text(encoding="utf-8") for path in SCHEMAS.glob("*.json")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> int:
    if "--check" in sys.argv[1:]:
        if names := drifted():
            sys.stderr.write(f"schemas/ has drifted from the code ({', '.join(names)}): run `make docs`\n")
        return 1 if drifted() else 0
    SCHEMAS.mkdir(exist_ok=True)
    for old in SCHEMAS.glob("*.json"):
        old.unlink()
    for name, text in schemas().items():
        (SCHEMAS / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
