// Powell's dogleg (1970; Nocedal & Wright 2006, section 4.1): in the place of the curve of exact solutions of a
// trust-region subproblem, the path from 0 to the minimiser p^U along -g and on to the minimiser p^B of a
// convex model
//   m(p) = g'p + p'Bp/2,
// up to where it leaves the region. |p| grows and m falls along it (lemma 4.2).
// B is H where that is positive definite. Elsewhere the path does not exist, and B = H + tau I with tau from
// algorithm 3.3 takes the place of H in the model, as the book advises: every step falls, but a saddle
// is left only as far as g leads.
// Cost: one factorisation (n^3/3 flops; several where H is indefinite) for an iteration, 2 n^2 flops for every
// further radius.
#pragma once

#include "solvers/newton/shifted_cholesky.hpp"
#include "solvers/newton/trust_region_step.hpp"

namespace optbed {

class DoglegSubproblem {
 public:
  void start(Index n);

  // Makes the path for g (n) and H (n x n, both triangles). False where the model has no minimiser that is
  // finite.
  [[nodiscard]] bool set_model(const Matrix& H, const Vector& g);

  // Writes the point p (n) at which the path leaves the region, or p^B.
  TrustRegionStep solve(double radius, Vector& p);

 private:
  ShiftedCholesky cholesky_;
  const Vector* g_ = nullptr;  // of the last set_model, as are the next four
  Vector steepest_;            // p^U
  Vector newton_;              // p^B
  double steepest_length_ = 0;
  double newton_length_ = 0;
  Vector Bp_;
};

}  // namespace optbed
