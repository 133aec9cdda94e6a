#include "experiments/store/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

#include "problems/errors.hpp"

namespace optbed {
namespace {

std::string this_process() {
  std::array<char, 256> host{};
  if (gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
  return fmt::format("process {} on {}\n", getpid(), host.data());
}

std::string first_line(const std::string& path) {
  std::ifstream stream(path);
  std::string line;
  std::getline(stream, line);
  return line.empty() ? "another process" : line;
}

// Whether the open file is still the one of that name: its holder removes it at the end.
bool is_still_there(int file, const std::string& path) {
  struct stat opened {};
  struct stat named {};
  return fstat(file, &opened) == 0 && stat(path.c_str(), &named) == 0 && opened.st_ino == named.st_ino &&
         opened.st_dev == named.st_dev;
}

}  // namespace

LockFile::LockFile(const std::string& path, std::chrono::milliseconds patience) : path_(path + "-lock") {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (!try_to_hold()) {
    if (std::chrono::steady_clock::now() >= deadline) {
      throw InputError(fmt::format("{}: in use by {}; wait for it, or end it", path, first_line(path_)));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

bool LockFile::try_to_hold() {
  const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) throw InputError(fmt::format("{}: cannot be written: {}", path_, std::strerror(errno)));
  if (flock(file, LOCK_EX | LOCK_NB) != 0 || !is_still_there(file, path_)) {
    ::close(file);
    return false;
  }
  // The name is for people: where it cannot be written the lock holds all the same.
  const std::string name = this_process();
  if (ftruncate(file, 0) == 0) [[maybe_unused]]
    const auto written = ::write(file, name.data(), name.size());
  file_ = file;
  return true;
}

LockFile::~LockFile() {
  ::unlink(path_.c_str());
  ::close(file_);
}

}  // namespace optbed
