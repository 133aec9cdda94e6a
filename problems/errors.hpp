// The two ways in which what a person gives can be wrong. The program exits with 2 for the first and 3 for the
// second.
#pragma once

#include <stdexcept>

namespace optbed {

// A name, an option, a value or a combination of them that is not legal. The message names it and the remedy.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// A file that cannot be read or written, or whose content is malformed. The message names the file, and the
// line where there is one.
class InputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace optbed
