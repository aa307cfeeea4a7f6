"""Writes what `claims` predicts for a folder of labelled data, in the form that the data's scorer takes.

  python benchmarks/predict.py quantities|attribution|alignment --data DIR --out PRED.json

Only the texts of DIR are read. Each kind lives in a module of its own next to this file.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["quantities", "attribution", "alignment"])
    parser.add_argument("--data", type=Path, required=True, help="folder with the texts, in the devset's formats")
    parser.add_argument("--out", type=Path, required=True, help="the JSON file to write")
    args = parser.parse_args()
    for folder in (str(HERE), str(HERE.parent)):
        if folder not in sys.path:
            sys.path.insert(0, folder)
    module = importlib.import_module(f"predict_{args.what}")
    args.out.write_text(json.dumps(module.predict(args.data), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
