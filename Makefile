# One verb for each intention; `make` alone lists them.

PYTHON ?= python3
PORT ?= 8000
# Passed on to pytest: make test ARGS="-k period"
ARGS ?=
POSTGRESQL_URL ?= postgresql://postgres@127.0.0.1:54329/postgres
RUN := .venv/bin/
PYTEST := $(RUN)pytest -n 2
# What is tested again on PostgreSQL: all but the browser and the house rules.
ROOMS := $(filter-out tests/e2e/ tests/__pycache__/,$(wildcard tests/*/))

.DEFAULT_GOAL := help
.PHONY: help environment start test check fix demo reindex e2e bench screenshots services services-stop

help: ## list what can be asked
	@grep -E '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

environment:
	@$(PYTHON) config/bootstrap.py

start: environment ## serve the demonstration on http://localhost:8000 (PORT=8123 for another)
	@exec $(RUN)python -m config.start --port $(PORT)

# What one database says enough about is asked of PostgreSQL, the stricter, if it runs.
# SEARCH_URL=… make test asks the search server of that address instead of that one.
test: environment ## run the tests, on what `make services` started too
	@export SEARCH_URL="$${SEARCH_URL:-$$(.ci/services running search)}"; \
	if .ci/services running; then \
	  DATABASE_URL= $(PYTEST) -m "not postgresql and not once" $(ARGS) && \
	  DATABASE_URL=$(POSTGRESQL_URL) $(PYTEST) $(ROOMS) $(ARGS); \
	else \
	  $(PYTEST) -m "not postgresql" $(ARGS) && test -z "$(REQUIRE_SERVICES)"; \
	fi

check: environment ## look for what tools can find
	$(RUN)ruff check
	$(RUN)ruff format --check
	$(RUN)djade --check --target-version 5.2 $$(git ls-files '*.html')
	$(RUN)djhtml --check --tabwidth 2 $$(git ls-files '*.html')
	$(RUN)mypy
	$(RUN)lint-imports
	$(RUN)python manage.py check
	$(RUN)python manage.py makemigrations --check --dry-run

fix: environment ## mend what tools can mend
	$(RUN)ruff check --fix
	$(RUN)ruff format
	-$(RUN)djade --target-version 5.2 $$(git ls-files '*.html')
	-$(RUN)djhtml --tabwidth 2 $$(git ls-files '*.html')

demo: environment ## load the demonstration without serving it
	@$(RUN)python manage.py migrate --verbosity 0
	@$(RUN)python manage.py seed_demo

reindex: environment ## write again what searching finds
	$(RUN)python manage.py reindex

e2e: environment ## run the browser tests alone
	$(RUN)pytest -m browser $(ARGS)

bench: environment ## measure, and print tables (CONSULTATION_FILE=FILE for a real one)
	$(RUN)python -m benchmarks.imports
	POSTGRESQL_URL=$(POSTGRESQL_URL) $(RUN)python -m benchmarks.reading
	POSTGRESQL_URL=$(POSTGRESQL_URL) $(RUN)python -m benchmarks.writes

screenshots: environment ## picture every page of the demonstration, into docs/screenshots
	$(RUN)python -m tests.e2e.screenshots

# Its standard output is for `export $(make services)`: three addresses, nothing else.
services: ## start PostgreSQL, Redis and OpenSearch, and print their addresses
	@.ci/services start

services-stop: ## stop them and remove their data
	@.ci/services stop
