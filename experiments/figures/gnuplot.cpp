#include "experiments/figures/gnuplot.hpp"

#include "experiments/process.hpp"

namespace optbed {

// Our stdout is for results only, so whatever gnuplot prints goes with its errors.
GnuplotOutcome run_gnuplot(const std::string& program, const std::filesystem::path& folder,
                           const std::string& script) {
  const ProcessOutcome outcome = run_process({program, script}, folder);
  return {.found = outcome.found, .exit_status = outcome.exit_status, .messages = outcome.err + outcome.out};
}

}  // namespace optbed
