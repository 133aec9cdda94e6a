// What a person writes of a batch, as TOML: lists that multiply, limits and trace for all, and what differs for
// some pairs.
//
//   name = "first"
//   problems = ["rosenbrock", "quadratic:n=10|100,kappa=10|1e4"]
//   solvers  = ["lbfgs", "gradient_descent:step=optimal|armijo"]
//   seeds    = [1, 2, 3]
//   [limits]
//   max_iterations = 1000
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/batch/tuning.hpp"
#include "experiments/source_position.hpp"
#include "problems/registry.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// [[override]]: what differs for the pairs whose problem and solver are these: full strings, or names, which
// are those of all their options.
struct PairOverride {
  std::optional<std::string> problem;  // empty: any
  std::optional<std::string> solver;
  std::function<Limits(Limits)> limits;
  std::optional<bool> skip = {};
  SourcePosition at = {};

  bool applies_to(const std::string& problem_text, const std::string& solver_text) const;
};

// A setting of a solver that is tuned.
struct TunedSolver {
  Placed<std::string> solver;               // the setting
  std::string tuning;                       // its label
  std::string written;                      // the solver as [[tuning]] has it, by which overrides go
  std::optional<std::string> only_on = {};  // the problem; empty: all
};

// All of it, as it is written; or the runs of one stage, of which there may be none.
enum class BatchStage { whole, trials, reports };

struct BatchSpec {
  BatchStage stage = BatchStage::whole;
  std::string name;
  std::string title;  // a line that says what it is for; may be empty
  std::string file;
  std::vector<std::pair<std::string, std::string>> texts;  // of each file: its name, the batch's for the first
  std::vector<Placed<std::string>> problems;               // one string each: sets and | are multiplied out
  std::vector<Placed<std::string>> solvers;
  std::vector<Tuning> tunings;
  std::vector<TunedSolver> tuned;           // of the whole: those of the tunings, in place of their settings
  std::vector<Placed<std::string>> starts;  // as RunDescription has them
  Placed<std::vector<std::uint64_t>> seeds;
  std::vector<Limits> limits = {Limits{}};  // each pair is run with each
  TracePolicy trace = {};
  std::vector<PairOverride> overrides;  // the last that says something of a pair is right
  bool record_unsupported = false;      // pairs of which the problem lacks what the solver needs become rows
};

// These throw UsageError that names file, line and column, and InputError where a file cannot be read.
// `text` is the file's; what it includes is read from beside it. A name without .toml is that of a study that
// is part of the program, unless there is such a file.
BatchSpec parse_batch_spec(const std::string& text, const std::string& file, const ProblemRegistry& problems,
                           const SolverRegistry& solvers);
bool names_a_file(const std::string& name_or_path);
BatchSpec find_batch_spec(const std::string& name_or_path, const ProblemRegistry& problems,
                          const SolverRegistry& solvers);

}  // namespace optbed
