# `make` alone lists what one can do; each target sets up what it still needs.
UV := .uv/bin/uv
PY := .venv/bin/python
PACKAGES := bot handlers messages loyalty leaderboards storage sandbox

.DEFAULT_GOAL := help
.PHONY: help setup install demo test lint format words bench pictures migration lock clean

help:  ## list what one can do
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready  ## bring everything into this folder: .venv/bin/laurels

install: $(UV)  ## only what running the bot needs, for a server: .venv/bin/laurels
	$(UV) venv -q --allow-existing --python python3 .venv
	$(UV) pip sync -q --compile-bytecode --python .venv --require-hashes requirements-run.lock
	$(UV) pip install -q --compile-bytecode --python .venv --no-deps .
	@rm -f .venv/ready

demo: .venv/ready  ## a local Slack in the browser with the real bot in it
	.venv/bin/laurels demo

test: .venv/ready .venv/browser  ## all tests, on SQLite, PostgreSQL and Chromium
	.venv/bin/pytest

lint: .venv/ready  ## ruff, mypy, the floors
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/ready  ## lay out the code as lint wants it
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

words: .venv/ready  ## bring the language catalogues up to what the code says
	$(PY) -m messages.update_catalogues

bench: .venv/ready  ## ours against the floor, side by side
	$(PY) -m tests.bench

pictures: .venv/ready .venv/browser  ## take the documents' pictures of the demo anew
	$(PY) -m tests.pictures

migration: .venv/ready  ## draft the next migration: make migration does="adds a column"
	$(PY) -m storage.migrations.autogenerate "$(does)"

lock: $(UV)  ## renew both locks, for developing and for running: hashes, no addresses
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --group dev pyproject.toml -o requirements.lock
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url -c requirements.lock pyproject.toml -o requirements-run.lock

clean:  ## remove what was set up
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(UV):
	python3 -m venv .uv && .uv/bin/pip install -q uv==0.13.9

.venv/ready: $(UV) pyproject.toml requirements.lock
	$(UV) venv -q --allow-existing --python python3 .venv
	$(UV) pip sync -q --compile-bytecode --python .venv --require-hashes requirements.lock
	$(UV) pip install -q --python .venv --no-deps -e .
	$(PY) -m compileall -q $(PACKAGES)
	@touch $@

# The system's Chromium, else Playwright's own; where neither can be had the browser's tests say so and step aside.
.venv/browser: .venv/ready
	@command -v chromium >/dev/null || .venv/bin/playwright install chromium >/dev/null 2>&1 || \
	  echo "*** NO CHROMIUM HERE: the browser's tests will be skipped. Install the package 'chromium' to run them. ***"
	@touch $@
