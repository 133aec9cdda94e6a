// A text as one field of a line of CSV.
#pragma once

#include <string>

namespace optbed {

// In double quotes where it has to be, those inside doubled (RFC 4180, section 2).
std::string csv_field(const std::string& text);

}  // namespace optbed
