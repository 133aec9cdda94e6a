// Runs the program as a person would and keeps what it says.
#pragma once

#include <string>
#include <vector>

namespace optbed {

struct ProgramOutput {
  int exit_code;
  std::string out;
  std::string err;
};

// Each argument reaches the program as it stands; no shell is between.
ProgramOutput run_program(const std::vector<std::string>& arguments, const std::string& folder = ".");

}  // namespace optbed
