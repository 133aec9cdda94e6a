// What is known of each method in general: rates and bounds in symbols, with their conditions and sources. What
// they come to on a problem, with its numbers and its conditions checked, is in theory.hpp.
//
// mu <= eigenvalues <= L, kappa = L/mu, q = (sqrt(kappa) - 1)/(sqrt(kappa) + 1), R = |x_0 - x*|, e_k = x_k -
// x*.
#pragma once

#include <span>
#include <string_view>

namespace optbed {

// asymptotic: the factor that runs tend to. tight: met by some function of the class. bound: no run is slower.
// lower_bound: some function of the class makes every method of the kind as slow.
enum class RateKind { asymptotic, tight, bound, lower_bound };

struct KnownRate {
  std::string_view solvers;  // names in the registry, separated by a space; empty: any method of the kind named
  std::string_view method;
  std::string_view problems;  // the class
  std::string_view rate;
  RateKind kind;
  std::string_view conditions;
  std::string_view source;

  bool is_about(std::string_view solver) const;
};

std::span<const KnownRate> known_rates();

std::string_view to_string(RateKind kind);

}  // namespace optbed
