#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Installs what is missing, builds Polder with warnings as errors and runs all tests.
# Usage: tools/test.sh [CTEST-OPTION...]      for example  tools/test.sh -R Schedule
# The last line reads `N passed, M failed` (with `, K skipped` where a test could not run here).
set -uo pipefail
cd "$(dirname "$0")/.."
build=build/ci

finish() {  # passed failed skipped
  if [ "$3" -gt 0 ]; then
    echo "$1 passed, $2 failed, $3 skipped"
  else
    echo "$1 passed, $2 failed"
  fi
  [ "$2" = 0 ]
  exit
}
fail() {
  echo "tools/test.sh: $1" >&2
  finish 0 1 0
}

case ${1:-} in
  -h | --help) sed -n '3,5s/^# //p' "$0"; exit 0 ;;
esac

tools/install_packages.sh build test </dev/null || fail "packages are missing"
cmake --preset ci || fail "configuring failed"
cmake --build --preset ci || fail "building failed"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
ctest --test-dir "$build" -j 2 --timeout 900 --output-on-failure --no-tests=error "$@" </dev/null 2>&1 | tee "$log"
status=${PIPESTATUS[0]}

# ctest: `97% tests passed, 3 tests failed out of 120`; skipped ones are listed and counted among the passed.
read -r failed total < <(sed -n 's/^[0-9]*% tests passed, \([0-9]*\) tests* failed out of \([0-9]*\)$/\1 \2/p' "$log") || true
[ -n "${total:-}" ] || fail "ctest ended without a summary"
skipped=$(grep -cE '^[[:space:]]+[0-9]+ - .*\((Skipped|Disabled)\)$' "$log" || true)
if [ "$status" != 0 ] && [ "$failed" = 0 ]; then
  failed=1
fi
finish $((total - failed - skipped)) "$failed" "$skipped"
