#!/usr/bin/env bash
# The whole test command. Runs every part even when an earlier one failed, then says what failed.
# Keeps one log for each part in the target folder.
set -uo pipefail
cd "$(dirname "$0")/.."

target="${CARGO_TARGET_DIR:-target}"
logs="$target/test-logs"
rm -rf "$logs" && mkdir -p "$logs"
binary="$(realpath -m "$target/debug/confidante")"
failed=()
count=0

# Tests flush thousands of throw-away files: in memory that costs nothing, and what a killed program leaves is the same there.
if [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm | tail -1)" -gt 4000000 ]; then
  scratch="$(mktemp -d /dev/shm/confidante-test-XXXXXX)"
  # As open as /tmp: PostgreSQL runs as a user of its own.
  chmod 1777 "$scratch"
  trap 'rm -rf "$scratch"' EXIT
  # Examples in the documentation are built and run where temporary files lie.
  printf '#!/bin/sh\n' >"$scratch/runs" && chmod +x "$scratch/runs"
  ! "$scratch/runs" 2>/dev/null || export TMPDIR="$scratch"
fi

# part NAME COMMAND...: runs the command, shows and keeps what it says, remembers whether it failed.
part() {
  local name="$1" started=$SECONDS
  shift
  count=$((count + 1))
  printf '\n== %s\n' "$name"
  "$@" 2>&1 | tee "$logs/$(printf '%02d' "$count")-${name// /-}.log"
  local status=${PIPESTATUS[0]}
  printf '== %s: %s in %s s\n' "$name" "$([ "$status" = 0 ] && echo done || echo FAILED)" "$((SECONDS - started))"
  [ "$status" = 0 ] || failed+=("$name")
  return 0
}

rust_tests() {
  if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --workspace --no-fail-fast
  else
    cargo test --workspace --no-fail-fast --lib --bins --tests
  fi
}

web_types() { (cd web && npm run check); }
web_tests() { (cd web && NO_COLOR=1 npm run test); }
browser_stories() { (cd web && E2E_BINARY="$binary" npm run e2e); }
# The main story once more on the other engine: first run, crawl, ask, take over, export, erase.
postgres_stories() {
  (
    cd web/e2e
    export E2E_BINARY="$binary" E2E_ENGINE=postgres
    status=0
    node run.mjs '[24]-' || status=1
    node console/run.mjs '[1-4]-' || status=1
    exit "$status"
  )
}

# told_beside FILE STATUS: what a part said that ran beside another.
told_beside() {
  cat "$1"
  rm "$1"
  return "$2"
}

scripts/need.sh || [ "${CI:-}" != true ] || failed+=("what the tests need")
# From here on a missing PostgreSQL is a failure, if it is installed (or promised, in CI).
if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || [ "${CI:-}" = true ]; then
  export REQUIRE_POSTGRES=1
fi

part 'format' cargo fmt --all --check
part 'front end' make web
part 'front end types' web_types
part 'front end tests' web_tests
part 'lints' scripts/lint.sh
part 'rust tests' rust_tests
part 'documentation tests' cargo test --workspace --doc --no-fail-fast
# With the features of the whole workspace, as the tests have just built it.
part 'program' cargo build --workspace --bin confidante
if [ -x "${CHROMIUM:-/usr/bin/chromium}" ] || [ "${CI:-}" = true ]; then
  # A browser waits more than it works: both engines are told at once, each in houses of its own, and shown one after the other.
  if [ "${REQUIRE_POSTGRES:-}" = 1 ]; then
    postgres_stories >"$logs/on-postgres" 2>&1 &
    beside=$!
  fi
  part 'browser stories' browser_stories
  if [ "${REQUIRE_POSTGRES:-}" = 1 ]; then
    wait "$beside"
    ended=$?
    part 'browser stories on PostgreSQL' told_beside "$logs/on-postgres" "$ended"
  fi
else
  printf '\n*** NOT TESTED: the browser stories need Chromium ***\n' >&2
fi

[ -n "${TOTALS_LATER:-}" ] || scripts/totals.sh "$logs" || failed+=("totals")
if [ "${#failed[@]}" -gt 0 ]; then
  printf '\nFAILED: %s\n' "${failed[*]}"
  exit 1
fi
