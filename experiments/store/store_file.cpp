#include "experiments/store/store_file.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "problems/errors.hpp"

namespace optbed {
namespace {

namespace fs = std::filesystem;

// The header of a database file (The SQLite database file format, section 1.3): numbers are big-endian.
constexpr std::string_view sqlite_magic("SQLite format 3\0", 16);
constexpr std::size_t header_size = 100;
constexpr std::size_t page_size_at = 16;  // 2 bytes; 1 stands for 65536
constexpr std::size_t change_counter_at = 24;
constexpr std::size_t page_count_at = 28;
constexpr std::size_t user_version_at = 60;
constexpr std::size_t application_id_at = 68;
constexpr std::size_t version_valid_for_at = 92;

using Header = std::array<unsigned char, header_size>;

std::uint32_t number_at(const Header& header, std::size_t at, std::size_t bytes = 4) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < bytes; ++i) number = (number << 8U) | header[at + i];
  return number;
}

bool has_unfinished_log(const std::string& path) {
  std::error_code none;
  const auto size = fs::file_size(path + "-wal", none);
  return !none && size > 0;
}

}  // namespace

bool is_sqlite_file(const std::string& path) {
  std::error_code none;
  if (!fs::is_regular_file(path, none)) return false;
  std::array<char, sqlite_magic.size()> begin{};
  std::ifstream(path, std::ios::binary).read(begin.data(), begin.size());
  return std::string_view(begin.data(), begin.size()) == sqlite_magic;
}

void require_store(const std::string& path) {
  std::error_code none;
  if (!fs::exists(path, none)) throw InputError(fmt::format("{}: there is no such file", path));
  if (!fs::is_regular_file(path, none)) throw InputError(fmt::format("{}: is no file, so no store", path));
  std::ifstream stream(path, std::ios::binary);
  Header header{};
  stream.read(reinterpret_cast<char*>(header.data()), header_size);
  if (!stream.is_open()) throw InputError(fmt::format("{}: cannot be read", path));
  const bool is_sqlite = stream.gcount() == static_cast<std::streamsize>(header_size) &&
                         std::string_view(reinterpret_cast<const char*>(header.data()), 16) == sqlite_magic;
  if (!is_sqlite)
    throw InputError(fmt::format("{}: is not a store of optbed (no SQLite file, or cut short)", path));
  if (number_at(header, application_id_at) != static_cast<std::uint32_t>(store_application)) {
    throw InputError(fmt::format("{}: is an SQLite file, but not a store of optbed", path));
  }
  const auto schema = static_cast<std::int32_t>(number_at(header, user_version_at));
  if (schema != store_schema) {
    throw InputError(
        fmt::format("{}: is a store of version {}, but this program reads and writes version {}; use "
                    "{} program, or another file",
                    path, schema, store_schema, schema > store_schema ? "a newer" : "an older"));
  }
  const std::uint32_t page = number_at(header, page_size_at, 2);
  const std::uint64_t pages = number_at(header, page_count_at);
  const bool count_is_valid = number_at(header, change_counter_at) == number_at(header, version_valid_for_at);
  const std::uint64_t expected = pages * (page == 1 ? 65536 : page);
  // What a log still holds, SQLite brings into the file when it opens it.
  if (count_is_valid && fs::file_size(path) < expected && !has_unfinished_log(path)) {
    throw InputError(fmt::format("{}: is cut short: {} bytes of {}", path, fs::file_size(path), expected));
  }
}

}  // namespace optbed
