// The mean of samples as a minimiser: f(x) = (1/N) sum_i f_i(x), f_i(x) = (1/2)(x - a_i)'D(x - a_i) with a_i in
// R^n and D = diag(lambda) positive. The simplest finite sum with noise: with c the mean of the a_i,
//   grad f_i(x) = D (x - a_i) = grad f(x) + D (c - a_i),
// so that a sample's gradient has the same distribution about the gradient at every x, and what stochastic
// methods do on it has closed forms.
//
// Data: N points drawn from N(0, I), then shifted and scaled in each coordinate so that their mean is 0 and
// their variance over the N points is (deviation/lambda_j)^2: a sample's gradient has the standard deviation
// `deviation` in each coordinate, exactly.
//
// Start ones. The Hessian is D: mu and L are its extreme elements. x* = c, f* = (1/2) sum_j lambda_j Var a_j;
// the variance of a sample's gradient is sum_j lambda_j^2 Var a_j = n deviation^2.
//
// f and its gradient cost O(n), as c and f* stand for the sums; a sample's gradient O(n) too.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct SampleMeanOptions {
  long samples = 1000;
  std::vector<double> eigenvalues = {1};
  double deviation = 1;
  long seed = 1;
};

class SampleMean final : public FiniteSumProblem {
 public:
  using Options = SampleMeanOptions;
  static OptionTable<Options> option_table();

  explicit SampleMean(const Options& options = {});

  // points (n x N): one a_i a column; lambda (n). Throws UsageError where there is no point, the sizes do not
  // match, or an eigenvalue is not positive.
  SampleMean(Matrix points, Vector lambda);

  // The a_i, one a column (n x N).
  const Matrix& points() const { return points_; }

  Index dimension() const override { return points_.rows(); }
  Vector start() const override { return Vector::Ones(dimension()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;
  Index sample_count() const override { return points_.cols(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override;

 private:
  Matrix points_;
  Vector lambda_;
  Vector mean_;         // c
  double minimum_ = 0;  // f*
};

ProblemEntry sample_mean_entry();

}  // namespace optbed
