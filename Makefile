# The bank's tasks. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ROUNDS ?= 60
ARGS ?=
# Test files run at the same time: one for each core.
WORKERS ?= auto

# Relative paths only: the checkout's own path may contain spaces.
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install
.NOTPARALLEL:

.PHONY: help
help: ## List the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: .venv/.installed ## Start a bank with sample entries on http://127.0.0.1:8000
	@exec $(BIN)/bank serve --demo --host $(HOST) --port $(PORT)

.PHONY: test
test: .venv/.developing ## Run every test, installing what the tests need
	@.ci/programs
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

.PHONY: setup
setup: .venv/.installed ## Install the bank into .venv (leaves .venv/bin/bank)
	@echo "Ready: $(BIN)/bank --help"

.PHONY: check
check: lint types floors sentences ## Lint, types, import floors, translations

.PHONY: lint
lint: .venv/.developing ## Style and likely mistakes (ruff)
	$(BIN)/ruff check
	$(BIN)/ruff format --check --quiet

.PHONY: types
types: .venv/.developing ## Type hints (mypy, strict)
	$(BIN)/mypy

.PHONY: floors
floors: .venv/.developing ## Imports go down only (import-linter)
	$(BIN)/lint-imports --no-logo

.PHONY: sentences
sentences: .venv/.developing ## Every sentence is translated
	$(BIN)/python -m pytest -q tests/test_sentences.py

.PHONY: messages
messages: .venv/.developing ## Bring new sentences into bank/locales/*.po, ready to translate
	$(BIN)/python -m tests.sentences

.PHONY: screenshots
screenshots: .venv/.developing ## Take a picture of every page into docs/screenshots (minutes; ARGS="--only NAME")
	$(BIN)/python -m tests.screenshots $(ARGS)

.PHONY: bench
bench: .venv/.developing ## Measure search against other engines (takes a while)
	@for script in $$(grep -l __main__ bench/*.py); do echo "== $$script"; $(BIN)/python "$$script" $(ARGS); done

.PHONY: evaluate
evaluate: .venv/.developing ## Measure search and suggestions on the judged sets (ARGS=unseen; ARGS="reading FOLDER GOLD", "cases FOLDER")
	$(BIN)/python -m tests.evaluation $(ARGS)

.PHONY: soak
soak: .venv/.developing ## Kill the bank, jump its clock, fail its calls, let a fuzzer in; 60 rounds of each: hours (docs/faults.md)
	@.ci/programs
	BANK_ROUNDS=$(ROUNDS) $(BIN)/python -m pytest tests/faults tests/web/api/test_racing.py tests/web/api/test_description.py $(ARGS)

.PHONY: lock
lock: ## Renew the lock files (needs uv)
	uv pip compile $(LOCKING) pyproject.toml -o requirements.lock
	uv pip compile $(LOCKING) --group build -c requirements.lock -o requirements-build.lock
	uv pip compile $(LOCKING) pyproject.toml --group dev --group bench --group build -c requirements.lock -c requirements-build.lock -o requirements-dev.lock
LOCKING := --quiet --universal --no-header --no-annotate --generate-hashes --python-version 3.11

# A stamp is newer than what it was made from, so a second run installs nothing.
.venv/.python: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The bank needs Python 3.11 or later; this is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "This Python cannot make virtual environments. On Debian: apt-get install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.python requirements.lock requirements-build.lock pyproject.toml
	@echo "Installing the bank into .venv ..."
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --require-hashes -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.developing: .venv/.installed requirements-dev.lock
	@echo "Installing what development needs into .venv ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@
