# `make site` builds the example site; `make test` runs the tests. Each brings its own environment.

export NO_MKDOCS_2_WARNING ?= 1

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
UV := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header

# Homebrew's libraries lie where macOS does not look for them; the shell that make starts would drop the variable.
ifeq ($(shell uname -s),Darwin)
LIBRARIES := DYLD_FALLBACK_LIBRARY_PATH="$${DYLD_FALLBACK_LIBRARY_PATH:-$(shell brew --prefix 2>/dev/null)/lib}"
endif

.PHONY: site test stress lint bench docs lock clean
.DELETE_ON_ERROR:

site: $(BIN)/.installed
	@sh .ci/need pango || true
	@test -d site && echo "Building the example site." || echo "Building the example site: a minute or two this first time, seconds later."
	@$(LIBRARIES) $(BIN)/mkdocs build --quiet
	@echo "The site is in site/, the papers as PDFs in site/papers/."
	@echo "To look at it: $(BIN)/python -m http.server 8001 -d site, then open http://localhost:8001/"

test: $(BIN)/.installed-dev
	@sh .ci/need pango || true
	@sh .ci/need browser || true
	@sh .ci/need checkers || true
	$(LIBRARIES) $(BIN)/python -m pytest

# The large runs of the fault, leak and non-interference tests: some minutes. Figures: docs/confidentiality.md.
stress: $(BIN)/.installed-dev
	$(LIBRARIES) HEARD_STRESS=1 $(BIN)/python -m pytest -n 0 -m stress -s --durations=0

lint: $(BIN)/.installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(BIN)/.installed-dev
	@for script in bench/*.py; do echo "$$script"; $(LIBRARIES) $(BIN)/python "$$script" || exit 1; done

docs: $(BIN)/.installed-dev
	$(BIN)/python -m heard.cli.reference > .venv/commands.md && mv .venv/commands.md docs/
	$(BIN)/python -m heard.codes > .venv/findings.md && mv .venv/findings.md docs/

# The versions that everybody gets. Run it after a change of the dependencies in pyproject.toml.
lock: $(BIN)/.installed-dev
	$(PIP) install uv
	printf 'hatchling>=1.27,<2\neditables\n' | $(UV) pyproject.toml - -o requirements.lock
	printf 'hatchling>=1.27,<2\neditables\n' | $(UV) -c requirements.lock --extra dev pyproject.toml - -o requirements-dev.lock

clean:
	rm -rf site build .site-* .heard

$(BIN)/.installed: pyproject.toml requirements.lock
	@sh .ci/need environment
	@echo "Installing what heard needs into .venv/: about a minute, once."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(BIN)/.installed-dev: $(BIN)/.installed requirements-dev.lock
	@echo "Installing what the tests need into .venv/: about a minute, once."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
