// H - sigma I = P' L D L' P of a sparse symmetric H: solves with it, and by Sylvester's law of inertia how many
// eigenvalues of H lie below sigma (Golub & Van Loan 2013, theorem 8.1.17).
#pragma once

#include <memory>
#include <optional>

#include "problems/problem.hpp"

namespace optbed {

class SparseFactors {
 public:
  // Orders the rows and columns of H, symmetric (n x n, both triangles).
  explicit SparseFactors(const SparseRows& H);
  ~SparseFactors();
  SparseFactors(const SparseFactors&) = delete;
  SparseFactors& operator=(const SparseFactors&) = delete;

  // Of a factorisation: about the square of the entries of each column of L.
  double flops() const;

  // False where a pivot vanishes, or where a solve with the factors, which have no exchanges of rows by size,
  // leaves a residual of more than 1e-8: sigma is too near to an eigenvalue then, or to one of a leading part.
  bool factorise(double sigma);

  // x = (H - sigma I)^-1 b. Allocates nothing but what Eigen needs.
  void solve(const Vector& b, Vector& x) const;

  // Eigenvalues of H less than sigma.
  Index count_below() const;

 private:
  struct Factors;
  std::unique_ptr<Factors> factors_;
};

}  // namespace optbed
