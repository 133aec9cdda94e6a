// The problems on which the benchmarks compare solvers, and when a run on one of them has reached its goal.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/registry.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

struct StandardProblem {
  std::string text;  // as all_problems().make takes it
  std::shared_ptr<const Problem> problem;
};

// Few and telling: ill-conditioned quadratics, curved valleys in 2 and 100 variables, small sums of squares,
// finite sums, kinks and constraints. For every solver of the library there is one that has what it needs.
std::vector<StandardProblem> standard_problems();

// Those that have what the solver needs, in their order; the solver says so itself.
std::vector<StandardProblem> problems_for(const Solver& solver, const std::vector<StandardProblem>& problems);

// Ends a run when all but a millionth of the gap f(x_0) - f* is closed, the convergence test of Moré & Wild
// (2009, (2.2)) with tau = 1e-6; where x_0 lies below f* because the constraints do not hold there, at a gap of
// 1e-6 max(1, |f*|); where f* is not known, when |g|_inf is a millionth of what it was. At the latest after
// 20,000 iterations or evaluations, a sample's gradient counted as one, or a quarter of a second.
Limits to_tolerance(const Problem& problem);

}  // namespace optbed
