#include "analysis/theory/setting_facts.hpp"

#include <cmath>

namespace optbed {

SettingFacts facts_of(const Setting& setting) {
  const Facts& facts = setting.problem.facts();
  SettingFacts known;
  known.quadratic = facts.is_quadratic();
  known.convex = facts.strong_convexity || (facts.convexity && facts.convexity->value != Convexity::nonconvex);
  if (facts.strong_convexity) known.mu = facts.strong_convexity->value;
  if (facts.lipschitz) known.L = facts.lipschitz->value;
  if (facts.value_lipschitz) known.M = facts.value_lipschitz->value;
  known.radius = facts.distance(setting.x0);
  if (facts.minimum) known.initial_gap = setting.problem.value(setting.x0) - facts.minimum->value;
  return known;
}

std::function<double(long)> geometric(double scale, double factor) {
  return [=](long k) { return scale * std::pow(factor, static_cast<double>(k)); };
}

}  // namespace optbed
