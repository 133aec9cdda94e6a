#!/usr/bin/env bash
# Reproduces the figures: installs what is missing, builds the program, and draws every built-in figure into a folder.
#
#   experiments/reproduce.sh [FOLDER]      FOLDER is `figures` unless given
set -euo pipefail
if (($# > 1)) || [[ ${1:-} == -* ]]; then
  sed -n '2,4s/^# \{0,1\}//p' "$0"
  exit 2
fi
folder=$(realpath -m -- "${1:-figures}")
cd "$(dirname "$0")/.."
source experiments/packages.sh

require_packages "${build_packages[@]}" "${figure_packages[@]}"
timed "Configuring" cmake --preset release --log-level=WARNING
timed "Building (a few minutes the first time)" cmake --build --preset release --target optbed
timed "Drawing the figures into $folder" build/release/optbed figure --all -o "$folder"
say "All of it took $SECONDS s"
