// SR1, the symmetric rank-one method (Davidon 1959; Nocedal & Wright 2006, section 6.2): the only symmetric
// rank-one update of B, or of its inverse H, that maps s to y, or y to s:
//   B_{k+1} = B_k + w w'/w's with w = y - B_k s,   H_{k+1} = H_k + w w'/w'y with w = s - H_k y.
// Neither need be positive definite, which is what makes them good approximations where the Hessian is not. A
// pair is skipped where the denominator is small (6.26):
//   |w's| < r |w||s|,   or |w'y| < r |w||y|, with r = 1e-8.
// Two methods hold the steps:
//   line_search    d = -H g, searched from 1. Where that ascends, so that H is indefinite, -d is taken: with
//                  exact searches on a convex quadratic it is the direction of conjugate gradients with the
//                  wrong sign. Where it is orthogonal to g but for rounding, -g.
//   trust_region   the quadratic model with B is minimised within a radius (algorithm 6.2), exactly. A rejected
//                  trial improves B as well.
// B_0 = H_0 = I or, with initial_scaling, (s'y/y'y) I for H once the first pair is known ((6.20)). That takes
// from the pair all that it can give: w'y = 0 then, and the rule skips the update.
// Needs: gradient. Cost: a line search and 5 n^2 flops; with a trust region a gradient for each trial and some
// factorisations (n^3/3 flops each).
// Rate: n + 1 steps superlinearly near a minimiser, where the steps are independent (theorem 6.7); H_n = A^-1
// on a quadratic after n independent steps, whatever their lengths (theorem 6.1).
#pragma once

#include "solvers/newton/trust_region_subproblem.hpp"
#include "solvers/quasi_newton/dense_quasi_newton.hpp"

namespace optbed {

enum class Sr1Safeguard { line_search, trust_region };

struct Sr1Options : QuasiNewtonOptions {
  Sr1Safeguard safeguard = Sr1Safeguard::line_search;
  double initial_radius = 1;  // of safeguard=trust_region
};

class Sr1LineSearch final : public DenseQuasiNewton {
 public:
  explicit Sr1LineSearch(const QuasiNewtonOptions& options = {}) : DenseQuasiNewton(options) {}

 private:
  void direction(const Vector& g, Vector& d) override;
  bool correct(Matrix& H, const Vector& s, const Vector& y, Vector& Hy) override;
};

class Sr1TrustRegion final : public Solver {
 public:
  explicit Sr1TrustRegion(const Sr1Options& options = {}) : options_(options) {}

  const Matrix& hessian_approximation() const { return B_; }  // B (n x n)

  std::string missing(const Problem& /*problem*/) const override { return {}; }
  std::optional<StopReason> start(Oracle& f, const Vector& x0) override;
  StepInfo step(Oracle& f) override;
  const Point& current() const override { return current_; }

  // radius, the one of the next step.
  std::vector<std::string> property_names() const override { return {"radius"}; }
  void properties(std::span<double> values) const override { values[0] = radius_; }

 private:
  void update();

  Sr1Options options_;
  Point current_;
  Point trial_;
  Matrix B_;  // both triangles
  TrustRegionSubproblem subproblem_;
  double radius_ = 0;
  Vector s_;
  Vector y_;
  Vector w_;
  bool is_identity_ = true;
};

OptionTable<Sr1Options> sr1_option_table();
SolverEntry sr1_entry();

}  // namespace optbed
