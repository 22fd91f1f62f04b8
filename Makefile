# Two commands on a fresh machine: make run, make test. `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py

.PHONY: help run setup stop test lint bench lock

help:
	@echo "make run      install, set up and serve on http://127.0.0.1:$(PORT) (PORT= for another)"
	@echo "make setup    all of that short of serving"
	@echo "make stop     stop the embedded PostgreSQL"
	@echo "make test     run every test, those in the browser included"
	@echo "make lint     ruff, mypy, import-linter, missing migrations"
	@echo "make bench    measure speed against a minimal view"
	@echo "make lock     pin the dependencies anew"

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check uv

.venv/.runtime: .venv/bin/uv requirements.lock
	@echo "Installing what the portal needs …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

.venv/.development: .venv/.runtime requirements-dev.lock
	@echo "Installing what tests and checks need …"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/.runtime
	@echo "Setting up the portal …"
	@$(MANAGE) setup_portal

run: setup
	@$(MANAGE) serve --port $(PORT)

stop:
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m portal.embedded_postgres stop; else echo "Nothing to stop."; fi

test: .venv/.development
	@PORTAL_ENV=test $(BIN)/python -m pytest -n 2 --dist loadgroup -q

lint: .venv/.development
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MANAGE) makemigrations --check --dry-run

bench: .venv/.development
	@$(BIN)/python -m portal.bench

lock: .venv/bin/uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header -c requirements.lock --group dev pyproject.toml -o requirements-dev.lock
