// Data profiles (Moré & Wild 2009, "Benchmarking derivative-free optimization algorithms", (2.9)): the share of
// the problems that a solver solves within kappa simplex gradients, of n + 1 evaluations each. Unlike a
// performance profile it does not depend on the other solvers, but for f_L where the minimum is not known.
#pragma once

#include <span>

#include "analysis/profiles/anytime.hpp"
#include "analysis/profiles/profile.hpp"

namespace optbed {

// Evaluations by problem and solver, and the dimension of each problem. Throws UsageError where there are not
// as many dimensions as problems, or one is below 1.
Profile data_profile(const CostTable& evaluations, std::span<const Index> dimensions);

// Of evaluations_to_converge(runs, tau).
Profile data_profile(const AnytimeTable& runs, double tau);

}  // namespace optbed
