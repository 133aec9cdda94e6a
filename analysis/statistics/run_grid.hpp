// Runs by problem and solver, whatever is recorded of each: its record needs `problem`, `solver` and `seed`.
//
// Problems and solvers keep the order in which they first appear. A pair may have any number of runs that
// differ in the seed. A pair without a run is missing, which is not the same as not solved: statistics over
// the grid ask for a complete one.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "problems/errors.hpp"

namespace optbed {

template <class Record>
class RunGrid {
 public:
  // Throws UsageError where there is no record, or two with the same problem, solver and seed.
  explicit RunGrid(std::vector<Record> records) {
    if (records.empty()) throw UsageError("there are no runs to make statistics of");
    std::map<std::string, std::size_t> problem_positions;
    std::map<std::string, std::size_t> solver_positions;
    for (const Record& record : records) {
      remember(record.problem, problem_positions, problems_);
      remember(record.solver, solver_positions, solvers_);
    }
    cells_.resize(problems_.size() * solvers_.size());
    std::set<std::pair<std::size_t, std::uint64_t>> seen;
    for (Record& record : records) {
      const std::size_t cell =
          cell_at(problem_positions.at(record.problem), solver_positions.at(record.solver));
      if (!seen.emplace(cell, record.seed).second) {
        throw UsageError(fmt::format("two runs of '{}' on '{}' have the seed {}: leave all but one of them out",
                                     record.solver, record.problem, record.seed));
      }
      cells_[cell].push_back(std::move(record));
    }
  }

  const std::vector<std::string>& problems() const { return problems_; }
  const std::vector<std::string>& solvers() const { return solvers_; }

  // One run a seed, in the order given; empty where the pair is missing.
  std::span<const Record> runs(std::size_t problem, std::size_t solver) const {
    return cells_[cell_at(problem, solver)];
  }

  // The positions of the pairs (problem, solver) without a run.
  std::vector<std::pair<std::size_t, std::size_t>> missing() const {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t p = 0; p < problems_.size(); ++p) {
      for (std::size_t s = 0; s < solvers_.size(); ++s) {
        if (runs(p, s).empty()) pairs.emplace_back(p, s);
      }
    }
    return pairs;
  }

  // Throws UsageError, naming one of them, where pairs are missing.
  void require_complete() const {
    const auto pairs = missing();
    if (pairs.empty()) return;
    throw UsageError(fmt::format(
        "'{}' has no run on '{}', as {} of {} pairs: finish the runs, or keep the problems only that "
        "every solver has run on",
        solvers_[pairs.front().second], problems_[pairs.front().first], pairs.size(), cells_.size()));
  }

  // The problems that every solver has run on. Throws UsageError where there is none.
  RunGrid complete() const {
    std::set<std::size_t> incomplete;
    for (const auto& pair : missing()) incomplete.insert(pair.first);
    if (incomplete.size() == problems_.size()) {
      throw UsageError(
          fmt::format("there is no problem that every solver has run on: leave out, for example, '{}'",
                      fmt::join(solvers_in_the_way(), "', '")));
    }
    std::vector<Record> kept;
    for (std::size_t p = 0; p < problems_.size(); ++p) {
      if (incomplete.contains(p)) continue;
      for (std::size_t s = 0; s < solvers_.size(); ++s) {
        kept.insert(kept.end(), runs(p, s).begin(), runs(p, s).end());
      }
    }
    return RunGrid(std::move(kept));
  }

 private:
  // The fewest solvers without which there is a problem that all others have run on.
  std::vector<std::string> solvers_in_the_way() const {
    std::vector<std::vector<std::string>> absent(problems_.size());
    for (const auto& [p, s] : missing()) absent[p].push_back(solvers_[s]);
    return *std::min_element(absent.begin(), absent.end(),
                             [](const auto& a, const auto& b) { return a.size() < b.size(); });
  }

  static void remember(const std::string& name, std::map<std::string, std::size_t>& positions,
                       std::vector<std::string>& names) {
    if (positions.emplace(name, names.size()).second) names.push_back(name);
  }

  std::size_t cell_at(std::size_t problem, std::size_t solver) const {
    return problem * solvers_.size() + solver;
  }

  std::vector<std::string> problems_;
  std::vector<std::string> solvers_;
  std::vector<std::vector<Record>> cells_;
};

}  // namespace optbed
