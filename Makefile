# Every target sets up what it needs. PYTHON: 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
SIZE ?= 1m
export STREAMLIT_BROWSER_GATHER_USAGE_STATS := false

.PHONY: run test check bench screenshot clean browser

run: .venv/run ## open the dashboard on http://localhost:8501
	$(BIN)/streamlit run app.py

test: check browser ## every check and every test
	$(BIN)/pytest -n auto --dist loadfile

check: .venv/dev ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev ## speed, as ratios in one run: minutes; SIZE=10m or 100m: longer, and up to 40 GB of disk
	$(BIN)/python -m benchmarks $(SIZE)

screenshot: .venv/dev browser ## the README's picture, from the running app
	$(BIN)/python -m tests.browser.screenshot docs/deployment.png

browser: .venv/dev ## a Chromium for the browser tests
	$(BIN)/python tests/browser/chromium.py

.venv/run: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements.txt requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/run

clean: ## forget everything that was built
	rm -rf .venv build .pytest_cache .ruff_cache .mypy_cache .hypothesis
