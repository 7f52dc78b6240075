# Two commands do everything: `make run` and `make test`. The others are for people who change it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO ?= out/kazakhstan-2022
PORT ?= 8501
BENCH ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help run demo test quick lint types format lock messages bench clean

help:  ## Say what each target does
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(VENV)/.run: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: pyproject.toml $(VENV)/.dev
	$(PIP) install $$($(BIN)/python -m tools.group bench)
	@touch $@

run: $(VENV)/.run  ## Install, plan the Kazakhstan 2022 demo, serve the dashboard on this machine
	test -f $(DEMO)/plan.json || { $(BIN)/mission-planner demo kazakhstan-2022 $(DEMO) && $(BIN)/mission-planner plan $(DEMO) -o $(DEMO)/plan.json; }
	$(BIN)/mission-planner dashboard $(dir $(DEMO)) --port $(PORT)

demo: $(VENV)/.run  ## The same demo on the command line: plan, verdict, workbook, maps
	$(BIN)/mission-planner demo kazakhstan-2022 $(DEMO)
	$(BIN)/mission-planner plan $(DEMO) -o $(DEMO)/plan.json
	$(BIN)/mission-planner check $(DEMO) $(DEMO)/plan.json
	$(BIN)/mission-planner export $(DEMO) $(DEMO)/plan.json -o $(DEMO)/handout --as xlsx,gpkg,kml,gpx
	@echo "The plan, its workbook and its maps are in $(DEMO)/"

test: $(VENV)/.dev  ## Run every test
	$(BIN)/python -m pytest -n 2

quick: $(VENV)/.dev  ## Run the tests that plan no whole mission
	$(BIN)/python -m pytest -n 2 -m "not slow"

lint: $(VENV)/.dev  ## Check style and the floors of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev  ## Check types strictly
	$(BIN)/mypy

format: $(VENV)/.dev  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.bench  ## Run all benchmarks and write their page (an hour); BENCH=days,repair runs some
	$(BIN)/python -m benchmarks.page --only "$(BENCH)"

messages: $(VENV)/.dev  ## Bring the catalogues of the interface's languages up to date
	$(BIN)/python -m tools.messages

lock:  ## Resolve the dependencies anew (needs uv on the PATH)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --extra ui --extra store --extra briefing pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --all-extras --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:  ## Remove what the build made
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
