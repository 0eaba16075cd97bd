# Everything you do here begins with `make`. It needs Python 3.11 or newer, git and make.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run example test test-browser test-cluster test-postgresql lint format check docs docs-check bench bench-smoke load reading detectors train clean

VENV := .venv
TORCH := .venv-torch
# A comma would end make's own argument.
COMMA := ,
EXTRAS := web$(COMMA)postgres$(COMMA)fhir$(COMMA)parquet$(COMMA)statistics
BIN := $(VENV)/bin
CODE := src tests training benchmarks docs
EXAMPLE := src/holdfast/examples/a-first-session.vtt
REPORT := report/a-first-session.html
DEMO := report/demo
# A module's tests stay together, for what they share.
ALL_CORES := -n auto --dist loadscope
# They touch no database, or only that of a practice of their own, which is SQLite; or they look at
# pages that only read, with queries that other tests put to both databases.
NOT_ON_POSTGRESQL := $(patsubst %,--ignore-glob=tests/web/test_%.py,assessment_* backup commands \
  demo* engine_* keys matching message_hours session_page signals skill_courses transcript_page* \
  transcript_upload_fuzz)

# An environment whose Python is gone (moved, upgraded) is made anew.
$(shell for at in $(VENV) $(TORCH); do $$at/bin/python -c '' >/dev/null 2>&1 || rm -f $$at/.ready-*; done)

help: ## Show what there is
	@echo "Holdfast: make TARGET, where TARGET is one of"
	@sed -n 's/^\([a-z-]*\):.*## /  \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

run: $(VENV)/.ready-run ## Start an invented practice to look around in (make run ARGS="--port 8010")
	@$(BIN)/holdfast demo --home $(DEMO) $(if $(CI),--once) $(ARGS)

example: $(VENV)/.ready-run ## Analyse the example session and show its report
	@mkdir -p $(dir $(REPORT))
	@$(BIN)/holdfast analyze $(EXAMPLE) --therapist Dana --client Lee --out $(REPORT)
	@echo "To read it in a browser: file://$(CURDIR)/$(REPORT)"
	@if [ -z "$$CI" ] && { [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; }; then \
	  $(BIN)/python -m webbrowser -t "file://$(CURDIR)/$(REPORT)" >/dev/null 2>&1 || true; \
	fi

test: $(VENV)/.ready-dev ## Run all tests
	@$(BIN)/python -m pytest -q $(ALL_CORES) $(ARGS)

test-browser: $(VENV)/.ready-dev ## Run the tests in a real browser (needs Chromium)
	@$(BIN)/python -m pytest -q $(ALL_CORES) -m browser tests/browser $(ARGS)

test-postgresql: $(VENV)/.ready-dev ## Run the practice's tests on a real PostgreSQL, which comes from PyPI
	@HOLDFAST_TEST_DATABASE=postgresql $(BIN)/python -m pytest -q $(ALL_CORES) tests/web $(NOT_ON_POSTGRESQL) $(ARGS)

test-cluster: $(VENV)/.ready-cluster ## Run the tests of a corpus on a real Ray cluster (installs Ray)
	@mkdir -p report
	@$(BIN)/python -m pytest -q -p no:randomly tests/engine/corpus \
	  --log-file=report/cluster.log --log-file-level=INFO $(ARGS)
	@echo "The log with the killed node: report/cluster.log"

lint: $(VENV)/.ready-dev ## Check style, types and the walls between modules
	@bad=; \
	$(BIN)/python -m ruff check $(CODE) || bad=1; \
	$(BIN)/python -m ruff format --check --quiet $(CODE) || { bad=1; echo "Run: make format"; }; \
	$(BIN)/python -m mypy || bad=1; \
	$(BIN)/lint-imports --no-logo || bad=1; \
	test -z "$$bad"

format: $(VENV)/.ready-dev ## Write the code the way ruff wants it
	@$(BIN)/python -m ruff check --quiet --fix $(CODE) || true
	@$(BIN)/python -m ruff format $(CODE)

check: lint test ## Lint, then test: what a change must pass

docs-check: $(VENV)/.ready-dev ## Check that links lead somewhere and examples run
	@$(BIN)/python -m pytest -q src tests/architecture/test_documentation.py $(ARGS)

docs: $(VENV)/.ready-dev ## Write the pages that are made from data
	@$(BIN)/python -m docs.pages

bench: $(TORCH)/.ready-bench ## Measure speed beside the peers (about half an hour; installs PyTorch)
	@mkdir -p report
	@$(TORCH)/bin/python -m benchmarks --install --out report/bench.json $(ARGS)
	@$(TORCH)/bin/python -m benchmarks.corpus --out report/bench-corpus.json

bench-smoke: $(VENV)/.ready-dev ## See that the benchmark runs, in a minute and without PyTorch
	@$(BIN)/python -m benchmarks --smoke $(ARGS)

load: $(VENV)/.ready-dev ## Measure the practice with twenty people at once (three minutes)
	@$(BIN)/python -m benchmarks.practice $(ARGS)

reading: $(VENV)/.ready-dev ## Measure how long a session is read, and ten at once (three minutes)
	@$(BIN)/python -m benchmarks.practice.reading $(ARGS)

detectors: $(VENV)/.ready-dev ## Measure the alliance signals on simulated courses, draw their curves
	@$(BIN)/python -m benchmarks.detectors $(ARGS)

train: $(TORCH)/.ready-train ## Train and evaluate the model: make train DATA=folder
	@test -n "$(DATA)" || { echo "Say where the corpora lie: make train DATA=folder" >&2; exit 2; }
	@$(TORCH)/bin/python -m training --data "$(DATA)" $(ARGS)

clean: ## Remove the environments and what was made
	@rm -rf $(VENV) $(TORCH) report build dist .pytest_cache .mypy_cache .ruff_cache \
	  .import_linter_cache .hypothesis

# $(call install,folder,what pip is to install)
define install
	@sh .ci/environment $(1) $(2)
	@touch $@
endef

$(VENV)/.ready-run: pyproject.toml
	$(call install,$(VENV),-e '.[web]')

$(VENV)/.ready-dev: pyproject.toml
	$(call install,$(VENV),-e '.[$(EXTRAS)]' --group test --group lint --group browser)
	@touch $(VENV)/.ready-run

$(VENV)/.ready-cluster: $(VENV)/.ready-dev
	$(call install,$(VENV),-e '.[cluster]' --group corpus)

$(TORCH)/.ready-bench: pyproject.toml
	$(call install,$(TORCH),-e '.[corpus]' --group benchmarks)

$(TORCH)/.ready-train: pyproject.toml
	$(call install,$(TORCH),-e . --group training)
