// An empty store, made as a whole or not at all.
#pragma once

#include <string>

namespace optbed {

// It appears under its name when it is complete. Throws InputError where it cannot be written, or where a log
// is left of a store that was there before.
void make_store(const std::string& path);

}  // namespace optbed
