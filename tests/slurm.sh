#!/usr/bin/env bash
# Tests `optbed submit slurm` against a real Slurm: installs what is missing, builds the program, starts munge, slurmctld and slurmd on
# loopback from a folder of its own, and ends them. Two to three minutes, besides the build.
#
#   tests/slurm.sh
set -euo pipefail
if (($# > 0)); then
  sed -n '2,5s/^# \{0,1\}//p' "$0"
  exit 2
fi
cd "$(dirname "$0")/.."
source experiments/packages.sh

require_packages "${build_packages[@]}" "${figure_packages[@]}" "${benchmark_packages[@]}" "${test_packages[@]}" "${slurm_packages[@]}"
timed "Configuring" cmake --preset dev --log-level=WARNING
timed "Building the program (a few minutes the first time)" cmake --build --preset dev --target optbed
optbed=$PWD/build/dev/optbed
PATH=$PATH:/usr/sbin # of munged, slurmctld and slurmd

folder=$(mktemp -d)
daemons=()

fail() {
  say "FAILED: $*"
  exit 1
}

# Ends every job and every daemon, whatever happened, and shows what they said where something went wrong.
finish() {
  local status=$?
  if ((status != 0)); then
    tail -n 20 "$folder"/*.log "$folder"/work/*/*.log "$folder"/work/*.slurm/*.log 2>/dev/null || true
  fi
  scancel --me --quiet 2>/dev/null || true
  for ((i = 0; i < 40; ++i)); do
    [[ -n $(squeue --noheader --me 2>/dev/null) ]] || break
    sleep 0.5
  done
  ((${#daemons[@]} == 0)) || kill "${daemons[@]}" 2>/dev/null || true
  wait
  rm -rf "$folder"
  ((status == 0)) || say "FAILED"
}
trap finish EXIT
trap 'exit 130' INT TERM

# until_true SECONDS TEXT COMMAND…: waits until the command succeeds.
until_true() {
  local end=$((SECONDS + $1)) text=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < end)) || fail "waited too long for $text"
    sleep 0.2
  done
}

# A port of loopback where nobody listens.
free_port() {
  local port
  while true; do
    port=$((10000 + RANDOM % 20000))
    (: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# --- A Slurm of one node, which runs as this user and needs neither systemd nor control groups.

host=$(uname -n)
host=${host%%.*}
user=$(id -un)
mkdir "$folder"/{state,spool,disk,work}
chmod 755 "$folder"
head -c 1024 /dev/urandom >"$folder/munge.key"
chmod 400 "$folder/munge.key"
cat >"$folder/slurm.conf" <<END
ClusterName=optbed
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$folder/munge.socket,cred_expire=5
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
PlugStackConfig=/dev/null
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
MaxArraySize=20
KillWait=10
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=test Nodes=ALL Default=YES MaxTime=60 State=UP
END
# Nothing here uses control groups, but slurmd wants to know which: its second version has to be mounted, the first need not be.
echo "CgroupPlugin=cgroup/v1" >"$folder/cgroup.conf"
export SLURM_CONF=$folder/slurm.conf
export TMPDIR=$folder/disk # the node's own disk

# start LOG COMMAND…
start() {
  local log=$1
  shift
  "$@" >"$folder/$log" 2>&1 </dev/null &
  daemons+=($!)
}
say "Starting Slurm"
start munged.log munged --foreground --key-file="$folder/munge.key" --socket="$folder/munge.socket" \
  --pid-file="$folder/munged.pid" --log-file="$folder/munge.log" --seed-file="$folder/munge.seed" --num-threads=2
until_true 30 "munged" munge -S "$folder/munge.socket" -n
start slurmctld.log slurmctld -D
start slurmd.log slurmd -D
node_is_idle() { [[ $(sinfo --noheader --format=%T) == idle ]]; }
until_true 60 "the node" node_is_idle

# --- Batches.

# A name that a shell would take apart.
work="$folder/work/it's \"#1\" \$HOME 100%j"
mkdir "$work"
cd "$work"
cat >quick.toml <<'END'
name = "quick"
problems = ["rosenbrock", "quadratic:n=10|100,kappa=10|1e4"]
solvers  = ["lbfgs", "gradient_descent:step=optimal|armijo"]
seeds    = [1, 2, 3]
[limits]
max_iterations = 1000
END
# Runs of about a tenth of a second.
slow() {
  cat <<END
name = "$1"
problems = ["quadratic:n=20,kappa=1e3"]
solvers = ["metropolis_hastings"]
seeds = "1..$2"
[limits]
max_iterations = 200000
[trace]
trigger = "logarithmic"
END
}
slow slow 160 >slow.toml
slow limited 5000 >limited.toml

# The numbers of the array and the merge job of the last submission.
submit() {
  "$optbed" submit slurm "$@" | tee submitted
  array=$(awk '$1 == "array" { print $2 }' submitted)
  merge=$(awk '$1 == "merge" { print $2 }' submitted)
}
queue_is_empty() {
  local queue
  queue=$(squeue --noheader --me) && [[ -z $queue ]]
}
# task_state JOB: as Slurm has it.
task_state() { scontrol show job "$1" | grep -o 'JobState=[A-Z_]*'; }
exit_code_of() { scontrol show job "$1" | grep -o 'ExitCode=[0-9:]*'; }
has_state() { [[ $(task_state "$1") == "JobState=$2" ]]; }

# The runs of a store and every column but the seconds, in an order of their own.
results() {
  "$optbed" export "$1" |
    awk -F'"' -v OFS='"' '/^#/ { next } { for (i = 2; i <= NF; i += 2) gsub(",", ";", $i); print }' |
    awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == "seconds") at = i; if (!at) exit 1 } { $at = ""; print }' |
    sort
}
runs_in() { results "$1" | tail -n +2 | wc -l; }
# same_as_at_one_go NAME: whether the merged store is what a plain batch makes, the points and traces bit by bit.
same_as_at_one_go() {
  "$optbed" batch "$1.toml" --store "$1.plain.sqlite" --quiet >/dev/null
  diff <(results "$1.plain.sqlite") <(results "$1.sqlite") >differences ||
    fail "$1.sqlite is not what 'optbed batch' makes: $(head -n 5 differences)"
  local runs
  runs=$(runs_in "$1.plain.sqlite")
  "$optbed" merge "$1.sqlite" "$1.plain.sqlite" | grep -q " 0 runs added, $runs were there" ||
    fail "the traces of $1.sqlite are not those that 'optbed batch' makes"
}

four_shards_and_the_merge() {
  submit quick.toml --shards 4 --time 10 --sbatch-option='--comment=two "words"'
  until_true 120 "the four shards and the merge" queue_is_empty
  [[ -z $(find . -name '*.part' -o -name '*-wal' -o -name '*-lock') ]] || fail "unfinished files are left"
  same_as_at_one_go quick
  grep -q "quick: all 42 runs are there" quick.slurm/quick.merge.log || fail "the merge job does not say that all is there"
  [[ $(exit_code_of "$merge") == ExitCode=0:0 ]] || fail "the merge job has ended with $(exit_code_of "$merge")"
  [[ -z $(ls "$TMPDIR") ]] || fail "the jobs have left on the node: $(ls "$TMPDIR")"
}

# Whether the stores of both shards have got some runs on the node's disk.
both_are_in_the_middle() {
  local stores=("$TMPDIR"/optbed.*/store.sqlite) store
  ((${#stores[@]} == 2)) || return 1
  for store in "${stores[@]}"; do
    (($(runs_in "$store") >= 5)) || return 1
  done
}

stopped_tasks_take_up_where_they_were() {
  submit slow.toml --shards 2
  until_true 120 "the first runs of both tasks" both_are_in_the_middle
  scancel --batch --signal=TERM "${array}_1" # what --signal=B:TERM does before the time limit
  scancel "${array}_2"                       # TERM to all processes of the task at once
  until_true 60 "the end of the stopped tasks and the merge" queue_is_empty
  local shard runs
  for shard in 1 2; do
    runs=$(runs_in "slow.slurm/slow.$shard-of-2.sqlite")
    ((runs >= 5 && runs < 70)) || fail "the stopped shard $shard has $runs runs"
  done
  [[ $(exit_code_of "${array}_1") == ExitCode=130:0 ]] || fail "task 1 has ended with $(exit_code_of "${array}_1")"
  grep -q "runs are missing, of the shards 1, 2 (of 2)" slow.slurm/slow.merge.log ||
    fail "the merge job does not say which shards are not complete"
  [[ $(exit_code_of "$merge") == ExitCode=1:0 ]] || fail "the merge job has ended with $(exit_code_of "$merge")"

  submit slow.toml --shards 2
  until_true 60 "task 1 to run again" has_state "${array}_1" RUNNING
  sleep 1
  scontrol requeue "${array}_1" # as after a node's failure
  local first=$array
  submit slow.toml --shards 2 # waits for the former
  grep -q "starts when $first" submitted || fail "two arrays of one batch are at work at once"
  until_true 240 "the resumed tasks and the merges" queue_is_empty
  same_as_at_one_go slow
  # Each task twice, the requeued one once more, and one more round in which all was there.
  [[ $(grep -c '^== job' slow.slurm/slow.1-of-2.log) == 4 && $(grep -c '^== job' slow.slurm/slow.2-of-2.log) == 3 ]] ||
    fail "the tasks were not made as often as they should: $(grep '^== job' slow.slurm/slow.*-of-2.log)"
  awk -v least=5 '/ were there;/ { for (i = 2; i <= NF; ++i) if ($i == "were" && $(i - 1) >= least) found = 1 } END { exit !found }' \
    slow.slurm/slow.1-of-2.log || fail "nothing of the stopped task was taken up"
}

the_time_limit_loses_nothing() {
  submit limited.toml --shards 1 --time 2 # Slurm looks at its limits twice a minute: TERM comes in 30 to 60 s
  until_true 200 "the time limit" queue_is_empty
  local runs
  runs=$(runs_in limited.slurm/limited.1-of-1.sqlite)
  ((runs > 0 && runs < 5000)) || fail "the task at its time limit has left $runs runs"
  grep -q "limited: $runs of 5000 runs made" limited.slurm/limited.1-of-1.log || fail "the batch did not end in order"
}

what_slurm_refuses_is_said() {
  local status=0
  "$optbed" submit slurm quick.toml --shards 20 -d refused 2>errors || status=$?
  ((status == 2)) && grep -q "up to 19 tasks (MaxArraySize 20)" errors && [[ ! -e refused ]] ||
    fail "too many shards: exit $status, $(cat errors)"
  status=0
  "$optbed" submit slurm quick.toml --shards 2 -d refused --partition none >/dev/null 2>errors || status=$?
  ((status == 3)) && grep -q "invalid partition" errors || fail "no such partition: exit $status, $(cat errors)"
  queue_is_empty || fail "something was submitted that should not be"
}

timed "Four shards and the merge" four_shards_and_the_merge
timed "Stopped tasks take up where they were" stopped_tasks_take_up_where_they_were
timed "The time limit loses nothing" the_time_limit_loses_nothing
timed "What Slurm refuses is said" what_slurm_refuses_is_said
say "All of it took $SECONDS s, and all is well"
