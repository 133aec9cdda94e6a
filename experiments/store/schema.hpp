// The tables and views of a store.
#pragma once

#include <string>

namespace optbed {

// SQL that makes them in an empty file.
std::string schema();

}  // namespace optbed
