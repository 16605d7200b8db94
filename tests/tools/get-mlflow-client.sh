#!/usr/bin/env bash
# Puts a Python environment with the real MLflow client into .tools/python-mlflow of the repository, once: from the
# wheels of the shared material where they are, else from the index that pip is set up for.
set -euo pipefail
root="$(cd "$(dirname "$0")/../.." && pwd)"
target="$root/.tools/python-mlflow"
wheels="${MLKIT_SHARED:-$root/../shared}/wheels/wheels.tar.xz"

if ! "$target/bin/python" -c "import mlflow, onnx, onnxruntime, pandas, sklearn, skops, PIL" 2>/dev/null; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    python3 -m venv --clear "$target"
    source=()
    if [ -f "$wheels" ]; then
        tar -xJf "$wheels" -C "$work"
        source=(--no-index --find-links "$work")
    fi
    "$target/bin/pip" install -q --disable-pip-version-check "${source[@]}" \
        mlflow-skinny pandas pillow scikit-learn skops onnx onnxruntime
fi

echo "$target"
