// Newton, Gauss-Newton, the secant method and BFGS in 50 decimal digits, so that quadratic and superlinear
// convergence show over more than the three iterations that double precision has room for.
#pragma once

#include <string>
#include <vector>

#include "analysis/rate_fit.hpp"
#include "problems/facts.hpp"

namespace optbed {

// newton: whole steps. gauss_newton: whole steps. secant: Broyden's good update of the Hessian (Nocedal &
// Wright 2006, (11.27)), begun with the Hessian at the first step of less than (1 + |x|)/10, before which it
// is Newton; in one variable it is the secant method. bfgs:
// from the inverse Hessian I, with steps that meet the weak Wolfe conditions, found by bisection (Lewis &
// Overton 2013).
enum class HighPrecisionMethod { newton, gauss_newton, secant, bfgs };

struct HighPrecisionRun {
  Vector limit;                // x* (n), rounded: where Newton's method in 50 digits ends from the last iterate
  double gradient_at_limit;    // |grad f(x*)|_inf in 50 digits
  std::vector<double> errors;  // |x_k - x*|, k = 0, 1, …, down to some 1e-49
  // log(e_{k+1}/e_k)/log(e_k/e_{k-1}) at k = 1, …: tends to the order of convergence. NaN where it has no
  // meaning: where the error grows, or at the floor of 50 digits.
  std::vector<double> orders;
  std::vector<double> quotients;  // e_{k+1}/e_k^p with p the order that the method has: 2, or 1
  // Linear, with the last e_{k+1}/e_k for its factor, where three of these agree to 5 %. Else the order of the
  // last two steps, or where that is not 2 what the number of digits grows by over the last five.
  RateFit measured;
  long first_converging = 0;  // from this iteration on the error falls at every step
};

// The problems that are there in 50 digits: small sums of squares, by their names in the registry.
const std::vector<std::string>& high_precision_problems();

// Throws UsageError where the problem is not among those.
void check_high_precision_problem(const std::string& problem);

// From x0 (n), or the problem's standard start where it is empty. Throws UsageError where the problem is not
// among those, x0 has the wrong length, a line search finds no step, or the run does not converge within
// `most_iterations`.
HighPrecisionRun run_in_high_precision(const std::string& problem, HighPrecisionMethod method,
                                       const Vector& x0 = {}, long most_iterations = 400);

// Throws UsageError, with the names that there are.
HighPrecisionMethod parse_high_precision_method(const std::string& solver);

}  // namespace optbed
