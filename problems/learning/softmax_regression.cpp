#include "problems/learning/softmax_regression.hpp"

#include <cmath>
#include <utility>

#include "problems/convex/newton_minimiser.hpp"
#include "problems/convex/regularisation.hpp"

namespace optbed {
namespace {

double softmax_curvature_bound(const Matrix& inputs) {
  return largest_gram_eigenvalue(inputs) / (2 * static_cast<double>(inputs.cols()));
}

}  // namespace

SoftmaxRegression::SoftmaxRegression(const Options& options)
    : SoftmaxRegression(generated_classes(options.samples, options.features, options.classes, options.seed),
                        options) {}

SoftmaxRegression::SoftmaxRegression(ClassData data, const Options& options)
    : SoftmaxRegression(std::move(data),
                        options.kappa ? regularisation_for(*options.kappa, softmax_curvature_bound(data.inputs))
                                      : options.lambda) {}

SoftmaxRegression::SoftmaxRegression(ClassData data, double lambda) : data_(std::move(data)), lambda_(lambda) {
  const bool computed = is_worth_computing(dimension(), sample_count());
  facts_ = regularised_risk_facts(
      lambda, computed ? std::optional(softmax_curvature_bound(data_.inputs)) : std::nullopt,
      "(largest eigenvalue of A'A)/(2m), as diag(s) - ss' has eigenvalues of at most 1/2 (Böhning 1992)");
  if (computed) add_newton_minimum(facts_, *this, start());
}

SoftmaxRegression::Classes SoftmaxRegression::scores(Index i, const Vector& x) const {
  const Index p = data_.inputs.rows();
  const Eigen::Map<const Matrix> W(x.data(), p, data_.class_count);
  Classes z(data_.class_count);
  z.noalias() = W.transpose() * data_.inputs.col(i);
  return z;
}

double SoftmaxRegression::loss_and_softmax(Index i, Classes& z) const {
  const double of_class = z[data_.classes[static_cast<std::size_t>(i)]];
  const double greatest = z.maxCoeff();  // taken out of the exponentials, which cannot overflow then
  z = (z.array() - greatest).exp();
  const double sum = z.sum();
  z /= sum;
  return std::log(sum) + (greatest - of_class);
}

double SoftmaxRegression::add_gradient(Index i, const Vector& x, double factor, Vector& g) const {
  Classes s = scores(i, x);
  const double loss = loss_and_softmax(i, s);
  s[data_.classes[static_cast<std::size_t>(i)]] -= 1;
  s *= factor;
  Eigen::Map<Matrix> G(g.data(), data_.inputs.rows(), data_.class_count);
  G.noalias() += data_.inputs.col(i) * s.transpose();
  return loss;
}

double SoftmaxRegression::value(const Vector& x) const {
  double sum = 0;
  for (Index i = 0; i < sample_count(); ++i) {
    Classes z = scores(i, x);
    sum += loss_and_softmax(i, z);
  }
  return sum / static_cast<double>(sample_count()) + lambda_ / 2 * x.squaredNorm();
}

double SoftmaxRegression::gradient(const Vector& x, Vector& g) const {
  const auto m = static_cast<double>(sample_count());
  double sum = 0;
  g = lambda_ * x;
  for (Index i = 0; i < sample_count(); ++i) sum += add_gradient(i, x, 1 / m, g);
  return sum / m + lambda_ / 2 * x.squaredNorm();
}

double SoftmaxRegression::sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const {
  const auto count = static_cast<double>(samples.size());
  double sum = 0;
  g = lambda_ * x;
  for (const Index i : samples) sum += add_gradient(i, x, 1 / count, g);
  return sum / count + lambda_ / 2 * x.squaredNorm();
}

void SoftmaxRegression::hessian(const Vector& x, Matrix& H) const {
  const Index p = data_.inputs.rows();
  const auto m = static_cast<double>(sample_count());
  H.setZero();
  for (Index i = 0; i < sample_count(); ++i) {
    Classes s = scores(i, x);
    loss_and_softmax(i, s);
    const auto a = data_.inputs.col(i);
    for (Index l = 0; l < data_.class_count; ++l) {
      for (Index k = l; k < data_.class_count; ++k) {
        const double curvature = ((k == l ? s[k] : 0) - s[k] * s[l]) / m;
        auto block = H.block(k * p, l * p, p, p);
        for (Index j = 0; j < p; ++j) block.col(j) += (curvature * a[j]) * a;
      }
    }
  }
  H.diagonal().array() += lambda_;
  H.triangularView<Eigen::StrictlyUpper>() = H.transpose();
}

void SoftmaxRegression::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  const auto m = static_cast<double>(sample_count());
  Eigen::Map<Matrix> product(Hv.data(), data_.inputs.rows(), data_.class_count);
  Hv = lambda_ * v;
  for (Index i = 0; i < sample_count(); ++i) {
    Classes s = scores(i, x);
    loss_and_softmax(i, s);
    Classes along = scores(i, v);
    const double mean = s.dot(along);
    along = s.array() * (along.array() - mean) / m;
    product.noalias() += data_.inputs.col(i) * along.transpose();
  }
}

OptionTable<SoftmaxRegressionOptions> SoftmaxRegression::option_table() {
  OptionTable<Options> table;
  table.integer("samples", &Options::samples, at_least(1), "m, the number of samples")
      .integer("features", &Options::features, at_least(1), "p, of each sample")
      .integer("classes", &Options::classes, between(2, most_classes), "K; the dimension is p K");
  add_regularisation(table, &Options::lambda, &Options::kappa, positive());
  return table.integer("seed", &Options::seed, at_least(0), "of the generated data");
}

ProblemEntry softmax_regression_entry() {
  return registry_entry<Problem, SoftmaxRegression>(
      "softmax_regression", "l2-regularised softmax regression on generated data, strongly convex",
      {{"start", "0"},
       {"facts", "mu = lambda, L = lambda + (largest eigenvalue of A'A)/(2m); x* computed by Newton's method"},
       {"source", "Böhning 1992; Bishop 2006, section 4.3.4"}});
}

}  // namespace optbed
