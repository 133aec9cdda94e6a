// The trust-region subproblem, solved nearly exactly (Moré & Sorensen 1983; Nocedal & Wright 2006,
// section 4.3):
//   minimise m(p) = g'p + p'Hp/2 subject to |p| <= radius, for any symmetric H.
// p is the solution exactly if (H + lambda I) p = -g with H + lambda I positive semidefinite, lambda >= 0 and
// lambda (radius - |p|) = 0 (theorem 4.1). lambda is found by Newton's method on 1/radius - 1/|p(lambda)|,
// safeguarded by an interval that holds it. In the hard case, where g is orthogonal to the eigenvectors of the
// least eigenvalue, |p(lambda)| stays below the radius and an approximate eigenvector is added.
// Cost: a Cholesky factorisation (n^3/3 flops) for each lambda: one where the Newton step is inside, six or so
// on the boundary, up to some thirty in the hard case.
#pragma once

#include <Eigen/Cholesky>
#include <optional>

#include "problems/facts.hpp"
#include "solvers/newton/trust_region_step.hpp"

namespace optbed {

class TrustRegionSubproblem {
 public:
  void start(Index n);

  // Writes p (n). The boundary is met to a relative 1e-10 and then by one correction more, so to rounding; in
  // the hard case m(p) is within a relative 1e-8 of its minimum. None where rounding keeps it from both. p is
  // inside also where H is positive semidefinite to rounding and g has no component along its null space.
  std::optional<TrustRegionStep> solve(const Matrix& H, const Vector& g, double radius, Vector& p);

 private:
  // What is known of lambda: it lies in [lower, upper], and H + lambda I is not positive definite up to
  // `indefinite`.
  struct Interval;

  TrustRegionStep solution(const Matrix& H, const Vector& g, const Vector& p, double lambda, bool on_boundary);
  double estimate_null_vector();

  Matrix shifted_;  // H + lambda I
  Eigen::LLT<Matrix> cholesky_;
  Vector q_;
  Vector z_;  // a unit vector that H + lambda I shrinks most, nearly
};

}  // namespace optbed
