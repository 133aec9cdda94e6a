// What holds between the parts of F(x) = f(x) + g(K x): each proximal map minimises what it says, K' is the
// transpose of K, and |K| its norm.
#pragma once

#include "problems/verification/findings.hpp"

namespace optbed {
class CompositeProblem;
}

namespace optbed::verification {

void verify_composite_form(const CompositeProblem& problem, Findings& findings);

}  // namespace optbed::verification
