# Iris. `make run` builds and starts it, `make test` checks all of it; both install what is missing.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
# What `make run` passes on, as in: make run ARGS="ask hello"
ARGS ?=
# How many seconds each target of `make fuzz` takes, and which; all unless told.
FOR ?= 60
TARGETS ?=
OTHER ?=

sources := Package.swift Sources Tests Benchmarks
# Each function by itself, so that those of a start can be laid side by side (docs/decisions/0191), and
# generic types made from what the compiler knows, not looked up by their names (docs/decisions/0270).
release := -c release --static-swift-stdlib -Xswiftc -Xfrontend -Xswiftc -function-sections \
  -Xswiftc -Xfrontend -Xswiftc -disable-concrete-type-metadata-mangled-name-accessors
program := .build/release/iris
stage := $(DESTDIR)$(PREFIX)

.PHONY: picture run build test fuzz lint format deps deps-test install uninstall deb clean

run: build
	@exec $(program) $(ARGS)

build: deps
	@$(SWIFT) build $(release) --product iris

test: deps-test
	@$(SWIFT) build --build-tests
	@SWIFT="$(SWIFT)" scripts/test
	@$(MAKE) --no-print-directory lint

# Findings are left in .build/fuzz/found and .build/fuzz-text/found.
fuzz: deps-test
	@scripts/fuzz $(FOR) $(TARGETS)
	@scripts/fuzz-text $(FOR)

# With OTHER=PATH of an older program both do the same work in turns, and ratios are printed.
bench: deps-test build
	@$(SWIFT) build $(release) --product IrisBenchmark
	@.build/release/IrisBenchmark $(program) $(OTHER)

lint:
	@$(SWIFT) format lint --strict --parallel --recursive $(sources)

format:
	@$(SWIFT) format --in-place --parallel --recursive $(sources)

deps:
	@scripts/deps build

deps-test:
	@scripts/deps test

install: build
	@install -D -m 755 -s $(program) $(stage)/bin/iris
	@install -D -m 644 README.md $(stage)/share/doc/iris/README.md
	@install -D -m 644 docs/CHANGELOG.md $(stage)/share/doc/iris/CHANGELOG.md
	@scripts/completions $(program) $(stage)/share
	@scripts/manual $(program) $(stage)/share/man/man1/iris.1

uninstall:
	@rm -f $(stage)/bin/iris $(stage)/share/man/man1/iris.1 \
	  $(stage)/share/bash-completion/completions/iris \
	  $(stage)/share/zsh/site-functions/_iris \
	  $(stage)/share/fish/vendor_completions.d/iris.fish
	@rm -rf $(stage)/share/doc/iris

deb: build
	@scripts/deb $(program)

# The picture of README.md, anew from a release build.
picture: build
	@scripts/picture $(program)

clean:
	@rm -rf .build dist
