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
LABS   ?= 3
# Processes of tests that need no lab: one more than there are processors, for many of them wait for programs.
WORKERS ?= $(shell expr $$(nproc) + 1)
RUNS   ?= 20
# Where the machine forbids it, each of the thousand programs that the tests start would compile all of ivr anew.
export PYTHONDONTWRITEBYTECODE :=
SHORT  := tests/lab/test_bench.py tests/lab/test_chaos.py tests/lab/test_history_chaos.py tests/lab/test_load.py
# Of the tests marked $(1): those that need no lab; those of the lab that may run beside others, on several labs at once;
# and those that measure time, one after the other.
unit    = $(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal --ignore tests/lab --ignore tests/compose -m "$(1)"
# (A file at a time: a lab of its own is brought up once.)
shared  = $(BIN)/pytest tests/lab -m "not alone and $(1)" --numprocesses $(LABS) --dist loadfile
alone   = $(BIN)/pytest tests/lab -m "alone and $(1)" $(addprefix --ignore ,$(SHORT))
# A lab waits most of the time, and is not to wait for a processor: whatever is beside it gives way a little.
BESIDE  = nice -n 5
RUFF    = $(BIN)/ruff check . && $(BIN)/ruff format --check .
together = $(BIN)/python -m tests.side_by_side

# Exactly what requirements/ pins, and nothing that would have to be compiled; then the project itself, which pip takes
# without a hash only by itself.
PIP     = $(BIN)/pip install --quiet --disable-pip-version-check
install = $(BIN)/python requirements/known_python.py \
  && $(PIP) --require-hashes --only-binary :all: --requirement requirements/build.txt --requirement requirements/$(1).txt \
  && $(PIP) --no-deps --no-build-isolation --no-index --editable .

.PHONY: help demo chaos chaos-history test test-newest test-thorough test-abuse test-abuse-short test-spark lab-again qa test-compose lint format lock docs prompts
.PHONY: architecture shrink bench bench-policy bench-cli bench-score bench-memory bench-hold bench-events bench-short soak env clean

help:
	@echo "make demo     real calls on a real Asterisk, explained (fetches what it needs)"
	@echo "make chaos    one fault after the other under 10 calls a second (SEED=1)"
	@echo "make chaos-history  is what is on record of calls what happened, exactly once, whatever breaks? (SEED=1 CALLS=600; 3 minutes)"
	@echo "make test     ruff, mypy and the tests (8 minutes; those of the lab on LABS=3 labs at once, beside the others)"
	@echo "make test-thorough  more of them: signatures, treatments, hostile networks (11 minutes)"
	@echo "make test-abuse  what attackers have tried, each a test (5 minutes; test-abuse-short without an Asterisk: 1 minute)"
	@echo "make lab-again  the lab's tests again and again, until one fails (RUNS=20)"
	@echo "make qa       all scenarios of tests/scenarios on labs, two at once (JOBS=2); report in var/qa/latest (6 minutes)"
	@echo "make test-compose  the tests of the Docker stack (needs a Docker engine; 9 minutes)"
	@echo "make test-spark  does Apache Spark give what DuckDB gives, for 100,000 customers? (needs Java 17; 3 minutes)"
	@echo "make test-newest  unit, wire and contract tests with the newest of all packages, three minutes at most; never fails"
	@echo "make lint     ruff and mypy only"
	@echo "make bench    what routing adds to a call's answer, beside what else one could write (SECONDS=60 each"
	@echo "              RATE=100 AGI_RATE=2 CUSTOMERS=1000000 TOP_SECONDS=5 for each highest rate tried, 0 for none)"
	@echo "make bench-policy  how long decisions take with 20 and with 200 rules (ROUNDS=100)"
	@echo "make bench-cli  how much processor time ivr health, --help, calls and explain take (ROUNDS=7)"
	@echo "make bench-score  how long it takes from data to scores in force, and the next night (CUSTOMERS=1000000; 5 minutes)"
	@echo "make bench-memory  what customers in memory take, and how soon a change is in force (CUSTOMERS=1000000; 3 minutes)"
	@echo "make bench-hold  for how long the service's loop is held beside imports and publications (SECONDS=300 RATE=50 CUSTOMERS=1000000)"
	@echo "make bench-events  how fast Asterisk's events become rows, and are known live (EVENTS=20000)"
	@echo "make soak     a steady stream of calls: any lost? does the service grow? (SECONDS=600 RATE=20)"
	@echo "make bench-short  a few seconds of each bench, of chaos and of ivr qa load: do they measure anything? (3 minutes)"
	@echo "make format   let ruff format the code, and take from tests/shrinking.json what is mended"
	@echo "make architecture  draw docs/architecture.svg from the table of who may import whom"
	@echo "make shrink   take from tests/shrinking.json what is mended of lines, functions and modules that are too long"
	@echo "make docs     write what pages and Asterisk's files take from the program (settings, commands, facts, samples, events) anew"
	@echo "make lock     renew the pinned packages in requirements/ (ONLY='pyyaml ruff': these alone)"
	@echo "make prompts  what callers hear, from asterisk/prompts/prompts.yaml (apt-get install espeak-ng sox)"
	@echo "make env      write .env with new secrets for docker compose, if there is none"
	@echo "make clean    remove .venv and build/"

demo: $(VENV)/.qa
	@$(BIN)/ivr demo

chaos: $(VENV)/.qa
	@$(BIN)/ivr chaos --seed $(SEED)

chaos-history: $(VENV)/.qa
	@$(BIN)/python -m ivr.qa.history_chaos --seed $(SEED) $(call set,CALLS,calls)

test: $(VENV)/.develop
	@$(RUFF)
	@$(call unit,not thorough)
	@$(together) '$(call shared,not thorough)' '$(BESIDE) $(BIN)/mypy'
	@$(call alone,not thorough)

# Says in its last line what a release of somebody else's breaks; what we change is the matter of `make test`.
test-newest: $(VENV)/.develop
	@$(BIN)/python -m requirements.newest

test-thorough: $(VENV)/.develop
	@$(call unit,thorough)
	@$(call shared,thorough)
	@$(call alone,thorough)

# Whoever changes tests of the lab, or what they stand on: none of so many runs may fail.
lab-again: $(VENV)/.develop
	@for run in $$(seq $(RUNS)); do echo "run $$run of $(RUNS)"; \
	  $(call shared,not thorough) && $(call alone,not thorough) || exit 1; done

bench-short: $(VENV)/.develop
	@$(BIN)/pytest $(SHORT)

test-abuse: $(VENV)/.develop
	@$(call unit,abuse)
	@$(BIN)/pytest tests/lab -m abuse

# Those that need no Asterisk; the others are among the tests of the lab.
test-abuse-short: $(VENV)/.develop
	@$(call unit,abuse and not thorough)

qa: $(VENV)/.qa
	@$(BIN)/ivr qa run -j $(JOBS)

test-compose: $(VENV)/.develop
	@$(BIN)/pytest -rs tests/compose || [ $$? = 5 ]  # 5: all were skipped, for want of an engine

# In an environment of its own, with what ours has: pyspark is never one of our libraries.
test-spark: $(VENV)/.develop
	@command -v java >/dev/null || { echo "Java is missing: apt-get install openjdk-17-jre-headless"; exit 1; }
	@test -x build/spark/bin/python || $(PYTHON) -m venv build/spark
	@$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
	  >"$$(build/spark/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/develop.pth"
	@build/spark/bin/python -c 'import pyspark' 2>/dev/null \
	  || build/spark/bin/pip install --quiet --disable-pip-version-check 'pyspark>=4.1,<5'
	@SPARK_LOCAL_IP=127.0.0.1 build/spark/bin/python -m pytest tests/contract/test_score_spark.py

lint: $(VENV)/.develop
	@$(RUFF)
	@$(BIN)/mypy

format: $(VENV)/.develop
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .
	@$(BIN)/python -m tests.shrinking

docs: $(VENV)/.develop
	@COLUMNS=80 $(BIN)/python -m tests.docs
	@$(BIN)/python -m tests.event_files

architecture: $(VENV)/.develop
	@$(BIN)/python -m tests.architecture

# What is over-long is listed, and the lists only get shorter.
shrink: $(VENV)/.develop
	@$(BIN)/python -m tests.shrinking

bench-policy: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.policy $(if $(ROUNDS),--rounds=$(ROUNDS))

bench-cli: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.cli $(if $(ROUNDS),--rounds=$(ROUNDS))

bench-score: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.score $(call set,CUSTOMERS,customers)

bench-memory: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.memory $(call set,CUSTOMERS,customers)

bench-hold: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.hold $(call set,SECONDS,seconds) $(call set,RATE,rate) $(call set,CUSTOMERS,customers)

bench-events: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.events $(call set,EVENTS,events)

bench: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.routing $(SIZES)

soak: $(VENV)/.develop
	@$(BIN)/python -m tests.bench.soak $(SIZES)

# In an environment of its own: the locks are to be renewed when they cannot be installed, too.
lock:
	@$(PYTHON) requirements/known_python.py
	@test -x build/lock/bin/python || $(PYTHON) -m venv build/lock
	@build/lock/bin/pip install --quiet --disable-pip-version-check --upgrade uv
	@build/lock/bin/python -m requirements.lock $(if $(ONLY),--only $(ONLY))

# Committed: who does not change the texts needs no synthesiser.
prompts: $(VENV)/.qa
	@$(BIN)/python -m ivr.lab.prompts

# Secrets for docker-compose.yml. A file that is there is left alone.
env:
	@test -e .env && echo ".env is there already" || { umask 077; \
	  for name in IVR_AMI_SECRET IVR_QA_SECRET IVR_DATABASE_PASSWORD; do \
	    echo "$$name=$$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"; done >.env; echo IVR_QA=no >>.env; echo "wrote .env"; }

clean:
	rm -rf $(VENV) build

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null \
	  || { echo "$(PYTHON) is missing: apt-get install python3, or make PYTHON=/path/to/python3.13"; exit 1; }
	@$(PYTHON) requirements/known_python.py
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing: apt-get install python3-venv"; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.qa: requirements/build.txt requirements/qa.txt pyproject.toml $(VENV)/bin/python
	@echo "installing the Python packages"
	@$(call install,qa)
	@touch $@

$(VENV)/.develop: requirements/build.txt requirements/develop.txt pyproject.toml $(VENV)/bin/python
	@echo "installing the Python packages, with those for development"
	@$(call install,develop)
	@touch $@ $(VENV)/.qa
