# Every target works from a clean clone; the environment lives in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
BRIEF := corpus/ruhr/briefs/automotive_supplier.de.eml

.PHONY: run serve test quick lint bench lock

run: $(STAMP)
	$(BIN)/matcher match $(BRIEF) --top 5

serve: $(STAMP)
	$(BIN)/python -m web

test: $(STAMP) lint
	$(BIN)/python .ci/prepare.py
	$(BIN)/python -m pytest

quick: $(STAMP) lint
	$(BIN)/python -m pytest -m "not slow and not browser"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)
	$(BIN)/python -m tests.bench

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $(STAMP)

lock:
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager --editable ".[dev]"
	$(BIN)/python -m pip freeze --exclude-editable | sed -e "/^pip==/d" -e "s/+cpu$$//" > requirements.lock
