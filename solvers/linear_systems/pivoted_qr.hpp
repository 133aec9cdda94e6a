// Linear least squares by Householder QR with column pivoting (Golub & Van Loan 2013, section 5.4.2), without
// allocation after start().
#pragma once

#include <Eigen/QR>

#include "problems/facts.hpp"

namespace optbed {

class PivotedQr {
 public:
  void start(Index rows, Index columns);

  // A: rows x columns, as given to start().
  void factorise(const Matrix& A);

  bool has_full_column_rank() const;  // to working precision

  // x (columns) that minimises |A x - b|^2, b (rows), where A has full column rank.
  void solve(const Vector& b, Vector& x);

  // w'(A'A)^-1 w for w (columns), where A has full column rank.
  double inverse_gram_form(const Vector& w);

  // The first min(rows, columns) rows of Q'b.
  void multiply_by_q_transposed(const Vector& b, Vector& head);

  // The upper triangle R with its columns in the order of A: A = Q R, min(rows, columns) x columns.
  void unpivoted_r(Eigen::Ref<Matrix> R) const;

 private:
  void apply_q_transposed(const Vector& b);

  Eigen::ColPivHouseholderQR<Matrix> qr_;
  Vector rotated_;  // Q'b (rows)
  Vector permuted_;
  double workspace_ = 0;
};

}  // namespace optbed
