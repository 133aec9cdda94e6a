#include "tests/experiments/program.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace optbed {
namespace {

std::string content_and_remove(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  std::filesystem::remove(path);
  return text.str();
}

std::filesystem::path temporary_file() {
  std::string path = (std::filesystem::temp_directory_path() / "optbed_test_XXXXXX").string();
  const int file = mkstemp(path.data());
  if (file < 0) throw std::runtime_error("no temporary file");
  close(file);
  return path;
}

// The program on its way, with files for what it says.
struct RunningProgram {
  pid_t child;
  std::filesystem::path out = temporary_file();
  std::filesystem::path err = temporary_file();

  RunningProgram(const std::vector<std::string>& arguments, const std::string& folder) {
    std::string program = OPTBED_PROGRAM;
    std::vector<std::string> words = arguments;
    std::vector<char*> pointers = {program.data()};
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    child = fork();
    if (child != 0) return;
    const bool ready = chdir(folder.c_str()) == 0 && std::freopen(out.c_str(), "w", stdout) != nullptr &&
                       std::freopen(err.c_str(), "w", stderr) != nullptr;
    if (ready) execv(program.c_str(), pointers.data());
    _exit(127);
  }

  ProgramOutput end() {
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content_and_remove(out),
            content_and_remove(err)};
  }
};

}  // namespace

ProgramOutput run_program(const std::vector<std::string>& arguments, const std::string& folder) {
  return RunningProgram(arguments, folder).end();
}

ProgramOutput run_program_until(const std::vector<std::string>& arguments, const std::string& folder,
                                std::chrono::milliseconds time, int signal) {
  RunningProgram program(arguments, folder);
  std::this_thread::sleep_for(time);
  kill(program.child, signal);  // not yet waited for, so the number is still its own
  return program.end();
}

}  // namespace optbed
