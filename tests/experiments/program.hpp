// Runs the program as a person would and keeps what it says.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace optbed {

struct ProgramOutput {
  int exit_code;  // 128 + the signal where one ended it
  std::string out;
  std::string err;
};

// Each argument reaches the program as it stands; no shell is between.
ProgramOutput run_program(const std::vector<std::string>& arguments, const std::string& folder = ".");

// The same with this signal after this time, if it still runs then.
ProgramOutput run_program_until(const std::vector<std::string>& arguments, const std::string& folder,
                                std::chrono::milliseconds time, int signal);

}  // namespace optbed
