#include "experiments/batch/rehearsal.hpp"

#include <algorithm>

#include "experiments/batch/perform.hpp"

namespace optbed {
namespace {

constexpr std::size_t sample_size = 30;
constexpr double bytes_beside_the_numbers = 500;  // of a row and its index

double bytes_of(const FinishedRun& run) {
  return bytes_beside_the_numbers +
         8 * (static_cast<double>(run.trace.values.size()) + static_cast<double>(run.result.x.size()));
}

}  // namespace

Rehearsal rehearse(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
                   const SolverRegistry& solvers, std::chrono::milliseconds time) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point deadline = Clock::now() + time;
  const std::size_t wanted = std::min(sample_size, numbers.size());
  Rehearsal sample;
  double seconds = 0;
  double bytes = 0;
  for (std::size_t i = 0; i < wanted && Clock::now() < deadline; ++i) {
    // The middle of the i-th of so many equal parts.
    const std::size_t number = numbers[(2 * i + 1) * numbers.size() / (2 * wanted)];
    const RunDescription description = plan.run(number);
    const auto problem = [&] { return std::shared_ptr<const Problem>(problems.make(description.problem)); };
    const auto begin = Clock::now();
    const FinishedRun run =
        perform({}, description, problem, solvers, [deadline] { return Clock::now() >= deadline; });
    seconds += std::chrono::duration<double>(Clock::now() - begin).count();
    bytes += bytes_of(run);
    ++sample.runs;
    sample.cut_short |= was_ended(run);
  }
  if (sample.runs == 0) return sample;
  sample.cut_short |= sample.runs < wanted;
  const double share = static_cast<double>(numbers.size()) / static_cast<double>(sample.runs);
  sample.seconds = seconds * share;
  sample.bytes = bytes * share;
  return sample;
}

}  // namespace optbed
