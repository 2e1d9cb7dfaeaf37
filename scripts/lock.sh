#!/bin/sh
# Locks every version anew, with digests, from pyproject.toml. Needs uv.
set -eu
cd "$(dirname "$0")/.."

resolve() { uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@" pyproject.toml; }

{
    echo "# Locked versions with digests of everything EventDesk needs to run and to test. Made by: make lock"
    resolve --extra dev
} > requirements.lock
{
    echo "# The binding to CUPS, built from source: installed last, so that its absence costs printing only."
    resolve --extra cups | sed -n '/^pycups/,/# via eventdesk/p'
} > requirements-cups.lock
