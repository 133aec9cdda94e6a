// The damped system by QR: J = Q R once, then [R; sqrt(lambda) D] = Q_s R_s for each lambda (Moré 1978, section
// 3; Nocedal & Wright 2006, section 10.3).
#pragma once

#include "solvers/linear_systems/damped_least_squares.hpp"
#include "solvers/linear_systems/pivoted_qr.hpp"

namespace optbed {

class DampedQr final : public DampedLeastSquares {
 public:
  void start(Index residuals, Index parameters) override;
  void factorise(const Matrix& J, const Vector& D) override;
  bool damp(double lambda) override;
  void solve(const Vector& b, Vector& d) override;
  double inverse_form(const Vector& w) override;

 private:
  PivotedQr jacobian_;
  PivotedQr stacked_qr_;
  bool damped_ = false;
  Matrix stacked_;     // [R; sqrt(lambda) D], (min(m, n) + n) x n
  Vector right_side_;  // [Q'b; 0]
  Vector head_;
  Vector D_;
};

}  // namespace optbed
