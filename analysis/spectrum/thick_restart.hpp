// Lanczos' method with thick restarts (Wu & Simon 2000), one cycle after another:
//   A V = V T + beta v e_m',   V'V = I,   T symmetric (m x m).
// With exact shifts it spans what ARPACK's implicit restarts span (Wu & Simon 2000, section 3.2), and what is
// kept over a restart is free. Cost of a cycle: a product and two sweeps through the basis for each new column;
// memory: m + 1 n-vectors.
#pragma once

#include <vector>

#include "analysis/spectrum/orthonormal_basis.hpp"
#include "analysis/spectrum/symmetric_product.hpp"

namespace optbed {

class ThickRestartLanczos {
 public:
  // All but random outlive it. `locked` (n x l) has orthonormal columns that the basis stays orthogonal to, as
  // if A did not have them; an empty start is a random one. 1 <= subspace <= n - l.
  ThickRestartLanczos(const SymmetricProduct& product, const Matrix& locked, const Vector& start,
                      Index subspace, Random& random);

  // Expands the basis to the whole subspace. False where a product is not finite.
  bool cycle();

  // Of the subspace, after a cycle: its Ritz values theta, ascending, and |A y - theta y| of each, in exact
  // arithmetic.
  Index subspace() const { return m_; }
  const Vector& values() const { return theta_; }
  const Vector& residuals() const { return residuals_; }

  // (m) y'v_0 of each with the first vector: before a restart, the roots of the weights of a Gauss quadrature.
  Vector first_components() const { return S_.row(0); }

  // Their Ritz vectors (n x indices).
  Matrix vectors(const std::vector<Index>& indices) const;

  // Shrinks the basis to these, less than subspace(), and the next vector of Lanczos.
  void restart(const std::vector<Index>& kept);

 private:
  bool expand(Index j);

  const SymmetricProduct& product_;
  Index locked_;
  Index m_;
  Random& random_;
  OrthonormalBasis V_;  // locked, V, v
  Matrix T_;
  double beta_ = 0;
  Vector theta_;
  Matrix S_;  // T S = S diag(theta)
  Vector residuals_;
  double largest_ = 0;  // of the elements of T on its diagonal
  Vector v_, w_, h_;
};

}  // namespace optbed
