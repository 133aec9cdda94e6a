// The functions on which every subgradient method is slow, for given M and R: from the start 0, a subgradient
// is of the first greatest coordinate, so that k of them reach k coordinates and the others stay 0.
//   quadratic: f(x) = gamma max_i x_i + (mu/2) |x|^2 (Nesterov 2004, section 3.2.1),
//     gamma = M sqrt(n)/(1 + sqrt(n)), mu = M/(R (1 + sqrt(n))): subgradients are at most gamma + mu |x| long,
//     which is M on the ball |x| <= R. f* = -M R/(2 (1 + sqrt(n))), so that after k < n steps, n = k + 1,
//     f - f* >= M R/(2 (1 + sqrt(k+1))) (theorem 3.2.1).
//   norm: f(x) = M max(max_i x_i, |x| - R (1 + 1/sqrt(n))) (Drori & Teboulle 2016),
//     which is Lipschitz continuous with M. f* = -M R/sqrt(n), since max_i x_i >= -|x|/sqrt(n): after k < n
//     steps, n = k + 1, f - f* >= M R/sqrt(k+1), the bound that subgradient steps of R/(M sqrt(k+1)) attain.
// Both have one minimiser, -(R/sqrt(n)) (1, …, 1), at the distance R from the start 0.
//
// The first is strongly convex with mu. The residual of optimality is (M/R) |x - x*|_inf.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

enum class MaxCoordinateForm { quadratic, norm };

struct MaxCoordinateOptions {
  long n = 10;
  double lipschitz = 1;
  double radius = 1;
  MaxCoordinateForm form = MaxCoordinateForm::quadratic;
};

class MaxCoordinate final : public Problem {
 public:
  using Options = MaxCoordinateOptions;
  static OptionTable<Options> option_table();

  explicit MaxCoordinate(const Options& options = {});

  Index dimension() const override { return n_; }
  Vector start() const override { return Vector::Zero(n_); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  Optimality optimality(const Vector& x, Vector& scratch) const override;

 private:
  double excess_norm(const Vector& x) const { return x.norm() - radius_ * (1 + 1 / root_n_); }

  Index n_;
  double M_;
  double radius_;
  MaxCoordinateForm form_;
  double root_n_;
  double gamma_;
  double mu_;
};

ProblemEntry max_coordinate_entry();

}  // namespace optbed
