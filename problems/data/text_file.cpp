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

void check_memory(const std::string& path, const std::string& purpose, double bytes) {
  if (bytes <= machine_memory()) return;
  throw InputError(fmt::format("{}: {} take about {:.3g} GB of memory, and the machine has {:.3g} GB", path,
                               purpose, bytes / 1e9, machine_memory() / 1e9));
}

std::string read_text_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path)) {
    throw InputError(fmt::format("{}: cannot be read (does the file exist?)", path));
  }
  std::string text;
  // A pipe has no size.
  if (std::filesystem::is_regular_file(path)) {
    const std::uintmax_t size = std::filesystem::file_size(path);
    check_memory(path, fmt::format("{:.3g} GB of text", static_cast<double>(size) / 1e9),
                 bytes_for_each_byte * static_cast<double>(size));
    text.reserve(size);
  }
  try {
    text.assign(std::istreambuf_iterator<char>(in), {});
  } catch (const std::ios_base::failure&) {  // the iterator does not tell the stream, which would set a flag
    throw InputError(fmt::format("{}: cannot be read to its end", path));
  }
  return text;
}

}  // namespace optbed
