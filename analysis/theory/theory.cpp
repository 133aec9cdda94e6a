#include "analysis/theory/theory.hpp"

#include <algorithm>

namespace optbed {
namespace {

void take_least(std::optional<double>& least, double factor) {
  least = least ? std::min(*least, factor) : factor;
}

}  // namespace

PredictedFactors predicted_factors(const std::vector<Statement>& statements, const Problem& problem) {
  PredictedFactors predicted;
  for (const Statement& s : statements) {
    if (!s.factor || s.strength == Strength::lower_bound) continue;
    const bool constant_hessian = problem.facts().is_quadratic() && s.strength == Strength::equality;
    if (s.scope != Scope::problem_class || constant_hessian) take_least(predicted.local, *s.factor);
    // The mode of the slowest of all eigenvalues in [mu, L] is that of an end.
    if (s.scope == Scope::problem_class || (s.scope == Scope::instance && s.mode)) {
      take_least(predicted.problem_class, s.factor_of_any_start.value_or(*s.factor));
    }
  }
  return predicted;
}

std::string to_string(Quantity quantity) {
  switch (quantity) {
    case Quantity::distance:
      return "distance";
    case Quantity::gap:
      return "gap";
    case Quantity::gradient:
      return "gradient_norm";
  }
  return {};
}

std::string to_string(Strength strength) {
  switch (strength) {
    case Strength::equality:
      return "equality";
    case Strength::upper_bound:
      return "upper_bound";
    case Strength::lower_bound:
      return "lower_bound";
  }
  return {};
}

std::string to_string(Scope scope) {
  switch (scope) {
    case Scope::problem_class:
      return "problem_class";
    case Scope::instance:
      return "instance";
    case Scope::local:
      return "local";
  }
  return {};
}

}  // namespace optbed
