#!/usr/bin/env bash
# Runs the benchmarks: installs what is missing, builds them optimised, runs them in random order, each three times, and prints tables.
#
#   experiments/benchmark.sh [-o FOLDER] [FILTER]
#
# FOLDER, `benchmark_results` unless given, gets Google Benchmark's benchmarks.json and the tables as benchmarks.txt. FILTER is a
# regular expression that a benchmark's name has to match, such as time_to_tolerance or lbfgs; all of them without it.
set -euo pipefail
usage() {
  sed -n '2,7s/^# \{0,1\}//p' "$0"
  exit 2
}
folder=benchmark_results
while getopts o: option; do
  case $option in
    o) folder=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
(($# <= 1)) || usage
filter=${1:-.}
folder=$(realpath -m -- "$folder")
cd "$(dirname "$0")/.."
source experiments/packages.sh

require_packages "${build_packages[@]}" "${benchmark_packages[@]}"
timed "Configuring" cmake --preset benchmark --log-level=WARNING
timed "Building (a few minutes the first time)" cmake --build --preset benchmark --target optbed_benchmarks
mkdir -p "$folder"
results=$folder/benchmarks.json
measure() {
  build/benchmark/optbed_benchmarks --benchmark_filter="$filter" --benchmark_repetitions=3 \
    --benchmark_enable_random_interleaving=true --benchmark_out_format=json --benchmark_out="$results" >"$folder/benchmarks.log"
}
timed "Measuring" measure
build/benchmark/optbed_benchmarks --table "$results" | tee "$folder/benchmarks.txt"
say "All of it took $SECONDS s; the results are in $folder"
