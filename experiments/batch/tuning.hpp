// [[tuning]]: a solver whose options are chosen by trials before its runs are reported: on every problem by
// itself, within a budget that is told, on seeds that are not those of the report (the protocol of Schneider,
// Balles & Hennig 2019, "DeepOBS: a deep learning optimizer benchmark suite", section 2).
//
//   [[tuning]]
//   solver = "momentum:nesterov=true"
//   search = "random"                      # or "grid"
//   budget = 20                            # settings
//   seeds = [101, 102, 103]
//   measure = "value"
//   [tuning.options]
//   learning_rate = {from = 1e-4, to = 1, scale = "logarithmic"}
//   momentum = [0.9, 0.99]
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/source_position.hpp"
#include "experiments/spec_table.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// What makes one setting better than another: the median over the trials of the final value; or of the cost of
// a run that is solved, and among settings whose medians are not, of the final value.
enum class TuningMeasure { value, evaluations, gradient_evaluations, iterations };
std::string to_string(TuningMeasure measure);

struct Tuning {
  Placed<std::string> solver;         // with the options that are not tuned
  std::string label;                  // what reports call it
  std::string search;                 // grid or random
  std::vector<std::string> settings;  // the solver with its options, a string a setting that is tried
  Placed<std::vector<std::uint64_t>> seeds;
  TuningMeasure measure = TuningMeasure::value;
};

// Draws the settings where they are random, the same for every problem. Throws UsageError that says where.
Tuning read_tuning(const toml::table& table, const std::string& file, const SolverRegistry& solvers);

}  // namespace optbed
