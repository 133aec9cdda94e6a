// Performance profiles (Dolan & Moré 2002, "Benchmarking optimization software with performance profiles"):
// rho_s(tau) is the share of the problems that solver s solves at no more than tau times the least cost of any
// solver in the table.
//
// Ties: every solver with the least cost has the ratio 1. What is not solved has no ratio and never counts; a
// problem that nobody solves stays in the denominator and lowers all curves alike.
// Cost 0: where the least cost is 0, a cost of 0 has the ratio 1 and any other has none, however large tau, and
// is reported in `beyond`. Counts have a natural unit and clocks a resolution: with `least_cost` costs below it
// count as it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "analysis/profiles/profile.hpp"
#include "analysis/statistics/cost_table.hpp"

namespace optbed {

struct ProfileSettings {
  double least_cost = 0;
};

struct PerformanceProfile : Profile {
  std::vector<double> wins;         // rho(1): the share of the problems with the least cost
  std::vector<double> solved;       // the share of the problems solved, those beyond among them
  std::vector<std::size_t> beyond;  // problems solved at a cost that is no multiple of 0
  std::vector<std::string> solved_by_none = {};
  double largest_ratio = 1;  // of any solver on any problem: where the last curve ends
};

// Throws UsageError where least_cost is negative or not finite.
PerformanceProfile performance_profile(const CostTable& table, const ProfileSettings& settings = {});

// The ratio of each solver to the best on one problem; absent where it is not solved, or has no ratio.
std::vector<std::optional<double>> performance_ratios(const CostTable& table, std::size_t problem,
                                                      const ProfileSettings& settings = {});

}  // namespace optbed
