// min |J d + r|^2 + lambda |D d|^2 for a dense Jacobian J (m x n), by QR instead of the normal equations, whose
// condition number would be the square (Nocedal & Wright 2006, section 10.3; Moré 1978).
#pragma once

#include <Eigen/QR>
#include <optional>

#include "problems/facts.hpp"

namespace optbed {

// Linear least squares by Householder QR with column pivoting, without allocation after start().
class PivotedQr {
 public:
  void start(Index rows, Index columns);

  // A: rows x columns, as given to start().
  void factorise(const Matrix& A);

  bool has_full_column_rank() const;  // to working precision

  // x (columns) that minimises |A x - b|^2, b (rows), where A has full column rank.
  void solve(const Vector& b, Vector& x);

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

class DampedLeastSquares {
 public:
  void start(Index residuals, Index parameters);

  // J (m x n) and r (m) at a new point.
  void factorise(const Matrix& J, const Vector& r);

  // d (n) for a damping lambda > 0 and a diagonal D (n, positive). False where the system is singular to
  // working precision.
  bool solve(double lambda, const Vector& D, Vector& d);

  // d (n) without damping. False where J lacks full column rank.
  bool solve_undamped(const Vector& r, Vector& d);

 private:
  PivotedQr jacobian_;
  PivotedQr stacked_qr_;
  Matrix stacked_;     // [R; sqrt(lambda) D], (min(m, n) + n) x n
  Vector right_side_;  // [-Q'r; 0]
  Vector minus_r_;
  Vector head_;
};

}  // namespace optbed
