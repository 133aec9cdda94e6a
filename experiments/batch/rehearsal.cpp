#include "experiments/batch/rehearsal.hpp"

#include <algorithm>
#include <bit>

#include "experiments/batch/perform.hpp"

namespace optbed {
namespace {

constexpr std::size_t sample_size = 30;
constexpr double bytes_beside_the_numbers = 500;  // of a row and its index

double bytes_of(const FinishedRun& run) {
  return bytes_beside_the_numbers +
         8 * (static_cast<double>(run.trace.values.size()) + static_cast<double>(run.result.x.size()));
}

// All numbers below `count` in an order of which every beginning is spread over them: by their bits from the
// last to the first (van der Corput's sequence).
std::vector<std::size_t> spread_order(std::size_t count) {
  const std::size_t end = std::bit_ceil(count);
  std::vector<std::size_t> order;
  for (std::size_t k = 0; k < end; ++k) {
    std::size_t reversed = 0;
    for (std::size_t bit = 1; bit < end; bit *= 2) reversed = 2 * reversed + (k / bit) % 2;
    if (reversed < count) order.push_back(reversed);
  }
  return order;
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
  for (const std::size_t i : spread_order(wanted)) {
    if (Clock::now() >= deadline) break;
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
    sample.cut_short = was_ended(run);
  }
  if (sample.runs == 0) return sample;
  const double share = static_cast<double>(numbers.size()) / static_cast<double>(sample.runs);
  sample.seconds = seconds * share;
  sample.bytes = bytes * share;
  return sample;
}

}  // namespace optbed
