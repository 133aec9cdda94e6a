// The damped system by its normal equations, J'J + lambda D^2 = L L' (Nocedal & Wright 2006, section 10.2).
#pragma once

#include <Eigen/Cholesky>

#include "solvers/linear_systems/damped_least_squares.hpp"

namespace optbed {

class DampedCholesky final : public DampedLeastSquares {
 public:
  void start(Index residuals, Index parameters) override;
  void factorise(const Matrix& J, const Vector& D) override;
  bool damp(double lambda) override;
  void solve(const Vector& b, Vector& d) override;
  double inverse_form(const Vector& w) override;

 private:
  bool is_singular() const;

  Matrix J_;
  Matrix gram_;     // J'J, lower triangle
  Matrix shifted_;  // J'J + lambda D^2, lower triangle
  Vector D_squared_;
  Vector transformed_;
  Eigen::LLT<Matrix> cholesky_;
};

}  // namespace optbed
