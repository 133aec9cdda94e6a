#include "problems/learning/softmax_regression.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/convex/newton_minimiser.hpp"

namespace optbed {
namespace {

double softmax_curvature_bound(const Matrix& inputs) {
  return largest_gram_eigenvalue(inputs) / (2 * static_cast<double>(inputs.cols()));
}

}  // namespace

SoftmaxRegression::SoftmaxRegression(const Options& options)
    : SoftmaxRegression(
          options.real.are_given()
              ? class_task("softmax_regression", options.real, options.seed, most_classes)
              : whole_task(generated_classes(options.samples, options.features, options.classes, options.seed),
                           "generated"),
          options) {}

SoftmaxRegression::SoftmaxRegression(const LearningTask<ClassData>& task, const Options& options)
    : SoftmaxRegression(task, regularisation_of(options.lambda, options.kappa, [&] {
                          return softmax_curvature_bound(task.training.inputs);
                        })) {}

SoftmaxRegression::SoftmaxRegression(ClassData data, double lambda)
    : SoftmaxRegression(whole_task(std::move(data), "given"), Regularisation{lambda}) {}

SoftmaxRegression::SoftmaxRegression(LearningTask<ClassData> task, Regularisation regularisation)
    : data_(std::move(task.training)),
      test_(std::move(task.test)),
      description_(std::move(task.description)),
      lambda_(regularisation.lambda) {
  const bool computed = is_worth_computing(dimension(), sample_count());
  facts_ = regularised_risk_facts(
      with_bound(regularisation, computed, [&] { return softmax_curvature_bound(data_.inputs); }),
      "(largest eigenvalue of A'A)/(2m), as diag(s) - ss' has eigenvalues of at most 1/2 (Böhning 1992)");
  if (computed) add_newton_minimum(facts_, *this, start());
}

SoftmaxRegression::Classes SoftmaxRegression::scores(Eigen::Ref<const Vector> a, const Vector& x) const {
  const Eigen::Map<const Matrix> W(x.data(), a.size(), data_.class_count);
  Classes z(data_.class_count);
  z.noalias() = W.transpose() * a;
  return z;
}

double SoftmaxRegression::loss_and_softmax(Index c, Classes& z) {
  const double of_class = z[c];
  const double greatest = z.maxCoeff();  // taken out of the exponentials, which cannot overflow then
  z = (z.array() - greatest).exp();
  const double sum = z.sum();
  z /= sum;
  return std::log(sum) + (greatest - of_class);
}

double SoftmaxRegression::add_gradient(Index i, const Vector& x, double factor, Vector& g) const {
  Classes s = scores(data_.inputs.col(i), x);
  const double loss = loss_and_softmax(class_of(i), s);
  s[class_of(i)] -= 1;
  s *= factor;
  Eigen::Map<Matrix> G(g.data(), data_.inputs.rows(), data_.class_count);
  G.noalias() += data_.inputs.col(i) * s.transpose();
  return loss;
}

Score SoftmaxRegression::score(const ClassData& data, const Vector& x) const {
  double sum = 0;
  Index wrong = 0;
  for (Index i = 0; i < data.inputs.cols(); ++i) {
    const Index c = data.classes[static_cast<std::size_t>(i)];
    Classes z = scores(data.inputs.col(i), x);
    const double of_class = z[c];
    const auto others_below = (z.array() < of_class).count();
    if (others_below != z.size() - 1) ++wrong;
    sum += loss_and_softmax(c, z);
  }
  const auto count = static_cast<double>(data.inputs.cols());
  return {sum / count, static_cast<double>(wrong) / count};
}

std::optional<Score> SoftmaxRegression::test_score(const Vector& x) const {
  return test_.inputs.cols() == 0 ? std::nullopt : std::optional(score(test_, x));
}

double SoftmaxRegression::value(const Vector& x) const {
  double sum = 0;
  for (Index i = 0; i < sample_count(); ++i) {
    Classes z = scores(data_.inputs.col(i), x);
    sum += loss_and_softmax(class_of(i), z);
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

// A batch of samples after the other, so that their sum is a product of matrices; it is made tile by tile, so
// that what it takes of memory is on the stack.
void SoftmaxRegression::hessian(const Vector& x, Matrix& H) const {
  constexpr Index most_in_batch = 16;
  constexpr Index most_in_tile = 128;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most_classes, most_in_batch> s;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, most_in_tile, most_in_batch> scaled;
  Eigen::Matrix<double, 1, Eigen::Dynamic, Eigen::RowMajor, 1, most_in_batch> curvature;
  const Index p = data_.inputs.rows();
  const Index K = data_.class_count;
  const Index m = sample_count();
  H.setZero();
  // H_kl += A diag(curvature) A', the samples of a batch in the columns of A.
  const auto add_block = [&](const auto& A, Index k, Index l) {
    for (Index row = 0; row < p; row += most_in_tile) {
      const Index rows = std::min(most_in_tile, p - row);
      scaled = A.middleRows(row, rows) * curvature.asDiagonal();
      for (Index column = 0; column < p; column += most_in_tile) {
        const Index columns = std::min(most_in_tile, p - column);
        H.block(k * p + row, l * p + column, rows, columns).noalias() +=
            scaled * A.middleRows(column, columns).transpose();
      }
    }
  };
  for (Index first = 0; first < m; first += most_in_batch) {
    const Index count = std::min(most_in_batch, m - first);
    s.resize(K, count);
    for (Index i = 0; i < count; ++i) {
      Classes softmax = scores(data_.inputs.col(first + i), x);
      loss_and_softmax(class_of(first + i), softmax);
      s.col(i) = softmax;
    }
    for (Index l = 0; l < K; ++l) {
      for (Index k = l; k < K; ++k) {
        curvature = -s.row(k).cwiseProduct(s.row(l)) / static_cast<double>(m);
        if (k == l) curvature += s.row(k) / static_cast<double>(m);
        add_block(data_.inputs.middleCols(first, count), k, l);
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
    Classes s = scores(data_.inputs.col(i), x);
    loss_and_softmax(class_of(i), s);
    Classes along = scores(data_.inputs.col(i), v);
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
  return add_real_data(table, &Options::real, &Options::seed, {"samples", "features", "classes"});
}

ProblemEntry softmax_regression_entry() {
  return registry_entry<Problem, SoftmaxRegression>(
      "softmax_regression", "l2-regularised softmax regression on generated or real data, strongly convex",
      {{"start", "0"},
       {"facts", "mu = lambda, L = lambda + (largest eigenvalue of A'A)/(2m); x* computed by Newton's method"},
       {"source", "Böhning 1992; Bishop 2006, section 4.3.4"}});
}

}  // namespace optbed
