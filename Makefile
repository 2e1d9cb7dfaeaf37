# One command a chore. `make` alone lists them.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-test demo run test test-all lint types format lock clean

help:  ## list the chores
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup:  ## make the environment in .venv, with everything that is missing
	@PYTHON=$(PYTHON) sh scripts/setup.sh

setup-test:
	@PYTHON=$(PYTHON) sh scripts/setup.sh test

demo: setup  ## run the main job on the demo event: a window, or a scripted door where there is no screen
	@$(RUN)/eventdesk demo

run: setup  ## start EventDesk
	@$(RUN)/eventdesk

test: setup-test  ## the tests of a developer's run
	@$(RUN)/python -m pytest -n 2

test-all: setup-test  ## every test, the long ones too
	@$(RUN)/python -m pytest -n 2 -m ''

lint: setup  ## the linter and the formatter's check
	@$(RUN)/ruff check .
	@$(RUN)/ruff format --check .

types: setup  ## the strict type checker
	@$(RUN)/mypy

format:  ## put every file into the one form
	@$(RUN)/ruff check --fix .
	@$(RUN)/ruff format .

lock:  ## lock the versions anew (needs uv)
	@sh scripts/lock.sh

clean:  ## take away what the other chores made
	rm -rf $(VENV) demo-output .pytest_cache .mypy_cache .ruff_cache .hypothesis
