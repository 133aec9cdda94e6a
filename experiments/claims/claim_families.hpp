// The claims by their subject, one file each.
#pragma once

#include <vector>

#include "experiments/claims/claim.hpp"

namespace optbed {

std::vector<Claim> fixed_step_claims();     // one-dimensional and axis-aligned quadratics
std::vector<Claim> exact_search_claims();   // steepest descent
std::vector<Claim> curvature_claims();      // Newton, Gauss-Newton, Levenberg-Marquardt, quasi-Newton
std::vector<Claim> schedule_claims();       // learning rates that change
std::vector<Claim> momentum_claims();       // heavy ball and Nesterov
std::vector<Claim> adaptive_claims();       // Adagrad to Adam, Rprop, Quickprop
std::vector<Claim> surface_claims();        // saddles, valleys and wells, and the paths on them
std::vector<Claim> stochastic_claims();     // batches and noise
std::vector<Claim> landscape_claims();      // saddles, symmetries, margins
std::vector<Claim> linear_system_claims();  // gradient methods beside solvers of linear systems
std::vector<Claim> misprint_claims();       // update rules that are printed wrong
std::vector<Claim> mistaken_claims();       // sentences of the lectures that err, beyond those above

}  // namespace optbed
