#include "experiments/batch/isolated_runs.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <list>
#include <optional>
#include <stdexcept>

#include "experiments/batch/perform.hpp"
#include "experiments/batch/run_message.hpp"
#include "experiments/batch/store_writer.hpp"
#include "experiments/version.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

using Clock = std::chrono::steady_clock;

// The byte before what a child sends: its problem is made, and the method's time begins; or its answer, to the
// end.
constexpr std::uint8_t problem_is_made = 'm';
constexpr std::uint8_t answer = 'a';

void write_whole(int pipe, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(pipe, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw std::runtime_error(std::strerror(errno));
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

// The life of the process that makes one run and sends it to `pipe`. It must leave nothing of its parent's
// behind: neither destructors nor buffered output are its own.
[[noreturn]] void live_as_child(pid_t parent, int pipe, const RunDescription& description,
                                const ProblemRegistry& problems, const SolverRegistry& solvers) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(1);
  // The parent decides what an interruption means, also where the whole group is told.
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
  try {
    const auto problem = [&] {
      std::shared_ptr<const Problem> made = problems.make(description.problem);
      write_whole(pipe, std::array{problem_is_made});
      return made;
    };
    std::vector<std::uint8_t> message =
        message_of(perform({}, description, problem, solvers, [] { return false; }));
    message.insert(message.begin(), answer);
    write_whole(pipe, message);
  } catch (...) {
    std::abort();
  }
  _exit(0);
}

std::string how_it_ended(int status) {
  if (!WIFSIGNALED(status)) {
    return fmt::format("its process ended by itself, with the exit code {}", WEXITSTATUS(status));
  }
  const int signal = WTERMSIG(status);
  const char* name = sigabbrev_np(signal);
  if (!name)
    return fmt::format("its process was ended by the signal {}", signal);  // a real-time one has no name
  return fmt::format("its process was ended by SIG{} ({}){}", name, sigdescr_np(signal),
                     signal == SIGKILL ? ", as the system does where memory is short" : "");
}

// The parent's view of the process that makes one run. Ends it where it is still there.
class Child {
 public:
  // Throws InputError where no process can be started.
  Child(const RunDescription& description, const ProblemRegistry& problems, const SolverRegistry& solvers)
      : description_(description), deadline_(Clock::time_point::max()) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) fail();
    const pid_t parent = getpid();
    process_ = fork();
    if (process_ == 0) live_as_child(parent, ends[1], description, problems, solvers);
    const int reason = errno;
    close(ends[1]);
    pipe_ = ends[0];
    if (process_ > 0) return;
    close(pipe_);
    errno = reason;
    fail();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    close(pipe_);
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    wait();
  }

  int pipe() const { return pipe_; }

  // What there is to read. False at its end.
  bool read() {
    std::array<std::uint8_t, 1U << 16U> buffer{};
    const ssize_t count = ::read(pipe_, buffer.data(), buffer.size());
    if (count < 0) return errno == EINTR || errno == EAGAIN;
    auto begin = buffer.begin();
    const auto end = begin + count;
    if (received_.empty() && count > 0 && *begin == problem_is_made) {
      begin_clock();
      ++begin;
    }
    received_.insert(received_.end(), begin, end);
    // The answer is on its way: it is not late any more.
    if (!received_.empty()) deadline_ = Clock::time_point::max();
    return count > 0;
  }

  // Where it is late, kills it: its pipe ends.
  void end_if_late(Clock::time_point now) {
    if (now < deadline_) return;
    deadline_ = Clock::time_point::max();
    was_late_ = true;
    kill(process_, SIGKILL);
  }

  // After the pipe's end.
  FinishedRun run() {
    const RunName name = run_name(description_, version());
    const int status = wait();
    if (was_late_ && status != 0) {
      return failed_run(name, description_, to_string(StopReason::max_seconds),
                        "killed: an iteration did not end within the time limit");
    }
    if (status != 0) return failed_run(name, description_, stop_at_crash, how_it_ended(status));
    const char* const without_answer = "its process ended before its answer was sent";
    if (received_.empty()) return failed_run(name, description_, stop_at_crash, without_answer);
    try {
      FinishedRun run = run_of_message(std::span(received_).subspan(1));
      run.name = name;
      run.description = description_;
      return run;
    } catch (const std::runtime_error&) {
      return failed_run(name, description_, stop_at_crash, without_answer);
    }
  }

 private:
  [[noreturn]] static void fail() {
    throw InputError(fmt::format("no process can be started for a run: {}; take fewer at a time with -j",
                                 std::strerror(errno)));
  }

  void begin_clock() {
    const double limit = description_.limits.max_seconds;
    constexpr double longest = 1e9;  // s, within the clock's range
    if (limit <= 0 || limit > longest) return;
    const std::chrono::duration<double> time(1 + 1.1 * limit);
    deadline_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(time);
  }

  int wait() {
    int status = 0;
    while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    return status;
  }

  RunDescription description_;
  pid_t process_ = 0;
  int pipe_ = -1;
  std::vector<std::uint8_t> received_;
  Clock::time_point deadline_;
  bool was_late_ = false;
};

// Waits until one of them has sent something or ended, or `deadline`. True for each that has. Throws InputError
// where the system cannot wait.
std::vector<bool> wait_for_any(const std::list<Child>& children, Clock::time_point deadline) {
  std::vector<pollfd> pipes;
  pipes.reserve(children.size());
  for (const Child& child : children) pipes.push_back({child.pipe(), POLLIN, 0});
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  if (poll(pipes.data(), pipes.size(), static_cast<int>(std::max<long>(left, 0))) < 0) {
    if (errno != EINTR)
      throw InputError(fmt::format("the runs' processes cannot be followed: {}", std::strerror(errno)));
    return std::vector<bool>(pipes.size(), false);
  }
  std::vector<bool> ready;
  ready.reserve(pipes.size());
  for (const pollfd& pipe : pipes) ready.push_back(pipe.revents != 0);
  return ready;
}

}  // namespace

void make_runs_in_processes(const Plan& plan, const std::vector<std::size_t>& numbers,
                            const ProblemRegistry& problems, const SolverRegistry& solvers, Store& store,
                            const RunnerSettings& settings) {
  StoreWriter writer(store, settings);
  std::list<Child> children;
  std::size_t next = 0;
  while (!settings.interrupted() && (next < numbers.size() || !children.empty())) {
    while (children.size() < settings.workers && next < numbers.size()) {
      try {
        children.emplace_back(plan.run(numbers[next]), problems, solvers);
      } catch (const InputError&) {
        if (children.empty()) throw;
        break;  // the system gives no more processes now: again when one has ended
      }
      ++next;
    }
    const std::vector<bool> ready = wait_for_any(children, writer.deadline());
    std::size_t i = 0;
    for (auto child = children.begin(); child != children.end(); ++i) {
      // What it has sent is read before it is asked whether it is late: the parent may have been stopped.
      const bool is_open = !ready[i] || child->read();
      if (is_open) {
        if (!ready[i]) child->end_if_late(Clock::now());
        ++child;
      } else {
        writer.write(child->run());
        child = children.erase(child);
      }
    }
    writer.commit_if_due();
  }
  writer.commit();
}

}  // namespace optbed
