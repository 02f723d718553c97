#!/usr/bin/env bash
# Repeats the closing line of every test runner in the logs of a folder and adds them up: `N passed, N failed`.
set -euo pipefail

cat "$1"/*.log | sed -E 's/\x1b\[[0-9;]*m//g' | awk '
  # The number right in front of a word, as in "12 passed".
  function before(word,   found) {
    if (!match($0, "[0-9]+ " word)) return 0
    split(substr($0, RSTART, RLENGTH), found, " ")
    return found[1]
  }
  function add(runner) {
    print "  " runner ": " $0
    passed += before("passed")
    failed += before("failed") + before("timed out")
  }
  BEGIN { print "\nClosing lines of the test runners" }
  /^ *Summary \[.*tests? run:/ { sub(/^ */, ""); add("nextest"); next }
  /^test result: /             { if (!/ 0 passed; 0 failed/) add("cargo test"); next }
  /^ *Tests  +[0-9]+/          { sub(/^ */, ""); add("vitest"); next }
  /^[0-9]+ passed, [0-9]+ failed$/ { add("browser"); next }
  END { printf "\n%d passed, %d failed\n", passed, failed }
'
