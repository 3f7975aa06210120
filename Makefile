# make run    set everything up, and start Puente with demonstration data on HOST:PORT (127.0.0.1:8000)
# make test   set everything up, and run the tests
# make check  style, types, layers, templates, migrations, catalogues, API schema, locks
# make fix    repair what can be repaired by a machine
SHELL := /bin/sh
PY := .venv/bin/python
DEV := PUENTE_ENV=dev
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST := $(PY) -m pytest
# One worker a processor; each has a database of its own, so not without end.
WORKERS := $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -lt 2 ] && n=2; [ $$n -gt 8 ] && n=8; echo $$n)

.PHONY: help run test test-services e2e check fix bench lock setup setup-dev clean

help:
	@sed -n '1,4s/^# //p' Makefile

setup:
	@.ci/setup run

setup-dev:
	@.ci/setup dev

run: export PUENTE_ENV = demo
run: export LOG_LEVEL ?= WARNING
run: export HOST := $(HOST)
run: export PORT := $(PORT)
run: setup
	@$(PY) -m workforce.config.prepare
	@exec $(PY) -m gunicorn -c python:workforce.config.one_process workforce.config.wsgi

test: setup-dev
	$(PYTEST) -n$(WORKERS) $(ARGS)

# The same suite against a real PostgreSQL and Redis, which are started for it unless DATABASE_URL and REDIS_URL are set;
# without the tests that meet neither (ARGS= runs these too).
test-services: ARGS ?= --on-services
test-services: setup-dev
	$(PY) -m tests.services -- $(PYTEST) -n$(WORKERS) $(ARGS)

e2e: setup-dev
	$(PYTEST) -n0 -m e2e $(ARGS)

check: setup-dev
	$(DEV) $(PY) .ci/check.py

fix: setup-dev
	$(DEV) $(PY) .ci/check.py --fix

# On a real PostgreSQL and Redis. make bench ESCO=folder TECHNICIANS=50000 ROLES=2000 is a city.
TECHNICIANS ?= 5000
ROLES ?= 200
bench: export PUENTE_ENV = dev
bench: export PYTHONPATH = .
bench: setup-dev
	$(PY) -m tests.services -- sh -e .ci/bench "$(ESCO)" "$(TECHNICIANS)" "$(ROLES)"

# Needs uv; the locks name no index.
UV_LOCK := uv pip compile --universal --python-version 3.11 --no-emit-index-url --generate-hashes --no-header --quiet
lock:
	$(UV_LOCK) pyproject.toml -o requirements.lock > /dev/null
	$(UV_LOCK) -c requirements.lock --extra dev pyproject.toml -o requirements-dev.lock > /dev/null

clean:
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov .coverage
