// The program `optbed`: finds the command and turns what goes wrong into a message and an exit code.
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>
#include <system_error>

#include "experiments/commands/command.hpp"
#include "experiments/freed_memory.hpp"
#include "experiments/version.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"

namespace optbed {
namespace {

std::vector<Command> all_commands() {
  return {list_command(),   describe_command(), evaluate_command(), verify_command(),   run_command(),
          rates_command(),  theory_command(),   certify_command(),  spectrum_command(), claims_command(),
          figure_command(), batch_command(),    merge_command(),    export_command(),   replay_command(),
          submit_command(), table_command(),    profile_command(),  compare_command()};
}

void print_help(const std::vector<Command>& commands) {
  fmt::print("optbed {}: a research testbed for numerical optimization\n\nusage:\n", version());
  for (const Command& command : commands) fmt::print("  optbed {}\n      {}\n", command.usage, command.summary);
  fmt::print(
      "\nA problem or solver is written name:key=value,key=value, for example quadratic:n=100,kappa=1e4;\n"
      "a list inside a value is separated by ';'. 'optbed COMMAND --help' shows a command's options.\n"
      "Exit codes: 0 done, 1 a verdict failed, 2 bad usage, 3 a file could not be read or written, 130 "
      "interrupted.\n");
}

int dispatch(const std::vector<std::string>& words) {
  const std::vector<Command> commands = all_commands();
  if (words.empty() || words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
    print_help(commands);
    return words.empty() ? exit_bad_usage : 0;
  }
  if (words[0] == "--version") {
    fmt::print("optbed {}\n", version());
    return 0;
  }
  std::vector<std::string> names;
  for (const Command& command : commands) {
    if (command.name == words[0]) return command.run({words.begin() + 1, words.end()});
    names.push_back(command.name);
  }
  throw UsageError(fmt::format("there is no command '{}'{}\n  'optbed --help' lists them", words[0],
                               did_you_mean(words[0], names)));
}

int report(int code, const std::exception& error) {
  // Where it cannot be written there is nobody to tell.
  std::fputs(fmt::format("optbed: {}\n", error.what()).c_str(), stderr);
  return code;
}

int guarded_main(const std::vector<std::string>& words) {
  try {
    const int code = dispatch(words);
    if (std::fflush(stdout) != 0) throw InputError("the output could not be written: is the disk full?");
    return code;
  } catch (const UsageError& error) {
    return report(exit_bad_usage, error);
  } catch (const InputError& error) {
    return report(exit_bad_file, error);
  } catch (const std::system_error& error) {  // of files, and of fmt where its output cannot be written
    return report(exit_bad_file, error);
  } catch (const std::bad_alloc&) {
    return report(exit_bad_file, InputError("there is not enough memory; take a smaller n, or a method that "
                                            "forms no n x n matrix (lbfgs, newton_cg, "
                                            "gradient_descent, …)"));
  } catch (const std::exception& error) {
    return report(exit_bad_file, std::runtime_error(fmt::format(
                                     "this should not happen, and is a bug of the program: {}", error.what())));
  }
}

}  // namespace
}  // namespace optbed

int main(int count, char** words) {
  optbed::keep_freed_memory();
  return optbed::guarded_main({words + 1, words + count});
}
