// Other programs: started without a shell between, so that no name can be taken for a command.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace optbed {

struct ProcessOutcome {
  bool found = true;    // whether the program could be started; where not, `err` says why
  int exit_status = 0;  // 128 + signal where one ended it
  std::string out;
  std::string err;

  bool succeeded() const { return found && exit_status == 0; }
};

// Runs the program that is the first word with the other words, in the folder, with nothing to read, and waits
// for it. It is looked up on the PATH unless it holds a slash.
ProcessOutcome run_process(std::vector<std::string> words, const std::filesystem::path& folder = ".");

}  // namespace optbed
