#include "experiments/batch/rehearsal.hpp"

#include <algorithm>
#include <bit>
#include <map>

#include "experiments/batch/perform.hpp"

namespace optbed {
namespace {

constexpr std::size_t most_of_a_solver = 30;
constexpr std::size_t fewest_runs = 30;  // before half of the time is enough

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

// The runs of one solver, and what some of them came to.
struct SolverSample {
  std::vector<std::size_t> numbers;
  std::vector<std::size_t> order;  // in which parts of them they are taken
  std::size_t runs = 0;
  double seconds = 0;
  double bytes = 0;

  // The middle of a part.
  std::size_t next() const { return numbers[(2 * order[runs] + 1) * numbers.size() / (2 * order.size())]; }
};

std::vector<SolverSample> samples_of(const Plan& plan, const std::vector<std::size_t>& numbers) {
  std::map<std::size_t, SolverSample> by_solver;
  for (const std::size_t number : numbers) by_solver[plan.solver_of(number)].numbers.push_back(number);
  std::vector<SolverSample> samples;
  for (auto& [solver, sample] : by_solver) {
    sample.order = spread_order(std::min(most_of_a_solver, sample.numbers.size()));
    // Not of each solver its largest runs first: each begins at another place.
    const std::size_t offset = sample.order[samples.size() % sample.order.size()];
    for (std::size_t& part : sample.order) part = (part + offset) % sample.order.size();
    samples.push_back(std::move(sample));
  }
  return samples;
}

}  // namespace

// Solvers differ most in what their runs take, so each in turn has one more of its runs made.
Rehearsal rehearse(const Plan& plan, const std::vector<std::size_t>& numbers, const ProblemRegistry& problems,
                   const SolverRegistry& solvers, std::chrono::milliseconds time) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  std::vector<SolverSample> samples = samples_of(plan, numbers);
  Rehearsal all;
  const auto is_over = [&] {
    const auto spent = Clock::now() - begin;
    return spent >= time || (spent >= time / 2 && all.runs >= fewest_runs);
  };
  const auto make = [&](SolverSample& sample) {
    const RunDescription description = plan.run(sample.next());
    const auto problem = [&] { return std::shared_ptr<const Problem>(problems.make(description.problem)); };
    const Clock::time_point start = Clock::now();
    const FinishedRun run =
        perform({}, description, problem, solvers, [&] { return Clock::now() - begin >= time; });
    sample.seconds += std::chrono::duration<double>(Clock::now() - start).count();
    sample.bytes += bytes_of(run);
    ++sample.runs;
    ++all.runs;
    all.cut_short = was_ended(run);
  };
  for (std::size_t round = 0; round < most_of_a_solver; ++round) {
    for (SolverSample& sample : samples) {
      if (round < sample.order.size() && !is_over()) make(sample);
    }
  }
  double seconds = 0;
  double bytes = 0;
  double counted = 0;
  for (const SolverSample& sample : samples) {
    if (sample.runs == 0) continue;
    const auto count = static_cast<double>(sample.numbers.size());
    seconds += sample.seconds / static_cast<double>(sample.runs) * count;
    bytes += sample.bytes / static_cast<double>(sample.runs) * count;
    counted += count;
  }
  if (counted == 0) return all;
  // Solvers whose turn did not come are taken to be like the others.
  all.seconds = seconds / counted * static_cast<double>(numbers.size());
  all.bytes = bytes / counted * static_cast<double>(numbers.size());
  return all;
}

}  // namespace optbed
