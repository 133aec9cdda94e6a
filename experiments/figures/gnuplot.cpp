#include "experiments/figures/gnuplot.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace optbed {
namespace {

// A pipe. No other process inherits either end by chance.
class Pipe {
 public:
  Pipe() { open_ = pipe2(ends_.data(), O_CLOEXEC) == 0; }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_write_end();
    if (open_) close(ends_[0]);
  }

  bool is_open() const { return open_; }
  int write_end() const { return ends_[1]; }

  void close_write_end() {
    if (open_ && ends_[1] >= 0) close(ends_[1]);
    ends_[1] = -1;
  }

  std::string read_to_end() const {
    std::string text;
    std::array<char, 4096> buffer{};
    while (true) {
      const ssize_t count = read(ends_[0], buffer.data(), buffer.size());
      if (count > 0) text.append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) return text;
    }
  }

 private:
  std::array<int, 2> ends_ = {-1, -1};
  bool open_ = false;
};

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return 127;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

GnuplotOutcome run_gnuplot(const std::string& program, const std::filesystem::path& folder,
                           const std::string& script) {
  Pipe errors;
  if (!errors.is_open()) return {.found = false, .exit_status = 127, .messages = std::strerror(errno)};
  FileActions actions;
  posix_spawn_file_actions_addchdir_np(actions.get(), folder.c_str());
  posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  // Our stdout is for results only, so whatever gnuplot prints goes with its errors.
  posix_spawn_file_actions_adddup2(actions.get(), errors.write_end(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(actions.get(), errors.write_end(), STDERR_FILENO);

  std::string name = program;
  std::string argument = script;
  std::array<char*, 3> arguments = {name.data(), argument.data(), nullptr};
  pid_t process = 0;
  const int failure =
      posix_spawnp(&process, program.c_str(), actions.get(), nullptr, arguments.data(), environ);
  if (failure != 0) return {.found = false, .exit_status = 127, .messages = std::strerror(failure)};
  errors.close_write_end();
  std::string messages = errors.read_to_end();
  return {.exit_status = wait_for(process), .messages = std::move(messages)};
}

}  // namespace optbed
