#!/usr/bin/env bash
# Builds everything and runs every test. Arguments go to the test runner, for example:
#   ./test.sh --filter-class "*Tracking*"
# The last line is "N passed, N failed, N skipped"; the exit code is 0 only when nothing failed.
set -uo pipefail
cd "$(dirname "$0")"

dotnet build MlKit.sln -v quiet -nologo || { echo "The build failed: no test was run."; exit 1; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# One test program at a time: several start real processes and measure deadlines.
dotnet test --solution MlKit.sln --no-build --no-progress --max-parallel-test-modules 1 "$@" 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

count() { sed -nE "s/^ +$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ -z "$passed" ]; then
    echo "The test runner printed no summary (exit code $status)."
    exit 1
fi

if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
    echo "The test runner ended with exit code $status although no test failed."
fi

echo "$passed passed, $failed failed, $skipped skipped"
exit "$status"
