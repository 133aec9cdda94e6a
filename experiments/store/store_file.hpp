// What a file's first bytes say, looked at before SQLite is let near it, so that a foreign file is never
// changed.
#pragma once

#include <cstdint>
#include <string>

namespace optbed {

inline constexpr std::int32_t store_application = 0x6f707462;  // "optb", in SQLite's application_id
inline constexpr std::int32_t store_schema = 2;                // in SQLite's user_version

// By its first bytes; false where it cannot be read, and of a pipe or a device.
bool is_sqlite_file(const std::string& path);

// Throws InputError where the file does not exist, is no store, was written by a newer or an older program, or
// is cut short.
void require_store(const std::string& path);

}  // namespace optbed
