# `make demo` runs the main job, `make test` every check; both set themselves up on a machine with Python 3.11 and make.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
.DEFAULT_GOAL := help

# What some tests need beside Python: a browser for pages, LibreOffice for .doc, a font for scans.
PROGRAMS := chromium fonts-wqy-zenhei libreoffice-writer-nogui

.PHONY: help setup programs demo test lint types contracts tests test-slow benchmark clean

help:  ## what there is to do
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*##/\t/' | expand -t 14

setup: $(STAMP)  ## a virtual environment with everything that the checks need

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev,train]'
	touch $@

programs:  ## a browser, LibreOffice and a Chinese font, where Debian's packages can be installed
	@if dpkg -s $(PROGRAMS) >/dev/null 2>&1; then true; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PROGRAMS) >/dev/null; \
	else echo "Without $(PROGRAMS) the tests that need them are skipped."; fi

# Status 1 says that a sample is partial, inconsistent or no report, as two of them are on purpose.
demo: $(STAMP)  ## extract the samples and show what was read
	$(BIN)/python -m govnlp extract corpora/samples -o out || [ $$? -eq 1 ]
	$(BIN)/python -m govnlp extract corpora/samples/county-2021.html corpora/samples/township-2022.txt --format table
	$(BIN)/python -m govnlp check corpora/samples || [ $$? -eq 1 ]
	$(BIN)/python -m corpora.formats --show

test: lint types contracts tests  ## every check

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

tests: $(STAMP) programs
	$(BIN)/python -m pytest -n 2 --durations=10 --doctest-modules govnlp tests

test-slow: $(STAMP) programs  ## the tests that take minutes
	$(BIN)/python -m pytest -n 2 -m slow

benchmark: $(STAMP)  ## speed, memory and accuracy against named alternatives
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[benchmark]'
	$(BIN)/python -m benchmarks.tables
	$(BIN)/python -m benchmarks.accuracy
	$(BIN)/python -m benchmarks.mentions
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.formats
	$(BIN)/python -m benchmarks.archive run --sizes 300,1000

clean:  ## remove the virtual environment and what tools left
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist out
