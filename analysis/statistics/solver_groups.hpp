// Which solvers differ, pair by pair, and the groups of those that do not: what a critical-difference diagram
// draws (Demšar 2006, "Statistical comparisons of classifiers over multiple data sets", figure 1).
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "analysis/statistics/cost_table.hpp"
#include "analysis/statistics/signed_rank.hpp"

namespace optbed {

// Nemenyi's test (1963): two solvers differ at the level alpha where their average ranks over N problems differ
// by at least q_alpha sqrt(k (k+1) / (6 N)). k >= 2, N >= 1, 0 < alpha < 1; throws UsageError elsewhere.
double critical_difference(std::size_t solvers, std::size_t problems, double alpha);

// The least alpha at which average ranks that are this far apart differ.
double nemenyi_p_value(double difference_of_ranks, std::size_t solvers, std::size_t problems);

// The groups of two or more solvers, neighbours in the order of their average ranks, of which no two differ,
// without those that are part of another. Positions of solvers, best rank first; the groups, too.
using SolverGroups = std::vector<std::vector<std::size_t>>;
SolverGroups groups_without_difference(std::span<const double> average_ranks,
                                       const std::function<bool(std::size_t, std::size_t)>& differ);

struct CriticalDifferenceDiagram {
  std::vector<double> average_ranks;
  double critical_difference = 0;
  SolverGroups groups;
};

// Throws as critical_difference() does.
CriticalDifferenceDiagram critical_difference_diagram(const CostTable& table, double alpha);

// One of the k (k-1) / 2 signed-rank tests.
struct PairedTest {
  std::size_t first = 0;
  std::size_t second = 0;
  SignedRankTest test;
  double adjusted_p_value = 1;  // by Holm's procedure over all of them
};

// Every pair of solvers over the problems, which does not depend on the other solvers in the table as average
// ranks do (Benavoli, Corani & Mangili 2016). Throws as paired_differences() does.
std::vector<PairedTest> paired_tests(const CostTable& table, PairedScale scale,
                                     const SignedRankSettings& settings = {});

// The groups by these tests at the level alpha.
SolverGroups groups_without_difference(std::span<const double> average_ranks, std::span<const PairedTest> tests,
                                       double alpha);

}  // namespace optbed
