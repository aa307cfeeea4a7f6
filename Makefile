# `make demo` and `make test` need Python 3.11 or newer and package access once; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DEMO := build/demo.duckdb

.PHONY: help demo test check format docs browser pictures record constraints clean

help:
	@echo "make demo         install, and show where the seed articles differ"
	@echo "make test         install what tests need, and run them, offline"
	@echo "make check        format, lint, types, import directions, generated documents"
	@echo "make docs         write the generated documents anew"
	@echo "make pictures     make the pictures of the README anew (needs Chromium)"
	@echo "make record       record the cassettes of the tests against a real model"
	@echo "make constraints  pin the dependencies anew"

demo: $(VENV)/claims.stamp
	@rm -f $(DEMO) $(DEMO).wal && mkdir -p $(dir $(DEMO))
	$(BIN)/claims run seeds --db $(DEMO)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check
	$(BIN)/python docs/schemas.py --check

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(VENV)/dev.stamp
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/schemas.py

# What the tests that open the report need besides Debian's chromium; without it they are skipped, with a notice.
browser: $(VENV)/dev.stamp
	$(PIP) uv
	$(BIN)/uv pip install -q --group browser

pictures: browser
	$(BIN)/python docs/pictures.py

# Only what the cassettes lack is asked; FRESH=1 asks everything anew. Any OpenAI-compatible endpoint will do.
record: $(VENV)/dev.stamp
	@test -n "$$CLAIMS_RECORD_MODEL" && test -n "$$CLAIMS_RECORD_BASE_URL" || { echo "set CLAIMS_RECORD_MODEL and \
	CLAIMS_RECORD_BASE_URL (and CLAIMS_RECORD_KEY, if the endpoint wants one)"; exit 2; }
	$(BIN)/python -m pytest -o addopts= --record-mode=$(if $(FRESH),rewrite,new_episodes) -m vcr

constraints: $(VENV)/dev.stamp
	$(PIP) uv
	$(BIN)/uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --upgrade --custom-compile-command "make constraints" -q -o constraints.txt
	$(BIN)/uv pip compile pyproject.toml --group dev -c constraints.txt --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-annotate --upgrade --custom-compile-command "make constraints" -q -o constraints-dev.txt

clean:
	rm -rf build dist $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "claims needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 ...")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/claims.stamp: constraints.txt pyproject.toml | $(VENV)/bin/python
	$(PIP) --require-hashes -r constraints.txt
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: constraints-dev.txt $(VENV)/claims.stamp
	$(PIP) --require-hashes -r constraints-dev.txt
	@touch $@
