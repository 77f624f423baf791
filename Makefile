# Everything a developer does; `make help` lists it. Only make, Python 3.11 or newer and a package index are needed.
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
SAMPLE := fixtures/leaflets/aknetrent/input.txt
CORPUS ?= ../shared/corpus
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$name && break; done)

.PHONY: help setup sample test check lint format generate drift unit bench corpus quality label-edits translations pofilter wheel-smoke clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## Make the virtual environment and install everything (does nothing if it is there)

$(VENV)/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or newer found; install one or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "error: $(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV); \
		echo "error: the virtual environment has no pip; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -m compileall -q validator
	@touch $@

sample: setup ## Set up and check the sample leaflet, judged by the Turkish template
	@echo '$$ leaflet check $(SAMPLE) --market tr'
	@$(BIN)/leaflet check $(SAMPLE) --market tr; code=$$?; \
	echo; case $$code in \
	0) echo "exit code 0: no gap";; \
	1) echo "exit code 1: the leaflet has gaps (that is what the sample is for)";; \
	*) echo "exit code $$code: the sample could not be checked" >&2; exit $$code;; esac

test: setup check ## Set up and run every check (what CI runs)

check: lint drift unit ## Lint, format, types, generated files, tests

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

drift: setup
	$(BIN)/python tools/generate.py --check

unit: setup
	$(BIN)/python -X warn_default_encoding -m pytest -n auto --dist worksteal

format: setup ## Format the code and mend what the linter can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

generate: setup ## Write the generated schemas and rule pages anew
	$(BIN)/python tools/generate.py

bench: setup ## Measure speed and memory, and compare with other checkers on the same files
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	$(BIN)/python benchmarks/speed.py --corpus $(CORPUS)

corpus: setup ## Measure on a folder of real leaflets: make corpus CORPUS=/path/to/leaflets
	$(BIN)/python benchmarks/corpus.py $(CORPUS)

quality: setup ## Measure seeded defects and controls, and real leaflets if there are any (CORPUS=...)
	$(BIN)/python benchmarks/quality.py $(CORPUS) --output docs/quality.md

label-edits: setup ## Measure what `leaflet diff` finds of seeded label edits
	$(BIN)/python benchmarks/label_edits.py --output docs/quality.md

translations: setup ## Measure what `leaflet compare` finds of seeded translation defects
	$(BIN)/python benchmarks/translations.py --output docs/quality.md

pofilter: setup ## Compare `leaflet compare` with pofilter of the Translate Toolkit (in an environment of its own)
	@test -x $(VENV)-pofilter/bin/pofilter || { $(PYTHON) -m venv $(VENV)-pofilter && \
		$(VENV)-pofilter/bin/python -m pip install --quiet --disable-pip-version-check translate-toolkit; }
	$(BIN)/python benchmarks/pofilter.py $(VENV)-pofilter/bin/pofilter --output docs/quality.md

wheel-smoke: setup ## Build the wheel, install it into an empty environment, run it from another folder
	$(BIN)/python -m pytest tests/test_wheel.py

clean: ## Remove what was made, the virtual environment too
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
