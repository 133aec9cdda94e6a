// Best polynomials on an interval, and the claims on conjugate gradients that they make.
#pragma once

#include <string>
#include <vector>

#include "analysis/theory/eigenvalues.hpp"
#include "analysis/theory/theory.hpp"

namespace optbed {

// min over polynomials p of degree k with p(0) = 1 of max |p| on [1, kappa]: 1/T_k((kappa+1)/(kappa-1)) with
// Chebyshev's polynomial T_k (Saad 2003, theorem 6.25). kappa >= 1.
double minimax(double kappa, long k);

// (sqrt(kappa) - 1)/(sqrt(kappa) + 1): what minimax falls by asymptotically, and minimax <= 2 q^k.
double minimax_factor(double kappa);

// f_k - f* <= minimax(kappa, k)^2 (f_0 - f*), for the method and under the conditions that `common` names.
Statement minimax_gap_statement(Statement common, double kappa, double initial_gap);

// What holds for a method that makes conjugate gradients' iterates on a strongly convex quadratic: the end
// after as many iterations as there are distinct eigenvalues, and the minimax bound on the gap.
std::vector<Statement> conjugate_gradient_statements(const std::string& method, const std::string& conditions,
                                                     const Setting& setting);

}  // namespace optbed
