// What the program prints as JSON. A number that is not finite is the string "nan", "inf" or "-inf".
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "analysis/mode_analysis.hpp"
#include "problems/learning/empirical_risk.hpp"
#include "problems/options.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

// Keys keep the order in which they are written.
using Json = nlohmann::ordered_json;

Json to_json(double value);
Json to_json(const std::optional<double>& value);  // null where absent
Json to_json(const Vector& values);
Json to_json(const Matrix& rows);
Json to_json(const EvaluationCounts& counts);
Json to_json(const Facts& facts);
Json to_json(const std::vector<OptionDescription>& options);
Json to_json(const Score& score);
Json to_json(const Trace& trace);  // {column: [..], x: [[..]]}

Json to_json(const RateFit& fit);            // of what there is: kind, factor, low, high, order, power, …
Json to_json(const Statement& statement);    // without its curves
Json to_json(const ModeAnalysis& analysis);  // a row an eigenvalue

// One run: problem, solver and their answer, as `optbed run --json` prints it.
struct RunReport {
  std::string problem;
  std::string solver;
  std::uint64_t seed = 0;
  Result result = {};
  // Of an empirical risk, at result.x.
  std::optional<Score> training = {};
  std::optional<Score> test = {};
};
Json to_json(const RunReport& report);

}  // namespace optbed
