#include "experiments/store/new_store.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "experiments/output_file.hpp"
#include "experiments/store/schema.hpp"
#include "experiments/store/store_errors.hpp"

namespace optbed {
namespace {

// Of 4 to 64 kB, 32 kB wrote runs with traces of 12 kB fastest for the space: 13000 a second, where 4 kB wrote
// 7000.
constexpr int page_size = 32768;

// What is left of a store that was moved or removed would be taken for a part of the new one.
void require_no_remains(const std::string& path) {
  for (const char* ending : {"-wal", "-journal"}) {
    std::error_code none;
    if (!std::filesystem::exists(path + ending, none)) continue;
    throw InputError(
        fmt::format("{0}: there is no such file, but {0}{1}, which may hold the last runs of a store "
                    "that was here: bring that back, or remove {0}{1}",
                    path, ending));
  }
}

void write_empty_store(const std::string& path, const std::string& unfinished) {
  in_store(path, [&] {
    SQLite::Database database(unfinished, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(fmt::format("PRAGMA page_size = {}; BEGIN;", page_size) + schema() + "COMMIT;");
  });
}

}  // namespace

void make_store(const std::string& path) {
  check_place(path);
  require_no_remains(path);
  const std::string unfinished = path + ".optbed-part";
  const auto remove_unfinished = [&unfinished] {
    std::remove(unfinished.c_str());
    std::remove((unfinished + "-journal").c_str());
  };
  remove_unfinished();
  try {
    write_empty_store(path, unfinished);
  } catch (...) {
    remove_unfinished();
    throw;
  }
  if (std::rename(unfinished.c_str(), path.c_str()) != 0) {
    const std::string why = std::strerror(errno);
    remove_unfinished();
    throw InputError(fmt::format("{}: cannot be written: {}", path, why));
  }
}

}  // namespace optbed
