#!/usr/bin/env bash
# Runs the tests: installs what is missing, builds with assertions on and warnings as errors, and runs every test.
#
#   tests/run.sh
set -euo pipefail
if (($# > 0)); then
  sed -n '2,4s/^# \{0,1\}//p' "$0"
  exit 2
fi
cd "$(dirname "$0")/.."
source experiments/packages.sh

require_packages "${build_packages[@]}" "${figure_packages[@]}" "${benchmark_packages[@]}" "${test_packages[@]}"
timed "Configuring" cmake --preset dev --log-level=WARNING
timed "Building (a few minutes the first time)" cmake --build --preset dev
timed "Testing" ctest --preset dev
say "All of it took $SECONDS s"
