# What people and CI both run. Set-up is repeated only where something it depends on has changed.
PYTHON ?= python3
export PYTHON

venv := .venv
bin := $(venv)/bin
page := engine/gradstream/page/index.html
page_sources := $(shell find web \( -path web/node_modules -o -path web/tests \) -prune -o -type f -print 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install serve test check lint fix accept bench soak check-tools

help:
	@echo "make install   set up this checkout: Python and npm packages, the page"
	@echo "make serve     serve the demos of this checkout, reloading as their files change"
	@echo "make test      everything CI runs: lint, the page's tests, the engine's tests"
	@echo "make check     lint, the page's tests and the engine's unit tests, with fewer examples: what is quick"
	@echo "make lint      ruff, mypy, wording, the page's linter and type checker; rewrites nothing"
	@echo "make fix       apply the linters' automatic fixes"
	@echo "make accept    rewrite expected reports and generated files to what the code says now"
	@echo "make soak      visitors, killed workers and broken saves for minutes: ARGS=\"--minutes 5\""
	@echo "make bench     measure this checkout and Gradio on the same work, side by side"

install: check-tools $(venv)/.editable $(page)

serve: install
	@$(bin)/gradstream serve $(ARGS)

test: install
	@scripts/need chromium ffmpeg
	@scripts/need --or-skip firefox webkit xvfb pulseaudio nginx caddy nvim
	@scripts/check $(ARGS)

# Property tests try a part of their examples (tests/effort.py), tests that encode a part of their cases
# (tests/sampling.py), and ESLint looks at the files that were changed.
check: install
	@GRADSTREAM_TESTS=quick scripts/check --quiet tests/architecture tests/unit $(ARGS)

lint: install
	@scripts/lint

fix: install
	@scripts/fix

accept: install
	@scripts/accept $(ARGS)

bench: install bench/.venv/.locked
	@scripts/need chromium
	@$(bin)/python -m bench $(ARGS)

soak: install
	@$(bin)/python -m bench.soak $(ARGS)

check-tools:
	@scripts/need python node npm

# Each stamp lies inside the folder that it vouches for: to rebuild a folder, remove it.
$(venv)/.locked: requirements.txt | check-tools
	@echo "Installing Python packages"
	@test -x $(bin)/python || $(PYTHON) -m venv $(venv)
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(venv)/.editable: $(venv)/.locked pyproject.toml hatch_build.py
	@$(bin)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

web/node_modules/.locked: web/package.json web/package-lock.json | check-tools
	@echo "Installing npm packages"
	@cd web && npm ci --silent --no-audit --no-fund
	@touch $@

$(page): web/node_modules/.locked $(page_sources)
	@echo "Building the page"
	@cd web && npm run --silent build -- --logLevel warn
	@touch $@

bench/.venv/.locked: bench/requirements.txt | check-tools
	@echo "Installing Gradio into bench/.venv"
	@test -x bench/.venv/bin/python || $(PYTHON) -m venv bench/.venv
	@bench/.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/requirements.txt
	@touch $@
