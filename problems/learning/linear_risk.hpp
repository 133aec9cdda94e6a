// The risk of a linear prediction, which regressions and linear classifiers are:
//   f(x) = w sum_{i=1}^N l_i(a_i'x) + (lambda/2) |x|^2,   a_i in R^p,
// for losses l_i of one number with two derivatives. Its Hessian is lambda I + w sum l_i''(a_i'x) a_i a_i':
// where 0 <= l_i'' <= C, its eigenvalues are between lambda and lambda + w C (largest eigenvalue of A'A). Its
// samples are f_i(x) = N w l_i(a_i'x) + (lambda/2) |x|^2.
//
// A value or a gradient reads the data once, block by block: the samples of a block stay in the cache between
// the product that predicts and the one that sums their gradients.
#pragma once

#include <algorithm>
#include <utility>

#include "problems/learning/losses.hpp"
#include "problems/problem.hpp"

namespace optbed {

// Losses has `Loss operator()(Index i, double z) const`, l_i at z with its derivatives. Interface is
// FiniteSumProblem or a refinement of it.
template <class Losses, class Interface = FiniteSumProblem>
class LinearRisk : public Interface {
 public:
  Index dimension() const final { return inputs_.rows(); }
  Vector start() const final { return Vector::Zero(inputs_.rows()); }
  double value(const Vector& x) const final;
  double gradient(const Vector& x, Vector& g) const final;
  bool has_hessian() const final { return true; }
  void hessian(const Vector& x, Matrix& H) const final;
  bool has_hessian_vector() const final { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const final;
  Index sample_count() const final { return inputs_.cols(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const final;

 protected:
  // inputs (p x N): one a_i a column. weight w > 0, lambda >= 0.
  LinearRisk(Matrix inputs, Losses losses, double weight, double lambda)
      : inputs_(std::move(inputs)), losses_(std::move(losses)), weight_(weight), lambda_(lambda) {}

  const Matrix& inputs() const { return inputs_; }
  const Losses& losses() const { return losses_; }
  double lambda() const { return lambda_; }

 private:
  static constexpr Index most_in_block = 64;
  using BlockVector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most_in_block, 1>;

  // As many samples as take about 128 KiB.
  Index block_size() const { return std::clamp<Index>(16384 / inputs_.rows(), 1, most_in_block); }

  template <class Visit>
  void for_each_block(Visit visit) const {
    const Index size = block_size();
    for (Index first = 0; first < inputs_.cols(); first += size) {
      visit(first, std::min(size, inputs_.cols() - first));
    }
  }

  double regularisation(const Vector& x) const { return lambda_ == 0 ? 0 : lambda_ / 2 * x.squaredNorm(); }
  Loss loss(Index i, const Vector& x) const { return losses_(i, inputs_.col(i).dot(x)); }

  Matrix inputs_;
  Losses losses_;
  double weight_;
  double lambda_;
};

template <class Losses, class Interface>
double LinearRisk<Losses, Interface>::value(const Vector& x) const {
  double sum = 0;
  for_each_block([&](Index first, Index count) {
    BlockVector z(count);
    z.noalias() = inputs_.middleCols(first, count).transpose() * x;
    for (Index i = 0; i < count; ++i) sum += losses_(first + i, z[i]).value;
  });
  return weight_ * sum + regularisation(x);
}

template <class Losses, class Interface>
double LinearRisk<Losses, Interface>::gradient(const Vector& x, Vector& g) const {
  double sum = 0;
  g = lambda_ * x;
  for_each_block([&](Index first, Index count) {
    BlockVector z(count);
    z.noalias() = inputs_.middleCols(first, count).transpose() * x;
    for (Index i = 0; i < count; ++i) {
      const Loss at = losses_(first + i, z[i]);
      sum += at.value;
      z[i] = weight_ * at.slope;
    }
    g.noalias() += inputs_.middleCols(first, count) * z;
  });
  return weight_ * sum + regularisation(x);
}

template <class Losses, class Interface>
void LinearRisk<Losses, Interface>::hessian(const Vector& x, Matrix& H) const {
  H.setZero();
  H.diagonal().setConstant(lambda_);
  for (Index i = 0; i < inputs_.cols(); ++i) {
    const double curvature = weight_ * loss(i, x).curvature;
    if (curvature == 0) continue;  // flat pieces of a loss make most of them 0
    H.template selfadjointView<Eigen::Lower>().rankUpdate(inputs_.col(i), curvature);
  }
  H.template triangularView<Eigen::StrictlyUpper>() = H.transpose();
}

template <class Losses, class Interface>
void LinearRisk<Losses, Interface>::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  Hv = lambda_ * v;
  for_each_block([&](Index first, Index count) {
    const auto block = inputs_.middleCols(first, count);
    BlockVector z(count), along(count);
    z.noalias() = block.transpose() * x;
    along.noalias() = block.transpose() * v;
    for (Index i = 0; i < count; ++i) along[i] *= weight_ * losses_(first + i, z[i]).curvature;
    Hv.noalias() += block * along;
  });
}

template <class Losses, class Interface>
double LinearRisk<Losses, Interface>::sample_gradient(const Vector& x, std::span<const Index> samples,
                                                      Vector& g) const {
  // A sample stands for N terms of the sum.
  const double weight = weight_ * static_cast<double>(inputs_.cols()) / static_cast<double>(samples.size());
  double sum = 0;
  g = lambda_ * x;
  for (const Index i : samples) {
    const Loss at = loss(i, x);
    sum += at.value;
    g += (weight * at.slope) * inputs_.col(i);
  }
  return weight * sum + regularisation(x);
}

}  // namespace optbed
