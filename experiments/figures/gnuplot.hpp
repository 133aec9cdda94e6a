// gnuplot as a process.
#pragma once

#include <filesystem>
#include <string>

namespace optbed {

struct GnuplotOutcome {
  bool found = true;     // whether the program could be started
  int exit_status = 0;   // 128 + signal where one ended it
  std::string messages;  // whatever it printed

  bool succeeded() const { return found && exit_status == 0; }
};

// Runs `program script` in the folder and waits for it. `program` is looked up on the PATH unless it holds a
// slash.
GnuplotOutcome run_gnuplot(const std::string& program, const std::filesystem::path& folder,
                           const std::string& script);

}  // namespace optbed
