# The commands of the portal. `make help` lists them.

PORT ?= 8000
PYTHON ?= python3
ARGS ?=
ARTICLES ?= tests/intake/articles
VERBOSE ?=
SIZES ?=
DB ?= sqlite
QUICK ?=
STRICT ?=
PROFILE ?=

BIN := .venv/bin
TOOLS := .venv-tools/bin
MANAGE := $(BIN)/python manage.py
STATIC_SOURCES := $(shell find static -type f)

.DEFAULT_GOAL := help
.PHONY: help run dev upgrade test lint messages eval-intake bench lock audit sbom

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: .venv/.installed .env staticfiles/.collected ## install what is needed, load sample content into an empty database, serve (PORT=8000)
	@$(MANAGE) migrate --noinput --verbosity 0
	@$(MANAGE) load_sample --if-empty
	@echo
	@echo "  The portal:      http://127.0.0.1:$(PORT)/"
	@echo "  The admin:       http://127.0.0.1:$(PORT)/admin/"
	@echo "  Make an account: $(MANAGE) createsuperuser"
	@echo "  Stop:            Ctrl+C"
	@echo
	@HTTPS=0 exec $(BIN)/gunicorn coopportal.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --log-level warning

dev: .venv/.installed-dev .env ## serve with debug pages and reloading, for work on the code (PORT=8000)
	@DEBUG=1 $(MANAGE) migrate --noinput --verbosity 0
	@DEBUG=1 $(MANAGE) runserver 127.0.0.1:$(PORT)

upgrade: .venv/.installed ## back up, migrate, check and restart the portal of this folder, while visitors go on reading
	@$(BIN)/python deploy/upgrade.py

test: .venv/.installed-dev ## run every test, on SQLite or the PostgreSQL of DATABASE_URL (ARGS="-k name")
	@$(BIN)/pytest -n auto --dist worksteal $(ARGS)

eval-intake: .venv/.installed-dev ## judge the intake by articles with hand-made truth (ARTICLES=folder VERBOSE=1)
	@$(BIN)/python -m tests.intake.evaluation $(ARTICLES) $(if $(VERBOSE),--verbose)

bench: .venv/.installed .env staticfiles/.collected ## measure speed and memory beside a floor and a naive site (QUICK=1, SIZES="20k 200k", DB=both, STRICT=1, PROFILE=1)
	@$(BIN)/python -m bench $(SIZES) --db $(DB) $(if $(QUICK),--quick) $(if $(STRICT),--strict) $(if $(PROFILE),--profile)

lint: .venv/.installed-dev ## check style, imports between apps, templates, migrations, production settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djade --check $$(find templates -name '*.html')
	$(BIN)/lint-imports
	SECRET_KEY=for-this-check-only DEBUG=1 $(MANAGE) makemigrations --check --dry-run
	SECRET_KEY=$$($(BIN)/python -c "import secrets; print(secrets.token_urlsafe(50))") DEBUG=0 HTTPS=1 \
		SECURITY_CONTACT=for-this-check-only@example.org SECURITY_EXPIRES=$$($(PYTHON) -c "import datetime; print(datetime.date.today() + datetime.timedelta(days=90))") \
		$(MANAGE) check --deploy --fail-level WARNING

lock: .venv-tools/.installed ## write requirements.lock anew after a change of requirements.txt (ARGS=--upgrade: the newest of what only they need)
	@$(TOOLS)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--output-file requirements.lock $(ARGS) requirements.txt >/dev/null

audit: .venv-tools/.installed ## say which weaknesses are known in what is locked (Error 1: some; Error 2: nobody could be asked)
	@$(TOOLS)/python scripts/audit.py

sbom: .venv-tools/.installed .venv/.installed ## write sbom.json: every locked package with hashes and licence (CycloneDX)
	@$(TOOLS)/python scripts/sbom.py

messages: .venv/.installed-dev ## collect the translatable texts into locale/ and compile them (needs gettext)
	$(MANAGE) makemessages --locale es --locale fr --no-location --no-wrap --ignore '.venv*/*' --ignore 'tests/*' --ignore 'bench/*'
	$(MANAGE) compilemessages --ignore '.venv*'

.env:
	@umask 077 && $(PYTHON) -c "import secrets; print('SECRET_KEY=' + secrets.token_urlsafe(50))" > .env
	@echo "Made a private SECRET_KEY in the file .env"

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "The portal needs Python 3.11 or newer; name one with make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv .venv

.venv/.installed: requirements.lock | .venv/bin/python
	@echo "Installing what the portal needs …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# After what is locked, so that tests run on the very versions that servers get.
.venv/.installed-dev: requirements-dev.txt .venv/.installed
	@echo "Installing what its tests need …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.venv-tools/.installed: requirements-tools.txt
	@$(PYTHON) -m venv .venv-tools
	@$(TOOLS)/pip install --quiet --disable-pip-version-check -r requirements-tools.txt
	@touch $@

staticfiles/.collected: $(STATIC_SOURCES) requirements.lock | .venv/.installed .env
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
