# The commands: make demo, make test. Both make .venv first, if need be.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# What was set on make's command line, as options: SECONDS=60 becomes --seconds=60.
set     = $(if $($(1)),--$(2)=$($(1)))
SIZES   = $(call set,SECONDS,seconds) $(call set,RATE,rate) $(call set,CUSTOMERS,customers) \
          $(call set,AGI_RATE,agi-rate) $(call set,TOP_SECONDS,top-seconds)

SEED   ?= 1
JOBS   ?= 2

.PHONY: help demo chaos test test-thorough test-abuse qa test-compose lint format prompts bench bench-policy bench-cli soak env clean

help:
	@echo "make demo     real calls on a real Asterisk, explained (fetches what it needs)"
	@echo "make chaos    one fault after the other under 10 calls a second (SEED=1)"
	@echo "make test     ruff, mypy and the tests (9 minutes)"
	@echo "make test-thorough  more of them: signatures, treatments, hostile networks, faults and load in small (13 minutes)"
	@echo "make test-abuse  what attackers have tried, each a test"
	@echo "make qa       all scenarios of tests/scenarios on labs, two at once (JOBS=2); report in var/qa/latest"
	@echo "make test-compose  the tests of the Docker stack (needs a Docker engine; about 10 minutes)"
	@echo "make lint     ruff and mypy only"
	@echo "make bench    what routing adds to a call's answer, beside what else one could write (SECONDS=60 each"
	@echo "              RATE=100 AGI_RATE=2 CUSTOMERS=1000000 TOP_SECONDS=5 for each highest rate tried, 0 for none)"
	@echo "make bench-policy  how long decisions take with 20 and with 200 rules (ROUNDS=100)"
	@echo "make bench-cli  how much processor time ivr health, --help, calls and explain take (ROUNDS=7)"
	@echo "make soak     a steady stream of calls: any lost? does the service grow? (SECONDS=600 RATE=20)"
	@echo "make format   let ruff format the code"
	@echo "make prompts  what callers hear, from asterisk/prompts/prompts.yaml (apt-get install espeak-ng sox)"
	@echo "make env      write .env with new secrets for docker compose, if there is none"
	@echo "make clean    remove .venv and build/"

demo: $(VENV)/.run
	@$(BIN)/ivr demo

chaos: $(VENV)/.run
	@$(BIN)/ivr chaos --seed $(SEED)

# The lab's tests one after the other: real calls have real seconds, and are late on a machine that is kept busy.
test: lint
	@$(BIN)/pytest --numprocesses auto --ignore tests/lab --ignore tests/compose -m "not thorough"
	@$(BIN)/pytest tests/lab -m "not thorough"

test-thorough: $(VENV)/.develop
	@$(BIN)/pytest -m thorough --ignore tests/compose

test-abuse: $(VENV)/.develop
	@$(BIN)/pytest -m abuse --ignore tests/compose

qa: $(VENV)/.run
	@$(BIN)/ivr qa run -j $(JOBS)

test-compose: $(VENV)/.develop
	@$(BIN)/pytest -rs tests/compose || [ $$? = 5 ]  # 5: all were skipped, for want of an engine

lint: $(VENV)/.develop
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.develop
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench-policy: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.policy $(if $(ROUNDS),--rounds=$(ROUNDS))

bench-cli: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.cli $(if $(ROUNDS),--rounds=$(ROUNDS))

bench: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.routing $(SIZES)

soak: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.soak $(SIZES)

# Committed: who does not change the texts needs no synthesiser.
prompts: $(VENV)/.run
	@$(BIN)/python -m ivr.lab.prompts

# Secrets for docker-compose.yml. A file that is there is left alone.
env:
	@test -e .env && echo ".env is there already" || { umask 077; \
	  for name in IVR_AMI_SECRET IVR_QA_SECRET IVR_DATABASE_PASSWORD; do \
	    echo "$$name=$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"; done >.env; echo "wrote .env"; }

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
