// Eigenvalues of a sparse symmetric matrix next to a number, from solves with its factors: Lanczos' method with
// implicit restarts (Spectra) on (H - sigma I)^-1, of which they are the largest (Ericsson & Ruhe 1980).
#pragma once

#include <optional>

#include "analysis/spectrum/sparse_factors.hpp"

namespace optbed {

struct EigenpairsNear {
  Vector values;   // in no order
  Matrix vectors;  // (n x size), of the values in their order
};

// The `count` eigenvalues nearest to sigma, 1 <= count < n, where H - sigma I is what `factors` hold; they hold
// it again afterwards. `solves` is counted up. Empty where the method does not converge, or where by
// Sylvester's law of inertia it has missed some: from one vector it sees one copy of a multiple eigenvalue.
std::optional<EigenpairsNear> eigenvalues_near(SparseFactors& factors, double sigma, Index n, Index count,
                                               long& solves);

}  // namespace optbed
