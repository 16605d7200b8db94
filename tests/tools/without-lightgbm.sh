#!/usr/bin/env bash
# Runs a command as on a machine where LightGBM's native library does not load: without-lightgbm.sh COMMAND...
# The OpenMP library that it needs is found first as an empty file, which no loader takes. For example:
#   tests/tools/without-lightgbm.sh dotnet test --project tests/TrainingWorker.Tests
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
touch "$folder/libgomp.so.1"
LD_LIBRARY_PATH="$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" "$@"
