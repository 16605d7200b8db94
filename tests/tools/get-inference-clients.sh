#!/usr/bin/env bash
# Puts a Python environment with the real tritonclient into .tools/python-inference of the repository, once: from the
# wheels of the shared material where it is, else from the index that pip is set up for.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
target="$root/.tools/python-inference"
wheels="${MLKIT_SHARED:-$root/../shared}/wheels/wheels.tar.xz"

if ! "$target/bin/python" -c "import tritonclient.http, tritonclient.grpc" 2>/dev/null; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    python3 -m venv --clear "$target"
    source=()
    if [ -f "$wheels" ]; then
        tar -xJf "$wheels" -C "$work"
        source=(--no-index --find-links "$work")
    fi
    "$target/bin/pip" install -q --disable-pip-version-check "${source[@]}" "tritonclient[http,grpc]"
fi

echo "$target"
