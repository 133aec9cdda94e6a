// What SQLite says of a store, as errors that a person understands.
#pragma once

#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <variant>

#include "problems/errors.hpp"

namespace optbed {

[[noreturn]] inline void fail_damaged(const std::string& path, const std::string& how) {
  throw InputError(fmt::format("{}: is damaged: {}", path, how));
}

inline bool has_log(const std::string& path) {
  std::error_code none;
  return std::filesystem::exists(path + "-wal", none);
}

// Does what `work` does. Throws InputError that names the file where SQLite complains, or what was read is not
// what a store holds.
template <class Work>
auto in_store(const std::string& path, Work&& work) {
  try {
    return work();
  } catch (const SQLite::Exception& error) {
    switch (error.getErrorCode()) {
      case SQLITE_FULL:
        throw InputError(
            fmt::format("{}: the disk is full; what was committed is kept, and the same command goes "
                        "on from there",
                        path));
      case SQLITE_CORRUPT:
      case SQLITE_NOTADB:
        fail_damaged(path, error.what());
      case SQLITE_READONLY:
      case SQLITE_CANTOPEN:
        if (!has_log(path)) throw InputError(fmt::format("{}: {}", path, error.what()));
        throw InputError(
            fmt::format("{0}: {1}; what a run that was killed has left in {0}-wal is read only where the "
                        "folder can be written to: copy both to such a one",
                        path, error.what()));
      default:
        throw InputError(fmt::format("{}: {}", path, error.what()));
    }
  } catch (const std::invalid_argument& error) {
    fail_damaged(path, error.what());
  } catch (const std::bad_variant_access&) {
    fail_damaged(path, "a column holds something of another type");
  }
}

}  // namespace optbed
