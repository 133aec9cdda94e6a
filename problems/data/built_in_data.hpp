// The data sets that are part of the library.
#pragma once

#include <string_view>

namespace optbed {

// The text of a file of problems/data, named from there: "nist/Misra1a.dat". It is compiled into the library,
// so that a program finds it wherever it runs, from whatever folder. Throws std::logic_error where there is
// none.
std::string_view built_in_data(std::string_view path);

}  // namespace optbed
