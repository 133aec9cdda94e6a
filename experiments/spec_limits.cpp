#include "experiments/spec_limits.hpp"

#include <cmath>

namespace optbed {
namespace {

double not_nan(const Placed<double>& number, const std::string& key) {
  if (!std::isnan(number.value)) return number.value;
  throw_usage_error(number.at, "'" + key + "' = nan must be a number; leave it out where there is none");
}

}  // namespace

const std::vector<std::string>& limit_keys() {
  static const std::vector<std::string> keys = {"max_iterations",     "max_evaluations", "max_seconds",
                                                "gradient_tolerance", "value_target",    "gap_tolerance"};
  return keys;
}

Limits read_limits(const SpecTable& table, Limits limits) {
  if (const auto n = table.integer("max_iterations")) limits.max_iterations = at_least(*n, "max_iterations", 0);
  if (const auto n = table.integer("max_evaluations"))
    limits.max_evaluations = at_least(*n, "max_evaluations", 0);
  if (const auto t = table.real("max_seconds")) limits.max_seconds = nonnegative(*t, "max_seconds");
  if (const auto e = table.real("gradient_tolerance")) {
    limits.gradient_tolerance = nonnegative(*e, "gradient_tolerance");
  }
  if (const auto f = table.real("value_target")) limits.value_target = not_nan(*f, "value_target");
  if (const auto e = table.real("gap_tolerance")) limits.gap_tolerance = nonnegative(*e, "gap_tolerance");
  return limits;
}

}  // namespace optbed
