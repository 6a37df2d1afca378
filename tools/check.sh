#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Checks what the tests of a release build do not: format, clang-tidy, the sanitizers, three rows a block, fuzzing.
# Usage: tools/check.sh [--quick] [--minutes N]
#   --quick       clang-tidy on changed files only; the libraries under sanitizers with three rows a block in one build;
#                 no debug and no thread-sanitizer tests
#   --minutes N   stop after N minutes: what has not ended by then is named, and counts neither as passed nor as failed
# Each check counts as one; the last line reads `N passed, M failed`.
set -uo pipefail
cd "$(dirname "$0")/.."
quick=false
minutes=1440
while [ $# -gt 0 ]; do
  case $1 in
    --quick) quick=true ;;
    --minutes)
      shift
      minutes=${1:-}
      [[ $minutes =~ ^[1-9][0-9]*$ ]] || { echo "tools/check.sh: --minutes wants a whole number above 0" >&2; exit 1; }
      ;;
    -h | --help) sed -n '3,8s/^# //p' "$0"; exit 0 ;;
    *) echo "tools/check.sh: unknown option '$1'; it knows --quick and --minutes" >&2; exit 1 ;;
  esac
  shift
done
export quick
deadline=$((SECONDS + 60 * minutes))
export fuzz_seconds=60  # for all targets together
export tidy_seconds=300  # of the quick check

passed=0
failed=0
left_out=""
check() {  # name function-or-command...
  local name=$1 begin=$SECONDS status=124
  shift
  echo
  echo "== $name"
  if [ "$begin" -lt "$deadline" ]; then
    # A shell of its own, so that the time limit ends all that the check started.
    timeout -k 30 "$((deadline - begin))" bash -uo pipefail -c '"$@"' check "$@" </dev/null
    status=$?
  fi
  if [ "$status" = 0 ]; then
    passed=$((passed + 1))
    echo "== $name: passed ($((SECONDS - begin)) s)"
  elif [ "$SECONDS" -ge "$deadline" ]; then
    left_out="$left_out$name; "
    echo "== $name: left out, the time was up ($((SECONDS - begin)) s)"
  else
    failed=$((failed + 1))
    echo "== $name: FAILED ($((SECONDS - begin)) s)"
  fi
}

sources() {
  git ls-files -- '*.cpp' '*.hpp' 2>/dev/null || find engine agents scenarios output tools tests bench -name '*.[ch]pp'
}

# Changed since the branch left main, or in the last commit of main itself, or not committed yet.
changed_sources() {
  local base
  base=$(git merge-base HEAD origin/main 2>/dev/null) || base=""
  if [ -z "$base" ] || [ "$base" = "$(git rev-parse HEAD)" ]; then
    base=$(git rev-parse -q --verify HEAD~1) || { sources; return; }
  fi
  git diff --name-only --diff-filter=d "$base" -- '*.cpp' '*.hpp'
}

format() {
  sources | xargs -r clang-format --dry-run -Werror
}

# A header is checked through a source that includes it, so a changed header brings its source along.
tidy() {
  # File by file: a build in batches does not list its sources.
  cmake --preset ci -B build/tidy -DPOLDER_UNITY=OFF >/dev/null || return 1
  local files
  if $quick; then files=$(changed_sources); else files=$(sources); fi
  local translation_units=""
  for file in $files; do
    local source=${file%.?pp}.cpp
    grep -qF "/$source\"" build/tidy/compile_commands.json && translation_units="$translation_units$source"$'\n'
  done
  # A large change would take longer than all other checks together: the quick check stops in time and says so.
  local deadline=$(($(date +%s) + 4 * 3600))
  $quick && deadline=$(($(date +%s) + tidy_seconds))
  printf '%s' "$translation_units" | sort -u | xargs -r -P 2 -n 1 sh -c '
    if [ "$(date +%s)" -gt "$0" ]; then echo "$1: left to tools/check.sh without --quick"; exit 0; fi
    echo "$1" && timeout 600 clang-tidy --quiet -p build/tidy --extra-arg=-Wno-unknown-warning-option "$1" 2>/dev/null
  ' "$deadline"
}

# Tests of one preset, without the slow ones.
unit_tests() {  # preset ctest-option...
  cmake --preset "$1" -DPOLDER_BENCH=OFF -DPOLDER_SLOW_TESTS=OFF >/dev/null && cmake --build --preset "$1" && run_tests "$@"
}

# Those of the libraries only: what a sanitizer finds, it finds there.
library_tests() {  # preset
  cmake --preset "$1" -DPOLDER_BENCH=OFF -DPOLDER_SLOW_TESTS=OFF >/dev/null &&
    cmake --build --preset "$1" --target test_engine test_agents test_scenarios test_founding test_output test_bench &&
    run_tests "$1" -R '^(engine|agents|scenarios|founding|output|bench)\.' -E "readers_of_other_languages|InstrumentFiles"
}

run_tests() {  # preset ctest-option...
  ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1 \
    ctest --test-dir "build/$1" -j 2 -LE slow --timeout 900 --output-on-failure --no-tests=error "${@:2}"
}

fuzz() {
  cmake --preset fuzz -DPOLDER_BENCH=OFF >/dev/null && cmake --build --preset fuzz || return 1
  local targets seconds
  targets=$(find build/fuzz -type f -name 'fuzz_*' -perm -u+x)
  [ -n "$targets" ] || { echo "no fuzz target was built" >&2; return 1; }
  # shellcheck disable=SC2086
  seconds=$((fuzz_seconds / $(echo $targets | wc -w)))
  local target
  for target in $targets; do
    local name scratch
    name=$(basename "$target")
    scratch=build/fuzz/corpus/$name
    mkdir -p "$scratch"
    echo "$name: $seconds s"
    timeout $((seconds + 120)) "$target" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 -verbosity=0 \
      -seed=20201030 -print_final_stats=1 -artifact_prefix="$scratch-" "$scratch" tests/fuzz/corpus/"${name#fuzz_}" || return 1
  done
}

export -f sources changed_sources format tidy unit_tests library_tests run_tests fuzz

check packages tools/install_packages.sh build test check
check format format
check clang-tidy tidy
if $quick; then
  check "address and undefined-behaviour sanitizers with three rows a block" library_tests asan-tiny-blocks
fi
check fuzzing fuzz
if ! $quick; then
  check "address and undefined-behaviour sanitizers" unit_tests asan
  check "three rows a block" unit_tests tiny-blocks
  check "every assertion on" unit_tests debug
  # Without the analysis: OpenTURNS runs on the packaged TBB, inside which the sanitizer sees false races.
  check "thread sanitizer" unit_tests tsan -E '^analysis\.'
fi

echo
[ -z "$left_out" ] || echo "Not ended within $minutes minutes: ${left_out%; }"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
