// (H + tau I) d = r with H + tau I positive definite (Nocedal & Wright 2006, algorithm 3.3): the first tau in
// 0, beta, 2 beta, … for which Cholesky's factorisation succeeds, where the diagonal does not ask for more at
// once. Chosen before the modified factorisations of Gill, Murray & Wright and Schnabel & Eskow because it
// leaves the eigenvectors of H, and all of a positive definite H, as they are; it costs a few factorisations
// more (n^3/3 flops each).
#pragma once

#include <Eigen/Cholesky>

#include "problems/facts.hpp"

namespace optbed {

class ShiftedCholesky {
 public:
  void start(Index n);

  // Factorises H (n x n, symmetric) + tau I. Where H = 0, `scale_of_zero` > 0 is taken for tau. False where 60
  // shifts do not make it positive definite, as with numbers that are not finite.
  [[nodiscard]] bool factorise(const Matrix& H, double scale_of_zero);

  double shift() const { return shift_; }                    // tau
  const Matrix& shifted_matrix() const { return shifted_; }  // H + tau I, both triangles

  void solve_in_place(Vector& r) const { cholesky_.solveInPlace(r); }

 private:
  Matrix shifted_;
  Eigen::LLT<Matrix> cholesky_;
  double shift_ = 0;
};

}  // namespace optbed
