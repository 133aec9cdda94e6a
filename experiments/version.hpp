#pragma once

#include <string>

namespace optbed {

std::string version();  // "0.1.0"

}  // namespace optbed
