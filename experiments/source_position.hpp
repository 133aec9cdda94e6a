// Where in a file something stands, so that an error can say it.
#pragma once

#include <string>

namespace optbed {

// Lines and columns count from 1; 0: the file as a whole.
struct SourcePosition {
  std::string file;
  long line = 0;
  long column = 0;
};

// "FILE:LINE:COLUMN"
std::string to_string(const SourcePosition& at);

// Throws UsageError "FILE:LINE:COLUMN: what".
[[noreturn]] void throw_usage_error(const SourcePosition& at, const std::string& what);

// A value and where it was written.
template <class T>
struct Placed {
  T value{};
  SourcePosition at = {};
};

}  // namespace optbed
