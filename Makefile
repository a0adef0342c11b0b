# GNU make. `make` alone lists what there is; `make demo` and `make test` set up
# everything they need in .venv.

VENV ?= .venv
PYTHON ?= $(firstword $(shell command -v python3.11 python3))
# Windows keeps the programs of an environment in another folder.
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
READY := $(VENV)/.ready
DEMO ?= demo
LOCKED := requirements.lock

# Where packages come from is the machine's business: pip keeps its own settings, and
# the lock names versions and hashes only.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test check shape bench bench-smart bench-report bench-excel bench-google bench-mail bench-sync bench-engines corpus fix lock audit clean crash soak fuzz mutants

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

# The stamp is younger than what it was made from, so a second run installs nothing.
# Made from scratch after a change: pip removes nothing that the lock has dropped.
$(READY): $(LOCKED) pyproject.toml
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Followup needs Python 3.11 or newer; say where: make PYTHON=/path/to/python3.11" >&2; \
	  exit 2; }
	@echo "Setting up $(VENV) (once, about a minute)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r $(LOCKED)
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY) ## Run the whole sync on a made-up workbook and say where to look
	@$(BIN)/followup demo $(DEMO)

test: $(READY) ## Run all tests and show which branches they miss
	@$(BIN)/python -m pytest --cov --cov-report=term $(ARGS)

check: $(READY) ## Everything but the tests: lint, format, types, import contracts, shape
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(MAKE) --no-print-directory shape

shape: $(READY)
	@$(BIN)/python -m pytest -q $(wildcard tests/test_*.py)

bench: $(READY) ## Time each step on a workbook of 5,000 goals
	@$(BIN)/python tests/bench_commands.py $(ARGS)

bench-smart: $(READY) ## Measure the lint: published goals, and 50,000 goals
	@$(BIN)/python tests/bench_smart.py $(ARGS)

bench-report: $(READY) ## Weigh page and summary workbook for 5,000 and 50,000 goals
	@$(BIN)/python -m tests.bench_report $(ARGS)

bench-excel: $(READY) ## Weigh reading and writing large workbooks against other libraries
	@$(BIN)/python tests/bench_excel.py --peers $(VENV)/peers $(ARGS)

bench-google: $(READY) ## Race Google Sheets against people's edits, faults and plain gspread
	@$(BIN)/python -m tests.bench_google $(ARGS)

# An environment of its own: what it is measured against is no part of what is locked.
$(VENV)/mailmerge: | $(READY)
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip --disable-pip-version-check --quiet install mailmerge

bench-mail: $(READY) $(VENV)/mailmerge ## Render and send 10,000 letters beside mailmerge
	@$(BIN)/python tests/bench_mail.py --peer $(VENV)/mailmerge/bin/mailmerge $(ARGS)

corpus: $(READY) ## Write to every workbook of a folder and look for harm: CORPUS=DIR
	@test -d "$(CORPUS)" || { \
	  echo "Say which folder of workbooks: make corpus CORPUS=/path/to/folder" >&2; exit 2; }
	@$(BIN)/python -m tests.corpus.run "$(CORPUS)" $(ARGS)

bench-sync: $(READY) ## Weigh a whole sync of 50,000 goals against openpyxl
	@$(BIN)/python -m tests.bench_sync $(ARGS)

bench-engines: $(READY) ## Weigh a Dask cluster against the local pool on 500 workbooks
	@$(BIN)/python -m tests.bench_engines $(ARGS)

crash: $(READY) ## Kill, starve and cut the power of a sync at every step (Linux, strace)
	@$(BIN)/python -m tests.faults.crash $(or $(ARGS),all)

soak: $(READY) ## Sync 1,000 times in one process and watch memory, files and history
	@$(BIN)/python -m tests.bench_soak $(ARGS)

fuzz: $(READY) ## Feed damaged files to all that reads, for SECONDS=60
	@$(BIN)/python -m tests.fuzz $(or $(SECONDS),60) $(ARGS)

# Every tenth of ten thousand, about half an hour; all of them: make mutants ARGS='"*"'
mutants: $(READY) ## Plant small mistakes in the judgement and count those noticed
	@$(BIN)/mutmut run $(or $(ARGS),"*7")
	@$(BIN)/mutmut results

fix: $(READY) ## Mend what ruff can mend by itself
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# An environment of its own: what resolves and audits is no part of what is locked.
$(VENV)/lock: | $(READY)
	@$(PYTHON) -m venv $@
	@$@/bin/python -m pip --disable-pip-version-check --quiet install uv pip-audit

lock: $(VENV)/lock ## Choose the newest versions anew and write requirements.lock
	@$(VENV)/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --all-extras --group dev --output-file $(LOCKED) pyproject.toml

audit: $(VENV)/lock ## Look the locked versions up in the public lists of known holes
	@$(VENV)/lock/bin/pip-audit --require-hashes --disable-pip --requirement $(LOCKED)

clean: ## Remove the environment, the demo and every cache
	rm -rf $(VENV) $(DEMO) build dist mutants tests/actual .coverage .coverage.* \
	  .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find sync reports templates tests -name __pycache__ -type d -prune -exec rm -rf {} +
