#include "problems/data/text_file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "problems/errors.hpp"

namespace optbed {
namespace {

// The text itself, and a double for about every four bytes of it.
constexpr double bytes_for_each_byte = 3;

double machine_memory() {
  return static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

}  // namespace

std::string read_text_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) {
    throw InputError(fmt::format("{}: cannot be read (does the file exist?)", path));
  }
  std::string text;
  // A pipe has no size.
  if (std::filesystem::is_regular_file(path)) {
    const std::uintmax_t size = std::filesystem::file_size(path);
    const double needed = bytes_for_each_byte * static_cast<double>(size);
    if (needed > machine_memory()) {
      throw InputError(
          fmt::format("{}: {:.3g} GB of text take about {:.3g} GB of memory, and the machine has {:.3g} GB",
                      path, static_cast<double>(size) / 1e9, needed / 1e9, machine_memory() / 1e9));
    }
    text.reserve(size);
  }
  text.assign(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) throw InputError(fmt::format("{}: cannot be read to its end", path));
  return text;
}

}  // namespace optbed
