// The system of an equality-constrained quadratic model by the null-space method (Nocedal & Wright 2006,
// section 16.2): p and lambda with
//   H p - A'lambda = -g,   A p = -c,   H (n x n), A (p x n) of full row rank,
// from a factorisation A' Pi = Q (R; 0), Q = (Y Z): the columns of Y span the range of A', those of Z the null
// space of A. p = Y p_Y + Z p_Z with
//   R'p_Y = -Pi'c,   Z'H Z p_Z = -Z'(g + H Y p_Y)   ((16.18), (16.19)),   R Pi'lambda = Y'(g + H p).
// Where Z'H Z is not positive definite, so that the model has no minimum on the constraints, H + delta I stands
// for H, with the first delta in 0, beta, 2 beta, … for which it is (algorithm 3.3 on the reduced Hessian).
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/QR>

#include "problems/facts.hpp"

namespace optbed {

class NullSpaceKkt {
 public:
  // Allocates for n variables and p constraints.
  void start(Index n, Index p);

  // Takes A. False where its rows are linearly dependent within rounding, or more than n.
  [[nodiscard]] bool factorise_constraints(const Matrix& A);

  // The lambda (p) that makes |g - A'lambda| least.
  void least_squares_multipliers(const Vector& g, Vector& lambda);

  // The d (n) of least 2-norm with A d = -c.
  void least_norm_correction(const Vector& c, Vector& d);

  // The step (n) and the multipliers (p). False where no delta makes Z'H Z positive definite.
  [[nodiscard]] bool solve(const Matrix& H, const Vector& g, const Vector& c, Vector& step, Vector& lambda);

  double shift() const { return shift_; }  // the delta of the last solve

 private:
  bool factorise_reduced_hessian();

  Eigen::ColPivHouseholderQR<Matrix> qr_;  // of A'
  Eigen::LLT<Matrix> cholesky_;            // of Z'(H + delta I)Z
  Matrix Q_;                               // n x n
  Matrix HZ_;
  Matrix reduced_;
  Matrix shifted_;
  Vector Hd_;
  Vector p_y_;
  Vector p_z_;
  Vector workspace_;
  Index p_ = 0;
  double shift_ = 0;
};

}  // namespace optbed
