// A x = b: what the solvers of linear systems ask of a problem.
#pragma once

#include <string>
#include <variant>

#include "problems/facts.hpp"
#include "problems/sparse_rows.hpp"

namespace optbed {

using DenseRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// A square matrix A (n x n), dense or sparse and compressed, row after row.
using SystemMatrix = std::variant<DenseRows, SparseRows>;

Index order(const SystemMatrix& A);        // n
bool is_symmetric(const SystemMatrix& A);  // to the last bit
bool has_finite_entries(const SystemMatrix& A);
Vector diagonal(const SystemMatrix& A);         // a_ii (n)
Matrix dense_copy(const SystemMatrix& A);       // n x n
SparseRows sparse_copy(const SystemMatrix& A);  // without the zeros of a dense matrix

// Av = A v (n), without a temporary.
void multiply(const SystemMatrix& A, const Vector& v, Vector& Av);

// Parts of a row of A times v (n), without a temporary: all of it, j < i, and j > i.
template <class Derived>
double row_times(const DenseRows& A, Index i, const Eigen::MatrixBase<Derived>& v) {
  return A.row(i).dot(v);
}

template <class Derived>
double row_times(const SparseRows& A, Index i, const Eigen::MatrixBase<Derived>& v) {
  double sum = 0;
  for (SparseRows::InnerIterator a(A, i); a; ++a) sum += a.value() * v.coeff(a.col());
  return sum;
}

double lower_row_times(const DenseRows& A, Index i, const Vector& v);
double lower_row_times(const SparseRows& A, Index i, const Vector& v);
double upper_row_times(const DenseRows& A, Index i, const Vector& v);
double upper_row_times(const SparseRows& A, Index i, const Vector& v);

// A problem whose minimiser solves A x = b is one of these as well. Immutable, as a problem is.
class LinearSystem {
 public:
  LinearSystem() = default;
  LinearSystem(const LinearSystem&) = delete;
  LinearSystem& operator=(const LinearSystem&) = delete;
  virtual ~LinearSystem() = default;

  virtual const Vector& right_hand_side() const = 0;  // b (n)
  virtual bool is_symmetric() const = 0;

  // Is the gradient of f A x - b, so that A is its Hessian? f = (1/2)x'Ax - b'x up to a constant then, and
  // otherwise (1/2)|Ax - b|^2.
  virtual bool is_gradient() const = 0;

  virtual void multiply(const Vector& v, Vector& Av) const = 0;  // Av = A v (n)

  // A for a method that prepares itself from its entries, and for one sweep over its rows: the same matrix, by
  // two names because an oracle counts them differently.
  virtual const SystemMatrix& matrix() const = 0;
  virtual const SystemMatrix& rows() const { return matrix(); }
};

}  // namespace optbed
