// The test set of Moré, Garbow & Hillstrom (1981), "Testing unconstrained optimization software", ACM
// Transactions on Mathematical Software 7(1): 35 sums of squares f = sum of r_i^2, without a half. Nos. 1 and
// 21 are in problems/classic/rosenbrock.hpp, no. 5 in beale.hpp.
//
// Residuals are written once for any number type and differentiated automatically; of extended_powell and
// broyden_tridiagonal all but the Jacobian is written by hand, for large n. What the paper says of
// minima was computed anew by Newton's method in 50 digits, and where it errs the facts say so.
#pragma once

#include <string>
#include <vector>

#include "problems/registry.hpp"

namespace optbed {

// All but nos. 1, 5 and 21.
void add_more_garbow_hillstrom(ProblemRegistry& registry);

// The names of all 35 in a registry, nos. 1 to 35.
std::vector<std::string> more_garbow_hillstrom_names();

}  // namespace optbed
