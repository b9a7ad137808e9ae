# One word for each thing to do. `make help` lists them. Needs only make and Python >= 3.11.

PYTHON ?=
ARGS ?=
WORKERS ?= 2

bin := .venv/bin
code := tutor tests benchmarks scripts
atleast := import sys; sys.exit(sys.version_info < (3, 11))

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run test check lint format style types contracts lessons bench clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s%s\n", $$1, $$2 }'

run: .venv/.ready-to-run ## start the tutor; ARGS="run softmax" hands words on to it
	@exec $(bin)/tutor $(ARGS)

test: .venv/.ready-to-develop ## the tests; ARGS="tests/engine -k softmax" chooses some
	@echo "Running the tests"
	@$(bin)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: lint lessons test ## all that a change must pass: lint, lessons, tests

lint: format style types contracts ## format, style, types and import contracts

format: .venv/.ready-to-develop
	@echo "Checking the format"
	@$(bin)/ruff format --quiet --check $(code) || { echo "to put it right: $(bin)/ruff format $(code)"; exit 1; }

style: .venv/.ready-to-develop
	@echo "Checking the style"
	@$(bin)/ruff check --quiet $(code)

types: .venv/.ready-to-develop
	@echo "Checking the types"
	@$(bin)/mypy --no-error-summary

contracts: .venv/.ready-to-develop
	@echo "Checking what imports what"
	@$(bin)/lint-imports --no-logo > .venv/imports.txt || { cat .venv/imports.txt; exit 1; }

lessons: .venv/.ready-to-develop ## every lesson: its format, its numbers, its texts
	@echo "Checking the lessons"
	@$(bin)/tutor check

bench: .venv/.ready-to-develop ## the measurements, with their bars; ARGS="grid lab" chooses some
	@$(bin)/python -m benchmarks $(ARGS)

clean: ## remove all that was made here: .venv, caches, builds
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find $(code) -name __pycache__ -type d -prune -exec rm -rf {} +

# The two stamps: an installation is done again when what it was made from has changed.
.venv/.ready-to-run: pyproject.toml constraints.txt .venv/pyvenv.cfg
	@echo "Installing handgrad into .venv (PyTorch is large: the first time takes minutes)"
	@$(bin)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

.venv/.ready-to-develop: pyproject.toml constraints.txt .venv/pyvenv.cfg
	@echo "Installing handgrad and the tools of its developers into .venv (the first time takes minutes)"
	@$(bin)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch .venv/.ready-to-run $@

.venv/pyvenv.cfg:
	@found=; \
	for python in "$(PYTHON)" python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    if [ -n "$$python" ] && "$$python" -c "$(atleast)" 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo "handgrad needs Python 3.11 or newer, and none was found on the PATH." >&2; \
	    echo "Install it, or say where it is: make run PYTHON=/path/to/python3" >&2; exit 1; \
	fi; \
	echo "Making .venv with $$("$$found" --version)"; \
	"$$found" -m venv .venv || { rm -rf .venv; \
	    echo "The standard module venv did not work; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
