// The damped system by the singular value decomposition of J D^-1 = Q R, that is R = U diag(s) V': one
// decomposition serves every lambda (Nocedal & Wright 2006, section 10.2; Golub & Van Loan 2013,
// section 6.1.4).
#pragma once

#include <Eigen/SVD>

#include "solvers/linear_systems/damped_least_squares.hpp"
#include "solvers/linear_systems/pivoted_qr.hpp"

namespace optbed {

class DampedSvd final : public DampedLeastSquares {
 public:
  void start(Index residuals, Index parameters) override;
  void factorise(const Matrix& J, const Vector& D) override;
  bool damp(double lambda) override;
  void solve(const Vector& b, Vector& d) override;
  double inverse_form(const Vector& w) override;

 private:
  bool counts(Index i) const;  // s_i is no rounded zero

  PivotedQr qr_;
  Eigen::JacobiSVD<Matrix, Eigen::NoQRPreconditioner> svd_;
  Matrix scaled_;  // J D^-1
  Matrix R_;       // n x n: with rows of zeros below where m < n
  Vector head_;
  Vector y_;
  Vector D_;
  double lambda_ = 0;
};

}  // namespace optbed
