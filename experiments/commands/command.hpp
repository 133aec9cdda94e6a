// A command of the program: `optbed NAME …`.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace optbed {

struct Command {
  std::string name;
  std::string usage;                                                  // what follows `optbed `
  std::string summary;                                                // one line
  std::function<int(const std::vector<std::string>& arguments)> run;  // returns the exit code
};

// Exit codes, besides 0 for done.
constexpr int exit_check_failed = 1;
constexpr int exit_bad_usage = 2;
constexpr int exit_bad_file = 3;
constexpr int exit_interrupted = 130;

Command list_command();
Command describe_command();
Command evaluate_command();
Command run_command();
Command verify_command();
Command rates_command();
Command theory_command();
Command claims_command();
Command certify_command();
Command figure_command();
Command spectrum_command();
Command batch_command();
Command merge_command();
Command export_command();
Command replay_command();
Command submit_command();
Command table_command();
Command profile_command();
Command compare_command();

}  // namespace optbed
