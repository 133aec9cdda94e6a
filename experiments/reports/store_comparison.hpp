// What changed between two stores: versions of the program, machines, options outside of the specs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/statistics/bootstrap.hpp"
#include "analysis/statistics/signed_rank.hpp"
#include "experiments/json.hpp"
#include "experiments/reports/stored_runs.hpp"
#include "experiments/reports/text_table.hpp"

namespace optbed {

// What the tests count as one observation. problem: the medians over the seeds that both have, so that many
// seeds of one problem, or of a method that draws nothing, are no evidence of their own. run: each seed.
enum class ObservationUnit { problem, run };

ObservationUnit observation_unit(const std::string& word);

// A run that one of the two solved, and the other did not.
struct SolvedByOne {
  std::string problem;
  std::string solver;
  std::uint64_t seed = 0;
  std::string stop_before;
  std::string stop_after;
};

// A run that both have, by its name in each.
struct RunPair {
  RunName before;
  RunName after;
};

// A limit that pairs of runs do not have in common.
struct LimitDifference {
  std::string limit;
  std::optional<double> before;  // empty: none
  std::optional<double> after;
  std::size_t pairs;
};

struct SolverChange {
  std::string solver;
  std::size_t runs = 0;  // problems and seeds in both
  std::size_t solved_before = 0;
  std::size_t solved_after = 0;
  std::size_t observations = 0;
  // The median of after / before where both are solved and no cost is 0; the interval needs two of them.
  std::size_t ratios = 0;
  std::optional<double> ratio = {};
  std::optional<ConfidenceInterval> interval = {};
  PairedScale scale = PairedScale::log_ratio;
  SignedRankTest test = {};  // of after against before
  double adjusted_p_value = 1;
};

struct StoreComparison {
  CostKind cost;
  ObservationUnit unit;
  std::size_t only_before = 0;  // runs
  std::size_t only_after = 0;
  std::vector<RunPair> pairs;
  std::vector<LimitDifference> limits;
  std::vector<SolverChange> solvers;
  std::vector<SolvedByOne> lost;    // solved before only
  std::vector<SolvedByOne> gained;  // solved after only
};

// Throws UsageError where the two have no run in common: problem, start, solver and seed.
StoreComparison compare_stores(const std::vector<StoredRun>& before, const std::vector<StoredRun>& after,
                               CostKind cost, ObservationUnit unit);

// csv: the solvers only, for a file holds one table.
std::string written(const StoreComparison& comparison, TableFormat format);
Json json_of(const StoreComparison& comparison);

}  // namespace optbed
