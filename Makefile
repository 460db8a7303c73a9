# The commands: make demo, make test. Both make .venv first, if need be.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

SEED   ?= 1

.PHONY: help demo chaos test lint format clean

help:
	@echo "make demo     real calls on a real Asterisk, explained (fetches what it needs)"
	@echo "make chaos    one fault after the other under 10 calls a second (SEED=1)"
	@echo "make test     ruff, mypy and all tests"
	@echo "make lint     ruff and mypy only"
	@echo "make format   let ruff format the code"
	@echo "make clean    remove .venv and build/"

demo: $(VENV)/.run
	@$(BIN)/ivr demo

chaos: $(VENV)/.run
	@$(BIN)/ivr chaos --seed $(SEED)

test: lint
	@$(BIN)/pytest

lint: $(VENV)/.develop
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.develop
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) build

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: apt-get install python3, or make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml $(VENV)/bin/python
	@echo "installing the Python packages"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.develop: pyproject.toml $(VENV)/bin/python
	@echo "installing the Python packages, with those for development"
	@$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run
