#!/usr/bin/env bash
# Puts a Python environment into .tools/NAME of the repository, once, and prints that folder: python-client.sh NAME
# IMPORTS PACKAGE... The packages come from the wheels of the shared material where they are, else from the index that
# pip is set up for; IMPORTS is what must load, so that a broken environment is made anew.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
target="$root/.tools/$1" imports=$2
wheels="${MLKIT_SHARED:-$root/../shared}/wheels/wheels.tar.xz"
shift 2

if ! "$target/bin/python" -c "import $imports" 2>/dev/null; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    python3 -m venv --clear "$target"
    source=()
    if [ -f "$wheels" ]; then
        tar -xJf "$wheels" -C "$work"
        source=(--no-index --find-links "$work")
    fi
    "$target/bin/pip" install -q --disable-pip-version-check "${source[@]}" "$@"
fi

echo "$target"
