// What the signs of a Hessian's eigenvalues say of a point.
#pragma once

#include "analysis/spectrum/hessian_spectrum.hpp"

namespace optbed {

// Counts from all eigenvalues.
Inertia inertia_of(const Vector& eigenvalues, double tolerance);

// Counts from the least and the greatest of n alone, as far as they decide: all of them where both have one
// sign.
Inertia inertia_from_ends(double least, double greatest, Index n, double tolerance);

// "minimum", "maximum", "saddle (index 2)", "degenerate (…)", "not stationary (|g| = …)". A saddle from its
// ends alone has "index at least 1". n is the dimension.
std::string nature_of(const HessianSpectrum& spectrum, Index n);

}  // namespace optbed
