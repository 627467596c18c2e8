# Each target does its own set-up: a virtual environment from exact versions with hashes, once.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
# Workers of the test run. Two cores are what the tests are measured on.
JOBS ?= 2
# The stamp is beside the environment and names the lock's content: a changed lock sets up again.
STAMP := $(VENV)/.set-up

.PHONY: help demo test bench check set-up
.DELETE_ON_ERROR:

help:
	@echo "make demo    a made-up town's months, from rosters to settled pensions, with the proof at the end"
	@echo "make test    linters, types, import contracts and all tests"
	@echo "make check   the house rules only"
	@echo "make bench   county-size benchmarks beside their peers"

set-up: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	@echo "Setting up $(VENV) (once, about a minute)"
	@command -v $(PYTHON) >/dev/null || { echo "Needs Python 3.11: apt-get install python3 python3-venv" >&2; exit 2; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP)
	$(BIN)/yingbao demo

test: $(STAMP)
	$(BIN)/ruff check src tests bench docs
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile

bench: $(STAMP)
	$(BIN)/python -m bench

check: $(STAMP)
	$(BIN)/python -m pytest tests/house
