#include "analysis/statistics/friedman.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/statistics/distributions.hpp"
#include "analysis/statistics/ranks.hpp"

namespace optbed {
namespace {

// 1 - Σ (t^3 - t) / (N k (k^2 - 1)), over the ties of all problems.
double friedman_tie_correction(const CostTable& table) {
  double ties = 0;
  for (std::size_t p = 0; p < table.problems().size(); ++p) ties += tie_sum(midranks(table.row(p)));
  const auto N = static_cast<double>(table.problems().size());
  const auto k = static_cast<double>(table.solvers().size());
  return 1 - ties / (N * k * (k * k - 1));
}

}  // namespace

std::vector<double> average_ranks(const CostTable& table) {
  std::vector<double> averages(table.solvers().size(), 0.0);
  for (std::size_t p = 0; p < table.problems().size(); ++p) {
    const std::vector<double> ranks = midranks(table.row(p));
    for (std::size_t s = 0; s < ranks.size(); ++s) averages[s] += ranks[s];
  }
  for (double& average : averages) average /= static_cast<double>(table.problems().size());
  return averages;
}

FriedmanTest friedman_test(const CostTable& table) {
  if (table.problems().size() < 2 || table.solvers().size() < 2) {
    throw UsageError(fmt::format("Friedman's test needs at least two problems and two solvers, not {} and {}",
                                 table.problems().size(), table.solvers().size()));
  }
  const auto N = static_cast<double>(table.problems().size());
  const auto k = static_cast<double>(table.solvers().size());
  FriedmanTest test;
  test.average_ranks = average_ranks(table);
  test.tie_correction = friedman_tie_correction(table);
  double squares = 0;
  for (const double R : test.average_ranks) squares += (R - (k + 1) / 2) * (R - (k + 1) / 2);
  if (!(test.tie_correction > 0)) return test;
  test.chi_squared = 12 * N / (k * (k + 1)) * squares / test.tie_correction;
  test.p_value = chi_squared_upper_tail(test.chi_squared, k - 1);
  const double room = N * (k - 1) - test.chi_squared;
  // Rounding of the largest χ² that there can be.
  if (room <= 1e-12 * N * k) {
    test.f_p_value = 0;
    return test;
  }
  test.f = (N - 1) * test.chi_squared / room;
  test.f_p_value = fisher_f_upper_tail(*test.f, k - 1, (k - 1) * (N - 1));
  return test;
}

}  // namespace optbed
