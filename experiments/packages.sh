# Sourced by the scripts of experiments/ and tests/: says what is done and how long it took, and installs what is missing.

say() { printf '== %s\n' "$*"; }

# timed TEXT COMMAND…: runs the command between two lines that say what it is and how long it took.
timed() {
  local text=$1 begin=$SECONDS
  shift
  say "$text"
  "$@"
  say "$text: done in $((SECONDS - begin)) s"
}

build_packages=(g++ cmake ninja-build libeigen3-dev libboost-dev libboost-program-options-dev libfmt-dev
  libdsdp-dev libspectra-dev libsqlite3-dev libsqlitecpp-dev libtomlplusplus-dev nlohmann-json3-dev)
figure_packages=(gnuplot-nox fonts-dejavu-core)
benchmark_packages=(libbenchmark-dev)
test_packages=(libgtest-dev libgmock-dev)
slurm_packages=(slurmctld slurmd slurm-client munge)

# require_packages NAME…: installs the Debian packages among these that are missing, or, without root, names them and ends.
require_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "This is not a Debian system. Needed, by their names there: $*"
    return
  fi
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null | grep -q '^ii' || missing+=("$name")
  done
  ((${#missing[@]})) || return 0
  if ((EUID != 0)); then
    printf 'Packages are missing, and only root can install them. Run this, then start again:\n\n' >&2
    printf '  sudo apt-get install --no-install-recommends %s\n' "${missing[*]}" >&2
    exit 3
  fi
  export DEBIAN_FRONTEND=noninteractive
  timed "Fetching the list of packages" apt-get update -qq
  timed "Installing ${missing[*]}" install_quietly "${missing[@]}"
}

# apt-get's many lines are shown only where it fails.
install_quietly() {
  local log
  log=$(mktemp)
  if ! apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    return 3
  fi
  rm -f "$log"
}
