// Gradients that do not depend on x, as the experiments on the length of a step need them.
#pragma once

#include "problems/problem.hpp"

namespace optbed {

// f(x) = (1/N) sum_i c_i'x from the start 0, with the samples c_i as the columns of a matrix (n x N). One
// sample makes a constant gradient; batches of one of several, in their order, make one that comes round.
class LinearLosses : public FiniteSumProblem {
 public:
  explicit LinearLosses(Matrix samples);

  Index dimension() const override { return samples_.rows(); }
  Vector start() const override { return Vector::Zero(dimension()); }
  double value(const Vector& x) const override { return mean_.dot(x); }
  double gradient(const Vector& x, Vector& g) const override;

  Index sample_count() const override { return samples_.cols(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override;

 private:
  Matrix samples_;
  Vector mean_;
};

}  // namespace optbed
