// Chosen spectra and random eigenvectors, which quadratics and linear regressions are made of.
#pragma once

#include "problems/facts.hpp"
#include "problems/random.hpp"

namespace optbed {

// How eigenvalues lie between 1 and kappa: evenly in the logarithm; evenly; in three clusters of relative width
// 1e-3 at 1, sqrt(kappa) and kappa; one half (the smaller where n is odd) at 1 and the other at kappa.
enum class Spectrum { log, linear, clustered, two_point };

// n eigenvalues in ascending order, the least 1 and the greatest kappa (n = 1: 1).
Vector spectrum_of(Spectrum spectrum, Index n, double kappa);

// m x n, m >= n, with orthonormal columns, uniform over all such matrices.
Matrix random_orthonormal(Index m, Index n, Random& random);

}  // namespace optbed
