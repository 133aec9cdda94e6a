// First-order methods with constant coefficients on a quadratic: along each eigenvector of A the error obeys a
// linear recurrence of two terms, and the eigenvalues say all about the run (Polyak 1964; Lessard, Recht &
// Packard 2016, section 3).
#pragma once

#include <string>
#include <vector>

#include "analysis/theory/theory.hpp"

namespace optbed {

// Whose modes these are, for the statements about them.
struct ModalMethod {
  std::string method;
  std::string conditions;
  std::string source;
  ModeOfEigenvalue mode;
};

// The asymptotic factor and the exact transient envelope |x_k - x*| <= max_i |e_k(lambda_i)| |x_0 - x*|, in the
// distance and in the gap, on a strongly convex quadratic; and the local factor at the minimiser of any other
// function. Empty where the eigenvalues are not known.
std::vector<Statement> modal_theory(const ModalMethod& method, const Setting& setting);

}  // namespace optbed
