// First-order methods with fixed steps: whatever the function, every point is x_0 minus the same combination of
// the gradients so far.
#pragma once

#include <string>

#include "problems/facts.hpp"
#include "solvers/solver.hpp"

namespace optbed {

// The mu-strongly convex functions (convex ones where mu = 0) whose gradient has the Lipschitz constant L.
// 0 <= mu < L.
struct SmoothConvexClass {
  double mu = 0;
  double lipschitz = 1;
};

// The k-th gradient is taken at y_k = x_0 - (1/L) sum_{j<k} evaluations(k, j) g_j, and n iterations pass
// through x_k = x_0 - (1/L) sum_j iterates(k, j) g_j, k = 0 … n.
struct FixedStepMethod {
  Matrix evaluations;  // (m x m), strictly lower triangular
  Matrix iterates;     // (n+1 x m), the first row 0

  Index steps() const { return iterates.rows() - 1; }
  Index gradients() const { return evaluations.rows(); }
};

// The coefficients of a solver's first n >= 0 iterations, read off from what it does with gradients that are
// scripted: orthogonal vectors, of different lengths and with different values of f, whatever the points are.
// A method that needs mu or L gets those of the class. Throws UsageError where the problem lacks what the
// solver needs (a Hessian, samples, …), and where the solver has no fixed steps: it asks for f alone, as a line
// search does, or its coefficients depend on the values, on the gradients' lengths or directions or on x_0, or
// it stops. `name` is what the error calls the solver.
FixedStepMethod read_fixed_steps(Solver& solver, const std::string& name, const SmoothConvexClass& functions,
                                 long steps);

}  // namespace optbed
