#include "problems/quadratic/sample_mean.hpp"

#include <set>

#include "problems/random.hpp"

namespace optbed {
namespace {

Vector to_vector(const std::vector<double>& numbers) {
  return Eigen::Map<const Vector>(numbers.data(), static_cast<Index>(numbers.size()));
}

// n x N, each row of mean 0 and of the standard deviation deviation/lambda_j over its N numbers.
Matrix generated_points(const SampleMeanOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const auto n = static_cast<Index>(options.eigenvalues.size());
  Matrix points = random.normal_matrix(n, options.samples);
  points.colwise() -= Vector(points.rowwise().mean());
  const Vector deviations = points.array().square().rowwise().mean().sqrt();
  const Vector scales = options.deviation / (to_vector(options.eigenvalues).array() * deviations.array());
  return scales.asDiagonal() * points;
}

}  // namespace

SampleMean::SampleMean(const Options& options)
    : SampleMean(generated_points(options), to_vector(options.eigenvalues)) {}

SampleMean::SampleMean(Matrix points, Vector lambda) : points_(std::move(points)), lambda_(std::move(lambda)) {
  if (points_.size() == 0 || lambda_.size() != points_.rows() || !(lambda_.minCoeff() > 0)) {
    throw UsageError(
        fmt::format("sample_mean: {} points of {} numbers need as many positive eigenvalues as numbers, not {}",
                    points_.cols(), points_.rows(), lambda_.size()));
  }
  mean_ = points_.rowwise().mean();
  const Vector variances = (points_.colwise() - mean_).array().square().rowwise().mean();
  minimum_ = lambda_.dot(variances) / 2;
  const std::set<double> distinct(lambda_.begin(), lambda_.end());
  const std::string source = "by its formula: the Hessian is diag(lambda)";
  facts_.minimum = {minimum_, "f at the mean of the a_i: (1/2) sum_j lambda_j Var a_j"};
  facts_.minimisers.push_back({mean_, "the mean of the a_i"});
  facts_.strong_convexity = {lambda_.minCoeff(), source};
  facts_.lipschitz = {lambda_.maxCoeff(), source};
  facts_.convexity = {Convexity::strongly_convex, "every lambda is positive"};
  facts_.function_class = {FunctionClass::quadratic, "by its formula"};
  facts_.distinct_eigenvalues = {static_cast<Index>(distinct.size()), "by its formula"};
  facts_.bounded_below = {true, "f >= 0"};
  facts_.sample_variance = {lambda_.cwiseAbs2().dot(variances), "sum_j lambda_j^2 Var a_j, at every x"};
}

double SampleMean::value(const Vector& x) const {
  return (lambda_.array() * (x - mean_).array().square()).sum() / 2 + minimum_;
}

double SampleMean::gradient(const Vector& x, Vector& g) const {
  g = lambda_.cwiseProduct(x - mean_);
  return value(x);
}

void SampleMean::hessian(const Vector& /*x*/, Matrix& H) const { H = lambda_.asDiagonal(); }

void SampleMean::hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const {
  Hv = lambda_.cwiseProduct(v);
}

double SampleMean::sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const {
  const double weight = 1 / static_cast<double>(samples.size());
  double sum = 0;
  g.setZero();
  for (const Index i : samples) {
    sum += (lambda_.array() * (x - points_.col(i)).array().square()).sum() / 2;
    g += lambda_.cwiseProduct(x - points_.col(i));
  }
  g *= weight;
  return weight * sum;
}

OptionTable<SampleMeanOptions> SampleMean::option_table() {
  return OptionTable<Options>()
      .integer("samples", &Options::samples, at_least(2), "N, the number of points")
      .reals("eigenvalues", &Options::eigenvalues, positive(),
             "lambda, the curvature in each coordinate; as many as the dimension")
      .real("deviation", &Options::deviation, at_least(0),
            "standard deviation of a sample's gradient in each coordinate")
      .integer("seed", &Options::seed, at_least(0), "of the points");
}

ProblemEntry sample_mean_entry() {
  return registry_entry<Problem, SampleMean>(
      "sample_mean",
      "f = mean of (1/2)(x - a_i)'D(x - a_i): a quadratic with noise of a chosen size, a finite sum",
      {{"start", "ones"},
       {"facts",
        "x* is the mean of the a_i, mu and L the extreme eigenvalues; variance of a sample's gradient n "
        "deviation^2 at every x"},
       {"source", "the linear model of stochastic approximation (Robbins & Monro 1951)"}});
}

}  // namespace optbed
