#include "experiments/output_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "experiments/store/store_file.hpp"
#include "problems/errors.hpp"

namespace optbed {

namespace fs = std::filesystem;

void check_place(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path().empty() ? fs::path(".") : fs::path(path).parent_path();
  std::error_code ignored;  // what cannot be looked at is no folder that can be written to
  if (!fs::is_directory(folder, ignored)) {
    throw InputError(fmt::format("{}: the folder {} does not exist; make it first", path, folder.string()));
  }
  // A device or a pipe is written to as it stands, a file replaced in its folder.
  const bool is_other = fs::is_other(path, ignored);
  if (access(is_other ? path.c_str() : folder.c_str(), W_OK) != 0 || fs::is_directory(path, ignored)) {
    throw InputError(fmt::format("{}: cannot be written", path));
  }
}

void check_output_file(const std::string& path) {
  check_place(path);
  if (!is_sqlite_file(path)) return;
  throw UsageError(fmt::format("{}: is a store of runs, and would be lost: name another file", path));
}

void write_output_file(const std::string& path, const std::string& text) {
  std::error_code none;
  const fs::path file = fs::exists(path, none) ? fs::canonical(path, none) : fs::path(path);
  // A pipe or a device has no contents that a failure could leave half written.
  const bool is_replaced = !fs::exists(file, none) || fs::is_regular_file(file, none);
  const std::string written = is_replaced ? fmt::format("{}.{}.part", file.string(), getpid()) : file.string();
  std::ofstream out(written, std::ios::binary);
  out << text;
  out.close();
  const bool done = out && (!is_replaced || std::rename(written.c_str(), file.c_str()) == 0);
  if (done) return;
  const std::string why = std::strerror(errno);
  if (is_replaced) std::remove(written.c_str());
  throw InputError(fmt::format("{}: cannot be written: {}", path, why));
}

}  // namespace optbed
