#include "analysis/statistics/solver_groups.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <utility>

#include "analysis/statistics/distributions.hpp"
#include "analysis/statistics/friedman.hpp"
#include "analysis/statistics/holm.hpp"

namespace optbed {
namespace {

// The standard error of the difference of two average ranks is sqrt(2) times this.
double rank_deviation(std::size_t solvers, std::size_t problems) {
  if (solvers < 2 || problems < 1) {
    throw UsageError(fmt::format(
        "average ranks are compared of at least two solvers on one problem, not {} on {}", solvers, problems));
  }
  const auto k = static_cast<double>(solvers);
  return std::sqrt(k * (k + 1) / (12 * static_cast<double>(problems)));
}

}  // namespace

double critical_difference(std::size_t solvers, std::size_t problems, double alpha) {
  if (!(alpha > 0 && alpha < 1)) {
    throw UsageError(fmt::format("the level of a test must be in (0, 1), not {}", alpha));
  }
  const double deviation = rank_deviation(solvers, problems);
  return range_critical_value(alpha, static_cast<int>(solvers)) * deviation;
}

double nemenyi_p_value(double difference_of_ranks, std::size_t solvers, std::size_t problems) {
  const double q = std::abs(difference_of_ranks) / rank_deviation(solvers, problems);
  return range_upper_tail(q, static_cast<int>(solvers));
}

SolverGroups groups_without_difference(std::span<const double> average_ranks,
                                       const std::function<bool(std::size_t, std::size_t)>& differ) {
  std::vector<std::size_t> order(average_ranks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return average_ranks[i] < average_ranks[j]; });
  SolverGroups groups;
  std::size_t first = 0;
  for (std::size_t end = 1; end <= order.size(); ++end) {
    // order[first] … order[end-1] has no difference; the next one in order may end that.
    std::size_t next = first;
    if (end < order.size()) {
      for (std::size_t i = first; i < end; ++i) {
        if (differ(order[i], order[end])) next = i + 1;
      }
      if (next == first) continue;
    }
    if (end - first >= 2) {
      groups.emplace_back(order.begin() + static_cast<std::ptrdiff_t>(first),
                          order.begin() + static_cast<std::ptrdiff_t>(end));
    }
    first = next;
  }
  return groups;
}

CriticalDifferenceDiagram critical_difference_diagram(const CostTable& table, double alpha) {
  CriticalDifferenceDiagram diagram;
  diagram.average_ranks = average_ranks(table);
  diagram.critical_difference = critical_difference(table.solvers().size(), table.problems().size(), alpha);
  diagram.groups = groups_without_difference(diagram.average_ranks, [&](std::size_t i, std::size_t j) {
    return std::abs(diagram.average_ranks[i] - diagram.average_ranks[j]) >= diagram.critical_difference;
  });
  return diagram;
}

std::vector<PairedTest> paired_tests(const CostTable& table, PairedScale scale,
                                     const SignedRankSettings& settings) {
  std::vector<PairedTest> tests;
  std::vector<double> p_values;
  for (std::size_t i = 0; i < table.solvers().size(); ++i) {
    for (std::size_t j = i + 1; j < table.solvers().size(); ++j) {
      const std::vector<double> differences = paired_differences(table.column(i), table.column(j), scale);
      tests.push_back({.first = i, .second = j, .test = signed_rank_test(differences, settings)});
      p_values.push_back(tests.back().test.p_value);
    }
  }
  const std::vector<double> adjusted = holm_adjusted(p_values);
  for (std::size_t i = 0; i < tests.size(); ++i) tests[i].adjusted_p_value = adjusted[i];
  return tests;
}

SolverGroups groups_without_difference(std::span<const double> average_ranks, std::span<const PairedTest> tests,
                                       double alpha) {
  std::set<std::pair<std::size_t, std::size_t>> different;
  for (const PairedTest& test : tests) {
    if (test.adjusted_p_value <= alpha) different.insert(std::minmax(test.first, test.second));
  }
  return groups_without_difference(
      average_ranks, [&](std::size_t i, std::size_t j) { return different.contains(std::minmax(i, j)); });
}

}  // namespace optbed
