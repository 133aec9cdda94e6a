// A problem's declared facts against computation. A fact that is not declared is not compared.
#pragma once

#include "problems/verification/findings.hpp"

namespace optbed {
class Problem;
}

namespace optbed::verification {

// A finite start, and points of the problem's dimension. The checks below need them.
void verify_dimensions(const Problem& problem, Findings& findings);

// At minimisers: the gradient vanishes, or the residual of optimality; f is the minimum, and nothing below it
// was seen.
void verify_minimisers(const Problem& problem, Findings& findings);
void verify_local_minima(const Problem& problem, Findings& findings);
void verify_saddles(const Problem& problem, Findings& findings);
void verify_unboundedness(const Problem& problem, Findings& findings);

// mu, L, convexity and class against the eigenvalues of Hessians (Rayleigh quotients where they are too large
// to be decomposed), and against differences of gradients and values between points.
void verify_curvature(const Problem& problem, Findings& findings);
void verify_secants(const Problem& problem, Findings& findings);

void verify_sample_variance(const Problem& problem, Findings& findings);
void verify_standard_deviations(const Problem& problem, Findings& findings);
void verify_that_facts_agree(const Problem& problem, Findings& findings);
void verify_sources(const Problem& problem, Findings& findings);

// All of these but the dimensions.
void verify_declared_facts(const Problem& problem, Findings& findings);

}  // namespace optbed::verification
