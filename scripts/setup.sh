#!/bin/sh
# Makes .venv with the locked versions, and installs the system's packages that are missing.
# usage: setup.sh [test]    with "test", also what only the tests need
set -eu
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
VENV=.venv
PURPOSE=${1:-run}

say() { printf '%s\n' "setup: $*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo "$@"
    else return 1
    fi
}

packages() { sed -e 's/#.*//' "$@" | tr -s ' \n' '\n\n' | sed '/^$/d'; }

missing() {
    for package in $(packages "$@"); do
        dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || echo "$package"
    done
}

install_system_packages() {
    command -v apt-get >/dev/null 2>&1 || return 0
    wanted=$(missing "$@")
    [ -n "$wanted" ] || return 0
    # shellcheck disable=SC2086 # a list of package names
    set -- $wanted
    say "installing $# Debian packages"
    if as_root true; then
        as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    else
        say "these Debian packages are missing and I may not install them; as root, type:"
        say "  apt-get install --no-install-recommends $*"
    fi
}

make_environment() {
    "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        say "Python 3.11 or newer is needed; PYTHON=/path/to/python3 make setup chooses one"
        exit 1
    }
    if ! [ -x $VENV/bin/pip ]; then
        rm -rf $VENV
        "$PYTHON" -m venv $VENV || { say "no venv module: install python3-venv"; exit 1; }
    fi
    say "installing the locked Python packages"
    $VENV/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
    $VENV/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    # Built from source: without a compiler or libcups the rest still works.
    $VENV/bin/pip install --quiet --disable-pip-version-check --require-hashes \
        --use-pep517 --no-build-isolation -r requirements-cups.lock \
        || say "the CUPS binding could not be built: badges go to PDF files until it can"
}

[ "$PURPOSE" = test ] && install_system_packages scripts/debian-run.txt scripts/debian-test.txt \
    || install_system_packages scripts/debian-run.txt

ready=$VENV/ready
state=$(cat requirements.lock requirements-cups.lock pyproject.toml | cksum; pwd)
if [ "$(cat $ready 2>/dev/null)" != "$state" ]; then
    make_environment
    printf '%s\n' "$state" > $ready
fi
