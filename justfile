# What is done again and again. `just check` before every commit, `just check-all` before a change is
# handed in; `.ci/run` does all of it.

uv := if path_exists(justfile_directory() / ".venv/bin/uv") == "true" { ".venv/bin/uv" } else { "uv" }
run := uv + " run --locked"

# the list of recipes
default:
    @just --list

# before every commit, within a minute: style, types, borders, the tests of the inner packages, documentation
check: lint types borders units docs

# before a change is handed in: the same, and every test that is quick and needs nothing installed
check-all: check quick

# style and format
lint:
    {{ run }} ruff check
    {{ run }} ruff format --check

# types
types:
    {{ run }} mypy --strict -p repatria

# the direction of imports
borders:
    {{ run }} lint-imports --no-logo

# the tests of what needs no database and no page; laws with fewer examples than in `test`
units:
    REPATRIA_EXAMPLES=3 {{ run }} pytest -q -n 2 -m "not slow and not browser and not postgresql" \
        tests/terms tests/ledger tests/linkage tests/lists tests/register tests/planning \
        tests/handover tests/record tests/architecture --ignore=tests/linkage/private \
        --ignore=tests/planning/solvers --ignore=tests/planning/test_tiny_plans.py

# the tests that are quick and need nothing installed; laws with fewer examples than in `test`
quick:
    REPATRIA_EXAMPLES=5 {{ run }} pytest -q -n 2 -m "not slow and not browser and not postgresql"

# generated pages are up to date, and every page builds without a warning
docs:
    {{ run }} python tools/write_cli_docs.py --check
    {{ run }} python tools/write_kind_docs.py --check
    {{ run }} sphinx-build -n -W -q -b html docs docs/_build

# every test there is; browser and PostgreSQL tests are skipped where those are missing
test *arguments:
    {{ run }} pytest {{ arguments }}

# a whole exchange with made-up persons, then its pages
demo *arguments:
    {{ run }} repatria demo {{ arguments }}

# put code and imports in order
fmt:
    {{ run }} ruff check --fix
    {{ run }} ruff format

# write the generated pages anew
pages:
    {{ run }} python tools/write_cli_docs.py
    {{ run }} python tools/write_kind_docs.py

# which lines and branches no test reaches
cover:
    {{ run }} coverage run -m pytest -q -m "not browser"
    {{ run }} coverage report
