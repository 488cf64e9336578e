# The verbs of this checkout; `make` alone lists them.
# Needs Python >= 3.11, git and make. The first call sets up .venv from pinned, hash-checked
# packages (requirements/*.txt); later calls reuse it until those files change.

PYTHON ?= python3
IN := .venv/bin/
# Names of tests and workers can be handed on:  make test TESTS=tests/formats WORKERS=4
TESTS ?=
WORKERS ?= auto
MINUTES ?= 10
HOURS ?=
FUZZ_SECONDS ?= 60
HARNESS ?=
BASE ?=
UNIT ?=
NAME ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format docs docs-generate golden fuzz properties assessors soak bench agent service bpf bpf-check new new-check \
	changelog requirements clean

help: ## list the verbs
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)$$/  make \1|\2/p' Makefile | column -t -s '|'

setup: ## set up .venv for development
	@$(PYTHON) tools/set_up.py dev

demo: ## set up and scan an embedded sample image: the main job in one go
	@$(PYTHON) tools/set_up.py run
	@$(IN)python -m tools.demo

test: setup ## set up and pass the tests
	@$(IN)python -m pytest -q -n $(WORKERS) --maxprocesses 8 --dist worksteal $(TESTS)

check: setup ## lint, types, floors, generated pages, docs
	@$(IN)ruff check .
	@$(IN)ruff format --check .
	@$(IN)mypy
	@$(IN)mypy tools examples fuzz
	@$(IN)lint-imports
	@$(IN)python -m tools.generate --check
	@$(IN)python -m tools.changelog --check
	@$(IN)python -m tools.kernel_programs --check
	@NO_MKDOCS_2_WARNING=1 $(IN)mkdocs build --strict --site-dir build/site
	@echo "all checks passed"

format: setup ## put the code into its format
	@$(IN)ruff check --fix .
	@$(IN)ruff format .

docs: setup docs-generate ## build the documentation into build/site
	@NO_MKDOCS_2_WARNING=1 $(IN)mkdocs build --strict --site-dir build/site
	@echo "open build/site/index.html"

docs-generate: setup ## write the pages that are made from the code
	@$(IN)python -m tools.generate

golden: setup ## rewrite the golden files of the tests; review the difference
	@PRATIQUE_GOLDEN=write $(IN)python -m pytest -q $(or $(TESTS),tests/reports)
	@git diff --stat -- tests

fuzz: ## fuzz the parsers for FUZZ_SECONDS (60) each:  make fuzz HARNESS=tar
	@$(PYTHON) tools/set_up.py fuzz
	@$(IN)python -m fuzz --seconds $(FUZZ_SECONDS) $(HARNESS)

properties: setup ## run the property tests with many more examples
	@$(IN)python -m pytest -q -n $(WORKERS) --maxprocesses 8 --timeout 1800 \
		--hypothesis-profile fuzz $(or $(TESTS),tests)

assessors: ## install the tools that the tests of `pratique assess` run, each by itself
	@$(PYTHON) tools/assessors.py

soak: setup ## scan the sample over and over for MINUTES (10), or watch under load:  make soak HOURS=8
	@$(IN)python -m $(if $(HOURS),bench.runtime.soak --hours $(HOURS),tools.soak --minutes $(MINUTES))

bench: ## measure against the physical limit and Syft, in one run
	@$(PYTHON) tools/set_up.py bench
	@$(IN)python -m bench
	@$(IN)python -m bench.scanners

agent: setup ## build the agent's image and try it as the DaemonSet starts it:  make agent BASE=…
	@$(IN)python -m tools.agent --base "$(BASE)"

service: setup ## try the unit of systemd under systemd, in a virtual machine (minutes)
	@$(IN)python -m tools.service

bpf: ## build the kernel's programs (needs clang 14, llvm, libbpf-dev)
	@$(PYTHON) -m tools.kernel_programs

bpf-check: ## build the kernel's programs anew and compare, where clang 14 is
	@$(PYTHON) -m tools.kernel_programs --check

new: setup ## write the skeleton of a unit:  make new UNIT=reports NAME=junit
	@$(IN)python -m tools.new "$(UNIT)" "$(NAME)"

new-check: setup ## write the skeleton of a check:  make new-check NAME=unpinned-base-image
	@$(IN)python -m tools.new checks "$(NAME)"

changelog: setup ## assemble changelog.d/ into CHANGELOG.md:  make changelog VERSION=0.2.0
	@$(IN)python -m tools.changelog "$(VERSION)"

requirements: ## pin anew from requirements/*.in (needs uv)
	@$(PYTHON) tools/pin.py

clean: ## remove what can be made again
	@rm -rf build site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .venv
