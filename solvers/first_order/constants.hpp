// The constants that tuned first-order methods are made from: as an option gives them, or as the problem's
// facts know them.
#pragma once

#include <cmath>
#include <optional>

#include "problems/facts.hpp"

namespace optbed {

struct SmoothnessConstants {
  std::optional<double> mu;         // strong convexity
  std::optional<double> lipschitz;  // of the gradient

  // Both are known, and mu <= L as it must be.
  bool both() const { return mu && lipschitz && *mu <= *lipschitz; }
};

inline std::optional<double> given_or_known(const std::optional<double>& given,
                                            const std::optional<Fact<double>>& known) {
  return given ? given : known ? std::optional(known->value) : std::nullopt;
}

// Options has a member lipschitz (std::optional<double>), which goes before the facts.
template <class Options>
std::optional<double> lipschitz_constant(const Options& options, const Facts& facts) {
  return given_or_known(options.lipschitz, facts.lipschitz);
}

// Options has a member mu as well.
template <class Options>
SmoothnessConstants smoothness_constants(const Options& options, const Facts& facts) {
  return {given_or_known(options.mu, facts.strong_convexity), lipschitz_constant(options, facts)};
}

// (sqrt(kappa) - 1)/(sqrt(kappa) + 1)
inline double accelerated_factor(double mu, double lipschitz) {
  const double root = std::sqrt(lipschitz / mu);
  return (root - 1) / (root + 1);
}

}  // namespace optbed
