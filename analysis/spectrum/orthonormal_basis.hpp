// Orthonormal columns that grow one by one, as a Krylov subspace does.
#pragma once

#include "problems/random.hpp"

namespace optbed {

class OrthonormalBasis {
 public:
  OrthonormalBasis(Index n, Index capacity) : V_(n, capacity) {}

  Index size() const { return size_; }
  Eigen::Ref<const Matrix> vectors() const { return V_.leftCols(size_); }  // n x size()

  // Takes from w (n) its part in the span of the columns, h (size() components) of it, until what is left is
  // orthogonal to them to 1e-10; the root of the rounding unit would do for Ritz values that are right to the
  // rounding unit (Simon 1984). Returns |w| of what is left.
  double orthogonalise(Vector& w, Vector& h) const;

  // Appends w/norm; w is orthogonal to the columns.
  void append(const Vector& w, double norm);

  // Appends a random direction orthogonal to the columns. False where they span the whole space.
  bool append_random(Random& random);

  // Replaces the columns from `first` on by their products with S (size() - first x p).
  void combine(Index first, const Matrix& S);

 private:
  Matrix V_;
  Index size_ = 0;
};

}  // namespace optbed
