// Matrices with known eigenvalues for the tests of iterations.
#pragma once

#include <cmath>
#include <numbers>

#include "analysis/spectrum/symmetric_product.hpp"
#include "problems/facts.hpp"

namespace optbed::testing_matrices {

inline SymmetricProduct diagonal(const Vector& d) {
  return [d](const Vector& v, Vector& Av) { Av = d.cwiseProduct(v); };
}

// tridiag(-1, 2, -1), n >= 2.
inline SymmetricProduct laplacian(Index n) {
  return [n](const Vector& v, Vector& Av) {
    Av = 2 * v;
    Av.head(n - 1) -= v.tail(n - 1);
    Av.tail(n - 1) -= v.head(n - 1);
  };
}

// Its eigenvalue 1 <= j <= n, ascending: 4 sin^2(j pi/(2 (n + 1))) (Golub & Van Loan 2013, section 4.8.3).
inline double laplacian_eigenvalue(Index n, Index j) {
  const double s = std::sin(static_cast<double>(j) * std::numbers::pi / static_cast<double>(2 * (n + 1)));
  return 4 * s * s;
}

}  // namespace optbed::testing_matrices
