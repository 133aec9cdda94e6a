// The interval [mu, L] that holds the eigenvalues of A: as options give it, or as the problem's facts know it.
#pragma once

#include <string>

#include "problems/options.hpp"
#include "solvers/first_order/constants.hpp"

namespace optbed {

// `is_gradient`: A is the Hessian of f, so that the constants of f are eigenvalues of A.
template <class Options>
SmoothnessConstants eigenvalue_bounds(const Options& options, bool is_gradient, const Facts& facts) {
  if (is_gradient) return smoothness_constants(options, facts);
  return {options.mu, options.lipschitz};
}

template <class Options>
OptionTable<Options>& add_eigenvalue_bounds(OptionTable<Options>& table) {
  return table
      .real("mu", &Options::mu, positive(), "from the problem's facts",
            "least eigenvalue of A, or a lower bound")
      .real("lipschitz", &Options::lipschitz, positive(), "from the problem's facts",
            "greatest eigenvalue L of A, or an upper bound");
}

inline const std::string lacking_eigenvalue_bounds =
    "known eigenvalue bounds mu <= L of A (give the options mu and lipschitz";

}  // namespace optbed
