# whence: `make demo` and `make test` do all of their own set-up on a machine with Python 3.11 and make.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
SOURCES := $(shell find src -type f -not -name '*.pyc') pyproject.toml README.md
# Build and run-time dependencies alike are held to the versions of the constraints file.
export PIP_CONSTRAINT := $(CURDIR)/constraints.txt

.PHONY: help demo test check lint types layers unit functional docs bench train train-claims java postgres format clean screenshots browser
.DEFAULT_GOAL := help

help:  ## Show what make can do.
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

dist/.built: $(SOURCES) | $(BIN)/python
	@rm -rf dist && mkdir dist
	$(PIP) wheel --no-deps --wheel-dir dist .
	@touch $@

$(VENV)/.core: dist/.built constraints.txt
	$(PIP) install dist/*.whl
	$(PIP) install --force-reinstall --no-deps dist/*.whl
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(PIP) install "whence[parquet,consensus,trace,spark,desk,mcp,dev] @ file://$$(ls $(CURDIR)/dist/*.whl)"
	@touch $@

demo: $(VENV)/.core  ## Read the sample story in the terminal and write its report to out/demo.html.
	@mkdir -p out
	$(BIN)/whence read samples/harbour-blockade.txt --published 2024-03-14
	$(BIN)/whence read samples/harbour-blockade.txt --published 2024-03-14 --out out/demo.html
	@echo "The report: out/demo.html"

test: lint types layers browser java postgres unit functional docs  ## Everything that CI runs: lint, types, layers, all tests, against the built wheel.

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	WHENCE_DESK_HOME=$(CURDIR)/build/types $(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports

browser:  ## Install Chromium with the system's package manager, where it may; tests that need it skip otherwise.
	@sh tools/install-browser.sh

java:  ## Install a Java runtime for the Spark tests, where it may.
	@sh tools/install-java.sh

postgres:  ## Install PostgreSQL for the desk's tests, where it may.
	@sh tools/install-postgres.sh

unit: $(VENV)/.dev  ## The unit tests alone.
	$(BIN)/pytest -q -n 2 --dist loadgroup tests/unit tests/stories

functional: $(VENV)/.dev  ## The functional tests alone: command line, HTTP, browser.
	$(BIN)/pytest -q -n 2 --dist loadgroup tests/functional

docs: $(VENV)/.dev  ## Run every example of the documentation.
	$(BIN)/pytest -q tests/docs

train-claims:  ## Rebuild the weights of claim matching from ../shared/data/known-lie.
	sh training/claims/run.sh

format: $(VENV)/.dev  ## Format the code and mend what ruff can mend.
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## Print every figure of docs/figures.md (needs ../shared for some; minutes).
	$(BIN)/python -m benchmarks

train:  ## Rebuild the weights from ../shared/data/polnear (under two hours on 2 cores).
	sh training/run.sh

screenshots: demo browser  ## Remake the pictures of the documentation.
	$(BIN)/python tools/screenshots.py out/demo.html
	$(BIN)/python tools/desk_screenshots.py

clean:  ## Remove what make made.
	rm -rf $(VENV) .venv-train dist build out .mypy_cache .ruff_cache .pytest_cache .hypothesis
