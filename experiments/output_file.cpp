#include "experiments/output_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "problems/errors.hpp"

namespace optbed {

namespace fs = std::filesystem;

void check_output_file(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path().empty() ? fs::path(".") : fs::path(path).parent_path();
  std::error_code ignored;  // what cannot be looked at is no folder that can be written to
  if (!fs::is_directory(folder, ignored)) {
    throw InputError(fmt::format("{}: the folder {} does not exist; make it first", path, folder.string()));
  }
  if (access(folder.c_str(), W_OK) != 0 || fs::is_directory(path, ignored)) {
    throw InputError(fmt::format("{}: cannot be written", path));
  }
}

void write_output_file(const std::string& path, const std::string& text) {
  const std::string unfinished = path + ".part";
  std::ofstream out(unfinished, std::ios::binary);
  out << text;
  out.close();
  if (!out || std::rename(unfinished.c_str(), path.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    std::remove(unfinished.c_str());
    throw InputError(fmt::format("{}: cannot be written: {}", path, why));
  }
}

}  // namespace optbed
