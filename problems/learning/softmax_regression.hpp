// l2-regularised softmax (multinomial logistic) regression with K classes (Böhning 1992; Bishop 2006, section
// 4.3.4). The variables are one weight vector a class, W = (w_1 … w_K) (p x K), column
// after column in x, n = pK:
//   f(x) = (1/m) sum_{i=1}^m (log sum_k exp(w_k'a_i) - w_{c_i}'a_i) + (lambda/2) |x|^2,   c_i in 1 … K.
// Data: real ones (learning_task.hpp), or generated: a_i ~ N(0, I), true weights ~ N(0, (4/p) I), class k with
// a probability proportional to exp(w_k'a_i). `kappa` determines lambda so that L/mu = kappa.
//
// Start 0. With s_i = softmax(W'a_i) the Hessian is lambda I + (1/m) sum (diag(s_i) - s_i s_i') (x) a_i a_i'.
//   mu = lambda, attained at every x: to add one vector to all w_k changes nothing but the regularisation.
//   L = lambda + (largest eigenvalue of A'A)/(2m): the eigenvalues of diag(s) - ss' are at most 1/2, which is
//       attained where two classes share all probability.
// The minimiser has no closed form; it is computed once, by a damped Newton method to full precision.
//
// Its samples are the N = m data. Each evaluation is one pass over the data, without a temporary of its size.
#pragma once

#include "problems/convex/regularisation.hpp"
#include "problems/learning/empirical_risk.hpp"
#include "problems/learning/learning_task.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct SoftmaxRegressionOptions {
  long samples = 100;
  long features = 5;
  long classes = 3;
  double lambda = 0.01;
  std::optional<double> kappa = {};
  long seed = 1;
  RealDataOptions real = {};
};

class SoftmaxRegression final : public FiniteSumProblem, public EmpiricalRisk {
 public:
  using Options = SoftmaxRegressionOptions;
  static OptionTable<Options> option_table();

  // What a sample needs of memory for each class lies on the stack.
  static constexpr Index most_classes = 1024;

  explicit SoftmaxRegression(const Options& options = {});

  // 2 to most_classes classes, lambda > 0. The minimiser and L are computed where n^2 max(n, m) is at most 1e9,
  // and unknown otherwise.
  SoftmaxRegression(ClassData data, double lambda);

  Index dimension() const override { return data_.inputs.rows() * data_.class_count; }
  Vector start() const override { return Vector::Zero(dimension()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;
  Index sample_count() const override { return data_.inputs.cols(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override;
  std::string data_description() const override { return description_; }
  Score training_score(const Vector& x) const override { return score(data_, x); }
  std::optional<Score> test_score(const Vector& x) const override;

 private:
  using Classes = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, most_classes, 1>;

  SoftmaxRegression(const LearningTask<ClassData>& task, const Options& options);
  SoftmaxRegression(LearningTask<ClassData> task, Regularisation regularisation);

  // W'a, a sample's scores z, and their loss log sum_k exp(z_k) - z_c of the class c, which turns them into the
  // softmax s.
  Classes scores(Eigen::Ref<const Vector> a, const Vector& x) const;
  static double loss_and_softmax(Index c, Classes& z);
  Index class_of(Index i) const { return data_.classes[static_cast<std::size_t>(i)]; }
  // g += factor (s_i - e_{c_i}) (x) a_i; returns the loss.
  double add_gradient(Index i, const Vector& x, double factor, Vector& g) const;

  Score score(const ClassData& data, const Vector& x) const;

  ClassData data_;
  ClassData test_;
  std::string description_;
  double lambda_;
};

ProblemEntry softmax_regression_entry();

}  // namespace optbed
