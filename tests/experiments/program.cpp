#include "tests/experiments/program.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

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

}  // namespace

ProgramOutput run_program(const std::vector<std::string>& arguments, const std::string& folder) {
  const auto out = temporary_file();
  const auto err = temporary_file();
  std::string program = OPTBED_PROGRAM;
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers = {program.data()};
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const pid_t child = fork();
  if (child == 0) {
    const bool ready = chdir(folder.c_str()) == 0 && std::freopen(out.c_str(), "w", stdout) != nullptr &&
                       std::freopen(err.c_str(), "w", stderr) != nullptr;
    if (ready) execv(program.c_str(), pointers.data());
    _exit(127);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), content_and_remove(out),
          content_and_remove(err)};
}

}  // namespace optbed
