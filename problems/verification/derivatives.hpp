// What holds between a problem's value, gradient, Hessian, residuals and Jacobian at a point x along a
// direction d: each derivative by the order of the error of a Taylor expansion, each second way to the same
// number by its rounding. What a problem does not have is not compared, nor a matrix too large to be formed.
#pragma once

#include "problems/verification/evaluations.hpp"
#include "problems/verification/findings.hpp"

namespace optbed::verification {

void verify_gradient(const Problem& problem, const Probe& at, Findings& findings);
void verify_hessian(const Problem& problem, const Probe& at, Findings& findings);
void verify_sparse_hessian(const Problem& problem, const Probe& at, Findings& findings);
void verify_hessian_vector(const Problem& problem, const Probe& at, Findings& findings);
void verify_residuals(const LeastSquaresProblem& problem, const Probe& at, Findings& findings);
void verify_samples(const FiniteSumProblem& problem, const Probe& at, Findings& findings);
void verify_constraints(const EqualityConstrainedProblem& problem, const Probe& at, Findings& findings);

// All of these at every probe; of a composite problem, those of its smooth part. A regression on data is looked
// at near its solution, on the scale of its parameters: elsewhere a model may have poles, or oscillate faster
// than any probe could see.
void verify_derivatives(const Problem& problem, Findings& findings);

}  // namespace optbed::verification
